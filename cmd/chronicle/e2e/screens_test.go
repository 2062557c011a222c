package e2e

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/page"
)

// shot checks that the page renders, and saves a screenshot if a folder is given.
func (b *tab) shot(folder, name string, dark bool) {
	b.t.Helper()
	shot := b.picture(folder != "")
	b.drawn(name, shot)
	if folder == "" {
		return
	}
	scheme := map[bool]string{false: "light", true: "dark"}[dark]
	file := filepath.Join(folder, b.p.view.name+"-"+name+"-"+scheme+".png")
	if err := os.WriteFile(file, shot, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// picture takes a screenshot: of the whole page, or faster of the visible part.
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

// drawn fails when a screenshot is nearly blank: too few of its pixels differ from the most common colour.
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
