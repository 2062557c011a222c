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
	"chronicle/quiz/mark"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Stem says what a question asks, in one line.
func (w *Words) Stem(q quiz.Question) string {
	switch q.Kind {
	case quiz.First, quiz.Order, quiz.Match:
		return w.T("ask.stem." + string(q.Kind))
	case quiz.Between:
		both := ends(q)
		return w.T("ask.stem.between", "From", both[0], "To", both[1])
	case quiz.During:
		return w.T("ask.stem.during", "When", q.Stem)
	case quiz.Truth, quiz.GapChoice, quiz.GapTyped:
		return w.T("ask.stem.truth", "When", raised(q.Shown.Text), "Event", q.Stem)
	}
	switch q.Facet {
	case quiz.What:
		return w.T("ask.stem.what", "When", q.Stem)
	case quiz.TermOut:
		return w.T("ask.stem.truth", "When", raised(q.Shown.Text), "Event", q.Stem)
	}
	return q.Stem + "."
}

// ends are the two events between which a length of time lies, the earlier
// first.
func ends(q quiz.Question) [2]string {
	if q.Shown.Relation == edtf.Before {
		return [2]string{q.Shown.Text, q.Stem}
	}
	return [2]string{q.Stem, q.Shown.Text}
}

// raised writes the first letter large.
func raised(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// question is the one that waits.
func (s Studying) question() quiz.Question { return s.Sitting.Question }

// option is the text of an option.
func (f Frame) option(q quiz.Question, o quiz.Option) string {
	if q.Kind == quiz.Truth {
		return f.T("truth." + o.Text)
	}
	return o.Text
}

// optionLang is the language of a question's options.
func (s Studying) optionLang(q quiz.Question) string {
	if q.Kind == quiz.Truth {
		return s.Lang()
	}
	return s.Pool.Deck.Language
}

func seconds(k quiz.Kind) string { return strconv.Itoa(int(k.Within().Seconds())) }

// hint says what has to be typed, with an example that is not in the way.
func (s Asking) hint() string {
	q := s.question()
	if q.Kind == quiz.GapTyped {
		return s.T("hint.term")
	}
	key := q.Right.Precision().String()
	if from, ok := q.Right.Start(); ok && (from.Precision() == edtf.Day || from.Precision() == edtf.Month) {
		key += "-" + from.Precision().String()
	}
	return s.T("hint." + key)
}

// describedBy names what explains the field.
func (s Asking) describedBy() string {
	if s.Problem != "" {
		return "stem given-problem given-hint"
	}
	return "stem given-hint"
}

// placer is the line of years with the mark where it was put.
func (s Asking) placer(size kit.PlacerSize) kit.PlacerSpec {
	scale := s.question().Scale
	spec := kit.PlacerSpec{Size: size, First: int(scale.First), Last: int(scale.Last)}
	if year, err := mark.Year(scale, s.Given); err == nil {
		spec.At, spec.Put = int(year), true
	}
	return spec
}

// Year writes a year as it stands on the line and in its field.
func (f Frame) Year(year int64) string { return f.year(int(year)) }

// minus writes a step with a proper minus sign.
func minus(step string) string { return strings.ReplaceAll(step, "-", "−") }

func (s Asking) stepName(step string) string {
	n, _ := strconv.Atoi(step)
	if n < 0 {
		return minus(step) + ": " + s.N("place.earlier", -n)
	}
	return step + ": " + s.N("place.later", n)
}

// gaps writes a stem with a line where a term is left out, which is heard as a
// word; no space stands beside it that the stem does not have.
func gaps(stem, heard string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		gap := `<span class="gap"><span class="unseen">` + templ.EscapeString(heard) + `</span></span>`
		_, err := io.WriteString(w, strings.ReplaceAll(templ.EscapeString(stem), quiz.Gap, gap))
		return err
	})
}
