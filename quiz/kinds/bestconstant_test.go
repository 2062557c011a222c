package kinds_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
)

const constantDecks = 30 / raceSlowdown

// TestBestConstantScoresZero checks that giving the same answer to every question earns
// nothing.
func TestBestConstantScoresZero(t *testing.T) {
	t.Parallel()
	decks := shipped(t)
	for seed := range uint64(constantDecks) {
		decks = append(decks, generate(seed))
	}
	for i, d := range decks {
		name := d.Name
		if i >= len(decks)-constantDecks {
			name = fmt.Sprint("seed ", i-len(decks)+constantDecks)
		}
		t.Run(name, func(t *testing.T) {
			for _, k := range []quiz.Kind{quiz.KindPlace, quiz.KindWhenTyped} {
				all := askAll(d, k)
				best, given := bestConstant(t, all, constants(d, all, k))
				if t.Logf("%d of %s: %q earns %.6f", len(all), k, given, best); best > 1e-9 {
					t.Errorf("%q to each of %d questions of %s earns %v", given, len(all), k, best)
				}
			}
			if t.Failed() && len(d.Facts) < 9 {
				show(t, d)
			}
		})
	}
}

// askAll generates the question of that kind for every fact.
func askAll(d *quiz.Deck, k quiz.Kind) (out []quiz.Question) {
	p := kinds.NewDeckIndex(d)
	for _, f := range p.Facts() {
		if q, ok := p.Generate(quiz.CardID{Fact: f.ID, Facet: quiz.FacetWhen}, k, 0, 1); ok {
			out = append(out, q)
		}
	}
	return out
}

// constants returns the answers that could be given to every question: every year of the
// line, and for typed dates every day, month and date of the deck.
func constants(d *quiz.Deck, all []quiz.Question, k quiz.Kind) (out []string) {
	if len(all) == 0 {
		return nil
	}
	first, last := all[0].Scale.First, all[0].Scale.Last
	for _, q := range all {
		first, last = min(first, yearOf(q.RightDate.Lo())), max(last, yearOf(q.RightDate.Hi()))
	}
	if k == quiz.KindPlace {
		first, last = all[0].Scale.First, all[0].Scale.Last
	}
	for y := first; y <= last && y-first < 3000; y++ {
		out = append(out, written(y))
	}
	if k == quiz.KindPlace {
		return out
	}
	for _, f := range d.Facts {
		for _, day := range []int64{f.Date.Lo(), f.Date.Hi()} {
			if y, m, dom := edtf.CivilDate(day); day != edtf.MinDay && day != edtf.MaxDay {
				out = append(out, fmt.Sprintf("%s-%02d", written(y), m), fmt.Sprintf("%s-%02d-%02d", written(y), m, dom))
			}
		}
	}
	for _, q := range all {
		out = append(out, q.RightDate.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bestConstant returns the mean score of the best of the answers, and that answer.
func bestConstant(t *testing.T, all []quiz.Question, answers []string) (best float64, given string) {
	t.Helper()
	best = -1
	for _, a := range answers {
		sum := 0.0
		for _, q := range all {
			m, err := grading.GradeAnswer(q, quiz.Answer{ChosenOption: -1, Given: a})
			if err != nil {
				t.Fatalf("%q: %v", a, err)
			}
			sum += m.Score
		}
		if mean := sum / float64(len(all)); mean > best {
			best, given = mean, a
		}
	}
	return best, given
}

// TestRandomOrderScoresLittle checks that a random order of four or more events earns
// little on average, and the order as dealt earns nothing.
func TestRandomOrderScoresLittle(t *testing.T) {
	t.Parallel()
	p := kinds.NewDeckIndex(large(50))
	for n := 4; n <= 6; n++ {
		for seed := range uint64(5) {
			q, ok := p.Generate(quiz.CardID{Fact: 20, Facet: quiz.FacetWhen}, quiz.KindOrder, n, seed)
			if !ok || len(q.Options) != n {
				t.Fatalf("%d events, want %d", len(q.Options), n)
			}
			sum, count := 0.0, 0.0
			permutations(n, func(order []int) {
				sum, count = sum+earns(t, q, order), count+1
			})
			dealt := make([]int, n)
			for i := range dealt {
				dealt[i] = i
			}
			asDealt := earns(t, q, dealt)
			slices.Reverse(dealt)
			turned, right := earns(t, q, dealt), earns(t, q, q.RightOrder)
			if sum/count > 0.2 || asDealt != 0 || turned > 1.0/15+1e-12 || right != 1 {
				t.Errorf("seed %d, %d events: random earns %v, as dealt %v, turned %v, right %v", seed, n, sum/count, asDealt, turned, right)
			}
			if seed == 0 {
				t.Logf("%d events: a random order earns %.4f, the dealt one %v, turned %.4f", n, sum/count, asDealt, turned)
			}
		}
	}
}

func earns(t *testing.T, q quiz.Question, order []int) float64 {
	t.Helper()
	var given []string
	for _, at := range order {
		given = append(given, strconv.Itoa(at))
	}
	m, err := grading.GradeAnswer(q, quiz.Answer{ChosenOption: -1, Given: strings.Join(given, ",")})
	if err != nil {
		t.Fatal(err)
	}
	return m.Score
}

// permutations calls do with every permutation of n items.
func permutations(n int, do func([]int)) {
	order := make([]int, 0, n)
	var put func()
	put = func() {
		if len(order) == n {
			do(order)
		}
		for i := range n {
			if !slices.Contains(order, i) {
				order = append(order, i)
				put()
				order = order[:len(order)-1]
			}
		}
	}
	put()
}
