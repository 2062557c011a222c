// Package ask generates questions from facts. A question exists only if the
// facts prove that it has one right answer; where they do not, the functions
// here say so and nothing is asked.
package ask

import (
	"cmp"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// Pool is a deck made ready for asking: sorted, with all that is costly to
// find out once. It never changes and may be shared.
type Pool struct {
	Deck  *quiz.Deck
	items []item           // facts that can be asked, by first day
	at    map[int64]int    // fact number to its place in items
	all   []int            // every item
	faces map[string][]int // items that can show a date of that shape, by first day
	spans []int            // items that can be a period, by first day
	scale scales
	terms []term
	alike map[string][]int // terms that can stand for one another, by first day
	names names
}

// item is a fact with what asking needs to know of it.
type item struct {
	quiz.Fact
	words   []string     // content words of the event
	folded  string       // the event as it is compared
	twins   []int        // items that word the same event, or a part of it
	crowded bool         // too many word it alike: no choice is proven
	faces   []face       // how its date can stand among options, finest first
	alone   bool         // no other fact's date meets its own
	lo, hi  int64        // all days that its event, in any of its wordings, may be of
	span    int          // its place in spans, −1 for none
	terms   []int        // of its event, that can be left out
	length  int          // of the event, in characters
	facets  []quiz.Facet // for which some question exists
	barred  []int        // items that are never wrong options of it
	noTerms []string     // terms that are never, as they are compared
}

// face is a fact's date as an option shows it.
type face struct {
	date  edtf.Date
	shape string
}

// NewPool makes a deck ready; facts that are retired or whose event tells its
// date are never asked.
func NewPool(d *quiz.Deck) *Pool {
	p := &Pool{Deck: d, at: map[int64]int{}, faces: map[string][]int{}}
	for _, f := range d.Facts {
		if !f.Retired && !f.Date.IsZero() && quiz.Leak(f.Event) == "" {
			p.items = append(p.items, item{
				Fact: f, words: quiz.Content(f.Event), folded: quiz.Fold(f.Event),
				faces: faces(f.Date, d.Precision), length: len([]rune(f.Event)),
			})
		}
	}
	slices.SortStableFunc(p.items, func(a, b item) int { return cmp.Compare(a.Date.Lo(), b.Date.Lo()) })
	for i, it := range p.items {
		p.at[it.ID] = i
		p.all = append(p.all, i)
		for _, f := range it.faces {
			p.faces[f.shape] = append(p.faces[f.shape], i)
		}
	}
	p.findBars()
	p.findTwins()
	p.findBounds()
	p.findAlone()
	p.findSpans()
	p.findScales()
	p.findTerms()
	p.findAskable()
	return p
}

// Facts gives the facts that can be asked, by first day.
func (p *Pool) Facts() []quiz.Fact {
	out := make([]quiz.Fact, len(p.items))
	for i, it := range p.items {
		out[i] = it.Fact
	}
	return out
}

// faces lists the dates that can stand for d among options, from the finest
// that the deck asks for. Qualifiers are dropped, since one "about" among four
// options would tell; what the doubt allows is excluded when options are
// proven wrong.
func faces(d edtf.Date, finest edtf.Precision) []face {
	var out []face
	add := func(date edtf.Date) {
		shape := date.Shape() + " " + date.Precision().String() // the years 2000–2099 have the shape of 2100–2109
		if !slices.ContainsFunc(out, func(f face) bool { return f.shape == shape }) {
			out = append(out, face{date, shape})
		}
	}
	plain := d.Plain()
	single := slices.Contains(quiz.Precisions, d.Precision())
	if !single && d.Exact() && finest == edtf.Day && d.Precision() != edtf.Set {
		add(plain)
	}
	for _, p := range quiz.Precisions {
		if p < finest {
			continue
		}
		if unit, ok := plain.At(p); ok {
			add(unit)
		}
	}
	return out
}

// asked is the date that a stem shows: the fact's own, or coarser where the
// deck asks for less.
func asked(d edtf.Date, finest edtf.Precision) edtf.Date {
	if finest == edtf.Day {
		return d
	}
	if unit, ok := d.Plain().At(finest); ok && d.Exact() {
		return unit
	}
	return d
}

// What finding wordings may cost, so that a deck of one event a hundred
// thousand times is made ready too. Beyond it an event is crowded: its wordings
// are not known, and no choice with it is proven.
const (
	mostLooks = 10_000_000
	mostTwins = 100
)

// findTwins finds for each item the others that word the same event. An item
// that shares enough words with a longer one shares at least one of its
// rarest quarter, so only those are looked up, the cheapest first.
func (p *Pool) findTwins() {
	having := map[string][]int{}
	for i, it := range p.items {
		for _, w := range it.words {
			having[w] = append(having[w], i)
		}
	}
	looks := make([]int, len(p.items))
	for i, it := range p.items {
		for _, w := range rarest(it.words, having) {
			looks[i] += len(having[w])
		}
	}
	order := slices.Clone(p.all)
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(looks[a], looks[b]), cmp.Compare(a, b)) })
	crowded, seen, spent := map[string]bool{}, make([]int, len(p.items)), 0
	for _, i := range order {
		spent += looks[i]
		for _, w := range rarest(p.items[i].words, having) {
			if spent > mostLooks {
				crowded[w] = true
				continue
			}
			for _, j := range having[w] {
				if seen[j] != i+1 {
					seen[j] = i + 1
					p.twin(i, j)
				}
			}
		}
	}
	for w := range crowded {
		for _, i := range having[w] {
			p.items[i].crowded = true
		}
	}
}

