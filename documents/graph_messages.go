package documents

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// The rules of what a graph finds.
const (
	RuleCiteReplaced  = "documents.cite.replaced"
	RuleCiteRepealed  = "documents.cite.repealed"
	RuleCiteUnknown   = "documents.cite.unknown"
	RuleCiteAmbiguous = "documents.cite.ambiguous"
	RuleCiteCycle     = "documents.cite.cycle"
)

// graphMessages are the sentences of these rules, part of [Messages].
func graphMessages() vanphong.Catalogue {
	return vanphong.Catalogue{
		RuleCiteReplaced: {
			Vietnamese: "Văn bản {0} viện dẫn {1}, đã được thay thế bằng {2} từ ngày {3}",
			English:    "Document {0} cites {1}, which {2} replaced from {3}",
		},
		RuleCiteRepealed: {
			Vietnamese: "Văn bản {0} viện dẫn {1}, đã bị {2} bãi bỏ từ ngày {3}",
			English:    "Document {0} cites {1}, which {2} repealed from {3}",
		},
		RuleCiteUnknown: {
			Vietnamese: "Văn bản {0} viện dẫn {1}: không có trong các văn bản đang xét",
			English:    "Document {0} cites {1}, which is not among these documents",
		},
		RuleCiteAmbiguous: {
			Vietnamese: "Văn bản {0} viện dẫn {1}: chưa xác định được là văn bản nào trong các văn bản cùng số",
			English:    "Document {0} cites {1}; which of the documents of this number is not known",
		},
		RuleCiteCycle: {
			Vietnamese: "Các văn bản viện dẫn lẫn nhau thành vòng: {0}",
			English:    "These documents cite each other in a circle: {0}",
		},
	}
}

// Findings returns what a clerk should look at: citations of what was no longer
// in force on a day ([Graph.Stale]), citations whose document is not known, and
// circles. Documents are named by number, those without one by id.
func (g *Graph) Findings(day vanphong.Date) []vanphong.Finding {
	var out []vanphong.Finding
	for s := range g.Stale(day) {
		f := vanphong.Finding{Rule: RuleCiteReplaced, Severity: vanphong.Warning,
			Args: []string{g.name(s.From), g.name(s.To), g.name(s.By), vanphong.FormatDate(s.Since)}}
		if s.Repealed {
			f.Rule = RuleCiteRepealed
		}
		out = append(out, f)
	}
	for u := range g.Unresolved() {
		f := vanphong.Finding{Rule: RuleCiteUnknown, Severity: vanphong.Note, Args: []string{g.name(u.From), oneLine([]byte(u.Citation.Text))}}
		if u.Ambiguous {
			f.Rule, f.Severity = RuleCiteAmbiguous, vanphong.Warning
		}
		out = append(out, f)
	}
	for ids := range g.Cycles() {
		names := make([]string, len(ids))
		for i, id := range ids {
			names[i] = g.name(id)
		}
		out = append(out, vanphong.Finding{Rule: RuleCiteCycle, Severity: vanphong.Warning, Args: []string{strings.Join(names, ", ")}})
	}
	return out
}

func (g *Graph) name(id string) string {
	if i, ok := g.find(id); ok && !g.nodes[i].Number.IsZero() {
		return g.nodes[i].Number.String()
	}
	return id
}
