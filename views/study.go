package views

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/enrol"
	"chronicle/quiz/fsrs"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Studying is what every screen of a sitting shows around the question.
type Studying struct {
	Frame
	Sitting  quiz.Sitting
	Pool     *ask.Pool
	Undo     string            // token of the answer that can be taken back; empty for none
	Told     bool              // the verdict on the last answer is shown, not the next question
	Ink      map[int64]float64 // of each fact that was met
	Report   templ.SafeURL     // where the question can be reported; empty when nothing is asked
	Reported bool              // it was, a moment ago
	UndoCare int64             // the deed on a card that can be taken back, before any answer; 0 for none
	Done     quiz.Deed         // was done to a card a moment ago
	Card     string            // names the card that is shown, to put it aside; empty for none
	About    templ.SafeURL     // the page about the card, once it was answered
}

// Asking is a question that waits.
type Asking struct {
	Studying
	Ruler   string // drawn by DrawRuler
	Put     []int  // order: places of the options as they stand; match: the date of each option, −1 for none
	Given   string // in the field
	Problem string // what is wrong with the answer; empty when nothing is
}

// Title names the page.
func (s Asking) Title() string { return s.T("ask." + string(s.Sitting.Question.Kind)) }

// Part shows the question.
func (s Asking) Part() templ.Component { return asking(s) }

// Back is a flashcard's other side, with the ratings.
type Back struct {
	Studying
	Fact    quiz.Fact
	Source  quiz.Source
	Now     time.Time
	Cal     quiz.Calendar
	Next    [4]time.Time // for each rating
	Problem string
}

// Title names the page.
func (s Back) Title() string { return s.T("ask.flip") }

// Part shows the side.
func (s Back) Part() templ.Component { return back(s) }

// Ended is the page when nothing is left in a deck for now.
type Ended struct {
	Studying
	Deck    *quiz.Deck
	Right   int
	Answers int
	Facts   int // kept: answered rightly at least once
	Hard    []HardFact
	Next    string // when the next card is due; empty when none is
	Fresh   int    // new cards that the day does not allow
	Bent    bool   // on the way to a test, for which enough was done today
	Due     int    // cards ready now, with the new ones that it allows
	Note    BoardNote
	Task    enrol.Assigned // that bends the day; without class when the test is one's own
}

// HardFact is a fact that cost most answers in a sitting.
type HardFact struct {
	Fact   quiz.Fact
	Misses int
}

// Title names the page.
func (s Ended) Title() string { return s.T("end.title") }

// Part shows it.
func (s Ended) Part() templ.Component { return ended(s) }

// of is how many cards the sitting has in all.
func (s Studying) of() int { return s.Sitting.Done + s.Sitting.Left }

// at is the place of the question that is shown.
func (s Studying) at() string {
	n := s.Sitting.Done + 1
	if s.Told {
		n = max(s.Sitting.Done, 1)
	}
	return s.T("study.at", "N", strconv.Itoa(n), "Of", strconv.Itoa(max(s.of(), n)))
}

// DrawRuler draws a deck without saying which fact is which: it is the same
// before every question, and so can be kept.
func DrawRuler(ctx context.Context, f Frame, p *ask.Pool) (string, error) {
	facts := p.Facts()
	strokes := make([]kit.Stroke, len(facts))
	for i, fact := range facts {
		strokes[i] = strokeOf(fact)
		strokes[i].Ink = 0.15
	}
	var b strings.Builder
	err := kit.Timeline("", strokes, []kit.TimelineSize{kit.RulerDesk, kit.RulerPhone}, f.year).Render(ctx, &b)
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
