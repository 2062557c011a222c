package classreport_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
)

const today = 20_000

// made returns a class with random cards.
func made(seed uint64, students int) classreport.ReportInput {
	chance := rand.New(rand.NewPCG(seed, 1))
	c := classreport.ReportInput{
		Assignment: quiz.Assignment{StartDay: today - 10, TargetDay: today + 10, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 10, ExtendLateJoiners: true},
		Facets:     map[int64]int{}, Today: today,
	}
	for i := range 5 + chance.IntN(20) {
		id := int64(i + 1)
		c.Facts = append(c.Facts, quiz.Fact{ID: id, Key: "f" + strconv.Itoa(i), Date: edtf.MustParse(strconv.Itoa(1800 + i))})
		c.Facets[id] = 1 + chance.IntN(3)
	}
	for i := range students {
		p := classreport.StudentInput{Student: quiz.Student{ID: int64(i + 1)}, DesiredRetention: 0.9, JoinedDay: today - 10, Pace: 9 * time.Second}
		begun := chance.IntN(4) > 0
		for _, f := range c.Facts {
			for facet := range c.Facets[f.ID] {
				if begun && chance.IntN(3) > 0 {
					p.Cards = append(p.Cards, card(chance, f.ID, quiz.Facet(facet+1)))
				}
			}
		}
		p.RecentAnswers = chance.IntN(200)
		p.RecentRight = chance.IntN(p.RecentAnswers + 1)
		c.Students = append(c.Students, p)
	}
	for range chance.IntN(5) {
		c.Confusions = append(c.Confusions, classreport.ClassConfusion{Fact: c.Facts[chance.IntN(len(c.Facts))].ID, With: 1, People: chance.IntN(students + 1)})
	}
	return c
}

func card(chance *rand.Rand, fact int64, facet quiz.Facet) quiz.Card {
	last := int64(today - chance.IntN(10))
	return quiz.Card{
		CardID: quiz.CardID{Fact: fact, Facet: facet}, Version: 1, DueDay: last + int64(chance.IntN(12)),
		State: fsrs.CardState{Phase: fsrs.PhaseReview, LastDay: last, Memory: fsrs.Memory{Stability: 0.5 + 20*chance.Float64(), Difficulty: 5}},
	}
}

// TestReportIsConsistent checks that shares are between 0 and 1, each student has one
// status, totals match the rows, and the listed facts belong to the class.
func TestReportIsConsistent(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		c := made(seed, 1+int(seed%12))
		r := classreport.BuildReport(c, classreport.ForecastStudent)
		known, states := 0.0, 0
		for _, row := range r.Rows {
			share(t, seed, "known", row.Known)
			share(t, seed, "expected", row.Forecast.KnownOnDay)
			sum := 0.0
			for _, ink := range row.FactRecall {
				if ink >= 0 {
					share(t, seed, "ink", ink)
					sum += ink
				}
			}
			if math.Abs(sum/float64(len(c.Facts))-row.Known) > 1e-9 {
				t.Errorf("seed %d: inks give %v, known is %v", seed, sum/float64(len(c.Facts)), row.Known)
			}
			if (len(row.Cards) == 0) != (row.Status == classreport.StatusNotStarted) || (row.Status == classreport.StatusStuck) != (row.StuckReason != "") {
				t.Errorf("seed %d: %d cards, state %q, why %q", seed, len(row.Cards), row.Status, row.StuckReason)
			}
			if row.OnTrack && row.Status == classreport.StatusNotStarted {
				t.Errorf("seed %d: on track without a card", seed)
			}
			known += row.Known
		}
		for _, s := range []classreport.StudentStatus{classreport.StatusNotStarted, classreport.StatusStuck, classreport.StatusFine} {
			states += len(r.RowsWithStatus(s))
		}
		if states != len(c.Students) || math.Abs(known/float64(len(c.Students))-r.KnownMean) > 1e-9 {
			t.Errorf("seed %d: %d students in states, known %v", seed, states, r.KnownMean)
		}
		for _, l := range r.FactsToReteach(5) {
			share(t, seed, "lesson", l.Share)
		}
		for _, f := range r.WeakestFacts(6) {
			if c.Facets[f.ID] == 0 {
				t.Errorf("seed %d: fact %d is not of the class", seed, f.ID)
			}
		}
		if n := r.AnswersWithin(5 * time.Minute); n < quiz.MinQuizLength || n > quiz.MaxQuizLength {
			t.Errorf("seed %d: %d questions in five minutes", seed, n)
		}
	}
}

func share(t *testing.T, seed uint64, what string, x float64) {
	t.Helper()
	if !(x >= 0 && x <= 1+1e-9) {
		t.Errorf("seed %d: %s is %v", seed, what, x)
	}
}

