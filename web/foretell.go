package web

import (
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

// whose is what all ways of a student on a day have in common.
type whose struct{ student, assignment, version, today, day int64 }

// expecting is when what is to be expected of students is worked out.
type expecting uint8

const (
	never  expecting = iota // it is not asked for
	atOnce                  // before the page is sent, however long it takes
	later                   // after it, for the page to be opened again; until then that of earlier today stands
)

// smallClass is how many students are waited for in any case.
const smallClass = 8

// foretell remembers the ways that were imagined: they are most of the work.
func (s *server) foretell(a quiz.Assignment, when expecting) survey.Foreteller {
	return func(p survey.Pupil, r study.Ready, m *fsrs.Scheduler) (study.Expected, bool) {
		stable := 0.0 // days
		for _, c := range p.Cards {
			stable += c.Memory.Memory.Stability
		}
		key := way{p.ID, a.ID, a.Version, r.Today, r.Goal.Day, p.Tuning.ID, len(p.Cards), r.Fresh, p.Answers / 8, int(stable / 200), r.PerDay}
		if e, ok := s.ways.Get(key); ok {
			return e, true
		}
		of := whose{key.student, key.assignment, key.version, key.today, key.day}
		imagine := func() study.Expected {
			e, _ := survey.Foretell(p, r, m)
			s.ways.Add(key, e)
			s.lately.Add(of, e)
			return e
		}
		if when == atOnce {
			return imagine(), true
		}
		s.imagining.add(key, func() { imagine() })
		return s.lately.Get(of)
	}
}
