package ask

import (
	"chronicle/quiz"
)

// flip shows one side of a flashcard. A date is shown only if no other fact
// of the deck may be of that date.
func (d *draft) flip(facet quiz.Facet) (quiz.Question, bool) {
	it := d.it()
	date := asked(it.Date, d.Deck.Precision)
	q := quiz.Question{Precision: date.Precision(), Answer: -1}
	switch {
	case facet == quiz.When:
		q.Stem, q.Back = it.Event, date.In(d.Deck.Language)
	case facet == quiz.What && it.alone && date == it.Date:
		q.Stem, q.Back = date.When(d.Deck.Language), it.Event
	case facet == quiz.TermOut:
		t, ok := d.left()
		q.Stem, q.Back, q.Term, q.Shown = t.stem, t.text, t.text, d.dated()
		return q, ok
	default:
		return quiz.Question{}, false
	}
	return q, true
}
