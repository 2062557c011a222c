package optimizer

import (
	"context"

	"chronicle/quiz/fsrs"
)

// LearnerLog is a person's log and the weights that predict its answers.
type LearnerLog struct {
	Log     *Log
	Weights fsrs.Weights
}

// EffectsResult holds the fitted effects of forms and how well they predict answers
// that they were not fitted to: the last fifth of each person's answers in time.
type EffectsResult struct {
	Effects      fsrs.Effects
	ReviewCount  int     // answers usable for training
	Loss         float64 // mean log loss over the last fifths
	PreviousLoss float64 // the same with the current effects
	Improved     bool
}

// minEffectSigmas is by how many standard errors of the difference the last fifths
// have to be predicted better. It is strict because the effects apply to everyone.
const minEffectSigmas = 2.0

// effectSigmas are the prior standard deviations of effects from the start values:
// log-odds of guessing, log-odds of ease, and strength.
var effectSigmas = [3]float64{0.5, 0.5, 0.2}

const (
	minAnswersInClass = 300 // answers needed to fit a class
	effectPasses      = 3   // passes over all effects; the third hardly changes them
)

// FitEffects finds the effects of forms that predict all people's answers best, each
// person's with their own weights, and with the start values as prior. The result is
// Improved if it predicts the last fifths significantly better than the current
// effects do. It returns ctx's error as soon as ctx ends.
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

// population holds the training sets of many people.
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

// loss returns the value to minimise: Σ BCE plus the penalty for effects that differ
// from 0.
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

// fitEffects improves one effect after another by Newton steps from finite
// differences. It takes a step only if it lowers the loss.
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

// fitEffect improves one effect and returns the new loss.
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
	step := h * (low - high) // downhill, if the loss is not convex here
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

// frequentClasses reports which classes have enough answers.
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

// compareHoldout sets both mean losses over all people, and returns the sum of the
// differences per card and the sum of their squares.
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
