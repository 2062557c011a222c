// Package training trains the parameters of the memory model from answers: each
// person's own, and those that new people start with. New parameters are adopted only
// if they predict later answers, which they were not trained on, better than the ones
// in use.
package training

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/fsrs/optimizer"
	"chronicle/quiz/grading"
	"chronicle/quiz/study"
)

// How many answers to cards in memory are needed for training: ten answers of a guest
// say nothing about memory, and a few people do not represent the site.
const (
	minAnswers     = 400 // per person
	minPeople      = 5
	maxPeople      = 500 // the most recently active
	minAnswersEach = 30  // per person, to train the site's parameters
)

// IdleTime is how long a person must not have answered before their parameters are
// trained, so that no card changes while they practise.
const IdleTime = 30 * time.Minute

// seed fixes how cards are grouped in training, so that the same log gives the same
// weights.
const seed = 1

// ReviewStore stores reviews and training results.
type ReviewStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	ReviewHistory(ctx context.Context, who quiz.Who) (study.History, error)
	Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error)
	PeopleToTrain(ctx context.Context, who quiz.Who, least int, idle time.Time) ([]quiz.Who, error)
	SaveParameters(ctx context.Context, who quiz.Who, t quiz.TrainingResult, idle time.Time) error
	RecentLearners(ctx context.Context, who quiz.Who, least, most int) ([]quiz.Who, error)
	SiteParameters(ctx context.Context, who quiz.Who) (quiz.Parameters, error)
	CountTrainableReviews(ctx context.Context, who quiz.Who, since time.Time) (all, fresh int, err error)
	SiteTrainingResults(ctx context.Context, who quiz.Who) ([]quiz.TrainingResult, error)
	SaveSiteParameters(ctx context.Context, who quiz.Who, t quiz.TrainingResult) error
	SaveFormEffects(ctx context.Context, who quiz.Who, t quiz.TrainingResult) error
}

// TrainAll trains the site's parameters and effects, and the parameters of everyone
// who has answered enough since their last training. It returns how many people were
// trained and how many got better parameters. It returns ctx's error as soon as ctx
// ends.
func TrainAll(ctx context.Context, db ReviewStore, who quiz.Who, now time.Time) (tried, better int, err error) {
	if err := TrainSite(ctx, db, who, now); err != nil {
		return 0, 0, fmt.Errorf("the site: %w", err)
	}
	pupils, err := db.PeopleToTrain(ctx, who, minAnswers, now.Add(-IdleTime))
	if err != nil {
		return 0, 0, err
	}
	var failed error
	for _, pupil := range pupils {
		t, err := TrainPerson(ctx, db, pupil, now)
		if ctx.Err() != nil {
			return tried, better, ctx.Err()
		}
		if quiz.Is(err, quiz.Conflict) { // practising now: try again in the next run
			continue
		}
		if err != nil { // one failure does not stop the others
			failed = errors.Join(failed, fmt.Errorf("person %d: %w", pupil.Person, err))
			continue
		}
		tried++
		if t.Adopted {
			better++
		}
	}
	return tried, better, failed
}

// TrainPerson trains a person's own parameters, starting from the site's, and saves
// the result with both losses.
func TrainPerson(ctx context.Context, db ReviewStore, who quiz.Who, now time.Time) (quiz.TrainingResult, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.TrainingResult{}, err
	}
	past, err := db.ReviewHistory(ctx, who)
	if err != nil {
		return quiz.TrainingResult{}, err
	}
	site, err := db.SiteParameters(ctx, who)
	if err != nil {
		return quiz.TrainingResult{}, err
	}
	var rows optimizer.Collector
	if err := addReviews(&rows, "", past.Reviews, recordedForm); err != nil {
		return quiz.TrainingResult{}, err
	}
	log, err := rows.Log()
	if err != nil {
		return quiz.TrainingResult{}, err
	}
	p, err := optimizer.FitWithHoldout(ctx, log, weightsOf(person.Parameters), weightsOf(site), seed)
	if err != nil {
		return quiz.TrainingResult{}, err
	}
	t := newTrainingResult(p, now)
	return t, db.SaveParameters(ctx, who, t, now.Add(-IdleTime))
}

// weightsOf returns the weights of t, or the default weights if it has none.
func weightsOf(t quiz.Parameters) fsrs.Weights {
	if t.ID == 0 {
		return fsrs.DefaultWeights
	}
	return t.Weights
}

func newTrainingResult(p optimizer.HoldoutResult, now time.Time) quiz.TrainingResult {
	return quiz.TrainingResult{
		Parameters: quiz.Parameters{Weights: p.Weights}, ReviewCount: p.ReviewCount, Loss: p.Loss, PreviousLoss: p.PreviousLoss, Adopted: p.Improved, At: now,
	}
}

// recordedForm returns the form stored with the review.
func recordedForm(r quiz.Review) (fsrs.Form, fsrs.FormClass) { return r.Form, fsrs.ClassSelfGraded }

// initialForm returns the form with its start values, before any effects. The slip
// raised for shared blame in a wrong order is preserved. A companion's review has no
// question of its own, so it keeps its recorded form.
func initialForm(r quiz.Review) (fsrs.Form, fsrs.FormClass) {
	if r.LeadToken != "" {
		return recordedForm(r)
	}
	f := grading.FormOf(r.Question)
	f.Slip = max(f.Slip, r.Form.Slip)
	if f.Validate() != nil {
		return recordedForm(r)
	}
	return f, grading.FormClassOf(r.Question.Kind)
}

// addReviews adds the reviews that count for memory to a collector. Card names start
// with name.
func addReviews(to *optimizer.Collector, name string, log []quiz.Review, form func(quiz.Review) (fsrs.Form, fsrs.FormClass)) error {
	last := map[quiz.CardID]int64{}
	for _, r := range log {
		if !r.CountsForMemory() {
			continue
		}
		id := quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}
		row := optimizer.ReviewRow{Card: fmt.Sprint(name, id.Fact, "/", id.Facet), Time: r.ID, Rating: r.Rating, Days: -1}
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
