package web

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
	"chronicle/quiz/survey"
)

// way is what the imagined way of a student depends on: a few answers more or less
// change little.
type way struct {
	student, assignment, version, today, day, weights int64
	cards, fresh, answers, stable, perDay             int
}

// foretellTime is for how long ways are imagined before a page is sent; the rest is
// imagined after it, and there when it is opened again.
const foretellTime = 10 * time.Millisecond

// wholly asks for all that is to be expected, however long it takes, and never for nothing
// of it.
const (
	wholly time.Duration = 0
	never  time.Duration = -1
)

// smallClass is how many students are waited for in any case.
const smallClass = 8

// foretell remembers the ways that were imagined: they are most of the work. With a time
// it works out no more than that has room for, and the rest meanwhile.
func (s *server) foretell(a quiz.Assignment, most time.Duration) survey.Foreteller {
	began := s.Now()
	return func(p survey.Pupil, r study.Ready, m *fsrs.Scheduler) (study.Expected, bool) {
		stable := 0.0 // days
		for _, c := range p.Cards {
			stable += c.Memory.Memory.Stability
		}
		key := way{p.ID, a.ID, a.Version, r.Today, r.Goal.Day, p.Tuning.ID, len(p.Cards), r.Fresh, p.Answers / 8, int(stable / 200), r.PerDay}
		if e, ok := s.ways.Get(key); ok {
			return e, true
		}
		imagine := func() study.Expected {
			e, _ := survey.Foretell(p, r, m)
			s.ways.Add(key, e)
			return e
		}
		if most == wholly || s.Now().Sub(began) < most {
			return imagine(), true
		}
		s.imagining.add(func() { imagine() })
		return study.Expected{}, false
	}
}
