package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/views"
)

// deckReports prints the question reports on a deck.
type deckReports struct {
	databaseFlag
	Deck string `arg:"" help:"The name of a deck of --database."`
}

type reportJSON struct {
	At     time.Time `json:"at"`
	Fact   string    `json:"fact"` // fact key
	Kind   quiz.Kind `json:"kind"`
	Reason string    `json:"reason"`
	Note   string    `json:"note,omitempty"`
	Stem   string    `json:"stem"`
	Shown  []string  `json:"options,omitempty"`
	Given  string    `json:"given,omitempty"`
	Answer any       `json:"answer"` // the right one, in the format of chronicle questions
	Dates  []string  `json:"dates,omitempty"`
	Period string    `json:"period,omitempty"`
}

// Run prints one report per line, oldest first.
func (c *deckReports) Run(ctx context.Context, to streams) error {
	if !c.databaseExists() {
		return fmt.Errorf("there is no database %s", storage.RedactAddress(c.Database))
	}
	db, err := storage.OpenReadOnly(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	who := quiz.Who{Role: quiz.RoleSystem}
	pool, err := db.DeckIndexByName(ctx, who, c.Deck)
	if quiz.Is(err, quiz.NotFound) {
		return fmt.Errorf("there is no deck %q in %s", c.Deck, storage.RedactAddress(c.Database))
	}
	if err != nil {
		return err
	}
	reports, err := db.DeckReports(ctx, who, pool.Deck.ID)
	if err != nil {
		return err
	}
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		return err
	}
	out := json.NewEncoder(to.out)
	out.SetEscapeHTML(false)
	for _, r := range reports {
		f, _ := pool.Deck.Fact(r.Question.Fact)
		line := reportJSON{
			At: r.At, Fact: f.Key, Kind: r.Question.Kind, Reason: r.Reason, Note: r.Note,
			Stem: words.English().StemText(r.Question), Given: r.Given,
			Answer: answerOf(r.Question), Period: r.Question.ShownOption.Text,
		}
		for _, d := range r.Question.Dates {
			line.Dates = append(line.Dates, d.Text)
		}
		for _, o := range r.Question.Options {
			line.Shown = append(line.Shown, o.Text)
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
