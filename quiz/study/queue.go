// Package study decides which question comes next and what an answer changes.
package study

import (
	"hash/fnv"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
)

// LearnAheadLimit is how long before it is due a learning step may be asked if nothing
// else is left, so that a short session can be finished.
const LearnAheadLimit = 20 * time.Minute

// DefaultScheduler is the scheduler of everyone without parameters of their own. It
// never changes.
var DefaultScheduler = fsrs.Default()

// LearnerTime is an instant in a learner's own calendar, with the learner's scheduler.
type LearnerTime struct {
	Now              time.Time
	Day              int64     // number of the learner's day
	DayEnd           time.Time // first instant of the next day
	Zone             string    // name of the time zone
	Offset           int       // offset from UTC in minutes
	DayStart         int       // hour at which the learner's day starts
	Calendar         quiz.Calendar
	RestDays         quiz.Weekdays
	SchedulerVersion SchedulerVersion
	ownScheduler     *fsrs.Scheduler // nil for DefaultScheduler
}

// NewLearnerTime returns the LearnerTime of an instant for a person.
func NewLearnerTime(p quiz.Person, now time.Time) LearnerTime {
	cal := p.Calendar()
	day := cal.Day(now)
	return LearnerTime{
		Now: now, Day: day, DayEnd: cal.DayStart(day + 1), Zone: p.Zone, Offset: cal.UTCOffset(now), DayStart: p.DayStart, Calendar: cal,
		RestDays: p.RestDays, SchedulerVersion: SchedulerVersion{p.Parameters.ID, p.DesiredRetention}, ownScheduler: newScheduler(p.Parameters, p.DesiredRetention),
	}
}

// Scheduler returns the learner's scheduler.
func (at LearnerTime) Scheduler() *fsrs.Scheduler {
	if at.ownScheduler == nil {
		return DefaultScheduler
	}
	return at.ownScheduler
}

// Model returns the learner's memory model.
func (at LearnerTime) Model() fsrs.Model { return at.Scheduler().Model }

// Queue holds what a person has to study in one deck. The lists hold only the first
// few cards; the counts cover all of them. Cards whose fact was already asked today by
// another facet are left out.
type Queue struct {
	Learning       []quiz.Card           // learning steps that are due, oldest first
	Reviews        []quiz.Card           // due today, oldest first
	New            []quiz.CardID         // never answered, in study order
	LearnAhead     []quiz.Card           // learning steps due within LearnAheadLimit
	KnownFacts     []int64               // facts whose date is in memory and was not asked today, next due first
	ConfusedWith   map[quiz.CardID]int64 // for cards of Reviews: the fact each was last confused with, until the learner tells them apart
	DueCount       int                   // total number of cards in Learning, Reviews and LearnAhead
	ExtraAnswers   int                   // answers that their learning steps need beyond one per card
	NewTotal       int                   // total number of cards of the deck never answered
	NewToday       int                   // cards answered today for the first time, in all decks
	PlannedForTest bool                  // planned for a test: Reviews are what the plan asks for today
	NewForTest     int                   // new cards that the plan still asks for today
	Session        quiz.StudySession     // the person's session so far
}

// newLimit returns how many new cards today may have in total: the number that the
// test plan asks for, if there is one, or else newPerDay.
func (d Queue) newLimit(newPerDay int) int {
	if d.PlannedForTest {
		return d.NewToday + d.NewForTest
	}
	return newPerDay
}

// Remaining returns how many answers are left today if all are right. A new card has
// to be answered right at each of its learning steps.
func (d Queue) Remaining(newPerDay int) int {
	fresh := max(0, min(d.NewTotal, d.newLimit(newPerDay)-d.NewToday))
	return d.DueCount + d.ExtraAnswers + fresh*max(1, len(DefaultScheduler.Learning))
}

// cardsInOrder returns the cards in the order in which they are tried: learning steps,
// reviews, new cards within today's limit, then learning steps ahead of time.
func (d Queue) cardsInOrder(newPerDay int) []quiz.Card {
	out := append(append([]quiz.Card{}, d.Learning...), d.Reviews...)
	for i, id := range d.New {
		if d.NewToday+i >= d.newLimit(newPerDay) {
			break
		}
		out = append(out, quiz.Card{CardID: id})
	}
	return append(out, d.LearnAhead...)
}

