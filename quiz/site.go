package quiz

import (
	"slices"
	"time"
)

// SignUpPolicy says who may create an account. Guests can practise and students can
// join a class with a code under every policy.
type SignUpPolicy string

// The policies.
const (
	SignUpOpen         SignUpPolicy = "open"
	SignUpByInvitation SignUpPolicy = "invitation"
	SignUpClosed       SignUpPolicy = "closed" // administrators create accounts
)

// SignUpPolicies lists all policies.
var SignUpPolicies = []SignUpPolicy{SignUpOpen, SignUpByInvitation, SignUpClosed}

// IsValid reports whether p is one of the policies.
func (p SignUpPolicy) IsValid() bool { return slices.Contains(SignUpPolicies, p) }

// Invitation lets people create an account. Its code is not stored.
type Invitation struct {
	ID        int64
	Role      Role // role of the new account: learner or teacher
	MaxUses   int  // maximum number of people
	Used      int
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Limits of an invitation, and how long it is valid.
const (
	MaxInvitationUses  = 500
	InvitationLifetime = 30 * 24 * time.Hour
)

// Validate returns the problems with the invitation. The fields are role and uses.
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

// How long a password reset code is valid: one given by hand, and one sent by e-mail.
const (
	ResetCodeLifetime       = 24 * time.Hour
	MailedResetCodeLifetime = time.Hour
)

// ListPageSize is how many people or classes a page lists.
const ListPageSize = 50

// SiteAccount is an account as an administrator sees it, without any answers.
type SiteAccount struct {
	Person
	Sessions      int  // signed-in browsers
	Classes       int  // classes they teach
	Decks         int  // decks they own
	NoPasswordYet bool // has not chosen a password
}

// SiteClass is a class as an administrator sees it.
type SiteClass struct {
	Class
	Teachers string // aliases of the teachers
	Students int
}

// SiteStats describe the size of the site.
type SiteStats struct {
	People        map[Role]int
	Classes       int // active classes
	Students      int // students in active classes
	Decks         int
	Facts         int   // including retired facts
	Reviews       int64 // estimated if there are very many
	DatabaseBytes int64 // size of the database in bytes
	Invitations   int   // valid invitations
}

// AuditAction is an action on a person or the site that is recorded in the audit log.
type AuditAction string

// The audit actions.
const (
	AuditNameRevealed       AuditAction = "revealed"   // a real name was shown
	AuditExported           AuditAction = "exported"   // a person's data was exported
	AuditErased             AuditAction = "erased"     // a person's data was erased
	AuditResetCodeCreated   AuditAction = "reset"      // a password reset code was created
	AuditPasswordChanged    AuditAction = "password"   // the password was changed
	AuditRoleChanged        AuditAction = "role"       // the role was changed; the note is the role
	AuditSignedOut          AuditAction = "signed-out" // signed out on every device
	AuditAccountCreated     AuditAction = "made"       // an account was created; the note is its role
	AuditEmailChanged       AuditAction = "address"    // the e-mail address was changed
	AuditMembershipErased   AuditAction = "dropped"    // a class's data about a person was erased; the note is the class
	AuditMembershipExported AuditAction = "handed"     // a class's data about a person was exported; the note is the class
	AuditPolicyChanged      AuditAction = "policy"     // the sign-up policy was changed; the note is the policy
	AuditInvitationCreated  AuditAction = "invited"    // an invitation was created; the note is the role
	AuditInvitationRevoked  AuditAction = "withdrawn"  // an invitation was revoked
	AuditTeacherAppointed   AuditAction = "appointed"  // a teacher was added to a class
)

// AuditActions lists all audit actions.
var AuditActions = []AuditAction{AuditNameRevealed, AuditExported, AuditErased, AuditResetCodeCreated, AuditPasswordChanged, AuditRoleChanged, AuditEmailChanged, AuditMembershipErased, AuditMembershipExported, AuditSignedOut, AuditAccountCreated, AuditPolicyChanged, AuditInvitationCreated, AuditInvitationRevoked, AuditTeacherAppointed}

// AuditEntry is one entry of the audit log.
type AuditEntry struct {
	At            time.Time
	ActorAlias    string // who did it; empty for Chronicle itself
	Action        AuditAction
	Subject       int64  // ID of the person affected; 0 for none
	SubjectAlias  string // alias of Subject, if there is one
	Note          string
	ActorErased   bool // the person who did it was erased
	OtherSubjects int  // number of other people affected at the same time
}

// MaxRealName is the maximum length of a real name, in characters.
const MaxRealName = 80

// ValidateRealName returns the problems with the real name of a student. The field is
// name. An empty name is valid and means none.
func ValidateRealName(name string) Problems {
	var p Problems
	validateText(&p, "name", name, MaxRealName, false)
	return p
}
