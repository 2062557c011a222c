// Package leaderboard computes points and adds members to leaderboards. Points measure
// memory gained: facts already known, self-graded flashcards and repeated answers on the
// same day earn nothing, and wrong answers cost nothing.
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

// Constants of the points formula.
const (
	HorizonDays    = 30  // days ahead at which recall is measured
	pointsPerFact  = 100 // points for a fact that is certainly recalled after HorizonDays
	DailyCap       = 200 // maximum points per day on one leaderboard
	MasteryRecalls = 2   // recalls on later days that make a card mastered
)

// Answers faster than this are rushed: nobody can read a question and answer it in that
// time.
const (
	rushedChoice = 700 * time.Millisecond
	rushedTyped  = 1200 * time.Millisecond
)

// PointLogEntry holds the points that the first answer of a day to a card earned. There
// is one entry per card and day.
type PointLogEntry struct {
	quiz.CardID
	Token       string
	Deck        int64
	Day         int64 // the learner's day
	At          time.Time
	Points      int
	MasteryStep int  // 1 for a recall on a later day, −1 for a lapse, else 0
	Rushed      bool // answered too fast: earns nothing and is reported to the teacher
}

// EarlierPoints summarizes the point log entries of a card on earlier days.
type EarlierPoints struct {
	Days int // days on which it was asked
	Paid int // points earned
}

// PointsFor returns the point log entry for a review, with the grade it had when it was
// given; gap is the time since the person's previous answer, 0 for none. It returns
// false if the review cannot count: a repeated answer to the card on that day, a
// flashcard, a void answer, a right answer that was undone, or an answer about a card
// that is not due, in a quiz or as a companion in another card's question. A wrong
// answer that was undone earns nothing but is logged, because otherwise a learner who
// has seen the solution could answer again for points.
func PointsFor(r quiz.Review, past EarlierPoints, gap time.Duration) (PointLogEntry, bool) {
	g := PointLogEntry{CardID: r.CardBefore.CardID, Token: r.Token, Deck: r.Deck, Day: r.Day, At: r.At}
	fresh := r.CardBefore.IsNew()
	switch {
	case r.Undone && r.Rating != fsrs.Again, r.Verdict == quiz.VerdictVoid, r.Question.Kind == quiz.KindFlashcard, r.Rating == 0:
		return g, false
	case !fresh && r.CardBefore.State.LastDay >= r.Day:
		return g, false
	case !fresh && !r.CardBefore.IsDue(r.Day) && (r.QuizAttempt != "" || r.LeadToken != ""): // in a study session Chronicle chose the card
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

// pointsForReview returns hundredths of a fact recalled after HorizonDays, by the
// default parameters: the expected recall after the answer, minus the points already
// paid for the card, so that forgetting and relearning is not paid twice. A first answer
// is reduced by its chance of guessing. A due card answered right earns at least 1
// point.
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

// CapPoints limits the points of a day to DailyCap.
func CapPoints(points int) int { return min(points, DailyCap) }

// IsMastered reports whether the mastery steps of a card, oldest first, make it mastered
// now, and whether it ever was.
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

// PeriodKind is the length of a leaderboard period.
type PeriodKind string

// The period kinds.
const (
	PeriodWeek    PeriodKind = "week"
	PeriodTerm    PeriodKind = "term"
	PeriodAllTime PeriodKind = "all"
)

// PeriodKinds lists all period kinds.
var PeriodKinds = []PeriodKind{PeriodWeek, PeriodTerm, PeriodAllTime}

// PeriodKey returns the key of the period that contains an instant, by the calendar of a
// leaderboard: 2026-W47, 2026-T3, all. Terms are January to April, May to August and
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

// ParsePeriodKind returns the kind of a period key, or "" if it is not valid.
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

// PreviousPeriods returns the keys of the given number of periods before the one that
// contains an instant, latest first.
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

// PeriodEnd returns the first day after the period that contains an instant, by the
// leaderboard's calendar; 0 for all time.
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
