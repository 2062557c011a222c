package kinds_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
)

const guessSeeds = 20

// eachQuestion generates questions of one form from the shipped decks with many seeds.
func eachQuestion(t *testing.T, f form, do func(q quiz.Question)) (n float64) {
	t.Helper()
	for _, d := range shipped(t) {
		p := kinds.NewDeckIndex(d)
		for _, fact := range p.Facts() {
			for seed := range uint64(guessSeeds) {
				if q, ok := p.Generate(quiz.CardID{Fact: fact.ID, Facet: f.facet}, f.kind, f.maxOptions, seed); ok && len(q.Options) == f.maxOptions {
					do(q)
					n++
				}
			}
		}
	}
	if n < 500 {
		t.Fatalf("only %v questions", n)
	}
	return n
}

// TestRightOptionPositionsAreEven checks that the right option is equally likely in
// every position. The bounds are chi-square at one in ten thousand, for 1, 2 and 3
// degrees of freedom.
func TestRightOptionPositionsAreEven(t *testing.T) {
	t.Parallel()
	bounds := map[int]float64{2: 15.1, 3: 18.4, 4: 21.1}
	for _, f := range forms {
		if !f.kind.IsChoice() {
			continue
		}
		count := make([]float64, f.maxOptions)
		n := eachQuestion(t, f, func(q quiz.Question) { count[q.RightOption]++ })
		chi := 0.0
		for _, c := range count {
			even := n / float64(f.maxOptions)
			chi += (c - even) * (c - even) / even
		}
		t.Logf("%s of %d: %v, chi-square %.1f", f.kind, f.maxOptions, count, chi)
		if chi > bounds[f.maxOptions] {
			t.Errorf("%s of %d: the places %v are not even, chi-square %.1f", f.kind, f.maxOptions, count, chi)
		}
	}
}

// TestRankOfRightDateIsUniform checks that comparing the dates alone does not help to
// guess.
func TestRankOfRightDateIsUniform(t *testing.T) {
	t.Parallel()
	for _, f := range forms[1:3] {
		rank := make([]float64, f.maxOptions)
		n := eachQuestion(t, f, func(q quiz.Question) {
			rank[rankOf(q, func(a, b quiz.Option) int { return cmp.Compare(a.Date.Lo(), b.Date.Lo()) })]++
		})
		even := 1 / float64(f.maxOptions)
		for place, c := range rank {
			t.Logf("%d dates: the right one has rank %d in %.1f %%", f.maxOptions, place, 100*c/n)
			if c/n > even+0.12 {
				t.Errorf("%d dates: guessing rank %d wins %.1f %%", f.maxOptions, place, 100*c/n)
			}
		}
	}
}

// TestRankOfRightDurationIsUniform checks that comparing the durations alone does not
// help to guess.
func TestRankOfRightDurationIsUniform(t *testing.T) {
	t.Parallel()
	for _, f := range forms {
		if f.kind != quiz.KindTimeBetween {
			continue
		}
		rank := make([]float64, f.maxOptions)
		n := eachQuestion(t, f, func(q quiz.Question) {
			shorter := 0
			for _, o := range q.Options {
				if number(o.Text) < number(q.Options[q.RightOption].Text) {
					shorter++
				}
			}
			rank[shorter]++
		})
		even := 1 / float64(f.maxOptions)
		for place, c := range rank {
			t.Logf("%d lengths: the right one has rank %d in %.1f %%", f.maxOptions, place, 100*c/n)
			if c/n > even+0.12 {
				t.Errorf("%d lengths: guessing rank %d wins %.1f %%", f.maxOptions, place, 100*c/n)
			}
		}
	}
}

// number returns the number that a text begins with.
func number(text string) (n int) {
	before, _, _ := strings.Cut(text, " ")
	n, _ = strconv.Atoi(before)
	return n
}

// TestLengthOfRightEventIsUninformative checks that comparing the lengths of events and
// terms does not help to guess.
func TestLengthOfRightEventIsUninformative(t *testing.T) {
	t.Parallel()
	for _, f := range forms {
		if !f.kind.IsChoice() || f.kind == quiz.KindWhenChoice || f.kind == quiz.KindTrueFalse || f.kind == quiz.KindTimeBetween {
			continue
		}
		rank := make([]float64, f.maxOptions)
		n := eachQuestion(t, f, func(q quiz.Question) {
			rank[rankOf(q, func(a, b quiz.Option) int {
				return cmp.Compare(utf8.RuneCountInString(a.Text), utf8.RuneCountInString(b.Text))
			})]++
		})
		even := 1 / float64(f.maxOptions)
		for place, c := range rank {
			t.Logf("%s of %d: the right one has rank %d of length in %.1f %%", f.kind, f.maxOptions, place, 100*c/n)
			if c/n > even+0.12 {
				t.Errorf("%s of %d: guessing length %d wins %.1f %%", f.kind, f.maxOptions, place, 100*c/n)
			}
		}
	}
}

// rankOf returns the position of the right option among the sorted options.
func rankOf(q quiz.Question, by func(a, b quiz.Option) int) int {
	right := q.Options[q.RightOption]
	sorted := slices.Clone(q.Options)
	slices.SortFunc(sorted, by)
	return slices.IndexFunc(sorted, func(o quiz.Option) bool { return o.Fact == right.Fact && o.Text == right.Text })
}
