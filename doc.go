// Package vanphong is the vocabulary of Vietnamese Party committee offices
// (văn phòng cấp ủy): civil days, organisations and their history, terms,
// people and bodies, secrecy, Vietnamese text. The packages beside it do the
// office's week with it.
//
// # One week, one thread
//
// Everything an office does in a week is one chain of values, each handed on
// to the next step and never reached back for:
//
//	registration → weekly schedule → meeting → conclusion → numbered document → tasks → follow-up → report
//
// The id of each step derives from the step before ([Derive]), so a chain that
// was cut is completed by running it again, and a line of a report can say
// which rows it is made of.
//
// Package calendar knows days: the lunar calendar, working days and official
// swaps, deadlines; and the schedule: registrations, the weekly schedule with
// its revisions, conflicts of people, rooms and vehicles.
//
// Package documents knows papers: kinds, numbers and symbols, the documents a
// text cites, the series that count them, and the register, an append-only
// ledger in which no number is lost or given twice. Below it, package incoming
// knows what arrives and who directed what, package dispatch who received what
// was issued, package books how old registers come in and books go out.
//
// Package meetings knows decisions: bodies and their members as of a day,
// agenda, presence, quorum, votes, conclusions. Below it, package followup
// knows tasks: one lead, a deadline and its extensions, the state on any
// given day.
//
// Package reporting knows figures: periods and cut-off days, tallies over
// streams, the roll-up over the tree of organisations, the sentences of a
// report, and the proof that a count agrees with its series.
//
// # Days and instants
//
// A day is a [Date], an instant is a time.Time; neither is ever taken for the
// other. A Date has one strict door, [ParseDate], whether it comes from text,
// JSON or a database, and 30 February passes none of them. Runs of days are
// half-open ([Days]). Nothing in the SDK reads a clock: "today" is an argument.
//
// # Text
//
// Text is composed ([NFC]) and stored as received. [Fold] is for searching,
// [FoldTone] for comparing, [CompareText] and [ComparePersons] for sorting;
// none of them is ever hidden in ==.
//
// # Errors and findings
//
// What a developer must handle is an error: a sentinel to branch on
// ([ErrConflict], [ErrNotFound] …) inside an [*InputError] that names field,
// value and expectation. What a clerk must read is a [Finding]: a rule, its
// source and grade, its arguments; the sentence comes from a [Catalogue].
//
// # Glossary
//
//	văn bản; thể loại                       documents.Kind, its symbol by rule set
//	số, ký hiệu                             documents.Number
//	dãy số; sổ đăng ký; dòng                documents.Series; documents.Register; documents.Entry
//	nhiệm kỳ; đại hội                       Term; Congress
//	cơ quan, tổ chức; đơn vị kế thừa        Organisation; Directory.SuccessorsOf
//	tỉnh, thành phố                         Province
//	đồng chí; chức vụ                       Person; Post
//	BCH; BTV; Thường trực                   PartyCommittee; StandingCommittee; ThuongTruc
//	ủy viên                                 Membership
//	mật, tối mật, tuyệt mật                 Secrecy: Confidential, Secret, TopSecret
//	khẩn, thượng khẩn, hỏa tốc (hẹn giờ)    Urgency: Urgent, VeryUrgent, Express, ExpressTimed
//	lịch công tác tuần; buổi                calendar.WeekSchedule; calendar.HalfDay
//	hội nghị, cuộc họp; kết luận            meetings.Meeting; meetings.Conclusion
//	nhiệm vụ; chủ trì / phối hợp            followup.Task.Lead, followup.Task.Coordinating
//	hạn; gia hạn                            followup.Due; followup.Extension
//	hủy số; giữ chỗ; trả số                 documents.Registrar.Void, .Reserve, .Release
//	thu hồi; bãi bỏ; thay thế               documents.Registrar.Recall, .Repeal, .Supersede
//	sửa đổi, bổ sung; đính chính            documents.Registrar.Amend, .Correct
//	vào sổ muộn; số chèn                    documents.Registrar.Late, .Insert
//	sổ (quyển sổ, chia mục); khóa sổ        documents.Register; documents.Closing
//	viện dẫn                                documents.Citation
//	văn bản đến; sổ văn bản đến             incoming.Document; incoming.Book
//	bút phê; ủy quyền, ký thay              incoming.Instruction; incoming.Mandate
//	nơi nhận; phát hành                     dispatch.Recipient; dispatch.Clerk.Send
//	thu hồi từng nơi; bản số                dispatch.Clerk.Recall; dispatch.Copy
//	sổ cũ; phương án nhập                   books.Book; books.Plan
//	ngày làm việc; nghỉ bù; hoán đổi        calendar.WorkCalendar; calendar.DayCompOff; calendar.DaySwapOff
//	kỳ báo cáo; số liệu chốt                reporting.Period; reporting.Cutoff
package vanphong
