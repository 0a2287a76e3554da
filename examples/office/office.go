package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// office is the desk of this example: the four fronts over one store.
//
// One program, one actor: rights are left to a Guard, which this example has
// none of.
type office struct {
	ctx       context.Context
	history   history
	calendar  *calendar.WorkCalendar
	planner   *calendar.Planner
	registrar *documents.Registrar
	secretary *meetings.Secretary
	tracker   *followup.Tracker
	log       *progress
}

func newOffice(ctx context.Context, store *sqlite.Store, log *progress) (*office, error) {
	h, err := tell()
	if err != nil {
		return nil, err
	}
	return &office{
		ctx: ctx, history: h, calendar: calendar.Vietnam(), log: log,
		planner:   calendar.NewPlanner(store.Calendar(), nil),
		registrar: documents.NewRegistrar(store.Documents(), nil),
		secretary: meetings.NewSecretary(store.Meetings(), nil),
		tracker:   followup.NewTracker(store.FollowUp(), nil),
	}, nil
}

// inputs is what the two files said, read whole before anything is stored.
//
// A bad row must not leave half a week behind, so reading ends before writing
// begins.
type inputs struct {
	entries []calendar.Entry
	week    vanphong.Days
	figures []figure
	skipped []skipped
	mark    string // tells these figures from others, in the series they open
}

func readInputs(opt options) (inputs, error) {
	var in inputs
	f, name, err := input(opt.schedule, "schedule.csv")
	if err != nil {
		return in, err
	}
	entries, left, err := calendar.ReadScheduleCSV(f, &calendar.CSVOptions{SkipBad: opt.skipBad})
	if err = errors.Join(err, f.Close()); err != nil {
		return in, fmt.Errorf("%s: %w", name, err)
	}
	for _, s := range left {
		in.skipped = append(in.skipped, skippedRow(name, s))
	}
	// Rows of another week are not published with this one; each is told.
	in.week, in.entries, entries = oneWeek(entries)
	for _, e := range entries {
		if !opt.skipBad {
			return in, fmt.Errorf("%s: %w", name, checkRow(e, in.week))
		}
		in.skipped = append(in.skipped, skipped{File: name, Why: checkRow(e, in.week).Error()})
	}
	if len(in.entries) == 0 {
		return in, fmt.Errorf("%s: không có dòng nào dùng được", name)
	}
	// This office's file is on a computer like any other, so of a secret row it
	// keeps the time alone; a planner refuses more.
	for i, e := range in.entries {
		if e.Secrecy > vanphong.NotSecret {
			in.entries[i] = e.Opaque()
		}
	}
	if f, name, err = input(opt.figures, "figures.csv"); err != nil {
		return in, err
	}
	figures, bad, err := readFigures(f, name, opt.skipBad)
	if err = errors.Join(err, f.Close()); err != nil {
		return in, err
	}
	if len(figures) == 0 {
		return in, fmt.Errorf("%s: không có dòng nào dùng được", name)
	}
	in.figures, in.skipped = figures, append(in.skipped, bad...)
	// Series of the file carry the mark in their basis: run on other figures,
	// the file is refused instead of mixing two half-years.
	in.mark = fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, figures)))[:12]
	return in, nil
}

// play does the whole: reads the inputs, writes what they say, then opens the
// file afresh and computes what is shown.
//
// Two openings on purpose: what is shown has been on the disk.
func play(ctx context.Context, opt options, stderr io.Writer) (result, error) {
	in, err := readInputs(opt)
	if err != nil {
		return result{}, err
	}
	log := &progress{w: stderr, loud: opt.loud}
	for _, s := range in.skipped {
		log.sayf("bỏ qua %s", s)
	}
	live, err := write(ctx, opt, in, log)
	if err != nil {
		return result{}, err
	}
	log.sayf("mở lại %s và tính báo cáo", opt.db)
	res, err := read(ctx, opt, in, live, log)
	res.Skipped = in.skipped
	return res, err
}

// live names what the week that was played left in the store.
//
// It is all that passes from writing to reading; everything else is read
// again.
type live struct {
	week       vanphong.Days
	meeting    meetings.MeetingID
	conclusion meetings.ConclusionID
}

