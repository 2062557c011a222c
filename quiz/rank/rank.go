// Package rank decides what answers count on boards. Points are memory gained: what is
// already known, what a person judges alone and what is answered again on the same day
// bring nothing, and wrong answers cost nothing.
package rank

import (
	"math"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// The measures of points.
const (
	Horizon = 30  // days ahead for which memory is gained
	scale   = 100 // points for a fact that is held that long for sure
	Cap     = 200 // points of a day on one board
	Proofs  = 2   // recalls on later days that make a card held
)

// The time below which nobody reads a question and answers it.
const (
	quickChoice = 700 * time.Millisecond
	quickTyped  = 1200 * time.Millisecond
)

// Gain is what the first answer of a day to a card brought. It is written once a card
// and day.
type Gain struct {
	quiz.CardID
	Token  string
	Deck   int64
	Day    int64 // the learner's
	At     time.Time
	Points int
	Proof  int  // 1 for a recall on a later day, −1 for a lapse, else 0
	Quick  bool // faster than anybody reads: it brings nothing, and its teacher is told
}

// Of gives what an answer brings, as it is marked now. Known tells whether the card
// brought something on an earlier day, and gap is the time since the person's answer
// before, 0 for none. It is false for what cannot count: another answer to the card on
// that day, flashcards, what is void or taken back, and quizzes about what is not due.
func Of(r quiz.Review, known bool, gap time.Duration) (Gain, bool) {
	g := Gain{CardID: r.Before.CardID, Token: r.Token, Deck: r.Deck, Day: r.Day, At: r.At}
	fresh := r.Before.IsNew()
	switch {
	case r.Undone, r.Verdict == quiz.Void, r.Question.Kind == quiz.Flip, r.Rating == 0:
		return g, false
	case !fresh && r.Before.Memory.LastDay >= r.Day:
		return g, false
	case !fresh && !r.Before.IsDue(r.Day) && (r.Run != "" || r.Lead != ""): // what is studied, Chronicle chose
		return g, false
	}
	if fresh {
		g.CardID = r.After.CardID
	}
	right := r.Rating != fsrs.Again
	switch {
	case quick(r, gap):
		g.Quick = true
	case right && fresh && known: // it was forgotten by hand, and met again
	case right:
		g.Points = points(r, fresh)
	}
	switch {
	case !right && known:
		g.Proof = -1
	case right && !fresh && !g.Quick:
		g.Proof = 1
	}
	return g, true
}

func quick(r quiz.Review, gap time.Duration) bool {
	least := quickTyped
	if r.Question.Kind.Chooses() {
		least = quickChoice
	}
	return r.Took > 0 && r.Took < least || gap > 0 && gap < least
}

// points are hundredths of a fact that is remembered for the horizon, as everybody's
// memory goes: what is expected after the answer, less what would be without it. A first
// answer that can be guessed brings as much less. A due card that is known brings 1 at
// least.
func points(r quiz.Review, fresh bool) int {
	m := study.Scheduler.Model
	after := m.Recall(r.After.Memory.Memory, Horizon)
	if fresh {
		return int(math.Round(scale * after * (1 - r.Form.Guess)))
	}
	before := m.Recall(r.Before.Memory.Memory, float64(r.Day-r.Before.Memory.LastDay)+Horizon)
	least := 0
	if r.Before.IsDue(r.Day) {
		least = 1
	}
	return max(least, int(math.Round(scale*(after-before))))
}

// Capped is how many points of a day count.
func Capped(points int) int { return min(points, Cap) }

// Held tells whether the proofs of a card, oldest first, make it held.
func Held(proofs []int) bool {
	n := 0
	for _, p := range proofs {
		switch p {
		case 1:
			n++
		case -1:
			n = 0
		}
	}
	return n >= Proofs
}

// Span is a kind of period.
type Span string

// The spans.
const (
	Week Span = "week"
	Term Span = "term"
	All  Span = "all"
)

// Spans are all of them.
var Spans = []Span{Week, Term, All}

// Period is the key of the period of a span in which an instant lies, by the calendar
// of a board: 2026-W47, 2026-T3, all. Terms are January to April, May to August and
// September to December.
func Period(s Span, cal quiz.Calendar, at time.Time) string {
	date := cal.Date(cal.From(0).Day(at))
	switch s {
	case Week:
		year, week := date.ISOWeek()
		return strconv.Itoa(year) + "-W" + pad(week)
	case Term:
		return strconv.Itoa(date.Year()) + "-T" + strconv.Itoa((int(date.Month())+3)/4)
	}
	return string(All)
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// SpanOf is the span of a period's key; empty for what is none.
func SpanOf(period string) Span {
	switch {
	case period == string(All):
		return All
	case len(period) == 8 && period[4:6] == "-W":
		return Week
	case len(period) == 7 && period[4:6] == "-T":
		return Term
	}
	return ""
}

// Ends is the day behind the last of a period, by its board's calendar; 0 for all time.
func Ends(s Span, cal quiz.Calendar, at time.Time) int64 {
	day := cal.From(0).Day(at)
	now := Period(s, cal, at)
	if s == All {
		return 0
	}
	for {
		day++
		if Period(s, cal, cal.From(0).Start(day)) != now {
			return day
		}
	}
}
