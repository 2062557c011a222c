// Package rank decides what answers count on boards. Points are memory gained: what is
// already known, what a person judges alone and what is answered again on the same day
// bring nothing, and wrong answers cost nothing.
package rank

import (
	"math"
	"regexp"
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

// Past is what is written down of a card on earlier days.
type Past struct {
	Days int // on which it was asked
	Paid int // points
}

// Of gives what an answer brings, as it was marked when it was given; gap is the time
// since the person's answer before, 0 for none. It is false for what cannot count: another
// answer to the card on that day, flashcards, what is void, a right answer that was taken
// back, and quizzes about what is not due. A wrong answer that was taken back brings
// nothing and is written down: else who has seen the solution could answer again for
// points.
func Of(r quiz.Review, past Past, gap time.Duration) (Gain, bool) {
	g := Gain{CardID: r.Before.CardID, Token: r.Token, Deck: r.Deck, Day: r.Day, At: r.At}
	fresh := r.Before.IsNew()
	switch {
	case r.Undone && r.Rating != fsrs.Again, r.Verdict == quiz.Void, r.Question.Kind == quiz.Flip, r.Rating == 0:
		return g, false
	case !fresh && r.Before.Memory.LastDay >= r.Day:
		return g, false
	case !fresh && !r.Before.IsDue(r.Day) && (r.Run != "" || r.Lead != ""): // what is studied, Chronicle chose
		return g, false
	}
	if fresh {
		g.CardID = r.After.CardID
	}
	g.Quick = quick(r, gap)
	if r.Undone {
		return g, true
	}
	right := r.Rating != fsrs.Again
	if right && !g.Quick {
		g.Points = points(r, fresh, past.Paid)
	}
	switch {
	case !right && past.Days > 0:
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
// memory goes: what is expected after the answer, less what was paid for the card before,
// so that nothing is paid twice, however often it is forgotten. A first answer that can be
// guessed brings as much less. A due card that is known brings 1 at least.
func points(r quiz.Review, fresh bool, paid int) int {
	after := study.Scheduler.Model.Recall(r.After.Memory.Memory, Horizon)
	least := 0
	if fresh {
		after *= 1 - r.Form.Guess
	} else if r.Before.IsDue(r.Day) {
		least = 1
	}
	return max(least, int(math.Round(scale*after))-paid)
}

// Capped is how many points of a day count.
func Capped(points int) int { return min(points, Cap) }

// Held tells whether the proofs of a card, oldest first, make it held, and whether it
// ever was.
func Held(proofs []int) (now, ever bool) {
	n := 0
	for _, p := range proofs {
		switch p {
		case 1:
			n++
		case -1:
			n = 0
		}
		ever = ever || n >= Proofs
	}
	return n >= Proofs, ever
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
		year, n := date.ISOWeek()
		return strconv.Itoa(year) + "-W" + pad(n)
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
	case week.MatchString(period):
		return Week
	case term.MatchString(period):
		return Term
	}
	return ""
}

var (
	week = regexp.MustCompile(`^20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])$`)
	term = regexp.MustCompile(`^20[0-9]{2}-T[123]$`)
)

// Before gives the keys of so many periods of a span before the one in which an instant
// lies, the last first.
func Before(s Span, cal quiz.Calendar, at time.Time, many int) []string {
	var out []string
	date := cal.Date(cal.From(0).Day(at))
	for range many {
		if s == Week {
			date = date.AddDate(0, 0, -7)
			year, n := date.ISOWeek()
			out = append(out, strconv.Itoa(year)+"-W"+pad(n))
			continue
		}
		first := (int(date.Month())+3)/4*4 - 3
		date = time.Date(date.Year(), time.Month(first), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
		out = append(out, strconv.Itoa(date.Year())+"-T"+strconv.Itoa((int(date.Month())+3)/4))
	}
	return out
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
