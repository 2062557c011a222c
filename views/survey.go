package views

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/recall"
	"chronicle/quiz/survey"

	"github.com/a-h/templ"
)

// Survey is the page of a class for its teacher.
type Survey struct {
	Frame
	Class       quiz.Class
	Students    int
	Assignments []quiz.Assignment
	Decks       map[int64]string // their titles
	Deck        *quiz.Deck       // of the assignment that is looked at; nil when there is none
	Report      survey.Report
	Shown       []survey.Row // on this page
	Page, Pages int
	Lessons     []survey.Lesson
	Sort        string // "known", "expected", "seen", else by alias
	Numbers     bool   // in the table
	Today       int64
	Cal         quiz.Calendar
	Dropped     int64 // the assignment that was taken away a moment ago
}

// Title names the page.
func (s Survey) Title() string { return s.Class.Title }

// Part shows it.
func (s Survey) Part() templ.Component { return classSurvey(s) }

// over tells whether the day of the assignment has come.
func (s Survey) over() bool { return s.Report.Day <= s.Today }

// lead says in a sentence how the class stands.
func (s Survey) lead() string {
	day := s.Day(s.Report.Day)
	switch {
	case s.Students == 0:
		return s.T("survey.lead.nobody")
	case s.Report.Start > s.Today:
		return s.T("survey.lead.begins", "Deck", s.Deck.Title, "Day", s.Day(s.Report.Start))
	case s.over():
		return s.N("survey.lead.over", s.Students, "Deck", s.Deck.Title, "Day", day, "Track", s.Report.OnTrack)
	}
	if s.Report.Pending > 0 {
		return s.T("survey.lead.pending", "Deck", s.Deck.Title, "Day", day)
	}
	return s.N("survey.lead", s.Students, "Deck", s.Deck.Title, "Day", day, "Track", s.Report.OnTrack)
}

// stuck says why somebody is stuck.
func (f Frame) stuck(r survey.Row, a quiz.Assignment, today int64) string {
	switch r.Why {
	case survey.Away:
		return f.N("stuck.away", int(today-r.Seen))
	case survey.Missing:
		return f.N("stuck.missing", r.Answers, "Right", r.Right)
	case survey.Late:
		if a.Aim == quiz.ToLearn {
			return f.N("stuck.late.learned", a.Want, "Done", r.Learned)
		}
		return f.T("stuck.late", "N", percent(r.Expected.Share))
	}
	return ""
}

// StateOf says in a word how a student stands.
func (f Frame) StateOf(r survey.Row) string {
	if r.State == survey.Fine && r.OnTrack {
		return f.T("state.on-track")
	}
	return f.T("state." + string(r.State))
}

// seen says when somebody answered last.
func (f Frame) seen(day, today int64) string {
	switch {
	case day == 0:
		return "–"
	case day >= today:
		return f.T("seen.today")
	case day == today-1:
		return f.T("seen.yesterday")
	}
	return f.N("seen.days", int(today-day))
}

// lesson says why a fact is to be taught again.
func (s Survey) lesson(l survey.Lesson) string {
	switch l.Why {
	case survey.Confused:
		with, _ := s.Deck.Fact(l.Mixed.With)
		return s.T("lesson.mixed", "N", percent(l.Share), "With", s.labelled(with))
	case survey.Unmet:
		return s.T("lesson.unmet", "N", percent(l.Share))
	}
	return s.T("lesson.faded", "N", percent(l.Share))
}

// labelled is a fact by its label, or event, with its date.
func (f Frame) labelled(fact quiz.Fact) string {
	return f.T("progress.fact", "Label", labelOf(fact), "Date", f.Date(fact.Date))
}

func labelOf(fact quiz.Fact) string {
	if fact.Label != "" {
		return fact.Label
	}
	return fact.Event
}

// inkCells are the cells of the table of a class, by the percent that is shown; at last the
// one of what was not met. A page has thousands of them, so they are made once.
var inkCells = func() (out [102]string) {
	for i := range 101 {
		out[i] = fmt.Sprintf(`<td class="k%d"><b>%d</b></td>`, (i+5)/10, i)
	}
	out[101] = `<td class="none"><b>–</b></td>`
	return out
}()

