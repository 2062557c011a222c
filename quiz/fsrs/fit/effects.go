package fit

import (
	"context"

	"chronicle/quiz/fsrs"
)

// Person is a log, and the weights by which its answers are predicted.
type Person struct {
	Log     *Log
	Weights fsrs.Weights
}

// Gauge is which effects of forms were found, and how they predict answers that they
// were not found from: everybody's last fifth in time.
type Gauge struct {
	Effects fsrs.Effects
	Items   int     // answers that could be learned from
	Loss    float64 // mean log loss over the last fifths
	Before  float64 // the same with the effects in use
	Better  bool
}

// surely is by how many standard errors of the difference the last fifths have to be
// predicted better: effects are everybody's, and taken once for all.
const surely = 2.0

// spreads are how much effects differ from the start values (σ), before anything is
// known: of log-odds of guessing, of log-odds of ease, of strength.
var spreads = [3]float64{0.5, 0.5, 0.2}

const (
	fewestInClass = 300 // answers from which a class tells of itself
	rounds        = 3   // over all effects; the third hardly moves them
)

// FitEffects finds the effects of forms that predict everybody's answers best, each
// person's by their own weights, with the start values as prior. They are better
// where they predict the last fifths surely better than those of now do. It returns
// ctx's error as soon as ctx ends.
func FitEffects(ctx context.Context, people []Person, now fsrs.Effects) (Gauge, error) {
	g := Gauge{Effects: now}
	early, late := crowd{}, crowd{}
	for _, p := range people {
		places, n := placed(p.Log)
		early.add(pick(p.Log, places, 0, n*4/5), p.Weights)
		late.add(pick(p.Log, places, n*4/5, n), p.Weights)
		g.Items += n
	}
	found, err := early.fit(ctx, now)
	if err != nil || late.count == 0 {
		return g, err
	}
	sum, squares, err := late.compare(ctx, &g, now, found)
	if err != nil {
		return g, err
	}
	if g.Better = found != now && sum > 0 && sum*sum > surely*surely*squares; g.Better {
		g.Effects = found
	}
	return g, nil
}

// crowd are many people's answers to learn from.
type crowd struct {
	items  []*items
	shapes []*shape
	count  int
}

func (c *crowd) add(t *items, w fsrs.Weights) {
	if t.count > 0 {
		c.items, c.shapes = append(c.items, t), append(c.shapes, newShape(w))
		c.count += t.count
	}
}

// loss is what is to be least: Σ BCE, and how far the effects are from 0.
func (c *crowd) loss(ctx context.Context, e fsrs.Effects) (float64, error) {
	sum := 0.0
	for i, t := range c.items {
		t.tape.forms = t.log.effective(e)
		_, plain, err := t.loss(ctx, c.shapes[i])
		if err != nil {
			return 0, err
		}
		sum += plain
	}
	for class := range e {
		for i, x := range values(&e[class]) {
			sum += *x * *x / (2 * spreads[i] * spreads[i])
		}
	}
	return sum, nil
}

func values(e *fsrs.Effect) [3]*float64 { return [3]*float64{&e.Guess, &e.Ease, &e.Strength} }

// fit goes along one effect after the other, by Newton's step from differences, as
// far as that makes the loss less.
func (c *crowd) fit(ctx context.Context, e fsrs.Effects) (fsrs.Effects, error) {
	often := c.often()
	least, err := c.loss(ctx, e)
	if err != nil {
		return e, err
	}
	for range rounds {
		for class := range e {
			for i := range spreads {
				if !often[class] {
					continue
				}
				if least, err = c.along(ctx, &e, class, i, least); err != nil {
					return e, err
				}
			}
		}
	}
	return e, nil
}

// along moves one effect, and gives the loss there.
func (c *crowd) along(ctx context.Context, e *fsrs.Effects, class, i int, least float64) (float64, error) {
	h := spreads[i] / 5
	at := func(by float64) (float64, error) {
		moved := *e
		*values(&moved[class])[i] += by
		return c.loss(ctx, moved)
	}
	low, err := at(-h)
	if err != nil {
		return least, err
	}
	high, err := at(h)
	if err != nil {
		return least, err
	}
	step := h * (low - high) // downhill, if the loss is no valley here
	if bend := low - 2*least + high; bend > 0 {
		step = h * (low - high) / (2 * bend)
	}
	step = bound(step, -2*h, 2*h)
	there, err := at(step)
	if err == nil && there < least {
		*values(&e[class])[i] += step
		least = there
	}
	return least, err
}

// often tells which classes were answered often enough.
func (c *crowd) often() (out [fsrs.Classes]bool) {
	var n [fsrs.Classes]int
	for _, t := range c.items {
		for i, w := range t.weights {
			if w > 0 {
				n[t.log.forms[t.log.reviews[i].form].class]++
			}
		}
	}
	for class := range n {
		out[class] = fsrs.Class(class) != fsrs.Judged && n[class] >= fewestInClass
	}
	return out
}

// compare notes both losses over all people, and gives the sum of the differences and
// that of their squares, by card.
func (c *crowd) compare(ctx context.Context, g *Gauge, now, found fsrs.Effects) (sum, squares float64, err error) {
	for i, t := range c.items {
		old, fresh := t.log.effective(now), t.log.effective(found)
		for _, s := range t.cards {
			card, weights := t.of(s)
			t.tape.forms = old
			_, before := t.tape.forward(c.shapes[i], card, weights)
			t.tape.forms = fresh
			_, after := t.tape.forward(c.shapes[i], card, weights)
			g.Before += before
			g.Loss += after
			sum += before - after
			squares += (before - after) * (before - after)
		}
		if ctx.Err() != nil {
			return 0, 0, ctx.Err()
		}
	}
	g.Before /= float64(c.count)
	g.Loss /= float64(c.count)
	return sum, squares, nil
}
