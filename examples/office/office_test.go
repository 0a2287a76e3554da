package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

var update = flag.Bool("update", false, "write the golden files anew: go test ./examples/office -run Golden -update")

// cli runs the program as main does and returns what it wrote.
func cli(t testing.TB, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

func mustOffice(t testing.TB, args ...string) string {
	t.Helper()
	code, out, errs := cli(t, args...)
	if code != 0 {
		t.Fatalf("office %v: exit %d\n%s", args, code, errs)
	}
	return out
}

func file(t testing.TB, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func bundledFile(t testing.TB, name string) string {
	t.Helper()
	data, err := bundled.ReadFile("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The whole output, and that a second run over the same file shows the same:
// it found everything and doubled nothing.
func TestGoldenAndSecondRun(t *testing.T) {
	db := filepath.Join(t.TempDir(), "office.db")
	for _, c := range []struct {
		golden string
		args   []string
	}{
		{"testdata/office.golden.txt", []string{"-db", db}},
		{"testdata/office.golden.txt", []string{"-db", db}},
		{"testdata/office.golden.json", []string{"-db", db, "-json"}},
	} {
		out := mustOffice(t, c.args...)
		if *update {
			if err := os.WriteFile(c.golden, []byte(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(c.golden)
		if err != nil {
			t.Fatal(err)
		}
		if out != string(want) {
			t.Errorf("%v differs from %s; if that is meant, go test ./examples/office -run Golden -update\n%s", c.args, c.golden, out)
		}
	}
}

// Lines fit a terminal of 120 columns.
func TestFitsATerminal(t *testing.T) {
	data, err := os.ReadFile("testdata/office.golden.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "!") {
			continue // a warning is one sentence; terminals wrap it
		}
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 120 {
			t.Errorf("%d letters: %s", n, line)
		}
	}
}

// The JSON document says what the published report said.
func TestPublishedFigures(t *testing.T) {
	var res result
	out := mustOffice(t, "-db", filepath.Join(t.TempDir(), "o.db"), "-json")
	if err := json.Unmarshal([]byte(out), &res); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"ban hành 01 nghị quyết, 02 chỉ thị, 05 quy định, 04 đề án, 02 chương trình, 18 kế hoạch, 120 báo cáo, 122 kết luận và trên 410 thông báo",
		"13 hội nghị Thường trực Tỉnh ủy, 10 hội nghị Ban Thường vụ Tỉnh ủy và 06 hội nghị Ban Chấp hành Đảng bộ tỉnh",
	} {
		if !strings.Contains(strings.Join(res.Report.Sentences, "\n"), want) {
			t.Errorf("the report lacks %q:\n%v", want, res.Report.Sentences)
		}
	}
	for _, r := range res.Reconciliation {
		if r.Difference != 0 || r.Last-r.OpenedAt+1 != r.Counted+r.Uncounted {
			t.Errorf("series %s of %s: %+v", r.Name, r.Scope, r)
		}
	}
	if res.Meeting.Items[1].Outcome != "không thông qua" {
		t.Errorf("7 of 15 in office is no majority: %+v", res.Meeting.Items[1])
	}
}

// What is printed is computed: other figures give another sentence.
func TestOtherFiguresOtherSentence(t *testing.T) {
	figures := strings.Replace(bundledFile(t, "figures.csv"), "term,báo cáo,120", "term,báo cáo,7", 1)
	figures = strings.Replace(figures, "term,thông báo,412,10", "term,thông báo,412,", 1)
	out := mustOffice(t, "-db", filepath.Join(t.TempDir(), "o.db"), "-figures", file(t, "f.csv", figures))
	text := strings.Join(strings.Fields(out), " ")
	if !strings.Contains(text, "07 báo cáo, 122 kết luận và 412 thông báo.") {
		t.Error(out)
	}
}

// A file of other figures is refused before anything is written into it.
func TestFileOfOtherFiguresIsRefused(t *testing.T) {
	db := filepath.Join(t.TempDir(), "o.db")
	first := mustOffice(t, "-db", db)
	figures := strings.Replace(bundledFile(t, "figures.csv"), "term,báo cáo,120", "term,báo cáo,121", 1)
	code, _, errs := cli(t, "-db", db, "-figures", file(t, "f.csv", figures))
	if code != 1 || !strings.Contains(errs, "-db") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if again := mustOffice(t, "-db", db); again != first {
		t.Error("the refused run left something behind")
	}
}

// fewFigures makes a short half-year, for tests that are not about its length.
const fewFigures = `scope,subject,value,round,report
term,kết luận,5,,yes
term,báo cáo,4,,yes
term,hội nghị Ban Thường vụ,3,,yes
congress,nghị quyết,1,,no
`

// One bad row refuses the file and nothing is stored; with -skip-bad the rest
// is taken and the row is listed.
func TestBadRows(t *testing.T) {
	schedule, figures := bundledFile(t, "schedule.csv"), bundledFile(t, "figures.csv")
	for _, c := range []struct {
		name, flag, text string
		want             string
		skippable        bool
	}{
		{"a day that does not exist", "-schedule", strings.Replace(schedule, "2025-12-23,sáng,07:30", "2025-02-30,sáng,07:30", 1), "2025-02-30", true},
		{"an end before its start", "-schedule", strings.Replace(schedule, "07:30,09:00", "07:30,07:00", 1), "07:00", true},
		{"a column nobody knows", "-schedule", strings.Replace(schedule, "day,session", "ngay,session", 1), "ngay", false},
		{"an encoding that is not UTF-8", "-schedule", strings.Replace(schedule, "Bí thư", "B\xed th\xb0", 1), "UTF-8", true},
		{"a line of many megabytes", "-schedule", schedule + strings.Repeat("x", 20<<20), "bytes", false},
		{"a row of another week", "-schedule", strings.Replace(schedule, "2025-12-26,sáng", "2025-12-29,sáng", 1), "2025-12-29", true},
		{"a body that the office has not", "-schedule", strings.Replace(schedule, ",ban-thuong-vu,", ",ban-thuong-vuu,", 1), "ban-thuong-vuu", true},
		{"no meeting at all of the one that is held", "-figures", strings.Replace(figures, "Ban Thường vụ,10", "Ban Thường vụ,0", 1), "Ban Thường vụ", true},
		{"a kind that is none", "-figures", strings.Replace(figures, "term,chỉ thị", "term,chỉ thi", 1), "chỉ thi", true},
		{"a negative count", "-figures", strings.Replace(figures, "báo cáo,120", "báo cáo,-1", 1), "-1", true},
		{"a subject twice", "-figures", figures + "term,báo cáo,3,,yes\n", "báo cáo", true},
		{"a figures column missing", "-figures", strings.Replace(figures, "scope,", "", 1), "header", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "o.db")
			name := file(t, "in.csv", c.text)
			code, out, errs := cli(t, "-db", db, c.flag, name)
			if code != 1 || out != "" || !strings.Contains(errs, c.want) {
				t.Errorf("exit %d, want 1 and an error with %q:\n%s", code, c.want, errs)
			}
			if _, err := os.Stat(db); !os.IsNotExist(err) {
				t.Error("the file was made all the same")
			}
			args := []string{"-db", db, c.flag, name, "-skip-bad"}
			if c.flag == "-schedule" {
				args = append(args, "-figures", file(t, "few.csv", fewFigures))
			}
			code, out, errs = cli(t, args...)
			if c.skippable && (code != 0 || !strings.Contains(out, "DÒNG BỎ QUA") || !strings.Contains(errs, "bỏ qua")) {
				t.Errorf("-skip-bad: exit %d\n%s", code, errs)
			}
			if !c.skippable && code != 1 {
				t.Errorf("-skip-bad took it: exit %d", code)
			}
		})
	}
}

func TestMisuse(t *testing.T) {
	for _, args := range [][]string{{"-day", "2026-02-30"}, {"stray"}, {"-nosuch"}} {
		if code, out, errs := cli(t, args...); code != 2 || out != "" || errs == "" {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errs)
		}
	}
	missing := filepath.Join(t.TempDir(), "none", "o.db")
	if code, _, errs := cli(t, "-db", missing); code != 1 || !strings.Contains(errs, missing) {
		t.Errorf("a folder that is not there: exit %d, %s", code, errs)
	}
	text := file(t, "notes.txt", "this is no database at all, only a text\n")
	if code, _, errs := cli(t, "-db", text); code != 1 || !strings.Contains(errs, text) {
		t.Errorf("a file that is no database: exit %d, %s", code, errs)
	}
	if left, err := os.ReadFile(text); err != nil || string(left) != "this is no database at all, only a text\n" {
		t.Errorf("it was not left as it was: %q, %v", left, err)
	}
}

// A schedule of another week moves the meeting and its conclusion; one without
// a row of the Ban Thường vụ has it meet outside the schedule.
func TestOtherSchedules(t *testing.T) {
	figures := file(t, "f.csv", strings.Replace(fewFigures, "báo cáo,4", "báo cáo,7", 1))
	out := mustOffice(t, "-db", filepath.Join(t.TempDir(), "o.db"), "-figures", figures, "-schedule",
		file(t, "s.csv", "day,session,activity,body\n2026-11-18,chiều,Họp Ban Thường vụ,ban-thuong-vu\n"))
	for _, want := range []string{"NGÀY 18 THÁNG 11 NĂM 2026", "BÁO CÁO TỪ 01/7/2025 ĐẾN 30/11/2026", "05 kết luận"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	out = mustOffice(t, "-db", filepath.Join(t.TempDir(), "o.db"), "-figures", figures, "-schedule",
		file(t, "s.csv", "day,activity\n2025-12-23,Làm việc tại cơ quan\n"))
	if !strings.Contains(out, "HỘI NGHỊ BAN THƯỜNG VỤ TỈNH ỦY LẦN THỨ 2, NHIỆM KỲ 2025 - 2030, NGÀY 22") {
		t.Error(out)
	}
}

// The office goes on in the same file: the next week, then a change of a week
// that is published, which needs a reason and says what changed.
func TestNextWeekAndAmendmentOnTheSameFile(t *testing.T) {
	db := filepath.Join(t.TempDir(), "office.db")
	figures := file(t, "few.csv", fewFigures)
	week := "day,session,start,activity,body\n2025-12-24,sáng,08:00,Hội nghị Ban Thường vụ Tỉnh ủy,ban-thuong-vu\n2025-12-25,chiều,14:00,Giao ban,\n"
	mustOffice(t, "-db", db, "-figures", figures, "-schedule", file(t, "w1.csv", week))

	next := strings.NewReplacer("2025-12-24", "2025-12-30", "2025-12-25", "2025-12-31").Replace(week)
	out := strings.Join(strings.Fields(mustOffice(t, "-db", db, "-figures", figures, "-schedule", file(t, "w2.csv", next))), " ")
	for _, want := range []string{"TỪ 29/12/2025 ĐẾN 04/01/2026", "06 kết luận", "04 hội nghị Ban Thường vụ"} {
		if !strings.Contains(out, want) {
			t.Errorf("the next week lacks %q:\n%s", want, out)
		}
	}

	moved := file(t, "w3.csv", strings.Replace(week, "14:00,Giao ban", "15:30,Giao ban", 1))
	code, _, errs := cli(t, "-db", db, "-figures", figures, "-schedule", moved)
	if code != 1 || !strings.Contains(errs, "-reason") {
		t.Errorf("a published week changed without a reason: exit %d, %s", code, errs)
	}
	for range 2 { // asked again, it is not amended again
		out = mustOffice(t, "-db", db, "-figures", figures, "-schedule", moved, "-reason", "lãnh đạo bận")
		if !strings.Contains(out, "đã điều chỉnh, lần 2") || !strings.Contains(out, "! Điều chỉnh lần 1: lãnh đạo bận (thêm 1, bớt 1, sửa 0 dòng)") {
			t.Errorf("the amendment is not shown:\n%s", out)
		}
	}
}

// What a secret row says is shown nowhere: not on the page, not in the JSON
// document, not in the error that refuses it.
func TestSecretRowIsNotShown(t *testing.T) {
	const head = "day,activity,chair,unit,secrecy\n2025-12-22,Giao ban,,,\n"
	row := "2025-12-23,nội-dung-kín,người-kín,đơn-vị-kín,confidential\n"
	figures := file(t, "few.csv", fewFigures)
	db := filepath.Join(t.TempDir(), "o.db")
	for _, args := range [][]string{
		{"-schedule", file(t, "s.csv", head+row)},
		{"-schedule", file(t, "s.csv", head+row), "-json"},
		{"-schedule", file(t, "late.csv", head+strings.Replace(row, "12-23", "12-29", 1))}, // refused: another week
		{"-schedule", file(t, "late.csv", head+strings.Replace(row, "12-23", "12-29", 1)), "-skip-bad"},
	} {
		_, out, errs := cli(t, append(args, "-db", db, "-figures", figures)...)
		if all := out + errs; strings.Contains(all, "-kín") || !strings.Contains(all, vanphong.Placeholder) {
			t.Errorf("%v:\n%s", args, all)
		}
	}
	// Nor is it in the database file.
	stored, err := os.ReadFile(db)
	if err != nil || bytes.Contains(stored, []byte("-kín")) {
		t.Errorf("the file keeps what the row says (%v)", err)
	}
}

// A file with a row missing is not worked on: the replay would make the row
// anew and hide that it was gone.
func TestDamagedFileIsNotWorkedOn(t *testing.T) {
	db := filepath.Join(t.TempDir(), "office.db")
	figures := file(t, "few.csv", fewFigures)
	mustOffice(t, "-db", db, "-figures", figures)
	for range 3 {
		if !deleteRow(t, db, "vp_records", "WHERE kind = 'task' LIMIT 1") {
			t.Fatal("no task to delete")
		}
		before, err := os.ReadFile(db)
		if err != nil {
			t.Fatal(err)
		}
		code, out, errs := cli(t, "-db", db, "-figures", figures)
		if code != 1 || out != "" || !strings.Contains(errs, "bản sao lưu") {
			t.Errorf("exit %d, %q, %s", code, out, errs)
		}
		if after, err := os.ReadFile(db); err != nil || !bytes.Equal(before, after) {
			t.Errorf("the damaged file was written to: %v", err)
		}
	}
}

// Whatever row is deleted, of whichever table, the file is not accepted as
// whole: the check before the report finds it. A few rows of each table stand
// for all.
func TestDeletingAnyRowIsFound(t *testing.T) {
	db := filepath.Join(t.TempDir(), "office.db")
	mustOffice(t, "-db", db, "-figures", file(t, "few.csv", fewFigures))
	whole, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	tries := 0
	for _, table := range tables(t, db) {
		for _, which := range []string{"LIMIT 1", "LIMIT 1 OFFSET 1", "LIMIT 1 OFFSET 4"} {
			copied := filepath.Join(t.TempDir(), "copy.db")
			if err := os.WriteFile(copied, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			if !deleteRow(t, copied, table, which) {
				continue
			}
			tries++
			if err := check(copied); err == nil {
				t.Errorf("a row of %s deleted (%s) and nobody noticed", table, which)
			}
		}
	}
	if tries < 10 {
		t.Errorf("only %d rows were tried", tries)
	}
	if err := check(db); err != nil {
		t.Errorf("the file itself: %v", err)
	}
}

func tables(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// The word index is no record: it is made anew from the lines, and an edited
	// one is sqlite.Store.VerifyAll's to find.
	rows, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'vp_term%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func deleteRow(t *testing.T, path, table, which string) bool {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var key string // the columns of the primary key: not every table has a rowid
	err = db.QueryRow("SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)", table).Scan(&key)
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	res, err := db.Exec("DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table + " " + which + ")")
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}

// check opens a file as the program does before its report.
func check(path string) error {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, path, nil)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Verify(ctx, org); err != nil {
		return err
	}
	return documents.NewRegistrar(store.Documents(), nil).Verify(ctx, org)
}
