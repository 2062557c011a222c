package kinds

import (
	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// trueFalse builds a question that shows an event with a date that is, with equal
// chance, its own or provably wrong. Claims and disputed facts are excluded because they
// are neither true nor false, and so are uncertain dates, which cannot be called true.
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

// The options of a true-or-false question; pages translate them.
const (
	AnswerTrue  = "true"
	AnswerFalse = "false"
)
