// Package survey tells what a class remembers: who has not begun, who is stuck, what
// is hard.
package classreport

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// StudentInput is a student with what is known of them in the deck of an assignment. Nothing
// of other decks is looked at but how long answers take them.
type StudentInput struct {
	quiz.Student
	Parameters       quiz.Parameters
	DesiredRetention float64
	JoinedDay        int64       // the class's day on which they came
	ExtensionDays    int         // days that they were given
	Cards            []quiz.Card // of the assignment, in memory
	RecentAnswers    int         // in the last days, see Lately
	RecentRight      int         // of them
	Pace             time.Duration
}

// RecentDays is over how many days answers are counted.
const RecentDays = 7

// ClassConfusion is a fact that was taken for another.
type ClassConfusion struct {
	Fact, With int64
	People     int // who did so
}

// WrongAnswer is a wrong answer that a class gave about a fact.
type WrongAnswer struct {
	Facet        quiz.Facet // that was asked
	ConfusedWith int64      // the fact whose date, event or term was given; 0 for none
	Given        string     // what was typed, where it is of no fact
	People       int
	Answers      int
}

// ReportInput is what a survey is made of.
type ReportInput struct {
	quiz.Assignment
	Facts      []quiz.Fact // that are asked for, in order of date
	Facets     map[int64]int
	Students   []StudentInput
	Confusions []ClassConfusion
	Today      int64 // the class's day
}

// StudentStatus is how a student stands.
type StudentStatus string

// The states. Fine is what is to be expected at that point; Stuck wants a teacher.
const (
	StatusNotStarted StudentStatus = "not-begun"
	StatusStuck      StudentStatus = "stuck"
	StatusFine       StudentStatus = "fine"
)

// StuckReason says why somebody is stuck.
type StuckReason string

// The reasons.
const (
	StuckInactive  StuckReason = "away"    // not seen for days while cards fade
	StuckManyWrong StuckReason = "missing" // most answers are wrong of late
	StuckTooSlow   StuckReason = "late"    // the goal is far at this pace
)

// StuckReasons are all of them.
var StuckReasons = []StuckReason{StuckInactive, StuckManyWrong, StuckTooSlow}

// maxForecastDays is how many days ahead the way is imagined at most: later ones change little.
const maxForecastDays = 120

// When somebody counts as stuck.
const (
	inactiveDays     = 4    // without an answer
	minRightShare    = 0.5  // of the answers of late
	minRecentAnswers = 10   // answers of late that tell something
	maxShortfall     = 0.15 // of what is to be known, below the goal
)

// StudentRow is a student with how they stand.
type StudentRow struct {
	StudentInput
	TargetDay       int64              // by which they are to know it
	FactRecall      []float64          // by fact: the mean chance of recall of its cards that were met; −1 where none was
	Known           float64            // mean ink of all facts, 0 for what was not met
	Learned         int                // cards
	Due             int                // cards that fade today
	LastDay         int64              // the day of the last answer; 0 without one
	Forecast        study.TestForecast // Share, Low and High are of facts, as Known is
	ForecastPending bool               // it is not worked out yet
	Status          StudentStatus
	StuckReason     StuckReason
	OnTrack         bool // what is expected is the goal or more
}

// FactColumn is a fact with how the class knows it.
type FactColumn struct {
	quiz.Fact
	MeanRecall         float64        // mean ink of all students
	LearnersMeanRecall float64        // mean ink of those who have met it
	LearnerCount       int            // students who have met it
	Confusion          ClassConfusion // with what most mix it up; the zero Mix for nothing
}

// Report is how a class stands.
type Report struct {
	ReportInput
	Cards        int // that can be learned
	Rows         []StudentRow
	Columns      []FactColumn
	StartedCount int     // students who have begun
	OnTrackCount int     // students
	PendingCount int     // students of whom it is not worked out yet what to expect
	ForecastMean float64 // mean of what is expected of all; of who has not begun nothing is
	KnownMean    float64 // mean of what all know now
}

// ForecastFunc gives what is expected of a student's way; it may remember. It is false for
// what is not worked out yet.
type ForecastFunc func(p StudentInput, r study.TestPlanInput, s *fsrs.Scheduler) (study.TestForecast, bool)

// NoForecast is for those who do not ask.
func NoForecast(StudentInput, study.TestPlanInput, *fsrs.Scheduler) (study.TestForecast, bool) {
	return study.TestForecast{}, true
}

// ForecastStudent imagines the way anew.
func ForecastStudent(p StudentInput, r study.TestPlanInput, s *fsrs.Scheduler) (study.TestForecast, bool) {
	return study.ForecastTestRoughly(r, s, uint64(p.ID)), true
}

