package ask

import (
	"math/rand/v2"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// MaxOptions is how many options a choice shows at most, MaxOrder how many
// events stand in an order and MaxMatch in a match.
const (
	MaxOptions = 4
	MaxOrder   = 6
	MaxMatch   = 5
)

// Wish narrows what a question is made from; the zero wish does not.
type Wish struct {
	Beside   []int64     // facts that may stand in an order or a match; nil for all
	Contrast int64       // the fact that alone is to be told from the one asked for; 0 for any
	Unwanted []quiz.Kind // kinds that are not asked where another can be
}

// Make generates the question of that kind for a facet of a fact, with 2 to
// most options; the same seed gives the same question. It is false when the
// deck's facts do not prove that there is one right answer.
func (p *Pool) Make(id quiz.CardID, k quiz.Kind, most int, seed uint64) (quiz.Question, bool) {
	return p.MakeWith(id, k, most, Wish{}, seed)
}

// MakeWith is Make with a wish; what the facts do not prove is refused all the
// same.
func (p *Pool) MakeWith(id quiz.CardID, k quiz.Kind, most int, w Wish, seed uint64) (quiz.Question, bool) {
	i, ok := p.at[id.Fact]
	if !ok || FacetOf(k, id.Facet) != id.Facet {
		return quiz.Question{}, false
	}
	if p.items[i].Holds(k) {
		return quiz.Question{}, false
	}
	if most < 2 && k.Chooses() || k != quiz.Flip && k != quiz.GapTyped && p.items[i].crowded {
		return quiz.Question{}, false
	}
	d := draft{Pool: p, i: i, most: most, wish: w, rnd: rand.New(rand.NewPCG(seed, uint64(id.Fact)<<8|uint64(id.Facet)))}
	q, ok := d.make(k, id.Facet)
	if !ok {
		return quiz.Question{}, false
	}
	q.Kind, q.Facet, q.Fact, q.Version, q.Dated = k, id.Facet, id.Fact, p.Deck.Version, p.items[i].Date
	q.Contrast = w.Contrast
	return q, true
}

// FacetOf gives the facet that a kind asks for; a flashcard asks for the one
// that is wanted.
func FacetOf(k quiz.Kind, wanted quiz.Facet) quiz.Facet {
	switch k {
	case quiz.WhatChoice, quiz.During:
		return quiz.What
	case quiz.GapChoice, quiz.GapTyped:
		return quiz.TermOut
	case quiz.Flip:
		return wanted
	}
	return quiz.When
}

// draft is a question in the making.
type draft struct {
	*Pool
	i    int // the item asked for
	most int // options
	wish Wish
	rnd  *rand.Rand
}

func (d *draft) it() *item { return &d.items[d.i] }

func (d *draft) make(k quiz.Kind, facet quiz.Facet) (quiz.Question, bool) {
	switch k {
	case quiz.Order:
		return d.order(max(3, d.most))
	case quiz.Match:
		return d.match(max(3, d.most))
	}
	d.most = min(d.most, MaxOptions)
	switch k {
	case quiz.WhenChoice:
		return d.whenChoice()
	case quiz.WhatChoice:
		return d.whatChoice()
	case quiz.WhenTyped:
		return d.whenTyped()
	case quiz.Place:
		return d.place()
	case quiz.First:
		return d.first()
	case quiz.Between:
		return d.between()
	case quiz.During:
		return d.during()
	case quiz.Truth:
		return d.truth()
	case quiz.GapChoice:
		return d.gapChoice()
	case quiz.GapTyped:
		return d.gapTyped()
	case quiz.Flip:
		return d.flip(facet)
	}
	return quiz.Question{}, false
}

// whenChoice shows an event and dates of one shape. The finest shape that
// proves two wrong options is taken, or one up to the year whose wrong dates
// lie far nearer: beside days of another century the right day tells itself.
func (d *draft) whenChoice() (quiz.Question, bool) {
	it := d.it()
	var best []quiz.Option
	for _, f := range it.faces {
		enough := len(best) > min(2, d.most-1)
		if enough && f.date.Precision() > edtf.Year {
			break
		}
		wrong := d.wrongDates(f, d.most-1)
		if enough && (len(wrong) < len(best)-1 || away(f.date, wrong)*nearer > away(best[0].Date, best[1:])) {
			continue
		}
		if enough || len(wrong) >= len(best) {
			right := quiz.Option{Date: f.date, Fact: it.ID, Relation: edtf.Same}
			best = append([]quiz.Option{right}, wrong...)
		}
	}
	if len(best) < 2 {
		return quiz.Question{}, false
	}
	for o := range best {
		best[o].Text = best[o].Date.In(d.Deck.Language)
	}
	q := quiz.Question{Stem: it.Event, Precision: best[0].Date.Precision()}
	deal(&q, best, d.rnd)
	return q, true
}

// nearer is how many times nearer a coarser shape's wrong dates have to be.
const nearer = 3

// away is how far options lie away on average, in days.
func away(from edtf.Date, options []quiz.Option) int64 {
	sum := int64(0)
	for _, o := range options {
		sum += max(0, o.Date.Lo()-from.Hi(), from.Lo()-o.Date.Hi())
	}
	return sum/int64(max(1, len(options))) + 1
}

// wrongDates are up to n dates of other facts in the shape of f, each provably
// wrong for the event and no two alike. Chance says how many of them are to be
// before the right one: taking the nearest of both sides would leave the right
// date in the middle too often.
func (d *draft) wrongDates(f face, n int) []quiz.Option {
	room := map[edtf.Relation]int{edtf.Before: d.rnd.IntN(n + 1)}
	room[edtf.After] = n - room[edtf.Before]
	var out, spare []quiz.Option
	for _, j := range d.lures(d.faces[f.shape]) {
		if len(out) == n {
			break
		}
		other := &d.items[j]
		at := slices.IndexFunc(other.faces, func(o face) bool { return o.shape == f.shape })
		if at < 0 {
			continue
		}
		date := other.faces[at].date
		if !d.wrongDate(d.i, f.date, date) || meetsAny(out, date) || d.barsDate(f.shape, date) {
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

// lures lists the items that wrong options may come from: those among that are
// near, or the one of the contrast.
func (d *draft) lures(among []int) []int {
	if d.wish.Contrast == 0 {
		return d.near(d.i, among, d.rnd)
	}
	if j, ok := d.at[d.wish.Contrast]; ok && j != d.i && !slices.Contains(d.it().barred, j) {
		return []int{j}
	}
	return nil
}

// whatChoice shows a date and events of which only one can have it.
func (d *draft) whatChoice() (quiz.Question, bool) {
	it := d.it()
	date := asked(it.Date, d.Deck.Precision)
	options := []quiz.Option{{Text: it.Event, Date: date, Fact: it.ID, Relation: edtf.Same}}
	chosen := []int{d.i}
	for _, j := range d.lures(d.all) {
		if len(options) == d.most {
			break
		}
		if !d.items[j].crowded && d.wrongEvent(date, j) && d.fits(chosen, j) {
			other := &d.items[j]
			chosen = append(chosen, j)
			options = append(options, quiz.Option{
				Text: other.Event, Date: other.Date, Fact: other.ID, Relation: edtf.Compare(other.Date, date),
			})
		}
	}
	if len(options) < 2 {
		return quiz.Question{}, false
	}
	q := quiz.Question{Stem: date.When(d.Deck.Language), Precision: date.Precision()}
	deal(&q, options, d.rnd)
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
