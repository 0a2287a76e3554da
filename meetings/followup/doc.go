// Package followup holds the tasks that follow from conclusions and documents
// (theo dõi, đôn đốc nhiệm vụ): who leads, by when, how far it has come, and
// what the board says on a day.
package followup
