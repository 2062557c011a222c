package fsrs

import (
	"fmt"
	"math"
)

// PriorKnowledge is the chance that somebody knows a fact before meeting it
// here: the belief that a first answer is weighed against.
const PriorKnowledge = 0.3

// SameDayRecall is the belief a same-day answer is weighed against. The model
// counts whole days, so its own recall on the same day is 1, against which
// every wrong answer would be a slip and every right one knowledge.
const SameDayRecall = 0.9

const defaultSlip = 0.02

// Form is what the form of a question does to an answer. Ease and strength are
// assumptions until answers of real people fit them.
type Form struct {
	Guess    float64 // γ, chance of a right answer without knowing; 0 to below 1
	Ease     float64 // δ, log-odds by which this form is easier than recall; −10 to 10
	Strength float64 // η, exponent on the gain in stability; 1 as recall, 0 no gain; 0 to 2
	Slip     float64 // s, chance of a wrong answer despite knowing; 0 to below 1−γ
}

// PlainForm is FSRS-6 to the bit. It is the form of flips, where people rate
// themselves.
var PlainForm = Form{Strength: 1}

// RecallForm is the form of gaps and exactly typed answers: not to be guessed, but
// a slip of the pen happens.
func RecallForm() Form { return Form{Strength: 1, Slip: defaultSlip} }

// ChoiceForm is picking one of so many options (at least 1). γ is 0.8/options,
// a start value like the others.
func ChoiceForm(options int) Form {
	return Form{Guess: 0.8 / float64(max(options, 1)), Ease: 1, Strength: 0.7, Slip: defaultSlip}
}

// EitherForm is true or false, or which of two came first.
func EitherForm() Form { return Form{Guess: 0.5, Ease: 1, Strength: 0.5, Slip: defaultSlip} }

// NearForm is an answer with a tolerance: a typed number or a place on a line.
// Share is the accepted part of the plausible or visible span, 0 to 0.9.
func NearForm(share float64) Form {
	return Form{Guess: clamp(share, 0, 0.9), Strength: 1, Slip: defaultSlip}
}

// OrderForm is putting n items in order, all right or wrong: γ is 1/n!. Ease
// and strength are taken from [Choice].
func OrderForm(n int) Form {
	guess := 1.0
	for i := 2; i <= n; i++ {
		guess /= float64(i)
	}
	return Form{Guess: min(guess, 0.5), Ease: 1, Strength: 0.7, Slip: defaultSlip}
}

// WithSharedBlame is the form of one item that stood wrong beside others whose chances
// of recall are given: it may have been known and another not. The slip becomes
// P(wrong | known) = 1 − (1−s)·Π K of the others, so that [Form.Knew] is
// 1 − P(not known | wrong).
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

// MatchForm is one pair of a match of n: γ is 1/n. Ease and strength are taken
// from [Choice].
func MatchForm(n int) Form {
	return Form{Guess: 1 / float64(max(n, 2)), Ease: 1, Strength: 0.7, Slip: defaultSlip}
}

// Validate says which part of the form is no number or out of its range.
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

// PredictCorrect is the chance, 0 to 1, of a right answer in this form when the model
// gives recall: γ + (1 − γ − s)·σ(logit recall + δ).
func (f Form) PredictCorrect(recall float64) float64 {
	return clamp(f.Guess+(1-f.Guess-f.Slip)*f.KnownProbability(recall), 0, 1)
}

// KnownProbability is K = σ(logit recall + δ), the chance of knowing in this form.
func (f Form) KnownProbability(recall float64) float64 {
	recall = clamp(recall, 0, 1)
	if f.Ease == 0 || recall == 0 || recall == 1 {
		return recall
	}
	return 1 / (1 + (1-recall)/recall*math.Exp(-f.Ease))
}

// PosteriorKnown is q = P(knew | answer), 0 to 1, when the model gave recall before it:
// right (1−s)K / (γ(1−K) + (1−s)K), wrong sK / (sK + (1−γ)(1−K)).
// Without guessing and slips it is exactly 1 or 0.
func (f Form) PosteriorKnown(recall float64, right bool) float64 {
	k := f.KnownProbability(recall)
	if right {
		return ratio((1-f.Slip)*k, f.Guess*(1-k), 1)
	}
	return ratio(f.Slip*k, (1-f.Guess)*(1-k), 0)
}

// ratio is a/(a+b), or otherwise when both are 0.
func ratio(a, b, otherwise float64) float64 {
	if a+b == 0 {
		return otherwise
	}
	return clamp(a/(a+b), 0, 1)
}

// EffectiveRating is the rating as this form may give it: a form that can be guessed
// never says easy.
func (f Form) EffectiveRating(r Rating) Rating {
	if r == Easy && f.Guess > 0 {
		return Good
	}
	return r
}
