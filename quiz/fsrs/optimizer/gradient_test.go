package optimizer

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"chronicle/quiz/fsrs"
)

// published holds four cards whose last review is scored, with the loss and gradient
// that the reference implementation gives.
var published = struct {
	days    [4][]float32
	ratings [4][]fsrs.Rating
	loss    float64
	slope   gradient
}{
	[4][]float32{{0, 0, 0, 0, 1, 3, 4}, {0, 0, 0, 1, 3, 6, 11}, {0, 0, 0, 1, 3, 6, 12}, {0, 0, 1, 3, 5, 12, 23}},
	[4][]fsrs.Rating{{1, 3, 1, 4, 3, 2, 3}, {2, 4, 4, 3, 1, 3, 3}, {3, 2, 4, 3, 3, 3, 3}, {4, 4, 3, 3, 3, 4, 1}},
	4.0466027,
	gradient{
		-0.095688485, -0.0051607806, -0.0012249565, 0.007462064, 0.03650761, -0.082112335, 0.0593964,
		-2.1474836, 0.57626534, -2.8751316, 0.7154875, -0.028993709, 0.0099172965, -0.2189217,
		-0.0017800558, -0.089381434, 0.299141, 0.068104014, -0.011605468, -0.25398168, 0.27700496,
	},
}

func TestPublishedGradient(t *testing.T) {
	m, run := newModelTerms(fsrs.DefaultWeights), new(tape)
	var loss float64
	var g gradient
	for c := range published.days {
		card := make([]logReview, len(published.days[c]))
		for i := range card {
			card[i] = logReview{days: published.days[c][i], rating: published.ratings[c][i]}
		}
		weights := make([]float32, len(card))
		weights[len(card)-1] = 1
		_, bce := run.forward(m, card, weights)
		loss += bce
		run.reverse(m, &g)
	}
	if math.Abs(loss-published.loss) > 5e-6 { // the reference uses float32
		t.Errorf("loss %.7f, want %.7f", loss, published.loss)
	}
	for i, want := range published.slope {
		if math.Abs(g[i]-want) > 2e-5*max(math.Abs(want), 1e-2) {
			t.Errorf("by w%d it is %.9g, want %.9g", i, g[i], want)
		}
	}
}

// TestGradientIsTheSlope compares the gradient with central differences, for random
// cards and weights. Where the difference crosses from one branch to another there is
// no slope to compare, so differences of two widths must agree first.
func TestGradientIsTheSlope(t *testing.T) {
	compared, checked := 0, 0
	for seed := range uint64(400) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		w := anyWeights(rnd)
		card, weights := anyCard(rnd)
		run, m := &tape{forms: anyForms}, newModelTerms(w)
		if seed%2 == 1 {
			for i := range card {
				card[i].form = int32(rnd.IntN(len(anyForms)))
			}
		}
		lossAt := func(i int, x float64) float64 {
			v := w
			v[i] = x
			weighted, _ := run.forward(newModelTerms(v), card, weights)
			return weighted
		}
		var g gradient
		run.forward(m, card, weights)
		run.reverse(m, &g)
		for i := range w {
			h := 1e-5 * max(w[i], 1e-3)
			wide := (lossAt(i, w[i]+h) - lossAt(i, w[i]-h)) / (2 * h)
			near := (lossAt(i, w[i]+h/4) - lossAt(i, w[i]-h/4)) / (h / 2)
			checked++
			if math.Abs(wide-near) > 1e-4*max(1, math.Abs(near)) {
				continue
			}
			compared++
			if math.Abs(g[i]-near) > 1e-3*max(1, math.Abs(near)) {
				t.Errorf("seed %d: by w%d it is %v, the difference says %v", seed, i, g[i], near)
			}
		}
	}
	if compared < checked*9/10 {
		t.Errorf("only %d of %d could be compared", compared, checked)
	}
}

