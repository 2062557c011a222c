package deckfile

import (
	"fmt"
	"strings"
	"testing"
)

// lines returns a deck file from "date | event" lines, with one fact on every sixth
// line from line 7. A line that begins with "!" has no source.
func lines(all ...string) string {
	text := head
	for i, l := range all {
		l, unsourced := strings.CutPrefix(l, "!")
		date, event, _ := strings.Cut(l, " | ")
		date, also, disputed := strings.Cut(date, " / ")
		text += fmt.Sprintf("fact: f%d\nevent: %s\nlabel: L\n", i+1, event)
		text += "date: " + date + "\n"
		if !unsourced {
			text += "source: s\n"
		} else {
			text += "# \n"
		}
		if disputed {
			text += "marks: disputed\nalso: " + also + "\n"
		}
		text += "\n"
	}
	return text
}

func TestWarnings(t *testing.T) {
	cases := []struct {
		name  string
		lines []string
		want  string
	}{
		{"nothing", []string{"1813 | A treaty is signed", "1828 | Baku falls to them"}, ""},
		{"no source", []string{"1813 | A treaty is signed", "!1828 | Baku falls to them"}, "13 source file.unsourced"},
		{
			"said twice",
			[]string{"1813 | Persia signs the treaty", "1828 | Baku falls to them", "1813-10 | The treaty Persia signs"},
			"19 event file.duplicate f1 7",
		},
		{
			"the same words twice",
			[]string{"1813 | Persia signs the treaty", "1828 | Baku falls to them", "1813 | persia signs  the Treaty"},
			"19 event file.duplicate f1 7",
		},
		{
			"two dates",
			[]string{"1813 | Persia signs the treaty", "1850 | Baku falls to them", "1828 | Persia signs the treaty"},
			"19 date file.contradiction f1 7",
		},
		{"like words, two dates", []string{"1813 | Persia signs the treaty", "1850 | Baku falls to them", "1828 | The treaty Persia signs"}, ""},
		{
			"the other date of a dispute",
			[]string{"1920 / 1922 | Persia signs the treaty", "1828 | Baku falls to them", "1922 | Persia signs the treaty"},
			"21 event file.duplicate f1 7",
		},
		{
			"no options",
			[]string{"1813 | A treaty is signed", "1813 | Baku falls to them"},
			"7 fact file.no-options|13 fact file.no-options",
		},
		{"one fact", []string{"1813 | A treaty is signed"}, "7 fact file.no-options"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, notes := ReadDeck([]byte(lines(c.lines...)))
			if len(d.Facts) != len(c.lines) || len(errorsOf(notes)) > 0 {
				t.Fatalf("%d facts, %+v", len(d.Facts), notes)
			}
			var got []string
			for _, n := range notes {
				s := fmt.Sprintf("%d %s %s", n.Line, n.Problem.Field, n.Problem.Key)
				if n.Problem.Args != nil {
					s += fmt.Sprintf(" %v %v", n.Problem.Args["Key"], n.Problem.Args["Line"])
				}
				got = append(got, s)
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("warned of %q, want %q", got, c.want)
			}
		})
	}
}

// BenchmarkChecks reads files that repeat one event and files that mix few words.
// The time must not grow faster than the length.
func BenchmarkChecks(b *testing.B) {
	for name, event := range map[string]func(i int) string{
		"one event":  func(int) string { return "Persia signs the treaty" },
		"few words":  func(i int) string { return fmt.Sprintf("Khan %d of %d takes fort %d", i%10, i/10%10, i/100%10) },
		"own words":  func(i int) string { return fmt.Sprintf("Khan of %s takes fort at %s", letters(i), letters(i/9)) },
		"no letters": func(int) string { return "🙂 🙂" },
	} {
		for _, n := range []int{125, 1000} {
			all := make([]string, n)
			for i := range all {
				all[i] = fmt.Sprintf("%04d | %s", 1000+i%900, event(i))
			}
			text := []byte(lines(all...))
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					if d, _ := ReadDeck(text); len(d.Facts) != n {
						b.Fatalf("%d facts of %d", len(d.Facts), n)
					}
				}
			})
		}
	}
}

func letters(n int) string {
	s := "q"
	for n += 26; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

func BenchmarkReadDeck(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf("%04d | Khan of %s takes fort at %s", 1000+i%900, letters(i), letters(i/9))
		}
		text := []byte(lines(all...))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ReadDeck(text)
			}
		})
	}
}
