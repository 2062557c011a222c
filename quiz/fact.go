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
	Key                 string // permanent name of the fact in its deck
	Date                edtf.Date
	Event               string // a clause that never contains the date
	Label               string // a few words for a timeline
	Terms               []Term
	Detail              string // one sentence shown after the answer
	Source              string // key of one of the deck's sources
	Section             string // section of the source
	Span                Span
	Tags                []string
	Claim               bool                 // the date is when the claim was made, not when the claimed thing happened
	Disputed            bool                 // sources disagree about the date
	OtherDate           edtf.Date            // the second date of a disputed fact
	Retired             bool                 // no longer asked; not deleted because reviews refer to it
	Revision            int64                // increases with every change of the fact
	Text                int64                // ID of the text it was taken from; 0 for none
	DisabledKinds       []Kind               // kinds of question that the teacher disabled
	ExcludedDistractors []ExcludedDistractor // distractors never used for this fact
}

// ExcludedDistractor is a distractor that must not be used for a fact: either another
// fact, by its key, or a term. The other field is empty.
type ExcludedDistractor struct{ Fact, Term string }

// IsKindDisabled reports whether the teacher disabled a kind of question for the fact.
func (f Fact) IsKindDisabled(k Kind) bool { return slices.Contains(f.DisabledKinds, k) }

// Term is a word or phrase of the event that a question can leave out.
type Term struct {
	Text     string
	Accepted []string // other spellings, in any script
}

// Span is a range of code points in the source's text. The zero value means no span.
type Span struct{ Start, End int }

// IsZero reports whether the span is unknown.
func (s Span) IsZero() bool { return s == Span{} }

// AcceptsDate reports whether a date can be graded as right for the fact: it must not
// be provably before or after the fact's date, or it must match the other date of a
// disputed fact in the same way.
func (f Fact) AcceptsDate(d edtf.Date) bool {
	if !edtf.Disjoint(f.Date, d) {
		return true
	}
	return !f.OtherDate.IsZero() && !edtf.Disjoint(f.OtherDate, d)
}

// BackgroundTag marks facts that are only background to the topic. They are asked
// last.
const BackgroundTag = "background"

// Limits of a fact's texts, in characters.
const (
	maxEvent  = 200
	maxLabel  = 60
	maxDetail = 600
	maxKey    = 64
)

// DeckPrecisions are the precisions that a deck can ask for, the finest first.
var DeckPrecisions = []edtf.Precision{edtf.Day, edtf.Month, edtf.Year, edtf.Decade, edtf.Century}

var namePattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// IsValidName reports whether s can be the name of a deck or the key of a fact:
// lower-case letters, digits and single hyphens, at most 64 characters.
func IsValidName(name string) bool { return len(name) <= maxKey && namePattern.MatchString(name) }

// Validate returns the problems with a fact. The fields are those of a deck file.
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
			continue // already reported as too long
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

// maxListedTerms is the most missing terms that checkTerms reports.
const maxListedTerms = 20

func (f Fact) checkTerms(p *Problems) {
	terms := f.Terms
	if longer(f.Event, maxEvent) { // already reported as too long
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
