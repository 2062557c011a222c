package kit

import (
	"strconv"
	"strings"

	"github.com/skip2/go-qrcode"
)

// qr returns the path of a QR code's dark squares and the length of its side; both are empty for a text that is
// too long.
func qr(text string) (path, side string) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return "", "0"
	}
	squares := code.Bitmap() // with the quiet zone
	var b strings.Builder
	for y, row := range squares {
		for x := 0; x < len(row); x++ {
			n := 0
			for x+n < len(row) && row[x+n] {
				n++
			}
			if n > 0 {
				b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + strconv.Itoa(n) + "v1h-" + strconv.Itoa(n) + "z")
				x += n
			}
		}
	}
	return b.String(), strconv.Itoa(len(squares))
}
