package fsrs

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func schedulers() *rapid.Generator[*Scheduler] {
	return rapid.Custom(func(t *rapid.T) *Scheduler {
		m, err := New(weights().Draw(t, "w"))
		if err != nil {
			t.Fatal(err)
		}
		minutes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.IntRange(1, 900).Draw(t, "minutes")) * time.Minute
		}), 0, 3)
		return &Scheduler{
			Model:            m,
			DesiredRetention: rapid.Float64Range(0.7, 0.99).Draw(t, "retention"),
			Learning:         minutes.Draw(t, "learning"),
			Relearning:       minutes.Draw(t, "relearning"),
			MaxInterval:      rapid.SampledFrom([]int{1, 2, 3, 30, 36500}).Draw(t, "max"),
		}
	})
}

// TestSchedulerProperties answers random cards at random and checks all documented
// properties of AnswerCard and PreviewAnswers.
func TestSchedulerProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := schedulers().Draw(rt, "scheduler")
		if err := s.Validate(); err != nil {
			rt.Fatal(err)
		}
		seed := rapid.Uint64().Draw(rt, "seed")
		today := rapid.Int64Range(-1000, 30000).Draw(rt, "today")
		var c CardState
		for range rapid.IntRange(1, 25).Draw(rt, "answers") {
			f, r := forms().Draw(rt, "form"), rating().Draw(rt, "rating")
			preview := s.PreviewAnswers(c, today, f, seed)
			next := s.AnswerCard(c, today, r, f, seed)
			if next != preview[r-1] {
				rt.Fatalf("%v: preview %+v, answer %+v", r, preview[r-1], next)
			}
			inOrder(rt, preview)
			sensible(rt, s, c, next, today)
			c = next.Card
			today += rapid.OneOf(rapid.Just(int64(next.Days)), rapid.Int64Range(-3, 100)).Draw(rt, "pause")
		}
	})
}

func inOrder(t *rapid.T, p [4]NextState) {
	days := 0
	for r := Hard; r <= Easy; r++ {
		if d := p[r-1].Days; d > 0 {
			if d < days {
				t.Fatalf("%v comes after %d days, a worse rating after %d", r, d, days)
			}
			days = d
		}
	}
}

func sensible(t *rapid.T, s *Scheduler, before CardState, n NextState, today int64) {
	if (n.Wait > 0) == (n.Days > 0) || n.Wait < 0 || n.Days < 0 || n.Days > s.MaxInterval {
		t.Fatalf("wait %v, days %d", n.Wait, n.Days)
	}
	if (n.Card.Phase == PhaseReview) != (n.Days > 0) {
		t.Fatalf("%v with wait %v, days %d", n.Card.Phase, n.Wait, n.Days)
	}
	if n.Card.Reps != before.Reps+1 || n.Card.LastDay != today || !n.Card.Memory.IsSet() {
		t.Fatalf("%+v after %+v", n.Card, before)
	}
	within(t, "stability", n.Card.Memory.Stability, MinStability, MaxStability)
	within(t, "difficulty", n.Card.Memory.Difficulty, MinDifficulty, MaxDifficulty)
}