func inkCell(ink float64) string {
	if ink < 0 {
		return inkCells[101]
	}
	return inkCells[int(min(ink, 1)*100+0.5)]
}

// inks shows a row of them.
func inks(row []float64) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, ink := range row {
			if _, err := io.WriteString(w, inkCell(ink)); err != nil {
				return err
			}
		}
		return nil
	})
}

// known is what the class knows of each fact.
func (s Survey) known() []float64 {
	out := make([]float64, len(s.Report.Columns))
	for i, c := range s.Report.Columns {
		out[i] = c.Known
	}
	return out
}

// yearOf is what names a fact's column: its year.
func (s Survey) yearOf(f quiz.Fact) string {
	day := f.Date.Lo()
	if day == edtf.MinDay {
		day = f.Date.Hi()
	}
	y, _, _ := edtf.Civil(day)
	return s.year(int(y))
}

// sorted is the page in another order.
func (s Survey) sorted(key string) templ.SafeURL {
	s.Sort, s.Page = key, 0
	return s.with("", "")
}

// with is the page with one thing changed.
func (s Survey) with(name, value string) templ.SafeURL {
	v := url.Values{"assignment": {number(s.Report.ID)}}
	if s.Sort != "" {
		v.Set("sort", s.Sort)
	}
	if s.Numbers {
		v.Set("numbers", "yes")
	}
	if s.Page > 1 {
		v.Set("page", strconv.Itoa(s.Page))
	}
	switch {
	case value != "":
		v.Set(name, value)
	case name != "":
		v.Del(name)
	}
	return ToClass(s.Class.Name) + templ.SafeURL("?"+v.Encode()+"#ink")
}

// ClassFact is how a class knows one fact.
type ClassFact struct {
	Frame
	Class      quiz.Class
	Assignment quiz.Assignment
	Deck       *quiz.Deck
	Column     survey.Column
	Place      int // of the fact in the report
	Report     survey.Report
	Wrongs     []Wrong
	Other      int // wrong answers in orders, pairs and on the line
}

// Wrong is a wrong answer with the fact that it is of.
type Wrong struct {
	survey.Wrong
	Fact quiz.Fact // without number where it is of none
}

// Title names the page.
func (s ClassFact) Title() string { return s.Column.Event }

// Part shows it.
func (s ClassFact) Part() templ.Component { return classFact(s) }

// given is the wrong answer in words.
func (s ClassFact) given(w Wrong) string {
	if w.Fact.ID == 0 {
		return s.T("quoted", "Text", w.Given)
	}
	return s.labelled(w.Fact)
}

// HardInk is a fact with how well somebody knows it.
type HardInk struct {
	quiz.Fact
	Ink float64
}

// Student is the page about one student of a class.
type Student struct {
	Frame
	Class       quiz.Class
	Student     quiz.Student
	Assignments []Named
	Assignment  quiz.Assignment
	Deck        *quiz.Deck // nil without an assignment
	Row         survey.Row
	Cards       int
	Hard        []HardInk
	Hurried     int // answers of the last days that were faster than anybody reads
	All         recall.Share
	Times       []recall.Time
	Monthly     bool
	Cal         quiz.Calendar
	Today       int64
	Others      []quiz.Class // to which they can be moved
	Alias, Days string       // as typed
	NameTyped   string       // likewise
	Named       bool         // a real name is kept
	Name        string       // it, where it was to be shown
	StandsFor   bool         // the teacher may act for them in everything
	Resets      bool         // and let them choose another password
	Done        string       // "alias", "time" or "name", a moment ago
	Problems    quiz.Problems
}

// Title names the page.
func (s Student) Title() string { return s.Student.Alias }

// Part shows it.
func (s Student) Part() templ.Component { return student(s) }

// trend is what was right of late beside what was expected.
func (s Student) trend() Progress {
	return Progress{Frame: s.Frame, All: s.All, Times: s.Times, Monthly: s.Monthly}
}
