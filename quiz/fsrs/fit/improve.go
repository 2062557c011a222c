package fit

import (
	"context"
	"math"

	"chronicle/quiz/fsrs"
)

// Proof is what weights were learned, and how they predict answers that they were
// not learned from: the last fifth in time.
type Proof struct {
	Weights fsrs.Weights // learned from all answers, to be used if they are better
	Items   int          // answers that could be learned from
	Loss    float64      // mean log loss over the last fifth, with weights learned from those before
	Before  float64      // the same with the weights in use
	Better  bool
}

// fewestToImprove is from how many answers weights of one's own are believed. Below,
// the last fifth is too short to tell better from lucky.
const fewestToImprove = 400

// doubted is by how many standard errors of the difference the last fifth has to be
// predicted better. In simulation it leaves about one log in twenty worse than
// before, by little, of those of a few hundred answers, and fewer of longer ones.
const doubted = 1.0

// Improve learns weights from the first four fifths of a log and holds them against
// those in use on the last one. Training begins at start, and is pulled towards it.
// The same log and seed give the same proof; it returns ctx's error as soon as ctx
// ends.
func Improve(ctx context.Context, l *Log, now, start fsrs.Weights, seed uint64) (Proof, error) {
	places, n := placed(l)
	p := Proof{Weights: now, Items: n}
	if n < fewestToImprove {
		return p, ctx.Err()
	}
	early, late := pick(l, places, 0, n*4/5), pick(l, places, n*4/5, n)
	early.start = start
	w, err := early.learn(ctx, seed)
	if err != nil {
		return p, err
	}
	p.Better, err = late.compare(ctx, &p, now, w)
	if err != nil || !p.Better {
		return p, err
	}
	all := pick(l, places, 0, n)
	all.start = start
	p.Weights, err = all.learn(ctx, seed)
	return p, err
}

// compare notes both losses and says whether the new weights are surely better.
func (t *items) compare(ctx context.Context, p *Proof, now, w fsrs.Weights) (bool, error) {
	old, fresh := newShape(now), newShape(w)
	var sum, squares float64
	for i, s := range t.cards {
		if i%256 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		card, weights := t.of(s)
		_, before := t.tape.forward(old, card, weights)
		_, after := t.tape.forward(fresh, card, weights)
		p.Before += before
		p.Loss += after
		sum += before - after
		squares += (before - after) * (before - after)
	}
	p.Before /= float64(t.count)
	p.Loss /= float64(t.count)
	return sum > doubted*math.Sqrt(squares), nil
}
