package optimizer

import (
	"context"

	"chronicle/quiz/fsrs"
)

// LearnerLog is a log, and the weights by which its answers are predicted.
type LearnerLog struct {
	Log     *Log
	Weights fsrs.Weights
}

// EffectsResult is which effects of forms were found, and how they predict answers that they
// were not found from: everybody's last fifth in time.
type EffectsResult struct {
	Effects      fsrs.Effects
	ReviewCount  int     // answers that could be learned from
	Loss         float64 // mean log loss over the last fifths
	PreviousLoss float64 // the same with the effects in use
	Improved     bool
}

// minEffectSigmas is by how many standard errors of the difference the last fifths have to be
// predicted better: effects are everybody's, and taken once for all.
const minEffectSigmas = 2.0

// effectSigmas are how much effects differ from the start values (σ), before anything is
// known: of log-odds of guessing, of log-odds of ease, of strength.
var effectSigmas = [3]float64{0.5, 0.5, 0.2}

const (
	minAnswersInClass = 300 // answers from which a class tells of itself
	effectPasses      = 3   // over all effects; the third hardly moves them
)

// FitEffects finds the effects of forms that predict everybody's answers best, each
// person's by their own weights, with the start values as prior. They are better
// where they predict the last fifths surely better than those of now do. It returns
// ctx's error as soon as ctx ends.
func FitEffects(ctx context.Context, people []LearnerLog, now fsrs.Effects) (EffectsResult, error) {
	g := EffectsResult{Effects: now}
	early, late := population{}, population{}
	for _, p := range people {
		places, n := timeRanks(p.Log)
		early.add(subset(p.Log, places, 0, n*4/5), p.Weights)
		late.add(subset(p.Log, places, n*4/5, n), p.Weights)
		g.ReviewCount += n
	}
	found, err := early.fitEffects(ctx, now)
	if err != nil || late.count == 0 {
		return g, err
	}
	sum, squares, err := late.compareHoldout(ctx, &g, now, found)
	if err != nil {
		return g, err
	}
	if g.Improved = found != now && sum > 0 && sum*sum > minEffectSigmas*minEffectSigmas*squares; g.Improved {
		g.Effects = found
	}
	return g, nil
}

// population are many people's answers to learn from.
type population struct {
	items  []*trainingSet
	shapes []*modelTerms
	count  int
}

func (c *population) add(t *trainingSet, w fsrs.Weights) {
	if t.count > 0 {
		c.items, c.shapes = append(c.items, t), append(c.shapes, newModelTerms(w))
		c.count += t.count
	}
}

// loss is what is to be least: Σ BCE, and how far the effects are from 0.
func (c *population) loss(ctx context.Context, e fsrs.Effects) (float64, error) {
	sum := 0.0
	for i, t := range c.items {
		t.pass.forms = t.log.effectiveForms(e)
		_, plain, err := t.loss(ctx, c.shapes[i])
		if err != nil {
			return 0, err
		}
		sum += plain
	}
	for class := range e {
		for i, x := range effectValues(&e[class]) {
			sum += *x * *x / (2 * effectSigmas[i] * effectSigmas[i])
		}
	}
	return sum, nil
}

func effectValues(e *fsrs.Effect) [3]*float64 { return [3]*float64{&e.Guess, &e.Ease, &e.Strength} }

// fitEffects goes along one effect after the other, by Newton's step from differences, as
// far as that makes the loss less.
func (c *population) fitEffects(ctx context.Context, e fsrs.Effects) (fsrs.Effects, error) {
	often := c.frequentClasses()
	least, err := c.loss(ctx, e)
	if err != nil {
		return e, err
	}
	for range effectPasses {
		for class := range e {
			for i := range effectSigmas {
				if !often[class] {
					continue
				}
				if least, err = c.fitEffect(ctx, &e, class, i, least); err != nil {
					return e, err
				}
			}
		}
	}
	return e, nil
}

// fitEffect moves one effect, and gives the loss there.
func (c *population) fitEffect(ctx context.Context, e *fsrs.Effects, class, i int, least float64) (float64, error) {
	h := effectSigmas[i] / 5
	at := func(by float64) (float64, error) {
		moved := *e
		*effectValues(&moved[class])[i] += by
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
	step = clamp(step, -2*h, 2*h)
	there, err := at(step)
	if err == nil && there < least {
		*effectValues(&e[class])[i] += step
		least = there
	}
	return least, err
}

// frequentClasses tells which classes were answered often enough.
func (c *population) frequentClasses() (out [fsrs.ClassCount]bool) {
	var n [fsrs.ClassCount]int
	for _, t := range c.items {
		for i, w := range t.weights {
			if w > 0 {
				n[t.log.forms[t.log.reviews[i].form].class]++
			}
		}
	}
	for class := range n {
		out[class] = fsrs.FormClass(class) != fsrs.ClassSelfGraded && n[class] >= minAnswersInClass
	}
	return out
}

// compareHoldout notes both losses over all people, and gives the sum of the differences and
// that of their squares, by card.
func (c *population) compareHoldout(ctx context.Context, g *EffectsResult, now, found fsrs.Effects) (sum, squares float64, err error) {
	for i, t := range c.items {
		old, fresh := t.log.effectiveForms(now), t.log.effectiveForms(found)
		for _, s := range t.cards {
			card, weights := t.reviewsOf(s)
			t.pass.forms = old
			_, before := t.pass.forward(c.shapes[i], card, weights)
			t.pass.forms = fresh
			_, after := t.pass.forward(c.shapes[i], card, weights)
			g.PreviousLoss += before
			g.Loss += after
			sum += before - after
			squares += (before - after) * (before - after)
		}
		if ctx.Err() != nil {
			return 0, 0, ctx.Err()
		}
	}
	g.PreviousLoss /= float64(c.count)
	g.Loss /= float64(c.count)
	return sum, squares, nil
}
