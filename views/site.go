package views

import (
	"net/url"
	"strconv"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// URLs of the administration pages.
const (
	ToSite             templ.SafeURL = "/site"
	ToSignUpPolicy     templ.SafeURL = "/site/sign-up"
	ToInvitations      templ.SafeURL = "/site/invitations"
	ToRevokeInvitation templ.SafeURL = "/site/invitations/withdraw"
	ToPurge            templ.SafeURL = "/site/tidy"
	ToSiteClasses      templ.SafeURL = "/site/classes"
	ToPeople           templ.SafeURL = "/people"
)

// ToPerson is the page of an account.
func ToPerson(id int64) templ.SafeURL {
	return ToPeople + templ.SafeURL("/"+strconv.FormatInt(id, 10))
}

// ToPersonAction applies an action to an account.
func ToPersonAction(id int64, deed string) templ.SafeURL {
	return ToPerson(id) + templ.SafeURL("/"+deed)
}

// ToAppointTeacher makes a person a teacher of a class.
func ToAppointTeacher(class int64) templ.SafeURL {
	return ToSiteClasses + templ.SafeURL("/"+strconv.FormatInt(class, 10)+"/teachers")
}

// SiteScreen is the administration page.
type SiteScreen struct {
	Frame
	Stats          quiz.SiteStats
	Policy         quiz.SignUpPolicy
	Invitations    []quiz.Invitation
	Uses           string // as typed
	Role           quiz.Role
	PurgeCounts    []quiz.PurgeCount // what a purge would delete now
	PurgePreviewed bool              // the purge preview was requested
	AuditLog       []quiz.AuditEntry
	Database       string // SQLite or PostgreSQL
	Mail           bool   // a mail server is configured
	Since          time.Time
	Cal            quiz.Calendar
	Done           string // "policy" or "withdrawn", just now
	Problems       quiz.Problems
}

// Title returns the page title.
func (s SiteScreen) Title() string { return s.T("site.title") }

// Content returns the page body.
func (s SiteScreen) Content() templ.Component { return site(s) }

// people returns the number of people with a role.
func (s SiteScreen) people(role quiz.Role) string { return strconv.Itoa(s.Stats.People[role]) }

// size returns the size of the database in MB.
func (s SiteScreen) size() string {
	return s.T("site.mb", "N", strconv.FormatFloat(float64(s.Stats.DatabaseBytes)/1e6, 'f', 1, 64))
}

// usesLeft returns how often an invitation can still be used.
func usesLeft(i quiz.Invitation) int { return i.MaxUses - i.Used }

// PeopleScreen lists the people who have an account.
type PeopleScreen struct {
	Frame
	Find     string
	Role     quiz.Role
	Accounts []quiz.SiteAccount
	Next     int64 // where the next page starts; 0 for none
	Cal      quiz.Calendar
	Form     quiz.SignUp // of a new account
	NewRole  quiz.Role
	Problems quiz.Problems
}

// Title returns the page title.
func (s PeopleScreen) Title() string { return s.T("people.title") }

// Content returns the page body.
func (s PeopleScreen) Content() templ.Component { return people(s) }

// more returns the URL of the next page.
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

// PersonScreen is an account as an administrator sees it.
type PersonScreen struct {
	Frame
	Account  quiz.SiteAccount
	Cal      quiz.Calendar
	Mail     bool
	Done     string // "role", "signed-out" or "mailed", just now
	Problems quiz.Problems
}

// Title returns the page title.
func (s PersonScreen) Title() string { return s.Account.Alias }

// Content returns the page body.
func (s PersonScreen) Content() templ.Component { return onePerson(s) }

// SiteClassesScreen lists every class.
type SiteClassesScreen struct {
	Frame
	Find     string
	All      []quiz.SiteClass
	Next     int64
	Done     bool   // a teacher was just appointed
	At       int64  // the class of a rejected appointment
	Teacher  string // as typed
	Problems quiz.Problems
}

// Title returns the page title.
func (s SiteClassesScreen) Title() string { return s.T("site.classes") }

// Content returns the page body.
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

// siteTabList lists the administration pages: message keys and URLs.
var siteTabList = []struct {
	key string
	to  templ.SafeURL
}{{"site.title", ToSite}, {"people.title", ToPeople}, {"site.classes", ToSiteClasses}}

// lastSeen says when a person was last active.
func lastSeen(f Frame, p quiz.SiteAccount, cal quiz.Calendar) string {
	if p.NoPasswordYet {
		return f.T("people.never")
	}
	return formatInstant(p.LastSeen, cal)[:10]
}

// seen says when a person in the list was last active.
func (s PeopleScreen) seen(p quiz.SiteAccount) string {
	if p.NoPasswordYet {
		return s.T("people.never")
	}
	return s.T("people.seen", "Day", lastSeen(s.Frame, p, s.Cal))
}
