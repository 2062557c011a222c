package deckfile

import (
	"fmt"
	"strings"

	"chronicle/quiz"
)

// WriteDeck writes a deck in the format that ReadDeck reads, without retired facts.
// Reading it again gives the same deck except for IDs.
func WriteDeck(d *quiz.Deck) []byte {
	var w writer
	w.field("deck", d.Name)
	w.field("title", d.Title)
	w.field("about", d.About)
	w.field("language", d.Language)
	w.field("precision", d.Precision.String())
	w.field("licence", d.Licence)
	w.field("credit", d.Credit)
	for _, s := range d.Sources {
		w.blank()
		w.field("source", s.Key)
		w.field("title", s.Title)
		w.field("author", s.Author)
		w.field("address", s.URL)
		w.field("licence", s.Licence)
	}
	for _, f := range d.Facts {
		if !f.Retired {
			w.blank()
			w.fact(f)
		}
	}
	return []byte(w.String())
}

type writer struct{ strings.Builder }

func (w *writer) blank() { w.WriteByte('\n') }

// field writes one line. Line breaks in the value become spaces, because a new line
// would start another field.
func (w *writer) field(name, value string) {
	value = strings.TrimSpace(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(value))
	if value != "" {
		fmt.Fprintf(w, "%s: %s\n", name, value)
	}
}

func (w *writer) fact(f quiz.Fact) {
	w.field("fact", f.Key)
	w.field("date", f.Date.String())
	if !f.OtherDate.IsZero() {
		w.field("also", f.OtherDate.String())
	}
	w.field("event", f.Event)
	w.field("label", f.Label)
	for _, t := range f.Terms {
		w.field("term", strings.Join(append([]string{t.Text}, t.Accepted...), " | "))
	}
	w.field("detail", f.Detail)
	w.field("source", f.Source)
	w.field("section", f.Section)
	if !f.Span.IsZero() {
		w.field("span", fmt.Sprintf("%d-%d", f.Span.Start, f.Span.End))
	}
	w.field("tags", strings.Join(f.Tags, ", "))
	var marks []string
	if f.Claim {
		marks = append(marks, "claim")
	}
	if f.Disputed {
		marks = append(marks, "disputed")
	}
	w.field("marks", strings.Join(marks, ", "))
	var held, facts, terms []string
	for _, k := range f.DisabledKinds {
		held = append(held, string(k))
	}
	for _, b := range f.ExcludedDistractors {
		if b.Fact != "" {
			facts = append(facts, b.Fact)
		} else {
			terms = append(terms, b.Term)
		}
	}
	w.field("hold", strings.Join(held, ", "))
	w.field("bar", strings.Join(facts, ", "))
	w.field("bar-term", strings.Join(terms, " | "))
}
