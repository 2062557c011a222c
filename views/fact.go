package views

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"

	"github.com/a-h/templ"
)

// FactScreen is the form of one fact with a preview of its questions.
type FactScreen struct {
	Frame
	Index      *kinds.DeckIndex
	Fact       quiz.Fact // its key is empty for a new one
	Form       authoring.FactForm
	Problems   quiz.Problems
	Questions  []quiz.Question
	Issues     []authoring.Issue
	Done       string
	LastChange quiz.Change // that undo reverts
	Changed    bool        // saved by someone else since the form was opened
}

// needsPastAnswers reports whether the teacher must choose how past answers are treated.
func (s FactScreen) needsPastAnswers() bool { return s.pastAnswers() != "" }

func (s FactScreen) pastAnswers() string { return problemText(s.Frame, s.Problems, "past") }

// exclusionText describes an excluded distractor.
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

// Title returns the page title.
func (s FactScreen) Title() string {
	if s.Fact.Key == "" {
		return s.T("fact.new.title")
	}
	return s.Fact.Label
}

// Content returns the page body.
func (s FactScreen) Content() templ.Component { return factEdit(s) }

// duplicates returns the facts with the same event, for the teacher to choose from.
func (s FactScreen) duplicates() []quiz.Fact { return s.Index.SameEventFacts(s.Fact.ID) }

// previewOption is an option as shown in the preview.
type previewOption struct {
	Text      string
	Right     bool
	Exclusion quiz.ExcludedDistractor // excludes the distractor; zero when the option is not one
}

// previewOptions returns the options of a question with the right answer: one of them, their order, or the date of
// each.
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

// previewOptions returns the options of a question of the fact, with the exclusion for each distractor.
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

// rightAnswerText returns the right answer of a question without options.
func (f Frame) rightAnswerText(q quiz.Question) string {
	switch {
	case q.Kind == quiz.KindGapTyped:
		return q.Term
	case !q.RightDate.IsZero():
		return f.Date(q.RightDate)
	}
	return ""
}
