package quiz

import (
	"slices"
	"time"
)

// Policy is who may make an account by themselves. Guests practise and students join
// classes with a code whatever it is.
type Policy string

// The policies.
const (
	ToAll        Policy = "open"
	ByInvitation Policy = "invitation"
	Closed       Policy = "closed" // an administrator makes the accounts
)

// Policies lists them.
var Policies = []Policy{ToAll, ByInvitation, Closed}

// Known tells whether it is one of the policies.
func (p Policy) Known() bool { return slices.Contains(Policies, p) }

// Invitation lets people make an account. Its code is kept nowhere.
type Invitation struct {
	ID    int64
	Role  Role // what they become: Learner or Teacher
	Uses  int  // how many people at most
	Used  int
	Made  time.Time
	Until time.Time
}

// The limits of an invitation, and how long it holds.
const (
	MaxUses         = 500
	InvitationHolds = 30 * 24 * time.Hour
)

// Check says what is wrong; fields are role and uses.
func (i Invitation) Check() Problems {
	var p Problems
	if i.Role != Learner && i.Role != Teacher {
		p.Add("role", "problem.choose")
	}
	if i.Uses < 1 || i.Uses > MaxUses {
		p.Add("uses", "problem.uses", "Max", MaxUses)
	}
	return p
}

// How long the code to choose another password holds: given by hand, or sent by e-mail.
const (
	ResetHolds     = 24 * time.Hour
	ResetMailHolds = time.Hour
)

// ListedAtOnce is how many people or classes a page lists.
const ListedAtOnce = 50

// Listed is a person as an administrator sees them: nothing of what they answered.
type Listed struct {
	Person
	Sessions int  // browsers that are signed in
	Classes  int  // that they teach
	Decks    int  // of their own
	Unused   bool // no password was chosen yet
}

// ListedClass is a class as an administrator sees it.
type ListedClass struct {
	Class
	Teachers string // their aliases
	Students int
}

// Numbers say how large the site is.
type Numbers struct {
	People      map[Role]int
	Classes     int // that go on
	Students    int // in them
	Decks       int
	Facts       int   // also those that are not asked any more
	Reviews     int64 // about, where there are very many
	Size        int64 // of the database, in bytes
	Invitations int   // that still hold
}

// Act is something done to a person, or to the site, that is written down.
type Act string

// The acts.
const (
	Revealed   Act = "revealed"   // a real name was shown
	Exported   Act = "exported"   // what is kept of a person was handed out
	ErasedOne  Act = "erased"     // what was kept of a person was deleted
	ResetMade  Act = "reset"      // a code to choose another password was made
	Chosen     Act = "password"   // another password was chosen
	RoleGiven  Act = "role"       // the note is the role
	SignedOut  Act = "signed-out" // on every device
	Made       Act = "made"       // an account; the note is its role
	AddressSet Act = "address"    // an e-mail address
	Dropped    Act = "dropped"    // what a class kept of a person was deleted; the note is the class
	HandedOf   Act = "handed"     // what a class keeps of a person was handed out; the note is the class
	PolicySet  Act = "policy"     // who may sign up; the note is the policy
	Invited    Act = "invited"    // the note is the role
	Withdrawn  Act = "withdrawn"  // an invitation
	Appointed  Act = "appointed"  // a teacher to a class
)

// Acts lists those that are written down.
var Acts = []Act{Revealed, Exported, ErasedOne, ResetMade, Chosen, RoleGiven, AddressSet, Dropped, HandedOf, SignedOut, Made, PolicySet, Invited, Withdrawn, Appointed}

// Audit is one line of the record.
type Audit struct {
	At      time.Time
	By      string // alias of who did it; empty for Chronicle itself
	Act     Act
	Subject int64  // the person it was done to; 0 for nobody
	Of      string // their alias, if they have one
	Note    string
	Gone    bool // who did it is erased
	More    int  // people it was done to at once beside
}

// MaxRealName is how long a real name is at most, in characters.
const MaxRealName = 80

// CheckRealName says what is wrong with the name under which a teacher knows a student;
// the field is name. An empty one is none.
func CheckRealName(name string) Problems {
	var p Problems
	checkText(&p, "name", name, MaxRealName, false)
	return p
}
