package documents_test

import (
	"fmt"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// What a text cites, with the kind, the day and the issuer that it states.
func ExampleCitations() {
	text := []byte(`Căn cứ Quyết định số 412-QĐ/TU, ngày 06/4/2026 của Ban Thường vụ Tỉnh ủy;
thực hiện các Nghị quyết số 18-NQ/TW, 19-NQ/TW và Chỉ thị 05.`)
	for c := range documents.Citations(text, nil) {
		fmt.Printf("%s: %q, %s %s, short: %t\n", c.Text, c.KindName, c.Date, c.IssuerName, c.Short)
	}
	// Output:
	// 412-QĐ/TU: "Quyết định", 2026-04-06 Ban Thường vụ Tỉnh ủy, short: false
	// 18-NQ/TW: "Nghị quyết",  , short: false
	// 19-NQ/TW: "Nghị quyết",  , short: false
	// Chỉ thị 05: "Chỉ thị",  , short: true
}

// A text of any length is read as it comes.
func ExampleReadCitations() {
	for c, err := range documents.ReadCitations(strings.NewReader("Bãi bỏ Thông báo số 19-TB/TU."), nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(c.Start, c.End, c.Number, c.Relation)
	}
	// Output:
	// 27 35 19-TB/TU repeals
}

// Which documents still build on one that was replaced.
func ExampleGraph_Stale() {
	node := func(id, number, day, text string) documents.Node {
		n := documents.Node{ID: id, Number: documents.MustNumber(number), Day: vanphong.MustDate(day)}
		for c := range documents.Citations([]byte(text), nil) {
			n.Citations = append(n.Citations, c)
		}
		return n
	}
	g, err := documents.NewGraph([]documents.Node{
		node("old", "10-QĐ/TU", "15/3/2021", "Ban hành quy chế làm việc."),
		node("new", "20-QĐ/TU", "05/01/2026", "Quyết định này thay thế Quyết định số 10-QĐ/TU."),
		node("plan", "30-KH/TU", "02/02/2026", "Căn cứ Quyết định số 10-QĐ/TU ngày 15/3/2021."),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for s := range g.Stale(0) { // each on its own day
		fmt.Println(s.From, "cites", s.To, "replaced by", s.By, "from", s.Since)
	}
	fmt.Println(documents.Messages().Text(g.Findings(0)[0]))
	// Output:
	// plan cites old replaced by new from 2026-01-05
	// Văn bản 30-KH/TU viện dẫn 10-QĐ/TU, đã được thay thế bằng 20-QĐ/TU từ ngày 05/01/2026
}
