// Package extract finds the dates of a text, and proposes dated facts.
//
// A text is cleaned (clean.go) and cut into blocks; in each block the date
// expressions are tagged (tag.go, by the table of a language), the ones without
// a year are given one (anchor.go), and what a sentence says of a date becomes a
// proposal (propose.go) with a score (score.go). All places are counted in code
// points of the text as it was given.
package extract

import (
	"context"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// Kind is a kind of date expression; reports count by it.
type Kind string

// The kinds.
const (
	Day      Kind = "day"
	Month    Kind = "month"
	Year     Kind = "year"
	Range    Kind = "range"
	Decade   Kind = "decade"
	Century  Kind = "century"
	Season   Kind = "season"
	Part     Kind = "part"     // early 1943, first half of 1943
	Implied  Kind = "implied"  // takes its year from what stands around it
	Relative Kind = "relative" // that year, two days later
	Life     Kind = "life"     // birth and death in brackets
	Era      Kind = "era"      // BC or AD
)

// Relation is what a preposition makes of a date.
type Relation string

// The relations; At is the date itself.
const (
	At     Relation = ""
	Before Relation = "before"
	After  Relation = "after"
	Since  Relation = "since"
	Until  Relation = "until"
	By     Relation = "by"
)

// Expression is one date expression of a text: the date alone, without its
// preposition, which is told as Relation.
type Expression struct {
	Span     quiz.Span
	Text     string
	Date     edtf.Date
	Kind     Kind
	Relation Relation
	Second   edtf.Date // the second reading, where there is doubt
	From     quiz.Span // what the year was inferred from; zero if it is told
	FromText string
	Excerpt  bool // stands in an excerpt of another text
	Dropped  bool // stands in what was cleaned away
}

// Inferred tells whether the year, or more, was taken from elsewhere.
func (e Expression) Inferred() bool {
	return !e.From.IsZero() || e.Kind == Implied || e.Kind == Relative
}

// MarkKind says why a proposal needs a look.
type MarkKind string

// The marks.
const (
	YearInferred  MarkKind = "year inferred"
	DateInferred  MarkKind = "date inferred" // the following day, two years later
	Ambiguous     MarkKind = "ambiguous"     // the date can be read in two ways
	Pronoun       MarkKind = "pronoun"       // its subject was a pronoun
	Claim         MarkKind = "claim"         // somebody says so
	Duplicate     MarkKind = "duplicate"     // another sentence says the same
	Contradiction MarkKind = "contradiction" // another sentence says it of another time
	Excerpted     MarkKind = "excerpt"       // stands in an excerpt of another text
	Truncated     MarkKind = "truncated"     // its sentence is cut off
	Leaks         MarkKind = "tells its date"
	Unclear       MarkKind = "unclear" // no clause could be made of it
)

// AllMarks are all kinds of marks.
var AllMarks = []MarkKind{
	YearInferred, DateInferred, Ambiguous, Pronoun, Claim, Duplicate, Contradiction, Excerpted, Truncated, Leaks, Unclear,
}

// Mark is one reason to look at a proposal, with the words that explain it.
type Mark struct {
	Kind MarkKind
	Text string    // the words it comes from: an anchor, a pronoun, another sentence
	Span quiz.Span // where those stand
}

// Proposal is a fact as the text suggests it; nobody is asked about it before a
// person has kept it.
type Proposal struct {
	Date   edtf.Date
	Second edtf.Date // another reading of the date, if there is doubt
	Event  string    // a clause without its date
	Label  string
	Terms  []string // parts of the event that can be left out
	Quote  string   // its sentence, without what was cleaned away
	Span   quiz.Span
	When   quiz.Span // the date expression
	Title  string    // the heading or the excerpt it stands under
	Score  float64   // 0 to 1, how much it is worth asking
	Marks  []Mark
}

// Has tells whether the proposal carries that mark.
func (p Proposal) Has(kind MarkKind) bool {
	for _, m := range p.Marks {
		if m.Kind == kind {
			return true
		}
	}
	return false
}

// Sure tells whether a proposal can be kept without a look: it has no mark of
// doubt, and its score is at least Ready.
func (p Proposal) Sure() bool {
	for _, m := range p.Marks {
		if m.Kind != Excerpted {
			return false
		}
	}
	return p.Score >= Ready
}

// Ready is the score from which a proposal without doubt is sure.
const Ready = 0.6

// Text is a text that was read: its dates, its proposals, and what was left out.
type Text struct {
	Expressions []Expression
	Proposals   []Proposal // in order of the text
	Cleaned     []Cleaned
}

// Cleaned is a part of the text that was set apart.
type Cleaned struct {
	Span quiz.Span
	Why  Why
}

// Why says why something was set apart.
type Why string

// The reasons.
const (
	Footnote Why = "footnote" // a mark such as [12]
	Section  Why = "section"  // See also, References and the like
	Excerpt  Why = "excerpt"  // of a linked text, in the middle of a sentence
)

// Read reads a text in that language ("en"; others are read as English). Its
// time and its memory grow with the length of the text and no faster. It ends
// with the error of the context soon after that has ended.
func Read(ctx context.Context, text, lang string) (Text, error) {
	g := grammarOf(lang)
	d, found := read(ctx, text, g)
	t := Text{Cleaned: d.cleaned, Proposals: d.propose(found, g), Expressions: d.expressions(found)}
	if d.err != nil {
		return Text{}, d.err
	}
	return t, nil
}

// Dates gives the date expressions alone, in order; it ends as Read does.
func Dates(ctx context.Context, text, lang string) ([]Expression, error) {
	d, found := read(ctx, text, grammarOf(lang))
	all := d.expressions(found)
	if d.err != nil {
		return nil, d.err
	}
	return all, nil
}

// read finds the dates of a text.
func read(ctx context.Context, text string, g *grammar) (*document, []*found) {
	d := &document{watch: watch{ctx: ctx}}
	if d.over(0) {
		return d, nil
	}
	d.source = []rune(text)
	d.clean(g)
	found := d.tag(g)
	d.resolve(found, g)
	return d, found
}
