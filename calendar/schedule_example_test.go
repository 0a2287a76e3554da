package calendar_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// A week from registration to amendment.
func ExamplePlanner() {
	ctx := context.Background()
	const org vanphong.OrgID = "tinh-uy"
	planner := calendar.NewPlanner(calendar.NewMemory(), nil)
	monday := vanphong.MustDate("2026-11-16")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "chuyen-vien"}, At: (monday - 3).At(9, 0)}

	week, _ := planner.Draft(ctx, org, calendar.WeekOf(monday), []calendar.Entry{
		{ID: "giao-ban", Day: monday, Session: calendar.Morning, Activity: "Giao ban Thường trực Tỉnh ủy"},
	}, clerk)
	asked, _ := planner.Register(ctx, org, "", "Ban Tổ chức Tỉnh ủy",
		calendar.Entry{Day: monday + 2, Session: calendar.Afternoon, Activity: "Hội nghị Ban Thường vụ"}, clerk)
	planner.Accept(ctx, org, asked.ID, "", clerk)
	planner.Approve(ctx, org, week.ID, clerk)
	week, _ = planner.Publish(ctx, org, week.ID, clerk)

	moved := week.Entries
	moved[1].Day = monday + 3
	week, err := planner.Amend(ctx, org, week.ID, moved, "Bí thư dự họp Trung ương", clerk)
	change := week.Amendments[0].Diff.Changed[0]
	fmt.Println(week.State.Name(), week.Revision, err)
	fmt.Println(change.After.Activity+":", vanphong.FormatDate(change.Before.Day), "→", vanphong.FormatDate(change.After.Day))

	_, err = planner.Amend(ctx, org, week.ID, nil, "", clerk)
	fmt.Println(err)
	// Output:
	// đã điều chỉnh 2 <nil>
	// Hội nghị Ban Thường vụ: 18/11/2026 → 19/11/2026
	// reason "": want why the schedule is amended: invalid value
}

// A schedule file, its half-days as printed, and what a clerk is warned of.
func ExampleReadScheduleCSV() {
	entries, _, err := calendar.ReadScheduleCSV(strings.NewReader(`day,session,start,end,activity,chair,room
16/11/2026,sáng,08:00,,Giao ban tuần,Bí thư <bt>,Phòng họp số 1
16/11/2026,sáng,09:00,10:30,Tiếp công dân định kỳ,Bí thư <bt>,
17/11/2026,chiều,,,Làm việc tại cơ quan,Bí thư <bt>,
`), nil)
	fmt.Println(len(entries), err)

	findings, _ := calendar.Findings(entries, &calendar.FindingOptions{Length: 2 * time.Hour})
	for _, f := range findings {
		fmt.Println(calendar.Messages().Text(f))
	}
	_, _, err = calendar.ReadScheduleCSV(strings.NewReader("day,activity\n30/02/2026,Họp\n"), nil)
	fmt.Println(err)
	// Output:
	// 3 <nil>
	// Trùng lịch của Bí thư ngày 16/11/2026, từ 09:00 đến 10:00: “Giao ban tuần” và “Tiếp công dân định kỳ”
	// line 2, column day: date "30/02/2026": want a day that exists: invalid value
}

func ExampleWeekSchedule_Rows() {
	monday := vanphong.MustDate("2026-11-16")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "chuyen-vien"}, At: (monday - 3).At(9, 0)}
	week, _ := calendar.NewWeekSchedule("tinh-uy", vanphong.Days{First: monday, End: monday + 2}, clerk)
	week, _ = week.Edit([]calendar.Entry{
		{ID: "a", Day: monday + 1, Session: calendar.Afternoon, Activity: "Hội nghị Ban Thường vụ"},
		{ID: "b", Day: monday, Session: calendar.Morning, Activity: "Giao ban"},
	}, clerk)
	for row := range week.Rows() {
		fmt.Print(vanphong.WeekdayName(row.Day.Weekday()), ", ", row.Session.Name(), ":")
		for _, e := range row.Entries {
			fmt.Print(" ", e.Activity)
		}
		fmt.Println()
	}
	// Output:
	// thứ Hai, sáng: Giao ban
	// thứ Hai, chiều:
	// thứ Ba, sáng:
	// thứ Ba, chiều: Hội nghị Ban Thường vụ
}

// Secret entries leave only where the policy lets them.
func ExampleWeekSchedule_For() {
	monday := vanphong.MustDate("2026-11-16")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "chuyen-vien"}, At: (monday - 3).At(9, 0)}
	week, _ := calendar.NewWeekSchedule("tinh-uy", calendar.WeekOf(monday), clerk)
	week, _ = week.Edit([]calendar.Entry{
		{ID: "a", Day: monday, Activity: "Giao ban"},
		{ID: "b", Day: monday, Activity: "Nghe báo cáo về an ninh", Secrecy: vanphong.Secret},
	}, clerk)
	policy := vanphong.Redaction{"LAN độc lập": vanphong.Secret}
	for _, zone := range []vanphong.Zone{"LAN độc lập", "internet"} {
		for _, e := range week.For(zone, policy).Entries {
			fmt.Println(zone, "|", e.Activity)
		}
	}
	// Output:
	// LAN độc lập | Giao ban
	// LAN độc lập | Nghe báo cáo về an ninh
	// internet | Giao ban
	// internet | (nội dung mật)
}

func ExampleConflicts() {
	at := vanphong.MustDate("2026-11-16").At
	list, _ := calendar.Conflicts([]calendar.Booking{
		{ID: "giao-ban", Start: at(8, 0), End: at(10, 0), People: []string{"bi-thu", "pho-bi-thu"}, Rooms: []string{"P1"}},
		{ID: "tiep-dan", Start: at(9, 0), End: at(11, 0), People: []string{"bi-thu"}, Rooms: []string{"P2"}},
		{ID: "khao-sat", Start: at(10, 15), End: at(11, 30), People: []string{"pho-bi-thu"}},
	}, &calendar.ConflictOptions{Gap: 30 * time.Minute})
	for _, c := range list {
		fmt.Println(c.A, c.B, c.Resource, c.From.Format("15:04"), c.To.Format("15:04"))
	}
	// Output:
	// giao-ban tiep-dan person:bi-thu 09:00 10:00
	// giao-ban khao-sat person:pho-bi-thu 10:15 10:30
}
