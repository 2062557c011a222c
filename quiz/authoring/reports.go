package authoring

import (
	"context"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
)

// ReportStore is the storage that handling reports needs.
type ReportStore interface {
	DeckStore
	CloseReport(ctx context.Context, who quiz.Who, deck, id int64, reply string, now time.Time) error
}

// DismissReport closes a question report with a reply to the person who sent it. It
// returns Invalid with problems on reply.
func DismissReport(ctx context.Context, db ReportStore, who quiz.Who, r quiz.QuestionReport, reply string, now time.Time) error {
	reply = strings.TrimSpace(reply)
	if p := quiz.ValidateReply(reply); len(p) > 0 {
		return invalidError(p)
	}
	return db.CloseReport(ctx, who, r.Deck, r.ID, reply, now)
}

// AcceptReportedAnswer adds the reported answer to the accepted spellings of its
// term and closes the report. It returns Conflict if the fact no longer has the
// term.
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
