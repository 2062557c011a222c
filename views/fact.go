package views

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"

	"github.com/a-h/templ"
)

// FactScreen edits one fact, with what it asks beside.
type FactScreen struct {
	Frame
	Index      *kinds.DeckIndex
	Fact       quiz.Fact // without a key it is a new one
	Form       authoring.FactForm
	Problems   quiz.Problems
	Questions  []quiz.Question
	Issues     []authoring.Issue
	Done       string
	LastChange quiz.Change // that undo takes back
	Changed    bool        // somebody saved it meanwhile
}

// needsPastAnswers tells whether the teacher is asked what becomes of past answers.
func (s FactScreen) needsPastAnswers() bool { return s.pastAnswers() != "" }

func (s FactScreen) pastAnswers() string { return problemText(s.Frame, s.Problems, "past") }

// exclusionText is what is kept away from the fact, in words.
func (s FactScreen) exclusionText(b quiz.ExcludedDistractor) string {
	if b.Term != "" {
		return b.Term
	}
	for _, f := range s.Index.Deck.Facts {
		if f.Key == b.Fact && !f.Retired {
			return s.Date(f.Date) + ": " + f.Label
		}
	}
	return s.T("bar.gone")
}

// Title names the page.
func (s FactScreen) Title() string {
	if s.Fact.Key == "" {
		return s.T("fact.new.title")
	}
	return s.Fact.Label
}

// Content shows the form.
func (s FactScreen) Content() templ.Component { return factEdit(s) }

// duplicates are the facts that say the same, for whoever has to choose.
func (s FactScreen) duplicates() []quiz.Fact { return s.Index.SameEventFacts(s.Fact.ID) }

// previewOption is an option as a preview shows it.
type previewOption struct {
	Text      string
	Right     bool
	Exclusion quiz.ExcludedDistractor // that keeps a wrong one away; none for what is no wrong option
}

// previewOptions are the options of a question with what is right: one of them, or
// their order, or the date of each.
func (f Frame) previewOptions(q quiz.Question) []previewOption {
	var out []previewOption
	switch q.Kind {
	case quiz.KindOrder:
		for n, i := range q.RightOrder {
			out = append(out, previewOption{Text: strconv.Itoa(n+1) + ". " + f.optionText(q, q.Options[i])})
		}
	case quiz.KindMatch:
		for i, o := range q.Options {
			out = append(out, previewOption{Text: q.Dates[q.RightOrder[i]].Text + ": " + f.optionText(q, o)})
		}
	default:
		for i, o := range q.Options {
			out = append(out, previewOption{f.optionText(q, o), i == q.RightOption, quiz.ExcludedDistractor{}})
		}
	}
	return out
}

// previewOptions are the options of a question of the fact, with what keeps each wrong
// one away.
func (s FactScreen) previewOptions(q quiz.Question) []previewOption {
	out := s.Frame.previewOptions(q)
	for i := range out {
		if !q.Kind.IsChoice() || i >= len(q.Options) || q.Options[i].Fact == s.Fact.ID || q.Options[i].Fact == 0 {
			continue
		}
		if q.Kind == quiz.KindGapChoice {
			out[i].Exclusion.Term = q.Options[i].Text
		} else if other, ok := s.Index.Deck.Fact(q.Options[i].Fact); ok {
			out[i].Exclusion.Fact = other.Key
		}
	}
	return out
}

// rightAnswerText are the right answer of a question without options, in words.
func (f Frame) rightAnswerText(q quiz.Question) string {
	switch {
	case q.Kind == quiz.KindGapTyped:
		return q.Term
	case !q.RightDate.IsZero():
		return f.Date(q.RightDate)
	}
	return ""
}
