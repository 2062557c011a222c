package fsrs

import (
	"fmt"
	"math"
)

// PriorKnowledge is the assumed chance that a person knows a fact before learning it
// here. A first answer is weighed against it.
const PriorKnowledge = 0.3

// SameDayRecall is the assumed recall on the day of the last review. The model counts
// whole days, so its own recall on the same day is 1: every wrong answer would then be
// a slip and every right one prove knowledge.
const SameDayRecall = 0.9

const defaultSlip = 0.02

// Form describes how the form of a question affects what an answer says about memory.
// Ease and strength are assumptions until they are fitted to real answers.
type Form struct {
	Guess    float64 // γ, chance of a right answer without knowing; 0 to 0.99
	Ease     float64 // δ, log-odds by which this form is easier than plain recall; −10 to 10
	Strength float64 // η, exponent of the gain in stability; 1 as for recall, 0 no gain; 0 to 2
	Slip     float64 // s, chance of a wrong answer despite knowing; 0 to 0.99−γ
}

// PlainForm gives exactly FSRS-6. It is the form of flashcards, which learners rate
// themselves.
var PlainForm = Form{Strength: 1}

// RecallForm is the form of gaps and exactly typed answers: they cannot be guessed,
// but typos occur.
func RecallForm() Form { return Form{Strength: 1, Slip: defaultSlip} }

// ChoiceForm is the form of choosing one of several options (at least 1). γ is
// 0.8/options, a start value like the others.
func ChoiceForm(options int) Form {
	return Form{Guess: 0.8 / float64(max(options, 1)), Ease: 1, Strength: 0.7, Slip: defaultSlip}
}

// EitherForm is the form of true/false questions and of choosing which of two events
// came first.
func EitherForm() Form { return Form{Guess: 0.5, Ease: 1, Strength: 0.5, Slip: defaultSlip} }

// NearForm is the form of an answer with a tolerance: a typed number or a place on a
// timeline. Share is the accepted part of the plausible or visible range, 0 to 0.9.
func NearForm(share float64) Form {
	return Form{Guess: clamp(share, 0, 0.9), Strength: 1, Slip: defaultSlip}
}

// OrderForm is the form of putting n items in order, graded as a whole: γ is 1/n!.
// Ease and strength are those of [ChoiceForm].
func OrderForm(n int) Form {
	guess := 1.0
	for i := 2; i <= n; i++ {
		guess /= float64(i)
	}
	return Form{Guess: min(guess, 0.5), Ease: 1, Strength: 0.7, Slip: defaultSlip}
}

// WithSharedBlame returns the form of one wrong item among other wrong items whose
// recall is given: this item may have been known and another one not. The slip becomes
// P(wrong | known) = 1 − (1−s)·Π K of the others, so that [Form.PosteriorKnown] is 1 −
// P(not known | wrong).
func (f Form) WithSharedBlame(others []float64) Form {
	if len(others) == 0 {
		return f
	}
	right := 1 - f.Slip
	for _, recall := range others {
		right *= f.KnownProbability(recall)
	}
	f.Slip = clamp(1-right, f.Slip, 0.95-f.Guess)
	return f
}

// MatchForm is the form of one pair of a match of n: γ is 1/n. Ease and strength are
// those of [ChoiceForm].
func MatchForm(n int) Form {
	return Form{Guess: 1 / float64(max(n, 2)), Ease: 1, Strength: 0.7, Slip: defaultSlip}
}

// Validate returns an error for the first field that is NaN or out of range.
func (f Form) Validate() error {
	for _, p := range [...]struct {
		name               string
		value, least, most float64
	}{
		{"guess", f.Guess, 0, 0.99},
		{"ease", f.Ease, -10, 10},
		{"strength", f.Strength, 0, 2},
		{"slip", f.Slip, 0, 0.99 - f.Guess},
	} {
		if !(p.value >= p.least && p.value <= p.most) {
			return fmt.Errorf("fsrs: %s is %v, not within %v to %v", p.name, p.value, p.least, p.most)
		}
	}
	return nil
}

// PredictCorrect returns the chance, 0 to 1, of a right answer in this form for the
// model's recall: γ + (1 − γ − s)·σ(logit recall + δ).
func (f Form) PredictCorrect(recall float64) float64 {
	return clamp(f.Guess+(1-f.Guess-f.Slip)*f.KnownProbability(recall), 0, 1)
}

// KnownProbability returns K = σ(logit recall + δ), the chance of knowing the answer
// in this form.
func (f Form) KnownProbability(recall float64) float64 {
	recall = clamp(recall, 0, 1)
	if f.Ease == 0 || recall == 0 || recall == 1 {
		return recall
	}
	return 1 / (1 + (1-recall)/recall*math.Exp(-f.Ease))
}

// PosteriorKnown returns q = P(knew | answer), 0 to 1, for the model's recall before
// the answer: right (1−s)K / (γ(1−K) + (1−s)K), wrong sK / (sK + (1−γ)(1−K)). Without
// guessing and slips it is exactly 1 or 0.
func (f Form) PosteriorKnown(recall float64, right bool) float64 {
	k := f.KnownProbability(recall)
	if right {
		return ratio((1-f.Slip)*k, f.Guess*(1-k), 1)
	}
	return ratio(f.Slip*k, (1-f.Guess)*(1-k), 0)
}

// ratio returns a/(a+b), or otherwise if both are 0.
func ratio(a, b, otherwise float64) float64 {
	if a+b == 0 {
		return otherwise
	}
	return clamp(a/(a+b), 0, 1)
}

// EffectiveRating returns the rating that counts in this form: in a form that can be
// guessed, easy counts as good.
func (f Form) EffectiveRating(r Rating) Rating {
	if r == Easy && f.Guess > 0 {
		return Good
	}
	return r
}
