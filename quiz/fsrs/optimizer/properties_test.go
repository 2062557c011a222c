package optimizer

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"chronicle/quiz/fsrs"
)

// randomLog returns an unrealistic log: any ratings after any number of days.
func randomLog(t testing.TB, rnd *rand.Rand, reviews int) *Log {
	t.Helper()
	var c Collector
	met := map[string]bool{}
	for i := range reviews {
		r := ReviewRow{Line: i + 1, Card: string(rune('a' + rnd.IntN(1+reviews/6))), Time: int64(i), Rating: fsrs.Rating(1 + rnd.IntN(4))}
		if met[r.Card] && rnd.IntN(4) > 0 {
			r.Days = []float64{0.3, 1, 2, 30, 700, fsrs.MaxStability}[rnd.IntN(6)]
		}
		met[r.Card] = true
		r.Target = rnd.IntN(5) > 0
		if err := c.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	l, err := c.Log()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestRandomLogsGiveWeights checks for random logs that the weights are valid, predict
// the log no worse than the defaults, and that the returned loss is that of the
// predictions.
func TestRandomLogsGiveWeights(t *testing.T) {
	t.Parallel()
	learnt := 0
	for seed := range uint64(200 / raceSlowdown) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		l := randomLog(t, rnd, rnd.IntN(500))
		r, err := FitWeights(context.Background(), l, seed)
		if err != nil || r.Weights.Validate() != nil {
			t.Fatalf("seed %d: %v, %v", seed, err, r.Weights.Validate())
		}
		if !(r.Loss <= r.DefaultLoss) {
			t.Errorf("seed %d: loss %v, with default weights %v", seed, r.Loss, r.DefaultLoss)
		}
		if r.Weights != fsrs.DefaultWeights {
			learnt++
		}
		if told, n := lossOfPredictions(t, l, r.Weights); n != r.ReviewCount || math.Abs(told-r.Loss) > 1e-9*max(1, told) {
			t.Errorf("seed %d: loss %v over %d items, the predictions say %v over %d", seed, r.Loss, r.ReviewCount, told, n)
		}
	}
	if learnt < 100/raceSlowdown {
		t.Errorf("only %d logs taught anything", learnt)
	}
}

// lossOfPredictions returns the mean loss of Predict's chances over the training
// reviews.
func lossOfPredictions(t testing.TB, l *Log, w fsrs.Weights) (loss float64, n int) {
	t.Helper()
	chances := predicted(t, l, w)
	byRow := make([]logReview, l.Reviews())
	first := make([]bool, l.Reviews())
	for c := range l.Cards() {
		for i, r := range l.card(c) {
			byRow[r.row], first[r.row] = r, i == 0
		}
	}
	for i, r := range byRow {
		if !r.target {
			continue
		}
		if !first[i] && r.days > 0 {
			loss += bce(chances[0], r.rating)
			n++
		}
		chances = chances[1:]
	}
	if len(chances) > 0 {
		t.Fatalf("%d chances nobody asked for", len(chances))
	}
	return loss / max(1, float64(n)), n
}

func TestSmallLogsKeepDefaults(t *testing.T) {
	for reviews := range 8 {
		rnd := rand.New(rand.NewPCG(uint64(reviews), 3))
		r, err := FitWeights(context.Background(), randomLog(t, rnd, reviews), 1)
		if err != nil || r.Weights != fsrs.DefaultWeights || r.Loss != r.DefaultLoss || r.ReviewCount > max(0, reviews-1) {
			t.Errorf("%d reviews: %+v, %v", reviews, r, err)
		}
	}
}

// TestEightReviewsAreEnough checks that seven surprising answers are too few to train
// on and eight are enough.
func TestEightReviewsAreEnough(t *testing.T) {
	for items := 6; items <= 9; items++ {
		var c Collector
		for i := range items {
			card := string(rune('a' + i))
			for k, r := range []ReviewRow{row(card, int64(2*i), 0, fsrs.Easy), row(card, int64(2*i+1), 1, fsrs.Again)} {
				if err := c.Add(r); err != nil {
					t.Fatal(k, err)
				}
			}
		}
		l, err := c.Log()
		if err != nil {
			t.Fatal(err)
		}
		r, err := FitWeights(context.Background(), l, 1)
		if learnt := r.Weights != fsrs.DefaultWeights; err != nil || r.ReviewCount != items || learnt != (items >= 8) {
			t.Errorf("%d items: learnt %v, %v", r.ReviewCount, learnt, err)
		}
	}
}

// TestFitIsRepeatable checks that the same log and seed give the same weights on any
// number of processors.
func TestFitIsRepeatable(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 4))
	answers := anybody(rnd).life(rnd, 3000)
	l := logOf(t, answers, func(int) bool { return true })
	fit := func(seed uint64) fsrs.Weights {
		r, err := FitWeights(context.Background(), l, seed)
		if err != nil {
			t.Fatal(err)
		}
		return r.Weights
	}
	w := fit(1)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if again := fit(1); again != w {
		t.Errorf("%v, then %v", w, again)
	}
	if other := fit(2); other == w {
		t.Error("the seed changes nothing: cards are not grouped by it")
	}
}