// BuildReport surveys a class.
func BuildReport(c ReportInput, foretell ForecastFunc) Report {
	r := Report{ReportInput: c, Columns: make([]FactColumn, len(c.Facts))}
	at := make(map[int64]int, len(c.Facts))
	for i, f := range c.Facts {
		at[f.ID] = i
		r.Cards += c.Facets[f.ID]
		r.Columns[i].Fact = f
	}
	for _, p := range c.Students {
		row := buildRow(c, p, at, r.Cards, foretell)
		for i, ink := range row.FactRecall {
			if ink >= 0 {
				r.Columns[i].MeanRecall += ink
				r.Columns[i].LearnersMeanRecall += ink
				r.Columns[i].LearnerCount++
			}
		}
		r.KnownMean += row.Known
		if row.Status != StatusNotStarted {
			r.StartedCount++
			r.ForecastMean += row.Forecast.KnownOnDay
		}
		if row.ForecastPending {
			r.PendingCount++
		}
		if row.OnTrack {
			r.OnTrackCount++
		}
		r.Rows = append(r.Rows, row)
	}
	r.KnownMean /= float64(max(1, len(c.Students)))
	r.ForecastMean /= float64(max(1, len(c.Students)-r.PendingCount))
	for i := range r.Columns {
		r.Columns[i].MeanRecall /= float64(max(1, len(c.Students)))
		r.Columns[i].LearnersMeanRecall /= float64(max(1, r.Columns[i].LearnerCount))
	}
	for _, m := range c.Confusions {
		if i, ok := at[m.Fact]; ok && m.People > r.Columns[i].Confusion.People {
			r.Columns[i].Confusion = m
		}
	}
	return r
}

func buildRow(c ReportInput, p StudentInput, at map[int64]int, cards int, foretell ForecastFunc) StudentRow {
	s := study.NewScheduler(p.Parameters, p.DesiredRetention)
	row := StudentRow{StudentInput: p, TargetDay: c.TargetDayFor(p.JoinedDay, p.ExtensionDays), FactRecall: make([]float64, len(c.Facts)), Status: StatusNotStarted}
	met := make([]float64, len(c.Facts))
	for i := range row.FactRecall {
		row.FactRecall[i] = -1
	}
	for _, card := range p.Cards {
		i, ok := at[card.Fact]
		if !ok {
			continue
		}
		met[i]++
		row.FactRecall[i] = max(0, row.FactRecall[i])
		row.FactRecall[i] += (card.DisplayedRecall(s.Model, c.Today) - row.FactRecall[i]) / met[i]
		row.LastDay = max(row.LastDay, card.State.LastDay)
		row.Status = StatusFine
		if card.State.Phase == fsrs.PhaseReview {
			row.Learned++
		}
		if card.IsDue(c.Today) {
			row.Due++
		}
	}
	known := 0
	for _, ink := range row.FactRecall {
		if ink >= 0 {
			row.Known += ink / float64(len(c.Facts))
			known++
		}
	}
	if row.Status == StatusFine {
		way := planInput(c, p, row, cards)
		e, ready := foretell(p, way, s)
		row.Forecast, row.ForecastPending = toFactShares(e, len(c.Facts), known, len(p.Cards), way.NewCards), !ready
		row.OnTrack = ready && c.isOnTrack(row, cards)
		row.StuckReason = stuckReason(c, row, cards)
	}
	if row.StuckReason != "" {
		row.Status = StatusStuck
	}
	return row
}

// toFactShares turns shares of cards into shares of facts: of new cards as many are the
// first of their fact as of all that are left.
func toFactShares(e study.TestForecast, facts, known, cards, fresh int) study.TestForecast {
	if e.LearnedOnDay <= 0 || facts == 0 {
		return e
	}
	covered := float64(known)
	if fresh > 0 {
		met := e.LearnedOnDay*float64(cards+fresh) - float64(cards)
		covered += float64(facts-known) * max(0, met) / float64(fresh)
	}
	by := min(1, covered/float64(facts)) / e.LearnedOnDay
	e.KnownOnDay, e.Low, e.High = min(1, e.KnownOnDay*by), min(1, e.Low*by), min(1, e.High*by)
	return e
}

// planInput is the way of a student to the day if they go on as in the last days, and at
// most with the minutes of the assignment.
func planInput(c ReportInput, p StudentInput, row StudentRow, cards int) study.TestPlanInput {
	r := study.TestPlanInput{Cards: p.Cards, NewCards: max(0, cards-len(p.Cards)), Today: c.Today, Pace: p.Pace}
	r = r.WithTestDate(c.TestDate(min(max(row.TargetDay, c.Today), c.Today+maxForecastDays)))
	days := min(RecentDays, c.Today-max(c.StartDay, p.JoinedDay)+1)
	if days >= 2 { // on the first day nothing is known of a habit
		habit := max(1, int(float64(p.RecentAnswers)/float64(days)+0.5))
		r.AnswersPerDay = min(r.AnswersPerDay, habit)
		r.AnswersLeftToday = min(r.AnswersLeftToday, r.AnswersPerDay)
	}
	return r
}

// isOnTrack tells whether what is expected of a student is the goal or more.
func (c ReportInput) isOnTrack(row StudentRow, cards int) bool {
	return c.shortfall(row, cards) <= 0
}

// shortfall is the share by which what is expected of a student is below the goal.
func (c ReportInput) shortfall(row StudentRow, cards int) float64 {
	if c.TargetKind == quiz.TargetCardsLearned {
		if row.Learned >= c.Target {
			return 0
		}
		if c.Today >= row.TargetDay {
			return 1
		}
		return (float64(c.Target) - row.Forecast.LearnedOnDay*float64(cards)) / float64(max(1, c.Target))
	}
	return float64(c.Target)/100 - row.Forecast.KnownOnDay - 0.005 // as it is rounded
}

