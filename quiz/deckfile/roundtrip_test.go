package deckfile

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// odd holds pieces of text that are difficult for a line-based format.
var odd = []string{
	"Baku", "“quoted”", `"plain"`, "it’s", "fact: deck", "a:b", "# no comment", "—", "Гянджа", "Şamaxı", "باكو", "אנגליה",
	"🙂", "👩", "奥斯曼", "a  b", "10\u00a0km", "e\u0301", "\\n", "<b>", "{{.Max}}", "%d", "100%", "deck", "..", "-", "…", "'", "=1+1",
}

func genWords(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom(odd), 1, most).Draw(t, "words")
		return strings.TrimSpace(strings.Join(words, " "))
	})
}

func optional(g *rapid.Generator[string]) *rapid.Generator[string] {
	return rapid.OneOf(rapid.Just(""), g)
}

var genDate = rapid.SampledFrom([]string{
	"1813", "1813-10-24", "1813~", "2009-01~/2009-04~", "1922/..", "../1922", "1922/", "181X", "18XX", "-0043-03-15",
	"Y-12000", "2013-21", "2013-36", "[1667,1668]", "{1667,1668..1670}", "1813-XX-15", "1804/1813", "?1813-10", "1950S2",
})

func genFact(t *rapid.T, sources []quiz.Source, key string) quiz.Fact {
	event := genWords(6).Filter(func(s string) bool { return quiz.FindDateWords(s) == "" }).Draw(t, "event")
	f := quiz.Fact{
		Key: key, Date: edtf.MustParse(genDate.Draw(t, "date")), Event: event,
		Label:  genWords(2).Filter(func(s string) bool { return quiz.FindDateWords(s) == "" }).Draw(t, "label"),
		Detail: optional(genWords(8)).Draw(t, "detail"), Section: optional(genWords(3)).Draw(t, "section"),
		Claim: rapid.Bool().Draw(t, "claim"), Disputed: rapid.Bool().Draw(t, "disputed"),
	}
	if f.Disputed && rapid.Bool().Draw(t, "has also") {
		f.OtherDate = edtf.MustParse(genDate.Draw(t, "also"))
	}
	if len(sources) > 0 && rapid.Bool().Draw(t, "sourced") {
		f.Source = rapid.SampledFrom(sources).Draw(t, "source").Key
	}
	if rapid.Bool().Draw(t, "has span") {
		f.Span.Start = rapid.IntRange(0, 1e6).Draw(t, "start")
		f.Span.End = f.Span.Start + rapid.IntRange(1, 1e4).Draw(t, "length")
	}
	f.DisabledKinds = append(f.DisabledKinds, rapid.SliceOfNDistinct(rapid.SampledFrom(quiz.Kinds), 0, 3, rapid.ID[quiz.Kind]).Draw(t, "held")...)
	for _, key := range rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b-1", "no-such-fact"}), 0, 2).Draw(t, "bars") {
		f.ExcludedDistractors = append(f.ExcludedDistractors, quiz.ExcludedDistractor{Fact: key})
	}
	for _, term := range rapid.SliceOfN(genWords(2), 0, 2).Draw(t, "barred terms") {
		f.ExcludedDistractors = append(f.ExcludedDistractors, quiz.ExcludedDistractor{Term: term})
	}
	for range rapid.IntRange(0, 2).Draw(t, "terms") {
		term := quiz.Term{Text: rapid.SampledFrom(strings.Fields(event)).Draw(t, "term")}
		term.Accepted = rapid.SliceOfN(genWords(2), 0, 3).Draw(t, "accepted")
		f.Terms = append(f.Terms, term)
	}
	for range rapid.IntRange(0, 3).Draw(t, "tags") {
		f.Tags = append(f.Tags, genWords(2).Draw(t, "tag"))
	}
	return f
}

func genDeck(t *rapid.T) *quiz.Deck {
	d := &quiz.Deck{
		Visibility: quiz.VisibilityPublic,
		Name:       "odd-deck-1", Title: genWords(4).Draw(t, "title"), About: optional(genWords(9)).Draw(t, "about"),
		Language:  rapid.SampledFrom([]string{"en", "ru", "az", "de-AT", "zh-Hant"}).Draw(t, "language"),
		Precision: rapid.SampledFrom(quiz.DeckPrecisions).Draw(t, "precision"),
		Licence:   optional(genWords(2)).Draw(t, "licence"), Credit: optional(genWords(5)).Draw(t, "credit"),
	}
	for _, key := range rapid.SliceOfNDistinct(genWords(2), 0, 3, rapid.ID[string]).Draw(t, "source keys") {
		d.Sources = append(d.Sources, quiz.Source{
			Key: key, Title: genWords(3).Draw(t, "source title"), Author: optional(genWords(2)).Draw(t, "author"),
			URL:     rapid.SampledFrom([]string{"", "https://example.org/a–b:c#d", "http://x.az/?q=1|2"}).Draw(t, "address"),
			Licence: optional(genWords(2)).Draw(t, "source licence"),
		})
	}
	keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}`), 0, 8, rapid.ID[string]).Draw(t, "keys")
	for i, key := range keys {
		f := genFact(t, d.Sources, key)
		f.ID = int64(i + 1)
		d.Facts = append(d.Facts, f)
	}
	return d
}

func TestReadingWhatWasWrittenGivesTheDeck(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDeck(t)
		text := WriteDeck(d)
		got, notes := ReadDeck(text)
		for _, n := range notes {
			if !n.Warning {
				t.Fatalf("line %d: %+v\n%s", n.Line, n.Problem, text)
			}
		}
		if !reflect.DeepEqual(plain(d), plain(got)) {
			t.Fatalf("read %+v\nof %+v\n%s", got, d, text)
		}
		if again := WriteDeck(got); !bytes.Equal(again, text) {
			t.Fatalf("written again:\n%s\nbefore:\n%s", again, text)
		}
	})
}

// plain replaces empty lists with nil.
func plain(d *quiz.Deck) quiz.Deck {
	p := *d
	p.Facts = slices.Clone(d.Facts)
	for i := range p.Facts {
		p.Facts[i].Terms = slices.Clone(p.Facts[i].Terms)
		for k := range p.Facts[i].Terms {
			if len(p.Facts[i].Terms[k].Accepted) == 0 {
				p.Facts[i].Terms[k].Accepted = nil
			}
		}
	}
	return p
}

func TestWriteDeck(t *testing.T) {
	d := &quiz.Deck{Name: "d", Title: "Two\r\nlines\nand a third", Language: "en", Precision: edtf.Year, Visibility: quiz.VisibilityPublic, Facts: []quiz.Fact{
		{Key: "a", Date: edtf.MustParse("1813"), Event: "A treaty is signed", Label: "Treaty"},
		{Key: "b", Date: edtf.MustParse("1814"), Event: "Another is", Label: "Another", Retired: true},
	}}
	want := "deck: d\ntitle: Two lines and a third\nlanguage: en\nprecision: year\n\n" +
		"fact: a\ndate: 1813\nevent: A treaty is signed\nlabel: Treaty\n"
	if got := string(WriteDeck(d)); got != want {
		t.Errorf("written:\n%s\nwant:\n%s", got, want)
	}
}
