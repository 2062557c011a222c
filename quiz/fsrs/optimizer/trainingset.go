package optimizer

import (
	"context"

	"chronicle/quiz/fsrs"
)

// trainingSet are the reviews to learn from, ready for training.
type trainingSet struct {
	log     *Log
	start   fsrs.Weights // where training begins, and towards which it is pulled
	weights []float32    // of each review of the log; 0 for what is not learned from
	cards   []cardSpan   // cards with something to learn from
	count   int
	pass    tape // used for one card after the other
}

// cardSpan is the part of a card up to the last review that is learned from.
type cardSpan struct{ from, to, items int32 }

// isTrainable says whether review i of a card is learned from: only an answer after
// some time tells of forgetting.
func isTrainable(card []logReview, i int) bool { return i > 0 && card[i].target && card[i].days > 0 }

// newTrainingSet finds what is learned from, and weighs it: recent answers count most,
// as people change.
func newTrainingSet(l *Log) *trainingSet {
	places, n := timeRanks(l)
	return subset(l, places, 0, n)
}

// timeRanks gives each review of the log its place in time among those that are
// learned from, from 0, or −1, and how many there are.
func timeRanks(l *Log) (places []int32, n int) {
	byTime := make([]int32, len(l.reviews)) // index of the review at a place, plus 1; 0 for none
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

// subset is what is learned from at the places from one up to another. The k-th of n
// in time has the weight 0.25 + 0.75·(k/(n−1))³.
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

// reviewsOf is the reviews of a span and their weights.
func (t *trainingSet) reviewsOf(s cardSpan) ([]logReview, []float32) {
	return t.log.reviews[s.from:s.to], t.weights[s.from:s.to]
}

// loss is Σ weight·BCE and Σ BCE over all that is learned from.
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
