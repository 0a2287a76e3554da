// Command lunargen writes lunar_table.go of package calendar, in whose
// directory go generate runs it, from the astronomy of package astro.
package main

import (
	"fmt"
	"os"

	"github.com/vanphong-go/vanphong/calendar/internal/lunation"
)

func main() {
	src, err := lunation.Source()
	if err == nil {
		err = os.WriteFile("lunar_table.go", src, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "lunargen:", err)
		os.Exit(1)
	}
}
