package views

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Studying is what every screen of a sitting shows around the question.
type Studying struct {
	Frame
	Sitting quiz.Sitting
	Pool    *ask.Pool
	Undo    string            // token of the answer that can be taken back; empty for none
	Told    bool              // the verdict on the last answer is shown, not the next question
	Ink     map[int64]float64 // of each fact that was met
}

// Asking is a question that waits.
type Asking struct {
	Studying
	Ruler   string // drawn by DrawRuler
	Problem string // message key; empty when nothing is wrong
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

// Told is what an answer was judged to be.
type Told struct {
	Studying
	Review quiz.Review
	Fact   quiz.Fact
	Chosen quiz.Fact // whose date or event was chosen; zero when right or a flip
	Source quiz.Source
	Now    time.Time
	Cal    quiz.Calendar
}

// Title says the verdict, for those who hear the page.
func (s Told) Title() string { return s.verdict() }

// Part shows the verdict.
func (s Told) Part() templ.Component { return told(s) }

func (s Told) verdict() string {
	if s.Review.Question.Kind == quiz.Flip {
		return s.T("rating." + s.Review.Rating.String())
	}
	return s.T("verdict." + string(s.Review.Verdict))
}

// again says when the card comes back.
func (s Told) again() string {
	return s.T("told.again", "When", s.When(s.Review.After.Due, s.Now, s.Cal))
}

// lure says what the chosen wrong option really was.
func (s Told) lure() string {
	chosen := s.Review.Question.Options[s.Review.Chosen].Text
	if s.Review.Question.Kind == quiz.WhatChoice {
		return s.T("told.lure.what", "Chosen", chosen, "When", s.Chosen.Date.When(s.Lang()))
	}
	return s.T("told.lure.when", "Chosen", chosen, "Event", s.Chosen.Event)
}

// exactly adds the lure's full date where the option showed less of it.
func (s Told) exactly() string {
	full := s.Date(s.Chosen.Date)
	if s.Review.Question.Kind == quiz.WhatChoice || full == s.Review.Question.Options[s.Review.Chosen].Text {
		return ""
	}
	return s.T("told.exactly", "Date", full)
}

// optionClass marks the right and the chosen option.
func (s Told) optionClass(i int) string {
	switch {
	case i == s.Review.Question.Answer:
		return "right"
	case i == s.Review.Chosen:
		return "wrong"
	}
	return "other"
}

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
	Due     int    // cards ready now, with the new ones that it allows
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

// inked draws the deck in ink, with the fact that was asked for.
func (s Studying) inked(asked int64) []kit.Stroke {
	facts := s.Pool.Facts()
	out := make([]kit.Stroke, len(facts))
	for i, f := range facts {
		out[i] = strokeOf(f)
		out[i].Ink, out[i].Label = s.Ink[f.ID], f.Label
		out[i].Hint = s.Date(f.Date) + ": " + f.Event
		if f.ID == asked {
			out[i].Focus, out[i].Ink = true, 1
		}
	}
	return out
}

func ratingKeys(r fsrs.Rating) string {
	key := strconv.Itoa(int(r))
	if r == fsrs.Good {
		key += " Enter Space"
	}
	return key
}

var ratings = []fsrs.Rating{fsrs.Again, fsrs.Hard, fsrs.Good, fsrs.Easy}
