package ask

import (
	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Rules names the rules by which questions are made. It changes whenever they
// do, so that what is kept about decks is found anew.
const Rules = "1"

// recallAt is the stability, in days, from which a card is asked without
// options.
const recallAt = 7

// Plan gives the kinds in which a card is to be asked, the best first, and how
// many options a choice shows. A new card gets three: enough to learn from a
// guess, few enough to read. A card in memory gets four. Once it would be
// kept for a week it has to be recalled, for a choice can be guessed and alone
// never makes a card mature. A card that has no provable choice is flipped.
func Plan(c quiz.Card, flips bool) (kinds []quiz.Kind, options int) {
	choice := quiz.WhenChoice
	if c.Facet == quiz.What {
		choice = quiz.WhatChoice
	}
	switch {
	case flips:
		return []quiz.Kind{quiz.Flip}, 0
	case c.Memory.Phase == fsrs.PhaseReview && c.Memory.Memory.Stability >= recallAt:
		return []quiz.Kind{quiz.Flip, choice}, MaxOptions
	case c.IsNew():
		return []quiz.Kind{choice, quiz.Flip}, 3
	}
	return []quiz.Kind{choice, quiz.Flip}, MaxOptions
}

// For makes the question in which the card is asked now, false when the deck
// proves none.
func (p *Pool) For(c quiz.Card, flips bool, seed uint64) (quiz.Question, bool) {
	kinds, options := Plan(c, flips)
	for _, k := range kinds {
		if q, ok := p.Make(c.CardID, k, options, seed); ok {
			q.Version = p.Deck.Version
			return q, true
		}
	}
	return quiz.Question{}, false
}

// Facets lists the facets of a fact for which some question exists.
func (p *Pool) Facets(fact int64) []quiz.Facet {
	i, ok := p.at[fact]
	if !ok {
		return nil
	}
	return p.items[i].facets
}

// Choice tells whether a fact can be asked with options, for any facet.
func (p *Pool) Choice(fact int64) bool {
	i, ok := p.at[fact]
	return ok && p.items[i].choice
}

// Twins gives the facts that word the same event as this one, or a part of it.
func (p *Pool) Twins(fact int64) []quiz.Fact {
	i, ok := p.at[fact]
	if !ok {
		return nil
	}
	var out []quiz.Fact
	for _, t := range p.items[i].twins {
		out = append(out, p.items[t].Fact)
	}
	return out
}

// findAskable notes for which facets a question exists, and whether one of
// them has options.
func (p *Pool) findAskable() {
	for i := range p.items {
		it := &p.items[i]
		for _, f := range quiz.Facets {
			if q, ok := p.For(quiz.Card{CardID: quiz.CardID{Fact: it.ID, Facet: f}}, false, 0); ok {
				it.facets = append(it.facets, f)
				it.choice = it.choice || q.Kind != quiz.Flip
			}
		}
	}
}
