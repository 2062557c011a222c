package fsrs

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func forms() *rapid.Generator[Form] {
	return rapid.SampledFrom([]Form{
		Plain, Recall(), Choice(2), Choice(4), Choice(10), Either(), Near(0.03), Ordering(4), Matching(5),
		{Guess: 0.8, Ease: 1, Strength: 0.7, Slip: 0.02},
	})
}

func TestFormsCheck(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(-1, 200).Draw(rt, "n")
		for _, f := range []Form{Choice(n), Ordering(n), Matching(n), Near(rapid.Float64().Draw(rt, "share"))} {
			if err := f.Check(); err != nil {
				rt.Fatal(err)
			}
		}
	})
	for _, f := range []Form{
		{Guess: 1},
		{Guess: -.1},
		{Guess: math.NaN()},
		{Ease: 11},
		{Ease: math.NaN()},
		{Strength: -1},
		{Strength: math.Inf(1)},
		{Guess: .5, Slip: .5},
		{Slip: math.NaN()},
	} {
		if f.Check() == nil {
			t.Errorf("%+v passed", f)
		}
	}
}

func TestStartValues(t *testing.T) {
	for _, c := range []struct {
		got, want Form
	}{
		{Choice(4), Form{0.2, 1, 0.7, 0.02}},
		{Either(), Form{0.5, 1, 0.5, 0.02}},
		{Recall(), Form{0, 0, 1, 0.02}},
		{Near(0.1), Form{0.1, 0, 1, 0.02}},
	} {
		if c.got != c.want {
			t.Errorf("%+v, want %+v", c.got, c.want)
		}
	}
	if got := Ordering(4).Guess; !near(got, 1.0/24, 1e-15) {
		t.Errorf("order of 4 guessed at %v", got)
	}
}

// TestKnewIsBayes counts worlds instead of turning the formula round.
func TestKnewIsBayes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := forms().Draw(rt, "form")
		r := rapid.Float64Range(0.001, 0.999).Draw(rt, "recall")
		right := f.Predict(r)
		k := 1 / (1 + math.Exp(-(math.Log(r/(1-r)) + f.Ease)))
		if got := right*f.Knew(r, true) + (1-right)*f.Knew(r, false); !near(got, k, 1e-12) {
			rt.Fatalf("beliefs average to %v, want the prior %v", got, k)
		}
		if f.Knew(r, true) < f.Knew(r, false) {
			rt.Fatalf("a right answer says less than a wrong one")
		}
	})
}

func TestFirstMeeting(t *testing.T) {
	m := model(t)
	f := Choice(4)
	k := 1 / (1 + math.Exp(-(math.Log(.3/.7) + 1)))
	q := .98 * k / (.2*(1-k) + .98*k)
	want := math.Exp(q*math.Log(m.w[2]) + (1-q)*math.Log(m.w[0]))
	if got := m.Step(Memory{}, 0, Good, f).Stability; !near(got, want, 1e-12) {
		t.Errorf("right choice: %v, want %v", got, want)
	}
	q = .02 * k / (.02*k + .8*(1-k))
	want = math.Exp(q*math.Log(m.w[2]) + (1-q)*math.Log(m.w[0]))
	if got := m.Step(Memory{}, 0, Again, f).Stability; !near(got, want, 1e-12) {
		t.Errorf("wrong choice: %v, want %v", got, want)
	}
}

// TestGuessableAnswersSayLess: a right choice lies between a lapse and a
// recalled pass, and easy is good.
func TestGuessableAnswersSayLess(t *testing.T) {
	m := model(t)
	rapid.Check(t, func(rt *rapid.T) {
		mem := Memory{
			rapid.Float64Range(0.1, 5000).Draw(rt, "s"),
			rapid.Float64Range(1, 10).Draw(rt, "d"),
		}
		days := float64(rapid.IntRange(0, 3000).Draw(rt, "days"))
		f := Choice(rapid.IntRange(2, 8).Draw(rt, "options"))
		got := m.Step(mem, days, Good, f)
		again, good := m.Step(mem, days, Again, Plain), m.Step(mem, days, Good, Plain)
		within(rt, "stability", got.Stability, again.Stability, good.Stability)
		within(rt, "difficulty", got.Difficulty, good.Difficulty, again.Difficulty)
		if easy := m.Step(mem, days, Easy, f); easy != got {
			rt.Fatalf("easy %v, good %v", easy, got)
		}
		if wrong, hard := m.Step(mem, days, Again, f), m.Step(mem, days, Hard, f); wrong.Stability > hard.Stability {
			rt.Fatalf("wrong %v above hard %v", wrong, hard)
		}
	})
}

// TestSameDayWrongIsNoSlip: whole days make the model's recall 1 on the same
// day, which must not excuse a wrong answer.
func TestSameDayWrongIsNoSlip(t *testing.T) {
	m := model(t)
	before := Memory{5, 5}
	if after := m.Step(before, 0, Again, Choice(4)); after.Stability >= before.Stability {
		t.Errorf("a wrong choice on the same day: %v to %v", before, after)
	}
}
