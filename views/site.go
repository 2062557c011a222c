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
	ToSite        templ.SafeURL = "/site"
	ToPolicy      templ.SafeURL = "/site/sign-up"
	ToInvitations templ.SafeURL = "/site/invitations"
	ToWithdraw    templ.SafeURL = "/site/invitations/withdraw"
	ToTidy        templ.SafeURL = "/site/tidy"
	ToSiteClasses templ.SafeURL = "/site/classes"
	ToPeople      templ.SafeURL = "/people"
)

// ToPerson is somebody who has an account.
func ToPerson(id int64) templ.SafeURL {
	return ToPeople + templ.SafeURL("/"+strconv.FormatInt(id, 10))
}

// ToPersonDeed does something to them.
func ToPersonDeed(id int64, deed string) templ.SafeURL {
	return ToPerson(id) + templ.SafeURL("/"+deed)
}

// ToAppoint makes somebody a teacher of a class.
func ToAppoint(class int64) templ.SafeURL {
	return ToSiteClasses + templ.SafeURL("/"+strconv.FormatInt(class, 10)+"/teachers")
}

// Site is how the site stands.
type Site struct {
	Frame
	Numbers     quiz.Numbers
	Policy      quiz.Policy
	Invitations []quiz.Invitation
	Uses        string // as typed
	Role        quiz.Role
	Tidied      []quiz.Tidying // what would be deleted now
	Tried       bool           // it was asked what would be
	Log         []quiz.Audit
	Database    string // its kind
	Mail        bool   // a mail server is configured
	Since       time.Time
	Cal         quiz.Calendar
	Done        string // "policy" or "withdrawn", a moment ago
	Problems    quiz.Problems
}

// Title names the page.
func (s Site) Title() string { return s.T("site.title") }

// Part shows it.
func (s Site) Part() templ.Component { return site(s) }

// people counts those of a role.
func (s Site) people(role quiz.Role) string { return strconv.Itoa(s.Numbers.People[role]) }

// size is the size of the database in MB.
func (s Site) size() string {
	return s.T("site.mb", "N", strconv.FormatFloat(float64(s.Numbers.Size)/1e6, 'f', 1, 64))
}

// left is how many people an invitation still lets in.
func left(i quiz.Invitation) int { return i.Uses - i.Used }

// People lists those who have an account.
type People struct {
	Frame
	Find     string
	Role     quiz.Role
	All      []quiz.Listed
	Next     int64 // the list goes on after it; 0 for no more
	Cal      quiz.Calendar
	Form     quiz.SignUp // of a new account
	As       quiz.Role
	Problems quiz.Problems
}

// Title names the page.
func (s People) Title() string { return s.T("people.title") }

// Part shows it.
func (s People) Part() templ.Component { return people(s) }

// more is where the list goes on.
func (s People) more() templ.SafeURL {
	v := url.Values{"after": {strconv.FormatInt(s.Next, 10)}}
	if s.Find != "" {
		v.Set("find", s.Find)
	}
	if s.Role != "" {
		v.Set("role", string(s.Role))
	}
	return ToPeople + templ.SafeURL("?"+v.Encode())
}

// OnePerson is somebody who has an account, as an administrator sees them.
type OnePerson struct {
	Frame
	One      quiz.Listed
	Cal      quiz.Calendar
	Mail     bool
	Done     string // "role", "signed-out" or "mailed", a moment ago
	Problems quiz.Problems
}

// Title names the page.
func (s OnePerson) Title() string { return s.One.Alias }

// Part shows it.
func (s OnePerson) Part() templ.Component { return onePerson(s) }

// SiteClasses lists every class.
type SiteClasses struct {
	Frame
	Find     string
	All      []quiz.ListedClass
	Next     int64
	Done     bool   // a teacher was appointed a moment ago
	At       int64  // the class where somebody was to be appointed
	Teacher  string // as typed
	Problems quiz.Problems
}

// Title names the page.
func (s SiteClasses) Title() string { return s.T("site.classes") }

// Part shows it.
func (s SiteClasses) Part() templ.Component { return siteClasses(s) }

func (s SiteClasses) more() templ.SafeURL {
	v := url.Values{"after": {strconv.FormatInt(s.Next, 10)}}
	if s.Find != "" {
		v.Set("find", s.Find)
	}
	return ToSiteClasses + templ.SafeURL("?"+v.Encode())
}

func (s SiteClasses) typed(class int64) string {
	if class == s.At {
		return s.Teacher
	}
	return ""
}

func (s SiteClasses) wrong(class int64) string {
	if class == s.At {
		return on(s.Frame, s.Problems, "teacher")
	}
	return ""
}

// siteTabsOf are the pages of whoever looks after the site: message keys and addresses.
var siteTabsOf = []struct {
	key string
	to  templ.SafeURL
}{{"site.title", ToSite}, {"people.title", ToPeople}, {"site.classes", ToSiteClasses}}

// lastSeen says when somebody was here last.
func lastSeen(f Frame, p quiz.Listed, cal quiz.Calendar) string {
	if p.Unused {
		return f.T("people.never")
	}
	return at(p.Seen, cal)[:10]
}

// seen says so in the list.
func (s People) seen(p quiz.Listed) string {
	if p.Unused {
		return s.T("people.never")
	}
	return s.T("people.seen", "Day", lastSeen(s.Frame, p, s.Cal))
}
