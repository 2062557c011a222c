package authoring

import (
	"context"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
)

// ReportStore is what the deeds on reports need of storage.
type ReportStore interface {
	DeckStore
	CloseReport(ctx context.Context, who quiz.Who, deck, id int64, reply string, now time.Time) error
}

// DismissReport says that a report is dealt with, with a word to whoever reported it.
// Invalid with problems on reply.
func DismissReport(ctx context.Context, db ReportStore, who quiz.Who, r quiz.QuestionReport, reply string, now time.Time) error {
	reply = strings.TrimSpace(reply)
	if p := quiz.ValidateReply(reply); len(p) > 0 {
		return invalidError(p)
	}
	return db.CloseReport(ctx, who, r.Deck, r.ID, reply, now)
}

// AcceptReportedAnswer makes the answer of a report a right spelling of its term from now on,
// and is done with the report. Conflict where the fact has no such term any
// more.
func AcceptReportedAnswer(ctx context.Context, db ReportStore, who quiz.Who, r quiz.QuestionReport, reply string, now time.Time) error {
	if !r.CanAcceptAnswer() {
		return quiz.NewError(quiz.Invalid, "error.invalid")
	}
	spelling := quiz.OneLine(r.Given)
	err := db.EditDeck(ctx, who, r.Deck, 0, now, func(d EditInput) (EditResult, error) {
		before, ok := d.Deck.Fact(r.Question.Fact)
		if !ok || before.Retired {
			return EditResult{}, quiz.NewError(quiz.Conflict, "error.report.term")
		}
		after := before
		after.Terms = slices.Clone(before.Terms)
		for i, t := range after.Terms {
			if t.Text != r.Question.Term {
				continue
			}
			if t.Text == spelling || slices.Contains(t.Accepted, spelling) {
				return EditResult{}, nil
			}
			after.Terms[i].Accepted = append(slices.Clone(t.Accepted), spelling)
			return EditResult{Change: quiz.Change{Action: "accept", Facts: []quiz.FactChange{{Before: before, After: after}}}}, nil
		}
		return EditResult{}, quiz.NewError(quiz.Conflict, "error.report.term")
	})
	if err != nil {
		return err
	}
	return DismissReport(ctx, db, who, r, reply, now)
}
