package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/grading"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// QuizSetupScreen is the form for a quiz of a deck.
type QuizSetupScreen struct {
	Frame
	Deck           *quiz.Deck
	Length         string // as typed
	Kinds          []quiz.Kind
	Timed          bool
	From, To       string           // years, as typed
	Facts          []string         // keys of the facts that a link specifies
	Seed           string           // of the quiz that a link specifies; empty for new questions
	Unfinished     quiz.QuizAttempt // the last attempt at a quiz of the deck, if unfinished
	UnfinishedOpen int              // its open questions
	Problems       quiz.Problems
}

// Title returns the page title.
func (s QuizSetupScreen) Title() string { return s.T("quiz.title", "Deck", s.Deck.Title) }

// Content returns the page body.
func (s QuizSetupScreen) Content() templ.Component { return quizForm(s) }

func (s QuizSetupScreen) has(k quiz.Kind) bool { return slices.Contains(s.Kinds, k) }

// kindNames lists the chosen question kinds.
func (f Frame) kindNames(kinds []quiz.Kind) string {
	if len(kinds) == 0 {
		return f.T("quiz.mix")
	}
	var names []string
	for _, k := range kinds {
		if slices.Contains(quiz.GradedKinds, k) {
			names = append(names, f.T("kind."+string(k)))
		}
	}
	return strings.Join(names, ", ")
}

// QuizResultScreen is the result of a quiz attempt.
type QuizResultScreen struct {
	Frame
	Deck          *quiz.Deck
	QuizAttempt   quiz.QuizAttempt
	Answers       []QuizAnswer
	Link          string  // URL of the same questions for others; empty if they cannot be shared
	Score         float64 // points, out of the number of questions
	InTime        int     // answers within the optional time limit
	OpenQuestions int     // questions without an answer
	BoardSummary  BoardSummary
}

// QuizAnswer is one question of a quiz with its result.
type QuizAnswer struct {
	Review quiz.Review
	Fact   quiz.Fact
	Source quiz.Source
	Given  string // in words; empty when passed
	Right  string // the right answer in words
}

// Title returns the page title.
func (s QuizResultScreen) Title() string { return s.T("result.title") }

// Content returns the page body.
func (s QuizResultScreen) Content() templ.Component { return result(s) }

// count returns the number of answers with a verdict.
func (s QuizResultScreen) count(v quiz.Verdict) int {
	n := 0
	for _, a := range s.Answers {
		if a.Review.Verdict == v {
			n++
		}
	}
	return n
}

// missed returns the number of answers that were not right.
func (s QuizResultScreen) missed() int {
	return len(s.Answers) - s.count(quiz.VerdictRight) - s.count(quiz.VerdictVoid)
}

// corrected reports whether an answer earned negative points.
func (s QuizResultScreen) corrected() bool {
	return slices.ContainsFunc(s.Answers, func(a QuizAnswer) bool { return a.Review.Score < 0 })
}

// points formats the score with at most one decimal.
func (s QuizResultScreen) points() string {
	return strconv.FormatFloat(math.Round(max(0, s.Score)*10)/10, 'f', -1, 64)
}

// strokes returns the timeline marks of the result.
func (s QuizResultScreen) strokes() []kit.TimelineMark {
	var out []kit.TimelineMark
	for _, a := range s.Answers {
		one := factStroke(a.Fact)
		one.Strength, one.Label, one.Tone = 1, a.Fact.Label, string(a.Review.Verdict)
		one.Hint = s.T("verdict."+string(a.Review.Verdict)) + ". " + s.Date(a.Fact.Date) + ": " + a.Fact.Event
		out = append(out, one)
	}
	return out
}

func verdictIcon(v quiz.Verdict) string {
	if v == quiz.VerdictPartly {
		return "half"
	}
	return icon(v == quiz.VerdictRight)
}

// GivenText describes the given answer; it is empty when the question was passed.
func (w *Words) GivenText(r quiz.Review) string {
	q := r.Question
	switch {
	case r.ChosenOption >= 0 && q.Kind == quiz.KindTrueFalse:
		return w.T("truth." + q.Options[r.ChosenOption].Text)
	case r.ChosenOption >= 0:
		return q.Options[r.ChosenOption].Text
	case r.Given == "":
		return ""
	case q.Kind == quiz.KindOrder:
		return w.T("result.pairs", "N", pairsRight(r), "Of", len(q.Options)*(len(q.Options)-1)/2)
	case q.Kind == quiz.KindMatch:
		return w.T("result.matches", "N", pairsRight(r), "Of", len(q.Options))
	}
	return r.Given
}

// pairsRight returns the number of right pairs in an ordering or matching answer.
func pairsRight(r quiz.Review) int {
	m, _ := grading.GradeAnswer(r.Question, quiz.Answer{Given: r.Given})
	return m.RightPairs
}

// RightAnswerText describes the right answer.
func (w *Words) RightAnswerText(r quiz.Review, f quiz.Fact) string {
	q := r.Question
	switch q.Kind {
	case quiz.KindOrder:
		text := ""
		for i, at := range q.RightOrder {
			if i > 0 {
				text += " · "
			}
			text += q.Options[at].Date.Format(w.Lang()) + " " + q.Options[at].Text
		}
		return text
	case quiz.KindMatch:
		text := ""
		for i, o := range q.Options {
			if i > 0 {
				text += " · "
			}
			text += q.Dates[q.RightOrder[i]].Text + " " + o.Text
		}
		return text
	case quiz.KindGapChoice, quiz.KindGapTyped:
		return q.Term
	case quiz.KindFirst, quiz.KindTimeBetween:
		return q.Options[q.RightOption].Text
	case quiz.KindTrueFalse:
		return w.T("truth."+q.Options[q.RightOption].Text) + ". " + w.T("told.right", "Date", f.Date.Format(w.Lang()), "Label", f.Label)
	case quiz.KindWhatChoice, quiz.KindDuring:
		return f.Event + " (" + f.Date.Format(w.Lang()) + ")"
	}
	return f.Date.Format(w.Lang())
}
