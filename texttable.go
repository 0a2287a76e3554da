package vanphong

import "unicode/utf8"

// compositions holds, for each combining mark, the pairs base-composed letter
// that it makes: every canonical composition of Unicode whose base lies below
// U+0300 or in U+1E00–U+1EFF (Latin and its Vietnamese letters). The table is
// facts of the standard, frozen by its stability policy: a pair never changes,
// and no new one can be added for these characters.
var compositions = [...]struct {
	mark  rune
	pairs string
}{
	{0x0300, "AÀ EÈ IÌ NǸ OÒ UÙ WẀ YỲ aà eè iì nǹ oò uù wẁ yỳ ¨῭ ÂẦ ÊỀ ÔỒ ÜǛ âầ êề ôồ üǜ ĂẰ ăằ ĒḔ ēḕ ŌṐ ōṑ ƠỜ ơờ ƯỪ ưừ"},
	{0x0301, "AÁ CĆ EÉ GǴ IÍ KḰ LĹ MḾ NŃ OÓ PṔ RŔ SŚ UÚ WẂ YÝ ZŹ aá cć eé gǵ ií kḱ lĺ mḿ nń oó pṕ rŕ sś uú wẃ yý zź ¨΅ ÂẤ ÅǺ ÆǼ ÇḈ ÊẾ ÏḮ ÔỐ ÕṌ ØǾ ÜǗ âấ åǻ æǽ çḉ êế ïḯ ôố õṍ øǿ üǘ ĂẮ ăắ ĒḖ ēḗ ŌṒ ōṓ ŨṸ ũṹ ƠỚ ơớ ƯỨ ưứ"},
	{0x0302, "AÂ CĈ EÊ GĜ HĤ IÎ JĴ OÔ SŜ UÛ WŴ YŶ ZẐ aâ cĉ eê gĝ hĥ iî jĵ oô sŝ uû wŵ yŷ zẑ ẠẬ ạậ ẸỆ ẹệ ỌỘ ọộ"},
	{0x0303, "AÃ EẼ IĨ NÑ OÕ UŨ VṼ YỸ aã eẽ iĩ nñ oõ uũ vṽ yỹ ÂẪ ÊỄ ÔỖ âẫ êễ ôỗ ĂẴ ăẵ ƠỠ ơỡ ƯỮ ưữ"},
	{0x0304, "AĀ EĒ GḠ IĪ OŌ UŪ YȲ aā eē gḡ iī oō uū yȳ ÄǞ ÆǢ ÕȬ ÖȪ ÜǕ äǟ æǣ õȭ öȫ üǖ ǪǬ ǫǭ ȦǠ ȧǡ ȮȰ ȯȱ ḶḸ ḷḹ ṚṜ ṛṝ"},
	{0x0306, "AĂ EĔ GĞ IĬ OŎ UŬ aă eĕ gğ iĭ oŏ uŭ ȨḜ ȩḝ ẠẶ ạặ"},
	{0x0307, "AȦ BḂ CĊ DḊ EĖ FḞ GĠ HḢ Iİ MṀ NṄ OȮ PṖ RṘ SṠ TṪ WẆ XẊ YẎ ZŻ aȧ bḃ cċ dḋ eė fḟ gġ hḣ mṁ nṅ oȯ pṗ rṙ sṡ tṫ wẇ xẋ yẏ zż ŚṤ śṥ ŠṦ šṧ ſẛ ṢṨ ṣṩ"},
	{0x0308, "AÄ EË HḦ IÏ OÖ UÜ WẄ XẌ YŸ aä eë hḧ iï oö tẗ uü wẅ xẍ yÿ ÕṎ õṏ ŪṺ ūṻ"},
	{0x0309, "AẢ EẺ IỈ OỎ UỦ YỶ aả eẻ iỉ oỏ uủ yỷ ÂẨ ÊỂ ÔỔ âẩ êể ôổ ĂẲ ăẳ ƠỞ ơở ƯỬ ưử"},
	{0x030A, "AÅ UŮ aå uů wẘ yẙ"},
	{0x030B, "OŐ UŰ oő uű"},
	{0x030C, "AǍ CČ DĎ EĚ GǦ HȞ IǏ KǨ LĽ NŇ OǑ RŘ SŠ TŤ UǓ ZŽ aǎ cč dď eě gǧ hȟ iǐ jǰ kǩ lľ nň oǒ rř sš tť uǔ zž ÜǙ üǚ ƷǮ ʒǯ"},
	{0x030F, "AȀ EȄ IȈ OȌ RȐ UȔ aȁ eȅ iȉ oȍ rȑ uȕ"},
	{0x0311, "AȂ EȆ IȊ OȎ RȒ UȖ aȃ eȇ iȋ oȏ rȓ uȗ"},
	{0x031B, "OƠ UƯ oơ uư"},
	{0x0323, "AẠ BḄ DḌ EẸ HḤ IỊ KḲ LḶ MṂ NṆ OỌ RṚ SṢ TṬ UỤ VṾ WẈ YỴ ZẒ aạ bḅ dḍ eẹ hḥ iị kḳ lḷ mṃ nṇ oọ rṛ sṣ tṭ uụ vṿ wẉ yỵ zẓ ƠỢ ơợ ƯỰ ưự"},
	{0x0324, "UṲ uṳ"},
	{0x0325, "AḀ aḁ"},
	{0x0326, "SȘ TȚ sș tț"},
	{0x0327, "CÇ DḐ EȨ GĢ HḨ KĶ LĻ NŅ RŖ SŞ TŢ cç dḑ eȩ gģ hḩ kķ lļ nņ rŗ sş tţ"},
	{0x0328, "AĄ EĘ IĮ OǪ UŲ aą eę iį oǫ uų"},
	{0x032D, "DḒ EḘ LḼ NṊ TṰ UṶ dḓ eḙ lḽ nṋ tṱ uṷ"},
	{0x032E, "HḪ hḫ"},
	{0x0330, "EḚ IḬ UṴ eḛ iḭ uṵ"},
	{0x0331, "BḆ DḎ KḴ LḺ NṈ RṞ TṮ ZẔ bḇ dḏ hẖ kḵ lḻ nṉ rṟ tṯ zẕ"},
	{0x0338, "<≮ =≠ >≯"},
	{0x0342, "¨῁"},
}