// rarest gives a quarter of the words and one.
func rarest(words []string, having map[string][]int) []string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(having[a]), len(having[b])), cmp.Compare(a, b))
	})
	return words[:min(len(words), len(words)/4+1)]
}

// twin notes two items as wordings of one event; it looks from the one with
// fewer words, and once only.
func (p *Pool) twin(i, j int) {
	a, b := &p.items[i], &p.items[j]
	if len(b.words) < len(a.words) || len(b.words) == len(a.words) && j <= i {
		return
	}
	if quiz.SameEvent(a.words, b.words) {
		a.addTwin(j)
		b.addTwin(i)
	}
}

func (it *item) addTwin(j int) {
	if len(it.twins) == mostTwins {
		it.crowded = true
		return
	}
	it.twins = append(it.twins, j)
}

// findBounds finds for each item the days that its event may be of: by its own
// date, the other one of a dispute, and those of every other wording of it.
func (p *Pool) findBounds() {
	own := make([][2]int64, len(p.items))
	for i, it := range p.items {
		own[i][0], own[i][1] = it.Date.Fuzzy()
		if !it.Also.IsZero() {
			lo, hi := it.Also.Fuzzy()
			own[i][0], own[i][1] = min(own[i][0], lo), max(own[i][1], hi)
		}
	}
	for i := range p.items {
		it := &p.items[i]
		it.lo, it.hi = own[i][0], own[i][1]
		for _, t := range it.twins {
			it.lo, it.hi = min(it.lo, own[t][0]), max(it.hi, own[t][1])
		}
	}
}

// before tells whether one event provably came to its end before the other
// began, in whatever wording.
func (p *Pool) before(i, j int) bool {
	a, b := &p.items[i], &p.items[j]
	return !a.crowded && !b.crowded && a.hi < b.lo
}

// ordered tells whether it is proven which of two events came first.
func (p *Pool) ordered(i, j int) bool { return p.before(i, j) || p.before(j, i) }

// agreed tells whether no wording of the event has another date, so that a
// typed or placed date is judged by one alone.
func (p *Pool) agreed(i int) bool {
	it := &p.items[i]
	for _, t := range it.twins {
		other := &p.items[t]
		if edtf.Disjoint(it.Date, other.Date) || !other.Also.IsZero() && edtf.Disjoint(it.Date, other.Also) {
			return false
		}
	}
	return !it.crowded
}

// findAlone marks the facts whose date no other fact's date may meet, in one
// sweep over the bounds widened by doubt.
func (p *Pool) findAlone() {
	type span struct {
		lo, hi int64
		item   int
	}
	var all []span
	for i, it := range p.items {
		p.items[i].alone = true
		lo, hi := it.Date.Fuzzy()
		all = append(all, span{lo, hi, i})
		if !it.Also.IsZero() {
			lo, hi = it.Also.Fuzzy()
			all = append(all, span{lo, hi, i})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	var last span
	for i, s := range all {
		if i > 0 && s.lo <= last.hi && s.item != last.item {
			p.items[s.item].alone, p.items[last.item].alone = false, false
		}
		if i == 0 || s.hi > last.hi {
			last = s
		}
	}
}