func TestPhases(t *testing.T) {
	const m = time.Minute
	review := CardState{Phase: PhaseReview, Memory: Memory{10, 5}, LastDay: 0}
	for _, c := range []struct {
		name  string
		steps []time.Duration // learning and relearning
		card  CardState
		r     Rating
		phase Phase
		step  uint8
		wait  time.Duration // 0: days
	}{
		{"new again", []time.Duration{m, 10 * m}, CardState{}, Again, PhaseLearning, 0, m},
		{"new hard", []time.Duration{m, 10 * m}, CardState{}, Hard, PhaseLearning, 0, 5*m + 30*time.Second},
		{"new good", []time.Duration{m, 10 * m}, CardState{}, Good, PhaseLearning, 1, 10 * m},
		{"new easy", []time.Duration{m, 10 * m}, CardState{}, Easy, PhaseReview, 0, 0},
		{"one step hard", []time.Duration{10 * m}, CardState{}, Hard, PhaseLearning, 0, 15 * m},
		{"one step good", []time.Duration{10 * m}, CardState{}, Good, PhaseReview, 0, 0},
		{"no step again", nil, CardState{}, Again, PhaseReview, 0, 0},
		{"no step hard", nil, CardState{}, Hard, PhaseReview, 0, 0},
		{"second again", []time.Duration{m, 10 * m}, CardState{Phase: PhaseLearning, Step: 1}, Again, PhaseLearning, 0, m},
		{"second hard", []time.Duration{m, 10 * m}, CardState{Phase: PhaseLearning, Step: 1}, Hard, PhaseLearning, 1, 10 * m},
		{"last good", []time.Duration{m, 10 * m}, CardState{Phase: PhaseLearning, Step: 1}, Good, PhaseReview, 0, 0},
		{"list grew shorter", []time.Duration{m}, CardState{Phase: PhaseLearning, Step: 7}, Hard, PhaseLearning, 0, m + 30*time.Second},
		{"review again", []time.Duration{10 * m}, review, Again, PhaseRelearning, 0, 10 * m},
		{"review again, no step", nil, review, Again, PhaseReview, 0, 0},
		{"review hard", []time.Duration{10 * m}, review, Hard, PhaseReview, 0, 0},
		{"relearning good", []time.Duration{10 * m}, CardState{Phase: PhaseRelearning}, Good, PhaseReview, 0, 0},
		{"relearning again", []time.Duration{10 * m}, CardState{Phase: PhaseRelearning}, Again, PhaseRelearning, 0, 10 * m},
	} {
		s := Default()
		s.Learning, s.Relearning = c.steps, c.steps
		n := s.AnswerCard(c.card, 10, c.r, PlainForm, 1)
		if n.Card.Phase != c.phase || n.Card.Step != c.step || n.Wait != c.wait || (n.Days > 0) != (c.wait == 0) {
			t.Errorf("%s: %v step %d, wait %v, days %d", c.name, n.Card.Phase, n.Card.Step, n.Wait, n.Days)
		}
		lapsed := c.card.Phase == PhaseReview && c.r == Again
		if (n.Card.Lapses == 1) != lapsed {
			t.Errorf("%s: %d lapses", c.name, n.Card.Lapses)
		}
	}
}

func TestGuessableEasyStaysOnSteps(t *testing.T) {
	if n := Default().AnswerCard(CardState{}, 0, Easy, ChoiceForm(4), 1); n.Wait != 10*time.Minute {
		t.Errorf("easy choice: wait %v, days %d", n.Wait, n.Days)
	}
}

func TestLearned(t *testing.T) {
	card := CardState{Phase: PhaseReview, Memory: Memory{10, 5}, LastDay: 100}
	learned := card
	learned.Learned = true
	for _, c := range []struct {
		name  string
		card  CardState
		today int64
		r     Rating
		f     Form
		want  bool
	}{
		{"seven days", card, 107, Hard, PlainForm, true},
		{"six days", card, 106, Easy, PlainForm, false},
		{"clock went back", card, 90, Good, PlainForm, false},
		{"typed with tolerance", card, 107, Good, NearForm(0.05), true},
		{"choice", card, 200, Good, ChoiceForm(4), false},
		{"wrong", card, 107, Again, PlainForm, false},
		{"first meeting", CardState{}, 20000, Good, PlainForm, false},
		{"stays", learned, 101, Good, ChoiceForm(4), true},
		{"lapse", learned, 107, Again, ChoiceForm(4), false},
	} {
		if got := Default().AnswerCard(c.card, c.today, c.r, c.f, 1).Card.Learned; got != c.want {
			t.Errorf("%s: learned %v", c.name, got)
		}
	}
}

func TestCountsSaturate(t *testing.T) {
	c := CardState{Phase: PhaseReview, Memory: Memory{10, 5}, Reps: math.MaxUint32, Lapses: math.MaxUint32}
	n := Default().AnswerCard(c, 10, Again, PlainForm, 1).Card
	if n.Reps != math.MaxUint32 || n.Lapses != math.MaxUint32 {
		t.Errorf("reps %d, lapses %d", n.Reps, n.Lapses)
	}
}

func TestExtremeDays(t *testing.T) {
	c := CardState{Phase: PhaseReview, Memory: Memory{10, 5}, LastDay: math.MinInt64}
	n := Default().AnswerCard(c, math.MaxInt64, Good, PlainForm, 1)
	if n.Days < 1 || n.Days > 36500 || math.IsNaN(n.Card.Memory.Stability) {
		t.Errorf("%+v", n)
	}
}

func TestSchedulerValidate(t *testing.T) {
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Scheduler){
		"no model":      func(s *Scheduler) { s.Model = nil },
		"retention 1":   func(s *Scheduler) { s.DesiredRetention = 1 },
		"retention NaN": func(s *Scheduler) { s.DesiredRetention = math.NaN() },
		"no days":       func(s *Scheduler) { s.MaxInterval = 0 },
		"step of 0":     func(s *Scheduler) { s.Learning = []time.Duration{0} },
		"many steps":    func(s *Scheduler) { s.Relearning = make([]time.Duration, 256) },
	} {
		s := Default()
		if spoil(s); s.Validate() == nil {
			t.Errorf("%s passed", name)
		}
	}
}
