package quiz

import (
	"slices"
	"time"
)

// SignUpPolicy is who may make an account by themselves. Guests practise and students join
// classes with a code whatever it is.
type SignUpPolicy string

// The policies.
const (
	SignUpOpen         SignUpPolicy = "open"
	SignUpByInvitation SignUpPolicy = "invitation"
	SignUpClosed       SignUpPolicy = "closed" // an administrator makes the accounts
)

// SignUpPolicies lists them.
var SignUpPolicies = []SignUpPolicy{SignUpOpen, SignUpByInvitation, SignUpClosed}

// IsValid tells whether it is one of the policies.
func (p SignUpPolicy) IsValid() bool { return slices.Contains(SignUpPolicies, p) }

// Invitation lets people make an account. Its code is kept nowhere.
type Invitation struct {
	ID        int64
	Role      Role // what they become: Learner or Teacher
	MaxUses   int  // how many people at most
	Used      int
	CreatedAt time.Time
	ExpiresAt time.Time
}

// The limits of an invitation, and how long it holds.
const (
	MaxInvitationUses  = 500
	InvitationLifetime = 30 * 24 * time.Hour
)

// Validate says what is wrong; fields are role and uses.
func (i Invitation) Validate() Problems {
	var p Problems
	if i.Role != RoleLearner && i.Role != RoleTeacher {
		p.Add("role", "problem.choose")
	}
	if i.MaxUses < 1 || i.MaxUses > MaxInvitationUses {
		p.Add("uses", "problem.uses", "Max", MaxInvitationUses)
	}
	return p
}

// How long the code to choose another password holds: given by hand, or sent by e-mail.
const (
	ResetCodeLifetime       = 24 * time.Hour
	MailedResetCodeLifetime = time.Hour
)

// ListPageSize is how many people or classes a page lists.
const ListPageSize = 50

// SiteAccount is a person as an administrator sees them: nothing of what they answered.
type SiteAccount struct {
	Person
	Sessions      int  // browsers that are signed in
	Classes       int  // that they teach
	Decks         int  // of their own
	NoPasswordYet bool // no password was chosen yet
}

// SiteClass is a class as an administrator sees it.
type SiteClass struct {
	Class
	Teachers string // their aliases
	Students int
}

// SiteStats say how large the site is.
type SiteStats struct {
	People        map[Role]int
	Classes       int // that go on
	Students      int // in them
	Decks         int
	Facts         int   // also those that are not asked any more
	Reviews       int64 // about, where there are very many
	DatabaseBytes int64 // of the database, in bytes
	Invitations   int   // that still hold
}

// AuditAction is something done to a person, or to the site, that is written down.
type AuditAction string

// The acts.
const (
	AuditNameRevealed       AuditAction = "revealed"   // a real name was shown
	AuditExported           AuditAction = "exported"   // what is kept of a person was handed out
	AuditErased             AuditAction = "erased"     // what was kept of a person was deleted
	AuditResetCodeCreated   AuditAction = "reset"      // a code to choose another password was made
	AuditPasswordChanged    AuditAction = "password"   // another password was chosen
	AuditRoleChanged        AuditAction = "role"       // the note is the role
	AuditSignedOut          AuditAction = "signed-out" // on every device
	AuditAccountCreated     AuditAction = "made"       // an account; the note is its role
	AuditEmailChanged       AuditAction = "address"    // an e-mail address
	AuditMembershipErased   AuditAction = "dropped"    // what a class kept of a person was deleted; the note is the class
	AuditMembershipExported AuditAction = "handed"     // what a class keeps of a person was handed out; the note is the class
	AuditPolicyChanged      AuditAction = "policy"     // who may sign up; the note is the policy
	AuditInvitationCreated  AuditAction = "invited"    // the note is the role
	AuditInvitationRevoked  AuditAction = "withdrawn"  // an invitation
	AuditTeacherAppointed   AuditAction = "appointed"  // a teacher to a class
)

// AuditActions lists those that are written down.
var AuditActions = []AuditAction{AuditNameRevealed, AuditExported, AuditErased, AuditResetCodeCreated, AuditPasswordChanged, AuditRoleChanged, AuditEmailChanged, AuditMembershipErased, AuditMembershipExported, AuditSignedOut, AuditAccountCreated, AuditPolicyChanged, AuditInvitationCreated, AuditInvitationRevoked, AuditTeacherAppointed}

// AuditEntry is one line of the record.
type AuditEntry struct {
	At            time.Time
	ActorAlias    string // alias of who did it; empty for Chronicle itself
	Action        AuditAction
	Subject       int64  // the person it was done to; 0 for nobody
	SubjectAlias  string // their alias, if they have one
	Note          string
	ActorErased   bool // who did it is erased
	OtherSubjects int  // people it was done to at once beside
}

// MaxRealName is how long a real name is at most, in characters.
const MaxRealName = 80

// ValidateRealName says what is wrong with the name under which a teacher knows a student;
// the field is name. An empty one is none.
func ValidateRealName(name string) Problems {
	var p Problems
	validateText(&p, "name", name, MaxRealName, false)
	return p
}
