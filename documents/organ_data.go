package documents

import "github.com/vanphong-go/vanphong"

// builtinOrgans is the list of the SDK: what was seen in real numbers. The
// patterns stand for whole families: every board of the Centre ends in TW, of
// a province in TU, of a commune or other đảng ủy in ĐU.
var builtinOrgans = func() *Organs {
	list := append(partyOrgans(), districtOrgans()...)
	o, err := NewOrgans(append(list, stateOrgans()...))
	if err != nil {
		panic(err) // a slip in this file, caught by every test
	}
	return o
}()

// seen is the source of a code that a real number shows (grade W): it is used, which
// is no proof that a rule gives it.
func seen(example string) vanphong.Source {
	return vanphong.Source{Clause: example, Grade: vanphong.GradeWild}
}

// inferred is the source of a code nobody has seen: it follows from how others are
// made.
func inferred(why string) vanphong.Source {
	return vanphong.Source{Clause: why, Grade: vanphong.GradeInferred}
}

func party(code, name string, src vanphong.Source) Organ {
	return Organ{Code: code, System: SystemParty, Name: name, Source: src}
}

// partyOrgans holds the Party's codes and the patterns. The deciding body is not in
// a code: committee, standing board and standing members all print TU or ĐU (grade
// W).
func partyOrgans() []Organ {
	return []Organ{
		party("TW", "Ban Chấp hành Trung ương, Bộ Chính trị, Ban Bí thư", vanphong.Source{Clause: "399-QĐ/TW", Grade: vanphong.GradePrimary}),
		party("VPTW", "Văn phòng Trung ương Đảng", vanphong.Source{Clause: "36-HD/VPTW", Grade: vanphong.GradePrimary}),
		party("UBKTTW", "Ủy ban Kiểm tra Trung ương", seen("23-QĐ/UBKTTW")),
		party("BTCTW", "Ban Tổ chức Trung ương", seen("31-HD/BTCTW")),
		party("BCĐTW", "ban chỉ đạo trung ương", seen("05-TB/BCĐTW")),
		party("QUTW", "Quân ủy Trung ương", inferred("Party organ of the army, by its name")),
		party("TU", "tỉnh ủy, thành ủy", seen("981-QĐ/TU")),
		party("VPTU", "văn phòng tỉnh ủy, thành ủy", seen("138-CV/VPTU")),
		party("UBKTTU", "ủy ban kiểm tra tỉnh ủy", vanphong.Source{Clause: "36-HD/VPTW phụ lục 3: 24-BS/UBKTTU", Grade: vanphong.GradePrimary}),
		party("BTCTU", "ban tổ chức tỉnh ủy", vanphong.Source{Clause: "357-CV/BTCTU", Grade: vanphong.GradeSecondary}),
		party("BTGTU", "ban tuyên giáo tỉnh ủy", seen("28-HD/BTGTU")),
		party("BTGDVTU", "ban tuyên giáo và dân vận tỉnh ủy", seen("03-HD/BTGDVTU")),
		party("BNCTU", "ban nội chính tỉnh ủy", inferred("first letters")),
		party("BCĐTU", "ban chỉ đạo của tỉnh ủy", inferred("first letters")),
		party("ĐU", "đảng ủy", seen("299-CV/ĐU")),
		party("VPĐU", "văn phòng đảng ủy", seen("…-BC/VPĐU")),
		party("UBKTĐU", "ủy ban kiểm tra đảng ủy", seen("20-TB/UBKTĐU")),
		party("BXDĐ", "ban xây dựng Đảng", seen("144-CV/BXDĐ")),
		party("HU", "huyện ủy", vanphong.Source{Clause: "15-NQ/HU", Grade: vanphong.GradeSecondary}),
		party("QU", "quận ủy", inferred("first letters")),
		party("ThU", "thị ủy", inferred("first letters")),
		party("ĐUK", "đảng ủy khối", seen("679-CV/ĐUK")),
		party("ĐH", "đại hội", seen("01-NQ/ĐH")),
		party("CB", "chi bộ", seen("03-BC/CB")),
		party("TTCT", "trung tâm chính trị", seen("08-TB/TTCT")),
		party("BCSĐ", "ban cán sự đảng", inferred("first letters")),
		party("ĐĐ", "đảng đoàn", inferred("first letters")),
		party("TWĐTN", "Ban Chấp hành Trung ương Đoàn", inferred("Youth Union")),
		party("TĐTN", "tỉnh đoàn, thành đoàn", inferred("Youth Union")),
		party("ĐTN", "đoàn thanh niên", inferred("Youth Union")),
		party("ĐTNCSHCM", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", inferred("Youth Union")),

		party("*TW", "organs of the Centre", inferred("all seen end so")),
		party("*TU", "organs of a province committee", inferred("all seen end so")),
		party("*ĐU", "organs of a đảng ủy", inferred("all seen end so")),
		party("ĐU*", "đảng ủy named further: ĐUK, ĐUQS, ĐUCA, ĐUUBND", inferred("all seen begin so")),
		party("BCSĐ*", "ban cán sự đảng named further", inferred("first letters")),
		party("*ĐTN", "organs of the Youth Union", inferred("first letters")),
		party("ĐTN*", "organs of the Youth Union", inferred("first letters")),
		// The National Assembly prints its term: QH14, UBTVQH15.
		{Code: "QH*", System: SystemState, Name: "Quốc hội khóa …", Source: seen("15/2017/QH14")},
		{Code: "UBTVQH*", System: SystemState, Name: "Ủy ban Thường vụ Quốc hội khóa …", Source: seen("1675/NQ-UBTVQH15")},
		// State hospitals of the Centre end in TW too, and are no Party organs.
		{Code: "BV*", System: SystemState, Name: "bệnh viện", Source: inferred("first letters")},
	}
}

// districtOrgans are the boards of the committees that end in neither TU nor
// ĐU. Codes of the State may end in HU or QU, so these are listed one by one.
//
// District committees ended on 01/7/2025; their documents are still cited and read.
func districtOrgans() []Organ {
	var list []Organ
	for _, board := range []string{"VP", "UBKT", "BTC", "BTG", "BDV", "BNC", "BTGDV", "BCĐ"} {
		for _, committee := range []string{"HU", "QU", "ThU", "ĐUK"} {
			list = append(list, party(board+committee, "", inferred("board and committee together")))
		}
	}
	return list
}

// stateOrgans holds the codes whose spelling cannot be guessed from capitals
// (TTg) or from plain letters (HĐND for HDND), and the ones met most.
//
// Codes of ministries merged in 2025 stay: numbers of earlier years carry them.
func stateOrgans() []Organ {
	codes := []string{
		"CP", "TTg", "QH", "UBTVQH", "CTN", "VPCP", "VPQH", "VPCTN", "HĐND", "UBND", "ĐĐBQH", "VPUBND", "VPHĐND",
		"BNV", "BTC", "BTP", "BXD", "BYT", "BCT", "BNG", "BKHCN", "BNNMT", "BVHTTDL", "BCA", "BQP", "BGDĐT", "BDTTG",
		"NHNN", "BHXH", "TTCP", "KTNN", "HĐTP", "TANDTC", "VKSNDTC", "TCTTTg",
		"BTTTT", "BTNMT", "BNNPTNT", "BKHĐT", "BGTVT", "BLĐTBXH", "LĐTBXH", "UBDT", // before 2025
		"BGD&ĐT", "BKH&CN", "BKH&ĐT", "KH&CN", "KH&ĐT", "GD&ĐT",
		"SNV", "STC", "STP", "SXD", "SYT", "SCT", "SKHCN", "SNNMT", "SVHTTDL", "SGDĐT",
		"SGTVT", "STNMT", "STTTT", "SKHĐT", "SLĐTBXH", "SNNPTNT",
		"MTTQ", "LĐLĐ", "TLĐ", "HND", "HLHPN", "HCCB", "HĐBT", "HĐBC", "HĐBCQG",
		"SL", // sắc lệnh of 1945–1959 have this and no organ
	}
	list := make([]Organ, len(codes))
	for i, c := range codes {
		list[i] = Organ{Code: c, System: SystemState, Source: seen("numbers of State organs and mass organisations")}
	}
	return list
}
