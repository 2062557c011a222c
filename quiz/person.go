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
	RoleNobody      Role = ""
	RoleGuest       Role = "guest"
	RoleMergedGuest Role = "left"
	RoleLearner     Role = "learner"
	RoleTeacher     Role = "teacher"
	RoleAdmin       Role = "admin"  // teaches, and looks after the site
	RoleErased      Role = "erased" // while all that is kept of them is deleted
	RoleSystem      Role = "system"
)

// AccountRoles are the roles that an administrator gives.
var AccountRoles = []Role{RoleLearner, RoleTeacher, RoleAdmin}

// Who asks. Every method of the store takes it right after the context.
type Who struct {
	Person int64
	Role   Role
}

// IsNobody tells whether the browser is not known.
func (w Who) IsNobody() bool { return w.Person == 0 }

// IsSignedIn tells whether the person can come back on another device.
func (w Who) IsSignedIn() bool { return slices.Contains(AccountRoles, w.Role) }

// CanTeach tells whether the person may have classes.
func (w Who) CanTeach() bool { return w.Role == RoleTeacher || w.Role == RoleAdmin }

// CanAdminister tells whether the person looks after the site; Chronicle itself does.
func (w Who) CanAdminister() bool { return w.Role == RoleAdmin || w.Role == RoleSystem }

// Person is a learner, a teacher or a guest.
type Person struct {
	ID           int64
	Role         Role
	Alias        string
	Email        string // of teachers and administrators only
	PasswordHash string // its hash
	Created      time.Time
	LastSeen     time.Time // when they were here last, to a day
	Settings
	Parameters Parameters
}

// Parameters is a set of weights of the memory model, as it was learned from answers.
// The zero Tuning is the published weights.
type Parameters struct {
	ID      int64
	Weights fsrs.Weights
	Effects fsrs.Effects // of forms, everybody's
}

// Who is the person as one who asks.
func (p Person) Who() Who { return Who{Person: p.ID, Role: p.Role} }

// TrainingResult is weights that were learned, and how they predicted answers that they had
// not seen: the last fifth in time.
type TrainingResult struct {
	Parameters
	ReviewCount  int     // answers learned from
	Loss         float64 // mean log loss on the last fifth
	PreviousLoss float64 // that of the weights in use until then
	Adopted      bool    // they were taken
	At           time.Time
}

// Calendar counts the person's days.
func (p Person) Calendar() Calendar { return NewCalendar(p.Zone).WithDayStart(p.DayStart) }

// What a person begins with, and the limits of input.
const (
	DefaultNewPerDay        = 10
	MaxNewPerDay            = 200
	DefaultDesiredRetention = 0.9
	MinDesiredRetention     = 0.7
	MaxDesiredRetention     = 0.97
	MaxDayStart             = 12 // o'clock
	maxAlias                = 40
	maxEmail                = 254
	minPassword             = 8
	maxPassword             = 256
)

// SignUp is what a person gives to keep their progress.
type SignUp struct {
	Alias, Password, Email string
	AsTeacher              bool
	InvitationCode         string // its code, where one is wanted
}

// ValidatePassword is a password alone, as one chooses another; the field is password.
func ValidatePassword(password, alias string) Problems {
	var p Problems
	validatePassword(&p, password, alias)
	return p
}

// Clean trims what people type by accident and writes it in one way.
func (s SignUp) Clean() SignUp {
	s.Alias = strings.Join(strings.Fields(norm.NFC.String(s.Alias)), " ")
	s.Email = strings.TrimSpace(s.Email)
	return s
}

// Validate says what is wrong; fields are alias, password and email.
func (s SignUp) Validate() Problems {
	var p Problems
	validateAlias(&p, s.Alias)
	validatePassword(&p, s.Password, s.Alias)
	if s.AsTeacher {
		validateEmail(&p, s.Email)
	}
	return p
}

// ValidateWithoutPassword is Check for an account that somebody else makes: its password is chosen
// later.
func (s SignUp) ValidateWithoutPassword() Problems {
	var p Problems
	validateAlias(&p, s.Alias)
	if s.AsTeacher {
		validateEmail(&p, s.Email)
	}
	return p
}

// ValidateEmail says what is wrong with an e-mail address; the field is email.
func ValidateEmail(email string) Problems {
	var p Problems
	validateEmail(&p, email)
	return p
}

func validateAlias(p *Problems, alias string) {
	switch {
	case alias == "":
		p.Add("alias", "problem.alias.empty")
	case utf8.RuneCountInString(alias) > maxAlias:
		p.Add("alias", "problem.alias.long", "Max", maxAlias)
	case strings.ContainsFunc(alias, isInvisible), !strings.ContainsFunc(alias, isVisible):
		p.Add("alias", "problem.alias.invisible")
	case strings.Contains(FoldName(alias), "@"):
		p.Add("alias", "problem.alias.email")
	case isRude(alias):
		p.Add("alias", "problem.alias.rude")
	}
}

