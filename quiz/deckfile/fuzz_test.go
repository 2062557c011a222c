package deckfile

import (
	"bytes"
	"io/fs"
	"reflect"
	"testing"

	"chronicle/assets"
)

func FuzzReadDeck(f *testing.F) {
	f.Add([]byte(head + "fact: a\n" + good))
	f.Add([]byte(lines("1813~ | Persia signs", "1813 | persia signs", "1920 / 1922 | Baku falls")))
	f.Add([]byte("\uFEFFdeck: d\r\ntitle: D\r\n  and on\r\n\r\nfact:\n:\n#\n\xff"))
	f.Add([]byte(head + "fact: a\nterm: | \nterm: ||a\ntags: ,\nmarks: ,claim\nspan: 1-99999999999999999999\n" + good))
	files, _ := fs.Glob(assets.Decks(), "*.deck")
	for _, name := range files {
		text, err := fs.ReadFile(assets.Decks(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text[:min(len(text), 4000)])
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, notes := ReadDeck(text)
		for _, n := range notes {
			if n.Line < 1 || n.Line > 1+bytes.Count(text, []byte("\n")) || n.Problem.Key == "" {
				t.Fatalf("a note of line %d: %+v", n.Line, n)
			}
			if d == nil && n.Warning {
				t.Fatalf("no deck, but %+v", n)
			}
		}
		if d == nil {
			if len(notes) == 0 {
				t.Fatal("no deck and no note")
			}
			return
		}
		for _, fact := range d.Facts {
			if p := fact.Validate(); len(p) > 0 {
				t.Fatalf("kept a fact with %+v", p)
			}
		}
		if again, _ := ReadDeck(WriteDeck(d)); len(errorsOf(notes)) == 0 && !reflect.DeepEqual(plain(d), plain(again)) {
			t.Fatalf("read %+v\nthen %+v", d, again)
		}
	})
}
