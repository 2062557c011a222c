package fsrs

import "math"

// FormClass is a class of question forms that share the same effects.
type FormClass uint8

// The classes. ClassSelfGraded is for flashcards: learners rate themselves, so nothing
// is corrected.
const (
	ClassSelfGraded FormClass = iota
	ClassTyped
	ClassChoice
	ClassEither
	ClassOrder
	ClassMatch
	ClassNear
	classCount
)

// ClassCount is the number of classes.
const ClassCount = int(classCount)

var classNames = [...]string{"flip", "recall", "choice", "either", "order", "match", "near"}

// String returns the name of the class, or "none" if c is not a class.
func (c FormClass) String() string {
	if c >= classCount {
		return "none"
	}
	return classNames[c]
}

// Effect is the difference between a class and the start values of its forms.
type Effect struct {
	Guess    float64 // added to the log-odds of γ
	Ease     float64 // added to δ, in log-odds
	Strength float64 // added to η
}

// Effects are the effects of all classes. The zero value changes no form.
type Effects [ClassCount]Effect

// maxGuess is the highest γ that an effect can lead to.
const maxGuess = 0.95

// Apply returns the form with the effects of its class, within the ranges that
// [Form.Validate] requires. A form that cannot be guessed stays so. An invalid form is
// returned unchanged.
func (e Effects) Apply(c FormClass, f Form) Form {
	if c == ClassSelfGraded || c >= classCount || e[c] == (Effect{}) || f.Validate() != nil {
		return f
	}
	by := e[c]
	if f.Guess > 0 {
		f.Guess = clamp(1/(1+(1-f.Guess)/f.Guess*math.Exp(-by.Guess)), 0, max(f.Guess, maxGuess))
	}
	f.Ease = clamp(f.Ease+by.Ease, -10, 10)
	f.Strength = clamp(f.Strength+by.Strength, 0, 2)
	f.Slip = clamp(f.Slip, 0, 0.99-f.Guess)
	return f
}
