package kinds_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

// TestDisabledKindsAndExclusions checks that a disabled kind is never asked, and that an
// excluded distractor never appears again: not the fact, nor its date from another fact,
// nor the term in another spelling. Every facet listed as askable can still be asked.
func TestDisabledKindsAndExclusions(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for seed := range uint64(72 / raceSlowdown) {
		d := generate(seed)
		rnd := rand.New(rand.NewPCG(seed, 1))
		for i := range d.Facts {
			d.Facts[i].Key = fmt.Sprint("f", d.Facts[i].ID)
		}
		for n := range d.Facts {
			excludeDistractor(t, d, kinds.NewDeckIndex(d), n, rnd, seed, seen)
		}
		p := kinds.NewDeckIndex(d)
		for _, f := range p.Facts() {
			for _, facet := range p.AskableFacets(f.ID) {
				if _, ok := p.QuestionFor(quiz.Card{CardID: quiz.CardID{Fact: f.ID, Facet: facet}}, false, kinds.Constraints{}, seed); !ok {
					t.Fatalf("seed %d: %s of fact %d is listed, and cannot be asked; held back: %v", seed, facet, f.ID, f.DisabledKinds)
				}
			}
		}
	}
	for _, what := range []string{"held", "option", "date", "term"} {
		if seen[what] < 48/raceSlowdown {
			t.Errorf("only %d of %q were tried", seen[what], what)
		}
	}
}

// excludeDistractor disables a kind of a fact, excludes an option of a question, and
// checks that neither appears again.
func excludeDistractor(t *testing.T, d *quiz.Deck, p *kinds.DeckIndex, n int, rnd *rand.Rand, seed uint64, seen map[string]int) {
	t.Helper()
	f := &d.Facts[n]
	var made []quiz.Question
	for _, k := range quiz.Kinds {
		if q, ok := p.Generate(quiz.CardID{Fact: f.ID, Facet: kinds.FacetOf(k, quiz.FacetWhen)}, k, 4, seed); ok {
			made = append(made, q)
		}
	}
	if len(made) == 0 {
		return
	}
	f.DisabledKinds = append(f.DisabledKinds, made[rnd.IntN(len(made))].Kind)
	q := made[rnd.IntN(len(made))]
	var barred quiz.Option
	for _, o := range q.Options {
		switch {
		case o.Fact == f.ID || o.Fact == 0:
		case q.Kind == quiz.KindGapChoice:
			f.ExcludedDistractors, barred = append(f.ExcludedDistractors, quiz.ExcludedDistractor{Term: o.Text}), o
		default:
			f.ExcludedDistractors, barred = append(f.ExcludedDistractors, quiz.ExcludedDistractor{Fact: fmt.Sprint("f", o.Fact)}), o
		}
	}
	p = kinds.NewDeckIndex(d)
	for _, k := range quiz.Kinds {
		for again := range uint64(6) {
			q, ok := p.Generate(quiz.CardID{Fact: f.ID, Facet: kinds.FacetOf(k, quiz.FacetWhen)}, k, 4, again)
			if slices.Contains(f.DisabledKinds, k) {
				seen["held"]++
				if ok {
					t.Fatalf("seed %d: %s of fact %d is held back, and is made", seed, k, f.ID)
				}
			}
			if ok && barred != (quiz.Option{}) {
				never(t, d, q, f, seed, seen)
			}
		}
	}
}

func never(t *testing.T, d *quiz.Deck, q quiz.Question, f *quiz.Fact, seed uint64, seen map[string]int) {
	t.Helper()
	for _, o := range append(slices.Clone(q.Options), q.ShownOption) {
		for _, b := range f.ExcludedDistractors {
			switch {
			case b.Term != "":
				if q.Kind == quiz.KindGapChoice {
					seen["term"]++
					if quiz.NormalizeTerm(o.Text) == quiz.NormalizeTerm(b.Term) {
						t.Fatalf("seed %d: the term %q of fact %d is barred, and shown in %s", seed, b.Term, f.ID, q.Kind)
					}
				}
				continue
			case q.Kind == quiz.KindGapChoice, q.Kind == quiz.KindDuring && o == q.ShownOption:
				continue
			}
			seen["option"]++
			if fmt.Sprint("f", o.Fact) == b.Fact {
				t.Fatalf("seed %d: fact %d is barred from fact %d, and shown in %s", seed, o.Fact, f.ID, q.Kind)
			}
			if at := slices.IndexFunc(d.Facts, func(g quiz.Fact) bool { return g.Key == b.Fact }); q.Kind == quiz.KindWhenChoice && o.Fact != f.ID {
				seen["date"]++
				unit, ok := d.Facts[at].Date.Plain().CoarsenTo(o.Date.Precision())
				if ok && o.Date.Precision() != edtf.Interval && unit == o.Date {
					t.Fatalf("seed %d: the date %s of a barred fact is shown beside fact %d", seed, o.Date, f.ID)
				}
			}
		}
	}
}
