package quiz

import (
	"slices"
	"time"
)

// The lengths of a quiz, in questions.
const (
	QuizLeast   = 3
	QuizMost    = 50
	QuizDefault = 10
	QuizSeeds   = 1_000_000 // seeds are numbers below this, short enough to be read aloud
)

// Quiz is what a round of questions is made from: the same one gives everybody
// the same questions while the deck stays as it is.
type Quiz struct {
	Deck   int64
	Seed   uint64
	Length int
	Kinds  []Kind // those to be asked; none for all that are marked
	Clock  bool   // with a gentle clock
	Missed bool   // it asks again what was missed in another
	Asks   []Asked
}

// Asked is one place of a quiz.
type Asked struct {
	CardID
	Kind Kind
}

// Run is a quiz as one person takes it.
type Run struct {
	ID      string
	Quiz    Quiz
	Started time.Time
}

// Check says what makes no sense; fields are length, kinds and seed.
func (q Quiz) Check() Problems {
	var p Problems
	if q.Length < QuizLeast || q.Length > QuizMost {
		p.Add("length", "problem.quiz.length", "Min", QuizLeast, "Max", QuizMost)
	}
	for _, k := range q.Kinds {
		if !slices.Contains(Scored, k) {
			p.Add("kinds", "problem.quiz.kinds")
			break
		}
	}
	if q.Seed >= QuizSeeds {
		p.Add("seed", "problem.quiz.seed", "Max", QuizSeeds-1)
	}
	return p
}

// Within is the time that a gentle clock gives for a question of that kind.
// When it is over nothing is lost: the result only counts what came within it.
func (k Kind) Within() time.Duration {
	switch k {
	case Order, Match:
		return 60 * time.Second
	case WhenTyped, GapTyped, Place:
		return 40 * time.Second
	}
	return 20 * time.Second
}

// Place gives the place of a card in the quiz, -1 when it is not in it.
func (q Quiz) Place(id CardID) int {
	return slices.IndexFunc(q.Asks, func(a Asked) bool { return a.CardID == id })
}
