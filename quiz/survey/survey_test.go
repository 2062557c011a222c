package survey_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/survey"
)

const today = 20_000

// made is a class with chance cards.
func made(seed uint64, students int) survey.Class {
	chance := rand.New(rand.NewPCG(seed, 1))
	c := survey.Class{
		Assignment: quiz.Assignment{Start: today - 10, Day: today + 10, Aim: quiz.ToKnow, Want: 80, Minutes: 10, Late: true},
		Facets:     map[int64]int{}, Today: today,
	}
	for i := range 5 + chance.IntN(20) {
		id := int64(i + 1)
		c.Facts = append(c.Facts, quiz.Fact{ID: id, Key: "f" + strconv.Itoa(i), Date: edtf.MustParse(strconv.Itoa(1800 + i))})
		c.Facets[id] = 1 + chance.IntN(3)
	}
	for i := range students {
		p := survey.Pupil{Student: quiz.Student{ID: int64(i + 1)}, Retention: 0.9, Joined: today - 10, Pace: 9 * time.Second}
		begun := chance.IntN(4) > 0
		for _, f := range c.Facts {
			for facet := range c.Facets[f.ID] {
				if begun && chance.IntN(3) > 0 {
					p.Cards = append(p.Cards, card(chance, f.ID, quiz.Facet(facet+1)))
				}
			}
		}
		p.Answers = chance.IntN(200)
		p.Right = chance.IntN(p.Answers + 1)
		c.Pupils = append(c.Pupils, p)
	}
	for range chance.IntN(5) {
		c.Mixes = append(c.Mixes, survey.Mix{Fact: c.Facts[chance.IntN(len(c.Facts))].ID, With: 1, People: chance.IntN(students + 1)})
	}
	return c
}

func card(chance *rand.Rand, fact int64, facet quiz.Facet) quiz.Card {
	last := int64(today - chance.IntN(10))
	return quiz.Card{
		CardID: quiz.CardID{Fact: fact, Facet: facet}, Version: 1, DueDay: last + int64(chance.IntN(12)),
		Memory: fsrs.Card{Phase: fsrs.PhaseReview, LastDay: last, Memory: fsrs.Memory{Stability: 0.5 + 20*chance.Float64(), Difficulty: 5}},
	}
}

// What is told of a class holds together: shares are shares, each student is in one
// state, sums are those of the rows, and a lesson is about the class's own facts.
func TestSurveysHoldTogether(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		c := made(seed, 1+int(seed%12))
		r := survey.Of(c, survey.Foretell)
		known, states := 0.0, 0
		for _, row := range r.Rows {
			share(t, seed, "known", row.Known)
			share(t, seed, "expected", row.Expected.Share)
			sum := 0.0
			for _, ink := range row.Inks {
				if ink >= 0 {
					share(t, seed, "ink", ink)
					sum += ink
				}
			}
			if math.Abs(sum/float64(len(c.Facts))-row.Known) > 1e-9 {
				t.Errorf("seed %d: inks give %v, known is %v", seed, sum/float64(len(c.Facts)), row.Known)
			}
			if (len(row.Cards) == 0) != (row.State == survey.NotBegun) || (row.State == survey.Stuck) != (row.Why != "") {
				t.Errorf("seed %d: %d cards, state %q, why %q", seed, len(row.Cards), row.State, row.Why)
			}
			if row.OnTrack && row.State == survey.NotBegun {
				t.Errorf("seed %d: on track without a card", seed)
			}
			known += row.Known
		}
		for _, s := range []survey.State{survey.NotBegun, survey.Stuck, survey.Fine} {
			states += len(r.In(s))
		}
		if states != len(c.Pupils) || math.Abs(known/float64(len(c.Pupils))-r.Known) > 1e-9 {
			t.Errorf("seed %d: %d students in states, known %v", seed, states, r.Known)
		}
		for _, l := range r.Lessons(5) {
			share(t, seed, "lesson", l.Share)
		}
		for _, f := range r.Fading(6) {
			if c.Facets[f.ID] == 0 {
				t.Errorf("seed %d: fact %d is not of the class", seed, f.ID)
			}
		}
		if n := r.Within(5 * time.Minute); n < quiz.QuizLeast || n > quiz.QuizMost {
			t.Errorf("seed %d: %d questions in five minutes", seed, n)
		}
	}
}

func share(t *testing.T, seed uint64, what string, x float64) {
	t.Helper()
	if !(x >= 0 && x <= 1+1e-9) {
		t.Errorf("seed %d: %s is %v", seed, what, x)
	}
}

