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
