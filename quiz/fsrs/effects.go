package fsrs

import "math"

// FormClass is a sort of forms whose effects are the same.
type FormClass uint8

// The classes. Judged are flips: people rate themselves, and nothing is corrected.
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

// ClassCount is how many classes there are.
const ClassCount = int(classCount)

var classNames = [...]string{"flip", "recall", "choice", "either", "order", "match", "near"}

// String is the class in one word, or "none".
func (c FormClass) String() string {
	if c >= classCount {
		return "none"
	}
	return classNames[c]
}

// Effect is by how much a class differs from the start values of its forms.
type Effect struct {
	Guess    float64 // added to the log-odds of γ
	Ease     float64 // added to δ, log-odds
	Strength float64 // added to η
}

// Effects are those of every class. The zero value leaves every form as it is.
type Effects [ClassCount]Effect

// maxGuess is the most that γ grows to by an effect.
const maxGuess = 0.95

// Apply is the form with the effects of its class, within the ranges that
// [Form.Check] asks for. A form that cannot be guessed stays so, and one that is
// unfit stays as it is.
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