// anyForms are forms of all kinds, the plain one first.
var anyForms = []fsrs.Form{
	fsrs.PlainForm, fsrs.RecallForm(), fsrs.ChoiceForm(2), fsrs.ChoiceForm(4), fsrs.EitherForm(), fsrs.OrderForm(4), fsrs.MatchForm(5), fsrs.NearForm(0.07),
	fsrs.OrderForm(3).WithSharedBlame([]float64{0.7, 0.9}),
	{Guess: 0.4, Ease: -1, Strength: 1.4, Slip: 0.1},
}

// TestForwardIsTheModel checks that chances and memories equal those of the model, in
// every form.
func TestForwardIsTheModel(t *testing.T) {
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		w := anyWeights(rnd)
		card, weights := anyCard(rnd)
		run, model := &tape{forms: anyForms}, must(w)
		for i := range card {
			card[i].form = int32(rnd.IntN(len(anyForms)))
		}
		_, got := run.forward(newModelTerms(w), card, weights)
		var mem fsrs.Memory
		want := 0.0
		for i, r := range card {
			form := anyForms[r.form]
			if weights[i] != 0 && r.days > 0 {
				want += bce(form.PredictCorrect(clamp(model.Retrievability(mem, float64(r.days)), minRecall, maxRecall)), r.rating)
			}
			if i > 0 && (math.Abs(run.steps[i-1].s-mem.Stability) > 1e-9*mem.Stability || math.Abs(run.steps[i-1].d-mem.Difficulty) > 1e-9) {
				t.Fatalf("seed %d: before review %d the memory is %v, %v, not %v", seed, i, run.steps[i-1].s, run.steps[i-1].d, mem)
			}
			mem = model.NextMemory(mem, float64(r.days), r.rating, form)
		}
		if math.Abs(got-want) > 1e-9*max(1, want) {
			t.Errorf("seed %d: loss %v, the model says %v", seed, got, want)
		}
	}
}

// anyWeights returns the default weights, each changed by up to a half.
func anyWeights(rnd *rand.Rand) fsrs.Weights {
	w := fsrs.DefaultWeights
	for i := range w {
		w[i] *= 0.5 + rnd.Float64()
	}
	w[7] += rnd.Float64() * 0.3
	return w.Clipped()
}

func anyCard(rnd *rand.Rand) ([]logReview, []float32) {
	card := make([]logReview, 2+rnd.IntN(12))
	weights := make([]float32, len(card))
	for i := range card {
		card[i].rating = fsrs.Rating(1 + rnd.IntN(4))
		if i > 0 && rnd.IntN(3) > 0 {
			card[i].days = float32(1 + rnd.IntN(1+rnd.IntN(60)))
			weights[i] = float32(rnd.IntN(3)) / 2
		}
	}
	return card, weights
}

// TestStepsGoDownTheWholeLoss checks that training follows the gradient of the loss
// including the prior, with stabilities by their logarithm.
func TestStepsGoDownTheWholeLoss(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 10))
	items := newTrainingSet(logOf(t, anybody(rnd).life(rnd, 300), func(int) bool { return true }))
	half := items.count / 2
	share := float64(half) / float64(items.count) / (1 + float64(items.count)/priorReviews)
	w := anyWeights(rnd)
	whole := func(w fsrs.Weights) float64 {
		sum, _, err := items.loss(context.Background(), newModelTerms(w))
		if err != nil {
			t.Fatal(err)
		}
		for i := range w {
			away := w[i] - fsrs.DefaultWeights[i]
			if i < stabilityWeights {
				away = math.Log(w[i]) - math.Log(fsrs.DefaultWeights[i])
			}
			sum += share * away * away / (weightSigmas[i] * weightSigmas[i])
		}
		return sum
	}
	var g gradient
	items.addGradient(newModelTerms(w), items.cards, &g)
	items.addPriorGradient(&g, &w, half)
	for i := range w {
		const h = 1e-6
		low, high := w, w
		if i < stabilityWeights {
			low[i], high[i] = w[i]*math.Exp(-h), w[i]*math.Exp(h)
		} else {
			low[i], high[i] = w[i]-h, w[i]+h
		}
		if want := (whole(high) - whole(low)) / (2 * h); math.Abs(g[i]-want) > 1e-3*max(1, math.Abs(want)) {
			t.Errorf("by w%d it is %v, the difference says %v", i, g[i], want)
		}
	}
}
