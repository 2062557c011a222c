package teach

import (
	"context"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
)

// ReportStore is what the deeds on reports need of storage.
type ReportStore interface {
	Store
	CloseReport(ctx context.Context, who quiz.Who, deck, id int64, reply string, now time.Time) error
}

// Dismiss says that a report is dealt with, with a word to whoever reported it.
// Invalid with problems on reply.
func Dismiss(ctx context.Context, db ReportStore, who quiz.Who, r quiz.Report, reply string, now time.Time) error {
	reply = strings.TrimSpace(reply)
	if p := quiz.CheckReply(reply); len(p) > 0 {
		return invalid(p)
	}
	return db.CloseReport(ctx, who, r.Deck, r.ID, reply, now)
}

// Accept makes the answer of a report a right spelling of its term from now on,
// and is done with the report. Conflict where the fact has no such term any
// more.
func Accept(ctx context.Context, db ReportStore, who quiz.Who, r quiz.Report, reply string, now time.Time) error {
	if !r.Acceptable() {
		return quiz.Fail(quiz.Invalid, "error.invalid")
	}
	spelling := quiz.OneLine(r.Given)
	err := db.Edit(ctx, who, r.Deck, 0, now, func(d Desk) (Result, error) {
		before, ok := d.Deck.Fact(r.Question.Fact)
		if !ok || before.Retired {
			return Result{}, quiz.Fail(quiz.Conflict, "error.report.term")
		}
		after := before
		after.Terms = slices.Clone(before.Terms)
		for i, t := range after.Terms {
			if t.Text != r.Question.Term {
				continue
			}
			if t.Text == spelling || slices.Contains(t.Accepted, spelling) {
				return Result{}, nil
			}
			after.Terms[i].Accepted = append(slices.Clone(t.Accepted), spelling)
			return Result{Change: quiz.Change{What: "accept", Facts: []quiz.FactChange{{Before: before, After: after}}}}, nil
		}
		return Result{}, quiz.Fail(quiz.Conflict, "error.report.term")
	})
	if err != nil {
		return err
	}
	return Dismiss(ctx, db, who, r, reply, now)
}
