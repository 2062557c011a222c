package kinds

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// RulesVersion identifies the rules by which questions are generated. Change it whenever
// they change, so that cached results about decks are computed again.
const RulesVersion = "2"

// Stages of a card, in days of stability.
const (
	recallStage = 7  // from here on a card is mostly recalled instead of recognised
	matureStage = 21 // from here on all ways of recalling it take turns
)

// kindsByStage lists the kinds of each stage, used in turn from answer to answer. A
// young card is recognised in changing contexts: that is easy enough to succeed, and the
// variety keeps learners from memorising one screen. From a week of stability every
// second question is plain recall, which trains most; the others place the date among
// its neighbours, on the line of years and in order, because that is how time is
// remembered. In the last stage the harder kinds are as frequent. Events are never
// typed, so the WHAT facet uses only choices and flashcards.
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

// FirstKind returns the kind with which a facet is first asked.
func FirstKind(f quiz.Facet) quiz.Kind {
	switch f {
	case quiz.FacetWhat:
		return quiz.KindWhatChoice
	case quiz.FacetTerm:
		return quiz.KindGapChoice
	}
	return quiz.KindWhenChoice
}

// KindsFor returns the kinds in which a card can be asked, best first, and the number of
// options. A card that is new or in learning has three options: enough to learn from a
// guess, few enough to read; after a first right answer it starts with one of the young
// kinds. A card in review has four options or events, and five events in an order or
// match question once it is mature. From a week of stability it is mostly recalled,
// because a choice can be guessed and alone never makes a card mature. If the deck does
// not prove the preferred kinds, recall, choice and flashcard follow as fallbacks. If
// flips is true, the card is asked only as a flashcard.
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
	at := int((int64(c.State.Reps) + c.Fact) % int64(len(turn))) // facts that are due together get different kinds
	kinds = append(append(kinds, turn[at:]...), turn[:at]...)
	return append(kinds, rest...), options
}

// QuestionFor generates the question for a card now; false if the deck proves none. A
// contrast fact in w is asked as exactly that contrast if possible. An avoided kind is
// used only if no other kind works.
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
	if i, ok := p.itemByFact[c.Fact]; ok && !flips && (len(p.items[i].DisabledKinds) > 0 || len(w.AvoidedKinds) > 0) { // any other kind may replace those left out
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

// AskableFacets returns the facets of a fact for which some question exists.
func (p *DeckIndex) AskableFacets(fact int64) []quiz.Facet {
	i, ok := p.itemByFact[fact]
	if !ok {
		return nil
	}
	return p.items[i].facets
}

// HasChoice reports whether a fact's date or event can be asked with options.
func (p *DeckIndex) HasChoice(fact int64) bool {
	for _, k := range []quiz.Kind{quiz.KindWhenChoice, quiz.KindWhatChoice} {
		if _, ok := p.Generate(quiz.CardID{Fact: fact, Facet: FacetOf(k, quiz.FacetWhen)}, k, MaxOptions, 0); ok {
			return true
		}
	}
	return false
}

// SameEventFacts returns the facts whose event is the same as this one's, or a part of
// it.
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

// findAskableFacets records the facets for which a question exists. Every event has a
// flashcard for its date, and every term that can be left out has a typed question.
func (p *DeckIndex) findAskableFacets() {
	for i := range p.items {
		it := &p.items[i]
		for _, facet := range quiz.Facets {
			if facet != quiz.FacetWhat && len(it.DisabledKinds) == 0 { // known without generating a question
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
