package kinds

import (
	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// trueFalse shows an event with a date, its own or, as often, one that is provably
// wrong. What is only claimed or disputed is neither true nor false here, and
// what the source doubts cannot be said to be true.
func (d *draft) trueFalse() (quiz.Question, bool) {
	it := d.item()
	if it.Claim || it.Disputed || !it.Date.Exact() || !d.wordingsAgree(d.itemIndex) {
		return quiz.Question{}, false
	}
	isTrue := d.rnd.IntN(2) == 0 && d.constraints.ContrastFact == 0
	for _, f := range it.displays {
		wrong := d.dateDistractors(f, 1)
		if len(wrong) == 0 {
			continue
		}
		q := quiz.Question{
			Stem: it.Event, Precision: f.date.Precision(), RightOption: 1,
			Options:     []quiz.Option{{Text: AnswerTrue}, {Text: AnswerFalse}},
			ShownOption: wrong[0],
		}
		if isTrue {
			q.RightOption, q.ShownOption = 0, quiz.Option{Date: f.date, Fact: it.ID, Relation: edtf.Compare(f.date, it.Date)}
		}
		q.ShownOption.Text = q.ShownOption.Date.FormatWithPreposition(d.Deck.Language)
		return q, true
	}
	return quiz.Question{}, false
}

// The options of truth; pages say them in the reader's language.
const (
	AnswerTrue  = "true"
	AnswerFalse = "false"
)
