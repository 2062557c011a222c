package teach

import (
	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
)

// Look is a reason to look at a fact of a deck.
type Look string

// The looks.
const (
	Reported      Look = "reported"
	Leaks         Look = "leak"
	Contradiction Look = "contradiction"
	Duplicate     Look = "duplicate"
	NoSource      Look = "no-source"
	Claimed       Look = "claim"
	FewOptions    Look = "few-options"
	HeldBack      Look = "held"
)

// AllLooks are in the order of the editor's filters.
var AllLooks = []Look{Reported, Leaks, Contradiction, Duplicate, NoSource, Claimed, FewOptions, HeldBack}

// Looks are the reasons to look at a fact; it is reported where nobody dealt with a
// report on it.
func Looks(p *ask.Pool, f quiz.Fact, reported bool) []Look {
	var out []Look
	same, other := false, false
	for _, t := range p.Twins(f.ID) {
		apart := !f.Meets(t.Date) && (t.Also.IsZero() || edtf.Disjoint(f.Date, t.Also))
		same, other = same || !apart, other || apart
	}
	for _, one := range []struct {
		is   bool
		look Look
	}{
		{reported, Reported},
		{quiz.Leak(f.Event) != "" || quiz.Leak(f.Label) != "", Leaks},
		{other, Contradiction},
		{same, Duplicate},
		{f.Source == "", NoSource},
		{f.Claim, Claimed},
		{!p.Choice(f.ID), FewOptions},
		{len(f.Held) > 0, HeldBack},
	} {
		if one.is {
			out = append(out, one.look)
		}
	}
	return out
}

// asksMost is how many options a preview shows.
const asksMost = 4

// Asks are the questions that a fact yields, one of each kind that is proven.
func Asks(p *ask.Pool, f quiz.Fact) []quiz.Question {
	var out []quiz.Question
	for _, k := range quiz.Kinds {
		q, ok := p.Make(quiz.CardID{Fact: f.ID, Facet: ask.FacetOf(k, quiz.When)}, k, asksMost, 1)
		if ok {
			out = append(out, q)
		}
	}
	return out
}
