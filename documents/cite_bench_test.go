package documents

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// proseText is what reports read like: a citation in a few thousand bytes, and
// days, years and counts in most sentences.
func proseText(size int) string {
	sentences := []string{
		"Trong sáu tháng đầu năm 2026, các chi bộ trực thuộc đã sinh hoạt đúng kỳ, bàn sâu về công tác phát triển đảng viên và chăm lo đời sống nhân dân ở từng thôn, bản. ",
		"Đảng ủy phường phân công 13 đồng chí cấp ủy viên phụ trách 27 khu dân cư, giao ban vào sáng thứ Hai hằng tuần và báo cáo kết quả trước 16 giờ ngày thứ Năm. ",
		"Nhiệm kỳ 2025 - 2030, toàn đảng bộ phấn đấu kết nạp từ 40 đến 45 đảng viên mới mỗi năm, có trên 90% chi bộ hoàn thành tốt nhiệm vụ. ",
		"Việc tiếp nhận, đăng ký và trình văn bản đến được làm trong ngày; văn bản khẩn được chuyển ngay, không để tồn đọng qua ngày 30/6/2026. ",
		"Công tác tuyên truyền được đổi mới, gắn với phong trào thi đua ở cơ sở; nhiều mô hình hay được nhân rộng, tạo sự đồng thuận cao trong nhân dân. ",
		"Văn phòng tham mưu tổ chức 18 hội nghị, ban hành 05 nghị quyết, 12 kết luận, 31 thông báo; chất lượng văn bản từng bước được nâng lên. ",
	}
	return mixText(size, sentences, []string{"Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị, đảng ủy xã đã lập danh mục việc phải làm. "}, 40)
}

// denseText is what the grounds of a decision read like: a citation in about
// 280 bytes.
func denseText(size int) string {
	return mixText(size, []string{
		"và đề nghị của Ban Tổ chức về việc kiện toàn nhân sự, bảo đảm đúng quy trình và thẩm quyền đã được phân cấp; ",
		"xét tờ trình của văn phòng về chương trình công tác, sau khi trao đổi thống nhất trong tập thể thường trực; ",
	}, []string{
		"Căn cứ Quyết định số 412-QĐ/TU, ngày 06/4/2026 của Ban Thường vụ Tỉnh ủy về phân công nhiệm vụ; ",
		"Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư; ",
		"Thực hiện Kết luận số 231-KL/TU ngày 14/5/2026; ",
		"Theo Công văn số 8726/UBND-KGVX ngày 02/6/2026 của Ủy ban nhân dân tỉnh; ",
		"Thực hiện Chỉ thị số 45-CT/TW của Ban Bí thư về đại hội đảng bộ các cấp; ",
	}, 2)
}

// mixText puts one of rare behind every so many of common.
func mixText(size int, common, rare []string, every int) string {
	rnd := rand.New(rand.NewPCG(7, 8))
	var b strings.Builder
	for n := 1; b.Len() < size; n++ {
		b.WriteString(common[rnd.IntN(len(common))])
		if n%every == 0 {
			b.WriteString(rare[rnd.IntN(len(rare))])
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func BenchmarkCitations(b *testing.B) {
	const size = 4 << 20
	for _, text := range []struct{ name, text string }{
		{"prose", proseText(size)}, {"dense", denseText(size)},
		{"list", "Nghị quyết số 1" + strings.Repeat(", 2", 20_000)}, // each three bytes are a citation
	} {
		for _, form := range []struct{ name, text string }{{"NFC", text.text}, {"NFD", nfd(text.text)}} {
			b.Run(fmt.Sprintf("%s/%s", text.name, form.name), func(b *testing.B) {
				in := []byte(form.text)
				b.SetBytes(int64(len(in)))
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					n = 0
					for range Citations(in, nil) {
						n++
					}
				}
				b.ReportMetric(float64(n), "citations")
			})
		}
	}
}
