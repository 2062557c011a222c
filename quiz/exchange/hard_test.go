package exchange

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// What is hard to read must be as quick as what is easy. Nothing is measured,
// for machines differ: where time grows with the square, this takes hours.
func TestHardDecksAreRead(t *testing.T) {
	const n = 1 << 20
	for what, text := range map[string]string{
		"continued":       "deck: d\ntitle: D\nabout: a\n" + strings.Repeat(" a\n", n/3),
		"sources":         head + numbered("source: s%d\ntitle: S\n\n", n/24),
		"sources of none": head + numbered("source: t%d\ntitle: S\n\n", n/48) + numbered("fact: f%d\n"+strings.Replace(good, "source: s", "source: x", 1)+"\n", n/128),
		"one source":      head + strings.Repeat("source: s\ntitle: S\n\n", n/24),
		"terms":           head + "fact: a\n" + good + strings.Repeat("term: elephant\n", n/16),
		"fields":          head + "fact: a\n" + good + strings.Repeat("date: 1813\n", n/12),
		"no fields":       head + strings.Repeat("x\n", n/2),
		"one name":        head + strings.Repeat("fact: a\n"+good+"\n", n/64),
		"one event":       head + numbered("fact: f%d\n"+good+"\n", n/64),
		"empty lines":     head + strings.Repeat("\n", n),
	} {
		if _, notes := ReadDeck([]byte(text)); len(notes) > maxNotes {
			t.Errorf("%s: %d notes", what, len(notes))
		}
	}
}

func numbered(record string, n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, record, i)
	}
	return out.String()
}

// A fact with an error is left out, though its error is not told any more.
func TestManyErrors(t *testing.T) {
	text := head + strings.Repeat("fact: A b\n"+good+"\n", maxNotes+10) + "fact: a\n" + good
	d, notes := ReadDeck([]byte(text))
	if len(d.Facts) != 1 || len(notes) != maxNotes {
		t.Errorf("%d facts, %d notes", len(d.Facts), len(notes))
	}
}

// asked is a context that ends when it has been asked so many times.
type asked struct {
	context.Context
	times, most int
}

func (a *asked) Err() error {
	if a.times++; a.times > a.most {
		return context.Canceled
	}
	return nil
}

// Wherever the context ends, the reading ends too, with its error.
func TestReadingEndsWithItsContext(t *testing.T) {
	long := strings.Repeat("In 1941 *the* [war](x) began.\n", 10_000)
	for name, content := range map[string]string{
		"a.txt": long, "utf16.txt": in16(long, true), "a.md": long + "```\ncode\n```\n<p>" + long, "a.html": "<p>" + long + strings.Repeat("<p>a", 2000),
		"a.docx": docx(t, strings.Repeat(said("In 1941 it began."), 2000)),
	} {
		all := &asked{Context: t.Context(), most: 1 << 60}
		if _, err := ReadText(all, name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if all.times < 8 {
			t.Errorf("%s asks %d times", name, all.times)
		}
		for most := 0; most < all.times; most += 1 + all.times/12 {
			ctx := &asked{Context: t.Context(), most: most}
			if text, err := ReadText(ctx, name, []byte(content)); !errors.Is(err, context.Canceled) || text != "" {
				t.Fatalf("%s after %d of %d: %d bytes, %v", name, most, all.times, len(text), err)
			}
			if ctx.times > most+20 {
				t.Errorf("%s asks %d times after its context has ended", name, ctx.times-most)
			}
		}
	}
}
