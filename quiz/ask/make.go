package ask

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// MaxOptions is how many options a choice shows at most.
const MaxOptions = 4

// window is how many neighbours on either side are looked at for options, so
// that the cost of a question does not grow with the deck. Beyond them only a
// few are, at doubling distances and at both ends of the deck, for where many
// facts share a date.
const (
	window = 40
	ends   = 8
)

// Make generates the question of that kind for a facet of a fact, with 2 to
// most options; the same seed gives the same question. It is false when the
// deck's facts do not prove that there is one right answer.
func (p *Pool) Make(id quiz.CardID, k quiz.Kind, most int, seed uint64) (quiz.Question, bool) {
	i, ok := p.at[id.Fact]
	if !ok {
		return quiz.Question{}, false
	}
	most = min(most, MaxOptions)
	if k != quiz.Flip && (most < 2 || p.items[i].crowded) {
		return quiz.Question{}, false
	}
	rnd := rand.New(rand.NewPCG(seed, uint64(id.Fact)<<8|uint64(id.Facet)))
	switch {
	case k == quiz.WhenChoice && id.Facet == quiz.When:
		return p.whenChoice(i, most, rnd)
	case k == quiz.WhatChoice && id.Facet == quiz.What:
		return p.whatChoice(i, most, rnd)
	case k == quiz.Flip:
		return p.flip(i, id.Facet)
	}
	return quiz.Question{}, false
}

// whenChoice shows an event and dates of one shape. The finest shape that
// proves two wrong options is taken, else the finest that proves one.
func (p *Pool) whenChoice(i, most int, rnd *rand.Rand) (quiz.Question, bool) {
	it := &p.items[i]
	var best []quiz.Option
	for _, f := range it.faces {
		wrong := p.wrongDates(i, f, most-1, rnd)
		if len(wrong) > len(best) {
			right := quiz.Option{Date: f.date, Fact: it.ID, Relation: edtf.Same}
			best = append([]quiz.Option{right}, wrong...)
		}
		if len(wrong) >= min(2, most-1) {
			break
		}
	}
	if len(best) < 2 {
		return quiz.Question{}, false
	}
	for o := range best {
		best[o].Text = best[o].Date.In(p.Deck.Language)
	}
	q := quiz.Question{
		Kind: quiz.WhenChoice, Facet: quiz.When, Fact: it.ID,
		Stem: it.Event, Precision: best[0].Date.Precision(),
	}
	deal(&q, best, rnd)
	return q, true
}

// wrongDates are up to n dates of other facts in the shape of f, each provably
// wrong for the event and no two alike. Chance says how many of them are to be
// before the right one: taking the nearest of both sides would leave the right
// date in the middle too often.
func (p *Pool) wrongDates(i int, f face, n int, rnd *rand.Rand) []quiz.Option {
	room := map[edtf.Relation]int{edtf.Before: rnd.IntN(n + 1)}
	room[edtf.After] = n - room[edtf.Before]
	var out, spare []quiz.Option
	for _, j := range p.near(i, p.faces[f.shape], rnd) {
		if len(out) == n {
			break
		}
		other := &p.items[j]
		at := slices.IndexFunc(other.faces, func(o face) bool { return o.shape == f.shape })
		date := other.faces[at].date
		if !p.wrongDate(i, f.date, date) || meetsAny(out, date) {
			continue
		}
		o := quiz.Option{Date: date, Fact: other.ID, Relation: edtf.Compare(date, f.date)}
		if room[o.Relation] == 0 {
			spare = append(spare, o)
			continue
		}
		room[o.Relation]--
		out = append(out, o)
	}
	for _, o := range spare {
		if len(out) < n && !meetsAny(out, o.Date) {
			out = append(out, o)
		}
	}
	return out
}

// meetsAny tells whether the date is not provably apart from all the options.
func meetsAny(options []quiz.Option, date edtf.Date) bool {
	return slices.ContainsFunc(options, func(o quiz.Option) bool { return !edtf.Disjoint(o.Date, date) })
}

// wrongDate tells whether the date is disjoint from the right option and from
// every date that the event, in any of its wordings, may have.
func (p *Pool) wrongDate(i int, right, date edtf.Date) bool {
	it := &p.items[i]
	if !edtf.Disjoint(date, right) || it.Meets(date) {
		return false
	}
	for _, t := range it.twins {
		if p.items[t].Meets(date) {
			return false
		}
	}
	return true
}