// one surveys a class of one student.
func one(change func(*survey.Class, *survey.Pupil)) survey.Row {
	c := survey.Class{
		Assignment: quiz.Assignment{Start: today - 10, Day: today + 10, Aim: quiz.ToKnow, Want: 80, Minutes: 10},
		Facets:     map[int64]int{}, Today: today,
	}
	p := survey.Pupil{Student: quiz.Student{ID: 1}, Retention: 0.9, Joined: today - 10, Pace: 9 * time.Second, Answers: 100, Right: 90}
	for i := range int64(10) {
		c.Facts = append(c.Facts, quiz.Fact{ID: i + 1, Key: "f" + strconv.FormatInt(i, 10), Date: edtf.MustParse("1900")})
		c.Facets[i+1] = 1
		p.Cards = append(p.Cards, quiz.Card{
			CardID: quiz.CardID{Fact: i + 1, Facet: quiz.When}, Version: 1, DueDay: today + 5,
			Memory: fsrs.Card{Phase: fsrs.PhaseReview, LastDay: today - 1, Memory: fsrs.Memory{Stability: 30, Difficulty: 5}},
		})
	}
	change(&c, &p)
	c.Pupils = []survey.Pupil{p}
	return survey.Of(c, survey.Foretell).Rows[0]
}

func TestWhoIsStuck(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]struct {
		change func(*survey.Class, *survey.Pupil)
		state  survey.State
		why    survey.Why
		track  bool
	}{
		"well":         {func(*survey.Class, *survey.Pupil) {}, survey.Fine, "", true},
		"not begun":    {func(_ *survey.Class, p *survey.Pupil) { p.Cards = nil }, survey.NotBegun, "", false},
		"away":         {func(_ *survey.Class, p *survey.Pupil) { back(p, 6, 3) }, survey.Stuck, survey.Away, true},
		"away, all is": {func(_ *survey.Class, p *survey.Pupil) { back(p, 6, 30) }, survey.Fine, "", true},
		"missing":      {func(_ *survey.Class, p *survey.Pupil) { p.Right = 30 }, survey.Stuck, survey.Missing, true},
		"few answers":  {func(_ *survey.Class, p *survey.Pupil) { p.Answers, p.Right = 5, 0 }, survey.Fine, "", true},
		"late":         {func(_ *survey.Class, p *survey.Pupil) { p.Cards, p.Answers, p.Right = p.Cards[:3], 3, 3 }, survey.Stuck, survey.Late, false},
		"just joined": {func(_ *survey.Class, p *survey.Pupil) {
			p.Cards, p.Answers, p.Right, p.Joined = p.Cards[:1], 1, 1, today
		}, survey.Fine, "", true},
		"over":    {func(c *survey.Class, p *survey.Pupil) { c.Day = today; p.Cards = p.Cards[:3] }, survey.Fine, "", false},
		"learned": {func(c *survey.Class, _ *survey.Pupil) { c.Aim, c.Want = quiz.ToLearn, 10 }, survey.Fine, "", true},
		"not learned": {func(c *survey.Class, p *survey.Pupil) {
			c.Aim, c.Want, p.Cards, p.Answers = quiz.ToLearn, 10, p.Cards[:2], 2
			p.Right = 2
		}, survey.Stuck, survey.Late, false},
	} {
		row := one(o.change)
		if row.State != o.state || row.Why != o.why || row.OnTrack != o.track {
			t.Errorf("%s: %q %q, on track %t, expected %.2f", name, row.State, row.Why, row.OnTrack, row.Expected.Share)
		}
	}
}

// back sets the last answers back by days; the cards are due after so many.
func back(p *survey.Pupil, days, due int64) {
	for i := range p.Cards {
		p.Cards[i].Memory.LastDay = today - days
		p.Cards[i].DueDay = today - days + due
	}
}

func TestWhatIsTaughtAgain(t *testing.T) {
	t.Parallel()
	c := made(4, 10)
	for i := range c.Pupils { // all know all of it well, but the first fact, and none has met the second
		c.Pupils[i].Cards = nil
		for _, f := range c.Facts {
			stable := 50.0
			if f.ID == 1 {
				stable = 0.05
			}
			if f.ID != 2 {
				c.Pupils[i].Cards = append(c.Pupils[i].Cards, quiz.Card{
					CardID: quiz.CardID{Fact: f.ID, Facet: quiz.When}, Version: 1, DueDay: today + 1,
					Memory: fsrs.Card{Phase: fsrs.PhaseReview, LastDay: today - 5, Memory: fsrs.Memory{Stability: stable, Difficulty: 5}},
				})
			}
		}
	}
	c.Mixes = []survey.Mix{{Fact: 3, With: 4, People: 7}, {Fact: 3, With: 5, People: 2}, {Fact: 4, With: 3, People: 1}}
	got := map[int64]survey.Hard{}
	for _, l := range survey.Of(c, survey.Foretell).Lessons(9) {
		got[l.ID] = l.Why
	}
	if len(got) != 3 || got[1] != survey.Faded || got[2] != survey.Unmet || got[3] != survey.Confused {
		t.Errorf("%v", got)
	}
	if f := survey.Of(c, survey.Foretell).Fading(1); len(f) != 1 || f[0].ID != 1 {
		t.Errorf("fading: %v", f)
	}
}
