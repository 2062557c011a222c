package views

import (
	"maps"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// The addresses about what is kept.
const (
	ToKept   templ.SafeURL = "/kept"
	ToHanded templ.SafeURL = "/kept/export"
	ToErase  templ.SafeURL = "/kept/erase"
)

// Keep tells what is kept of people and for how long, and lets them have it and delete
// it.
type Keep struct {
	Frame
	Erased   bool              // all was deleted a moment ago
	Names    map[string]string // real names that are kept of whoever asks, by class
	Log      []quiz.Audit      // what was done to whoever asks
	Cal      quiz.Calendar
	Problems quiz.Problems
}

// Title names the page.
func (s Keep) Title() string { return s.T("kept.title") }

// Part shows it.
func (s Keep) Part() templ.Component { return keep(s) }

// classes lists the classes in which a real name is kept.
func (s Keep) classes() []string { return slices.Sorted(maps.Keys(s.Names)) }

// until says how long the things of a topic are kept, in days and years.
func (s Keep) until(topic string) string {
	days := func(d time.Duration) int { return int(d / (24 * time.Hour)) }
	return s.T("kept."+topic+".until",
		"Idle", days(quiz.SessionIdle), "Total", days(quiz.SessionTotal), "Guest", days(quiz.GuestKept), "Member", days(quiz.MemberKept),
		"Name", days(quiz.NameKept), "Years", days(quiz.AccountKept)/365, "Run", days(quiz.RunKept), "Notice", days(quiz.NoticeKept),
		"Report", days(quiz.ReportKept), "Audit", days(quiz.AuditKept)/365, "Reset", int(quiz.ResetHolds/time.Hour))
}

// fields names a table with its columns.
func (s Keep) fields(t quiz.Table) string {
	var names []string
	for _, c := range t.List() {
		names = append(names, c.Name)
	}
	return s.T("kept.fields", "Table", t.Name, "Fields", strings.Join(names, ", "))
}

// act says what somebody did, and to whom.
func (f Frame) act(a quiz.Audit) string {
	by, of := a.By, a.Of
	switch {
	case a.Gone:
		by = f.T("audit.somebody")
	case by == "":
		by = f.T("audit.chronicle")
	}
	switch {
	case a.More > 0:
		of = f.N("audit.several", a.More+1)
	case of == "":
		of = f.T("audit.somebody")
	}
	return f.T("audit."+string(a.Act), "By", by, "Of", of, "Note", f.note(a))
}

// note is what an audit tells beside.
func (f Frame) note(a quiz.Audit) string {
	switch a.Act {
	case quiz.RoleGiven, quiz.Made, quiz.Invited, quiz.ErasedOne:
		return f.T("role." + a.Note)
	case quiz.PolicySet:
		return f.T("policy." + a.Note)
	}
	return a.Note
}

// at is an instant as a day and an hour of the person's zone.
func at(t time.Time, cal quiz.Calendar) string {
	return cal.Wall(t).Format("2006-01-02 15:04")
}