// isInvisible finds what would let two aliases look the same or turn the text
// around them: controls, direction marks, zero-width characters, broken UTF-8.
func isInvisible(r rune) bool {
	return r == utf8.RuneError || r == '\u3164' || r == '\u2800' || (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp))
}

func isVisible(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }

func validatePassword(p *Problems, password, alias string) {
	folded := FoldName(password)
	switch {
	case password == "":
		p.Add("password", "problem.password.empty")
	case utf8.RuneCountInString(password) < minPassword:
		p.Add("password", "problem.password.short", "Min", minPassword)
	case utf8.RuneCountInString(password) > maxPassword:
		p.Add("password", "problem.password.long", "Max", maxPassword)
	case commonPasswords[folded], isOneRuneRepeated(folded):
		p.Add("password", "problem.password.common")
	case alias != "" && isMadeFromAlias(folded, FoldName(alias)):
		p.Add("password", "problem.password.alias")
	}
}

func isOneRuneRepeated(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// isMadeFromAlias tells whether the password is the alias, repeated or with digits.
func isMadeFromAlias(password, alias string) bool {
	rest := strings.ReplaceAll(password, alias, "")
	rest = strings.TrimFunc(rest, func(r rune) bool { return unicode.IsNumber(r) || unicode.IsPunct(r) })
	return rest == ""
}

func validateEmail(p *Problems, email string) {
	switch {
	case email == "":
		p.Add("email", "problem.email.empty")
	case len(email) > maxEmail:
		p.Add("email", "problem.email.long", "Max", maxEmail)
	default:
		at, err := mail.ParseAddress(email)
		if err != nil || at.Address != email || !strings.Contains(email[strings.LastIndex(email, "@")+1:], ".") {
			p.Add("email", "problem.email.form")
		}
	}
}

// dottedIReplacer makes one letter of the i's: keyboards of Azerbaijan and Turkey write
// İlqar where ilqar was typed before.
var dottedIReplacer = strings.NewReplacer("i\u0307", "i", "ı", "i")

// FoldName writes a name the way it is compared: composed, without case, with
// single spaces.
func FoldName(s string) string {
	return strings.Join(strings.Fields(dottedIReplacer.Replace(cases.Fold().String(norm.NFKC.String(s)))), " ")
}

// Settings are the few things a person chooses.
type Settings struct {
	Zone             string // of the IANA database
	NewPerDay        int
	DesiredRetention float64  // the chance of recall at which a card comes back
	DayStart         int      // the hour at which the day begins, 0 to MaxDayStart
	RestDays         Weekdays // days on which as little as possible comes due
	AvoidedKinds     []Kind   // kinds that are not asked where another can be
	StrictSpelling   bool     // no slip of typing is forgiven
}

// DefaultSettings is what a person in that zone begins with.
func DefaultSettings(zone string) Settings {
	return Settings{Zone: zone, NewPerDay: DefaultNewPerDay, DesiredRetention: DefaultDesiredRetention, DayStart: DefaultDayStart}
}

// RetentionPresets are the chances of recall that have a word.
var RetentionPresets = []struct {
	Word  string
	Share float64
}{{"relaxed", 0.8}, {"steady", DefaultDesiredRetention}, {"thorough", 0.95}}

// Validate says what is wrong; fields are zone, new, share, start, rest and kinds.
func (s Settings) Validate() Problems {
	var p Problems
	if !IsKnownZone(s.Zone) {
		p.Add("zone", "problem.zone")
	}
	if s.NewPerDay < 0 || s.NewPerDay > MaxNewPerDay {
		p.Add("new", "problem.new", "Max", MaxNewPerDay)
	}
	if !(s.DesiredRetention >= MinDesiredRetention && s.DesiredRetention <= MaxDesiredRetention) {
		p.Add("share", "problem.share", "Min", int(100*MinDesiredRetention), "Max", int(100*MaxDesiredRetention))
	}
	if s.DayStart < 0 || s.DayStart > MaxDayStart {
		p.Add("start", "problem.start", "Max", MaxDayStart)
	}
	if s.RestDays >= 1<<7-1 {
		p.Add("rest", "problem.rest")
	}
	if len(s.AvoidedKinds) == len(GradedKinds) {
		p.Add("kinds", "problem.kinds.none")
	}
	if slices.ContainsFunc(s.AvoidedKinds, func(k Kind) bool { return !slices.Contains(GradedKinds, k) }) {
		p.Add("kinds", "problem.quiz.kinds")
	}
	return p
}
