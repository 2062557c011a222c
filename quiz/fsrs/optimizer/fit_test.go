package optimizer

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"chronicle/quiz/fsrs"
)

// logOf returns a log of the answers. Those that pick selects are targets.
func logOf(t testing.TB, answers []answer, pick func(i int) bool) *Log {
	t.Helper()
	var c Collector
	for i, a := range answers {
		a.Target = a.Days > 0 && pick(i)
		if err := c.Add(a.ReviewRow); err != nil {
			t.Fatal(err)
		}
	}
	l, err := c.Log()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// losses are log losses over answers that were not trained on.
type losses struct{ fitted, usual, oracle, count float64 }

func (l losses) mean() losses {
	return losses{l.fitted / l.count, l.usual / l.count, l.oracle / l.count, l.count}
}

// folds trains on the first one to four fifths of the answers in time and predicts the
// next fifth each time.
func folds(t testing.TB, answers []answer) (sum losses) {
	t.Helper()
	for fold := 1; fold < 5; fold++ {
		from, to := len(answers)*fold/5, len(answers)*(fold+1)/5
		r, err := FitWeights(context.Background(), logOf(t, answers[:from], func(int) bool { return true }), 1)
		if err != nil {
			t.Fatal(err)
		}
		later := logOf(t, answers[:to], func(i int) bool { return i >= from })
		fitted, usual := predicted(t, later, r.Weights), predicted(t, later, fsrs.DefaultWeights)
		k := 0
		for _, a := range answers[from:to] {
			if a.Days <= 0 {
				continue
			}
			sum.fitted += bce(fitted[k], a.Rating)
			sum.usual += bce(usual[k], a.Rating)
			sum.oracle += bce(a.chance, a.Rating)
			k++
		}
		sum.count += float64(k)
	}
	return sum
}

func predicted(t testing.TB, l *Log, w fsrs.Weights) []float64 {
	t.Helper()
	p, err := Predict(context.Background(), l, must(w))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func bce(p float64, r fsrs.Rating) float64 {
	if r == fsrs.Again {
		p = 1 - p
	}
	return -math.Log(clamp(p, minRecall, maxRecall))
}

// TestSmallLogsAreNotWorse compares weights trained on 30 to 1000 answers with the
// default weights.
func TestSmallLogsAreNotWorse(t *testing.T) {
	t.Parallel()
	for _, size := range []int{30, 100, 300, 1000} {
		people, better := 160/raceSlowdown, 0
		var sum losses
		for seed := range people {
			rnd := rand.New(rand.NewPCG(uint64(seed), uint64(size)))
			one := folds(t, anybody(rnd).life(rnd, size))
			if one.fitted < one.usual {
				better++
			}
			sum.fitted += one.fitted
			sum.usual += one.usual
			sum.count += one.count
		}
		m := sum.mean()
		t.Logf("%d answers: log loss %.4f, with default weights %.4f; better for %d of %d", size, m.fitted, m.usual, better, people)
		if m.fitted > m.usual+0.001 {
			t.Errorf("%d answers: log loss %.4f, with default weights %.4f", size, m.fitted, m.usual)
		}
	}
}

// TestLargeLogsComeCloseToTheTruth compares predictions after training on many answers
// with the chances that the answers were drawn with.
func TestLargeLogsComeCloseToTheTruth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		like   func(learner) learner
		answer int
		near   float64 // maximum mean loss above that of the true chances
		gained float64 // minimum share of the possible gain over the defaults
	}{
		{"as the model has people", learner.plain, 20000, 0.003, 0.7},
		{"with cards that differ and slips", func(l learner) learner { return l }, 20000, 0.007, 0.5},
	} {
		people := 16 / raceSlowdown
		var sum losses
		for seed := range people {
			rnd := rand.New(rand.NewPCG(uint64(seed), 5))
			one := folds(t, c.like(anybody(rnd)).life(rnd, c.answer)).mean()
			if one.fitted > one.usual+0.001 {
				t.Errorf("%s, seed %d: log loss %.4f, with default weights %.4f", c.name, seed, one.fitted, one.usual)
			}
			sum.fitted += one.fitted
			sum.usual += one.usual
			sum.oracle += one.oracle
			sum.count++
		}
		m := sum.mean()
		t.Logf("%s: log loss %.4f, with default weights %.4f, with the truth %.4f", c.name, m.fitted, m.usual, m.oracle)
		if m.fitted > m.oracle+c.near || m.usual-m.fitted < c.gained*(m.usual-m.oracle) {
			t.Errorf("%s: log loss %.4f, with default weights %.4f, with the truth %.4f", c.name, m.fitted, m.usual, m.oracle)
		}
	}
}

// TestUsualPeopleKeepTheDefaults checks that a small log of a person who follows the
// default weights leads to other weights only rarely.
func TestUsualPeopleKeepTheDefaults(t *testing.T) {
	t.Parallel()
	left, people := 0, 200/raceSlowdown
	for seed := range people {
		rnd := rand.New(rand.NewPCG(uint64(seed), 9))
		l := anybody(rnd).plain()
		l.weights = fsrs.DefaultWeights
		r, err := FitWeights(context.Background(), logOf(t, l.life(rnd, 300), func(int) bool { return true }), 1)
		if err != nil {
			t.Fatal(err)
		}
		if r.Weights != fsrs.DefaultWeights {
			left++
		}
	}
	t.Logf("%d of %d got other weights", left, people)
	if left > people/10 {
		t.Errorf("%d of %d got other weights", left, people)
	}
}
