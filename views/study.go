package views

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// StudyFrame holds what every screen of a study session shows around the question.
type StudyFrame struct {
	Frame
	Session       quiz.StudySession
	Index         *kinds.DeckIndex
	UndoToken     string              // token of the answer that can be undone; empty for none
	ShowsFeedback bool                // the feedback on the last answer is shown, not the next question
	RecallByFact  map[int64]float64   // of each started fact
	ReportURL     templ.SafeURL       // of the report form; empty when no question is shown
	Reported      bool                // the question was just reported
	UndoAction    int64               // the card action that can be undone before the next answer; 0 for none
	DoneAction    quiz.CardActionKind // was just applied to a card
	CardName      string              // identifies the shown card for suspending it; empty for none
	CardURL       templ.SafeURL       // page of the card, once it was answered
}

// QuestionScreen is a question that waits for an answer.
type QuestionScreen struct {
	StudyFrame
	Ruler       string // rendered by DrawRuler
	Arrangement []int  // ordering: options in their current order; matching: the date of each option, −1 for none
	GivenText   string // in the field
	Problem     string // what is wrong with the answer; empty for nothing
}

// Title returns the page title.
func (s QuestionScreen) Title() string { return s.T("ask." + string(s.Session.Question.Kind)) }

// Content returns the page body.
func (s QuestionScreen) Content() templ.Component { return asking(s) }

// FlashcardBackScreen is the back of a flashcard with the ratings.
type FlashcardBackScreen struct {
	StudyFrame
	Fact    quiz.Fact
	Source  quiz.Source
	Now     time.Time
	Cal     quiz.Calendar
	NextDue [4]time.Time // for each rating
	Problem string
}

// Title returns the page title.
func (s FlashcardBackScreen) Title() string { return s.T("ask.flip") }

// Content returns the page body.
func (s FlashcardBackScreen) Content() templ.Component { return back(s) }

// SessionEndScreen is the page shown when no card of the deck is left for now.
type SessionEndScreen struct {
	StudyFrame
	Deck           *quiz.Deck
	Right          int
	Answers        int
	FactsLearned   int // answered correctly at least once
	HardFacts      []HardFact
	NextDueText    string // when the next card is due; empty when none is
	NewBeyondLimit int    // new cards above the daily limit
	PlannedForTest bool   // enough was done today for a test or assignment
	DueCount       int    // cards available now, with the new ones within the limit
	BoardSummary   BoardSummary
	Assignment     classroom.StudentAssignment // that determines the daily plan; no class when it is the learner's own test date
}

// HardFact is a fact that took the most answers in a session.
type HardFact struct {
	Fact   quiz.Fact
	Misses int
}

// Title returns the page title.
func (s SessionEndScreen) Title() string { return s.T("end.title") }

// Content returns the page body.
func (s SessionEndScreen) Content() templ.Component { return sessionEnd(s) }

// totalCards returns the number of cards in the session.
func (s StudyFrame) totalCards() int { return s.Session.AnswerCount + s.Session.Remaining }

// currentCard returns the position of the current question.
func (s StudyFrame) currentCard() string {
	n := s.Session.AnswerCount + 1
	if s.ShowsFeedback {
		n = max(s.Session.AnswerCount, 1)
	}
	return s.T("study.at", "N", strconv.Itoa(n), "Of", strconv.Itoa(max(s.totalCards(), n)))
}

// DrawRuler renders a deck's timeline without identifying the facts. It is the same for every question, so it can
// be cached.
func DrawRuler(ctx context.Context, f Frame, p *kinds.DeckIndex) (string, error) {
	facts := p.Facts()
	strokes := make([]kit.TimelineMark, len(facts))
	for i, fact := range facts {
		strokes[i] = factStroke(fact)
		strokes[i].Strength = 0.15
	}
	var b strings.Builder
	err := kit.Timeline("", strokes, []kit.TimelineSize{kit.RulerDesktop, kit.RulerPhone}, f.tickYear).Render(ctx, &b)
	return b.String(), err
}

func ratingKeys(r fsrs.Rating) string {
	key := strconv.Itoa(int(r))
	if r == fsrs.Good {
		key += " Enter Space"
	}
	return key
}

var ratings = []fsrs.Rating{fsrs.Again, fsrs.Hard, fsrs.Good, fsrs.Easy}
