package ask

import (
	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// truth shows an event with a date, its own or, as often, one that is provably
// wrong. What is only claimed or disputed is neither true nor false here, and
// what the source doubts cannot be said to be true.
func (d *draft) truth() (quiz.Question, bool) {
	it := d.it()
	if it.Claim || it.Disputed || !it.Date.Exact() || !d.agreed(d.i) {
		return quiz.Question{}, false
	}
	isTrue := d.rnd.IntN(2) == 0 && d.wish.Contrast == 0
	for _, f := range it.faces {
		wrong := d.wrongDates(f, 1)
		if len(wrong) == 0 {
			continue
		}
		q := quiz.Question{
			Stem: it.Event, Precision: f.date.Precision(), Answer: 1,
			Options: []quiz.Option{{Text: True}, {Text: False}},
			Shown:   wrong[0],
		}
		if isTrue {
			q.Answer, q.Shown = 0, quiz.Option{Date: f.date, Fact: it.ID, Relation: edtf.Compare(f.date, it.Date)}
		}
		q.Shown.Text = q.Shown.Date.When(d.Deck.Language)
		return q, true
	}
	return quiz.Question{}, false
}

// The options of truth; pages say them in the reader's language.
const (
	True  = "true"
	False = "false"
)
