package kinds_test

import (
	"fmt"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

// large returns a deck of n facts whose events repeat words as real texts do.
func large(n int) *quiz.Deck {
	who := []string{"Persia", "Russia", "Iran", "the Senate", "the Khan", "Queen Tamar", "the Ottoman court"}
	does := []string{"besieges", "leaves", "buys", "rebuilds", "founds", "visits", "defends", "opens", "burns"}
	d := &quiz.Deck{Name: "d", Title: "D", Language: "en", Precision: edtf.Day}
	for i := range n {
		day := edtf.DayNumber(1500, 1, 1) + int64(i)*180000/int64(n)
		y, m, dom := edtf.CivilDate(day)
		d.Facts = append(d.Facts, quiz.Fact{
			ID: int64(i + 1), Date: edtf.MustParse(fmt.Sprintf("%04d-%02d-%02d", y, m, dom)),
			Event: fmt.Sprintf("%s %s the town of %s for its %s", who[i%7], does[i/7%9], name(i), name(i/20)),
		})
	}
	return d
}

// name writes a number in letters.
func name(n int) string {
	s := "Q"
	for n += 26; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

// termed returns a large deck with a term in every event, and a span with a label every
// tenth fact, so that every kind can be asked.
func termed(n int) *quiz.Deck {
	d := large(n)
	for i := range d.Facts {
		f := &d.Facts[i]
		f.Label = "town of " + name(i)
		f.Event = fmt.Sprintf("%s takes its tribute of %s, %s and %s", name(i/20), name(i), name(i+n), name(i+2*n))
		f.Terms = []quiz.Term{{Text: name(i), Accepted: []string{"X" + name(i)}}}
		if y, _, _ := edtf.CivilDate(f.Date.Lo()); i%10 == 0 {
			f.Date = edtf.MustParse(fmt.Sprintf("%04d/%04d", y, y+9))
		}
	}
	return d
}

// BenchmarkGenerate measures the cost of a question, which should not depend on the size
// of the deck.
func BenchmarkGenerate(b *testing.B) {
	for _, k := range quiz.Kinds {
		for _, n := range []int{100, 10_000} {
			b.Run(fmt.Sprintf("%s/%d", k, n), func(b *testing.B) {
				p := kinds.NewDeckIndex(termed(n))
				b.ReportAllocs()
				made := 0
				for i := 0; b.Loop(); i++ {
					id := quiz.CardID{Fact: int64(1 + i%n), Facet: kinds.FacetOf(k, quiz.FacetWhen)}
					if _, ok := p.Generate(id, k, 4, uint64(i)); ok {
						made++
					}
				}
				if made == 0 {
					b.Fatal("no question")
				}
				b.ReportMetric(float64(made)/float64(b.N), "made/op")
			})
		}
	}
}

func BenchmarkNewDeckIndex(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		d := termed(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				kinds.NewDeckIndex(d)
			}
		})
	}
}
