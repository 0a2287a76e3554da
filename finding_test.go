package vanphong_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	. "github.com/vanphong-go/vanphong"
)

func TestCatalogueFillsTheSentence(t *testing.T) {
	c := Catalogue{"x": {"{0} trùng {1}", "{0} clashes with {1}"}}
	f := Finding{Rule: "x", Severity: Warning, Args: []string{"{1}", "b"}}
	assert.Equal(t, "{1} trùng b", c.Text(f), "an argument is never read as a pattern")
	assert.Equal(t, "{1} clashes with b", c.English(f))
	assert.Equal(t, "y a, b", c.Text(Finding{Rule: "y", Args: []string{"a", "b"}}), "an unknown rule is shown")
	assert.Equal(t, "y", Catalogue(nil).Text(Finding{Rule: "y"}))
}

// Both languages of every message use the same arguments.
func TestMessagesAreComplete(t *testing.T) {
	arg := regexp.MustCompile(`\{\d\}`)
	for rule, m := range Messages() {
		assert.NotEmpty(t, m.Vietnamese, rule)
		assert.ElementsMatch(t, arg.FindAllString(m.Vietnamese, -1), arg.FindAllString(m.English, -1), rule)
	}
	Messages()[RuleNoSuccessor] = Message{}
	assert.NotEmpty(t, Messages()[RuleNoSuccessor].Vietnamese, "nobody can change the catalogue for others")
}

func TestSeverityNames(t *testing.T) {
	assert.Equal(t, "cảnh báo", Warning.Name())
	assert.Equal(t, "lỗi", Fault.Name())
}
