package authoring

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
)

// fakeDeckStore holds one deck in memory.
type fakeDeckStore struct {
	DeckStore
	deck quiz.Deck
}

func (p *fakeDeckStore) EditDeck(_ context.Context, _ quiz.Who, _, _ int64, _ time.Time, do func(EditInput) (EditResult, error)) error {
	r, err := do(EditInput{Deck: &p.deck})
	for _, f := range r.Facts {
		p.deck.Facts = append(p.deck.Facts, f.After)
	}
	return err
}

func TestAddFactRows(t *testing.T) {
	cases := map[string]struct {
		text  string
		facts string // dates and events of the added facts
		bad   string // lines and first problems of the rejected rows
	}{
		"tabs": {
			"1813-10-24\tA treaty is signed\tTreaty\ttreaty\twar, peace\tA detail\n1828\tAnother treaty is signed\n",
			"1813-10-24 A treaty is signed; 1828 Another treaty is signed", "",
		},
		"header": {"Event;Note;Date\nA town is founded;nothing;about 1300\n", "1300~ A town is founded", ""},
		"commas": {"\"24 October 1813\",\"Iran, and Russia, sign\"\n", "1813-10-24 Iran, and Russia, sign", ""},
		"some bad": {
			"soon\tA thing happens here\n1900\t\n1901\tIt happens in 1901\n1902\tA good row stands\n03/04/2005\tWhich day was it\n",
			"1902 A good row stands", "1 problem.date.form; 2 problem.empty; 3 problem.leak; 5 problem.date.ambiguous",
		},
		"twice":      {"1900\tThe same thing happens\n1900\tThe Same thing happens\n", "1900 The same thing happens", "2 problem.rows.twice"},
		"empty rows": {"\n\n1900\tA thing happens\n\t\t\n", "1900 A thing happens", ""},
		"windows":    {"\ufeff1900\tA thing happens\r\n1901\tAnother thing happens\r\n", "1900 A thing happens; 1901 Another thing happens", ""},
		"quotes":     {"1900\tThe \"Potemkin\" mutiny\n", "1900 The \"Potemkin\" mutiny", ""},
		"term not in it": {
			"1900\tA thing happens\tThing\telephant\n", "", "1 problem.term",
		},
	}
	for name, c := range cases {
		p := &fakeDeckStore{deck: quiz.Deck{Language: "en"}}
		added, bad, err := AddFactRows(context.Background(), p, quiz.Who{}, 1, c.text, time.Time{})
		var facts, wrong []string
		for _, f := range p.deck.Facts {
			facts = append(facts, f.Date.String()+" "+f.Event)
		}
		for _, b := range bad {
			wrong = append(wrong, fmt.Sprint(b.Line, " ", b.Problems[0].Key))
		}
		if err != nil || added != len(facts) || strings.Join(facts, "; ") != c.facts || strings.Join(wrong, "; ") != c.bad {
			t.Errorf("%s: %d kept (%s), bad (%s), %v", name, added, strings.Join(facts, "; "), strings.Join(wrong, "; "), err)
		}
	}
}

// TestRejectedRowsAreReturned checks that every row is either added or returned as
// it was written.
func TestRejectedRowsAreReturned(t *testing.T) {
	var text strings.Builder
	for i := range maxRows + 50 {
		date := fmt.Sprint(1000 + i%1000)
		if i%7 == 0 {
			date = "never"
		}
		fmt.Fprintf(&text, "%s\tThing %s happens\n", date, strings.Repeat("x", i/50+1)+strings.Repeat("y", i%50))
	}
	p := &fakeDeckStore{deck: quiz.Deck{Language: "en"}}
	added, bad, err := AddFactRows(context.Background(), p, quiz.Who{}, 1, text.String(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, b := range bad {
		for line := range strings.Lines(b.Text) {
			if strings.TrimSpace(line) != "" {
				lines++
			}
			if !strings.Contains(text.String(), strings.TrimSuffix(line, "\n")) {
				t.Errorf("%q was not in the table", line)
			}
		}
	}
	if added+lines != maxRows+50 {
		t.Errorf("%d kept and %d given back of %d", added, lines, maxRows+50)
	}
}

func TestEmptyTables(t *testing.T) {
	for _, text := range []string{"", " \n\t\n", "When\tWhat\n"} {
		_, _, err := AddFactRows(context.Background(), &fakeDeckStore{}, quiz.Who{}, 1, text, time.Time{})
		if !quiz.Is(err, quiz.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add("1900\tA thing\n\"x\n")
	f.Add("a,b;c\n\"\"\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		p := &fakeDeckStore{deck: quiz.Deck{Language: "en"}}
		_, _, err := AddFactRows(context.Background(), p, quiz.Who{}, 1, text, time.Time{})
		if err != nil && !quiz.Is(err, quiz.Invalid) {
			t.Fatal(err)
		}
	})
}

// TestAddFactRowsHostileInput checks that oversized rows and cells are read or
// rejected quickly. With quadratic time it would run for hours.
func TestAddFactRowsHostileInput(t *testing.T) {
	const n = 1_000_000
	tags := make([]string, n/8)
	for i := range tags {
		tags[i] = fmt.Sprint(i)
	}
	for name, text := range map[string]string{
		"tags":       "1900\tA thing happens\t\t\t" + strings.Join(tags, ","),
		"terms":      "1900\tA thing happens\t\t" + strings.Repeat("z,", n/2),
		"event":      "1900\t" + strings.Repeat("ab", n/4) + "\t\t" + strings.Repeat("z,", n/4),
		"cells":      "1900\tA thing happens" + strings.Repeat("\t", n),
		"quotes":     strings.Repeat("\"", n),
		"open quote": "1900\t\"A thing" + strings.Repeat("\n1901\tb", n/8),
		"lines":      strings.Repeat("\n", n),
		"rows":       strings.Repeat("1900\tA thing happens\n", n/21),
		"bad rows":   strings.Repeat("x\n", n/2),
		"own rows":   "1900\tThing " + strings.Join(tags, " happens\n1900\tThing "),
	} {
		p := &fakeDeckStore{deck: quiz.Deck{Language: "en"}}
		if _, _, err := AddFactRows(t.Context(), p, quiz.Who{}, 1, text, time.Time{}); err != nil && name != "lines" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// expiringContext is a context that ends after a number of calls.
type expiringContext struct {
	context.Context
	left int
}

func (e *expiringContext) Err() error {
	if e.left--; e.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestAuthoringStopsWithContext checks that authoring functions stop when the
// context ends and save nothing.
func TestAuthoringStopsWithContext(t *testing.T) {
	rows := strings.Repeat("1900\tA thing happens\n", 100)
	for left := range 150 {
		p := &fakeDeckStore{deck: quiz.Deck{Language: "en"}}
		added, bad, err := AddFactRows(&expiringContext{t.Context(), left}, p, quiz.Who{}, 1, rows, time.Time{})
		if !errors.Is(err, context.DeadlineExceeded) || added > 0 || len(p.deck.Facts) > 0 {
			t.Fatalf("after %d: %d added, %d bad, %v", left, added, len(bad), err)
		}
	}
	text := SourceTextForm{Source: quiz.Source{Title: "A Book"}, Text: strings.Repeat("In 1900 the thing happened again. ", 100)}
	for left := range 5 {
		if _, err := AddSourceText(&expiringContext{t.Context(), left}, &fakeDeckStore{}, quiz.Who{}, &quiz.Deck{Language: "en"}, text, time.Time{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("after %d: %v", left, err)
		}
	}
}
