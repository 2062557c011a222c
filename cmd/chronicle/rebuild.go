package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/storage"
)

// rebuildCommand recomputes all cards from the review log.
type rebuildCommand struct {
	databaseFlag
	Anew    bool   `help:"Begin with the first person, even if an earlier run was stopped on its way."`
	Weights string `help:"Give these weights to everybody who has none of their own, and to newcomers: what chronicle fit printed, or a JSON array of 21 numbers." placeholder:"FILE"`
}

// Run continues where an interrupted run stopped, and prints its progress.
func (c *rebuildCommand) Run(ctx context.Context, to streams) error {
	n := storage.RebuildOptions{FromStart: c.Anew || c.Weights != ""}
	if c.Weights != "" {
		w, err := readWeights(ctx, c.Weights)
		if err != nil {
			return err
		}
		if _, err := fsrs.New(w); err != nil {
			return fmt.Errorf("%s: %w", c.Weights, plainWeight(err))
		}
		n.SiteTraining = &quiz.TrainingResult{Parameters: quiz.Parameters{Weights: w}, Adopted: true, At: time.Now()}
	}
	db, err := storage.Open(ctx, c.Database)
	if err != nil {
		return err
	}
	said := time.Now()
	n.OnProgress = func(r storage.RebuildProgress) {
		if time.Since(said) > 5*time.Second {
			said = time.Now()
			_, _ = fmt.Fprintf(to.err, "%d people, %d answers\n", r.People, r.Answers)
		}
	}
	r, err := db.RebuildCards(ctx, quiz.Who{Role: quiz.RoleSystem}, n)
	if err := errors.Join(err, db.Close()); err != nil {
		if errors.Is(err, context.Canceled) {
			return fmt.Errorf("stopped after %d people; chronicle rebuild goes on from there", r.People)
		}
		return err
	}
	_, err = fmt.Fprintf(to.out, "%d people, %d answers, %d cards changed\n", r.People, r.Answers, r.Changed)
	return err
}
