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
	MinQuizLength     = 3
	MaxQuizLength     = 50
	DefaultQuizLength = 10
	MaxQuizSeed       = 1_000_000 // seeds are numbers below this, short enough to be read aloud
)

// Quiz is what a round of questions is made from: the same one gives everybody
// the same questions while the deck stays as it is.
type Quiz struct {
	Deck          int64
	Seed          uint64
	Length        int
	Kinds         []Kind   // those to be asked; none for all that are marked
	Timed         bool     // with a gentle clock
	RepeatsMissed bool     // it asks again what was missed in another, or what was mixed up
	FromYear      int      // the first year that is asked for, and the last; below 0 BC, both 0 for all.
	ToYear        int      // There is no year 0 as people count.
	FactKeys      []string // the keys of the facts to be asked; none for all
	Items         []QuizItem
}

// QuizItem is one place of a quiz.
type QuizItem struct {
	CardID
	Kind         Kind
	ContrastFact int64 // the one fact that it is to be told from; 0 for any
}

// QuizAttempt is a quiz as one person takes it.
type QuizAttempt struct {
	ID        string
	Quiz      Quiz
	StartedAt time.Time
}

// Key is a short name of what the quiz asks of its deck: everybody who takes the same
// quiz has the same.
func (q Quiz) Key() string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %d %q %t %d %d %q", q.Seed, q.Length, q.Kinds, q.Timed, q.FromYear, q.ToYear, q.FactKeys)
	return strconv.FormatUint(h.Sum64(), 36)
}

// Validate says what makes no sense; fields are length, kinds, seed, from
// and to.
func (q Quiz) Validate() Problems {
	var p Problems
	if q.Length < MinQuizLength || q.Length > MaxQuizLength {
		p.Add("length", "problem.quiz.length", "Min", MinQuizLength, "Max", MaxQuizLength)
	}
	for _, k := range q.Kinds {
		if !slices.Contains(GradedKinds, k) {
			p.Add("kinds", "problem.quiz.kinds")
			break
		}
	}
	if q.Seed >= MaxQuizSeed {
		p.Add("seed", "problem.quiz.seed", "Max", MaxQuizSeed-1)
	}
	q.validateYears(&p)
	if len(q.FactKeys) > MaxQuizLength {
		p.Add("facts", "problem.quiz.facts", "Max", MaxQuizLength)
	}
	return p
}

// MaxQuizYear is the last year that a quiz can be limited to, and before Christ the
// first.
const MaxQuizYear = 9999

func (q Quiz) validateYears(p *Problems) {
	for _, f := range []struct {
		name string
		year int
	}{{"from", q.FromYear}, {"to", q.ToYear}} {
		if f.year < -MaxQuizYear || f.year > MaxQuizYear {
			p.Add(f.name, "problem.quiz.year")
			return
		}
	}
	switch {
	case q.FromYear == 0 && q.ToYear != 0:
		p.Add("from", "problem.quiz.both")
	case q.FromYear != 0 && q.ToYear == 0:
		p.Add("to", "problem.quiz.both")
	case q.FromYear > q.ToYear:
		p.Add("to", "problem.quiz.turned")
	}
}

// HasYearLimit tells whether only a part of the years is asked for.
func (q Quiz) HasYearLimit() bool { return q.FromYear != 0 && q.ToYear != 0 }

// DayRange are the first and the last day that is asked for.
func (q Quiz) DayRange() (first, last int64) {
	if !q.HasYearLimit() {
		return edtf.MinDay, edtf.MaxDay
	}
	return edtf.DayNumber(AstronomicalYear(q.FromYear), 1, 1), edtf.DayNumber(AstronomicalYear(q.ToYear), 12, 31)
}

// AstronomicalYear is a year as people count it in a count that has a year 0, 1 BC.
func AstronomicalYear(year int) int64 {
	if year < 0 {
		year++
	}
	return int64(year)
}

// HistoricalYear is the inverse of Astronomical.
func HistoricalYear(year int64) int {
	if year <= 0 {
		year--
	}
	return int(year)
}

// TimeLimit is the time that a gentle clock gives for a question of that kind.
// When it is over nothing is lost: the result only counts what came within it.
func (k Kind) TimeLimit() time.Duration {
	switch k {
	case KindOrder, KindMatch:
		return 60 * time.Second
	case KindWhenTyped, KindGapTyped, KindPlace:
		return 40 * time.Second
	}
	return 20 * time.Second
}

// IndexOf gives the place of a card in the quiz, -1 when it is not in it.
func (q Quiz) IndexOf(id CardID) int {
	return slices.IndexFunc(q.Items, func(a QuizItem) bool { return a.CardID == id })
}
