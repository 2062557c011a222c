package ask_test

import (
	"reflect"
	"sync/atomic"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
)

// leastQuestions is how many questions the properties are tried on.
const leastQuestions = 100_000

const (
	shippedSeeds   = 36
	generatedDecks = 765
)

type form struct {
	kind  quiz.Kind
	facet quiz.Facet
	most  int
}

var forms = []form{
	{quiz.WhenChoice, quiz.When, 2},
	{quiz.WhenChoice, quiz.When, 3},
	{quiz.WhenChoice, quiz.When, 4},
	{quiz.WhatChoice, quiz.What, 2},
	{quiz.WhatChoice, quiz.What, 3},
	{quiz.WhatChoice, quiz.What, 4},
	{quiz.Flip, quiz.When, 0},
	{quiz.Flip, quiz.What, 0},
}

func TestEveryQuestionIsProven(t *testing.T) {
	var made, refused atomic.Int64
	t.Run("decks", func(t *testing.T) {
		for _, d := range shipped(t) {
			t.Run(d.Name, func(t *testing.T) {
				t.Parallel()
				tryDeck(t, d, shippedSeeds, &made, &refused)
			})
		}
		for part := range uint64(4) {
			t.Run("generated", func(t *testing.T) {
				t.Parallel()
				for seed := part; seed < generatedDecks; seed += 4 {
					if d := generate(seed); !tryDeck(t, d, 4, &made, &refused) {
						show(t, d)
						t.Fatalf("the deck is of seed %d", seed)
					}
				}
			})
		}
	})
	t.Logf("%d questions are proven, %d were not asked", made.Load(), refused.Load())
	if made.Load() < leastQuestions {
		t.Errorf("only %d questions, want %d", made.Load(), leastQuestions)
	}
}

// tryDeck makes every question of a deck and holds each against the oracle.
func tryDeck(t *testing.T, d *quiz.Deck, seeds uint64, made, refused *atomic.Int64) bool {
	t.Helper()
	w, p := newWorld(d), ask.NewPool(d)
	if len(p.Facts()) != len(w.order) {
		t.Errorf("%d facts can be asked, want %d", len(p.Facts()), len(w.order))
		return false
	}
	for _, f := range d.Facts {
		for _, form := range forms {
			for seed := range seeds {
				if form.kind == quiz.Flip && seed > 0 {
					break
				}
				id := quiz.CardID{Fact: f.ID, Facet: form.facet}
				q, ok := p.Make(id, form.kind, form.most, seed)
				if !ok {
					refused.Add(1)
					if must(w, id, form.kind) {
						t.Errorf("%v of %q is provable and was not made", form.kind, f.Event)
						return false
					}
					break // what is provable does not hang on the seed
				}
				made.Add(1)
				if err := w.check(q, id, form.kind, form.most); err != nil {
					t.Errorf("seed %d, %+v of %d: %v\n%+v", seed, form, f.ID, err, q)
					return false
				}
				if seed%4 > 0 {
					continue
				}
				if again, _ := p.Make(id, form.kind, form.most, seed); !reflect.DeepEqual(q, again) {
					t.Errorf("seed %d gives %+v and %+v", seed, q, again)
					return false
				}
			}
		}
	}
	return true
}

// must tells whether the question has to exist.
func must(w *world, id quiz.CardID, k quiz.Kind) bool {
	t := w.facts[id.Fact]
	switch {
	case t == nil:
		return false
	case k == quiz.WhenChoice:
		return w.mustWhen(t)
	case k == quiz.WhatChoice:
		date := t.Date
		if unit, ok := date.At(w.deck.Precision); ok && date.Exact() {
			date = unit
		}
		return w.mustWhat(t, date)
	case id.Facet == quiz.When:
		return true
	}
	unit, ok := t.Date.At(w.deck.Precision)
	return w.shares(t) == nil && (!ok || unit == t.Date)
}
