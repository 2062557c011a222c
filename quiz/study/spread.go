package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Loader counts what falls due.
type Loader interface {
	// Loads counts the cards due on each of the person's days from one to another.
	Loads(ctx context.Context, who quiz.Who, from, to int64) (map[int64]int, error)
}

// answered is the card after an answer, and the days that would do for it.
func (at Moment) answered(c quiz.Card, r fsrs.Rating, f fsrs.Form) fsrs.Next {
	return at.Scheduler().Answer(c.Memory, at.Day, r, f, chance(c.CardID))
}

// pick says which part of the days that would do is taken, −1 where there is no
// choice.
func pick(ctx context.Context, db Loader, who quiz.Who, n fsrs.Next, at Moment) (float64, error) {
	if n.Most <= n.Least {
		return -1, nil
	}
	load, err := db.Loads(ctx, who, at.Day+int64(n.Least), at.Day+int64(n.Most))
	return fsrs.PartOf(n.Least, n.Most, lightest(n, load, at)), err
}

// lightest is the day, of those that would do, on which least is due; of equal ones
// that which is nearest to the card's own chance. A day of rest is empty because it
// is one, and takes a card only where all are.
func lightest(n fsrs.Next, load map[int64]int, at Moment) int {
	best, least := n.Days, 1<<30
	for day := n.Least; day <= n.Most; day++ {
		weight := 2 * load[at.Day+int64(day)]
		if at.Rests(at.Day + int64(day)) {
			weight = 1<<29 + 1
		}
		if weight < least || weight == least && away(day, n.Days) < away(best, n.Days) {
			best, least = day, weight
		}
	}
	return best
}

func away(a, b int) int { return max(a-b, b-a) }

// Rests tells whether a day is one of rest.
func (at Moment) Rests(day int64) bool { return at.Rest.Has(at.Cal.Date(day).Weekday()) }

// moved gives the card after an answer, at that part of the days that would do.
func moved(c quiz.Card, next fsrs.Next, fuzz float64, at Moment) quiz.Card {
	if fuzz >= 0 && next.Days > 0 {
		next.Days = fsrs.Within(next.Least, next.Most, fuzz)
	}
	if c.IsNew() {
		c.First = at.Day
	}
	c.Memory = next.Card
	c.Due = due(next, at)
	c.DueDay = at.Cal.Day(c.Due)
	if next.Days > 0 {
		c.DueDay = at.Day + int64(next.Days)
	}
	c.Version++
	return c
}

// due is the instant at which a card comes again: after minutes while it is
// learned, else as its day begins for the learner.
func due(n fsrs.Next, at Moment) time.Time {
	if n.Days > 0 {
		return at.Cal.Start(at.Day + int64(n.Days))
	}
	return at.Now.Add(n.Wait)
}

// chance is the seed of a card's fuzz, so that the interval a button shows is
// the one it gives.
func chance(id quiz.CardID) uint64 { return uint64(id.Fact)<<8 | uint64(id.Facet) }

// Preview gives when a card would come again for each rating by hand, from
// again to easy.
func Preview(ctx context.Context, db Loader, who quiz.Who, c quiz.Card, at Moment) ([4]time.Time, error) {
	var out [4]time.Time
	for i, n := range at.Scheduler().Preview(c.Memory, at.Day, fsrs.Plain, chance(c.CardID)) {
		fuzz, err := pick(ctx, db, who, n, at)
		if err != nil {
			return out, err
		}
		out[i] = moved(c, n, fuzz, at).Due
	}
	return out, nil
}

// Rehearsed is a review of an answer that was made up: the card after it, and what was
// expected, as if nothing else were due. The rest of r is as it was given.
func Rehearsed(r quiz.Review, at Moment) quiz.Review {
	r.At, r.Day, r.Zone, r.Offset, r.DayStart, r.Model = at.Now, at.Day, at.Zone, at.Offset, at.DayStart, at.Made.String()
	next := at.answered(r.Before, r.Rating, r.Form)
	r.Fuzz, r.Expected = -1, expected(r.Before, r.Form, at)
	r.After = moved(r.Before, next, r.Fuzz, at)
	return r
}
