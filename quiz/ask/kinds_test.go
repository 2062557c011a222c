package ask_test

import (
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
)

// with gives the first fact of a deck a term, "text" with other spellings.
func with(d *quiz.Deck, at int, text string, accepted ...string) *quiz.Deck {
	d.Facts[at].Terms = append(d.Facts[at].Terms, quiz.Term{Text: text, Accepted: accepted})
	return d
}

// What other wordings and facts say of an event counts for every kind.
func TestOtherKindsAreProven(t *testing.T) {
	day := func(lines ...string) *quiz.Deck {
		return deck(edtf.Day, append(lines, "1700 | Russia buys an island", "1900 | The Senate opens a bank", "1950 | Iran rebuilds Tabriz")...)
	}
	disputed := day("1813 | Persia signs a treaty", "1813 / 1828 | The treaty Persia signs")
	banana := with(day("1813 | Persia leaves the banana coast"), 0, "na")
	bare := with(with(day("1813 | Revolution"), 0, "Revolution"), 1, "Russia")
	also := with(with(day("1813 | Persia signs a treaty", "1828 | Russia signs a treaty with the court of the Ottoman Sultan"), 0, "Persia"), 1, "Russia")
	elsewhere := with(with(day("1813 | Persia signs a treaty", "1828 | Russia signs a treaty"), 0, "Persia"), 2, "Russia")
	joined := with(with(with(day("1813 | Persia signs a treaty", "1828 | Iran leaves Derbent", "1830 | Persians revolt"), 0, "Persia"), 1, "Iran"), 2, "Persia", "Iran")
	told := with(with(day("1813 | Persia signs a treaty", "1828 | Iran leaves Derbent", "1830 | In 1830 Persia is called Iran"), 0, "Persia"), 1, "Iran")
	for _, c := range []struct {
		name string
		deck *quiz.Deck
		kind quiz.Kind
		want bool
	}{
		{"a wording that is disputed", disputed, quiz.Truth, false},
		{"a wording that is disputed", disputed, quiz.WhenTyped, false},
		{"a wording that is disputed", disputed, quiz.Place, false},
		{"no whole word", banana, quiz.GapTyped, false},
		{"nothing beside the gap", bare, quiz.GapTyped, false},
		{"nothing beside the gap", bare, quiz.GapChoice, false},
		{"said of another term too, and more", also, quiz.GapTyped, false},
		{"said of another term too, and more", also, quiz.GapChoice, false},
		{"said where it is no term", elsewhere, quiz.GapChoice, false},
		{"one name by a term that is not left out", joined, quiz.GapChoice, false},
		{"told together where a date is told", told, quiz.GapChoice, false},
		{"three months, told as a year", day("1813-1X | Persia signs a treaty"), quiz.WhenTyped, false},
		{"the fall of a year", day("1813-23 | Persia signs a treaty"), quiz.WhenTyped, true},
		{"doubtful", day("1813~ | Persia signs a treaty"), quiz.WhenTyped, true},
		{"doubtful", day("1813~ | Persia signs a treaty"), quiz.Truth, false},
		{"a set", day("[1813,1814] | Persia signs a treaty"), quiz.WhenTyped, false},
	} {
		facet := ask.FacetOf(c.kind, quiz.When)
		for seed := range uint64(20) {
			if q, ok := ask.NewPool(c.deck).Make(quiz.CardID{Fact: 1, Facet: facet}, c.kind, 4, seed); ok != c.want {
				t.Errorf("%s, %s: made %v\n%+v", c.name, c.kind, ok, q)
				break
			}
		}
	}
}

// A deck that asks for years is not answered with days.
func TestTypedSpanAtThePrecisionOfTheDeck(t *testing.T) {
	d := deck(edtf.Year, "1826-07-16/1828-02-10 | Persia fights a war", "1900 | Russia buys an island")
	if q, ok := ask.NewPool(d).Make(quiz.CardID{Fact: 1, Facet: quiz.When}, quiz.WhenTyped, 0, 1); ok && q.Right != edtf.MustParse("1826/1828") {
		t.Errorf("the right date is %v in a deck of years", q.Right)
	}
}

// Three events of which each two are ordered make an order, whatever stands
// nearer: the facts allow it.
func TestOrderIsFound(t *testing.T) {
	d := deck(edtf.Day, "1850 | Persia signs a treaty", "1810/1840 | Russia buys an island", "1815 | The Senate opens a bank", "1835 | Iran rebuilds Tabriz")
	p := ask.NewPool(d)
	for seed := range uint64(40) {
		if _, ok := p.Make(quiz.CardID{Fact: 1, Facet: quiz.When}, quiz.Order, 4, seed); !ok {
			t.Errorf("seed %d finds no order of 1815, 1835 and 1850", seed)
			break
		}
	}
}
