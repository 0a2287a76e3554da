package documents

import "strings"

// The words that names of organs are made of. They decide only where a name
// ends; which organ it is, nobody asks. So the lists are short, and a name that
// is cut for want of a word costs a word.

// organHeads are words an organ's name begins with.
var organHeads = keySet("ban", "bao", "bbt", "bch", "bchtw", "bct", "bgd", "bi", "bo", "btv", "cap", "chanh", "chi", "chinh", "chu",
	"cong", "cuc", "dai", "dang", "doan", "giam", "hdnd", "hoc", "hoi", "huyen", "kiem", "lanh", "lien", "mat", "mttq", "ngan", "nha",
	"pho", "phong", "quan", "quoc", "so", "thanh", "thi", "thu", "thuong", "tieu", "tinh", "to", "toa", "tong", "trung", "truong",
	"tu", "tw", "ubkt", "ubmttq", "ubnd", "ubtvqh", "uy", "van", "vien", "vpcp", "vptw", "vu")

// placeFirst are small words inside such names if their second follows:
// "thành phố", but not "Tỉnh ủy thành lập".
var (
	placeFirst  = keySet("thanh", "thi", "dac")
	organPlaces = pairsOf("dac khu,thanh pho,thi xa")
)

// organPlace are words after which the name of a place follows.
var organPlace = keySet("huyen", "khu", "pho", "phuong", "tinh", "xa")

// Over a line end a name goes on from a part of a committee to whose it is:
// "Ban Thường vụ\nTỉnh ủy".
var (
	openOrgans  = keySet("bo", "chinh", "chuc", "dao", "giao", "hanh", "phong", "thu", "tra", "truc", "van", "vu")
	organOwners = keySet("dang", "huyen", "quan", "thanh", "thi", "tinh", "trung")
)

// organTails are the second words of all pairs.
var organTails = func() *keyTable {
	t := &keyTable{}
	for _, pairs := range []map[[2]uint64]bool{organPairs, organPlaces} {
		for pair := range pairs {
			t.put(pair[1])
		}
	}
	return t
}()

// placeNouns are the small words before or instead of the name of a place, with
// every mark: "tỉnh" and not "tinh". After "đảng" in small letters "bộ" or "ủy"
// must follow.
var placeNouns = map[uint64][2]string{
	keyOf("huyen"): {"huyện", nfd("huyện")}, keyOf("phuong"): {"phường", nfd("phường")}, keyOf("quan"): {"quận", nfd("quận")},
	keyOf("tinh"): {"tỉnh", nfd("tỉnh")}, keyOf("xa"): {"xã", nfd("xã")}, keyOf("dang"): {"đảng", nfd("đảng")},
}

// smallOrgans are names that are known in small letters.
var smallOrgans = pairsOf("ban bi,ban chap,ban thuong,bo chinh,chi bo,chinh phu,dang uy,huyen uy,quoc hoi,thanh uy,thu tuong,tinh uy,uy ban,van phong")

// organPairs are small words inside such names with the word before, of which
// often only the first is written with a capital: "Bộ Khoa học và Công nghệ".
// Single words would take in what comes after: "… của Bộ Chính trị đồng ý".
var organPairs = pairsOf("an nhan,ban mat,ban nhan,bi thu,bo truong,chap hanh,chi bo,chinh phu,chinh tri,chu tich,cong an,dai hoi," +
	"dang bo,dang doan,dang uy,dong nhan,hanh trung,huyen uy,kiem toan,kiem tra,lanh dao,lien doan,nha nuoc,nhan dan,quan uy," +
	"quoc hoi,sat nhan,thanh doan,thanh tra,thanh uy,thi uy,thu tuong,thuong truc,thuong vu,tich nuoc,tieu ban,tinh doan,tinh uy," +
	"to truong,tra trung,trung uong,uy ban,van phong,vien truong,chanh van," +
	"ban bi,ban chap,ban chi,ban dan,ban kinh,ban noi,ban quan,ban thuong,ban to,ban tuyen,bao hiem,bau cu," +
	"bien phong,bo chinh,cai cach,chi dao,chi huy,chien binh,chien luoc,chinh sach,co yeu,cong doan,cong nghe,cong san,cu quoc," +
	"cuu chien,dai bieu,dan toc,dan van,dao tao,dau tu,doi ngoai,du lich,du tru,giam doc,giam sat,giao duc,giao thong,hai quan," +
	"hanh chinh,hoc vien,hoi dai,hoi dong,khen thuong,kho bac,khoa hoc,kiem sat,kinh te,lao dong,lien hiep,luu tru,mat tran," +
	"moi truong,ngan hang,ngoai giao,noi chinh,noi vu,nong dan,nong nghiep,phap luat,phat thanh,phu nu,quan ly,quan su,quoc gia," +
	"quoc phong,tai chinh,tai nguyen,thanh nien,the thao,thi dua,thong ke,thong tan,thong tin,thuong binh,to chuc,to quoc,toa an," +
	"ton giao,truyen hinh,truyen thong,tu lenh,tu phap,tuyen giao,van hoa,van tai,vien kiem,xa hoi,xay dung,y te," +
	"bo thon,bo ap,bo khu,bo to,can su,su dang,tong cuc,trung tam,dan toi,toi cao,nuoc khu,khu vuc,khu pho,to dan,dan pho," +
	"cac co,co quan,cac doan,doan the,tam chinh,tri quoc,ly du,du an")

// falseFriends are verbs with the letters of words in names: "Tỉnh ủy bàn giao".
var falseFriends = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{"bàn", "bố", "bỏ", "dẫn", "hỏi", "hồi", "nhấn", "nhận", "trả"} {
		m[w], m[nfd(w)] = true, true
	}
	return m
}()

// organDashes are names of places with a hyphen, by the words beside it.
var organDashes = pairsOf("ria vung,thien hue,rang thap")

// numberedPlaces are words after which the name of a place may be a numeral.
var numberedPlaces = keySet("ap", "ban", "khu", "pho", "phuong", "quan", "thon", "to", "vuc", "xom")

// loneHeads are the first words of names that are no name alone: "Ban", "Tổng".
var loneHeads = keySet("ban", "bao", "bi", "bo", "cap", "chanh", "chi", "chinh", "chu", "cong", "cuc", "dai", "dang", "doan", "giam", "hoc",
	"hoi", "huyen", "kiem", "lanh", "lien", "mat", "ngan", "nha", "pho", "phong", "quan", "quoc", "so", "thanh", "thi", "thu", "thuong",
	"tieu", "tinh", "to", "toa", "tong", "trung", "truong", "tu", "uy", "van", "vien", "vu")

// headingStops end a name in a heading, where all letters are capitals.
var headingStops = keySet("bai", "cho", "co", "da", "de", "den", "do", "duoc", "gui", "huy", "khoa", "la", "nam", "neu", "ngay", "nham",
	"nhiem", "quy", "so", "sua", "tai", "thay", "theo", "thuc", "tiep", "trong", "tu", "va", "ve", "voi")

// The verbs of issuing in one word, and what may stand before a verb.
var (
	issueVerbs  = keySet("ky", "ra")
	beforeVerbs = keySet("cung", "da", "ky", "moi", "se", "tiep", "tuc", "va", "vua")
)

// pairsOf makes a set of words of two syllables.
func pairsOf(words string) map[[2]uint64]bool {
	m := map[[2]uint64]bool{}
	for word := range strings.SplitSeq(words, ",") {
		first, second, _ := strings.Cut(word, " ")
		m[[2]uint64{keyOf(first), keyOf(second)}] = true
	}
	return m
}
