package views

import (
	"context"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/grading"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// StemText returns what a question asks, in one line.
func (w *Words) StemText(q quiz.Question) string {
	switch q.Kind {
	case quiz.KindFirst, quiz.KindOrder, quiz.KindMatch:
		return w.T("ask.stem." + string(q.Kind))
	case quiz.KindTimeBetween:
		both := intervalEvents(q)
		return w.T("ask.stem.between", "From", both[0], "To", both[1])
	case quiz.KindDuring:
		return w.T("ask.stem.during", "When", q.Stem)
	case quiz.KindTrueFalse, quiz.KindGapChoice, quiz.KindGapTyped:
		return w.T("ask.stem.truth", "When", capitalized(q.ShownOption.Text), "Event", q.Stem)
	}
	switch q.Facet {
	case quiz.FacetWhat:
		return w.T("ask.stem.what", "When", q.Stem)
	case quiz.FacetTerm:
		return w.T("ask.stem.truth", "When", capitalized(q.ShownOption.Text), "Event", q.Stem)
	}
	return q.Stem + "."
}

// intervalEvents returns the two events of an interval question, the earlier first.
func intervalEvents(q quiz.Question) [2]string {
	if q.ShownOption.Relation == edtf.Before {
		return [2]string{q.ShownOption.Text, q.Stem}
	}
	return [2]string{q.Stem, q.ShownOption.Text}
}

// capitalized capitalizes the first letter.
func capitalized(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// currentQuestion returns the question that waits for an answer.
func (s StudyFrame) currentQuestion() quiz.Question { return s.Session.Question }

// optionText is the text of an option.
func (f Frame) optionText(q quiz.Question, o quiz.Option) string {
	if q.Kind == quiz.KindTrueFalse {
		return f.T("truth." + o.Text)
	}
	return o.Text
}

// optionLang is the language of a question's options.
func (s StudyFrame) optionLang(q quiz.Question) string {
	if q.Kind == quiz.KindTrueFalse {
		return s.Lang()
	}
	return s.Index.Deck.Language
}

func seconds(k quiz.Kind) string { return strconv.Itoa(int(k.TimeLimit().Seconds())) }

// hint says what to type, with an example that does not suggest the answer.
func (s QuestionScreen) hint() string {
	q := s.currentQuestion()
	if q.Kind == quiz.KindGapTyped {
		return s.T("hint.term")
	}
	key := q.RightDate.Precision().String()
	if from, ok := q.RightDate.Start(); ok && (from.Precision() == edtf.Day || from.Precision() == edtf.Month) {
		key += "-" + from.Precision().String()
	}
	return s.T("hint." + key)
}

// describedBy returns the ID of the element that explains the field.
func (s QuestionScreen) describedBy() string {
	if s.Problem != "" {
		return "stem given-problem given-hint"
	}
	return "stem given-hint"
}

// placer returns the line of years with the placed year.
func (s QuestionScreen) placer(size kit.PlacerSize) kit.PlacerSpec {
	scale := s.currentQuestion().Scale
	spec := kit.PlacerSpec{Size: size, First: int(scale.First), Last: int(scale.Last)}
	if year, err := grading.ParseYear(scale, s.GivenText); err == nil {
		spec.Year, spec.IsPlaced = int(year), true
	}
	return spec
}

// Year formats a year for the line and its field.
func (f Frame) Year(year int64) string { return f.tickYear(int(year)) }

// minus formats a step with a proper minus sign.
func minus(step string) string { return strings.ReplaceAll(step, "-", "−") }

func (s QuestionScreen) stepName(step string) string {
	n, _ := strconv.Atoi(step)
	if n < 0 {
		return minus(step) + ": " + s.N("place.earlier", -n)
	}
	return step + ": " + s.N("place.later", n)
}

// stemWithGaps writes a stem with a blank for each omitted term, which screen readers read as a word; it adds no
// spaces to the stem.
func stemWithGaps(stem, heard string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		gap := `<span class="gap"><span class="unseen">` + templ.EscapeString(heard) + `</span></span>`
		_, err := io.WriteString(w, strings.ReplaceAll(templ.EscapeString(stem), quiz.GapMarker, gap))
		return err
	})
}
