// Package mark judges answers and turns them into what the memory learns.
package mark

import (
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// How long a right answer may take before it counts as hard. Slow right answers
// are forgotten sooner; time refines, it never decides.
const (
	slow      = 25 * time.Second
	slowTyped = 60 * time.Second // writing and moving take their time
)

// Mark is what an answer was judged to be.
type Mark struct {
	Verdict  quiz.Verdict
	Rating   fsrs.Rating
	Form     fsrs.Form
	Score    float64  // 1 for right; see quiz.Review
	Parts    []Part   // of a typed date
	Hits, Of int      // pairs of an order or a match that stand right, of all
	Each     []bool   // of the options of an order or a match: which stand right
	Beside   []Beside // what an order or a match says of the other facts
	Confused int64    // the fact whose date, event or term was given instead; 0 for none
	Slip     bool     // one slip of typing was forgiven
	Away     float64  // of a place or a near year: years from the right one, below 0 for too early
}

// Beside is what an answer says of a fact that stood beside the one asked for.
type Beside struct {
	Fact int64
	Mark
}

// Answer judges an answer to a question. It fails with Invalid, and says at
// which field, when the answer makes no sense: an option that was not offered,
// an order with a repeat, a text that is no date. Such an answer is not wrong:
// nothing is kept of it, and the question waits.
func Answer(q quiz.Question, a quiz.Answer) (Mark, error) {
	m, err := answer(q, a)
	if err != nil {
		return Mark{}, err
	}
	if m.Rating == fsrs.Good && q.Kind != quiz.Flip && a.Took > patience(q.Kind) {
		m.Rating = fsrs.Hard
	}
	return m, nil
}

func patience(k quiz.Kind) time.Duration {
	if k.Chooses() {
		return slow
	}
	return slowTyped
}

func answer(q quiz.Question, a quiz.Answer) (Mark, error) {
	switch {
	case q.Kind == quiz.Flip:
		return flip(a)
	case a.Passed:
		return passed(q), nil
	case q.Kind.Chooses():
		return choose(q, a)
	case q.Kind == quiz.WhenTyped:
		return typedDate(q, a.Given)
	case q.Kind == quiz.GapTyped:
		return typedTerm(q, a.Given, a.Strict)
	case q.Kind == quiz.Place:
		return placed(q, a.Given)
	case q.Kind == quiz.Order:
		return ordered(q, a.Given)
	case q.Kind == quiz.Match:
		return matched(q, a.Given)
	}
	return Mark{}, quiz.Fail(quiz.Invalid, "error.option")
}

// passed is "I do not know": wrong, at no cost.
func passed(q quiz.Question) Mark {
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q), Each: make([]bool, len(q.Options))}
	m.Parts = partsOf(q.Right, nothing)
	switch n := len(q.Options); q.Kind {
	case quiz.Order:
		m.Of = n * (n - 1) / 2
	case quiz.Match:
		m.Of = n
	}
	return m
}

func choose(q quiz.Question, a quiz.Answer) (Mark, error) {
	if a.Chosen < 0 || a.Chosen >= len(q.Options) {
		return Mark{}, quiz.Fail(quiz.Invalid, "error.option")
	}
	if a.Chosen == q.Answer {
		return Mark{Verdict: quiz.Right, Rating: fsrs.Good, Form: Form(q), Score: 1}, nil
	}
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q), Confused: q.Options[a.Chosen].Fact}
	switch {
	case q.Kind == quiz.First && m.Confused == q.Fact: // the other one came first, or did not
		m.Confused = q.Options[1-a.Chosen].Fact
	case q.Kind == quiz.Truth && q.Shown.Fact != q.Fact: // its date was taken for the asked one's
		m.Confused = q.Shown.Fact
	}
	if m.Confused == q.Fact {
		m.Confused = 0
	}
	return m, nil
}

func flip(a quiz.Answer) (Mark, error) {
	if a.Rating < fsrs.Again || a.Rating > fsrs.Easy {
		return Mark{}, quiz.Fail(quiz.Invalid, "error.rating")
	}
	m := Mark{Verdict: quiz.Right, Rating: a.Rating, Form: fsrs.Plain, Score: 1}
	if a.Rating == fsrs.Again {
		m.Verdict, m.Score = quiz.Wrong, 0
	}
	return m, nil
}

