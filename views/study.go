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

// StudyFrame is what every screen of a sitting shows around the question.
type StudyFrame struct {
	Frame
	Session       quiz.StudySession
	Index         *kinds.DeckIndex
	UndoToken     string              // token of the answer that can be taken back; empty for none
	ShowsFeedback bool                // the verdict on the last answer is shown, not the next question
	RecallByFact  map[int64]float64   // of each fact that was met
	ReportURL     templ.SafeURL       // where the question can be reported; empty when nothing is asked
	Reported      bool                // it was, a moment ago
	UndoAction    int64               // the deed on a card that can be taken back, before any answer; 0 for none
	DoneAction    quiz.CardActionKind // was done to a card a moment ago
	CardName      string              // names the card that is shown, to put it aside; empty for none
	CardURL       templ.SafeURL       // the page about the card, once it was answered
}

// QuestionScreen is a question that waits.
type QuestionScreen struct {
	StudyFrame
	Ruler       string // drawn by DrawRuler
	Arrangement []int  // order: places of the options as they stand; match: the date of each option, −1 for none
	GivenText   string // in the field
	Problem     string // what is wrong with the answer; empty when nothing is
}

// Title names the page.
func (s QuestionScreen) Title() string { return s.T("ask." + string(s.Session.Question.Kind)) }

// Content shows the question.
func (s QuestionScreen) Content() templ.Component { return asking(s) }

// FlashcardBackScreen is a flashcard's other side, with the ratings.
type FlashcardBackScreen struct {
	StudyFrame
	Fact    quiz.Fact
	Source  quiz.Source
	Now     time.Time
	Cal     quiz.Calendar
	NextDue [4]time.Time // for each rating
	Problem string
}

// Title names the page.
func (s FlashcardBackScreen) Title() string { return s.T("ask.flip") }

// Content shows the side.
func (s FlashcardBackScreen) Content() templ.Component { return back(s) }

// SessionEndScreen is the page when nothing is left in a deck for now.
type SessionEndScreen struct {
	StudyFrame
	Deck           *quiz.Deck
	Right          int
	Answers        int
	FactsLearned   int // kept: answered rightly at least once
	HardFacts      []HardFact
	NextDueText    string // when the next card is due; empty when none is
	NewBeyondLimit int    // new cards that the day does not allow
	PlannedForTest bool   // on the way to a test, for which enough was done today
	DueCount       int    // cards ready now, with the new ones that it allows
	BoardSummary   BoardSummary
	Assignment     classroom.StudentAssignment // that bends the day; without class when the test is one's own
}

// HardFact is a fact that cost most answers in a sitting.
type HardFact struct {
	Fact   quiz.Fact
	Misses int
}

// Title names the page.
func (s SessionEndScreen) Title() string { return s.T("end.title") }

// Content shows it.
func (s SessionEndScreen) Content() templ.Component { return sessionEnd(s) }

// totalCards is how many cards the sitting has in all.
func (s StudyFrame) totalCards() int { return s.Session.AnswerCount + s.Session.Remaining }

// currentCard is the place of the question that is shown.
func (s StudyFrame) currentCard() string {
	n := s.Session.AnswerCount + 1
	if s.ShowsFeedback {
		n = max(s.Session.AnswerCount, 1)
	}
	return s.T("study.at", "N", strconv.Itoa(n), "Of", strconv.Itoa(max(s.totalCards(), n)))
}

// DrawRuler draws a deck without saying which fact is which: it is the same
// before every question, and so can be kept.
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
