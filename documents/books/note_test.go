package books

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

func TestOnlyANoteThatSaysSoMakesANumberVoid(t *testing.T) {
	for note, void := range map[string]bool{
		"Hủy số, ghi nhầm": true, "Huỷ": true, "số hủy": true, "Đã hủy do ghi trùng": true, "Ghi nhầm, đã hủy": true,
		"Hỏng, bỏ số này": true, "đã hủy bỏ số": true, "huy so": true, "da huy": true,
		// The ministries and departments of a list of recipients.
		"Gửi các bộ, sở, ngành": false, "gui cac bo so": false, "Sao gửi Bộ, Sở Nội vụ": false,
		// The document was annulled by a later one; its number was used.
		"Đã hủy bỏ theo Quyết định số 55-QĐ/TU": false,
		"Thay cho số đã hủy 12":                 false, "": false, "không": false,
	} {
		p, err := NewPlan(oldBook(), table(heading, "01-QĐ/TU|20/10/2020|Quyết định a|An|||"+note), nil)
		require.NoError(t, err)
		require.Len(t, p.Rows, 1, note)
		assert.Equal(t, void, p.Rows[0].Request.Void != "", note)
	}
}

func TestALastNumberIsOfASeriesInTheFile(t *testing.T) {
	book := oldBook()
	rows := []string{heading, "01-QĐ/TU|20/10/2020|Quyết định a|An|||"}
	book.Last = map[string]uint32{"QĐ": 500}
	p, err := NewPlan(book, table(rows...), nil)
	require.NoError(t, err)
	assert.Equal(t, uint32(501), p.Series[0].Open.First)
	// With the name mistyped QĐ would go on at 02, and 02 to 500 are on paper.
	for _, name := range []string{"QD", "CV"} {
		book.Last = map[string]uint32{"QĐ": 500, name: 900}
		_, err = NewPlan(book, table(rows...), nil)
		var in *vanphong.InputError
		require.ErrorAs(t, err, &in, name)
		assert.Equal(t, "last", in.Field)
		assert.ErrorIs(t, err, vanphong.ErrNotFound)
	}
}

func TestAMarkOfSecrecyIsReadWhereverItStands(t *testing.T) {
	for _, c := range []struct {
		abstract, note string
		want           vanphong.Secrecy
	}{
		{"Quyết định kín", "Mật", vanphong.Confidential},
		{"Quyết định kín", "(TỐI MẬT)", vanphong.Secret},
		{"Quyết định kín", "Độ mật: Tuyệt mật", vanphong.TopSecret},
		{"Quyết định kín", "Văn bản mật, gửi trực tiếp", vanphong.Confidential},
		{"Quyết định kín (Mật)", "", vanphong.Confidential},
		{"(Tối mật) Quyết định kín", "", vanphong.Secret},
		{"Quyết định ban hành danh mục bí mật nhà nước", "", vanphong.NotSecret},
		{"Quyết định về quản lý văn bản mật", "", vanphong.NotSecret},
		{"Quyết định a", "Văn bản đã giải mật", vanphong.NotSecret},
		{"Quyết định a", "Mất bản gốc", vanphong.NotSecret},
	} {
		p, err := NewPlan(oldBook(), table(heading, "01-QĐ/TU|20/10/2020|"+c.abstract+"||||"+c.note), nil)
		require.NoError(t, err)
		// A mark before the kind hides the kind: such a row is listed, and shows nothing.
		if len(p.Rows) == 1 {
			assert.Equal(t, c.want, p.Rows[0].Request.Secrecy, "%v", c)
		}
		out, err := json.Marshal(p)
		require.NoError(t, err)
		assert.Equal(t, c.want == vanphong.NotSecret, !strings.Contains(string(out), "books.secret"), "%v", c)
		assert.NotContains(t, string(out), "kín", "%v", c)
	}
}

func TestAChangedPolicyNeedsAVersionOfItsOwn(t *testing.T) {
	book := oldBook()
	book.Policy = documents.PartyPerSymbol()
	book.Policy.Symbols = map[documents.Kind]string{documents.KindRegulation: "QĐi"}
	rows := []string{heading, "01-QĐi/TU|20/10/2020|Quy định a|An|||"}
	p, err := NewPlan(book, table(rows...), nil)
	require.NoError(t, err)
	_, err = p.Run(context.Background(), documents.NewMemory(), stamp, nil)
	assert.ErrorIs(t, err, vanphong.ErrConflict)
	book.Policy.Version = "van-phong-1"
	p, err = NewPlan(book, table(rows...), nil)
	require.NoError(t, err)
	done, err := p.Run(context.Background(), documents.NewMemory(), stamp, nil)
	require.NoError(t, err)
	assert.Equal(t, "QĐi", done.Series[0].Key.Name)
}
