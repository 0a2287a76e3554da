package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/xlsx"
)

// desk runs the clerk's commands on a file of its own.
type clerkDesk struct {
	t   *testing.T
	dir string
}

// run runs a command and returns its code and what it wrote; FILE names stand
// in the folder of the test.
func (d clerkDesk) run(args ...string) (int, string, string) {
	d.t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{args[0], "-db", filepath.Join(d.dir, "so.db")}, args[1:]...)
	return run(d.t.Context(), args, &out, &errs), out.String(), errs.String()
}

func (d clerkDesk) must(args ...string) string {
	d.t.Helper()
	code, out, errs := d.run(args...)
	if code != 0 {
		d.t.Fatalf("office %v: %d\n%s%s", args, code, out, errs)
	}
	return out
}

func (d clerkDesk) file(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// An old register is taken in once however often it is read, the count goes on
// behind it, and the books come out again with every number of it.
func TestOldBookGoesInAndComesOut(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	if plan := d.must("import", "-dry-run"); !strings.Contains(plan, "sổ cũ không có số 04") || strings.Contains(plan, "Đã vào sổ") {
		t.Errorf("plan: %s", plan)
	}
	if out := d.must("import"); !strings.Contains(out, "Đã vào sổ 9 dòng, 0 dòng đã có") || !strings.Contains(out, "Dãy QĐ: số tiếp theo là 06") {
		t.Errorf("first: %s", out)
	}
	if out := d.must("import"); !strings.Contains(out, "Đã vào sổ 0 dòng, 9 dòng đã có") {
		t.Errorf("again: %s", out)
	}
	csv := filepath.Join(d.dir, "so.csv")
	d.must("export", "-o", csv)
	text, err := os.ReadFile(csv)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"01-QĐ/TU,24/9/2025,Quyết định phân công", "hủy số", "02-CV/TU,02/10/2025"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	book := filepath.Join(d.dir, "so.xlsx")
	d.must("export", "-o", book)
	f, err := os.Open(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, err := range xlsx.Rows(f, info.Size(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		rows++
	}
	if want := bytes.Count(text, []byte("\n")); rows != want {
		t.Errorf("%d rows in the workbook, %d in the CSV", rows, want)
	}
	left, err := filepath.Glob(filepath.Join(d.dir, "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A file with a bad row leaves nothing, and says which row and why.
func TestBadOldBookLeavesNothing(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	bad := d.file("bad.csv", "Số ký hiệu,Ngày tháng,Tên loại,Trích yếu\n01-KL/TU,30/9/2025,Kết luận,một\n02-KL/TU,30/02/2026,Kết luận,hai\n")
	code, out, errs := d.run("import", "-basis", "sổ giấy", bad)
	if code != 1 || !strings.Contains(out, "30/02/2026") || !strings.Contains(errs, "chưa nhập gì cả") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	if code, _, errs := d.run("close"); code != 1 || !strings.Contains(errs, "nk-2025-2030") {
		t.Errorf("there is a book: %s", errs)
	}
}

// The closing of a term comes out the same again; the paper fits the file until
// one of the two is touched.
func TestClosingFitsUntilSomethingIsTouched(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	d.must("import")
	const at = "2026-11-22T08:00:00+07:00"
	page := d.must("close", "-at", at)
	if again := d.must("close", "-at", at); again != page {
		t.Errorf("another page:\n%s\n%s", page, again)
	}
	filed := d.file("khoa-so.txt", page)
	if out := d.must("check", filed); !strings.Contains(out, "Khớp") {
		t.Errorf("check: %s", out)
	}
	tampered := d.file("sua.txt", strings.Replace(page, "tiếp theo sổ cũ", "tiếp theo sổ mới", 1))
	if code, _, errs := d.run("check", tampered); code != 1 || !strings.Contains(errs, "sua.txt") {
		t.Errorf("a tampered page: %d %s", code, errs)
	}
	// A database of before: the closing knows more than the file does.
	if err := os.Remove(filepath.Join(d.dir, "so.db")); err != nil {
		t.Fatal(err)
	}
	fewer := d.file("it.csv", "Số ký hiệu,Ngày tháng,Tên loại,Trích yếu\n01-KL/TU,30/9/2025,Kết luận,một\n")
	d.must("import", "-basis", "sổ giấy", fewer)
	if code, out, _ := d.run("check", filed); code != 1 || !strings.Contains(out, "Dãy số") {
		t.Errorf("another file: %d %s", code, out)
	}
}

// With a mistyped name the commands that read say so, and make no file.
func TestCommandsThatReadMakeNoDatabase(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	d.must("import")
	filed := d.file("khoa-so.txt", d.must("close"))
	other := filepath.Join(d.dir, "khac.db")
	for _, args := range [][]string{{"check", "-db", other, filed}, {"close", "-db", other}, {"export", "-db", other, "-o", filepath.Join(d.dir, "so.csv")}} {
		code, out, errs := d.run(args...)
		if code != 1 || out != "" || !strings.Contains(errs, "-db") {
			t.Errorf("%v: %d\n%s%s", args, code, out, errs)
		}
		if _, err := os.Stat(other); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v made a file: %v", args, err)
		}
	}
	if code, _, _ := d.run("check", "-org", "khac", filed); code != 2 {
		t.Errorf("check takes an -org that it does not ask: %d", code)
	}
}

// The commands of the README's page on old books work as they are written
// there, one after another.
func TestReadmeCommandsWork(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	n := 0
	for _, line := range strings.Split(string(page), "\n") {
		line, ok := strings.CutPrefix(line, "go run ./examples/office ")
		if !ok || !strings.Contains(" import export close check ", " "+strings.Fields(line)[0]+" ") {
			continue
		}
		n++
		command, file, toFile := strings.Cut(line, " > ")
		var out, errs bytes.Buffer
		if code := run(t.Context(), shellFields(command), &out, &errs); code != 0 {
			t.Fatalf("%s: %d\n%s%s", line, code, &out, &errs)
		}
		if toFile {
			if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n != 6 {
		t.Errorf("%d commands found, want 6", n)
	}
}

// shellFields cuts a command as a shell does: quotes hold a text together, # begins a remark.
func shellFields(line string) (out []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
			continue
		}
		part, _, remark := strings.Cut(part, "#")
		out = append(out, strings.Fields(part)...)
		if remark {
			break
		}
	}
	return out
}

// Without -final nothing is closed and the count goes on; with it the books are closed for
// good, and the paper says so. The draft fits the file until then.
func TestBooksAreClosedWhenAsked(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	d.must("import")
	_, draft, told := d.run("close")
	if strings.Contains(draft, "đã khóa") || !strings.Contains(draft, "đang mở") || !strings.Contains(told, "bản nháp") {
		t.Errorf("a draft: %s%s", draft, told)
	}
	for _, args := range [][]string{{"close", "-final"}, {"close", "-final", "-reason", " "}, {"close", "-reason", "hết nhiệm kỳ"}} {
		if code, out, _ := d.run(args...); code != 2 || out != "" {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
	code, paper, told := d.run("close", "-final", "-reason", "hết nhiệm kỳ")
	if code != 0 || strings.Contains(paper, "đang mở") || !strings.Contains(paper, "đã khóa") || !strings.Contains(told, "Đã khóa 3 dãy số") {
		t.Errorf("%d: %s%s", code, paper, told)
	}
	// Again: another paper of the same closed books.
	again := d.must("close", "-final", "-reason", "hết nhiệm kỳ")
	for _, p := range []string{paper, again} {
		if out := d.must("check", d.file("khoa-so.txt", p)); !strings.Contains(out, "Khớp") {
			t.Errorf("check: %s", out)
		}
	}
	if _, _, told := d.run("close"); strings.Contains(told, "bản nháp") {
		t.Errorf("closed books have no draft: %s", told)
	}
}

// A number that cannot be read may be the last one: the clerk says which is.
func TestTheLastNumberIsTold(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	blurred := d.file("mo.csv", "Số ký hiệu,Ngày tháng,Tên loại,Trích yếu\n01-KL/TU,30/9/2025,Kết luận,một\n1?-QĐ/TU,1/10/2025,Quyết định,hai\n02-QĐ/TU,1/10/2025,Quyết định,hai\n")
	args := []string{"import", "-partial", "-basis", "sổ giấy"}
	if code, _, errs := d.run(append(args, blurred)...); code != 1 || !strings.Contains(errs, "thêm -last KL=") {
		t.Errorf("%d %s", code, errs)
	}
	for _, last := range []string{"QĐ", "=5", "QĐ=x", "QĐ=5,QĐ=6"} {
		if code, _, errs := d.run(append(args, "-last", last, blurred)...); code != 2 || !strings.Contains(errs, "-last") {
			t.Errorf("%s: %d %s", last, code, errs)
		}
	}
	out := d.must(append(args, "-last", "QĐ=130, KL=9", blurred)...)
	if !strings.Contains(out, "Dãy QĐ: số tiếp theo là 131") || !strings.Contains(out, "Dãy KL: số tiếp theo là 10") {
		t.Errorf("%s", out)
	}
}

// What the old book is stands in the register for good, so the command does not guess it.
func TestABookOfTheOfficeNeedsItsBasis(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	own := d.file("so.csv", "Số ký hiệu,Ngày tháng,Tên loại,Trích yếu\n01-KL/TU,30/9/2025,Kết luận,một\n")
	if code, _, errs := d.run("import", own); code != 2 || !strings.Contains(errs, "-basis") {
		t.Errorf("%d %s", code, errs)
	}
	d.must("import", "-basis", "sổ giấy quyển 2", own)
}

// A file that is no workbook, and one far over the bound, are refused before they are read.
func TestAWorkbookIsBoundedBeforeItIsRead(t *testing.T) {
	d := clerkDesk{t, t.TempDir()}
	huge := d.file("to.xlsx", "PK")
	if err := os.Truncate(huge, 1<<40); err != nil {
		t.Skip("no files with holes here:", err)
	}
	if code, _, errs := d.run("import", "-basis", "sổ giấy", huge); code != 1 || !strings.Contains(errs, "to.xlsx") {
		t.Errorf("%d %s", code, errs)
	}
	if code, _, errs := d.run("import", "-basis", "sổ giấy", filepath.Join(d.dir, "khong-co.xlsx")); code != 1 || !strings.Contains(errs, "khong-co.xlsx") {
		t.Errorf("%d %s", code, errs)
	}
}