// whatChoice shows a date and events of which only one can have it.
func (p *Pool) whatChoice(i, most int, rnd *rand.Rand) (quiz.Question, bool) {
	it := &p.items[i]
	date := asked(it.Date, p.Deck.Precision)
	options := []quiz.Option{{Text: it.Event, Date: date, Fact: it.ID, Relation: edtf.Same}}
	chosen := []int{i}
	for _, j := range p.near(i, p.all, rnd) {
		if len(options) == most {
			break
		}
		if !p.items[j].crowded && p.wrongEvent(date, j) && p.fits(chosen, j) {
			other := &p.items[j]
			chosen = append(chosen, j)
			options = append(options, quiz.Option{
				Text: other.Event, Date: other.Date, Fact: other.ID, Relation: edtf.Compare(other.Date, date),
			})
		}
	}
	if len(options) < 2 {
		return quiz.Question{}, false
	}
	q := quiz.Question{
		Kind: quiz.WhatChoice, Facet: quiz.What, Fact: it.ID,
		Stem: date.When(p.Deck.Language), Precision: date.Precision(),
	}
	deal(&q, options, rnd)
	return q, true
}

// wrongEvent tells whether the event, in any of its wordings, is provably not
// of that date.
func (p *Pool) wrongEvent(date edtf.Date, j int) bool {
	if p.items[j].Meets(date) {
		return false
	}
	for _, t := range p.items[j].twins {
		if p.items[t].Meets(date) {
			return false
		}
	}
	return true
}

// longest is how many times longer one option's event may be than another's.
const longest = 1.6

// fits tells whether the event can stand beside those chosen: of like length,
// and no wording or part of any of them.
func (p *Pool) fits(chosen []int, j int) bool {
	it := &p.items[j]
	for _, c := range chosen {
		other := &p.items[c]
		lo, hi := min(it.length, other.length), max(it.length, other.length)
		if float64(hi) > longest*float64(lo) || slices.Contains(it.twins, c) {
			return false
		}
		if quiz.SameEvent(it.words, other.words) ||
			strings.Contains(it.folded, other.folded) || strings.Contains(other.folded, it.folded) {
			return false
		}
	}
	return true
}

// flip shows one side of a flashcard. A date is shown only if no other fact
// of the deck may be of that date.
func (p *Pool) flip(i int, facet quiz.Facet) (quiz.Question, bool) {
	it := &p.items[i]
	date := asked(it.Date, p.Deck.Precision)
	q := quiz.Question{Kind: quiz.Flip, Facet: facet, Fact: it.ID, Precision: date.Precision(), Answer: -1}
	switch {
	case facet == quiz.When:
		q.Stem, q.Back = it.Event, date.In(p.Deck.Language)
	case facet == quiz.What && it.alone && date == it.Date:
		q.Stem, q.Back = date.When(p.Deck.Language), it.Event
	default:
		return quiz.Question{}, false
	}
	return q, true
}

// near lists other items, those that tempt most first: close in time, of the
// same people, places or subject, with some chance so that options vary. The list
// is sorted.
func (p *Pool) near(i int, among []int, rnd *rand.Rand) []int {
	at, _ := slices.BinarySearch(among, i)
	type scored struct {
		item  int
		score float64
	}
	all := make([]scored, 0, 2*window+64)
	add := func(place int) {
		if place >= 0 && place < len(among) && place != at {
			j := among[place]
			away := math.Abs(float64(place-at)) / window
			all = append(all, scored{j, 0.3*p.kinship(i, j) + 0.8*rnd.Float64() - away})
		}
	}
	for step := 1; step < len(among); step++ {
		if step > window {
			step = 2*step - 2
		}
		add(at - step)
		add(at + step)
	}
	for k := range min(ends, at-window) {
		add(k)
	}
	for k := range min(ends, len(among)-1-at-window) {
		add(len(among) - 1 - k)
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.item, b.item))
	})
	out := make([]int, len(all))
	for k, s := range all {
		out[k] = s.item
	}
	return out
}

// kinship is how much two events have in common, from 0 to about 2.
func (p *Pool) kinship(i, j int) float64 {
	a, b := &p.items[i], &p.items[j]
	k := quiz.Alike(a.words, b.words)
	for _, tag := range a.Tags {
		if slices.Contains(b.Tags, tag) {
			k += 0.5
			break
		}
	}
	return k
}

// deal puts the options into an order that says nothing; the first one given
// is right.
func deal(q *quiz.Question, options []quiz.Option, rnd *rand.Rand) {
	order := rnd.Perm(len(options))
	q.Options = make([]quiz.Option, len(options))
	for from, to := range order {
		q.Options[to] = options[from]
	}
	q.Answer = order[0]
}