// vowels holds the twelve vowel letters of Vietnamese in alphabetical order,
// each with its tones in the order of dictionaries: ngang, huyền, hỏi, ngã,
// sắc, nặng.
var vowels = [...]string{
	"aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị",
	"oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
	"AÀẢÃÁẠ", "ĂẰẲẴẮẶ", "ÂẦẨẪẤẬ", "EÈẺẼÉẸ", "ÊỀỂỄẾỆ", "IÌỈĨÍỊ",
	"OÒỎÕÓỌ", "ÔỒỔỖỐỘ", "ƠỜỞỠỚỢ", "UÙỦŨÚỤ", "ƯỪỬỮỨỰ", "YỲỶỸÝỴ",
}

const tones = 6

// pair is a base letter and the mark that stands on it.
type pair struct{ base, mark rune }

// letter is a Vietnamese vowel letter: its row in vowels and its tone. A row
// of zero is "no vowel"; rows count from one.
type letter struct{ row, tone uint8 }

// Latin letters lie in two blocks; arrays over both are small (1.5 KiB a
// byte) and cost one comparison and one load a rune, where a map costs a hash.
const (
	latinEnd    = 0x370  // Latin and the combining marks
	viFirst     = 0x1E00 // Latin Extended Additional: ạ … ỹ
	viEnd       = 0x1F00
	latinSpaces = latinEnd + viEnd - viFirst
)

// latin returns the index of r in the arrays below, or -1 if r is no
// character that the text functions know about.
func latin(r rune) int {
	switch {
	case r < latinEnd:
		return int(r)
	case r >= viFirst && r < viEnd:
		return int(r) - viFirst + latinEnd
	}
	return -1
}

// textTables is everything that is computed from the two tables above, once,
// when the program starts. It is only ever read.
var textTables = newTextTables()

type tables struct {
	compose   map[pair]rune
	decompose [latinSpaces]pair   // base 0: does not decompose
	plain     [latinSpaces]rune   // lower case without any mark, as Fold writes it
	vowel     [latinSpaces]letter // row 0: no vowel
	toned     [len(vowels)][tones]rune
}

func newTextTables() *tables {
	t := &tables{compose: make(map[pair]rune, 600)}
	for _, c := range compositions {
		for s := c.pairs; s != ""; {
			base, n := utf8.DecodeRuneInString(s)
			whole, m := utf8.DecodeRuneInString(s[n:])
			p := pair{base, c.mark}
			t.compose[p] = whole
			if i := latin(whole); i >= 0 {
				t.decompose[i] = p
			}
			s = s[min(n+m+1, len(s)):] // and the space between pairs
		}
	}
	for row, s := range vowels {
		tone := 0
		for _, r := range s {
			t.vowel[latin(r)] = letter{uint8(row + 1), uint8(tone)}
			t.toned[row][tone] = r
			tone++
		}
	}
	for i := range t.plain {
		t.plain[i] = t.plainOf(i)
	}
	return t
}

// class returns the canonical combining class of r for the marks U+0300 to
// U+036F, and 0 (a character that stands by itself) for everything else.
func class(r rune) uint8 {
	if r < 0x300 || r >= latinEnd {
		return 0
	}
	i := 0
	for i+1 < len(classes) && classes[i+1].from <= r {
		i++
	}
	return classes[i].class
}

// classes are the combining classes of the block U+0300–U+036F, as runs.
var classes = [...]struct {
	from  rune
	class uint8
}{
	{0x300, 230}, {0x315, 232}, {0x316, 220}, {0x31A, 232}, {0x31B, 216}, {0x31C, 220}, {0x321, 202},
	{0x323, 220}, {0x327, 202}, {0x329, 220}, {0x334, 1}, {0x339, 220}, {0x33D, 230}, {0x345, 240},
	{0x346, 230}, {0x347, 220}, {0x34A, 230}, {0x34D, 220}, {0x34F, 0}, {0x350, 230}, {0x353, 220},
	{0x357, 230}, {0x358, 232}, {0x359, 220}, {0x35B, 230}, {0x35C, 233}, {0x35D, 234}, {0x35F, 233},
	{0x360, 234}, {0x362, 233}, {0x363, 230},
}
