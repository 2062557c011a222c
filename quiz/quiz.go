package quiz

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"chronicle/quiz/edtf"
)

// Limits of a quiz, in questions.
const (
	MinQuizLength     = 3
	MaxQuizLength     = 50
	DefaultQuizLength = 10
	MaxQuizSeed       = 1_000_000 // seeds are below this, so that they can be read aloud
)

// Quiz holds the settings that a list of questions is built from. The same settings
// give everyone the same questions as long as the deck does not change.
type Quiz struct {
	Deck          int64
	Seed          uint64
	Length        int
	Kinds         []Kind   // kinds to ask; empty for all graded kinds
	Timed         bool     // shows a time limit for each question
	RepeatsMissed bool     // repeats missed questions of another quiz, or contrasts two facts
	FromYear      int      // first and last historical year asked for; negative is BC, both 0 for all.
	ToYear        int      // There is no historical year 0.
	FactKeys      []string // keys of the facts to ask; empty for all
	Items         []QuizItem
}

// QuizItem is one position in a quiz.
type QuizItem struct {
	CardID
	Kind         Kind
	ContrastFact int64 // the fact to contrast it with; 0 for any
}

// QuizAttempt is one person's go at a quiz.
type QuizAttempt struct {
	ID        string
	Quiz      Quiz
	StartedAt time.Time
}

// Key returns a short hash of the quiz's settings, without the deck. It is the same
// for everyone who takes the same quiz of a deck.
func (q Quiz) Key() string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %d %q %t %d %d %q", q.Seed, q.Length, q.Kinds, q.Timed, q.FromYear, q.ToYear, q.FactKeys)
	return strconv.FormatUint(h.Sum64(), 36)
}

// Validate returns the problems with the settings. The fields are length, kinds, seed,
// from, to and facts.
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

// MaxQuizYear is the latest year that a quiz can be limited to; the earliest is the
// same year BC.
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

// HasYearLimit reports whether the quiz asks for a limited range of years.
func (q Quiz) HasYearLimit() bool { return q.FromYear != 0 && q.ToYear != 0 }

// DayRange returns the first and last day of the years that the quiz asks for.
func (q Quiz) DayRange() (first, last int64) {
	if !q.HasYearLimit() {
		return edtf.MinDay, edtf.MaxDay
	}
	return edtf.DayNumber(AstronomicalYear(q.FromYear), 1, 1), edtf.DayNumber(AstronomicalYear(q.ToYear), 12, 31)
}

// AstronomicalYear converts a historical year, where −1 is 1 BC, to astronomical year
// numbering, where 0 is 1 BC.
func AstronomicalYear(year int) int64 {
	if year < 0 {
		year++
	}
	return int64(year)
}

// HistoricalYear is the inverse of AstronomicalYear.
func HistoricalYear(year int64) int {
	if year <= 0 {
		year--
	}
	return int(year)
}

// TimeLimit returns the time allowed for a question of this kind in a timed quiz. Late
// answers count in full; the result page only shows how many were in time.
func (k Kind) TimeLimit() time.Duration {
	switch k {
	case KindOrder, KindMatch:
		return 60 * time.Second
	case KindWhenTyped, KindGapTyped, KindPlace:
		return 40 * time.Second
	}
	return 20 * time.Second
}

// IndexOf returns the position of a card in the quiz, or -1 if it is not in it.
func (q Quiz) IndexOf(id CardID) int {
	return slices.IndexFunc(q.Items, func(a QuizItem) bool { return a.CardID == id })
}
