package quiz

import (
	"time"

	"chronicle/quiz/fsrs"
)

// Review is one answered card. It is never changed: an undo is an event of its
// own that names it.
type Review struct {
	ID           int64
	Token        string // of the question as it was posed: one answer each
	Deck         int64
	Question     Question // as it was shown
	LeadToken    string   // token of the answer that this card had a part in; empty for the card that was asked
	QuizAttempt  string   // the quiz it belongs to; empty for study
	ChosenOption int      // the option's place; -1 where none is chosen
	Given        string   // what was typed, ordered or placed; empty for a choice
	Verdict      Verdict
	Score        float64 // 1 for right; of a place or a typed date the best constant answer earns 0 on average, so one may be below 0
	ConfusedWith int64   // the fact whose date, event or term was given instead; 0 when it is none
	Rating       fsrs.Rating
	Form         fsrs.Form // guess, ease, strength and slip that the update used
	At           time.Time
	Day          int64         // the learner's day
	Zone         string        // of the learner then
	Offset       int           // minutes to UTC
	DayStart     int           // the hour at which the learner's day began then
	Fuzz         float64       // which part of the range of days that were as good was taken, 0 to below 1; −1 for the card's own chance
	Duration     time.Duration // on the question; zero when not known
	Expected     float64       // the chance of a right answer that memory gave before; −1 where it gave none: a first answer, or one on the day of the last
	Model        string        // version of the memory model
	CardBefore   Card
	CardAfter    Card
	Undone       bool
	Regraded     bool // marked again after the date was corrected
	BeforeReset  bool // given before the card was forgotten by hand
}

// CountsForMemory tells whether memory knows of the answer.
func (r Review) CountsForMemory() bool {
	return !r.Undone && !r.BeforeReset && r.Verdict != VerdictVoid
}

// StudySession is where a person stands in studying: the deck, and the question
// that waits for an answer. A person has one at most.
type StudySession struct {
	Deck        int64
	Flashcards  bool   // every question as a flashcard
	QuizAttempt string // the quiz that is taken; empty for study
	Quiz        Quiz   // of the run
	QuizIndex   int    // in the quiz, of the question that waits or was answered last
	StartedAt   time.Time
	Day         int64 // the learner's day on which it began
	AnswerCount int   // answers given in it
	Remaining   int   // answers still to come today if all are right, with the one that waits
	Token       string
	AskedAt     time.Time
	Question    Question // the zero question when nothing waits
	IsDueReview bool     // the card that waits was learned before and is due
}

// HasQuestion tells whether a question waits for its answer.
func (s StudySession) HasQuestion() bool { return s.Token != "" }

// Answer is what a person gave.
type Answer struct {
	Token          string
	ChosenOption   int           // the option's place; -1 where none is chosen
	Given          string        // a date, a term or a year; of order and match places with commas between them
	DontKnow       bool          // "I do not know"
	Rating         fsrs.Rating   // of a flip, by the learner
	Duration       time.Duration // measured in the browser; zero when not known
	StrictSpelling bool          // no slip of typing is forgiven
}

// PracticeDay is how much was answered on one of a person's days.
type PracticeDay struct {
	Day      int64
	Answers  int
	Correct  int
	Duration time.Duration
}

// QueueCounts is what a deck holds ready for a person today.
type QueueCounts struct {
	Due            int  // cards to be asked again
	Learning       int  // those of them that are still being learned
	New            int  // cards to be met, as far as the day allows
	NewBeyondLimit int  // cards that could be met if it allowed more
	PlannedForTest bool // by the way to a test
}

// Any tells whether anything can be practised.
func (w QueueCounts) Any() bool { return w.Due+w.New > 0 }
