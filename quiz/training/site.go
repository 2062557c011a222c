package training

import (
	"context"
	"fmt"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/fsrs/optimizer"
)

// TrainSite trains the parameters that new people start with and the effects of
// question forms, from the answers of the most recently active people. It runs only if
// the number of answers has grown by a quarter since the last training, and does
// nothing if there are too few people.
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
	return db.SaveSiteParameters(ctx, who, newTrainingResult(p, now)) // must be last: it records that the training is complete
}

// hasGrown reports whether the number of answers has grown by a quarter since the last
// training.
func hasGrown(ctx context.Context, db ReviewStore, who quiz.Who) (bool, error) {
	before, err := db.SiteTrainingResults(ctx, who)
	if err != nil || len(before) == 0 {
		return err == nil, err
	}
	all, fresh, err := db.CountTrainableReviews(ctx, who, before[0].At)
	return 4*fresh >= all-fresh && fresh > 0, err
}

// addPersonReviews adds a person's reviews to all, and returns them with the
// parameters that predict them.
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
