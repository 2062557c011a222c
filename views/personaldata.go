package views

import (
	"maps"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// URLs about personal data.
const (
	ToPersonalData templ.SafeURL = "/your-data"
	ToExport       templ.SafeURL = "/your-data/export"
	ToEraseOwnData templ.SafeURL = "/your-data/erase"
)

// PersonalDataScreen shows which personal data is stored and for how long, with forms to export and erase it.
type PersonalDataScreen struct {
	Frame
	JustErased bool              // everything was just erased
	RealNames  map[string]string // the visitor's stored real names, by class
	AuditLog   []quiz.AuditEntry // entries about the visitor
	Cal        quiz.Calendar
	Problems   quiz.Problems
}

// Title returns the page title.
func (s PersonalDataScreen) Title() string { return s.T("kept.title") }

// Content returns the page body.
func (s PersonalDataScreen) Content() templ.Component { return personalData(s) }

// classes lists the classes that store a real name.
func (s PersonalDataScreen) classes() []string { return slices.Sorted(maps.Keys(s.RealNames)) }

// retentionText says how long the data of a topic is stored, in days and years.
func (s PersonalDataScreen) retentionText(topic string) string {
	days := func(d time.Duration) int { return int(d / (24 * time.Hour)) }
	return s.T("kept."+topic+".until",
		"Idle", days(quiz.SessionIdleLimit), "Total", days(quiz.SessionMaxAge), "Guest", days(quiz.GuestRetention), "Member", days(quiz.MembershipRetention),
		"Name", days(quiz.RealNameRetention), "Years", days(quiz.AccountRetention)/365, "Run", days(quiz.QuizAttemptRetention), "Notice", days(quiz.NoticeRetention),
		"Report", days(quiz.ReportRetention), "Audit", days(quiz.AuditLogRetention)/365, "Reset", int(quiz.ResetCodeLifetime/time.Hour))
}

// fields names a table with its columns.
func (s PersonalDataScreen) fields(t quiz.DataTable) string {
	var names []string
	for _, c := range t.ParseColumns() {
		names = append(names, c.Name)
	}
	return s.T("kept.fields", "Table", t.Name, "Fields", strings.Join(names, ", "))
}

// auditText says who did what to whom.
func (f Frame) auditText(a quiz.AuditEntry) string {
	by, of := a.ActorAlias, a.SubjectAlias
	switch {
	case a.ActorErased:
		by = f.T("audit.somebody")
	case by == "":
		by = f.T("audit.chronicle")
	}
	switch {
	case a.OtherSubjects > 0:
		of = f.N("audit.several", a.OtherSubjects+1)
	case of == "":
		of = f.T("audit.somebody")
	}
	return f.T("audit."+string(a.Action), "By", by, "Of", of, "Note", f.auditNote(a))
}

// auditNote returns the note of an audit log entry.
func (f Frame) auditNote(a quiz.AuditEntry) string {
	switch a.Action {
	case quiz.AuditRoleChanged, quiz.AuditAccountCreated, quiz.AuditInvitationCreated, quiz.AuditErased:
		return f.T("role." + a.Note)
	case quiz.AuditPolicyChanged:
		return f.T("policy." + a.Note)
	}
	return a.Note
}

// formatInstant formats a time as date and hour in the person's time zone.
func formatInstant(t time.Time, cal quiz.Calendar) string {
	return cal.WallTime(t).Format("2006-01-02 15:04")
}
