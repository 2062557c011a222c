package kinds

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"chronicle/quiz"
)

// nearWindow is the number of neighbours considered as options on either side, so that
// the cost of a question does not grow with the deck. Beyond them only a few are
// considered, at doubling distances and at both ends of the deck, for decks where many
// facts share a date.
const (
	nearWindow = 40
	nearEnds   = 8
)

// maxLengthRatio is the maximum ratio between the lengths of two events among options.
const maxLengthRatio = 1.6

// fitsBeside reports whether event j can be an option together with those chosen: of
// similar length, and neither a wording nor a part of any of them.
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

// sameEvent reports whether one event is a wording or a part of the other.
func (p *DeckIndex) sameEvent(i, j int) bool {
	a, b := &p.items[i], &p.items[j]
	return slices.Contains(a.sameEvent, j) || quiz.SameEvent(a.words, b.words) ||
		strings.Contains(a.folded, b.folded) || strings.Contains(b.folded, a.folded)
}

// nearItems returns other items as candidates for options, most tempting first: near in
// time, by the number of facts and by the years between them, and about the same people,
// places or subject, with some randomness so that options vary. among must be sorted.
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

// yearsApart returns the number of years between two items; 0 if they overlap or either
// date has an open end.
func (p *DeckIndex) yearsApart(i, j int) float64 {
	a, b := &p.items[i], &p.items[j]
	days := max(0, b.Date.Lo()-a.Date.Hi(), a.Date.Lo()-b.Date.Hi())
	if a.Date.Open() || b.Date.Open() {
		return 0
	}
	return float64(days) / 365.2425
}

// similarity returns how much two events have in common, from 0 to about 2.
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

// shuffleOptions stores the options in random order; the first one given is the right
// one.
func shuffleOptions(q *quiz.Question, options []quiz.Option, rnd *rand.Rand) {
	order := rnd.Perm(len(options))
	q.Options = make([]quiz.Option, len(options))
	for from, to := range order {
		q.Options[to] = options[from]
	}
	q.RightOption = order[0]
}
