// Package meetings holds the meetings of a committee's bodies (hội nghị, cuộc
// họp của Ban Chấp hành, Ban Thường vụ, Thường trực): who was summoned and who
// came, what was decided on which figures, and what was concluded.
//
// # Two denominators
//
// A meeting can be held when two thirds of the members summoned are there; an
// item is adopted by more than half of the members in office. With 15 in
// office and 10 present the quorum holds, yet 8 votes are needed, not 6. So
// each [Threshold] names its [Base], counts are compared exactly and never as
// percentages, and a [Decision] keeps the figures it was taken on: whoever
// asks years later gets the proof, not only the outcome.
//
// # What is fixed when
//
// A [Roll] is a body with its dated members. [Secretary.Convene] summons those
// in office on the meeting's day; [Secretary.Open] fixes who is in office,
// holds the quorum and gives the ordinal (lần thứ …); each
// [Secretary.Decide] takes presence as it is at that moment, since people come
// and go. A decision, once recorded, does not change, even if the roll is
// corrected later.
//
// # The chain
//
// The id of a meeting derives from its schedule entry, an item's from the
// meeting and the caller's key, the conclusion's from the item, and the
// register entry's from the conclusion. A program that was cut off runs the
// same steps again: what is there is found, what is missing is done, nothing
// is doubled. [Secretary.Conclusions] with Unnumbered lists what is concluded
// and still waits for its number.
//
// # Secrets
//
// A secret ballot has no field for who voted how. Items above the open level
// leave the package only through [Meeting.For] and [Conclusion.For], which
// take the zone they go to.
package meetings
