// Package study decides what is asked next and what an answer does.
package study

import (
	"hash/fnv"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
)

// LearnAheadLimit is how long before its time a learning step is asked when nothing
// else is left, so that a short session can be finished.
const LearnAheadLimit = 20 * time.Minute

// DefaultScheduler moves the memory of everybody who has no weights of their own.
// It never changes.
var DefaultScheduler = fsrs.Default()

// LearnerTime is an instant in a learner's own calendar, with how their memory goes.
type LearnerTime struct {
	Now              time.Time
	Day              int64     // the learner's day
	DayEnd           time.Time // the first instant of the next one
	Zone             string    // its name
	Offset           int       // minutes to UTC
	DayStart         int       // the hour at which the learner's day begins
	Calendar         quiz.Calendar
	RestDays         quiz.Weekdays
	SchedulerVersion SchedulerVersion
	ownScheduler     *fsrs.Scheduler // nil for Scheduler
}

// NewLearnerTime is the moment of an instant for a person.
func NewLearnerTime(p quiz.Person, now time.Time) LearnerTime {
	cal := p.Calendar()
	day := cal.Day(now)
	return LearnerTime{
		Now: now, Day: day, DayEnd: cal.DayStart(day + 1), Zone: p.Zone, Offset: cal.UTCOffset(now), DayStart: p.DayStart, Calendar: cal,
		RestDays: p.RestDays, SchedulerVersion: SchedulerVersion{p.Parameters.ID, p.DesiredRetention}, ownScheduler: newScheduler(p.Parameters, p.DesiredRetention),
	}
}

// Scheduler moves the learner's memory.
func (at LearnerTime) Scheduler() *fsrs.Scheduler {
	if at.ownScheduler == nil {
		return DefaultScheduler
	}
	return at.ownScheduler
}

// Model is how the learner's memory fades.
func (at LearnerTime) Model() fsrs.Model { return at.Scheduler().Model }

// Queue is what lies ready for a person in one deck. The lists hold the first
// few only; the counts are whole. Cards whose fact was already asked today by
// another facet are not on it.
type Queue struct {
	Learning       []quiz.Card           // learning steps whose time has come, oldest first
	Reviews        []quiz.Card           // due today, oldest first
	New            []quiz.CardID         // never answered, in the order in which they come
	LearnAhead     []quiz.Card           // learning steps still to come within Ahead
	KnownFacts     []int64               // facts whose date is in memory and was not asked today, the next due first
	ConfusedWith   map[quiz.CardID]int64 // of Reviews: the fact that each was last taken for, until it was told from it
	DueCount       int                   // how many of Steps, Reviews and Later there are
	ExtraAnswers   int                   // answers that learning steps among them need beyond one each
	NewTotal       int                   // how many cards of the deck were never answered
	NewToday       int                   // cards met today for the first time, in all decks
	PlannedForTest bool                  // on the way to a test: Reviews are what is asked for it today
	NewForTest     int                   // new cards that are still to be met today for it
	Session        quiz.StudySession     // where the person stood before
}

// newLimit is how many new cards the day has in all: on the way to a test as many as it
// asks for.
func (d Queue) newLimit(newPerDay int) int {
	if d.PlannedForTest {
		return d.NewToday + d.NewForTest
	}
	return newPerDay
}

// Remaining is how many answers are still to come today if all are right: a new
// card has to be known at each of its learning steps.
func (d Queue) Remaining(newPerDay int) int {
	fresh := max(0, min(d.NewTotal, d.newLimit(newPerDay)-d.NewToday))
	return d.DueCount + d.ExtraAnswers + fresh*max(1, len(DefaultScheduler.Learning))
}

// cardsInOrder lists the cards in the order in which they are tried: steps, what is
// due, what is new as far as the day allows, then steps ahead of their time.
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

// pickNextQuestion puts the next question onto the sitting, or none if none is left.
func pickNextQuestion(s quiz.StudySession, d Queue, p *kinds.DeckIndex, person quiz.Person, token string, now time.Time) quiz.StudySession {
	if s.QuizAttempt != "" {
		return pickNextQuizQuestion(s, p, s.QuizIndex+1, token, now)
	}
	newPerDay := person.NewPerDay
	if !p.Deck.Deleted.IsZero() { // what was begun is finished, and nothing new begins
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

// pickNextQuizQuestion puts the question of a place of the quiz onto the sitting, or of the
// first place after it that the deck still proves.
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

// makeQuestion makes a card's question. What no flashcard can ask is asked by
// choosing: else such cards, once they come first, would end every session of
// flashcards before its time. Only what is in memory stands beside it in an
// order: what was never met would be a guess.
func (d Queue) makeQuestion(p *kinds.DeckIndex, c quiz.Card, flips bool, person quiz.Person, seed uint64) (quiz.Question, bool) {
	w := kinds.Constraints{CompanionFacts: append([]int64{}, d.KnownFacts...), ContrastFact: d.ConfusedWith[c.CardID], AvoidedKinds: person.AvoidedKinds}
	q, ok := p.QuestionFor(c, flips, w, seed)
	if !ok && flips {
		return p.QuestionFor(c, false, w, seed)
	}
	return q, ok
}

// seedFromToken makes the chance of a question from its token, which is random.
func seedFromToken(token string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(token))
	return h.Sum64()
}

// BurySiblings puts off to tomorrow the cards that are kept apart today: those whose
// fact was asked today by another facet. What is put aside by hand comes on its day,
// and what is so for good is left out.
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
