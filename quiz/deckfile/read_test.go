package deckfile

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

const (
	head = "deck: d\ntitle: D\n\nsource: s\ntitle: S\n\n" // six lines
	good = "date: 1813\nevent: A treaty is signed\nlabel: Treaty\nsource: s\n"
)

// errorsOf returns the errors of a file, each as "line field key".
func errorsOf(notes []Diagnostic) []string {
	var out []string
	for _, n := range notes {
		if !n.Warning {
			out = append(out, fmt.Sprintf("%d %s %s", n.Line, n.Problem.Field, n.Problem.Key))
		}
	}
	return out
}

func TestErrorsTellTheirLine(t *testing.T) {
	long := strings.Repeat("ü", maxLine+1)
	cases := []struct {
		name, text, want string
		facts            int // -1 if there is no deck
	}{
		{"empty", "", "1 deck file.no-deck", -1},
		{"only a comment", "# deck: d\n", "1 deck file.no-deck", -1},
		{"not UTF-8", "deck: d\ntitle: D\xff\n", "2  file.utf8", -1},
		{"a fact before the deck", "\nfact: a\n" + good, "2 fact file.deck-first", -1},
		{"a continued line of nothing", "  x\ndeck: d\ntitle: D\n", "1  file.continued", 0},
		{"continued after an empty line", head + "  x\n", "7  file.continued", 0},
		{"no colon", head + "fact: a\nhello\n" + good, "8  file.line", 1},
		{"a long value", head + "fact: a\n" + good + "detail: " + long, "12 detail file.long", 0},
		{"a long name of a deck", "deck: " + long, "1 deck file.long", -1},
		{"two decks", head + "deck: e\ntitle: E\n", "7 deck file.one-deck", 0},
		{"an unknown record", head + "person: p\n", "7 person file.record", 0},
		{"a deck's name", "deck: My Deck\ntitle: D\n", "1 deck problem.name", 0},
		{"a deck without a title", "deck: d\n", "1 title problem.title.empty", 0},
		{"a language", "deck: d\ntitle: D\nlanguage: English!\n", "3 language file.language", 0},
		{"a precision", "deck: d\ntitle: D\nprecision: hour\n", "3 precision file.precision", 0},
		{"a field of a deck", "deck: d\ntitle: D\nauthor: A\n", "3 author file.field", 0},
		{"an address", head + "source: t\ntitle: T\naddress: javascript:alert(1)\n", "9 address file.address", 0},
		{"a field of a source", head + "source: t\ntitle: T\ndate: 1813\n", "9 date file.field", 0},
		{"a source without a title", head + "source: t\n", "7 title problem.title.empty", 0},
		{"a source without a key", head + "source:\ntitle: T\n", "7 source problem.empty", 0},
		{"a source twice", head + "source: s\ntitle: T\n", "7 source file.source-twice", 0},
		{"a field of a fact", head + "fact: a\n" + good + "colour: red\n", "12 colour file.field", 0},
		{"a key", head + "fact: A b\n" + good, "7 fact problem.name", 0},
		{"a key twice", head + "fact: a\n" + good + "\nfact: a\n" + good, "13 fact file.key-twice", 1},
		{"no date", head + "fact: a\nevent: E\nlabel: L\n", "7 date problem.date.empty", 0},
		{"a wrong date", head + "fact: a\nevent: E\nlabel: L\ndate: 30 May\n", "10 date file.date|10 date problem.date.empty", 0},
		{"a wrong other date", head + "fact: a\n" + good + "marks: disputed\nalso: x\n", "13 also file.date", 0},
		{"another date, no dispute", head + "fact: a\n" + good + "also: 1814\n", "12 also problem.also", 0},
		{"no event", head + "fact: a\ndate: 1813\nlabel: L\n", "7 event problem.empty", 0},
		{"no label", head + "fact: a\ndate: 1813\nevent: E\n", "7 label problem.empty", 0},
		{"a long label", head + "fact: a\ndate: 1813\nevent: E\nlabel: " + long[:200] + "\n", "10 label problem.long", 0},
		{"invisible", head + "fact: a\ndate: 1813\nevent: E\u202Eve\nlabel: L\n", "9 event problem.invisible", 0},
		{"a leak", head + "fact: a\ndate: 1813\nevent: The treaty of 1813\nlabel: L\n", "9 event problem.leak", 0},
		{"a leak in the label", head + "fact: a\ndate: 1813\nevent: E\nlabel: Treaty (1813)\n", "10 label problem.leak", 0},
		{"the first of two terms", head + "fact: a\n" + good + "term: Persia\nterm: treaty\n", "12 term problem.term", 0},
		{"a span", head + "fact: a\n" + good + "span: 20-20\n", "12 span file.span", 0},
		{"a span of one number", head + "fact: a\n" + good + "span: 20\n", "12 span file.span", 0},
		{"a negative span", head + "fact: a\n" + good + "span: -3-7\n", "12 span file.span", 0},
		{"a mark", head + "fact: a\n" + good + "marks: claim, rumour\n", "12 marks file.mark", 0},
		{"no such source", head + "fact: a\n" + strings.Replace(good, "source: s", "source: x", 1), "7 source file.no-source", 0},
		{"all is well", head + "fact: a\n" + good, "", 1},
		{"a byte order mark, CR LF", "\uFEFF" + strings.ReplaceAll(head+"fact: a\n"+good, "\n", "\r\n"), "", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, notes := ReadDeck([]byte(c.text))
			if got := strings.Join(errorsOf(notes), "|"); got != c.want {
				t.Errorf("errors %q, want %q", got, c.want)
			}
			if facts := -1; d != nil || c.facts >= 0 {
				if d != nil {
					facts = len(d.Facts)
				}
				if facts != c.facts {
					t.Errorf("%d facts, want %d", facts, c.facts)
				}
			}
		})
	}
}

