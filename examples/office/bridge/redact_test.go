package bridge

import (
	"fmt"
	"strings"
	"testing"
)

// What the view of a secret entry does not show is not in the proof either.
func TestProofOfASecretNumber(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	d.must("full", "PUT", root+"/entries/vu-an-x", object{"series": s, "kind": "ket-luan", "day": "2026-11-20", "secrecy": "secret"})
	d.must("full", "POST", root+"/entries/vu-an-x/void", object{"reason": "trùng với vụ Y"})
	d.must("full", "PUT", root+"/entries/kl-2", conclusion(s))
	d.must("full", "POST", root+"/entries/kl-2/void", object{"reason": "đánh nhầm"})
	p := d.must("full", "GET", root+"/series/"+s+"/proof", nil)
	text := fmt.Sprint(p)
	if strings.Contains(text, "vu-an-x") || strings.Contains(text, "vụ Y") {
		t.Errorf("the proof says what the entry hides: %s", text)
	}
	if void := p["void"].([]any); len(void) != 2 || void[1].(object)["reason"] != "đánh nhầm" {
		t.Errorf("void: %v", void)
	}
}

// A filter does not tell what a line hides, nor does the address of the next
// page.
func TestFiltersDoNotTellWhatIsHidden(t *testing.T) {
	d := newDesk(t)
	s, b := d.open(), d.book()
	d.must("full", "PUT", root+"/entries/vu-an-x", object{"series": s, "kind": "ket-luan", "day": "2026-11-20", "secrecy": "secret"})
	d.must("full", "PUT", root+"/entries/kl-2", conclusion(s))
	r := receipt(b, "05-CV/BTCTU")
	delete(r, "abstract")
	r["secrecy"], r["channel"], r["external"] = "secret", "paper", "ex-1"
	d.must("full", "PUT", root+"/incoming/vu-an-y", r)
	d.must("full", "POST", root+"/incoming/vu-an-y/instructions", object{"id": "bp", "kind": "direction", "by": "bt", "leads": []object{{"unit": "x"}}, "coordinating": []object{{"unit": "y"}}})
	d.must("full", "PUT", root+"/incoming/den-2", receipt(b, "06-CV/BTCTU"))
	for query, want := range map[string]int{
		"entries": 2, "entries?series=" + s: 2, "entries?organ=" + here: 2, "entries?state=issued": 2, "entries?from=2026-11-20": 2,
		"entries?kind=ket-luan": 1,
		"incoming":              2, "incoming?book=" + b: 2, "incoming?arrival=1241": 1, "incoming?state=instructed": 1, "incoming?unit=x": 1, "incoming?unit=y": 0,
		"incoming?number=05-CV/BTCTU": 0, "incoming?number=06-CV/BTCTU": 1, "incoming?issuer=ban+to+chuc+tinh+uy": 1, "incoming?external=ex-1": 0,
	} {
		p := d.must("full", "GET", root+"/"+query, nil)
		if got := len(p["items"].([]any)); got != want {
			t.Errorf("%s: %d lines, want %d", query, got, want)
		}
	}
	for list, numbers := range map[string][]string{"entries": {"127-KL/ĐU", "128-KL/ĐU"}, "incoming": {"1241", "1242"}} {
		var got []string
		for after := ""; ; {
			p := d.must("full", "GET", root+"/"+list+"?limit=1&after="+after, nil)
			if strings.Contains(fmt.Sprint(p), "vu-an") {
				t.Errorf("the page names it: %v", p)
			}
			for _, v := range p["items"].([]any) {
				o := v.(object)
				if list == "entries" {
					got = append(got, o["number"].(string))
				} else {
					got = append(got, fmt.Sprint(o["arrival"]))
				}
			}
			next, more := p["next"].(string)
			if !more {
				break
			}
			after = next
		}
		if fmt.Sprint(got) != fmt.Sprint(numbers) {
			t.Errorf("%s by pages: %v", list, got)
		}
		d.refused(422, "invalid", "full", "GET", root+"/"+list+"?after=vu-an-x", nil)
		d.refused(422, "invalid", "full", "GET", root+"/"+list+"?limit=1&limit=2", nil)
	}
}