// pickNextQuestion puts the next question into the session, or none if there is none
// left.
func pickNextQuestion(s quiz.StudySession, d Queue, p *kinds.DeckIndex, person quiz.Person, token string, now time.Time) quiz.StudySession {
	if s.QuizAttempt != "" {
		return pickNextQuizQuestion(s, p, s.QuizIndex+1, token, now)
	}
	newPerDay := person.NewPerDay
	if !p.Deck.Deleted.IsZero() { // finish started cards of a deleted deck, but add no new ones
		newPerDay, d.PlannedForTest = 0, false
	}
	s.Token, s.Question, s.IsDueReview, s.Remaining = "", quiz.Question{}, false, 0
	for _, c := range d.cardsInOrder(newPerDay) {
		if q, ok := d.makeQuestion(p, c, s.Flashcards, person, seedFromToken(token)); ok {
			s.Token, s.Question, s.AskedAt = token, q, now
			s.IsDueReview = c.State.Phase == fsrs.PhaseReview
			s.Remaining = max(1, d.Remaining(newPerDay))
			return s
		}
	}
	return s
}

// pickNextQuizQuestion puts the question at a position of the quiz into the session,
// or the first one after it that the deck can still prove.
func pickNextQuizQuestion(s quiz.StudySession, p *kinds.DeckIndex, place int, token string, now time.Time) quiz.StudySession {
	s.Token, s.Question, s.IsDueReview, s.Remaining = "", quiz.Question{}, false, 0
	for s.QuizIndex = place; s.QuizIndex < len(s.Quiz.Items); s.QuizIndex++ {
		if q, ok := p.QuizQuestion(s.Quiz, s.Quiz.Items[s.QuizIndex]); ok {
			s.Token, s.Question, s.AskedAt = token, q, now
			s.Remaining = len(s.Quiz.Items) - s.QuizIndex
			return s
		}
	}
	return s
}

// makeQuestion returns a card's question. If there is no flashcard for the card, it
// makes a graded question instead; otherwise such cards would end a flashcard session
// as soon as they came first. An order has only companion facts that are in memory,
// because a fact that was never learned could only be guessed.
func (d Queue) makeQuestion(p *kinds.DeckIndex, c quiz.Card, flips bool, person quiz.Person, seed uint64) (quiz.Question, bool) {
	w := kinds.Constraints{CompanionFacts: append([]int64{}, d.KnownFacts...), ContrastFact: d.ConfusedWith[c.CardID], AvoidedKinds: person.AvoidedKinds}
	q, ok := p.QuestionFor(c, flips, w, seed)
	if !ok && flips {
		return p.QuestionFor(c, false, w, seed)
	}
	return q, ok
}

// seedFromToken returns the seed of a question, derived from its random token.
func seedFromToken(token string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(token))
	return h.Sum64()
}

// BurySiblings moves cards to tomorrow if their fact was asked today by another facet.
// The map asides holds the day until which a card is suspended or buried: such a card
// becomes due on that day, and is left out if the day is NeverDay.
func BurySiblings(cards []quiz.Card, asides map[quiz.CardID]int64, at LearnerTime) []quiz.Card {
	asked := map[int64][]quiz.Facet{}
	for _, c := range cards {
		if c.State.LastDay == at.Day {
			asked[c.Fact] = append(asked[c.Fact], c.Facet)
		}
	}
	out := slices.DeleteFunc(slices.Clone(cards), func(c quiz.Card) bool { return asides[c.CardID] == quiz.NeverDay })
	for i, c := range out {
		if until := asides[c.CardID]; c.DueDay < until {
			out[i].Due, out[i].DueDay = at.Calendar.DayStart(until), until
			continue
		}
		another := func(f quiz.Facet) bool { return f != c.Facet }
		if c.IsDue(at.Day) && slices.ContainsFunc(asked[c.Fact], another) {
			out[i].Due, out[i].DueDay = at.DayEnd, at.Day+1
		}
	}
	return out
}
