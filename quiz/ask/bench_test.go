package ask_test

import (
	"fmt"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
)

// large is a deck of so many facts in whose events words repeat as in texts.
func large(n int) *quiz.Deck {
	who := []string{"Persia", "Russia", "Iran", "the Senate", "the Khan", "Queen Tamar", "the Ottoman court"}
	does := []string{"besieges", "leaves", "buys", "rebuilds", "founds", "visits", "defends", "opens", "burns"}
	d := &quiz.Deck{Name: "d", Title: "D", Language: "en", Precision: edtf.Day}
	for i := range n {
		day := edtf.DayNumber(1500, 1, 1) + int64(i)*180000/int64(n)
		y, m, dom := edtf.Civil(day)
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

func BenchmarkMake(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		p := ask.NewPool(large(n))
		for _, form := range []form{forms[2], forms[5], forms[6]} {
			b.Run(fmt.Sprintf("%s/%d", form.kind, n), func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					id := quiz.CardID{Fact: int64(1 + i%n), Facet: form.facet}
					if _, ok := p.Make(id, form.kind, form.most, uint64(i)); !ok {
						b.Fatal("no question")
					}
				}
			})
		}
	}
}

func BenchmarkNewPool(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		d := large(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask.NewPool(d)
			}
		})
	}
}
