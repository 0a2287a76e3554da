package vanphong_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readmes are the same page in two languages.
var readmes = []string{"README.md", "README.vi.md"}

// fences returns the code blocks of a page without their comments, which are
// in the page's language.
func fences(page string) []string {
	var out []string
	for i, block := range strings.Split(page, "```") {
		if i%2 == 0 {
			continue
		}
		var lines []string
		for line := range strings.Lines(block) {
			line, _, _ = strings.Cut(line, "  #")
			if before, _, ok := strings.Cut(line, "          //"); ok {
				line = before
			}
			lines = append(lines, strings.TrimRight(line, " \n"))
		}
		out = append(out, strings.Join(lines, "\n"))
	}
	return out
}

// A newcomer's first lines are the two commands, in either language.
func TestReadmesBeginWithTheTwoCommands(t *testing.T) {
	for _, name := range readmes {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		blocks := fences(string(data))
		require.NotEmpty(t, blocks)
		assert.Equal(t, "\ngo run ./examples/office\ngo test work\n", blocks[0]+"\n", name)
	}
}

// What a reader copies is the same in both languages, heading for heading.
func TestReadmesAreEqual(t *testing.T) {
	en, err := os.ReadFile(readmes[0])
	require.NoError(t, err)
	vi, err := os.ReadFile(readmes[1])
	require.NoError(t, err)
	assert.Equal(t, fences(string(en)), fences(string(vi)))
	for _, mark := range []string{"\n## ", "\n| ", "\n- "} {
		assert.Equal(t, strings.Count(string(en), mark), strings.Count(string(vi), mark), "%q", mark)
	}
}

// The page that the README shows is the one that is tested.
func TestReadmesShowTheQuickstart(t *testing.T) {
	source, err := os.ReadFile("examples/quickstart/main.go")
	require.NoError(t, err)
	golden, err := os.ReadFile("examples/quickstart/testdata/quickstart.golden.txt")
	require.NoError(t, err)
	for _, name := range readmes {
		page, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Contains(t, string(page), "```go\n"+string(source)+"```", name)
		assert.Contains(t, string(page), "```\n"+string(golden)+"```", name)
	}
}
