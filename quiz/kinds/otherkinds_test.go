package kinds_test

import (
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

// with adds a term, text with other spellings, to a fact of a deck.
func with(d *quiz.Deck, at int, text string, accepted ...string) *quiz.Deck {
	d.Facts[at].Terms = append(d.Facts[at].Terms, quiz.Term{Text: text, Accepted: accepted})
	return d
}

// TestOtherKindsAreProven checks that other wordings and facts about an event are
// considered for every kind.
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
		{"a wording that is disputed", disputed, quiz.KindTrueFalse, false},
		{"a wording that is disputed", disputed, quiz.KindWhenTyped, false},
		{"a wording that is disputed", disputed, quiz.KindPlace, false},
		{"no whole word", banana, quiz.KindGapTyped, false},
		{"nothing beside the gap", bare, quiz.KindGapTyped, false},
		{"nothing beside the gap", bare, quiz.KindGapChoice, false},
		{"said of another term too, and more", also, quiz.KindGapTyped, false},
		{"said of another term too, and more", also, quiz.KindGapChoice, false},
		{"said where it is no term", elsewhere, quiz.KindGapChoice, false},
		{"one name by a term that is not left out", joined, quiz.KindGapChoice, false},
		{"told together where a date is told", told, quiz.KindGapChoice, false},
		{"three months, told as a year", day("1813-1X | Persia signs a treaty"), quiz.KindWhenTyped, false},
		{"the fall of a year", day("1813-23 | Persia signs a treaty"), quiz.KindWhenTyped, true},
		{"doubtful", day("1813~ | Persia signs a treaty"), quiz.KindWhenTyped, true},
		{"doubtful", day("1813~ | Persia signs a treaty"), quiz.KindTrueFalse, false},
		{"a set", day("[1813,1814] | Persia signs a treaty"), quiz.KindWhenTyped, false},
	} {
		facet := kinds.FacetOf(c.kind, quiz.FacetWhen)
		for seed := range uint64(20) {
			if q, ok := kinds.NewDeckIndex(c.deck).Generate(quiz.CardID{Fact: 1, Facet: facet}, c.kind, 4, seed); ok != c.want {
				t.Errorf("%s, %s: made %v\n%+v", c.name, c.kind, ok, q)
				break
			}
		}
	}
}

// TestTypedSpanAtThePrecisionOfTheDeck checks that a deck that asks for years does not
// ask for days.
func TestTypedSpanAtThePrecisionOfTheDeck(t *testing.T) {
	d := deck(edtf.Year, "1826-07-16/1828-02-10 | Persia fights a war", "1900 | Russia buys an island")
	if q, ok := kinds.NewDeckIndex(d).Generate(quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, quiz.KindWhenTyped, 0, 1); ok && q.RightDate != edtf.MustParse("1826/1828") {
		t.Errorf("the right date is %v in a deck of years", q.RightDate)
	}
}

// TestOrderIsFound checks that three pairwise ordered events make an order question,
// even if nearer events do not.
func TestOrderIsFound(t *testing.T) {
	d := deck(edtf.Day, "1850 | Persia signs a treaty", "1810/1840 | Russia buys an island", "1815 | The Senate opens a bank", "1835 | Iran rebuilds Tabriz")
	p := kinds.NewDeckIndex(d)
	for seed := range uint64(40) {
		if _, ok := p.Generate(quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, quiz.KindOrder, 4, seed); !ok {
			t.Errorf("seed %d finds no order of 1815, 1835 and 1850", seed)
			break
		}
	}
}
