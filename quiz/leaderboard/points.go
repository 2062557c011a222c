// Package rank decides what answers count on boards. Points are memory gained: what is
// already known, what a person judges alone and what is answered again on the same day
// bring nothing, and wrong answers cost nothing.
package leaderboard

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
	HorizonDays    = 30  // days ahead for which memory is gained
	pointsPerFact  = 100 // points for a fact that is held that long for sure
	DailyCap       = 200 // points of a day on one board
	MasteryRecalls = 2   // recalls on later days that make a card held
)

// The time below which nobody reads a question and answers it.
const (
	rushedChoice = 700 * time.Millisecond
	rushedTyped  = 1200 * time.Millisecond
)

// PointLogEntry is what the first answer of a day to a card brought. It is written once a card
// and day.
type PointLogEntry struct {
	quiz.CardID
	Token       string
	Deck        int64
	Day         int64 // the learner's
	At          time.Time
	Points      int
	MasteryStep int  // 1 for a recall on a later day, −1 for a lapse, else 0
	Rushed      bool // faster than anybody reads: it brings nothing, and its teacher is told
}

// EarlierPoints is what is written down of a card on earlier days.
type EarlierPoints struct {
	Days int // on which it was asked
	Paid int // points
}

// PointsFor gives what an answer brings, as it was marked when it was given; gap is the time
// since the person's answer before, 0 for none. It is false for what cannot count: another
// answer to the card on that day, flashcards, what is void, a right answer that was taken
// back, and quizzes about what is not due. A wrong answer that was taken back brings
// nothing and is written down: else who has seen the solution could answer again for
// points.
func PointsFor(r quiz.Review, past EarlierPoints, gap time.Duration) (PointLogEntry, bool) {
	g := PointLogEntry{CardID: r.CardBefore.CardID, Token: r.Token, Deck: r.Deck, Day: r.Day, At: r.At}
	fresh := r.CardBefore.IsNew()
	switch {
	case r.Undone && r.Rating != fsrs.Again, r.Verdict == quiz.VerdictVoid, r.Question.Kind == quiz.KindFlashcard, r.Rating == 0:
		return g, false
	case !fresh && r.CardBefore.State.LastDay >= r.Day:
		return g, false
	case !fresh && !r.CardBefore.IsDue(r.Day) && (r.QuizAttempt != "" || r.LeadToken != ""): // what is studied, Chronicle chose
		return g, false
	}
	if fresh {
		g.CardID = r.CardAfter.CardID
	}
	g.Rushed = isRushed(r, gap)
	if r.Undone {
		return g, true
	}
	right := r.Rating != fsrs.Again
	if right && !g.Rushed {
		g.Points = pointsForReview(r, fresh, past.Paid)
	}
	switch {
	case !right && past.Days > 0:
		g.MasteryStep = -1
	case right && !fresh && !g.Rushed:
		g.MasteryStep = 1
	}
	return g, true
}

func isRushed(r quiz.Review, gap time.Duration) bool {
	least := rushedTyped
	if r.Question.Kind.IsChoice() {
		least = rushedChoice
	}
	return r.Duration > 0 && r.Duration < least || gap > 0 && gap < least
}

// pointsForReview are hundredths of a fact that is remembered for the horizon, as everybody's
// memory goes: what is expected after the answer, less what was paid for the card before,
// so that nothing is paid twice, however often it is forgotten. A first answer that can be
// guessed brings as much less. A due card that is known brings 1 at least.
func pointsForReview(r quiz.Review, fresh bool, paid int) int {
	after := study.DefaultScheduler.Model.Retrievability(r.CardAfter.State.Memory, HorizonDays)
	least := 0
	if fresh {
		after *= 1 - r.Form.Guess
	} else if r.CardBefore.IsDue(r.Day) {
		least = 1
	}
	return max(least, int(math.Round(pointsPerFact*after))-paid)
}

// CapPoints is how many points of a day count.
func CapPoints(points int) int { return min(points, DailyCap) }

// IsMastered tells whether the proofs of a card, oldest first, make it held, and whether it
// ever was.
func IsMastered(proofs []int) (now, ever bool) {
	n := 0
	for _, p := range proofs {
		switch p {
		case 1:
			n++
		case -1:
			n = 0
		}
		ever = ever || n >= MasteryRecalls
	}
	return n >= MasteryRecalls, ever
}

// PeriodKind is a kind of period.
type PeriodKind string

// The spans.
const (
	PeriodWeek    PeriodKind = "week"
	PeriodTerm    PeriodKind = "term"
	PeriodAllTime PeriodKind = "all"
)

// PeriodKinds are all of them.
var PeriodKinds = []PeriodKind{PeriodWeek, PeriodTerm, PeriodAllTime}

// PeriodKey is the key of the period of a span in which an instant lies, by the calendar
// of a board: 2026-W47, 2026-T3, all. Terms are January to April, May to August and
// September to December.
func PeriodKey(s PeriodKind, cal quiz.Calendar, at time.Time) string {
	date := cal.Date(cal.WithDayStart(0).Day(at))
	switch s {
	case PeriodWeek:
		year, n := date.ISOWeek()
		return strconv.Itoa(year) + "-W" + twoDigits(n)
	case PeriodTerm:
		return strconv.Itoa(date.Year()) + "-T" + strconv.Itoa((int(date.Month())+3)/4)
	}
	return string(PeriodAllTime)
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// ParsePeriodKind is the span of a period's key; empty for what is none.
func ParsePeriodKind(period string) PeriodKind {
	switch {
	case period == string(PeriodAllTime):
		return PeriodAllTime
	case weekPattern.MatchString(period):
		return PeriodWeek
	case termPattern.MatchString(period):
		return PeriodTerm
	}
	return ""
}

var (
	weekPattern = regexp.MustCompile(`^20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])$`)
	termPattern = regexp.MustCompile(`^20[0-9]{2}-T[123]$`)
)

// PreviousPeriods gives the keys of so many periods of a span before the one in which an instant
// lies, the last first.
func PreviousPeriods(s PeriodKind, cal quiz.Calendar, at time.Time, many int) []string {
	var out []string
	date := cal.Date(cal.WithDayStart(0).Day(at))
	for range many {
		if s == PeriodWeek {
			date = date.AddDate(0, 0, -7)
			year, n := date.ISOWeek()
			out = append(out, strconv.Itoa(year)+"-W"+twoDigits(n))
			continue
		}
		first := (int(date.Month())+3)/4*4 - 3
		date = time.Date(date.Year(), time.Month(first), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
		out = append(out, strconv.Itoa(date.Year())+"-T"+strconv.Itoa((int(date.Month())+3)/4))
	}
	return out
}

// PeriodEnd is the day behind the last of a period, by its board's calendar; 0 for all time.
func PeriodEnd(s PeriodKind, cal quiz.Calendar, at time.Time) int64 {
	day := cal.WithDayStart(0).Day(at)
	now := PeriodKey(s, cal, at)
	if s == PeriodAllTime {
		return 0
	}
	for {
		day++
		if PeriodKey(s, cal, cal.WithDayStart(0).DayStart(day)) != now {
			return day
		}
	}
}
