package web

import (
	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// forecastKey is what the imagined way of a student depends on: a few answers more or less
// change little.
type forecastKey struct {
	student, assignment, version, today, day, weights int64
	cards, newCards, answers, stabilitySum, perDay    int
}

// dayForecastKey is what all ways of a student on a day have in common.
type dayForecastKey struct{ student, assignment, version, today, day int64 }

// forecastMode is when what is to be expected of students is worked out.
type forecastMode uint8

const (
	forecastNever forecastMode = iota // it is not asked for
	forecastNow                       // before the page is sent, however long it takes
	forecastLater                     // after it, for the page to be opened again; until then that of earlier today stands
)

// smallClass is how many students are waited for in any case.
const smallClass = 8

// forecaster remembers the ways that were imagined: they are most of the work.
func (s *server) forecaster(a quiz.Assignment, when forecastMode) classreport.ForecastFunc {
	return func(p classreport.StudentInput, r study.TestPlanInput, m *fsrs.Scheduler) (study.TestForecast, bool) {
		stable := 0.0 // days
		for _, c := range p.Cards {
			stable += c.State.Memory.Stability
		}
		key := forecastKey{p.ID, a.ID, a.Version, r.Today, r.TestDate.Day, p.Parameters.ID, len(p.Cards), r.NewCards, p.RecentAnswers / 8, int(stable / 200), r.AnswersPerDay}
		if e, ok := s.forecasts.Get(key); ok {
			return e, true
		}
		of := dayForecastKey{key.student, key.assignment, key.version, key.today, key.day}
		imagine := func() study.TestForecast {
			e, _ := classreport.ForecastStudent(p, r, m)
			s.forecasts.Add(key, e)
			s.latestForecasts.Add(of, e)
			return e
		}
		if when == forecastNow {
			return imagine(), true
		}
		s.background.add(key, func() { imagine() })
		return s.latestForecasts.Get(of)
	}
}
