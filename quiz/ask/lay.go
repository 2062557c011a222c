package ask

import (
	"math/rand/v2"
	"slices"

	"chronicle/quiz"
)

// usual are the kinds of a quiz for which none were chosen, as often as they
// are to come: what is recalled and ordered more than what is chosen.
var usual = []quiz.Kind{
	quiz.WhenChoice, quiz.Order, quiz.WhenTyped, quiz.WhatChoice, quiz.Place, quiz.First, quiz.GapChoice,
	quiz.WhenTyped, quiz.Match, quiz.During, quiz.Truth, quiz.Between, quiz.GapTyped,
}

// Lay gives the places of a quiz: as many different facts of the deck as it is
// long, in the kinds that were chosen, each as often as the facts allow. The
// same quiz on the same deck gives the same places. What an earlier question
// shows beside its fact is not asked later, nor is another wording of it. There
// may be fewer places than wanted where the deck does not prove as many. Of a quiz
// of some years only facts are asked that lie within them, whatever their doubt, and of
// some facts only these.
func (p *Pool) Lay(q quiz.Quiz) []quiz.Asked {
	rnd := rand.New(rand.NewPCG(q.Seed, uint64(len(p.items))))
	kinds := slices.Clone(q.Kinds)
	if len(kinds) == 0 {
		kinds = slices.Clone(usual)
	}
	slices.SortFunc(kinds, func(a, b quiz.Kind) int { return slices.Index(quiz.Kinds, a) - slices.Index(quiz.Kinds, b) })
	rnd.Shuffle(len(kinds), func(a, b int) { kinds[a], kinds[b] = kinds[b], kinds[a] })
	l := layout{p: p, quiz: q, shown: map[int64]bool{}}
	first, last := q.Days()
	for _, background := range []bool{false, true} {
		for _, i := range rnd.Perm(len(p.items)) {
			within := p.items[i].lo >= first && p.items[i].hi <= last
			within = within && (len(q.Facts) == 0 || slices.Contains(q.Facts, p.items[i].Key))
			if within && slices.Contains(p.items[i].Tags, quiz.Background) == background {
				l.queue = append(l.queue, i)
			}
		}
	}
	// A kind that finds no fact any more leaves its turns to the others.
	for turn := 0; len(l.asks) < q.Length && len(kinds) > 0; turn++ {
		at := turn % len(kinds)
		if !l.put(kinds[at]) {
			gone := kinds[at]
			kinds = slices.DeleteFunc(kinds, func(k quiz.Kind) bool { return k == gone })
			turn = at - 1
		}
	}
	rnd.Shuffle(len(l.asks), func(a, b int) { l.asks[a], l.asks[b] = l.asks[b], l.asks[a] })
	return l.asks
}

// layout is a quiz in the making.
type layout struct {
	p     *Pool
	quiz  quiz.Quiz
	queue []int          // items that were not asked yet
	shown map[int64]bool // facts whose answer some question shows
	asks  []quiz.Asked
}

// looksForKind is how many facts are tried for one kind, so that a kind that a
// large deck hardly allows does not cost a look at all of it.
const looksForKind = 200

// put asks the first fact of the queue that allows the kind.
func (l *layout) put(k quiz.Kind) bool {
	for at, i := range l.queue[:min(len(l.queue), looksForKind)] {
		it := &l.p.items[i]
		if l.shown[it.ID] {
			continue
		}
		facet := FacetOf(k, quiz.When)
		q, ok := l.p.Question(l.quiz, quiz.Asked{CardID: quiz.CardID{Fact: it.ID, Facet: facet}, Kind: k})
		if !ok {
			continue
		}
		tells := append(q.Cards(), q.Shown.Fact) // whose date the verdict tells
		if k == quiz.First || k == quiz.During {
			for _, o := range q.Options {
				tells = append(tells, o.Fact)
			}
		}
		if slices.ContainsFunc(tells, func(f int64) bool { return l.shown[f] }) {
			continue
		}
		for _, f := range tells {
			if f == 0 {
				continue
			}
			l.shown[f] = true
			for _, t := range l.p.items[l.p.at[f]].twins {
				l.shown[l.p.items[t].ID] = true
			}
		}
		l.queue = slices.Delete(slices.Clone(l.queue), at, at+1)
		l.asks = append(l.asks, quiz.Asked{CardID: quiz.CardID{Fact: it.ID, Facet: facet}, Kind: k})
		return true
	}
	return false
}

// quizOptions is how many options and events the questions of a quiz have.
const quizOptions = 4

// Question makes one place of a quiz; false when the deck was corrected and
// does not prove it any more. What was missed is asked by choosing where the
// kind cannot be made.
func (p *Pool) Question(q quiz.Quiz, a quiz.Asked) (quiz.Question, bool) {
	if a.Contrast != 0 {
		return p.MakeWith(a.CardID, a.Kind, 2, Wish{Contrast: a.Contrast}, q.Seed)
	}
	out, ok := p.Make(a.CardID, a.Kind, quizOptions, q.Seed)
	if !ok && q.Missed {
		return p.Make(a.CardID, Choice(a.Facet), quizOptions, q.Seed)
	}
	return out, ok
}

// Contrasts gives the questions by which two facts are told from one another, from
// either side where the deck proves it; none where it proves nothing.
func (p *Pool) Contrasts(a, b int64, seed uint64) []quiz.Asked {
	var out []quiz.Asked
	try := func(fact, other int64, kind quiz.Kind) bool {
		id := quiz.CardID{Fact: fact, Facet: FacetOf(kind, quiz.When)}
		one := quiz.Asked{CardID: id, Kind: kind, Contrast: other}
		_, ok := p.Question(quiz.Quiz{Seed: seed}, one)
		if ok {
			out = append(out, one)
		}
		return ok
	}
	for _, facet := range quiz.Facets {
		there, back := try(a, b, Choice(facet)), try(b, a, Choice(facet))
		if facet == quiz.When && !there && !back {
			try(a, b, quiz.First)
		}
	}
	return out
}
