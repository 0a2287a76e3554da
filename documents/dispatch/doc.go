// Package dispatch follows an issued document to whoever receives it (nơi
// nhận, phát hành, thu hồi): who is to have it in how many copies, how it was
// sent, who has acknowledged it, and which copies came back.
//
// # What happened is kept, how it stands is computed
//
// A [Dispatch] is the record of one issued entry. It has its recipients, and
// each [Recipient] has [Step]s, which are only ever added: sent, delivered,
// received, failed, returned, recalled, given back, destroyed. No state is
// stored: [Recipient.Status] folds the steps up to an instant, so yesterday's
// list of who had not answered comes out today as it stood yesterday.
//
//	clerk := dispatch.NewClerk(dispatch.NewMemory(), nil)
//	clerk.Address(ctx, org, list, by)                       // the recipients
//	clerk.Send(ctx, org, entry, step, by, "vptw", "btctw")  // off it goes
//	clerk.Acknowledge(ctx, org, entry, step, by, "vptw")    // they have it
//
// # A numbered copy is always somewhere
//
// Copies of secret and controlled papers are numbered (bản số 01, 02 …). Each is
// in the office, on file, out with one recipient, or destroyed, and it changes
// place only in a step that names it: a parcel that failed to arrive does not
// bring its copies back by itself. [Dispatch.Reconcile] lists what is not
// accounted for.
//
// # Rules are data
//
// By which channel a level of secrecy may travel, until when a document is to
// be sent and acknowledged, and for whom paper follows a signed electronic
// document is a [Policy], each rule with its source and grade. A secret over an
// open channel is refused with an error that wraps vanphong.ErrSecret; the
// other rules are findings.
//
// # Recall
//
// A recall starts from a notice, itself a document. From then on each recipient
// that has the document is on the open list until what it held is given back or
// destroyed, and the office has confirmed that: [Clerk.Recall].
package dispatch
