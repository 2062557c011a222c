package fsrs

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func forms() *rapid.Generator[Form] {
	return rapid.SampledFrom([]Form{
		PlainForm, RecallForm(), ChoiceForm(2), ChoiceForm(4), ChoiceForm(10), EitherForm(), NearForm(0.03), OrderForm(4), MatchForm(5),
		{Guess: 0.8, Ease: 1, Strength: 0.7, Slip: 0.02},
	})
}

func TestFormValidate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(-1, 200).Draw(rt, "n")
		for _, f := range []Form{ChoiceForm(n), OrderForm(n), MatchForm(n), NearForm(rapid.Float64().Draw(rt, "share"))} {
			if err := f.Validate(); err != nil {
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
		if f.Validate() == nil {
			t.Errorf("%+v passed", f)
		}
	}
}

func TestStartValues(t *testing.T) {
	for _, c := range []struct {
		got, want Form
	}{
		{ChoiceForm(4), Form{0.2, 1, 0.7, 0.02}},
		{EitherForm(), Form{0.5, 1, 0.5, 0.02}},
		{RecallForm(), Form{0, 0, 1, 0.02}},
		{NearForm(0.1), Form{0.1, 0, 1, 0.02}},
	} {
		if c.got != c.want {
			t.Errorf("%+v, want %+v", c.got, c.want)
		}
	}
	if got := OrderForm(4).Guess; !near(got, 1.0/24, 1e-15) {
		t.Errorf("order of 4 guessed at %v", got)
	}
}

// TestPosteriorKnownIsBayes checks PosteriorKnown by counting simulated outcomes
// instead of inverting the formula.
func TestPosteriorKnownIsBayes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := forms().Draw(rt, "form")
		r := rapid.Float64Range(0.001, 0.999).Draw(rt, "recall")
		right := f.PredictCorrect(r)
		k := 1 / (1 + math.Exp(-(math.Log(r/(1-r)) + f.Ease)))
		if got := right*f.PosteriorKnown(r, true) + (1-right)*f.PosteriorKnown(r, false); !near(got, k, 1e-12) {
			rt.Fatalf("beliefs average to %v, want the prior %v", got, k)
		}
		if f.PosteriorKnown(r, true) < f.PosteriorKnown(r, false) {
			rt.Fatalf("a right answer says less than a wrong one")
		}
	})
}

func TestFirstMeeting(t *testing.T) {
	m := model(t)
	f := ChoiceForm(4)
	k := 1 / (1 + math.Exp(-(math.Log(.3/.7) + 1)))
	q := .98 * k / (.2*(1-k) + .98*k)
	want := math.Exp(q*math.Log(m.w[2]) + (1-q)*math.Log(m.w[0]))
	if got := m.NextMemory(Memory{}, 0, Good, f).Stability; !near(got, want, 1e-12) {
		t.Errorf("right choice: %v, want %v", got, want)
	}
	q = .02 * k / (.02*k + .8*(1-k))
	want = math.Exp(q*math.Log(m.w[2]) + (1-q)*math.Log(m.w[0]))
	if got := m.NextMemory(Memory{}, 0, Again, f).Stability; !near(got, want, 1e-12) {
		t.Errorf("wrong choice: %v, want %v", got, want)
	}
}

// TestGuessableAnswersChangeLess checks that a right choice changes the memory to
// between a lapse and a recalled pass, and that easy equals good.
func TestGuessableAnswersChangeLess(t *testing.T) {
	m := model(t)
	rapid.Check(t, func(rt *rapid.T) {
		mem := Memory{
			rapid.Float64Range(0.1, 5000).Draw(rt, "s"),
			rapid.Float64Range(1, 10).Draw(rt, "d"),
		}
		days := float64(rapid.IntRange(0, 3000).Draw(rt, "days"))
		f := ChoiceForm(rapid.IntRange(2, 8).Draw(rt, "options"))
		got := m.NextMemory(mem, days, Good, f)
		again, good := m.NextMemory(mem, days, Again, PlainForm), m.NextMemory(mem, days, Good, PlainForm)
		within(rt, "stability", got.Stability, again.Stability, good.Stability)
		within(rt, "difficulty", got.Difficulty, good.Difficulty, again.Difficulty)
		if easy := m.NextMemory(mem, days, Easy, f); easy != got {
			rt.Fatalf("easy %v, good %v", easy, got)
		}
		if wrong, hard := m.NextMemory(mem, days, Again, f), m.NextMemory(mem, days, Hard, f); wrong.Stability > hard.Stability {
			rt.Fatalf("wrong %v above hard %v", wrong, hard)
		}
	})
}

// TestSameDayWrongAnswer checks that a wrong answer on the same day is not excused,
// although the model's recall is then 1.
func TestSameDayWrongAnswer(t *testing.T) {
	m := model(t)
	before := Memory{5, 5}
	if after := m.NextMemory(before, 0, Again, ChoiceForm(4)); after.Stability >= before.Stability {
		t.Errorf("a wrong choice on the same day: %v to %v", before, after)
	}
}
