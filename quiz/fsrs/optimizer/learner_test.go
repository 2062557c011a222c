package optimizer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"chronicle/quiz/fsrs"
)

// learner is a simulated person whose true memory is known.
type learner struct {
	weights fsrs.Weights
	cards   float64 // how much cards differ (σ of ln S), unknown to the model
	slips   float64 // share of wrong answers although the fact was known
	sm2     bool    // intervals grow by a factor instead of following the default weights
	hard    float64 // hard and easy are shares of right answers
	easy    float64
	asked   bool         // asked in Chronicle's forms, which can be guessed, not as flashcards
	effects fsrs.Effects // differences between the true and the recorded forms
}

// anybody returns a learner whose weights differ from the defaults as those of real
// people do.
func anybody(rnd *rand.Rand) learner {
	l := learner{cards: 0.4 * rnd.Float64(), slips: 0.03 * rnd.Float64(), sm2: rnd.IntN(3) == 0, hard: 0.2 * rnd.Float64(), easy: 0.2 * rnd.Float64()}
	l.weights = fsrs.DefaultWeights
	for i := range l.weights {
		if i < stabilityWeights {
			l.weights[i] *= math.Exp(0.8 * rnd.NormFloat64())
		} else {
			l.weights[i] += 0.7 * weightSigmas[i] * rnd.NormFloat64()
		}
	}
	l.weights = l.weights.Clipped()
	slices.Sort(l.weights[:stabilityWeights])
	return l
}

// plain returns the learner without card differences and slips, exactly as the model
// assumes.
func (l learner) plain() learner {
	l.cards, l.slips = 0, 0
	return l
}

// answer is a row with its true chance of being right.
type answer struct {
	ReviewRow
	chance float64
}

// met is a started card, with its true memory and its schedule.
type met struct {
	name           string
	truth, belief  fsrs.Memory
	easier         float64 // ln of the factor by which this card is easier than the model assumes
	last           int
	interval, ease float64 // for intervals that grow by a factor
}

// life simulates the given number of answers: each day some new cards, and those that
// are due.
func (l learner) life(rnd *rand.Rand, answers int) []answer {
	y := &year{learner: l, rnd: rnd, most: answers}
	y.model, y.scheduler = must(l.weights), must(fsrs.DefaultWeights)
	for day := 0; len(y.answers) < answers; day++ {
		for range max(3, answers/400) {
			y.begin(day)
		}
		for len(y.due) <= day {
			y.due = append(y.due, nil)
		}
		for _, c := range y.due[day] {
			y.review(c, day)
		}
	}
	return y.answers[:answers]
}

func must(w fsrs.Weights) *fsrs.FSRS6 {
	m, err := fsrs.New(w)
	if err != nil {
		panic(err)
	}
	return m
}

// year is the state of a running simulation.
type year struct {
	learner
	rnd              *rand.Rand
	model, scheduler *fsrs.FSRS6
	answers          []answer
	cards, most      int
	due              [][]*met // by day
}

// begin learns a new card, answered once or a few times that day.
func (y *year) begin(day int) {
	y.cards++
	if y.asked {
		y.meet(day)
		return
	}
	c := &met{name: fmt.Sprint("card ", y.cards), easier: y.learner.cards * y.rnd.NormFloat64(), last: day, ease: 2.5}
	r := [...]fsrs.Rating{1, 1, 2, 3, 3, 3, 3, 3, 3, 4}[y.rnd.IntN(10)]
	y.answer(c, -1, r, 0)
	y.relearn(c, r)
	y.schedule(c, day, r)
}

func (y *year) review(c *met, day int) {
	days := float64(day - c.last)
	if y.asked {
		c.last = day
		r := y.inForm(c, days)
		for range 3 { // again on the same day until right, at most three times
			if r != fsrs.Again {
				break
			}
			r = y.inForm(c, 0)
		}
		y.schedule(c, day, r)
		return
	}
	chance := y.model.Retrievability(c.truth, days) * (1 - y.slips)
	r := fsrs.Again
	if y.rnd.Float64() < chance {
		r = y.right()
	}
	c.last = day
	y.answer(c, days, r, chance)
	y.relearn(c, r)
	y.schedule(c, day, r)
}

func (y *year) right() fsrs.Rating {
	switch x := y.rnd.Float64(); {
	case x < y.hard:
		return fsrs.Hard
	case x < y.hard+y.easy:
		return fsrs.Easy
	}
	return fsrs.Good
}

// relearn asks a forgotten card again on the same day.
func (y *year) relearn(c *met, r fsrs.Rating) {
	for r == fsrs.Again && y.rnd.Float64() < 0.7 {
		if y.rnd.Float64() < 0.8 {
			r = fsrs.Good
		}
		y.answer(c, 0, r, 0)
	}
}

