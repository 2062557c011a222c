package optimizer

import (
	"context"

	"chronicle/quiz/fsrs"
)

// trainingSet holds the reviews to train on.
type trainingSet struct {
	log     *Log
	start   fsrs.Weights // where training starts and what it is pulled towards
	weights []float32    // weight of each review of the log; 0 if not trained on
	cards   []cardSpan   // cards with training reviews
	count   int
	pass    tape // reused for each card
}

// cardSpan is the part of a card up to its last training review.
type cardSpan struct{ from, to, items int32 }

// isTrainable reports whether review i of a card can be trained on. Only an answer
// after some time says anything about forgetting.
func isTrainable(card []logReview, i int) bool { return i > 0 && card[i].target && card[i].days > 0 }

// newTrainingSet returns a training set of all trainable reviews. Recent answers have
// more weight, because people change.
func newTrainingSet(l *Log) *trainingSet {
	places, n := timeRanks(l)
	return subset(l, places, 0, n)
}

// timeRanks returns each review's position in time among the trainable reviews, from
// 0, or −1 if it is not trainable, and the number of trainable reviews.
func timeRanks(l *Log) (places []int32, n int) {
	byTime := make([]int32, len(l.reviews)) // index of the review at a position, plus 1; 0 for none
	for c := range l.Cards() {
		card := l.card(c)
		for i := range card {
			if isTrainable(card, i) {
				byTime[card[i].at] = l.starts[c] + int32(i) + 1
			}
		}
	}
	places = make([]int32, len(l.reviews))
	for i := range places {
		places[i] = -1
	}
	for _, i := range byTime {
		if i > 0 {
			places[i-1] = int32(n)
			n++
		}
	}
	return places, n
}

// subset returns the trainable reviews at positions from up to but excluding to. The
// k-th of n in time has the weight 0.25 + 0.75·(k/(n−1))³.
func subset(l *Log, places []int32, from, to int) *trainingSet {
	t := &trainingSet{log: l, start: fsrs.DefaultWeights, weights: make([]float32, len(l.reviews))}
	t.pass.forms = l.effectiveForms(fsrs.Effects{})
	for c := range l.Cards() {
		s := cardSpan{from: l.starts[c]}
		for i := l.starts[c]; i < l.starts[c+1]; i++ {
			if place := int(places[i]); place >= from && place < to {
				t.weights[i] = weight(place-from, to-from)
				s.items++
				s.to = i + 1
			}
		}
		if s.items > 0 {
			t.cards = append(t.cards, s)
			t.count += int(s.items)
		}
	}
	return t
}

func weight(k, n int) float32 {
	if n == 1 {
		return 1
	}
	age := float64(k) / float64(n-1)
	return float32(0.25 + 0.75*age*age*age)
}

// reviewsOf returns the reviews of a span and their weights.
func (t *trainingSet) reviewsOf(s cardSpan) ([]logReview, []float32) {
	return t.log.reviews[s.from:s.to], t.weights[s.from:s.to]
}

// loss returns Σ weight·BCE and Σ BCE over the training reviews.
func (t *trainingSet) loss(ctx context.Context, m *modelTerms) (weighted, plain float64, err error) {
	for i, s := range t.cards {
		if i%256 == 0 && ctx.Err() != nil {
			return 0, 0, ctx.Err()
		}
		card, weights := t.reviewsOf(s)
		w, p := t.pass.forward(m, card, weights)
		weighted += w
		plain += p
	}
	return weighted, plain, nil
}
