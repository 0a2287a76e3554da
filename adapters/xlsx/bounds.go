package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/books"
)

// Options bound what is read. A zero field is the default, nil is the default
// of all.
type Options struct {
	Sheet    string // its name; empty is the first that is not hidden
	MaxFile  int64  // bytes of the file, 64 MiB
	MaxBytes int64  // bytes of all its parts unpacked, 512 MiB
	MaxRows  int    // rows of a sheet, books.MaxRows
	MaxCells int    // cells of a row, books.MaxCells
	MaxCell  int    // bytes of a cell, 64 KiB
	// RawLetters gives the characters of a cell as they are stored. The default
	// converts those in a font of TCVN3 (.VnTime) or VNI (VNI-Times) to Unicode,
	// and those in a font of capitals (.VnTimeH) to capitals.
	RawLetters bool
}

// maxParts is how many parts a workbook has at most: ten sheets have some
// forty.
const maxParts = 1000

// orDefault fills in what the caller left open.
func (o *Options) orDefault() Options {
	var out Options
	if o != nil {
		out = *o
	}
	set(&out.MaxFile, 64<<20)
	set(&out.MaxBytes, 512<<20)
	set(&out.MaxRows, books.MaxRows)
	set(&out.MaxCells, books.MaxCells)
	set(&out.MaxCell, 64<<10)
	return out
}

// set gives a field its default. A negative bound is none that anybody can mean.
func set[T int | int64](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// tooLarge is a refusal for its size; want says what was expected.
func tooLarge(field string, value int64, limit int64, of string) error {
	return vanphong.NewInputError("xlsx "+field, strconv.FormatInt(value, 10), fmt.Sprintf("at most %d %s", limit, of), vanphong.ErrOutOfRange)
}

// broken is a refusal of a file that is no workbook, or a damaged one.
func broken(part string, err error) error {
	// A refusal of our own says more than "broken" does, and stays.
	var in *vanphong.InputError
	if errors.As(err, &in) {
		return err
	}
	return vanphong.NewInputError("xlsx", part, "a part of a workbook that can be read: "+err.Error(), nil)
}

// open checks all sizes and opens the directory of a workbook.
func open(r io.ReaderAt, size int64, o Options) (*zip.Reader, error) {
	if size > o.MaxFile {
		return nil, tooLarge("file", size, o.MaxFile, "bytes")
	}
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	// From here on zip has read the directory, whose entries were counted.
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, broken("file", err)
	}
	var total uint64
	for _, f := range z.File {
		// What a part says of its size is held to: zip gives up on one that has more.
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(o.MaxBytes) || total > uint64(o.MaxBytes) {
			return nil, tooLarge("unpacked", int64(min(total, 1<<62)), o.MaxBytes, "bytes unpacked")
		}
	}
	return z, nil
}

// checkDirectory refuses what is no zip, and one whose directory has too many
// entries. zip reads the whole directory at once, and the count that a file
// gives of it need not be true, so the marks of its entries are counted.
func checkDirectory(r io.ReaderAt, size int64) error {
	mark := []byte("PK\x01\x02")
	buf := make([]byte, 64<<10)
	// A mark may lie across two blocks, so the end of one is kept for the next.
	parts, kept := 0, 0
	for at := int64(0); at < size; {
		n, err := r.ReadAt(buf[kept:min(int64(len(buf)), int64(kept)+size-at)], at)
		if n == 0 {
			if err == nil || errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		block := buf[:kept+n]
		// The usual mistakes are an .xls and a workbook with a password; both are containers of
		// another sort, and the message says what to do.
		if at == 0 && !bytes.HasPrefix(block, []byte("PK")) {
			return vanphong.NewInputError("xlsx", fmt.Sprintf("% X", block[:min(4, len(block))]),
				"a workbook in the form of XLSX without a password; save an .xls as .xlsx first", nil)
		}
		if parts += bytes.Count(block, mark); parts > maxParts {
			return tooLarge("parts", int64(parts), maxParts, "parts")
		}
		at += int64(n)
		kept = copy(buf, block[max(0, len(block)-len(mark)+1):])
	}
	if size == 0 {
		return vanphong.NewInputError("xlsx", "", "a workbook in the form of XLSX", nil)
	}
	return nil
}

// part opens one part of a workbook as XML; missing is allowed for those that a
// workbook need not have.
func part(z *zip.Reader, name string) (*xml.Decoder, io.Closer, error) {
	for _, f := range z.File {
		if f.Name == name {
			in, err := f.Open()
			if err != nil {
				return nil, nil, broken(name, err)
			}
			// The decoder is strict and knows no entities but those of XML, so there is nothing in
			// a part that could grow while it is read.
			d := xml.NewDecoder(&tagged{in: in, part: name})
			return d, in, nil
		}
	}
	return nil, nil, vanphong.NewInputError("xlsx", name, "a part that the workbook has", vanphong.ErrNotFound)
}

// maxToken is how far apart two tags are at most: the XML decoder keeps a whole
// text, or a whole tag, in memory.
const maxToken = 1 << 20

// tagged is a reader that gives up on a text or a tag without end.
type tagged struct {
	in   io.Reader
	part string
	run  int // bytes since the last '<'
}

// Read counts the bytes between tags.
func (t *tagged) Read(p []byte) (int, error) {
	// Small reads: what is between two tags is known before much of it is unpacked.
	n, err := t.in.Read(p[:min(len(p), 4096)])
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		t.run = n - i
	} else {
		t.run += n
	}
	if t.run > maxToken {
		return 0, tooLarge(t.part, int64(t.run), maxToken, "bytes of one text")
	}
	return n, err
}
