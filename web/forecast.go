package web

import (
	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// forecastKey identifies a student's forecast. Small changes in the number of answers hardly change the forecast,
// so they share a key.
type forecastKey struct {
	student, assignment, version, today, day, weights int64
	cards, newCards, answers, stabilitySum, perDay    int
}

// dayForecastKey identifies all forecasts of a student for an assignment on one day.
type dayForecastKey struct{ student, assignment, version, today, day int64 }

// forecastMode says when the students' forecasts are computed.
type forecastMode uint8

const (
	forecastNever forecastMode = iota // not needed
	forecastNow                       // before the page is sent, however long it takes
	forecastLater                     // in the background, for the next page view; until then an earlier forecast of today is shown
)

// smallClass is the number of students whose forecasts are always computed at once.
const smallClass = 8

// forecaster returns a function that caches forecasts, the most expensive part of a class report.
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