func TestLimits(t *testing.T) {
	d, notes := ReadDeck(make([]byte, MaxBytes+1))
	if d != nil || strings.Join(errorsOf(notes), "") != "1  file.large" {
		t.Errorf("a large file: %v, %v", d, notes)
	}
	r := &reader{deck: &quiz.Deck{Facts: make([]quiz.Fact, maxFacts)}, keys: map[string]int{}}
	for _, rec := range r.splitRecords("fact: a\n" + good) {
		r.readRecord(rec)
	}
	if got := errorsOf(r.diagnostics); len(got) != 1 || got[0] != "1 fact file.many" || len(r.deck.Facts) != maxFacts {
		t.Errorf("one fact too many: %v", got)
	}
}

func TestFactsGetNumbersAndAll(t *testing.T) {
	text := head + "fact: a\n" + good + "term: treaty | Договор|  müqavilə \nspan: 1-20\ntags: war,  peace\nmarks: disputed,claim\nalso: 1814\n" +
		"detail: One\n  and\n\ttwo\n# a comment\n\nfact: b\n" + strings.Replace(good, "A treaty is signed", "Baku: a city", 1)
	d, notes := ReadDeck([]byte(text))
	if len(errorsOf(notes)) > 0 || len(d.Facts) != 2 {
		t.Fatal(d, notes)
	}
	a, b := d.Facts[0], d.Facts[1]
	if a.ID != 1 || b.ID != 2 || b.Event != "Baku: a city" || a.Detail != "One and two" || a.Span != (quiz.Span{Start: 1, End: 20}) ||
		!a.Claim || !a.Disputed || a.OtherDate != edtf.MustParse("1814") || !slices.Equal(a.Tags, []string{"war", "peace"}) ||
		a.Terms[0].Text != "treaty" || !slices.Equal(a.Terms[0].Accepted, []string{"Договор", "müqavilə"}) {
		t.Errorf("read %+v\n%+v", a, b)
	}
}

func TestShippedDecks(t *testing.T) {
	files, err := fs.Glob(assets.Decks(), "*.deck")
	if err != nil || len(files) == 0 {
		t.Fatal("no deck ships", err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(assets.Decks(), name)
		if err != nil {
			t.Fatal(err)
		}
		d, notes := ReadDeck(text)
		for _, n := range notes {
			if t.Logf("%s:%d: %+v", name, n.Line, n.Problem); !n.Warning {
				t.Errorf("%s has an error", name)
			}
		}
		termed := 0
		for _, f := range d.Facts {
			if _, ok := d.SourceOf(f); !ok {
				t.Errorf("%s: %s has no source", name, f.Key)
			}
			if len(f.Terms) > 0 {
				termed++
			}
		}
		if len(d.Facts) < 70 || termed*5 < len(d.Facts)*4 || len(notes) > len(d.Facts)/20 {
			t.Errorf("%s: %d facts, %d with a term, %d notes", name, len(d.Facts), termed, len(notes))
		}
	}
}

// TestFormatExample checks that the example in FORMAT.md is read as described
// there.
func TestFormatExample(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	parts := bytes.Split(text, []byte("```"))
	d, notes := ReadDeck(bytes.TrimLeft(parts[1], "\n"))
	if d == nil || len(notes) > 0 && len(errorsOf(notes)) > 0 || len(d.Facts) != 2 || d.About != "Wells, pipes and prizes." {
		t.Errorf("%+v, %+v", d, notes)
	}
}
