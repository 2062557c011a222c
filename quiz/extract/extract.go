// Package extract finds the dates in a text and proposes dated facts.
//
// The text is cleaned and divided into blocks (clean.go, block.go). In each block
// the date expressions are tagged (tag.go) with the word lists of a language.
// Expressions without a year get one from their context (anchor.go). What a
// sentence says about a date becomes a proposal (propose.go) with a score
// (score.go). All positions are counted in code points of the original text.
package extract

import (
	"context"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// ExpressionKind is a kind of date expression.
type ExpressionKind string

// The kinds of expression.
const (
	KindDay      ExpressionKind = "day"
	KindMonth    ExpressionKind = "month"
	KindYear     ExpressionKind = "year"
	KindRange    ExpressionKind = "range"
	KindDecade   ExpressionKind = "decade"
	KindCentury  ExpressionKind = "century"
	KindSeason   ExpressionKind = "season"
	KindPart     ExpressionKind = "part"     // early 1943, first half of 1943
	KindImplied  ExpressionKind = "implied"  // takes its year from the context
	KindRelative ExpressionKind = "relative" // that year, two days later
	KindLife     ExpressionKind = "life"     // birth and death in brackets
	KindEra      ExpressionKind = "era"      // BC or AD
)

// Preposition is the meaning of the preposition before a date.
type Preposition string

// The prepositions. PrepositionNone is the date itself.
const (
	PrepositionNone   Preposition = ""
	PrepositionBefore Preposition = "before"
	PrepositionAfter  Preposition = "after"
	PrepositionSince  Preposition = "since"
	PrepositionUntil  Preposition = "until"
	PrepositionBy     Preposition = "by"
)

// Expression is one date expression in a text, without its preposition, which is in
// the field Preposition.
type Expression struct {
	Span             quiz.Span
	Text             string
	Date             edtf.Date
	Kind             ExpressionKind
	Preposition      Preposition
	SecondDate       edtf.Date // second reading, if the date is ambiguous
	InferredFrom     quiz.Span // anchor that the year comes from; zero if the year is given
	InferredFromText string
	InExcerpt        bool // in an excerpt of a linked page
	InDroppedPart    bool // in a dropped section
}

// IsInferred reports whether the year, or more, was inferred from the context.
func (e Expression) IsInferred() bool {
	return !e.InferredFrom.IsZero() || e.Kind == KindImplied || e.Kind == KindRelative
}

// ConcernKind is a reason why a teacher should check a proposal.
type ConcernKind string

// The concerns.
const (
	ConcernYearInferred  ConcernKind = "year inferred"
	ConcernDateInferred  ConcernKind = "date inferred" // the following day, two years later
	ConcernAmbiguous     ConcernKind = "ambiguous"     // the date has two readings
	ConcernPronoun       ConcernKind = "pronoun"       // its subject was a pronoun
	ConcernClaim         ConcernKind = "claim"         // the text attributes it to someone
	ConcernDuplicate     ConcernKind = "duplicate"     // another sentence says the same
	ConcernContradiction ConcernKind = "contradiction" // another sentence gives another date
	ConcernExcerpt       ConcernKind = "excerpt"       // in an excerpt of a linked page
	ConcernTruncated     ConcernKind = "truncated"     // its sentence is cut off
	ConcernDateLeak      ConcernKind = "tells its date"
	ConcernUnclear       ConcernKind = "unclear" // no clear clause could be made
)

// ConcernKinds lists all kinds of concerns.
var ConcernKinds = []ConcernKind{
	ConcernYearInferred, ConcernDateInferred, ConcernAmbiguous, ConcernPronoun, ConcernClaim, ConcernDuplicate, ConcernContradiction, ConcernExcerpt, ConcernTruncated, ConcernDateLeak, ConcernUnclear,
}

// Concern is one reason to check a proposal, with the words that explain it.
type Concern struct {
	Kind ConcernKind
	Text string    // words that cause it: an anchor, a pronoun, another sentence
	Span quiz.Span // position of these words
}

// Proposal is a fact suggested by a text. It is not used in questions until a
// person accepts it.
type Proposal struct {
	Date       edtf.Date
	SecondDate edtf.Date // second reading, if the date is ambiguous
	Event      string    // a clause without its date
	Label      string
	Terms      []string // names in the event that can be left out
	Quote      string   // its sentence, cleaned
	Span       quiz.Span
	DateSpan   quiz.Span // the date expression
	Heading    string    // heading or excerpt title above it
	Score      float64   // 0 to 1: how useful it is as a question
	Concerns   []Concern
}

// HasConcern reports whether the proposal has a concern of that kind.
func (p Proposal) HasConcern(kind ConcernKind) bool {
	for _, m := range p.Concerns {
		if m.Kind == kind {
			return true
		}
	}
	return false
}

// IsReady reports whether a proposal can be accepted without checking: its score is
// at least ReadyScore and it has no concerns except ConcernExcerpt.
func (p Proposal) IsReady() bool {
	for _, m := range p.Concerns {
		if m.Kind != ConcernExcerpt {
			return false
		}
	}
	return p.Score >= ReadyScore
}

// ReadyScore is the minimum score of a proposal that can be accepted without
// checking.
const ReadyScore = 0.6

// Extraction is the result of reading a text: its dates, its proposals, and the
// skipped parts.
type Extraction struct {
	Expressions []Expression
	Proposals   []Proposal // in text order
	Skipped     []SkippedPart
}

// SkippedPart is a part of the text that was skipped.
type SkippedPart struct {
	Span   quiz.Span
	Reason SkipReason
}

// SkipReason is the reason why a part was skipped.
type SkipReason string

// The reasons.
const (
	SkipFootnote SkipReason = "footnote" // a mark such as [12]
	SkipSection  SkipReason = "section"  // See also, References and similar
	SkipExcerpt  SkipReason = "excerpt"  // of a linked page, in the middle of a sentence
)

// ExtractProposals finds the dates and proposals in a text. lang is "en"; texts in
// other languages are read as English. Time and memory grow linearly with the
// length of the text. It returns the context's error soon after the context ends.
func ExtractProposals(ctx context.Context, text, lang string) (Extraction, error) {
	g := grammarOf(lang)
	d, found := read(ctx, text, g)
	t := Extraction{Skipped: d.cleaned, Proposals: d.propose(found, g), Expressions: d.expressions(found)}
	if d.err != nil {
		return Extraction{}, d.err
	}
	return t, nil
}

// FindDates returns only the date expressions, in text order. It stops like
// ExtractProposals when the context ends.
func FindDates(ctx context.Context, text, lang string) ([]Expression, error) {
	d, found := read(ctx, text, grammarOf(lang))
	all := d.expressions(found)
	if d.err != nil {
		return nil, d.err
	}
	return all, nil
}

// read cleans a text and finds its dates.
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
