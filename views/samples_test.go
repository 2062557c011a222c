package views

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"chronicle/assets"
	"chronicle/quiz/extract"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the golden files anew")

func plainName(name string) string { return "/assets/" + name }

func render(t *testing.T, s Screen) string {
	t.Helper()
	var page bytes.Buffer
	if err := Page(s).Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func english(t *testing.T) *Words {
	t.Helper()
	c, err := LoadCatalogue(assets.Texts())
	if err != nil {
		t.Fatal(err)
	}
	return c.English()
}

// TestGolden compares every sample with its golden file; -update rewrites them.
func TestGolden(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Samples(english(t), plainName) {
		t.Run(s.Name, func(t *testing.T) {
			file := filepath.Join("testdata", s.Name+".html")
			seen[file] = true
			got := lines(render(t, s.Screen))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("differs from %s:\n%s", file, firstDifference(got, string(want)))
			}
		})
	}
	files, err := filepath.Glob("testdata/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !seen[f] {
			t.Errorf("%s belongs to no sample", f)
		}
	}
}

// lines puts every element on its own line, for readable differences.
func lines(page string) string {
	return regexp.MustCompile(`(</?(?:h1|h2|p|div|section|article|li|form|button|tr|svg|text|main|header|a|input)\b)`).
		ReplaceAllString(page, "\n$1") + "\n"
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "got  " + a[i] + "\nwant " + b[i]
		}
	}
	return "one is longer"
}

// TestPagesAreWellFormed checks the accessibility rules of every page, and the policy that forbids inline style
// and script.
func TestPagesAreWellFormed(t *testing.T) {
	for _, s := range Samples(english(t), plainName) {
		page := render(t, s.Screen)
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		heads, ids := 0, map[string]bool{}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data == "h1" {
				heads++
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has the attribute %s", s.Name, n.Data, a.Key)
				}
				if a.Key == "id" && ids[a.Val] {
					t.Errorf("%s: the id %q stands twice", s.Name, a.Val)
				}
				if a.Key == "id" {
					ids[a.Val] = true
				}
			}
		}
		if heads != 1 {
			t.Errorf("%s: %d h1, want 1", s.Name, heads)
		}
		if regexp.MustCompile(`\b(?:error|today|deck|problem|told|ask|field)\.[a-z]`).MatchString(page) {
			t.Errorf("%s: shows the key of a message", s.Name)
		}
	}
}

// TestTextsComeFromCatalogue renders the samples in a language with every message in brackets: all visible text
// outside brackets must come from the data.
func TestTextsComeFromCatalogue(t *testing.T) {
	text, err := os.ReadFile("../assets/text/active.en.json")
	if err != nil {
		t.Fatal(err)
	}
	marked := regexp.MustCompile(`(: (?:\{[^\n]*?: )?)"((?:[^"\\]|\\.)*)"|("other": )"((?:[^"\\]|\\.)*)"`).ReplaceAllString(string(text), `$1$3"⟦$2$4⟧"`)
	c, err := LoadCatalogue(fstest.MapFS{"active.en.json": {Data: []byte(marked)}})
	if err != nil {
		t.Fatal(err)
	}
	data := dataTexts()
	for _, s := range Samples(c.English(), plainName) {
		root, err := html.Parse(strings.NewReader(render(t, s.Screen)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.TextNode || n.Parent.Data == "script" || n.Parent.Data == "kbd" || ofText(n) {
				continue
			}
			left := n.Data
			for open := regexp.MustCompile(`⟦[^⟦⟧]*⟧`); open.MatchString(left); {
				left = open.ReplaceAllString(left, "")
			}
			for _, known := range data {
				left = strings.ReplaceAll(left, known, "")
			}
			if regexp.MustCompile(`\p{L}{2,}`).MatchString(left) {
				t.Errorf("%s: %q is not from the catalogue", s.Name, strings.TrimSpace(left))
			}
		}
	}
}

// ofText reports whether a node is part of the source text.
func ofText(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if a.Key == "data-text" {
				return true
			}
		}
	}
	return false
}

// dataTexts returns the texts of facts and people in the samples, longest first.
func dataTexts() []string {
	d := sampleDeck()
	out := []string{
		"Nothing yet", d.Title, d.About, d.Credit, d.Licence, "A Town’s Roads", "A. Writer", "Leyla <3", "The next card of this deck is due tomorrow.",
		"A Town’s <Roads>", "More", "Gone", "Rivers & <lakes>", "No facts yet", "Roads & <rails>", "The <iron> bridge opens", "A <removed> one", "Another <deck>",
		"a <term>", "gone", "<nothing>", "bridge 1871", "What somebody <typed> meanwhile", "In 1900", "Nothing", "A <text>", "It <stops>", "not in the text",
		"soon", "square <market>", "Is it not the <same>?", "Far too <long>", "Thank you, <mended>.", "The next one is due tomorrow.", "</textarea><script>", "1 June 1903", "square market", " years", "Tue 2026-05-12", "Wed 2026-05-13", "2026-05-01: 3 answers", "Today",
		"History <10B>", "History <10C>", "History 10C", "History 9A", "Aysel <b>", "Bogdan <b>", "Bogdan", "Chidi", "Dilara", "Emil", "Farid", "bogdan", "Rauf", "Bridges", "Roads", "Asia/Baku",
		"KURA-4F7-K2M", "7KQM-2PXT-9WHA", "https://example.org/sign-in-card", "https://example.org/join", "/KURA-4F7-K2M", "28 April 2026", "11 June 2026", "Amber Heron", "<i>lake", "Dilara <b>", "Aysel",
		"Real <name>", "leyla@example.org", "rauf@example.org", "SQLite", "https://example.org/reset#7KQM-2PXT-9WHA", "https://example.org/sign-up#7KQM-2PXT-9WHA",
	}
	found, err := extract.ExtractProposals(context.Background(), sampleText, "en")
	if err != nil {
		panic(err)
	}
	for _, p := range found.Proposals {
		out = append(out, p.Event, p.Label, p.Quote, p.Date.Format("en"))
		for _, m := range p.Concerns {
			out = append(out, m.Text)
		}
	}
	for _, f := range d.Facts {
		out = append(out, f.Event, f.Date.FormatWithPreposition("en"), f.Date.Format("en"), f.Label, f.Detail)
		for _, t := range f.Terms {
			out = append(out, strings.Split(f.Event, t.Text)...)
			out = append(out, t.Text)
		}
	}
	out = slices.DeleteFunc(out, func(text string) bool { return text == "" })
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return append(out, "BC", "From", "about", "the", "from", "in", "on", "to", "May", "March", "Roads")
}
