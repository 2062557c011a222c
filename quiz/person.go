package quiz

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz/fsrs"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Role is what a person may do.
type Role string

// The roles. A guest has no sign-in yet, and has left when an account took over
// what they learned; the system is Chronicle itself, when
// it loads the decks that ship.
const (
	Nobody  Role = ""
	Guest   Role = "guest"
	Left    Role = "left"
	Learner Role = "learner"
	Teacher Role = "teacher"
	Admin   Role = "admin"  // teaches, and looks after the site
	Erased  Role = "erased" // while all that is kept of them is deleted
	System  Role = "system"
)

// Accounts are the roles that an administrator gives.
var Accounts = []Role{Learner, Teacher, Admin}

// Who asks. Every method of the store takes it right after the context.
type Who struct {
	Person int64
	Role   Role
}

// IsNobody tells whether the browser is not known.
func (w Who) IsNobody() bool { return w.Person == 0 }

// SignedIn tells whether the person can come back on another device.
func (w Who) SignedIn() bool { return slices.Contains(Accounts, w.Role) }

// Teaches tells whether the person may have classes.
func (w Who) Teaches() bool { return w.Role == Teacher || w.Role == Admin }

// Administers tells whether the person looks after the site; Chronicle itself does.
func (w Who) Administers() bool { return w.Role == Admin || w.Role == System }

// Person is a learner, a teacher or a guest.
type Person struct {
	ID       int64
	Role     Role
	Alias    string
	Email    string // of teachers and administrators only
	Password string // its hash
	Created  time.Time
	Seen     time.Time // when they were here last, to a day
	Settings
	Tuning Tuning
}

// Tuning is a set of weights of the memory model, as it was learned from answers.
// The zero Tuning is the published weights.
type Tuning struct {
	ID      int64
	Weights fsrs.Weights
	Effects fsrs.Effects // of forms, everybody's
}

// Who is the person as one who asks.
func (p Person) Who() Who { return Who{Person: p.ID, Role: p.Role} }

// Trial is weights that were learned, and how they predicted answers that they had
// not seen: the last fifth in time.
type Trial struct {
	Tuning
	Items  int     // answers learned from
	Loss   float64 // mean log loss on the last fifth
	Before float64 // that of the weights in use until then
	Better bool    // they were taken
	At     time.Time
}

// Calendar counts the person's days.
func (p Person) Calendar() Calendar { return NewCalendar(p.Zone).From(p.DayStart) }

// What a person begins with, and the limits of input.
const (
	DefaultNewPerDay = 10
	MaxNewPerDay     = 200
	DefaultRetention = 0.9
	LeastRetention   = 0.7
	MostRetention    = 0.97
	LatestDayStart   = 12 // o'clock
	aliasMax         = 40
	emailMax         = 254
	passwordMin      = 8
	passwordMax      = 256
)

// SignUp is what a person gives to keep their progress.
type SignUp struct {
	Alias, Password, Email string
	Teaches                bool
	Invitation             string // its code, where one is wanted
}

// NewPassword is a password alone, as one chooses another; the field is password.
func NewPassword(password, alias string) Problems {
	var p Problems
	checkPassword(&p, password, alias)
	return p
}

// Clean trims what people type by accident and writes it in one way.
func (s SignUp) Clean() SignUp {
	s.Alias = strings.Join(strings.Fields(norm.NFC.String(s.Alias)), " ")
	s.Email = strings.TrimSpace(s.Email)
	return s
}

// Check says what is wrong; fields are alias, password and email.
func (s SignUp) Check() Problems {
	var p Problems
	checkAlias(&p, s.Alias)
	checkPassword(&p, s.Password, s.Alias)
	if s.Teaches {
		checkEmail(&p, s.Email)
	}
	return p
}

// CheckNamed is Check for an account that somebody else makes: its password is chosen
// later.
func (s SignUp) CheckNamed() Problems {
	var p Problems
	checkAlias(&p, s.Alias)
	if s.Teaches {
		checkEmail(&p, s.Email)
	}
	return p
}

// CheckEmail says what is wrong with an e-mail address; the field is email.
func CheckEmail(email string) Problems {
	var p Problems
	checkEmail(&p, email)
	return p
}

