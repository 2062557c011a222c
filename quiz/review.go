package quiz

import (
	"time"

	"chronicle/quiz/fsrs"
)

// Review is one answered card. It is never changed: an undo is a separate record that
// refers to it.
type Review struct {
	ID           int64
	Token        string // token of the question; one answer per token
	Deck         int64
	Question     Question // as shown
	LeadToken    string   // token of the answer to the question that included this card; empty for the card asked for
	QuizAttempt  string   // ID of the quiz attempt; empty in a study session
	ChosenOption int      // index of the chosen option; -1 if none
	Given        string   // typed, ordered or placed answer; empty for a choice
	Verdict      Verdict
	Score        float64 // 1 if right; for a place or typed date the best constant answer scores 0 on average, so a score can be negative
	ConfusedWith int64   // the fact whose date, event or term was given instead; 0 if none
	Rating       fsrs.Rating
	Form         fsrs.Form // guess, ease, strength and slip used for the memory update
	At           time.Time
	Day          int64         // the learner's day
	Zone         string        // learner's time zone at that time
	Offset       int           // minutes to UTC
	DayStart     int           // hour at which the learner's day started at that time
	Fuzz         float64       // position of the chosen day in the fuzz range, at least 0 and below 1; −1 for the fuzz derived from the card's ID
	Duration     time.Duration // time spent on the question; zero if unknown
	Expected     float64       // predicted chance of a right answer; −1 if there is no prediction: a first answer, or one on the same day as the last
	Model        string        // SchedulerVersion as a string
	CardBefore   Card
	CardAfter    Card
	Undone       bool
	Regraded     bool // regraded after the date was corrected
	BeforeReset  bool // given before the card was reset by hand
}

// CountsForMemory reports whether the answer affects the card's memory.
func (r Review) CountsForMemory() bool {
	return !r.Undone && !r.BeforeReset && r.Verdict != VerdictVoid
}

// StudySession is a person's current state of studying: the deck and the question that
// waits for an answer. A person has at most one.
type StudySession struct {
	Deck        int64
	Flashcards  bool   // ask every question as a flashcard
	QuizAttempt string // ID of the quiz attempt; empty when studying
	Quiz        Quiz   // settings of the quiz attempt
	QuizIndex   int    // position in the quiz of the question that waits or was answered last
	StartedAt   time.Time
	Day         int64 // the learner's day it started on
	AnswerCount int   // answers so far
	Remaining   int   // answers left today if all are right, including the waiting question
	Token       string
	AskedAt     time.Time
	Question    Question // zero if no question waits
	IsDueReview bool     // the waiting question's card is in review
}

// HasQuestion reports whether a question is waiting for an answer.
func (s StudySession) HasQuestion() bool { return s.Token != "" }

// Answer is a learner's answer to a question.
type Answer struct {
	Token          string
	ChosenOption   int           // index of the chosen option; -1 if none
	Given          string        // a date, term or year; in order and match, comma-separated indexes
	DontKnow       bool          // the learner chose "I don't know"
	Rating         fsrs.Rating   // flashcard: the learner's own rating
	Duration       time.Duration // measured in the browser; zero if unknown
	StrictSpelling bool          // typos are not accepted
}

// PracticeDay is how much a person practised on one of their days.
type PracticeDay struct {
	Day      int64
	Answers  int
	Correct  int
	Duration time.Duration
}

// QueueCounts are the numbers of cards in a person's queue for a deck today.
type QueueCounts struct {
	Due            int  // cards to review or in learning
	Learning       int  // how many of Due are in learning
	New            int  // new cards within the daily limit
	NewBeyondLimit int  // new cards above the daily limit
	PlannedForTest bool // the queue is planned for a test
}

// Any reports whether there is anything to practise.
func (w QueueCounts) Any() bool { return w.Due+w.New > 0 }
