package views

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/edtf"
	"chronicle/quiz/stats"

	"github.com/a-h/templ"
)

// ClassReportScreen is the page of a class for its teacher.
type ClassReportScreen struct {
	Frame
	Class             quiz.Class
	Students          int
	Assignments       []quiz.Assignment
	Decks             map[int64]string // titles by deck ID
	Deck              *quiz.Deck       // of the chosen assignment; nil when there is none
	Report            classreport.Report
	Rows              []classreport.StudentRow // on this page
	Page, Pages       int
	FactsToReteach    []classreport.ReteachFact
	Sort              string // "known", "expected", "seen"; anything else sorts by alias
	ShowNumbers       bool   // in the table
	Today             int64
	Cal               quiz.Calendar
	RemovedAssignment int64 // the assignment that was just removed
}

// Title returns the page title.
func (s ClassReportScreen) Title() string { return s.Class.Title }

// Content returns the page body.
func (s ClassReportScreen) Content() templ.Component { return classReport(s) }

// isPast reports whether the target date has come.
func (s ClassReportScreen) isPast() bool { return s.Report.TargetDay <= s.Today }

// summaryText summarizes the class's progress in one sentence.
func (s ClassReportScreen) summaryText() string {
	day := s.Day(s.Report.TargetDay)
	switch {
	case s.Students == 0:
		return s.T("survey.lead.nobody")
	case s.Report.StartDay > s.Today:
		return s.T("survey.lead.begins", "Deck", s.Deck.Title, "Day", s.Day(s.Report.StartDay))
	case s.isPast():
		return s.N("survey.lead.over", s.Students, "Deck", s.Deck.Title, "Day", day, "Track", s.Report.OnTrackCount)
	}
	if s.Report.PendingCount > 0 {
		return s.T("survey.lead.pending", "Deck", s.Deck.Title, "Day", day)
	}
	return s.N("survey.lead", s.Students, "Deck", s.Deck.Title, "Day", day, "Track", s.Report.OnTrackCount)
}

// stuckText says why a student is stuck.
func (f Frame) stuckText(r classreport.StudentRow, a quiz.Assignment, today int64) string {
	switch r.StuckReason {
	case classreport.StuckInactive:
		return f.N("stuck.away", int(today-r.LastDay))
	case classreport.StuckManyWrong:
		return f.N("stuck.missing", r.RecentAnswers, "Right", r.RecentRight)
	case classreport.StuckTooSlow:
		if a.TargetKind == quiz.TargetCardsLearned {
			return f.N("stuck.late.learned", a.Target, "Done", r.Learned)
		}
		return f.T("stuck.late", "N", percent(r.Forecast.KnownOnDay))
	}
	return ""
}

// StatusText describes a student's status in a word.
func (f Frame) StatusText(r classreport.StudentRow) string {
	if r.Status == classreport.StatusFine && r.OnTrack {
		return f.T("state.on-track")
	}
	return f.T("state." + string(r.Status))
}

// lastSeenText says when a student last answered.
func (f Frame) lastSeenText(day, today int64) string {
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

// reteachText says why a fact should be taught again.
func (s ClassReportScreen) reteachText(l classreport.ReteachFact) string {
	switch l.Reason {
	case classreport.ReteachConfused:
		with, _ := s.Deck.Fact(l.Confusion.With)
		return s.T("lesson.mixed", "N", percent(l.Share), "With", s.labelText(with))
	case classreport.ReteachNotLearned:
		return s.T("lesson.unmet", "N", percent(l.Share))
	}
	return s.T("lesson.faded", "N", percent(l.Share))
}

// labelText returns a fact's label, or else its event, with its date.
func (f Frame) labelText(fact quiz.Fact) string {
	return f.T("progress.fact", "Label", labelOf(fact), "Date", f.Date(fact.Date))
}

func labelOf(fact quiz.Fact) string {
	if fact.Label != "" {
		return fact.Label
	}
	return fact.Event
}

// recallCells holds the table cells by the percentage shown; the last one is for a fact not started. A page has
// thousands of them, so they are rendered once.
var recallCells = func() (out [102]string) {
	for i := range 101 {
		out[i] = fmt.Sprintf(`<td class="k%d"><b>%d</b></td>`, (i+5)/10, i)
	}
	out[101] = `<td class="none"><b>–</b></td>`
	return out
}()

func recallCell(ink float64) string {
	if ink < 0 {
		return recallCells[101]
	}
	return recallCells[int(min(ink, 1)*100+0.5)]
}

// recallRow renders a row of them.
func recallRow(row []float64) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, ink := range row {
			if _, err := io.WriteString(w, recallCell(ink)); err != nil {
				return err
			}
		}
		return nil
	})
}

