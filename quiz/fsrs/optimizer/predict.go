package optimizer

import (
	"context"

	"chronicle/quiz/fsrs"
)

// Predict returns the predicted chance, 0 to 1, of a right answer in its form at each
// target of the log, in the order of the rows. A prediction uses all earlier reviews
// of the card and nothing of the answer itself. The model's recall is
// [fsrs.PriorKnowledge] at a first review and [fsrs.SameDayRecall] on the same day.
//
// It returns ctx's error as soon as ctx ends.
func Predict(ctx context.Context, l *Log, m *fsrs.FSRS6) ([]float64, error) {
	const none = -1
	chances := make([]float64, len(l.reviews))
	for c := range l.Cards() {
		if c%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var mem fsrs.Memory
		for _, r := range l.card(c) {
			days := float64(r.days)
			chances[r.row] = none
			form := l.forms[r.form].form
			if r.target {
				chances[r.row] = form.PredictCorrect(predictedRecall(m, mem, days))
			}
			mem = m.NextMemory(mem, days, r.rating, form)
		}
	}
	asked := chances[:0]
	for _, p := range chances {
		if p != none {
			asked = append(asked, p)
		}
	}
	return asked, nil
}

func predictedRecall(m *fsrs.FSRS6, mem fsrs.Memory, days float64) float64 {
	switch {
	case !mem.IsSet():
		return fsrs.PriorKnowledge
	case days == 0:
		return fsrs.SameDayRecall
	}
	return clamp(m.Retrievability(mem, days), minRecall, maxRecall)
}
