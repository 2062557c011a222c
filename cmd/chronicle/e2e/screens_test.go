package e2e

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// Every page is drawn. With CHRONICLE_SHOTS, a folder's name, their pictures
// are kept there: desk and phone, light and dark.
func TestScreens(t *testing.T) {
	folder := os.Getenv("CHRONICLE_SHOTS")
	if folder != "" {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	views := []view{desk}
	if folder != "" {
		views = withScript
	}
	each(t, views, func(t *testing.T, p *profile) {
		tour(p, func(name string, b *tab) {
			if folder == "" {
				b.drawn(name, b.picture(false))
				return
			}
			for _, scheme := range []string{"light", "dark"} {
				b.dark(scheme == "dark")
				shot := b.picture(true)
				b.drawn(name, shot)
				file := filepath.Join(folder, p.view.name+"-"+name+"-"+scheme+".png")
				if err := os.WriteFile(file, shot, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			b.dark(false)
		})
	})
}

// picture draws the page: whole and exact, or only what the window shows,
// quickly.
func (b *tab) picture(whole bool) []byte {
	b.t.Helper()
	p := page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatJpeg, Quality: new(int64(40)), OptimizeForSpeed: new(true)}
	if whole {
		p = page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: new(true)}
		p.Clip = &page.Viewport{
			Width: eval[float64](b, "document.documentElement.clientWidth"), Height: eval[float64](b, "document.documentElement.scrollHeight"), Scale: 1,
		}
	}
	return call(b, page.CaptureScreenshot, p).Data
}

// drawn fails when a picture shows next to nothing: too few of its points
// differ from the most common colour.
func (b *tab) drawn(name string, shot []byte) {
	b.t.Helper()
	img, _, err := image.Decode(bytes.NewReader(shot))
	if err != nil {
		b.t.Fatalf("%s: %v", name, err)
	}
	count, all, most := map[color.RGBA]int{}, 0, 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 3 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 3 {
			c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
			c.R, c.G, c.B = c.R&0xf0, c.G&0xf0, c.B&0xf0
			count[c]++
			all++
			most = max(most, count[c])
		}
	}
	if inked := all - most; inked*200 < all {
		b.t.Errorf("%s is blank: %d of %d points are not its background", name, inked, all)
	}
}
