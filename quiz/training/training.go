// Package tune learns weights of the memory model from answers: a person's own, and
// those that newcomers begin with, from everybody's. They are taken only where they
// predict later answers, which they were not learned from, better than those in use.
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

// From how many answers to cards in memory weights are learned: ten answers of a
// guest tell nothing about memory, and a few people are no site.
const (
	minAnswers     = 400 // of a person
	minPeople      = 5
	maxPeople      = 500 // those who answered last
	minAnswersEach = 30  // of each of them
)

// IdleTime is for how long nobody whose weights are learned has answered: no card moves
// under somebody's hands.
const IdleTime = 30 * time.Minute

// seed groups cards in training; the same log gives the same weights.
const seed = 1

// ReviewStore keeps answers, and what was learned from them.
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

// TrainAll learns what there is to learn: the site's weights and effects, and the
// weights of everybody who has answered enough since the last time. It says whose
// were tried and how many of them are better, and returns ctx's error as soon as ctx
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
		if quiz.Is(err, quiz.Conflict) { // they practise now: another time
			continue
		}
		if err != nil { // of one, which the others do not wait for
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

// TrainPerson learns a person's own weights, from the site's on, and keeps them with both
// figures.
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

// weightsOf are those of a tuning.
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

// recordedForm is the form that an answer was taken by.
func recordedForm(r quiz.Review) (fsrs.Form, fsrs.FormClass) { return r.Form, fsrs.ClassSelfGraded }

// initialForm is the form with the start values that hold before effects are known. What
// was to blame for a wrong order stays in it. A card that stood beside has no
// question of its own, and its form stays as it is.
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

// addReviews puts the answers that count into a log, the cards by their names.
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
