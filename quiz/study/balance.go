package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// DueCounter counts what falls due.
type DueCounter interface {
	// Loads counts the cards due on each of the person's days from one to another.
	DueCounts(ctx context.Context, who quiz.Who, from, to int64) (map[int64]int, error)
}

// answerCard is the card after an answer, and the days that would do for it.
func (at LearnerTime) answerCard(c quiz.Card, r fsrs.Rating, f fsrs.Form) fsrs.NextState {
	return at.Scheduler().AnswerCard(c.State, at.Day, r, f, fuzzSeed(c.CardID))
}

// pickFuzz says which part of the days that would do is taken, −1 where there is no
// choice.
func pickFuzz(ctx context.Context, db DueCounter, who quiz.Who, n fsrs.NextState, at LearnerTime) (float64, error) {
	if n.MaxDays <= n.MinDays {
		return -1, nil
	}
	load, err := db.DueCounts(ctx, who, at.Day+int64(n.MinDays), at.Day+int64(n.MaxDays))
	return fsrs.FuzzPart(n.MinDays, n.MaxDays, leastLoadedDay(n, load, at)), err
}

// leastLoadedDay is the day, of those that would do, on which least is due; of equal ones
// that which is nearest to the card's own chance. A day of rest is empty because it
// is one, and takes a card only where all are.
func leastLoadedDay(n fsrs.NextState, load map[int64]int, at LearnerTime) int {
	best, least := n.Days, 1<<30
	for day := n.MinDays; day <= n.MaxDays; day++ {
		weight := 2 * load[at.Day+int64(day)]
		if at.IsRestDay(at.Day + int64(day)) {
			weight = 1<<29 + 1
		}
		if weight < least || weight == least && distance(day, n.Days) < distance(best, n.Days) {
			best, least = day, weight
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// IsRestDay tells whether a day is one of rest.
func (at LearnerTime) IsRestDay(day int64) bool {
	return at.RestDays.Has(at.Calendar.Date(day).Weekday())
}

// cardAfter gives the card after an answer, at that part of the days that would do.
func cardAfter(c quiz.Card, next fsrs.NextState, fuzz float64, at LearnerTime) quiz.Card {
	if fuzz >= 0 && next.Days > 0 {
		next.Days = fsrs.FuzzedDay(next.MinDays, next.MaxDays, fuzz)
	}
	if c.IsNew() {
		c.FirstDay = at.Day
	}
	c.State = next.Card
	c.Due = dueTime(next, at)
	c.DueDay = at.Calendar.Day(c.Due)
	if next.Days > 0 {
		c.DueDay = at.Day + int64(next.Days)
	}
	c.Version++
	return c
}

// dueTime is the instant at which a card comes again: after minutes while it is
// learned, else as its day begins for the learner.
func dueTime(n fsrs.NextState, at LearnerTime) time.Time {
	if n.Days > 0 {
		return at.Calendar.DayStart(at.Day + int64(n.Days))
	}
	return at.Now.Add(n.Wait)
}

// fuzzSeed is the seed of a card's fuzz, so that the interval a button shows is
// the one it gives.
func fuzzSeed(id quiz.CardID) uint64 { return uint64(id.Fact)<<8 | uint64(id.Facet) }

// PreviewDueTimes gives when a card would come again for each rating by hand, from
// again to easy.
func PreviewDueTimes(ctx context.Context, db DueCounter, who quiz.Who, c quiz.Card, at LearnerTime) ([4]time.Time, error) {
	var out [4]time.Time
	for i, n := range at.Scheduler().PreviewAnswers(c.State, at.Day, fsrs.PlainForm, fuzzSeed(c.CardID)) {
		fuzz, err := pickFuzz(ctx, db, who, n, at)
		if err != nil {
			return out, err
		}
		out[i] = cardAfter(c, n, fuzz, at).Due
	}
	return out, nil
}

// SimulateReview is a review of an answer that was made up: the card after it, and what was
// expected, as if nothing else were due. The rest of r is as it was given.
func SimulateReview(r quiz.Review, at LearnerTime) quiz.Review {
	r.At, r.Day, r.Zone, r.Offset, r.DayStart, r.Model = at.Now, at.Day, at.Zone, at.Offset, at.DayStart, at.SchedulerVersion.String()
	next := at.answerCard(r.CardBefore, r.Rating, r.Form)
	r.Fuzz, r.Expected = -1, predictedRecall(r.CardBefore, r.Form, at)
	r.CardAfter = cardAfter(r.CardBefore, next, r.Fuzz, at)
	return r
}
