package kinds

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// RulesVersion names the rules by which questions are made. It changes whenever they
// do, so that what is kept about decks is found anew.
const RulesVersion = "2"

// The rungs of the ladder, in days of stability.
const (
	recallStage = 7  // from here on a card is recalled, no longer recognised
	matureStage = 21 // from here on it is recalled in all ways in turn
)

// kindsByStage are the kinds of each rung, taken in turn from answer to answer. While
// a card is young it is recognised in changing surroundings: that is easy enough
// to succeed, and the change keeps it from being learned as a picture of one
// screen. Of a card that lasts a week every second question is a plain recall,
// which trains most, and the others use the date among its neighbours, on the
// line and in order, since that is how time is remembered. On the last rung the
// harder uses come as often. The events of a date are not typed, so its other
// side stays with choices and flashcards.
var kindsByStage = map[quiz.Facet]struct{ young, week, firm []quiz.Kind }{
	quiz.FacetWhen: {
		young: []quiz.Kind{quiz.KindWhenChoice, quiz.KindFirst, quiz.KindTrueFalse},
		week:  []quiz.Kind{quiz.KindWhenTyped, quiz.KindPlace, quiz.KindWhenTyped, quiz.KindOrder},
		firm:  []quiz.Kind{quiz.KindWhenTyped, quiz.KindOrder, quiz.KindPlace, quiz.KindWhenTyped, quiz.KindMatch, quiz.KindTimeBetween},
	},
	quiz.FacetWhat: {
		young: []quiz.Kind{quiz.KindWhatChoice, quiz.KindDuring},
		week:  []quiz.Kind{quiz.KindFlashcard, quiz.KindDuring, quiz.KindWhatChoice},
		firm:  []quiz.Kind{quiz.KindFlashcard, quiz.KindDuring, quiz.KindWhatChoice},
	},
	quiz.FacetTerm: {
		young: []quiz.Kind{quiz.KindGapChoice},
		week:  []quiz.Kind{quiz.KindGapTyped},
		firm:  []quiz.Kind{quiz.KindGapTyped},
	},
}

// FirstKind is the kind in which a facet is met first.
func FirstKind(f quiz.Facet) quiz.Kind {
	switch f {
	case quiz.FacetWhat:
		return quiz.KindWhatChoice
	case quiz.FacetTerm:
		return quiz.KindGapChoice
	}
	return quiz.KindWhenChoice
}

// KindsFor gives the kinds in which a card is to be asked, the best first, and how
// many options there are. A new card and one that is being learned shows three:
// enough to learn from a guess, few enough to read; once it was right, it comes
// back in one of the ways of the young. In memory it shows four, and
// an order or a match four events, five when it is firm. From a week on it has
// to be recalled, for a choice can be guessed and alone never makes a card
// mature. What the deck does not prove falls back to a recall, then a choice,
// then the flashcard.
func KindsFor(c quiz.Card, flips bool) (kinds []quiz.Kind, options int) {
	if flips {
		return []quiz.Kind{quiz.KindFlashcard}, 0
	}
	choice := FirstKind(c.Facet)
	rung := kindsByStage[c.Facet]
	if c.State.Phase != fsrs.PhaseReview {
		kinds = []quiz.Kind{choice, quiz.KindGapTyped, quiz.KindFlashcard}
		if c.State.Phase == fsrs.PhaseLearning && c.State.Step > 0 {
			at := int(c.Fact % int64(len(rung.young)))
			kinds = append([]quiz.Kind{rung.young[at]}, kinds...)
		}
		return kinds, 3
	}
	turn, options := rung.young, MaxOptions
	rest := []quiz.Kind{choice, quiz.KindGapTyped, quiz.KindFlashcard}
	if stability := c.State.Memory.Stability; stability >= recallStage {
		turn = rung.week
		rest = []quiz.Kind{quiz.KindWhenTyped, quiz.KindFlashcard, choice}
		if stability >= matureStage {
			turn, options = rung.firm, 5
		}
	}
	at := int((int64(c.State.Reps) + c.Fact) % int64(len(turn))) // facts that are due together are asked in unlike ways
	kinds = append(append(kinds, turn[at:]...), turn[:at]...)
	return append(kinds, rest...), options
}

// QuestionFor makes the question in which the card is asked now, false when the deck
// proves none. A confusion is asked as exactly that contrast. A kind that is not
// wanted is asked only where no other can be.
func (p *DeckIndex) QuestionFor(c quiz.Card, flips bool, w Constraints, seed uint64) (quiz.Question, bool) {
	unwanted := func(k quiz.Kind) bool { return slices.Contains(w.AvoidedKinds, k) }
	if w.ContrastFact != 0 && !flips {
		for _, k := range slices.DeleteFunc([]quiz.Kind{FirstKind(c.Facet), quiz.KindFirst}, unwanted) {
			if q, ok := p.GenerateWith(c.CardID, k, 2, w, seed); ok {
				return q, true
			}
		}
	}
	w.ContrastFact = 0
	kinds, options := KindsFor(c, flips)
	if i, ok := p.itemByFact[c.Fact]; ok && !flips && (len(p.items[i].DisabledKinds) > 0 || len(w.AvoidedKinds) > 0) { // in the place of what is left out, any other
		kinds = append(kinds, quiz.Kinds...)
	}
	kinds = append(slices.DeleteFunc(slices.Clone(kinds), unwanted), kinds...)
	for _, k := range kinds {
		if q, ok := p.GenerateWith(c.CardID, k, options, w, seed); ok {
			return q, true
		}
	}
	return quiz.Question{}, false
}

// AskableFacets lists the facets of a fact for which some question exists.
func (p *DeckIndex) AskableFacets(fact int64) []quiz.Facet {
	i, ok := p.itemByFact[fact]
	if !ok {
		return nil
	}
	return p.items[i].facets
}

// HasChoice tells whether a fact's date or event can be asked with options.
func (p *DeckIndex) HasChoice(fact int64) bool {
	for _, k := range []quiz.Kind{quiz.KindWhenChoice, quiz.KindWhatChoice} {
		if _, ok := p.Generate(quiz.CardID{Fact: fact, Facet: FacetOf(k, quiz.FacetWhen)}, k, MaxOptions, 0); ok {
			return true
		}
	}
	return false
}

// SameEventFacts gives the facts that word the same event as this one, or a part of it.
func (p *DeckIndex) SameEventFacts(fact int64) []quiz.Fact {
	i, ok := p.itemByFact[fact]
	if !ok {
		return nil
	}
	var out []quiz.Fact
	for _, t := range p.items[i].sameEvent {
		out = append(out, p.items[t].Fact)
	}
	return out
}

// findAskableFacets notes for which facets a question exists. Every event has a
// flashcard for its date, and every term that can be left out a field.
func (p *DeckIndex) findAskableFacets() {
	for i := range p.items {
		it := &p.items[i]
		for _, facet := range quiz.Facets {
			if facet != quiz.FacetWhat && len(it.DisabledKinds) == 0 { // proven without making one
				if facet == quiz.FacetWhen || len(it.terms) > 0 {
					it.facets = append(it.facets, facet)
				}
				continue
			}
			if _, ok := p.QuestionFor(quiz.Card{CardID: quiz.CardID{Fact: it.ID, Facet: facet}}, false, Constraints{}, 0); ok {
				it.facets = append(it.facets, facet)
			}
		}
	}
}
