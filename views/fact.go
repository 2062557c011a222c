package views

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"

	"github.com/a-h/templ"
)

// FactEdit edits one fact, with what it asks beside.
type FactEdit struct {
	Frame
	Pool     *ask.Pool
	Fact     quiz.Fact // without a key it is a new one
	Form     teach.FactForm
	Problems quiz.Problems
	Asks     []quiz.Question
	Looks    []teach.Look
	Done     string
	Last     quiz.Change // that undo takes back
	Changed  bool        // somebody saved it meanwhile
}

// asksPast tells whether the teacher is asked what becomes of past answers.
func (s FactEdit) asksPast() bool { return s.past() != "" }

func (s FactEdit) past() string { return on(s.Frame, s.Problems, "past") }

// barred is what is kept away from the fact, in words.
func (s FactEdit) barred(b quiz.Bar) string {
	if b.Term != "" {
		return b.Term
	}
	for _, f := range s.Pool.Deck.Facts {
		if f.Key == b.Fact && !f.Retired {
			return s.Date(f.Date) + ": " + f.Label
		}
	}
	return s.T("bar.gone")
}

// Title names the page.
func (s FactEdit) Title() string {
	if s.Fact.Key == "" {
		return s.T("fact.new.title")
	}
	return s.Fact.Label
}

// Part shows the form.
func (s FactEdit) Part() templ.Component { return factEdit(s) }

// twins are the facts that say the same, for whoever has to choose.
func (s FactEdit) twins() []quiz.Fact { return s.Pool.Twins(s.Fact.ID) }

// shownOption is an option as a preview shows it.
type shownOption struct {
	Text  string
	Right bool
	Bar   quiz.Bar // that keeps a wrong one away; none for what is no wrong option
}

// previewed are the options of a question with what is right: one of them, or
// their order, or the date of each.
func (f Frame) previewed(q quiz.Question) []shownOption {
	var out []shownOption
	switch q.Kind {
	case quiz.Order:
		for n, i := range q.Order {
			out = append(out, shownOption{Text: strconv.Itoa(n+1) + ". " + f.option(q, q.Options[i])})
		}
	case quiz.Match:
		for i, o := range q.Options {
			out = append(out, shownOption{Text: q.Dates[q.Order[i]].Text + ": " + f.option(q, o)})
		}
	default:
		for i, o := range q.Options {
			out = append(out, shownOption{f.option(q, o), i == q.Answer, quiz.Bar{}})
		}
	}
	return out
}

// previewed are the options of a question of the fact, with what keeps each wrong
// one away.
func (s FactEdit) previewed(q quiz.Question) []shownOption {
	out := s.Frame.previewed(q)
	for i := range out {
		if !q.Kind.Chooses() || i >= len(q.Options) || q.Options[i].Fact == s.Fact.ID || q.Options[i].Fact == 0 {
			continue
		}
		if q.Kind == quiz.GapChoice {
			out[i].Bar.Term = q.Options[i].Text
		} else if other, ok := s.Pool.Deck.Fact(q.Options[i].Fact); ok {
			out[i].Bar.Fact = other.Key
		}
	}
	return out
}

// answers are the right answer of a question without options, in words.
func (f Frame) answers(q quiz.Question) string {
	switch {
	case q.Kind == quiz.GapTyped:
		return q.Term
	case !q.Right.IsZero():
		return f.Date(q.Right)
	}
	return ""
}