func stuckReason(c ReportInput, row StudentRow, cards int) StuckReason {
	switch {
	case c.Today >= row.TargetDay, c.Today < c.StartDay: // it is over, or still to begin
		return ""
	case c.Today-row.LastDay >= inactiveDays && (row.Due > 0 || !row.OnTrack && !row.ForecastPending):
		return StuckInactive
	case row.RecentAnswers >= minRecentAnswers && float64(row.RecentRight) < minRightShare*float64(row.RecentAnswers):
		return StuckManyWrong
	case !row.ForecastPending && c.shortfall(row, cards) > maxShortfall && c.Today > max(c.StartDay, row.JoinedDay)+1:
		return StuckTooSlow
	}
	return ""
}

// RowsWithStatus lists the students of a state.
func (r Report) RowsWithStatus(s StudentStatus) []StudentRow {
	return slices.DeleteFunc(slices.Clone(r.Rows), func(row StudentRow) bool { return row.Status != s })
}

// ReteachReason is why a fact is to be taught again.
type ReteachReason string

// The reasons.
const (
	ReteachConfused   ReteachReason = "mixed" // many take it for the same other
	ReteachNotLearned ReteachReason = "unmet" // most have not met it, while most others are met
	ReteachForgotten  ReteachReason = "faded" // it was met, and is not known
)

// ReteachReasons are all of them.
var ReteachReasons = []ReteachReason{ReteachConfused, ReteachNotLearned, ReteachForgotten}

// ReteachFact is a fact that is to be taught again.
type ReteachFact struct {
	FactColumn
	Reason ReteachReason
	Share  float64 // of those who have begun that mix it up, have not met it or know it
}

// When a fact is to be taught again.
const (
	confusedShare      = 0.25
	notLearnedShare    = 0.5
	maxNotLearnedFacts = 0.34 // of the facts at most
	forgottenRecall    = 0.6
	minLearners        = 2 // students
)

// FactsToReteach lists what is hard for the class, the hardest first, and at most so many.
func (r Report) FactsToReteach(most int) []ReteachFact {
	begun := float64(max(1, r.StartedCount))
	unmet := 0
	for _, c := range r.Columns {
		if float64(r.StartedCount-c.LearnerCount) >= notLearnedShare*begun {
			unmet++
		}
	}
	var out []ReteachFact
	for _, c := range r.Columns {
		l := ReteachFact{FactColumn: c}
		switch {
		case c.Confusion.People >= minLearners && float64(c.Confusion.People) >= confusedShare*float64(c.LearnerCount):
			l.Reason, l.Share = ReteachConfused, float64(c.Confusion.People)/float64(max(c.LearnerCount, c.Confusion.People)) // somebody may have forgotten it by hand
		case c.LearnerCount >= minLearners && c.LearnersMeanRecall < forgottenRecall:
			l.Reason, l.Share = ReteachForgotten, c.LearnersMeanRecall
		case r.StartedCount >= minLearners && float64(r.StartedCount-c.LearnerCount) >= notLearnedShare*begun && float64(unmet) <= maxNotLearnedFacts*float64(len(r.Columns)):
			l.Reason, l.Share = ReteachNotLearned, float64(r.StartedCount-c.LearnerCount)/begun
		default:
			continue
		}
		out = append(out, l)
	}
	weight := func(l ReteachFact) float64 {
		switch l.Reason {
		case ReteachConfused:
			return 1 + l.Share
		case ReteachForgotten:
			return 1 - l.Share
		}
		return l.Share / 2
	}
	slices.SortStableFunc(out, func(a, b ReteachFact) int { return cmp.Compare(weight(b), weight(a)) })
	return out[:min(most, len(out))]
}

// WeakestFacts lists facts that the class is about to forget, the palest first: most of those
// who have begun have met them.
func (r Report) WeakestFacts(most int) []quiz.Fact {
	var some []FactColumn
	for _, c := range r.Columns {
		if c.LearnerCount > 0 && 2*c.LearnerCount >= r.StartedCount {
			some = append(some, c)
		}
	}
	slices.SortStableFunc(some, func(a, b FactColumn) int { return cmp.Compare(a.LearnersMeanRecall, b.LearnersMeanRecall) })
	var out []quiz.Fact
	for _, c := range some[:min(most, len(some))] {
		out = append(out, c.Fact)
	}
	return out
}

// AnswersWithin is how many questions the class answers in that time, at the mean pace of
// those who have begun.
func (r Report) AnswersWithin(d time.Duration) int {
	var pace time.Duration
	n := 0
	for _, row := range r.Rows {
		if row.Status != StatusNotStarted {
			pace += row.Pace
			n++
		}
	}
	if n == 0 {
		return quiz.MinQuizLength
	}
	return min(max(int(d/(pace/time.Duration(n))), quiz.MinQuizLength), quiz.MaxQuizLength)
}
