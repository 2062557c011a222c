package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// DueCounter counts the cards that become due.
type DueCounter interface {
	// DueCounts counts the cards due on each of the person's days from one day to
	// another.
	DueCounts(ctx context.Context, who quiz.Who, from, to int64) (map[int64]int, error)
}

// answerCard returns the card after an answer and the range of days for its next
// review.
func (at LearnerTime) answerCard(c quiz.Card, r fsrs.Rating, f fsrs.Form) fsrs.NextState {
	return at.Scheduler().AnswerCard(c.State, at.Day, r, f, fuzzSeed(c.CardID))
}

// pickFuzz returns the position of the least loaded day in the fuzz range, or −1 if
// the range has one day only.
func pickFuzz(ctx context.Context, db DueCounter, who quiz.Who, n fsrs.NextState, at LearnerTime) (float64, error) {
	if n.MaxDays <= n.MinDays {
		return -1, nil
	}
	load, err := db.DueCounts(ctx, who, at.Day+int64(n.MinDays), at.Day+int64(n.MaxDays))
	return fsrs.FuzzPart(n.MinDays, n.MaxDays, leastLoadedDay(n, load, at)), err
}

// leastLoadedDay returns the day of the range with the fewest due cards and, among
// equal days, the one nearest to n.Days. It uses a rest day only if every day of the
// range is one.
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

// IsRestDay reports whether a day is one of the learner's rest days.
func (at LearnerTime) IsRestDay(day int64) bool {
	return at.RestDays.Has(at.Calendar.Date(day).Weekday())
}

// cardAfter returns the card after an answer, due at the given position in the fuzz
// range.
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

// dueTime returns the instant at which the card is due again: after some minutes in a
// learning step, otherwise at the start of the learner's day.
func dueTime(n fsrs.NextState, at LearnerTime) time.Time {
	if n.Days > 0 {
		return at.Calendar.DayStart(at.Day + int64(n.Days))
	}
	return at.Now.Add(n.Wait)
}

// fuzzSeed returns the seed of a card's fuzz, so that a button shows the interval that
// it gives.
func fuzzSeed(id quiz.CardID) uint64 { return uint64(id.Fact)<<8 | uint64(id.Facet) }

// PreviewDueTimes returns when a card would be due again for each self-rating, from
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

// SimulateReview completes a made-up review: it sets the card after it and the
// predicted recall as if no other card were due, and leaves the rest of r as it is.
func SimulateReview(r quiz.Review, at LearnerTime) quiz.Review {
	r.At, r.Day, r.Zone, r.Offset, r.DayStart, r.Model = at.Now, at.Day, at.Zone, at.Offset, at.DayStart, at.SchedulerVersion.String()
	next := at.answerCard(r.CardBefore, r.Rating, r.Form)
	r.Fuzz, r.Expected = -1, predictedRecall(r.CardBefore, r.Form, at)
	r.CardAfter = cardAfter(r.CardBefore, next, r.Fuzz, at)
	return r
}
