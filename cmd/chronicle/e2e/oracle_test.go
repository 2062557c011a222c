package e2e

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/exchange"
)

// theDeck is the deck that ships; what a question's right answer is, the tests
// find in it by themselves.
var theDeck = sync.OnceValue(func() *quiz.Deck {
	names, err := fs.Glob(assets.Decks(), "*.deck")
	if err != nil || len(names) == 0 {
		panic("no deck ships")
	}
	text, err := fs.ReadFile(assets.Decks(), names[0])
	if err != nil {
		panic(err)
	}
	d, _ := exchange.ReadDeck(text)
	return d
})

func factOf(t *testing.T, event string) quiz.Fact {
	t.Helper()
	i := slices.IndexFunc(theDeck().Facts, func(f quiz.Fact) bool { return f.Event == event })
	if i < 0 {
		t.Fatalf("no fact of the deck says %q", event)
	}
	return theDeck().Facts[i]
}

func dateOf(t *testing.T, text string) edtf.Date {
	t.Helper()
	d, err := edtf.Read(text, "en")
	if err != nil {
		t.Fatalf("%q is no date: %v", text, err)
	}
	return d
}

// turned tells whether one side of a flashcard belongs to the other.
func turned(t *testing.T, front, back string) bool {
	t.Helper()
	if date, asked := strings.CutPrefix(front, "What happened "); asked {
		return factOf(t, back).Meets(dateOf(t, strings.TrimSuffix(date, "?")))
	}
	return factOf(t, strings.TrimSuffix(front, ".")).Date.In("en") == back
}

// solve finds the one right option of a question, and the fact it is about.
func solve(t *testing.T, s screen) (int, quiz.Fact) {
	t.Helper()
	var right []int
	var fact quiz.Fact
	switch s.Kind {
	case "when-choice":
		fact = factOf(t, strings.TrimSuffix(s.Stem, "."))
		for i, o := range s.Options {
			if fact.Meets(dateOf(t, o.Text)) {
				right = append(right, i)
			}
		}
	case "what-choice":
		asked := dateOf(t, strings.TrimSuffix(strings.TrimPrefix(s.Stem, "What happened "), "?"))
		for i, o := range s.Options {
			if f := factOf(t, o.Text); f.Meets(asked) {
				right, fact = append(right, i), f
			}
		}
	default:
		t.Fatalf("no choice is asked here, but %q: %+v", s.Kind, s)
	}
	if len(right) != 1 {
		t.Fatalf("%q has the right options %v of %v", s.Stem, right, s.Options)
	}
	return right[0], fact
}
