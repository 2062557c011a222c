package quiz

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"chronicle/quiz/edtf"
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
	Kinds  []Kind   // those to be asked; none for all that are marked
	Clock  bool     // with a gentle clock
	Missed bool     // it asks again what was missed in another, or what was mixed up
	From   int      // the first year that is asked for, and the last; below 0 BC, both 0 for all.
	To     int      // There is no year 0 as people count.
	Facts  []string // the keys of the facts to be asked; none for all
	Asks   []Asked
}

// Asked is one place of a quiz.
type Asked struct {
	CardID
	Kind     Kind
	Contrast int64 // the one fact that it is to be told from; 0 for any
}

// Run is a quiz as one person takes it.
type Run struct {
	ID      string
	Quiz    Quiz
	Started time.Time
}

// Key is a short name of what the quiz asks of its deck: everybody who takes the same
// quiz has the same.
func (q Quiz) Key() string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %d %q %t %d %d %q", q.Seed, q.Length, q.Kinds, q.Clock, q.From, q.To, q.Facts)
	return strconv.FormatUint(h.Sum64(), 36)
}

// Check says what makes no sense; fields are length, kinds, seed, from
// and to.
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
	q.checkYears(&p)
	if len(q.Facts) > QuizMost {
		p.Add("facts", "problem.quiz.facts", "Max", QuizMost)
	}
	return p
}

// QuizYear is the last year that a quiz can be limited to, and before Christ the
// first.
const QuizYear = 9999

func (q Quiz) checkYears(p *Problems) {
	for _, f := range []struct {
		name string
		year int
	}{{"from", q.From}, {"to", q.To}} {
		if f.year < -QuizYear || f.year > QuizYear {
			p.Add(f.name, "problem.quiz.year")
			return
		}
	}
	switch {
	case q.From == 0 && q.To != 0:
		p.Add("from", "problem.quiz.both")
	case q.From != 0 && q.To == 0:
		p.Add("to", "problem.quiz.both")
	case q.From > q.To:
		p.Add("to", "problem.quiz.turned")
	}
}

// Limited tells whether only a part of the years is asked for.
func (q Quiz) Limited() bool { return q.From != 0 && q.To != 0 }

// Days are the first and the last day that is asked for.
func (q Quiz) Days() (first, last int64) {
	if !q.Limited() {
		return edtf.MinDay, edtf.MaxDay
	}
	return edtf.DayNumber(Astronomical(q.From), 1, 1), edtf.DayNumber(Astronomical(q.To), 12, 31)
}

// Astronomical is a year as people count it in a count that has a year 0, 1 BC.
func Astronomical(year int) int64 {
	if year < 0 {
		year++
	}
	return int64(year)
}

// Counted is the inverse of Astronomical.
func Counted(year int64) int {
	if year <= 0 {
		year--
	}
	return int(year)
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
