package fsrs

import "math"

// Class is a sort of forms whose effects are the same.
type Class uint8

// The classes. Judged are flips: people rate themselves, and nothing is corrected.
const (
	Judged Class = iota
	Recalled
	Chosen
	EitherOr
	Ordered
	Matched
	Placed
	classes
)

// Classes is how many classes there are.
const Classes = int(classes)

var classNames = [...]string{"flip", "recall", "choice", "either", "order", "match", "near"}

// String is the class in one word, or "none".
func (c Class) String() string {
	if c >= classes {
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
type Effects [Classes]Effect

// mostGuess is the most that γ grows to by an effect.
const mostGuess = 0.95

// Of is the form with the effects of its class, within the ranges that
// [Form.Check] asks for. A form that cannot be guessed stays so, and one that is
// unfit stays as it is.
func (e Effects) Of(c Class, f Form) Form {
	if c == Judged || c >= classes || e[c] == (Effect{}) || f.Check() != nil {
		return f
	}
	by := e[c]
	if f.Guess > 0 {
		f.Guess = bound(1/(1+(1-f.Guess)/f.Guess*math.Exp(-by.Guess)), 0, max(f.Guess, mostGuess))
	}
	f.Ease = bound(f.Ease+by.Ease, -10, 10)
	f.Strength = bound(f.Strength+by.Strength, 0, 2)
	f.Slip = bound(f.Slip, 0, 0.99-f.Guess)
	return f
}
