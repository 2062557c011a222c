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

// ExpressionKind is a kind of date expression; reports count by it.
type ExpressionKind string

// The kinds.
const (
	KindDay      ExpressionKind = "day"
	KindMonth    ExpressionKind = "month"
	KindYear     ExpressionKind = "year"
	KindRange    ExpressionKind = "range"
	KindDecade   ExpressionKind = "decade"
	KindCentury  ExpressionKind = "century"
	KindSeason   ExpressionKind = "season"
	KindPart     ExpressionKind = "part"     // early 1943, first half of 1943
	KindImplied  ExpressionKind = "implied"  // takes its year from what stands around it
	KindRelative ExpressionKind = "relative" // that year, two days later
	KindLife     ExpressionKind = "life"     // birth and death in brackets
	KindEra      ExpressionKind = "era"      // BC or AD
)

// Preposition is what a preposition makes of a date.
type Preposition string

// The relations; At is the date itself.
const (
	PrepositionNone   Preposition = ""
	PrepositionBefore Preposition = "before"
	PrepositionAfter  Preposition = "after"
	PrepositionSince  Preposition = "since"
	PrepositionUntil  Preposition = "until"
	PrepositionBy     Preposition = "by"
)

// Expression is one date expression of a text: the date alone, without its
// preposition, which is told as Relation.
type Expression struct {
	Span             quiz.Span
	Text             string
	Date             edtf.Date
	Kind             ExpressionKind
	Preposition      Preposition
	SecondDate       edtf.Date // the second reading, where there is doubt
	InferredFrom     quiz.Span // what the year was inferred from; zero if it is told
	InferredFromText string
	InExcerpt        bool // stands in an excerpt of another text
	InDroppedPart    bool // stands in what was cleaned away
}

// IsInferred tells whether the year, or more, was taken from elsewhere.
func (e Expression) IsInferred() bool {
	return !e.InferredFrom.IsZero() || e.Kind == KindImplied || e.Kind == KindRelative
}

// ConcernKind says why a proposal needs a look.
type ConcernKind string

// The marks.
const (
	ConcernYearInferred  ConcernKind = "year inferred"
	ConcernDateInferred  ConcernKind = "date inferred" // the following day, two years later
	ConcernAmbiguous     ConcernKind = "ambiguous"     // the date can be read in two ways
	ConcernPronoun       ConcernKind = "pronoun"       // its subject was a pronoun
	ConcernClaim         ConcernKind = "claim"         // somebody says so
	ConcernDuplicate     ConcernKind = "duplicate"     // another sentence says the same
	ConcernContradiction ConcernKind = "contradiction" // another sentence says it of another time
	ConcernExcerpt       ConcernKind = "excerpt"       // stands in an excerpt of another text
	ConcernTruncated     ConcernKind = "truncated"     // its sentence is cut off
	ConcernDateLeak      ConcernKind = "tells its date"
	ConcernUnclear       ConcernKind = "unclear" // no clause could be made of it
)

// ConcernKinds are all kinds of marks.
var ConcernKinds = []ConcernKind{
	ConcernYearInferred, ConcernDateInferred, ConcernAmbiguous, ConcernPronoun, ConcernClaim, ConcernDuplicate, ConcernContradiction, ConcernExcerpt, ConcernTruncated, ConcernDateLeak, ConcernUnclear,
}

// Concern is one reason to look at a proposal, with the words that explain it.
type Concern struct {
	Kind ConcernKind
	Text string    // the words it comes from: an anchor, a pronoun, another sentence
	Span quiz.Span // where those stand
}

// Proposal is a fact as the text suggests it; nobody is asked about it before a
// person has kept it.
type Proposal struct {
	Date       edtf.Date
	SecondDate edtf.Date // another reading of the date, if there is doubt
	Event      string    // a clause without its date
	Label      string
	Terms      []string // parts of the event that can be left out
	Quote      string   // its sentence, without what was cleaned away
	Span       quiz.Span
	DateSpan   quiz.Span // the date expression
	Heading    string    // the heading or the excerpt it stands under
	Score      float64   // 0 to 1, how much it is worth asking
	Concerns   []Concern
}

// HasConcern tells whether the proposal carries that mark.
func (p Proposal) HasConcern(kind ConcernKind) bool {
	for _, m := range p.Concerns {
		if m.Kind == kind {
			return true
		}
	}
	return false
}

// IsReady tells whether a proposal can be kept without a look: it has no mark of
// doubt, and its score is at least Ready.
func (p Proposal) IsReady() bool {
	for _, m := range p.Concerns {
		if m.Kind != ConcernExcerpt {
			return false
		}
	}
	return p.Score >= ReadyScore
}

// ReadyScore is the score from which a proposal without doubt is sure.
const ReadyScore = 0.6

// Extraction is a text that was read: its dates, its proposals, and what was left out.
type Extraction struct {
	Expressions []Expression
	Proposals   []Proposal // in order of the text
	Skipped     []SkippedPart
}

// SkippedPart is a part of the text that was set apart.
type SkippedPart struct {
	Span   quiz.Span
	Reason SkipReason
}

// SkipReason says why something was set apart.
type SkipReason string

// The reasons.
const (
	SkipFootnote SkipReason = "footnote" // a mark such as [12]
	SkipSection  SkipReason = "section"  // See also, References and the like
	SkipExcerpt  SkipReason = "excerpt"  // of a linked text, in the middle of a sentence
)

// ExtractProposals reads a text in that language ("en"; others are read as English). Its
// time and its memory grow with the length of the text and no faster. It ends
// with the error of the context soon after that has ended.
func ExtractProposals(ctx context.Context, text, lang string) (Extraction, error) {
	g := grammarOf(lang)
	d, found := read(ctx, text, g)
	t := Extraction{Skipped: d.cleaned, Proposals: d.propose(found, g), Expressions: d.expressions(found)}
	if d.err != nil {
		return Extraction{}, d.err
	}
	return t, nil
}

// FindDates gives the date expressions alone, in order; it ends as Read does.
func FindDates(ctx context.Context, text, lang string) ([]Expression, error) {
	d, found := read(ctx, text, grammarOf(lang))
	all := d.expressions(found)
	if d.err != nil {
		return nil, d.err
	}
	return all, nil
}

// read finds the dates of a text.
func read(ctx context.Context, text string, g *grammar) (*document, []*dateMatch) {
	d := &document{contextWatch: contextWatch{ctx: ctx}}
	if d.isDone(0) {
		return d, nil
	}
	d.source = []rune(text)
	d.clean(g)
	found := d.tag(g)
	d.resolve(found, g)
	return d, found
}
