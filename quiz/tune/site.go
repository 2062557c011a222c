package tune

import (
	"context"
	"fmt"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/fsrs/fit"
)

// Site learns the weights that newcomers begin with and the effects of forms, from
// the answers of those who answered last, once there are a quarter more than at the
// last time. With too few people it does nothing.
func Site(ctx context.Context, db Store, who quiz.Who, now time.Time) error {
	if grown, err := grown(ctx, db, who); err != nil || !grown {
		return err
	}
	crowd, err := db.Crowd(ctx, who, leastEach, mostPeople)
	if err != nil || len(crowd) < leastPeople {
		return err
	}
	tuning, err := db.SiteTuning(ctx, who)
	if err != nil {
		return err
	}
	var all fit.Collector
	var people []fit.Person
	for _, one := range crowd {
		p, err := answersOf(ctx, db, one, &all)
		if err != nil {
			return err
		}
		people = append(people, p)
	}
	log, err := all.Log()
	if err != nil {
		return err
	}
	p, err := fit.Improve(ctx, log, weights(tuning), fsrs.DefaultWeights, seed)
	if err != nil {
		return err
	}
	g, err := fit.FitEffects(ctx, people, tuning.Effects)
	if err != nil {
		return err
	}
	if err := db.KeepEffects(ctx, who, quiz.Trial{
		Tuning: quiz.Tuning{Effects: g.Effects}, Items: g.Items, Loss: g.Loss, Before: g.Before, Better: g.Better, At: now,
	}); err != nil {
		return err
	}
	return db.KeepSiteWeights(ctx, who, trial(p, now)) // the last: it says that all of it was done
}

// grown tells whether there are a quarter more answers than at the last time.
func grown(ctx context.Context, db Store, who quiz.Who) (bool, error) {
	before, err := db.SiteTrials(ctx, who)
	if err != nil || len(before) == 0 {
		return err == nil, err
	}
	all, fresh, err := db.Grown(ctx, who, before[0].At)
	return 4*fresh >= all-fresh && fresh > 0, err
}

// answersOf adds a person's answers to those of all, and gives them with the weights
// that predict them.
func answersOf(ctx context.Context, db Store, who quiz.Who, all *fit.Collector) (fit.Person, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return fit.Person{}, err
	}
	log, err := db.Reviews(ctx, who, time.Time{})
	if err != nil {
		return fit.Person{}, err
	}
	if err := add(all, fmt.Sprint(who.Person, ":"), log, asKept); err != nil {
		return fit.Person{}, err
	}
	var own fit.Collector
	if err := add(&own, "", log, asBegun); err != nil {
		return fit.Person{}, err
	}
	begun, err := own.Log()
	return fit.Person{Log: begun, Weights: weights(person.Tuning)}, err
}
