// Package classreport builds the class report: who has not started, who is stuck, what is hard.
package classreport

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// StudentInput is a student and their learning data for the deck of an assignment. Data
// about other decks is not used, except for the student's pace.
type StudentInput struct {
	quiz.Student
	Parameters       quiz.Parameters
	DesiredRetention float64
	JoinedDay        int64       // day they joined, in the class's time zone
	ExtensionDays    int         // deadline extension
	Cards            []quiz.Card // cards of the assignment that the student has started
	RecentAnswers    int         // number of answers in the last RecentDays days
	RecentRight      int         // number of those that were right
	Pace             time.Duration
}

// RecentDays is the number of days over which recent answers are counted.
const RecentDays = 7

// ClassConfusion is a fact that students confused with another.
type ClassConfusion struct {
	Fact, With int64
	People     int // number of students who did so
}

// WrongAnswer is a wrong answer that students of a class gave about a fact.
type WrongAnswer struct {
	Facet        quiz.Facet // facet that was asked
	ConfusedWith int64      // the fact whose date, event or term was given; 0 for none
	Given        string     // what was typed, if it matches no fact
	People       int
	Answers      int
}

// ReportInput is the data a class report is built from.
type ReportInput struct {
	quiz.Assignment
	Facts      []quiz.Fact // facts of the assignment, by date
	Facets     map[int64]int
	Students   []StudentInput
	Confusions []ClassConfusion
	Today      int64 // today in the class's time zone
}

// StudentStatus is a student's progress.
type StudentStatus string

// The statuses. StatusFine means that progress is as expected at this point; StatusStuck
// means that the student needs a teacher.
const (
	StatusNotStarted StudentStatus = "not-begun"
	StatusStuck      StudentStatus = "stuck"
	StatusFine       StudentStatus = "fine"
)

// StuckReason is why a student is stuck.
type StuckReason string

// The reasons.
const (
	StuckInactive  StuckReason = "away"    // no answers for days while cards are due
	StuckManyWrong StuckReason = "missing" // most recent answers are wrong
	StuckTooSlow   StuckReason = "late"    // the target will be missed by far at this pace
)

// StuckReasons lists all reasons.
var StuckReasons = []StuckReason{StuckInactive, StuckManyWrong, StuckTooSlow}

// maxForecastDays limits how many days ahead the forecast goes; later days change
// little.
const maxForecastDays = 120

// Thresholds for counting a student as stuck.
const (
	inactiveDays     = 4    // days without an answer
	minRightShare    = 0.5  // of recent answers
	minRecentAnswers = 10   // recent answers needed to judge
	maxShortfall     = 0.15 // difference between target and forecast, as a share
)

// StudentRow is a student with their progress.
type StudentRow struct {
	StudentInput
	TargetDay       int64              // the student's own target day
	FactRecall      []float64          // by fact: mean recall of its started cards; −1 if none was started
	Known           float64            // mean recall of all facts; a fact not started counts as 0
	Learned         int                // number of cards in review
	Due             int                // number of cards due today
	LastDay         int64              // day of the last answer; 0 if there is none
	Forecast        study.TestForecast // KnownOnDay, Low and High are shares of facts, as Known is
	ForecastPending bool               // the forecast is not computed yet
	Status          StudentStatus
	StuckReason     StuckReason
	OnTrack         bool // the forecast reaches the target
}

// FactColumn is a fact with the class's recall of it.
type FactColumn struct {
	quiz.Fact
	MeanRecall         float64        // mean over all students
	LearnersMeanRecall float64        // mean over students who have started it
	LearnerCount       int            // number of students who have started it
	Confusion          ClassConfusion // its most frequent confusion; the zero value for none
}

// Report is the class report on one assignment.
type Report struct {
	ReportInput
	Cards        int // number of cards that can be learned
	Rows         []StudentRow
	Columns      []FactColumn
	StartedCount int     // number of students who have started
	OnTrackCount int     // students
	PendingCount int     // number of students whose forecast is not computed yet
	ForecastMean float64 // mean forecast of students without a pending forecast; students who have not started count as 0
	KnownMean    float64 // mean of Known over all students
}

