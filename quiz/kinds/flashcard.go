package kinds

import (
	"chronicle/quiz"
)

// flashcard builds a flashcard. The front shows a date only if no other fact of the deck
// can have that date.
func (d *draft) flashcard(facet quiz.Facet) (quiz.Question, bool) {
	it := d.item()
	date := stemDate(it.Date, d.Deck.Precision)
	q := quiz.Question{Precision: date.Precision(), RightOption: -1}
	switch {
	case facet == quiz.FacetWhen:
		q.Stem, q.BackText = it.Event, date.Format(d.Deck.Language)
	case facet == quiz.FacetWhat && it.uniqueDate && date == it.Date:
		q.Stem, q.BackText = date.FormatWithPreposition(d.Deck.Language), it.Event
	case facet == quiz.FacetTerm:
		t, ok := d.pickTerm()
		q.Stem, q.BackText, q.Term, q.ShownOption = t.stem, t.text, t.text, d.dateOption()
		return q, ok
	default:
		return quiz.Question{}, false
	}
	return q, true
}
