package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Example_quickstart is what the README shows. Renew the golden file with
// go run ./examples/quickstart > examples/quickstart/testdata/quickstart.golden.txt
func Example_quickstart() {
	main()
	// Output:
	// 981-QĐ/TU có thể là: quyết định hoặc quy định
	// cấp số: 127-KL/TU
	// 5 ngày làm việc: 24/02/2026 - bỏ qua 9 ngày nghỉ
	// ban hành 01 nghị quyết, 122 kết luận và trên 410 thông báo
}

// A page that is to be read in the README stays one page.
func TestShortAndAsTheGoldenSays(t *testing.T) {
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	assert.LessOrEqual(t, strings.Count(string(source), "\n"), 60)
	test, err := os.ReadFile("main_test.go")
	require.NoError(t, err)
	golden, err := os.ReadFile("testdata/quickstart.golden.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(golden)) {
		assert.Contains(t, string(test), "// "+line)
	}
}
