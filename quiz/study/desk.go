// Package study decides what is asked next and what an answer does.
package study

import (
	"hash/fnv"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
)

// Ahead is how long before its time a learning step is asked when nothing
// else is left, so that a short session can be finished.
const Ahead = 20 * time.Minute

// Scheduler moves the memory of everybody who has no weights of their own.
// It never changes.
var Scheduler = fsrs.Default()

// Moment is an instant in a learner's own calendar, with how their memory goes.
type Moment struct {
	Now      time.Time
	Day      int64     // the learner's day
	End      time.Time // the first instant of the next one
	Zone     string    // its name
	Offset   int       // minutes to UTC
	DayStart int       // the hour at which the learner's day begins
	Cal      quiz.Calendar
	Rest     quiz.Weekdays
	Made     Made
	own      *fsrs.Scheduler // nil for Scheduler
}

// At is the moment of an instant for a person.
func At(p quiz.Person, now time.Time) Moment {
	cal := p.Calendar()
	day := cal.Day(now)
	return Moment{
		Now: now, Day: day, End: cal.Start(day + 1), Zone: p.Zone, Offset: cal.Offset(now), DayStart: p.DayStart, Cal: cal,
		Rest: p.Rest, Made: Made{p.Tuning.ID, p.Retention}, own: scheduler(p.Tuning, p.Retention),
	}
}

// Scheduler moves the learner's memory.
func (at Moment) Scheduler() *fsrs.Scheduler {
	if at.own == nil {
		return Scheduler
	}
	return at.own
}

// Model is how the learner's memory fades.
func (at Moment) Model() fsrs.Model { return at.Scheduler().Model }

// Desk is what lies ready for a person in one deck. The lists hold the first
// few only; the counts are whole. Cards whose fact was already asked today by
// another facet are not on it.
type Desk struct {
	Steps    []quiz.Card           // learning steps whose time has come, oldest first
	Reviews  []quiz.Card           // due today, oldest first
	Fresh    []quiz.CardID         // never answered, in the order in which they come
	Later    []quiz.Card           // learning steps still to come within Ahead
	Known    []int64               // facts whose date is in memory and was not asked today, the next due first
	Confused map[quiz.CardID]int64 // of Reviews: the fact that each was last taken for, until it was told from it
	Due      int                   // how many of Steps, Reviews and Later there are
	Extra    int                   // answers that learning steps among them need beyond one each
	FreshAll int                   // how many cards of the deck were never answered
	NewToday int                   // cards met today for the first time, in all decks
	Bent     bool                  // on the way to a test: Reviews are what is asked for it today
	Meet     int                   // new cards that are still to be met today for it
	Sitting  quiz.Sitting          // where the person stood before
}

// limit is how many new cards the day has in all: on the way to a test as many as it
// asks for.
func (d Desk) limit(newPerDay int) int {
	if d.Bent {
		return d.NewToday + d.Meet
	}
	return newPerDay
}

// Left is how many answers are still to come today if all are right: a new
// card has to be known at each of its learning steps.
func (d Desk) Left(newPerDay int) int {
	fresh := max(0, min(d.FreshAll, d.limit(newPerDay)-d.NewToday))
	return d.Due + d.Extra + fresh*max(1, len(Scheduler.Learning))
}

// order lists the cards in the order in which they are tried: steps, what is
// due, what is new as far as the day allows, then steps ahead of their time.
func (d Desk) order(newPerDay int) []quiz.Card {
	out := append(append([]quiz.Card{}, d.Steps...), d.Reviews...)
	for i, id := range d.Fresh {
		if d.NewToday+i >= d.limit(newPerDay) {
			break
		}
		out = append(out, quiz.Card{CardID: id})
	}
	return append(out, d.Later...)
}

// pose puts the next question onto the sitting, or none if none is left.
func pose(s quiz.Sitting, d Desk, p *ask.Pool, person quiz.Person, token string, now time.Time) quiz.Sitting {
	if s.Run != "" {
		return poseQuiz(s, p, s.Place+1, token, now)
	}
	newPerDay := person.NewPerDay
	if !p.Deck.Deleted.IsZero() { // what was begun is finished, and nothing new begins
		newPerDay, d.Bent = 0, false
	}
	s.Token, s.Question, s.Fading, s.Left = "", quiz.Question{}, false, 0
	for _, c := range d.order(newPerDay) {
		if q, ok := d.question(p, c, s.Flips, person, seed(token)); ok {
			s.Token, s.Question, s.Posed = token, q, now
			s.Fading = c.Memory.Phase == fsrs.PhaseReview
			s.Left = max(1, d.Left(newPerDay))
			return s
		}
	}
	return s
}

// poseQuiz puts the question of a place of the quiz onto the sitting, or of the
// first place after it that the deck still proves.
func poseQuiz(s quiz.Sitting, p *ask.Pool, place int, token string, now time.Time) quiz.Sitting {
	s.Token, s.Question, s.Fading, s.Left = "", quiz.Question{}, false, 0
	for s.Place = place; s.Place < len(s.Quiz.Asks); s.Place++ {
		if q, ok := p.Question(s.Quiz, s.Quiz.Asks[s.Place]); ok {
			s.Token, s.Question, s.Posed = token, q, now
			s.Left = len(s.Quiz.Asks) - s.Place
			return s
		}
	}
	return s
}

// question makes a card's question. What no flashcard can ask is asked by
// choosing: else such cards, once they come first, would end every session of
// flashcards before its time. Only what is in memory stands beside it in an
// order: what was never met would be a guess.
func (d Desk) question(p *ask.Pool, c quiz.Card, flips bool, person quiz.Person, seed uint64) (quiz.Question, bool) {
	w := ask.Wish{Beside: append([]int64{}, d.Known...), Contrast: d.Confused[c.CardID], Unwanted: person.Unwanted}
	q, ok := p.For(c, flips, w, seed)
	if !ok && flips {
		return p.For(c, false, w, seed)
	}
	return q, ok
}

// seed makes the chance of a question from its token, which is random.
func seed(token string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(token))
	return h.Sum64()
}

// Apart puts off to tomorrow the cards that are kept apart today: those whose
// fact was asked today by another facet. What is put aside by hand comes on its day,
// and what is so for good is left out.
func Apart(cards []quiz.Card, asides map[quiz.CardID]int64, at Moment) []quiz.Card {
	asked := map[int64][]quiz.Facet{}
	for _, c := range cards {
		if c.Memory.LastDay == at.Day {
			asked[c.Fact] = append(asked[c.Fact], c.Facet)
		}
	}
	out := slices.DeleteFunc(slices.Clone(cards), func(c quiz.Card) bool { return asides[c.CardID] == quiz.Never })
	for i, c := range out {
		if until := asides[c.CardID]; c.DueDay < until {
			out[i].Due, out[i].DueDay = at.Cal.Start(until), until
			continue
		}
		another := func(f quiz.Facet) bool { return f != c.Facet }
		if c.IsDue(at.Day) && slices.ContainsFunc(asked[c.Fact], another) {
			out[i].Due, out[i].DueDay = at.End, at.Day+1
		}
	}
	return out
}
