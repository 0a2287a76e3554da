// Package incomingtest is the exam of an incoming.Store: every store that
// passes it can stand behind an incoming.Desk.
//
//	func TestStore(t *testing.T) {
//		incomingtest.Run(t, func(t *testing.T) incoming.Store { return open(t) }, nil)
//	}
//
// # One named case a rule
//
// Each sentence of the port's contract is one case, run on a fresh store, and
// the case's name is the rule it holds. An ability that a store does not have
// is named by the run, never skipped silently.
package incomingtest
