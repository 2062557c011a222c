package kinds

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"chronicle/quiz"
)

// nearWindow is how many neighbours on either side are looked at for options, so
// that the cost of a question does not grow with the deck. Beyond them only a
// few are, at doubling distances and at both ends of the deck, for where many
// facts share a date.
const (
	nearWindow = 40
	nearEnds   = 8
)

// maxLengthRatio is how many times longer one option's event may be than another's.
const maxLengthRatio = 1.6

// fitsBeside tells whether the event can stand beside those chosen: of like length,
// and no wording or part of any of them.
func (p *DeckIndex) fitsBeside(chosen []int, j int) bool {
	it := &p.items[j]
	for _, c := range chosen {
		other := &p.items[c]
		lo, hi := min(it.length, other.length), max(it.length, other.length)
		if float64(hi) > maxLengthRatio*float64(lo) || p.sameEvent(j, c) {
			return false
		}
	}
	return true
}

// sameEvent tells whether one event is a wording or a part of the other.
func (p *DeckIndex) sameEvent(i, j int) bool {
	a, b := &p.items[i], &p.items[j]
	return slices.Contains(a.sameEvent, j) || quiz.SameEvent(a.words, b.words) ||
		strings.Contains(a.folded, b.folded) || strings.Contains(b.folded, a.folded)
}

// nearItems lists other items, those that tempt most first: close in time, by the
// facts between them and by the years, and of the same people, places or
// subject, with some chance so that options vary. The list is sorted.
func (p *DeckIndex) nearItems(i int, among []int, rnd *rand.Rand) []int {
	at, _ := slices.BinarySearch(among, i)
	type scored struct {
		item  int
		score float64
	}
	all := make([]scored, 0, 2*nearWindow+64)
	add := func(place int) {
		if place >= 0 && place < len(among) && place != at && !slices.Contains(p.items[i].excludedItems, among[place]) {
			j := among[place]
			away := math.Abs(float64(place-at))/nearWindow + 0.25*math.Log2(1+p.yearsApart(i, j)/10)
			all = append(all, scored{j, 0.3*p.similarity(i, j) + 0.8*rnd.Float64() - away})
		}
	}
	for step := 1; step < len(among); step++ {
		if step > nearWindow {
			step = 2*step - 2
		}
		add(at - step)
		add(at + step)
	}
	for k := range min(nearEnds, at-nearWindow) {
		add(k)
	}
	for k := range min(nearEnds, len(among)-1-at-nearWindow) {
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

// yearsApart is how far two items lie apart, in years; 0 where they meet. Ends that
// are open lie nowhere.
func (p *DeckIndex) yearsApart(i, j int) float64 {
	a, b := &p.items[i], &p.items[j]
	days := max(0, b.Date.Lo()-a.Date.Hi(), a.Date.Lo()-b.Date.Hi())
	if a.Date.Open() || b.Date.Open() {
		return 0
	}
	return float64(days) / 365.2425
}

// similarity is how much two events have in common, from 0 to about 2.
func (p *DeckIndex) similarity(i, j int) float64 {
	a, b := &p.items[i], &p.items[j]
	k := quiz.EventSimilarity(a.words, b.words)
	for _, tag := range a.Tags {
		if slices.Contains(b.Tags, tag) {
			k += 0.5
			break
		}
	}
	return k
}

// shuffleOptions puts the options into an order that says nothing; the first one given
// is right.
func shuffleOptions(q *quiz.Question, options []quiz.Option, rnd *rand.Rand) {
	order := rnd.Perm(len(options))
	q.Options = make([]quiz.Option, len(options))
	for from, to := range order {
		q.Options[to] = options[from]
	}
	q.RightOption = order[0]
}