func (y *year) answer(c *met, days float64, r fsrs.Rating, chance float64) {
	n := len(y.answers) + 1
	y.answers = append(y.answers, answer{ReviewRow{Line: n, Card: c.name, Time: int64(n), Days: days, Rating: r, Target: days > 0}, chance})
	c.truth = y.model.NextMemory(c.truth, max(days, 0), r, fsrs.PlainForm)
	c.belief = y.scheduler.NextMemory(c.belief, max(days, 0), r, fsrs.PlainForm)
	if days != 0 {
		by := c.easier
		if days > 0 {
			by *= 0.15
		}
		c.truth.Stability = clamp(c.truth.Stability*math.Exp(by), fsrs.MinStability, fsrs.MaxStability)
	}
}

// schedule sets the card's next day, occasionally much too late.
func (y *year) schedule(c *met, day int, r fsrs.Rating) {
	switch {
	case r == fsrs.Again:
		c.interval, c.ease = 1, max(1.3, c.ease-0.2)
	case c.interval == 0:
		c.interval = 1
	default:
		c.interval *= c.ease
	}
	days := c.interval
	if !y.sm2 {
		days = y.scheduler.Interval(c.belief.Stability, 0.9)
	}
	days *= 0.85 + 0.3*y.rnd.Float64()
	if y.rnd.IntN(10) == 0 {
		days *= 1 + 1.5*y.rnd.Float64()
	}
	on := day + max(1, int(min(days+0.5, 1000)))
	for len(y.due) <= on {
		y.due = append(y.due, nil)
	}
	y.due[on] = append(y.due[on], c)
}

// meet learns a new card in a form, answered at least twice that day.
func (y *year) meet(day int) {
	c := &met{name: fmt.Sprint("card ", y.cards), easier: y.learner.cards * y.rnd.NormFloat64(), last: day, ease: 2.5}
	r := y.inForm(c, -1)
	for first := true; first || r == fsrs.Again && y.rnd.IntN(5) > 0; first = false {
		r = y.inForm(c, 0)
	}
	y.schedule(c, day, r)
}

// form returns a form in which the card may be asked now: only choice forms while it
// is young.
func (y *year) form(c *met) classedForm {
	young := []classedForm{
		{fsrs.ChoiceForm(3), fsrs.ClassChoice}, {fsrs.ChoiceForm(4), fsrs.ClassChoice}, {fsrs.EitherForm(), fsrs.ClassEither},
	}
	old := []classedForm{
		{fsrs.RecallForm(), fsrs.ClassTyped},
		{fsrs.RecallForm(), fsrs.ClassTyped},
		{fsrs.OrderForm(4), fsrs.ClassOrder},
		{fsrs.NearForm(0.08), fsrs.ClassNear},
		{fsrs.MatchForm(4), fsrs.ClassMatch},
		{fsrs.ChoiceForm(4), fsrs.ClassChoice},
		{fsrs.EitherForm(), fsrs.ClassEither},
	}
	if c.belief.Stability < 7 {
		return young[y.rnd.IntN(len(young))]
	}
	return old[y.rnd.IntN(len(old))]
}

// inForm asks the card in a form. The true memory changes by whether the fact was
// known; the recorded rating says only whether the answer was right.
func (y *year) inForm(c *met, days float64) fsrs.Rating {
	told := y.form(c)
	form := y.effects.Apply(told.class, told.form)
	recall := fsrs.PriorKnowledge
	switch {
	case days == 0:
		recall = fsrs.SameDayRecall
	case days > 0:
		recall = y.model.Retrievability(c.truth, days)
	}
	knew := y.rnd.Float64() < form.KnownProbability(recall)
	right := knew && y.rnd.Float64() >= form.Slip || !knew && y.rnd.Float64() < form.Guess
	seen, truly := fsrs.Again, fsrs.Again
	if knew {
		truly = y.right()
	}
	if right {
		if seen = truly; seen == fsrs.Again {
			seen = fsrs.Good
		}
		seen = min(seen, fsrs.Good)
	}
	n := len(y.answers) + 1
	y.answers = append(y.answers, answer{ReviewRow{
		Line: n, Card: c.name, Time: int64(n), Days: days, Rating: seen, Target: days > 0, Form: told.form, Class: told.class,
	}, form.PredictCorrect(recall)})
	c.truth = y.model.NextMemory(c.truth, max(days, 0), truly, fsrs.Form{Strength: form.Strength})
	c.belief = y.scheduler.NextMemory(c.belief, max(days, 0), seen, told.form)
	return seen
}