func checkAlias(p *Problems, alias string) {
	switch {
	case alias == "":
		p.Add("alias", "problem.alias.empty")
	case utf8.RuneCountInString(alias) > aliasMax:
		p.Add("alias", "problem.alias.long", "Max", aliasMax)
	case strings.ContainsFunc(alias, invisible), !strings.ContainsFunc(alias, visible):
		p.Add("alias", "problem.alias.invisible")
	case strings.Contains(Fold(alias), "@"):
		p.Add("alias", "problem.alias.email")
	case isRude(alias):
		p.Add("alias", "problem.alias.rude")
	}
}

// invisible finds what would let two aliases look the same or turn the text
// around them: controls, direction marks, zero-width characters, broken UTF-8.
func invisible(r rune) bool {
	return r == utf8.RuneError || r == '\u3164' || r == '\u2800' || (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp))
}

func visible(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }

func checkPassword(p *Problems, password, alias string) {
	folded := Fold(password)
	switch {
	case password == "":
		p.Add("password", "problem.password.empty")
	case utf8.RuneCountInString(password) < passwordMin:
		p.Add("password", "problem.password.short", "Min", passwordMin)
	case utf8.RuneCountInString(password) > passwordMax:
		p.Add("password", "problem.password.long", "Max", passwordMax)
	case common[folded], oneRune(folded):
		p.Add("password", "problem.password.common")
	case alias != "" && madeOf(folded, Fold(alias)):
		p.Add("password", "problem.password.alias")
	}
}

func oneRune(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// madeOf tells whether the password is the alias, repeated or with digits.
func madeOf(password, alias string) bool {
	rest := strings.ReplaceAll(password, alias, "")
	rest = strings.TrimFunc(rest, func(r rune) bool { return unicode.IsNumber(r) || unicode.IsPunct(r) })
	return rest == ""
}

func checkEmail(p *Problems, email string) {
	switch {
	case email == "":
		p.Add("email", "problem.email.empty")
	case len(email) > emailMax:
		p.Add("email", "problem.email.long", "Max", emailMax)
	default:
		at, err := mail.ParseAddress(email)
		if err != nil || at.Address != email || !strings.Contains(email[strings.LastIndex(email, "@")+1:], ".") {
			p.Add("email", "problem.email.form")
		}
	}
}

// dots makes one letter of the i's: keyboards of Azerbaijan and Turkey write
// İlqar where ilqar was typed before.
var dots = strings.NewReplacer("i\u0307", "i", "ı", "i")

// Fold writes a name the way it is compared: composed, without case, with
// single spaces.
func Fold(s string) string {
	return strings.Join(strings.Fields(dots.Replace(cases.Fold().String(norm.NFKC.String(s)))), " ")
}

// Settings are the few things a person chooses.
type Settings struct {
	Zone      string // of the IANA database
	NewPerDay int
	Retention float64  // the chance of recall at which a card comes back
	DayStart  int      // the hour at which the day begins, 0 to LatestDayStart
	Rest      Weekdays // days on which as little as possible comes due
	Unwanted  []Kind   // kinds that are not asked where another can be
	Strict    bool     // no slip of typing is forgiven
}

// Beginning is what a person in that zone begins with.
func Beginning(zone string) Settings {
	return Settings{Zone: zone, NewPerDay: DefaultNewPerDay, Retention: DefaultRetention, DayStart: Rollover}
}

// Shares are the chances of recall that have a word.
var Shares = []struct {
	Word  string
	Share float64
}{{"relaxed", 0.8}, {"steady", DefaultRetention}, {"thorough", 0.95}}

// Check says what is wrong; fields are zone, new, share, start, rest and kinds.
func (s Settings) Check() Problems {
	var p Problems
	if !KnownZone(s.Zone) {
		p.Add("zone", "problem.zone")
	}
	if s.NewPerDay < 0 || s.NewPerDay > MaxNewPerDay {
		p.Add("new", "problem.new", "Max", MaxNewPerDay)
	}
	if !(s.Retention >= LeastRetention && s.Retention <= MostRetention) {
		p.Add("share", "problem.share", "Min", int(100*LeastRetention), "Max", int(100*MostRetention))
	}
	if s.DayStart < 0 || s.DayStart > LatestDayStart {
		p.Add("start", "problem.start", "Max", LatestDayStart)
	}
	if s.Rest >= 1<<7-1 {
		p.Add("rest", "problem.rest")
	}
	if len(s.Unwanted) == len(Scored) {
		p.Add("kinds", "problem.kinds.none")
	}
	if slices.ContainsFunc(s.Unwanted, func(k Kind) bool { return !slices.Contains(Scored, k) }) {
		p.Add("kinds", "problem.quiz.kinds")
	}
	return p
}
