package bridge

import (
	"fmt"
	"strings"
	"testing"
)

// book opens the arrival book of the year and returns its id.
func (d *desk) book() string {
	d.t.Helper()
	return d.must("full", "POST", root+"/books", object{"numbering": object{"version": "so-den-1", "scope": "year"},
		"year": 2026, "first": 1241, "basis": "tiếp theo sổ giấy, đến số 1240"})["id"].(string)
}

func receipt(book, number string) object {
	return object{"book": book, "received": "2026-11-20T07:45:00+07:00", "channel": "axis", "number_text": number, "number": number,
		"issuer": object{"name": "Ban Tổ chức Tỉnh ủy"}, "kind": "cong-van", "dated": "2026-11-19", "abstract": "mời tập huấn"}
}

// What arrives gets one number however often it is sent; the same paper under
// another id is a conflict that names the first.
func TestReceiveTwiceGivesOneNumber(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	for range 2 {
		if got := d.must("full", "PUT", root+"/incoming/den-1", receipt(b, "05-CV/BTCTU")); got["arrival"] != float64(1241) {
			t.Errorf("arrival: %v", got)
		}
	}
	p := d.refused(409, "conflict", "full", "PUT", root+"/incoming/den-2", receipt(b, "05-CV/BTCTU"))
	if !strings.Contains(fmt.Sprint(p), "arrival 1241") {
		t.Errorf("the first is not named: %v", p)
	}
	if got := d.must("full", "PUT", root+"/incoming/den-3", receipt(b, "06-CV/BTCTU")); got["arrival"] != float64(1242) {
		t.Errorf("arrival after a refusal: %v", got)
	}
	if books := d.must("full", "GET", root+"/books", nil)["items"].([]any); len(books) != 1 || books[0].(object)["next"] != float64(1243) {
		t.Errorf("books: %v", books)
	}
}

// The way of a document through the house, and how it stands on each day.
func TestWayOfAnArrivedDocument(t *testing.T) {
	d := newDesk(t)
	one := root + "/incoming/den-1"
	d.must("full", "PUT", one, receipt(d.book(), "05-CV/BTCTU"))
	d.must("full", "POST", one+"/acknowledge", object{"note": "đã nhận đủ"})
	d.must("full", "POST", one+"/presentations", object{"to": object{"unit": "van-phong", "person": "chanh-van-phong"}})
	direction := object{"id": "but-phe-1", "kind": "direction", "by": "pho-bi-thu", "leads": []object{{"unit": "ban-to-chuc"}},
		"coordinating": []object{{"unit": "van-phong"}}, "due": "2026-11-25"}
	d.must("full", "POST", one+"/instructions", direction)
	two := object{"id": "but-phe-2", "kind": "direction", "by": "pho-bi-thu", "leads": []object{{"unit": "a"}, {"unit": "b"}}}
	d.refused(422, "invalid", "full", "POST", one+"/instructions", two)
	if s := d.must("full", "GET", one+"/status?day=2026-11-26", nil); s["unit"] != "ban-to-chuc" || s["late"] != true || s["acknowledged"] != true {
		t.Errorf("status: %v", s)
	}
	if list := d.must("full", "GET", root+"/incoming?unit=ban-to-chuc&open=true", nil)["items"].([]any); len(list) != 1 {
		t.Errorf("open at the unit: %v", list)
	}
	d.must("full", "POST", one+"/answers", object{"number": "31-CV/ĐU", "dated": "2026-11-24"})
	d.must("full", "POST", one+"/complete", object{"at": "2026-11-20T16:00:00+07:00"})
	if s := d.must("full", "GET", one+"/status", nil); s["state"] != "done" || s["late"] == true {
		t.Errorf("status at the end: %v", s)
	}
	changes := d.must("full", "GET", root+"/changes?stream=incoming", nil)["items"].([]any)
	if len(changes) < 7 {
		t.Errorf("changes: %v", changes)
	}
	d.refused(403, "forbidden", "users", "GET", root+"/changes?stream=incoming", nil)
	d.refused(403, "forbidden", "reader", "GET", one, nil)
}

// Pages of what arrived: all of them together are the whole, each line once.
func TestPagesOfIncomingAreTheWhole(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	for i := range 7 {
		r := receipt(b, fmt.Sprintf("%d-CV/BTCTU", 10+i))
		d.must("full", "PUT", fmt.Sprintf("%s/incoming/den-%d", root, i), r)
	}
	var got []float64
	for after := ""; ; {
		p := d.must("full", "GET", root+"/incoming?limit=3&after="+after, nil)
		for _, v := range p["items"].([]any) {
			got = append(got, v.(object)["arrival"].(float64))
		}
		next, more := p["next"].(string)
		if !more {
			break
		}
		after = next
	}
	if fmt.Sprint(got) != "[1241 1242 1243 1244 1245 1246 1247]" {
		t.Errorf("pages: %v", got)
	}
}

// A line that may not reach a client is in its pages as a number and nothing
// else; asking for its number, issuer or words finds nothing.
func TestGuessesAtHiddenArrivalsAreNotConfirmed(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	secret := receipt(b, "07-CV/BTCTU")
	secret["secrecy"] = "confidential"
	delete(secret, "abstract")
	d.must("full", "PUT", root+"/incoming/mat-ve-viec-x", secret)
	d.must("full", "PUT", root+"/incoming/den-1", receipt(b, "05-CV/BTCTU"))
	all := d.must("full", "GET", root+"/incoming?limit=1", nil)
	if text := fmt.Sprint(all); strings.Contains(text, "07-CV") || strings.Contains(text, "viec-x") || len(all["items"].([]any)) != 1 {
		t.Errorf("page: %s", text)
	}
	rest := d.must("full", "GET", root+"/incoming?limit=1&after="+all["next"].(string), nil)
	if got := rest["items"].([]any); len(got) != 1 || got[0].(object)["arrival"] != float64(1242) {
		t.Errorf("next page: %v", rest)
	}
	if text := fmt.Sprint(d.must("full", "GET", root+"/changes?stream=incoming", nil)); strings.Contains(text, "viec-x") || !strings.Contains(text, "den-1") {
		t.Errorf("the changes tell: %s", text)
	}
	for _, ask := range []string{"number=07-CV/BTCTU", "issuer=Ban+T%E1%BB%95+ch%E1%BB%A9c+T%E1%BB%89nh+%E1%BB%A7y&limit=1"} {
		got := d.must("full", "GET", root+"/incoming?"+ask, nil)["items"].([]any)
		for _, v := range got {
			if v.(object)["arrival"] == float64(1241) {
				t.Errorf("%s finds the hidden line", ask)
			}
		}
	}
}