// write plays the office's work on the file. Every step can be run again.
func write(ctx context.Context, opt options, in inputs, log *progress) (l live, err error) {
	l.week = in.week
	store, err := sqlite.Open(ctx, opt.db, nil)
	if err != nil {
		return l, err
	}
	// Closing may fail too, as on a full disk, and then the work is not
	// confirmed.
	defer func() { err = errors.Join(err, store.Close()) }()
	o, err := newOffice(ctx, store, log)
	if err != nil {
		return l, err
	}
	// What an earlier run left is verified before anything is added: a row
	// that is missing must not be made anew and so be hidden.
	//
	// Numbering goes on only over a whole ledger.
	if err := o.verify(store, opt.db); err != nil {
		return l, err
	}
	p, err := plan(in.figures, o.calendar, vanphong.Days{First: since, End: replayEnd}, o.history.congress.Days)
	if err != nil {
		return l, err
	}
	// One number is given in the week that is played.
	log.total = p.Total + 1
	if err := o.openBooks(in.mark); err != nil {
		return l, fmt.Errorf("mở sổ (tệp %s đã dùng với số liệu khác thì chọn tệp khác bằng -db): %w", opt.db, err)
	}
	if err := o.replay(p); err != nil {
		return l, err
	}
	entries, err := o.publish(in.entries, l.week, opt.reason)
	if err != nil {
		return l, err
	}
	if err := o.holdMeeting(entries, &l); err != nil {
		return l, err
	}
	return l, o.followUp(l)
}

// verify holds every chain of the file together: those of the ledgers, and
// those of the other records.
//
// Both are asked: the store knows its columns, the registrar its ledger.
func (o *office) verify(store *sqlite.Store, name string) error {
	err := store.Verify(o.ctx, org)
	if err == nil {
		err = o.registrar.Verify(o.ctx, org)
	}
	if err != nil {
		return fmt.Errorf("%s: tệp đã bị sửa hoặc hỏng, không dùng tiếp được; lấy lại bản sao lưu hoặc chọn tệp khác bằng -db: %w", name, err)
	}
	return nil
}

// The half-year is replayed over the working days up to the week before the
// bundled one, whose conclusion is then the last of them all.
var (
	replayEnd   = vanphong.MustDate("2025-12-20")
	halfYearEnd = vanphong.MustDate("2026-01-01")
)

// openBooks enrolls the bodies and opens the series: those of the committee
// appointed on 01/7/2025, the congress's own, those of the new term.
func (o *office) openBooks(mark string) error {
	for _, b := range bodies(o.history) {
		if _, err := o.secretary.Enroll(o.ctx, org, b.Body, b.Members, at(since, 7)); err != nil {
			return err
		}
	}
	basis := "mở từ 01 đầu nhiệm kỳ; số liệu " + mark
	// A term has its own series; its numbers begin at 01 (36-HD/VPTW, grade
	// P).
	for _, t := range []vanphong.Term{o.history.first, o.history.second} {
		_, err := o.registrar.OpenTerm(o.ctx, org, documents.TermRequest{
			Term: t, Issuer: symbol, Kinds: issuedKinds(false), Basis: basis,
		}, at(t.Days.First, 7))
		if err != nil {
			return err
		}
	}
	// A congress has one series for all kinds and all its boards (36-HD/VPTW,
	// grade P).
	c := o.history.congress
	_, err := o.registrar.Open(o.ctx, org, documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: org, Scope: string(c.ID), Name: documents.AllKinds},
		Issuer: "ĐH", Days: c.Days, Basis: "mở từ 01 tại phiên trù bị; số liệu " + mark, Policy: documents.CongressPolicy().Version,
	}, at(c.Days.First, 7))
	return err
}

// progress tells on stderr how far the work has come.
type progress struct {
	w           io.Writer
	loud        bool
	done, total int
}

func (p *progress) sayf(format string, args ...any) {
	fmt.Fprintf(p.w, format+"\n", args...)
}

// acknowledge is called for every number, once it is durable.
//
// It comes after the commit and never before: a line on the screen is a
// promise.
func (p *progress) acknowledge(e documents.Entry) {
	p.done++
	if p.loud {
		p.sayf("số %s\t%s", e.ID, e.Number)
	} else if p.done%100 == 0 || p.done == p.total {
		p.sayf("đã cấp %d/%d số", p.done, p.total)
	}
}
