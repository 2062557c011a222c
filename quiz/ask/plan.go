package ask

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Rules names the rules by which questions are made. It changes whenever they
// do, so that what is kept about decks is found anew.
const Rules = "2"

// The rungs of the ladder, in days of stability.
const (
	recallAt = 7  // from here on a card is recalled, no longer recognised
	firmAt   = 21 // from here on it is recalled in all ways in turn
)

// rungs are the kinds of each rung, taken in turn from answer to answer. While
// a card is young it is recognised in changing surroundings: that is easy enough
// to succeed, and the change keeps it from being learned as a picture of one
// screen. Of a card that lasts a week every second question is a plain recall,
// which trains most, and the others use the date among its neighbours, on the
// line and in order, since that is how time is remembered. On the last rung the
// harder uses come as often. The events of a date are not typed, so its other
// side stays with choices and flashcards.
var rungs = map[quiz.Facet]struct{ young, week, firm []quiz.Kind }{
	quiz.When: {
		young: []quiz.Kind{quiz.WhenChoice, quiz.First, quiz.Truth},
		week:  []quiz.Kind{quiz.WhenTyped, quiz.Place, quiz.WhenTyped, quiz.Order},
		firm:  []quiz.Kind{quiz.WhenTyped, quiz.Order, quiz.Place, quiz.WhenTyped, quiz.Match, quiz.Between},
	},
	quiz.What: {
		young: []quiz.Kind{quiz.WhatChoice, quiz.During},
		week:  []quiz.Kind{quiz.Flip, quiz.During, quiz.WhatChoice},
		firm:  []quiz.Kind{quiz.Flip, quiz.During, quiz.WhatChoice},
	},
	quiz.TermOut: {
		young: []quiz.Kind{quiz.GapChoice},
		week:  []quiz.Kind{quiz.GapTyped},
		firm:  []quiz.Kind{quiz.GapTyped},
	},
}

// Choice is the kind in which a facet is met first.
func Choice(f quiz.Facet) quiz.Kind {
	switch f {
	case quiz.What:
		return quiz.WhatChoice
	case quiz.TermOut:
		return quiz.GapChoice
	}
	return quiz.WhenChoice
}

// Plan gives the kinds in which a card is to be asked, the best first, and how
// many options there are. A new card and one that is being learned shows three:
// enough to learn from a guess, few enough to read; once it was right, it comes
// back in one of the ways of the young. In memory it shows four, and
// an order or a match four events, five when it is firm. From a week on it has
// to be recalled, for a choice can be guessed and alone never makes a card
// mature. What the deck does not prove falls back to a recall, then a choice,
// then the flashcard.
func Plan(c quiz.Card, flips bool) (kinds []quiz.Kind, options int) {
	if flips {
		return []quiz.Kind{quiz.Flip}, 0
	}
	choice := Choice(c.Facet)
	rung := rungs[c.Facet]
	if c.Memory.Phase != fsrs.PhaseReview {
		kinds = []quiz.Kind{choice, quiz.GapTyped, quiz.Flip}
		if c.Memory.Phase == fsrs.PhaseLearning && c.Memory.Step > 0 {
			at := int(c.Fact % int64(len(rung.young)))
			kinds = append([]quiz.Kind{rung.young[at]}, kinds...)
		}
		return kinds, 3
	}
	turn, options := rung.young, MaxOptions
	rest := []quiz.Kind{choice, quiz.GapTyped, quiz.Flip}
	if stability := c.Memory.Memory.Stability; stability >= recallAt {
		turn = rung.week
		rest = []quiz.Kind{quiz.WhenTyped, quiz.Flip, choice}
		if stability >= firmAt {
			turn, options = rung.firm, 5
		}
	}
	at := int((int64(c.Memory.Reps) + c.Fact) % int64(len(turn))) // facts that are due together are asked in unlike ways
	kinds = append(append(kinds, turn[at:]...), turn[:at]...)
	return append(kinds, rest...), options
}

// For makes the question in which the card is asked now, false when the deck
// proves none. A confusion is asked as exactly that contrast. A kind that is not
// wanted is asked only where no other can be.
func (p *Pool) For(c quiz.Card, flips bool, w Wish, seed uint64) (quiz.Question, bool) {
	unwanted := func(k quiz.Kind) bool { return slices.Contains(w.Unwanted, k) }
	if w.Contrast != 0 && !flips {
		for _, k := range slices.DeleteFunc([]quiz.Kind{Choice(c.Facet), quiz.First}, unwanted) {
			if q, ok := p.MakeWith(c.CardID, k, 2, w, seed); ok {
				return q, true
			}
		}
	}
	w.Contrast = 0
	kinds, options := Plan(c, flips)
	if i, ok := p.at[c.Fact]; ok && !flips && (len(p.items[i].Held) > 0 || len(w.Unwanted) > 0) { // in the place of what is left out, any other
		kinds = append(kinds, quiz.Kinds...)
	}
	kinds = append(slices.DeleteFunc(slices.Clone(kinds), unwanted), kinds...)
	for _, k := range kinds {
		if q, ok := p.MakeWith(c.CardID, k, options, w, seed); ok {
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

// Choice tells whether a fact's date or event can be asked with options.
func (p *Pool) Choice(fact int64) bool {
	for _, k := range []quiz.Kind{quiz.WhenChoice, quiz.WhatChoice} {
		if _, ok := p.Make(quiz.CardID{Fact: fact, Facet: FacetOf(k, quiz.When)}, k, MaxOptions, 0); ok {
			return true
		}
	}
	return false
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

// findAskable notes for which facets a question exists. Every event has a
// flashcard for its date, and every term that can be left out a field.
func (p *Pool) findAskable() {
	for i := range p.items {
		it := &p.items[i]
		for _, facet := range quiz.Facets {
			if facet != quiz.What && len(it.Held) == 0 { // proven without making one
				if facet == quiz.When || len(it.terms) > 0 {
					it.facets = append(it.facets, facet)
				}
				continue
			}
			if _, ok := p.For(quiz.Card{CardID: quiz.CardID{Fact: it.ID, Facet: facet}}, false, Wish{}, 0); ok {
				it.facets = append(it.facets, facet)
			}
		}
	}
}