// impatient is a context that is canceled after Err was called left times.
type impatient struct {
	context.Context
	left int
}

func (c *impatient) Err() error {
	c.left--
	if c.left >= 0 {
		return nil
	}
	return context.Canceled
}

// TestCancel checks that FitWeights and Predict return at the first check of a
// canceled context.
func TestCancel(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 6))
	l := logOf(t, anybody(rnd).life(rnd, 1500), func(int) bool { return true })
	for name, do := range map[string]func(ctx context.Context) error{
		"fit":     func(ctx context.Context) error { _, err := FitWeights(ctx, l, 1); return err },
		"predict": func(ctx context.Context) error { _, err := Predict(ctx, l, must(fsrs.DefaultWeights)); return err },
	} {
		looks := 0
		for ; looks < 1000; looks++ {
			ctx := &impatient{context.Background(), looks}
			err := do(ctx)
			if err == nil {
				break
			}
			if !errors.Is(err, context.Canceled) || ctx.left < -2 { // one call finds it, one returns the error
				t.Fatalf("%s after %d looks: %v, and it went on for %d", name, looks, err, -1-ctx.left)
			}
		}
		if least := map[string]int{"fit": 100, "predict": 1}[name]; looks < least || looks == 1000 {
			t.Errorf("%s looks at ctx %d times", name, looks)
		}
	}
}

func TestTrainingAllocatesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 7))
	items := newTrainingSet(logOf(t, anybody(rnd).life(rnd, 2000), func(int) bool { return true }))
	m, a := newModelTerms(fsrs.DefaultWeights), adam{w: fsrs.DefaultWeights}
	n := testing.AllocsPerRun(5, func() {
		var g gradient
		items.addGradient(m, items.cards, &g)
		items.addPriorGradient(&g, &a.w, items.count)
		a.step(&g, 0.01)
		m.set(a.w)
	})
	if n != 0 {
		t.Errorf("a step allocates %v times", n)
	}
}

var sink FitResult

// BenchmarkForms trains on answers in forms that can be guessed and fits the effects
// of forms.
func BenchmarkForms(b *testing.B) {
	for _, targets := range []int{20_000, 130_000} {
		rnd := rand.New(rand.NewPCG(1, 8))
		n := 0
		l := logOf(b, guessing(rnd).life(rnd, targets*5/2), func(int) bool { n++; return n <= targets*2 })
		name := map[int]string{20_000: "20k", 130_000: "130k"}[targets]
		b.Run("weights/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := FitWeights(context.Background(), l, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("effects/"+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := FitEffects(context.Background(), []LearnerLog{{l, fsrs.DefaultWeights}}, fsrs.Effects{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFit(b *testing.B) {
	for _, targets := range []int{20_000, 130_000} {
		rnd := rand.New(rand.NewPCG(1, 8))
		answers := anybody(rnd).life(rnd, targets*2)
		n := 0
		l := logOf(b, answers, func(int) bool { n++; return n <= targets })
		b.Run(map[int]string{20_000: "20k", 130_000: "130k"}[targets], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := FitWeights(context.Background(), l, 1)
				if err != nil || r.ReviewCount != targets {
					b.Fatal(r.ReviewCount, err)
				}
				sink = r
			}
		})
	}
}
