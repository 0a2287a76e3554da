// Package meetings holds the meetings of a committee's bodies (hội nghị, cuộc
// họp): who was summoned and who came, what was decided, and what was
// concluded.
package meetings
