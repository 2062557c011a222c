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

// Role decides what a person may do.
type Role string

// The roles. A guest has no sign-in yet; a merged guest's progress was moved to an
// account. RoleSystem is Chronicle itself, for example when it loads the built-in
// decks.
const (
	RoleNobody      Role = ""
	RoleGuest       Role = "guest"
	RoleMergedGuest Role = "left"
	RoleLearner     Role = "learner"
	RoleTeacher     Role = "teacher"
	RoleAdmin       Role = "admin"  // may also teach
	RoleErased      Role = "erased" // while their personal data is being deleted
	RoleSystem      Role = "system"
)

// AccountRoles are the roles that an administrator can assign.
var AccountRoles = []Role{RoleLearner, RoleTeacher, RoleAdmin}

// Who identifies the person who makes a request. Every store method takes it right
// after the context.
type Who struct {
	Person int64
	Role   Role
}

// IsNobody reports whether the browser is unknown.
func (w Who) IsNobody() bool { return w.Person == 0 }

// IsSignedIn reports whether the person has an account and can sign in on another
// device.
func (w Who) IsSignedIn() bool { return slices.Contains(AccountRoles, w.Role) }

// CanTeach reports whether the person may have classes.
func (w Who) CanTeach() bool { return w.Role == RoleTeacher || w.Role == RoleAdmin }

// CanAdminister reports whether the person may administer the site. Chronicle itself
// may.
func (w Who) CanAdminister() bool { return w.Role == RoleAdmin || w.Role == RoleSystem }

// Person is a learner, a teacher or a guest.
type Person struct {
	ID           int64
	Role         Role
	Alias        string
	Email        string // only for teachers and administrators
	PasswordHash string
	Created      time.Time
	LastSeen     time.Time // day of the last visit
	Settings
	Parameters Parameters
}

// Parameters are trained weights of the memory model. The zero value means the
// published weights.
type Parameters struct {
	ID      int64
	Weights fsrs.Weights
	Effects fsrs.Effects // effects of question forms; the same for everyone
}

// Who returns the person's ID and role.
func (p Person) Who() Who { return Who{Person: p.ID, Role: p.Role} }

// TrainingResult is the result of a training: the new weights and how well they
// predict the last fifth of the answers, which they were not trained on.
type TrainingResult struct {
	Parameters
	ReviewCount  int     // answers used for training
	Loss         float64 // mean log loss on the last fifth
	PreviousLoss float64 // the same with the weights in use before
	Adopted      bool    // the new weights are in use
	At           time.Time
}

// Calendar returns the person's calendar.
func (p Person) Calendar() Calendar { return NewCalendar(p.Zone).WithDayStart(p.DayStart) }

// Default settings of a person, and limits of input.
const (
	DefaultNewPerDay        = 10
	MaxNewPerDay            = 200
	DefaultDesiredRetention = 0.9
	MinDesiredRetention     = 0.7
	MaxDesiredRetention     = 0.97
	MaxDayStart             = 12 // hour of the day
	maxAlias                = 40
	maxEmail                = 254
	minPassword             = 8
	maxPassword             = 256
)

// SignUp is the input for creating an account.
type SignUp struct {
	Alias, Password, Email string
	AsTeacher              bool
	InvitationCode         string // required if sign-up is by invitation
}

// ValidatePassword returns the problems with a new password. The field is password.
func ValidatePassword(password, alias string) Problems {
	var p Problems
	validatePassword(&p, password, alias)
	return p
}

// Clean trims the texts and normalises their spelling.
func (s SignUp) Clean() SignUp {
	s.Alias = strings.Join(strings.Fields(norm.NFC.String(s.Alias)), " ")
	s.Email = strings.TrimSpace(s.Email)
	return s
}

// Validate returns the problems with the input. The fields are alias, password and
// email.
func (s SignUp) Validate() Problems {
	var p Problems
	validateAlias(&p, s.Alias)
	validatePassword(&p, s.Password, s.Alias)
	if s.AsTeacher {
		validateEmail(&p, s.Email)
	}
	return p
}

// ValidateWithoutPassword is like Validate for an account that someone else creates:
// its password is chosen later.
func (s SignUp) ValidateWithoutPassword() Problems {
	var p Problems
	validateAlias(&p, s.Alias)
	if s.AsTeacher {
		validateEmail(&p, s.Email)
	}
	return p
}

// ValidateEmail returns the problems with an e-mail address. The field is email.
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

// isInvisible reports whether r could make two aliases look the same or change the
// direction of the text around it: control characters, direction marks, zero-width
// characters and invalid UTF-8.
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

// isMadeFromAlias reports whether the password is only the alias, repeated or with
// digits or punctuation added.
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

// dottedIReplacer maps all variants of i to one letter, because Azerbaijani and
// Turkish keyboards write İlqar for ilqar.
var dottedIReplacer = strings.NewReplacer("i\u0307", "i", "ı", "i")

// FoldName returns a name in the form used for comparison: NFKC, case-folded, with
// single spaces.
func FoldName(s string) string {
	return strings.Join(strings.Fields(dottedIReplacer.Replace(cases.Fold().String(norm.NFKC.String(s)))), " ")
}

// Settings are a person's own settings.
type Settings struct {
	Zone             string // name in the IANA database
	NewPerDay        int
	DesiredRetention float64  // retrievability at which a card becomes due
	DayStart         int      // hour at which the learner's day starts, 0 to MaxDayStart
	RestDays         Weekdays // days on which as few cards as possible become due
	AvoidedKinds     []Kind   // kinds not asked if another kind is possible
	StrictSpelling   bool     // typos are not accepted
}

// DefaultSettings returns the settings of a new person in the given time zone.
func DefaultSettings(zone string) Settings {
	return Settings{Zone: zone, NewPerDay: DefaultNewPerDay, DesiredRetention: DefaultDesiredRetention, DayStart: DefaultDayStart}
}

// RetentionPresets are the values of DesiredRetention that have a name in the
// settings.
var RetentionPresets = []struct {
	Word  string
	Share float64
}{{"relaxed", 0.8}, {"steady", DefaultDesiredRetention}, {"thorough", 0.95}}

// Validate returns the problems with the settings. The fields are zone, new, share,
// start, rest and kinds.
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