// known returns the class's mean recall of each fact.
func (s ClassReportScreen) known() []float64 {
	out := make([]float64, len(s.Report.Columns))
	for i, c := range s.Report.Columns {
		out[i] = c.MeanRecall
	}
	return out
}

// yearOf returns the year that heads a fact's column.
func (s ClassReportScreen) yearOf(f quiz.Fact) string {
	day := f.Date.Lo()
	if day == edtf.MinDay {
		day = f.Date.Hi()
	}
	y, _, _ := edtf.CivilDate(day)
	return s.tickYear(int(y))
}

// sortLink returns the URL of the page in another order.
func (s ClassReportScreen) sortLink(key string) templ.SafeURL {
	s.Sort, s.Page = key, 0
	return s.linkWith("", "")
}

// linkWith returns the URL of the page with one parameter changed.
func (s ClassReportScreen) linkWith(name, value string) templ.SafeURL {
	v := url.Values{"assignment": {number(s.Report.ID)}}
	if s.Sort != "" {
		v.Set("sort", s.Sort)
	}
	if s.ShowNumbers {
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

// ClassFactScreen shows how well a class knows one fact.
type ClassFactScreen struct {
	Frame
	Class      quiz.Class
	Assignment quiz.Assignment
	Deck       *quiz.Deck
	Column     classreport.FactColumn
	FactIndex  int // index of the fact in the report
	Report     classreport.Report
	Wrongs     []WrongAnswerRow
	OtherWrong int // wrong answers in ordering, matching and placing questions
}

// WrongAnswerRow is a wrong answer with the fact it belongs to.
type WrongAnswerRow struct {
	classreport.WrongAnswer
	Fact quiz.Fact // zero when it belongs to none
}

// Title returns the page title.
func (s ClassFactScreen) Title() string { return s.Column.Event }

// Content returns the page body.
func (s ClassFactScreen) Content() templ.Component { return classFact(s) }

// given describes the wrong answer.
func (s ClassFactScreen) given(w WrongAnswerRow) string {
	if w.Fact.ID == 0 {
		return s.T("quoted", "Text", w.Given)
	}
	return s.labelText(w.Fact)
}

// FactRecall is a fact with a student's recall of it.
type FactRecall struct {
	quiz.Fact
	Recall float64
}

// StudentScreen is the page of one student of a class.
type StudentScreen struct {
	Frame
	Class            quiz.Class
	Student          quiz.Student
	Assignments      []TitledAssignment
	Assignment       quiz.Assignment
	Deck             *quiz.Deck // nil without an assignment
	Row              classreport.StudentRow
	Cards            int
	HardestFacts     []FactRecall
	RushedAnswers    int // recent answers faster than anyone can read
	RecallShare      stats.RecallShare
	TimeBuckets      []stats.TimeBucket
	Monthly          bool
	Cal              quiz.Calendar
	Today            int64
	Others           []quiz.Class // classes the student can be moved to
	Alias, Days      string       // as typed
	TypedName        string       // as typed
	HasRealName      bool         // a real name is stored
	RealName         string       // the real name, if it was requested
	CanActFor        bool         // the teacher may manage the student's account
	CanResetPassword bool         // the teacher may create a password reset code
	Done             string       // "alias", "time" or "name", just now
	Problems         quiz.Problems
}

// Title returns the page title.
func (s StudentScreen) Title() string { return s.Student.Alias }

// Content returns the page body.
func (s StudentScreen) Content() templ.Component { return student(s) }

// recallTrend compares recent with expected recall.
func (s StudentScreen) recallTrend() ProgressScreen {
	return ProgressScreen{Frame: s.Frame, RecallShare: s.RecallShare, TimeBuckets: s.TimeBuckets, Monthly: s.Monthly}
}