// ForecastFunc returns a student's forecast; it may use a cache. It returns false if the
// forecast is not computed yet.
type ForecastFunc func(p StudentInput, r study.TestPlanInput, s *fsrs.Scheduler) (study.TestForecast, bool)

// NoForecast is a ForecastFunc for callers that do not need forecasts.
func NoForecast(StudentInput, study.TestPlanInput, *fsrs.Scheduler) (study.TestForecast, bool) {
	return study.TestForecast{}, true
}

// ForecastStudent computes the forecast without a cache.
func ForecastStudent(p StudentInput, r study.TestPlanInput, s *fsrs.Scheduler) (study.TestForecast, bool) {
	return study.ForecastTestRoughly(r, s, uint64(p.ID)), true
}

// BuildReport builds the class report.
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

// toFactShares converts shares of cards to shares of facts. It assumes that new cards
// belong to new facts in the same proportion as all cards that are left.
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

// planInput returns the input for a student's forecast. It assumes that the student
// continues at the rate of the last days, and at most for the assignment's minutes per
// day.
func planInput(c ReportInput, p StudentInput, row StudentRow, cards int) study.TestPlanInput {
	r := study.TestPlanInput{Cards: p.Cards, NewCards: max(0, cards-len(p.Cards)), Today: c.Today, Pace: p.Pace}
	r = r.WithTestDate(c.TestDate(min(max(row.TargetDay, c.Today), c.Today+maxForecastDays)))
	days := min(RecentDays, c.Today-max(c.StartDay, p.JoinedDay)+1)
	if days >= 2 { // one day shows no habit yet
		habit := max(1, int(float64(p.RecentAnswers)/float64(days)+0.5))
		r.AnswersPerDay = min(r.AnswersPerDay, habit)
		r.AnswersLeftToday = min(r.AnswersLeftToday, r.AnswersPerDay)
	}
	return r
}

// isOnTrack reports whether a student's forecast reaches the target.
func (c ReportInput) isOnTrack(row StudentRow, cards int) bool {
	return c.shortfall(row, cards) <= 0
}

// shortfall returns the share by which a student's forecast is below the target.
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
	return float64(c.Target)/100 - row.Forecast.KnownOnDay - 0.005 // percentages are rounded on the page
}

func stuckReason(c ReportInput, row StudentRow, cards int) StuckReason {
	switch {
	case c.Today >= row.TargetDay, c.Today < c.StartDay: // finished or not started yet
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

// RowsWithStatus returns the students with a status.
func (r Report) RowsWithStatus(s StudentStatus) []StudentRow {
	return slices.DeleteFunc(slices.Clone(r.Rows), func(row StudentRow) bool { return row.Status != s })
}

// ReteachReason is why a fact should be taught again.
type ReteachReason string

// The reasons.
const (
	ReteachConfused   ReteachReason = "mixed" // many confuse it with the same other fact
	ReteachNotLearned ReteachReason = "unmet" // most have not started it, although most other facts were started
	ReteachForgotten  ReteachReason = "faded" // it was learned, but recall is low
)

// ReteachReasons lists all reasons.
var ReteachReasons = []ReteachReason{ReteachConfused, ReteachNotLearned, ReteachForgotten}

// ReteachFact is a fact that should be taught again.
type ReteachFact struct {
	FactColumn
	Reason ReteachReason
	Share  float64 // by Reason: share of learners who confuse it, share of started students who have not started it, or mean recall of its learners
}

// Thresholds for teaching a fact again.
const (
	confusedShare      = 0.25
	notLearnedShare    = 0.5
	maxNotLearnedFacts = 0.34 // maximum share of facts
	forgottenRecall    = 0.6
	minLearners        = 2 // students
)

// FactsToReteach returns up to most facts that are hard for the class, hardest first.
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
			l.Reason, l.Share = ReteachConfused, float64(c.Confusion.People)/float64(max(c.LearnerCount, c.Confusion.People)) // a student may have reset the card, so People can exceed LearnerCount
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

// WeakestFacts returns up to most facts with the lowest mean recall, lowest first, among
// those that at least half of the started students have started.
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

// AnswersWithin returns how many questions the class can answer in that time, at the
// mean pace of the started students, within the limits of a quiz's length.
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
