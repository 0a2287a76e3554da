// Package dispatchtest is the exam of a dispatch.Store: every store that
// passes it can stand behind a dispatch.Clerk.
//
//	func TestStore(t *testing.T) {
//		dispatchtest.Run(t, func(t *testing.T) dispatch.Store { return open(t) }, nil)
//	}
//
// # One named case a rule
//
// Each sentence of the port's contract is one case, run on a fresh store, and
// the case's name is the rule it holds. An ability that a store does not have
// is named by the run, never skipped silently.
package dispatchtest
