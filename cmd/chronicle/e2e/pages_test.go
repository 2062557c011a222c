package e2e

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

//go:embed testdata/axe.min.js
var axe string

// violation is an accessibility problem found by axe.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		Target  any    `json:"target"`
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// grave reports whether the violation fails the test.
func (v violation) grave() bool { return v.Impact == "serious" || v.Impact == "critical" }

func (v violation) String() string {
	lines := []string{fmt.Sprintf("%s, %s: %s", v.Impact, v.ID, v.Help)}
	for i, n := range v.Nodes {
		if i == 5 {
			lines = append(lines, fmt.Sprintf("  and %d more", len(v.Nodes)-i))
			break
		}
		lines = append(lines, fmt.Sprintf("  %v %.160s: %s", n.Target, n.HTML, strings.ReplaceAll(n.Summary, "\n", " ")))
	}
	return strings.Join(lines, "\n")
}

// audit runs axe in an isolated world, where the page's content security policy does not apply. In the dark scheme
// it checks only colours, since all else is the same.
func (b *tab) audit(dark bool) []violation {
	b.t.Helper()
	only := ""
	if dark {
		only = `, runOnly: {type: "rule", values: ["color-contrast"]}`
	}
	frame := call(b, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.ID
	world := call(b, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: "axe"}).ExecutionContextID
	b.run(world, `if (!globalThis.axe) { `+axe+`; }`)
	found := b.run(world, `axe.run(document, {resultTypes: ["violations"]`+only+`}).then((r) => JSON.stringify(r.violations))`)
	var violations []violation
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		b.t.Fatalf("axe said %.300q: %v", found, err)
	}
	return violations
}

// run evaluates an expression in a world and returns its value as a string.
func (b *tab) run(world runtime.ExecutionContextID, expression string) string {
	b.t.Helper()
	r := call(b, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, ContextID: world, AwaitPromise: new(true), ReturnByValue: new(true),
	})
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%.100s: %+v", expression, r.ExceptionDetails.Exception)
	}
	var text string
	_ = json.Unmarshal(r.Result.Value, &text)
	return text
}

// lowContrast finds text in SVG drawings that is too pale to read: axe checks its fill but not its opacity.
const lowContrast = `(() => {
	const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
	const rgba = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
	const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3]));
	const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const ground = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c; } return [255, 255, 255, 1]; };
	const found = [];
	for (const e of document.querySelectorAll("svg text")) {
		if (!e.checkVisibility()) continue;
		const style = getComputedStyle(e), ink = rgba(style.fill), back = ground(e);
		ink[3] *= style.opacity * style.fillOpacity;
		const [a, b] = [light(over(ink, back)), light(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
		if (ratio < 4.5) found.push("text." + e.getAttribute("class") + " " + e.textContent + " (opacity " + style.opacity + "): " + ratio.toFixed(2));
	}
	return found;
})()`

// TestPages checks that every page renders and is accessible: axe finds nothing serious, the page fits the window,
// and targets are large enough, in light and dark. CHRONICLE_SHOTS names a folder for screenshots.
func TestPages(t *testing.T) {
	var milder sync.Map
	folder := os.Getenv("CHRONICLE_SHOTS")
	if folder != "" {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	each(t, withScript, func(t *testing.T, p *profile) {
		widths := []int64{p.view.width}
		if p.view.phone {
			widths = append(widths, 320)
		}
		tour(p, func(name string, b *tab) {
			for _, w := range widths {
				b.size(w, p.view.height)
				b.fits()
			}
			b.size(p.view.width, p.view.height)
			schemes := []bool{false, true}
			if p.view.phone && folder == "" {
				schemes = schemes[:1] // its colours are those of the desktop view
			}
			for _, dark := range schemes {
				b.dark(dark)
				if folder != "" || !dark {
					b.shot(folder, name, dark)
				}
				where := fmt.Sprintf("%s, dark %t", name, dark)
				for _, v := range b.audit(dark) {
					if v.grave() {
						t.Errorf("%s: %s", where, v)
					} else if _, known := milder.LoadOrStore(v.ID+name, true); !known {
						t.Logf("%s: %s", where, v)
					}
				}
				for _, text := range eval[[]string](b, lowContrast) {
					t.Errorf("%s: too pale: %s", where, text)
				}
			}
			b.dark(false)
		})
	})
}
