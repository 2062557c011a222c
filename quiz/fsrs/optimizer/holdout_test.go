package optimizer

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"chronicle/quiz/fsrs"
)

// guessing returns a learner who is asked in Chronicle's question forms.
func guessing(rnd *rand.Rand) learner {
	l := anybody(rnd)
	l.asked, l.sm2 = true, false
	return l
}

func everyAnswer(int) bool { return true }

func improved(t *testing.T, answers []answer) HoldoutResult {
	t.Helper()
	p, err := FitWithHoldout(context.Background(), logOf(t, answers, everyAnswer), fsrs.DefaultWeights, fsrs.DefaultWeights, 1)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestFormsAreFitted checks that training on answers that can be guessed predicts the
// last fifth better if their forms are known than if every answer is taken at face
// value.
func TestFormsAreFitted(t *testing.T) {
	t.Parallel()
	var formed, naked, before, truth float64
	for seed := range uint64(24 / raceSlowdown) {
		answers := guessing(rand.New(rand.NewPCG(seed, 1000))).life(rand.New(rand.NewPCG(seed, 1001)), 3000)
		p := improved(t, answers)
		plain := make([]answer, len(answers))
		for i, a := range answers {
			plain[i] = a
			plain[i].Form, plain[i].Class = fsrs.Form{}, fsrs.ClassSelfGraded
		}
		formed, naked, before = formed+p.Loss, naked+improved(t, plain).Loss, before+p.PreviousLoss
		truth += lastFifth(answers)
	}
	t.Logf("summed over logs: true chances %.4f, in forms %.4f, as they are said %.4f, published weights %.4f", truth, formed, naked, before)
	if formed > before || formed > naked {
		t.Errorf("log loss %.4f in forms, %.4f as they are said, %.4f with the published weights", formed, naked, before)
	}
}

// lastFifth returns the mean log loss of the true chances over the last fifth.
func lastFifth(answers []answer) float64 {
	var targets []answer
	for _, a := range answers {
		if a.Target {
			targets = append(targets, a)
		}
	}
	late, sum := targets[len(targets)*4/5:], 0.0
	for _, a := range late {
		sum += bce(a.chance, a.Rating)
	}
	return sum / float64(len(late))
}

// TestAdoptedWeightsPredictLaterReviews checks that adopted weights predict later
// answers better on average and are hardly worse otherwise, and that rejected ones
// change nothing.
func TestAdoptedWeightsPredictLaterReviews(t *testing.T) {
	t.Parallel()
	taken, worse, gain, lost := 0, 0, 0.0, 0.0
	for seed := range uint64(48 / min(raceSlowdown, 2)) {
		rnd := rand.New(rand.NewPCG(seed, 1000))
		answers := guessing(rnd).life(rnd, 1500)
		p := improved(t, answers[:1000])
		if !p.Improved {
			if p.Weights != fsrs.DefaultWeights {
				t.Errorf("seed %d: weights that are not better are not those in use", seed)
			}
			continue
		}
		taken++
		by := later(t, answers, 1000, p.Weights)
		gain += by
		if by < 0 {
			worse, lost = worse+1, lost-by
		}
	}
	t.Logf("%d taken, %d of them worse, by %.4f in all; log loss falls by %.4f in all", taken, worse, lost, gain)
	if taken == 0 || gain <= 0 || lost > gain/4 {
		t.Errorf("%d taken, %d of them worse, by %.4f in all; log loss falls by %.4f in all", taken, worse, lost, gain)
	}
}

// later returns by how much the weights predict the answers after from better than the
// published ones, in expectation.
func later(t *testing.T, answers []answer, from int, w fsrs.Weights) float64 {
	t.Helper()
	log := logOf(t, answers, func(i int) bool { return i >= from && answers[i].Target })
	old, fresh := predicted(t, log, fsrs.DefaultWeights), predicted(t, log, w)
	sum, k := 0.0, 0
	for _, a := range answers[from:] {
		if !a.Target {
			continue
		}
		for rating, chance := range map[fsrs.Rating]float64{fsrs.Good: a.chance, fsrs.Again: 1 - a.chance} {
			sum += chance * (bce(old[k], rating) - bce(fresh[k], rating))
		}
		k++
	}
	return sum / float64(k)
}

func TestFewReviewsAreNotAdopted(t *testing.T) {
	answers := guessing(rand.New(rand.NewPCG(3, 3))).life(rand.New(rand.NewPCG(3, 4)), 500)
	if p := improved(t, answers[:10]); p.Improved || p.Weights != fsrs.DefaultWeights || p.ReviewCount > 10 {
		t.Errorf("ten answers: %+v", p)
	}
	var none Collector
	l, err := none.Log()
	if err != nil {
		t.Fatal(err)
	}
	if p, err := FitWithHoldout(context.Background(), l, fsrs.DefaultWeights, fsrs.DefaultWeights, 1); err != nil || p.Improved {
		t.Errorf("%+v, %v", p, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	many := logOf(t, guessing(rand.New(rand.NewPCG(3, 3))).life(rand.New(rand.NewPCG(3, 4)), 2000), everyAnswer)
	if _, err := FitWithHoldout(ctx, many, fsrs.DefaultWeights, fsrs.DefaultWeights, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := FitEffects(ctx, []LearnerLog{{many, fsrs.DefaultWeights}}, fsrs.Effects{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestFormsAreCalibrated checks that predictions with the true parameters are unbiased
// in every form.
func TestFormsAreCalibrated(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 77))
	l := learner{asked: true, weights: fsrs.DefaultWeights, hard: 0.1, easy: 0.1}
	answers := l.life(rnd, 120_000)
	chances := predicted(t, logOf(t, answers, func(i int) bool { return answers[i].Target }), fsrs.DefaultWeights)
	var sum, n [fsrs.ClassCount]float64
	k := 0
	for _, a := range answers {
		if a.Target {
			sum[a.Class] += chances[k] - a.chance
			n[a.Class]++
			k++
		}
	}
	for class := fsrs.ClassTyped; int(class) < fsrs.ClassCount; class++ {
		bias := sum[class] / n[class]
		t.Logf("%s: %+.4f over %.0f answers", class, bias, n[class])
		if !(math.Abs(bias) <= 0.005) {
			t.Errorf("%s: expected %+.4f too much, over %.0f answers", class, bias, n[class])
		}
	}
}

// crowdOf returns logs of people whose true forms differ by the effects e from the
// recorded forms.
func crowdOf(t *testing.T, e fsrs.Effects, people, answers int, seed uint64) []LearnerLog {
	t.Helper()
	var out []LearnerLog
	for p := range people {
		rnd := rand.New(rand.NewPCG(seed, uint64(p)))
		l := guessing(rnd)
		l.cards, l.slips, l.effects = 0, 0, e
		out = append(out, LearnerLog{logOf(t, l.life(rnd, answers), everyAnswer), l.weights})
	}
	return out
}

// TestEffectsAreFound checks that existing effects are found with the right sign and
// predict the last fifths better, and that hardly any are found if the start values
// are true.
func TestEffectsAreFound(t *testing.T) {
	t.Parallel()
	var truly fsrs.Effects
	truly[fsrs.ClassChoice] = fsrs.Effect{Guess: 0.7, Ease: -0.8, Strength: -0.2}
	truly[fsrs.ClassEither] = fsrs.Effect{Ease: 0.8}
	g, err := FitEffects(context.Background(), crowdOf(t, truly, 12, 3000, 9), fsrs.Effects{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", g)
	if !g.Improved || g.Loss >= g.PreviousLoss || g.Effects[fsrs.ClassChoice].Ease > -0.2 || g.Effects[fsrs.ClassEither].Ease < 0.2 || g.Effects[fsrs.ClassSelfGraded] != (fsrs.Effect{}) {
		t.Errorf("%+v", g)
	}
	for seed := range uint64(8 / min(raceSlowdown, 4)) {
		g, err := FitEffects(context.Background(), crowdOf(t, fsrs.Effects{}, 6, 2000, seed), fsrs.Effects{})
		if err != nil {
			t.Fatal(err)
		}
		if g.Improved {
			t.Errorf("seed %d: effects are believed where there are none: %+v", seed, g)
		}
	}
}
