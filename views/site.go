package views

import (
	"net/url"
	"strconv"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// The addresses of whoever looks after the site.
const (
	ToSite             templ.SafeURL = "/site"
	ToSignUpPolicy     templ.SafeURL = "/site/sign-up"
	ToInvitations      templ.SafeURL = "/site/invitations"
	ToRevokeInvitation templ.SafeURL = "/site/invitations/withdraw"
	ToPurge            templ.SafeURL = "/site/tidy"
	ToSiteClasses      templ.SafeURL = "/site/classes"
	ToPeople           templ.SafeURL = "/people"
)

// ToPerson is somebody who has an account.
func ToPerson(id int64) templ.SafeURL {
	return ToPeople + templ.SafeURL("/"+strconv.FormatInt(id, 10))
}

// ToPersonAction does something to them.
func ToPersonAction(id int64, deed string) templ.SafeURL {
	return ToPerson(id) + templ.SafeURL("/"+deed)
}

// ToAppointTeacher makes somebody a teacher of a class.
func ToAppointTeacher(class int64) templ.SafeURL {
	return ToSiteClasses + templ.SafeURL("/"+strconv.FormatInt(class, 10)+"/teachers")
}

// SiteScreen is how the site stands.
type SiteScreen struct {
	Frame
	Stats          quiz.SiteStats
	Policy         quiz.SignUpPolicy
	Invitations    []quiz.Invitation
	Uses           string // as typed
	Role           quiz.Role
	PurgeCounts    []quiz.PurgeCount // what would be deleted now
	PurgePreviewed bool              // it was asked what would be
	AuditLog       []quiz.AuditEntry
	Database       string // its kind
	Mail           bool   // a mail server is configured
	Since          time.Time
	Cal            quiz.Calendar
	Done           string // "policy" or "withdrawn", a moment ago
	Problems       quiz.Problems
}

// Title names the page.
func (s SiteScreen) Title() string { return s.T("site.title") }

// Content shows it.
func (s SiteScreen) Content() templ.Component { return site(s) }

// people counts those of a role.
func (s SiteScreen) people(role quiz.Role) string { return strconv.Itoa(s.Stats.People[role]) }

// size is the size of the database in MB.
func (s SiteScreen) size() string {
	return s.T("site.mb", "N", strconv.FormatFloat(float64(s.Stats.DatabaseBytes)/1e6, 'f', 1, 64))
}

// usesLeft is how many people an invitation still lets in.
func usesLeft(i quiz.Invitation) int { return i.MaxUses - i.Used }

// PeopleScreen lists those who have an account.
type PeopleScreen struct {
	Frame
	Find     string
	Role     quiz.Role
	Accounts []quiz.SiteAccount
	Next     int64 // the list goes on after it; 0 for no more
	Cal      quiz.Calendar
	Form     quiz.SignUp // of a new account
	NewRole  quiz.Role
	Problems quiz.Problems
}

// Title names the page.
func (s PeopleScreen) Title() string { return s.T("people.title") }

// Content shows it.
func (s PeopleScreen) Content() templ.Component { return people(s) }

// more is where the list goes on.
func (s PeopleScreen) more() templ.SafeURL {
	v := url.Values{"after": {strconv.FormatInt(s.Next, 10)}}
	if s.Find != "" {
		v.Set("find", s.Find)
	}
	if s.Role != "" {
		v.Set("role", string(s.Role))
	}
	return ToPeople + templ.SafeURL("?"+v.Encode())
}

// PersonScreen is somebody who has an account, as an administrator sees them.
type PersonScreen struct {
	Frame
	Account  quiz.SiteAccount
	Cal      quiz.Calendar
	Mail     bool
	Done     string // "role", "signed-out" or "mailed", a moment ago
	Problems quiz.Problems
}

// Title names the page.
func (s PersonScreen) Title() string { return s.Account.Alias }

// Content shows it.
func (s PersonScreen) Content() templ.Component { return onePerson(s) }

// SiteClassesScreen lists every class.
type SiteClassesScreen struct {
	Frame
	Find     string
	All      []quiz.SiteClass
	Next     int64
	Done     bool   // a teacher was appointed a moment ago
	At       int64  // the class where somebody was to be appointed
	Teacher  string // as typed
	Problems quiz.Problems
}

// Title names the page.
func (s SiteClassesScreen) Title() string { return s.T("site.classes") }

// Content shows it.
func (s SiteClassesScreen) Content() templ.Component { return siteClasses(s) }

func (s SiteClassesScreen) more() templ.SafeURL {
	v := url.Values{"after": {strconv.FormatInt(s.Next, 10)}}
	if s.Find != "" {
		v.Set("find", s.Find)
	}
	return ToSiteClasses + templ.SafeURL("?"+v.Encode())
}

func (s SiteClassesScreen) typed(class int64) string {
	if class == s.At {
		return s.Teacher
	}
	return ""
}

func (s SiteClassesScreen) wrong(class int64) string {
	if class == s.At {
		return problemText(s.Frame, s.Problems, "teacher")
	}
	return ""
}

// siteTabList are the pages of whoever looks after the site: message keys and addresses.
var siteTabList = []struct {
	key string
	to  templ.SafeURL
}{{"site.title", ToSite}, {"people.title", ToPeople}, {"site.classes", ToSiteClasses}}

// lastSeen says when somebody was here last.
func lastSeen(f Frame, p quiz.SiteAccount, cal quiz.Calendar) string {
	if p.NoPasswordYet {
		return f.T("people.never")
	}
	return formatInstant(p.LastSeen, cal)[:10]
}

// seen says so in the list.
func (s PeopleScreen) seen(p quiz.SiteAccount) string {
	if p.NoPasswordYet {
		return s.T("people.never")
	}
	return s.T("people.seen", "Day", lastSeen(s.Frame, p, s.Cal))
}
