package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/mark"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Quiz is where a quiz of a deck is chosen.
type Quiz struct {
	Frame
	Deck     *quiz.Deck
	Length   string // as typed
	Kinds    []quiz.Kind
	Clock    bool
	From, To string   // years, as typed
	Facts    []string // the keys of those that a link names
	Seed     string   // of the quiz that a link names; empty for new questions
	Left     quiz.Run // the last quiz of the deck, if it was left before its end
	LeftOpen int      // its questions that have no answer yet
	Problems quiz.Problems
}

// Title names the page.
func (s Quiz) Title() string { return s.T("quiz.title", "Deck", s.Deck.Title) }

// Part shows the form.
func (s Quiz) Part() templ.Component { return quizForm(s) }

func (s Quiz) has(k quiz.Kind) bool { return slices.Contains(s.Kinds, k) }

// kindNames says which kinds were chosen, in words.
func (f Frame) kindNames(kinds []quiz.Kind) string {
	if len(kinds) == 0 {
		return f.T("quiz.mix")
	}
	var names []string
	for _, k := range kinds {
		if slices.Contains(quiz.Scored, k) {
			names = append(names, f.T("kind."+string(k)))
		}
	}
	return strings.Join(names, ", ")
}

// Result is what a quiz came to.
type Result struct {
	Frame
	Deck    *quiz.Deck
	Run     quiz.Run
	Answers []Answered
	Link    string  // gives others the same questions; empty where it could not
	Score   float64 // points, of as many as there are questions
	InTime  int     // answers within the gentle clock's time
	Open    int     // questions that have no answer yet
	Note    BoardNote
}

// Answered is one question of a quiz with what became of it.
type Answered struct {
	Review quiz.Review
	Fact   quiz.Fact
	Source quiz.Source
	Given  string // in words; empty when passed
	Right  string // the right answer in words
}

// Title names the page.
func (s Result) Title() string { return s.T("result.title") }

// Part shows the result.
func (s Result) Part() templ.Component { return result(s) }

// count is how many answers had a verdict.
func (s Result) count(v quiz.Verdict) int {
	n := 0
	for _, a := range s.Answers {
		if a.Review.Verdict == v {
			n++
		}
	}
	return n
}

// missed is how many answers were not right.
func (s Result) missed() int { return len(s.Answers) - s.count(quiz.Right) - s.count(quiz.Void) }

// corrected tells whether some answer earned less than nothing.
func (s Result) corrected() bool {
	return slices.ContainsFunc(s.Answers, func(a Answered) bool { return a.Review.Score < 0 })
}

// points writes the score with one decimal at most.
func (s Result) points() string {
	return strconv.FormatFloat(math.Round(max(0, s.Score)*10)/10, 'f', -1, 64)
}

// strokes is the time line of the result.
func (s Result) strokes() []kit.Stroke {
	var out []kit.Stroke
	for _, a := range s.Answers {
		one := strokeOf(a.Fact)
		one.Ink, one.Label, one.Tone = 1, a.Fact.Label, string(a.Review.Verdict)
		one.Hint = s.T("verdict."+string(a.Review.Verdict)) + ". " + s.Date(a.Fact.Date) + ": " + a.Fact.Event
		out = append(out, one)
	}
	return out
}

func verdictIcon(v quiz.Verdict) string {
	if v == quiz.Partly {
		return "half"
	}
	return icon(v == quiz.Right)
}

// Given says in words what was answered; empty when it was passed.
func (w *Words) Given(r quiz.Review) string {
	q := r.Question
	switch {
	case r.Chosen >= 0 && q.Kind == quiz.Truth:
		return w.T("truth." + q.Options[r.Chosen].Text)
	case r.Chosen >= 0:
		return q.Options[r.Chosen].Text
	case r.Given == "":
		return ""
	case q.Kind == quiz.Order:
		return w.T("result.pairs", "N", pairsRight(r), "Of", len(q.Options)*(len(q.Options)-1)/2)
	case q.Kind == quiz.Match:
		return w.T("result.matches", "N", pairsRight(r), "Of", len(q.Options))
	}
	return r.Given
}

// pairsRight is how many pairs of an order or a match stood right.
func pairsRight(r quiz.Review) int {
	m, _ := mark.Answer(r.Question, quiz.Answer{Given: r.Given})
	return m.Hits
}

// Right says in words what the right answer is.
func (w *Words) Right(r quiz.Review, f quiz.Fact) string {
	q := r.Question
	switch q.Kind {
	case quiz.Order:
		text := ""
		for i, at := range q.Order {
			if i > 0 {
				text += " · "
			}
			text += q.Options[at].Date.In(w.Lang()) + " " + q.Options[at].Text
		}
		return text
	case quiz.Match:
		text := ""
		for i, o := range q.Options {
			if i > 0 {
				text += " · "
			}
			text += q.Dates[q.Order[i]].Text + " " + o.Text
		}
		return text
	case quiz.GapChoice, quiz.GapTyped:
		return q.Term
	case quiz.First, quiz.Between:
		return q.Options[q.Answer].Text
	case quiz.Truth:
		return w.T("truth."+q.Options[q.Answer].Text) + ". " + w.T("told.right", "Date", f.Date.In(w.Lang()), "Label", f.Label)
	case quiz.WhatChoice, quiz.During:
		return f.Event + " (" + f.Date.In(w.Lang()) + ")"
	}
	return f.Date.In(w.Lang())
}
