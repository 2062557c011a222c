// Package tune learns weights of the memory model from answers: a person's own, and
// those that newcomers begin with, from everybody's. They are taken only where they
// predict later answers, which they were not learned from, better than those in use.
package tune

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/fsrs/fit"
	"chronicle/quiz/mark"
	"chronicle/quiz/study"
)

// From how many answers to cards in memory weights are learned: ten answers of a
// guest tell nothing about memory, and a few people are no site.
const (
	leastAnswers = 400 // of a person
	leastPeople  = 5
	mostPeople   = 500 // those who answered last
	leastEach    = 30  // of each of them
)

// Idle is for how long nobody whose weights are learned has answered: no card moves
// under somebody's hands.
const Idle = 30 * time.Minute

// seed groups cards in training; the same log gives the same weights.
const seed = 1

// Store keeps answers, and what was learned from them.
type Store interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	Past(ctx context.Context, who quiz.Who) (study.Past, error)
	Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error)
	Pupils(ctx context.Context, who quiz.Who, least int, idle time.Time) ([]quiz.Who, error)
	KeepWeights(ctx context.Context, who quiz.Who, t quiz.Trial, idle time.Time) error
	Crowd(ctx context.Context, who quiz.Who, least, most int) ([]quiz.Who, error)
	SiteTuning(ctx context.Context, who quiz.Who) (quiz.Tuning, error)
	Grown(ctx context.Context, who quiz.Who, since time.Time) (all, fresh int, err error)
	SiteTrials(ctx context.Context, who quiz.Who) ([]quiz.Trial, error)
	KeepSiteWeights(ctx context.Context, who quiz.Who, t quiz.Trial) error
	KeepEffects(ctx context.Context, who quiz.Who, t quiz.Trial) error
}

// Round learns what there is to learn: the site's weights and effects, and the
// weights of everybody who has answered enough since the last time. It says whose
// were tried and how many of them are better, and returns ctx's error as soon as ctx
// ends.
func Round(ctx context.Context, db Store, who quiz.Who, now time.Time) (tried, better int, err error) {
	if err := Site(ctx, db, who, now); err != nil {
		return 0, 0, fmt.Errorf("the site: %w", err)
	}
	pupils, err := db.Pupils(ctx, who, leastAnswers, now.Add(-Idle))
	if err != nil {
		return 0, 0, err
	}
	var failed error
	for _, pupil := range pupils {
		t, err := Person(ctx, db, pupil, now)
		if ctx.Err() != nil {
			return tried, better, ctx.Err()
		}
		if quiz.Is(err, quiz.Conflict) { // they practise now: another time
			continue
		}
		if err != nil { // of one, which the others do not wait for
			failed = errors.Join(failed, fmt.Errorf("person %d: %w", pupil.Person, err))
			continue
		}
		tried++
		if t.Better {
			better++
		}
	}
	return tried, better, failed
}

// Person learns a person's own weights, from the site's on, and keeps them with both
// figures.
func Person(ctx context.Context, db Store, who quiz.Who, now time.Time) (quiz.Trial, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Trial{}, err
	}
	past, err := db.Past(ctx, who)
	if err != nil {
		return quiz.Trial{}, err
	}
	site, err := db.SiteTuning(ctx, who)
	if err != nil {
		return quiz.Trial{}, err
	}
	var rows fit.Collector
	if err := add(&rows, "", past.Log, asKept); err != nil {
		return quiz.Trial{}, err
	}
	log, err := rows.Log()
	if err != nil {
		return quiz.Trial{}, err
	}
	p, err := fit.Improve(ctx, log, weights(person.Tuning), weights(site), seed)
	if err != nil {
		return quiz.Trial{}, err
	}
	t := trial(p, now)
	return t, db.KeepWeights(ctx, who, t, now.Add(-Idle))
}

// weights are those of a tuning.
func weights(t quiz.Tuning) fsrs.Weights {
	if t.ID == 0 {
		return fsrs.DefaultWeights
	}
	return t.Weights
}

func trial(p fit.Proof, now time.Time) quiz.Trial {
	return quiz.Trial{
		Tuning: quiz.Tuning{Weights: p.Weights}, Items: p.Items, Loss: p.Loss, Before: p.Before, Better: p.Better, At: now,
	}
}

// asKept is the form that an answer was taken by.
func asKept(r quiz.Review) (fsrs.Form, fsrs.Class) { return r.Form, fsrs.Judged }

// asBegun is the form with the start values that hold before effects are known. What
// was to blame for a wrong order stays in it. A card that stood beside has no
// question of its own, and its form stays as it is.
func asBegun(r quiz.Review) (fsrs.Form, fsrs.Class) {
	if r.Lead != "" {
		return asKept(r)
	}
	f := mark.Form(r.Question)
	f.Slip = max(f.Slip, r.Form.Slip)
	if f.Check() != nil {
		return asKept(r)
	}
	return f, mark.Class(r.Question.Kind)
}

// add puts the answers that count into a log, the cards by their names.
func add(to *fit.Collector, name string, log []quiz.Review, form func(quiz.Review) (fsrs.Form, fsrs.Class)) error {
	last := map[quiz.CardID]int64{}
	for _, r := range log {
		if !r.Counts() {
			continue
		}
		id := quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}
		row := fit.Row{Card: fmt.Sprint(name, id.Fact, "/", id.Facet), Order: r.ID, Rating: r.Rating, Days: -1}
		if day, met := last[id]; met {
			row.Days = float64(max(0, r.Day-day))
			row.Target = row.Days > 0
		}
		row.Form, row.Class = form(r)
		last[id] = max(last[id], r.Day)
		if err := to.Add(row); err != nil {
			return err
		}
	}
	return nil
}
