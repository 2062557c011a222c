package deckfile

import (
	"fmt"
	"strings"
	"testing"
)

// TestReadDeckHostileInput checks that hostile input is read quickly. It measures
// nothing because machines differ: with quadratic time it would run for hours.
func TestReadDeckHostileInput(t *testing.T) {
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
		if _, notes := ReadDeck([]byte(text)); len(notes) > maxDiagnostics {
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

// TestManyErrors checks that a fact with an error is omitted even if its error is
// past the limit of returned diagnostics.
func TestManyErrors(t *testing.T) {
	text := head + strings.Repeat("fact: A b\n"+good+"\n", maxDiagnostics+10) + "fact: a\n" + good
	d, notes := ReadDeck([]byte(text))
	if len(d.Facts) != 1 || len(notes) != maxDiagnostics {
		t.Errorf("%d facts, %d notes", len(d.Facts), len(notes))
	}
}
