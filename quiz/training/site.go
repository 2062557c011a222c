package training

import (
	"context"
	"fmt"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/fsrs/optimizer"
)

// TrainSite learns the weights that newcomers begin with and the effects of forms, from
// the answers of those who answered last, once there are a quarter more than at the
// last time. With too few people it does nothing.
func TrainSite(ctx context.Context, db ReviewStore, who quiz.Who, now time.Time) error {
	if grown, err := hasGrown(ctx, db, who); err != nil || !grown {
		return err
	}
	crowd, err := db.RecentLearners(ctx, who, minAnswersEach, maxPeople)
	if err != nil || len(crowd) < minPeople {
		return err
	}
	tuning, err := db.SiteParameters(ctx, who)
	if err != nil {
		return err
	}
	var all optimizer.Collector
	var people []optimizer.LearnerLog
	for _, one := range crowd {
		p, err := addPersonReviews(ctx, db, one, &all)
		if err != nil {
			return err
		}
		people = append(people, p)
	}
	log, err := all.Log()
	if err != nil {
		return err
	}
	p, err := optimizer.FitWithHoldout(ctx, log, weightsOf(tuning), fsrs.DefaultWeights, seed)
	if err != nil {
		return err
	}
	g, err := optimizer.FitEffects(ctx, people, tuning.Effects)
	if err != nil {
		return err
	}
	if err := db.SaveFormEffects(ctx, who, quiz.TrainingResult{
		Parameters: quiz.Parameters{Effects: g.Effects}, ReviewCount: g.ReviewCount, Loss: g.Loss, PreviousLoss: g.PreviousLoss, Adopted: g.Improved, At: now,
	}); err != nil {
		return err
	}
	return db.SaveSiteParameters(ctx, who, newTrainingResult(p, now)) // the last: it says that all of it was done
}

// hasGrown tells whether there are a quarter more answers than at the last time.
func hasGrown(ctx context.Context, db ReviewStore, who quiz.Who) (bool, error) {
	before, err := db.SiteTrainingResults(ctx, who)
	if err != nil || len(before) == 0 {
		return err == nil, err
	}
	all, fresh, err := db.CountTrainableReviews(ctx, who, before[0].At)
	return 4*fresh >= all-fresh && fresh > 0, err
}

// addPersonReviews adds a person's answers to those of all, and gives them with the weights
// that predict them.
func addPersonReviews(ctx context.Context, db ReviewStore, who quiz.Who, all *optimizer.Collector) (optimizer.LearnerLog, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return optimizer.LearnerLog{}, err
	}
	log, err := db.Reviews(ctx, who, time.Time{})
	if err != nil {
		return optimizer.LearnerLog{}, err
	}
	if err := addReviews(all, fmt.Sprint(who.Person, ":"), log, recordedForm); err != nil {
		return optimizer.LearnerLog{}, err
	}
	var own optimizer.Collector
	if err := addReviews(&own, "", log, initialForm); err != nil {
		return optimizer.LearnerLog{}, err
	}
	begun, err := own.Log()
	return optimizer.LearnerLog{Log: begun, Weights: weightsOf(person.Parameters)}, err
}