// Form gives how a question can be guessed, with the start values that hold
// until answers fit better ones.
func Form(q quiz.Question) fsrs.Form {
	switch q.Kind {
	case quiz.Flip:
		return fsrs.Plain
	case quiz.First, quiz.Truth:
		return fsrs.Either()
	case quiz.WhenTyped, quiz.GapTyped:
		return fsrs.Recall()
	case quiz.Place:
		return fsrs.Near(covered(q, 1))
	case quiz.Order:
		return fsrs.Ordering(len(q.Options))
	case quiz.Match:
		return fsrs.Matching(len(q.Options))
	}
	return fsrs.Choice(len(q.Options))
}

// Class gives the sort of form that a kind of question is, whose effects are fitted
// together.
func Class(k quiz.Kind) fsrs.Class {
	switch k {
	case quiz.Flip:
		return fsrs.Judged
	case quiz.First, quiz.Truth:
		return fsrs.EitherOr
	case quiz.WhenTyped, quiz.GapTyped:
		return fsrs.Recalled
	case quiz.Place:
		return fsrs.Placed
	case quiz.Order:
		return fsrs.Ordered
	case quiz.Match:
		return fsrs.Matched
	}
	return fsrs.Chosen
}

// corrected takes off what the best constant answer earns, so that it earns
// nothing on average.
func corrected(credit, constant float64) float64 {
	if constant > 1-1e-9 {
		return 0
	}
	return (credit - constant) / (1 - constant)
}

// invalid is the error of an answer that makes no sense.
func invalid(key string, pairs ...any) error {
	var p quiz.Problems
	p.Add("given", key, pairs...)
	return &quiz.Error{Fault: quiz.Invalid, Key: key, Problems: p}
}

// typedTerm judges a term by its spellings.
func typedTerm(q quiz.Question, given string, strict bool) (Mark, error) {
	plain := quiz.Bare(given)
	switch {
	case strings.TrimSpace(given) == "":
		return Mark{}, invalid("problem.term.missing")
	case len([]rune(given)) > longestGiven:
		return Mark{}, invalid("problem.given.long", "Max", longestGiven)
	case plain == "":
		return Mark{}, invalid("problem.term.none")
	}
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q)}
	for _, spelling := range append([]string{q.Term}, q.Accepted...) {
		want := quiz.Bare(spelling)
		slip := plain != want && !strict && len(q.Terms) == 0 && forgiven(plain, want)
		if plain == want || slip {
			m.Verdict, m.Rating, m.Score = quiz.Right, fsrs.Good, 1
			m.Slip = slip
		}
		if plain == want {
			break
		}
	}
	return m, nil
}

// longestGiven is how long a typed answer may be, in characters.
const longestGiven = 100

// shortestSlip is the length, in letters, from which a slip is forgiven: in a
// shorter word one letter makes another word.
const shortestSlip = 5

// forgiven tells whether a text is one slip away from a term that is long
// enough for it. Figures are never forgiven.
func forgiven(plain, want string) bool {
	if len([]rune(want)) < shortestSlip || !quiz.OneSlip(plain, want) {
		return false
	}
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	return digits(plain) == digits(want) && !romans(plain, want)
}

// romans tells whether two texts differ in a Roman figure: Alexander II is not
// Alexander III.
func romans(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] && (strings.Trim(x[i], "ivxlcdm") == "" || strings.Trim(y[i], "ivxlcdm") == "") {
			return true
		}
	}
	return len(x) != len(y)
}

// With is the mark with the effects that a kind of question turned out to have.
func (m Mark) With(e fsrs.Effects, k quiz.Kind) Mark {
	m.Form = e.Of(Class(k), m.Form)
	m.Beside = slices.Clone(m.Beside)
	for i := range m.Beside {
		m.Beside[i].Form = e.Of(Class(k), m.Beside[i].Form)
	}
	return m
}
