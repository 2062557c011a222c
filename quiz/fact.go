package quiz

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chronicle/quiz/edtf"
)

// Fact is one dated statement.
type Fact struct {
	ID                  int64
	Deck                int64
	Key                 string // names the fact inside its deck, for ever
	Date                edtf.Date
	Event               string // a clause that never contains its own date
	Label               string // a few words for a time line
	Terms               []Term
	Detail              string // one sentence shown after the answer
	Source              string // the key of the deck's source
	Section             string // where in the source it stands
	Span                Span
	Tags                []string
	Claim               bool                 // a claim is dated as a claim, never as what is claimed
	Disputed            bool                 // sources differ about the date
	OtherDate           edtf.Date            // the other date that is given for a disputed fact
	Retired             bool                 // no longer asked; kept because reviews speak of it
	Revision            int64                // grows with every change of it
	Text                int64                // the text that it was taken from; 0 for none
	DisabledKinds       []Kind               // questions that its teacher holds back
	ExcludedDistractors []ExcludedDistractor // what never stands beside it as a wrong option
}

// ExcludedDistractor is one thing that is no wrong option for a fact: another fact, by its key,
// or a term. The other of the two is empty.
type ExcludedDistractor struct{ Fact, Term string }

// IsKindDisabled tells whether a kind of question is held back.
func (f Fact) IsKindDisabled(k Kind) bool { return slices.Contains(f.DisabledKinds, k) }

// Term is a word or phrase of the event that a question can leave out.
type Term struct {
	Text     string
	Accepted []string // other spellings, in any script
}

// Span is a range of code points of the source's text; the zero span is none.
type Span struct{ Start, End int }

// IsZero tells whether no span is known.
func (s Span) IsZero() bool { return s == Span{} }

// AcceptsDate tells whether a date may be called right for the fact: it is not
// provably before or after the fact's date, nor the other date of a dispute.
func (f Fact) AcceptsDate(d edtf.Date) bool {
	if !edtf.Disjoint(f.Date, d) {
		return true
	}
	return !f.OtherDate.IsZero() && !edtf.Disjoint(f.OtherDate, d)
}

// BackgroundTag is the tag of facts beside the subject, which are asked last.
const BackgroundTag = "background"

// Limits of a fact's texts, in characters.
const (
	maxEvent  = 200
	maxLabel  = 60
	maxDetail = 600
	maxKey    = 64
)

// DeckPrecisions are those that a deck can ask for, from the finest.
var DeckPrecisions = []edtf.Precision{edtf.Day, edtf.Month, edtf.Year, edtf.Decade, edtf.Century}

var namePattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// IsValidName tells whether a deck or a fact can be called that: lower-case
// letters, digits and hyphens, at most 64.
func IsValidName(name string) bool { return len(name) <= maxKey && namePattern.MatchString(name) }

// Validate says what is wrong with a fact; fields are those of a deck file.
func (f Fact) Validate() Problems {
	var p Problems
	if !IsValidName(f.Key) {
		p.Add("fact", "problem.name")
	}
	if f.Date.IsZero() {
		p.Add("date", "problem.date.empty")
	}
	validateText(&p, "event", f.Event, maxEvent, true)
	validateText(&p, "label", f.Label, maxLabel, true)
	validateText(&p, "detail", f.Detail, maxDetail, false)
	for _, text := range []struct {
		field, value string
		most         int
	}{{"event", f.Event, maxEvent}, {"label", f.Label, maxLabel}} {
		if longer(text.value, text.most) {
			continue // which is problem enough
		}
		if words := FindDateWords(text.value); words != "" {
			p.Add(text.field, "problem.leak", "Words", words)
		}
	}
	f.checkTerms(&p)
	for _, k := range f.DisabledKinds {
		if !slices.Contains(Kinds, k) {
			p.Add("hold", "problem.hold", "Kind", string(k))
		}
	}
	for _, b := range f.ExcludedDistractors {
		if b.Fact != "" && !IsValidName(b.Fact) {
			p.Add("bar", "problem.name")
		}
	}
	if !f.OtherDate.IsZero() && !f.Disputed {
		p.Add("also", "problem.also")
	}
	return p
}

// maxListedTerms is of how many terms it is told that they are not in the event.
const maxListedTerms = 20

func (f Fact) checkTerms(p *Problems) {
	terms := f.Terms
	if longer(f.Event, maxEvent) { // which is problem enough
		terms = terms[:min(len(terms), maxListedTerms)]
	}
	told := 0
	for _, t := range terms {
		if told < maxListedTerms && !strings.Contains(f.Event, t.Text) {
			p.Add("term", "problem.term", "Term", t.Text)
			told++
		}
	}
}

func longer(s string, than int) bool { return len(s) > than && utf8.RuneCountInString(s) > than }

func validateText(p *Problems, field, value string, most int, needed bool) {
	switch n := utf8.RuneCountInString(value); {
	case n == 0 && needed:
		p.Add(field, "problem.empty")
	case n > most:
		p.Add(field, "problem.long", "Max", most)
	case strings.ContainsFunc(value, isInvisible):
		p.Add(field, "problem.invisible")
	}
}