// one builds the report of a class with one student and returns that student's row.
func one(change func(*classreport.ReportInput, *classreport.StudentInput)) classreport.StudentRow {
	c := classreport.ReportInput{
		Assignment: quiz.Assignment{StartDay: today - 10, TargetDay: today + 10, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 10},
		Facets:     map[int64]int{}, Today: today,
	}
	p := classreport.StudentInput{Student: quiz.Student{ID: 1}, DesiredRetention: 0.9, JoinedDay: today - 10, Pace: 9 * time.Second, RecentAnswers: 100, RecentRight: 90}
	for i := range int64(10) {
		c.Facts = append(c.Facts, quiz.Fact{ID: i + 1, Key: "f" + strconv.FormatInt(i, 10), Date: edtf.MustParse("1900")})
		c.Facets[i+1] = 1
		p.Cards = append(p.Cards, quiz.Card{
			CardID: quiz.CardID{Fact: i + 1, Facet: quiz.FacetWhen}, Version: 1, DueDay: today + 5,
			State: fsrs.CardState{Phase: fsrs.PhaseReview, LastDay: today - 1, Memory: fsrs.Memory{Stability: 30, Difficulty: 5}},
		})
	}
	change(&c, &p)
	c.Students = []classreport.StudentInput{p}
	return classreport.BuildReport(c, classreport.ForecastStudent).Rows[0]
}

func TestStuckReasons(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]struct {
		change func(*classreport.ReportInput, *classreport.StudentInput)
		state  classreport.StudentStatus
		why    classreport.StuckReason
		track  bool
	}{
		"well":         {func(*classreport.ReportInput, *classreport.StudentInput) {}, classreport.StatusFine, "", true},
		"not begun":    {func(_ *classreport.ReportInput, p *classreport.StudentInput) { p.Cards = nil }, classreport.StatusNotStarted, "", false},
		"away":         {func(_ *classreport.ReportInput, p *classreport.StudentInput) { back(p, 6, 3) }, classreport.StatusStuck, classreport.StuckInactive, true},
		"away, all is": {func(_ *classreport.ReportInput, p *classreport.StudentInput) { back(p, 6, 30) }, classreport.StatusFine, "", true},
		"missing":      {func(_ *classreport.ReportInput, p *classreport.StudentInput) { p.RecentRight = 30 }, classreport.StatusStuck, classreport.StuckManyWrong, true},
		"few answers":  {func(_ *classreport.ReportInput, p *classreport.StudentInput) { p.RecentAnswers, p.RecentRight = 5, 0 }, classreport.StatusFine, "", true},
		"late": {func(_ *classreport.ReportInput, p *classreport.StudentInput) {
			p.Cards, p.RecentAnswers, p.RecentRight = p.Cards[:3], 3, 3
		}, classreport.StatusStuck, classreport.StuckTooSlow, false},
		"just joined": {func(_ *classreport.ReportInput, p *classreport.StudentInput) {
			p.Cards, p.RecentAnswers, p.RecentRight, p.JoinedDay = p.Cards[:1], 1, 1, today
		}, classreport.StatusFine, "", true},
		"over": {func(c *classreport.ReportInput, p *classreport.StudentInput) {
			c.TargetDay = today
			p.Cards = p.Cards[:3]
		}, classreport.StatusFine, "", false},
		"learned": {func(c *classreport.ReportInput, _ *classreport.StudentInput) {
			c.TargetKind, c.Target = quiz.TargetCardsLearned, 10
		}, classreport.StatusFine, "", true},
		"not learned": {func(c *classreport.ReportInput, p *classreport.StudentInput) {
			c.TargetKind, c.Target, p.Cards, p.RecentAnswers = quiz.TargetCardsLearned, 10, p.Cards[:2], 2
			p.RecentRight = 2
		}, classreport.StatusStuck, classreport.StuckTooSlow, false},
	} {
		row := one(o.change)
		if row.Status != o.state || row.StuckReason != o.why || row.OnTrack != o.track {
			t.Errorf("%s: %q %q, on track %t, expected %.2f", name, row.Status, row.StuckReason, row.OnTrack, row.Forecast.KnownOnDay)
		}
	}
}

// back moves the last answers back by days; due is the number of days until the cards
// are due.
func back(p *classreport.StudentInput, days, due int64) {
	for i := range p.Cards {
		p.Cards[i].State.LastDay = today - days
		p.Cards[i].DueDay = today - days + due
	}
}

func TestFactsToReteach(t *testing.T) {
	t.Parallel()
	c := made(4, 10)
	for i := range c.Students { // all know everything well except the first fact, and none has started the second
		c.Students[i].Cards = nil
		for _, f := range c.Facts {
			stable := 50.0
			if f.ID == 1 {
				stable = 0.05
			}
			if f.ID != 2 {
				c.Students[i].Cards = append(c.Students[i].Cards, quiz.Card{
					CardID: quiz.CardID{Fact: f.ID, Facet: quiz.FacetWhen}, Version: 1, DueDay: today + 1,
					State: fsrs.CardState{Phase: fsrs.PhaseReview, LastDay: today - 5, Memory: fsrs.Memory{Stability: stable, Difficulty: 5}},
				})
			}
		}
	}
	c.Confusions = []classreport.ClassConfusion{{Fact: 3, With: 4, People: 7}, {Fact: 3, With: 5, People: 2}, {Fact: 4, With: 3, People: 1}}
	got := map[int64]classreport.ReteachReason{}
	for _, l := range classreport.BuildReport(c, classreport.ForecastStudent).FactsToReteach(9) {
		got[l.ID] = l.Reason
	}
	if len(got) != 3 || got[1] != classreport.ReteachForgotten || got[2] != classreport.ReteachNotLearned || got[3] != classreport.ReteachConfused {
		t.Errorf("%v", got)
	}
	if f := classreport.BuildReport(c, classreport.ForecastStudent).WeakestFacts(1); len(f) != 1 || f[0].ID != 1 {
		t.Errorf("fading: %v", f)
	}
}
