package e2e

import (
	"cmp"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/deckfile"
	"chronicle/quiz/edtf"
)

// theDeck returns the shipped deck, in which the tests look up right answers independently of the program.
var theDeck = sync.OnceValue(func() *quiz.Deck {
	names, err := fs.Glob(assets.Decks(), "*.deck")
	if err != nil || len(names) == 0 {
		panic("no deck ships")
	}
	text, err := fs.ReadFile(assets.Decks(), names[0])
	if err != nil {
		panic(err)
	}
	d, _ := deckfile.ReadDeck(text)
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
	d, err := edtf.ParseText(text, "en")
	if err != nil {
		t.Fatalf("%q is no date: %v", text, err)
	}
	return d
}

// turned reports whether one side of a flashcard belongs to the other.
func turned(t *testing.T, front, back string) bool {
	t.Helper()
	if date, asked := strings.CutPrefix(front, "What happened "); asked {
		return factOf(t, back).AcceptsDate(dateOf(t, strings.TrimSuffix(date, "?")))
	}
	return factOf(t, strings.TrimSuffix(front, ".")).Date.Format("en") == back
}

// solve returns the one right option of a choice and its fact; the zero fact when the choice is about several.
func solve(t *testing.T, s screen) (int, quiz.Fact) {
	t.Helper()
	var right []int
	var about quiz.Fact
	for i, o := range s.Options {
		if f, ok := holds(t, s, o.Text); ok {
			right, about = append(right, i), f
		}
	}
	if len(right) != 1 {
		t.Fatalf("%s %q of %q has the right options %v of %+v", s.Kind, s.Stem, s.Events, right, s.Options)
	}
	return right[0], about
}

// holds reports whether an option is right according to the deck, and for which fact.
func holds(t *testing.T, s screen, option string) (quiz.Fact, bool) {
	t.Helper()
	stem := strings.TrimSuffix(s.Stem, ".")
	switch s.Kind {
	case "when-choice":
		f := factOf(t, stem)
		return f, f.AcceptsDate(dateOf(t, option))
	case "what-choice":
		f := factOf(t, option)
		return f, f.AcceptsDate(dateOf(t, strings.TrimSuffix(strings.TrimPrefix(s.Stem, "What happened "), "?")))
	case "during":
		f, period := factOf(t, option), dateOf(t, strings.TrimSuffix(strings.TrimPrefix(s.Stem, "Which of these happened "), "?"))
		return f, period.Lo() <= f.Date.Lo() && f.Date.Hi() <= period.Hi()
	case "first":
		f, earliest := factOf(t, option), true
		for _, o := range s.Options {
			earliest = earliest && (o.Text == option || f.Date.Hi() < factOf(t, o.Text).Date.Lo())
		}
		return quiz.Fact{}, earliest
	case "truth":
		date, event, _ := strings.Cut(stem, ": ")
		f := factOf(t, event)
		return f, f.AcceptsDate(dateOf(t, date)) == (option == "True")
	case "gap-choice":
		_, stem, _ = strings.Cut(stem, ": ")
		i := slices.IndexFunc(theDeck().Facts, func(f quiz.Fact) bool { return f.Event == strings.ReplaceAll(stem, quiz.GapMarker, option) })
		if i < 0 {
			return quiz.Fact{}, false
		}
		return theDeck().Facts[i], true
	case "between":
		return quiz.Fact{}, lasts(t, s.Events, option)
	}
	t.Fatalf("no choice is asked here, but %q: %+v", s.Kind, s)
	return quiz.Fact{}, false
}

// lasts reports whether two events can be that length of time apart, within half a unit.
func lasts(t *testing.T, events []string, length string) bool {
	t.Helper()
	from, to := factOf(t, strings.TrimSuffix(events[0], ".")), factOf(t, strings.TrimSuffix(events[1], "."))
	number, unit, _ := strings.Cut(length, " ")
	n, err := strconv.Atoi(number)
	days := map[string]float64{"day": 1, "month": 30.44, "year": 365.25}[strings.TrimSuffix(unit, "s")]
	if err != nil || days == 0 {
		t.Fatalf("%q is no length of time", length)
	}
	least, most := float64(to.Date.Lo()-from.Date.Hi()), float64(to.Date.Hi()-from.Date.Lo())
	return least-days/2 <= float64(n)*days && float64(n)*days <= most+days/2
}

// missing returns the term that is left out of a stem.
func missing(t *testing.T, stem string) (string, quiz.Fact) {
	t.Helper()
	_, stem, _ = strings.Cut(stem, ": ")
	for _, f := range theDeck().Facts {
		for _, term := range f.Terms {
			if strings.ReplaceAll(strings.TrimSuffix(stem, "."), quiz.GapMarker, term.Text) == f.Event {
				return term.Text, f
			}
		}
	}
	t.Fatalf("no term of the deck fits %q", stem)
	return "", quiz.Fact{}
}

// inTime returns the indexes of events by date, earliest first.
func inTime(t *testing.T, events []string) []int {
	t.Helper()
	places := make([]int, len(events))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Compare(factOf(t, events[a]).Date.Lo(), factOf(t, events[b]).Date.Lo())
	})
	return places
}
