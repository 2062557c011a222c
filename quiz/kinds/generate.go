package kinds

import (
	"math/rand/v2"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// MaxOptions is the maximum number of options of a choice; MaxOrderEvents and
// MaxMatchEvents are the maximum numbers of events to order and to match.
const (
	MaxOptions     = 4
	MaxOrderEvents = 6
	MaxMatchEvents = 5
)

// Constraints narrows what a question is made from; the zero value does not.
type Constraints struct {
	CompanionFacts []int64     // facts that may appear in an order or match question; nil for all
	ContrastFact   int64       // the only fact to contrast with the one asked; 0 for any
	AvoidedKinds   []quiz.Kind // kinds used only if no other is possible
}

// Generate generates a question of kind k for a facet of a fact, with 2 to most options.
// The same seed gives the same question. It returns false if the deck's facts do not
// prove that there is exactly one right answer.
func (p *DeckIndex) Generate(id quiz.CardID, k quiz.Kind, most int, seed uint64) (quiz.Question, bool) {
	return p.GenerateWith(id, k, most, Constraints{}, seed)
}

// GenerateWith is Generate with constraints. Like Generate, it returns false if the
// facts do not prove the question.
func (p *DeckIndex) GenerateWith(id quiz.CardID, k quiz.Kind, most int, w Constraints, seed uint64) (quiz.Question, bool) {
	i, ok := p.itemByFact[id.Fact]
	if !ok || FacetOf(k, id.Facet) != id.Facet {
		return quiz.Question{}, false
	}
	if p.items[i].IsKindDisabled(k) {
		return quiz.Question{}, false
	}
	if most < 2 && k.IsChoice() || k != quiz.KindFlashcard && k != quiz.KindGapTyped && p.items[i].tooManySame {
		return quiz.Question{}, false
	}
	d := draft{DeckIndex: p, itemIndex: i, maxOptions: most, constraints: w, rnd: rand.New(rand.NewPCG(seed, uint64(id.Fact)<<8|uint64(id.Facet)))}
	q, ok := d.build(k, id.Facet)
	if !ok {
		return quiz.Question{}, false
	}
	q.Kind, q.Facet, q.Fact, q.DeckVersion, q.FactDate = k, id.Facet, id.Fact, p.Deck.Version, p.items[i].Date
	q.ContrastFact = w.ContrastFact
	return q, true
}

// FacetOf returns the facet that a kind asks for. A flashcard asks for the wanted one.
func FacetOf(k quiz.Kind, wanted quiz.Facet) quiz.Facet {
	switch k {
	case quiz.KindWhatChoice, quiz.KindDuring:
		return quiz.FacetWhat
	case quiz.KindGapChoice, quiz.KindGapTyped:
		return quiz.FacetTerm
	case quiz.KindFlashcard:
		return wanted
	}
	return quiz.FacetWhen
}

// draft is a question under construction.
type draft struct {
	*DeckIndex
	itemIndex   int // index of the item asked for
	maxOptions  int // maximum number of options or events
	constraints Constraints
	rnd         *rand.Rand
}

func (d *draft) item() *item { return &d.items[d.itemIndex] }

func (d *draft) build(k quiz.Kind, facet quiz.Facet) (quiz.Question, bool) {
	switch k {
	case quiz.KindOrder:
		return d.order(max(3, d.maxOptions))
	case quiz.KindMatch:
		return d.match(max(3, d.maxOptions))
	}
	d.maxOptions = min(d.maxOptions, MaxOptions)
	switch k {
	case quiz.KindWhenChoice:
		return d.whenChoice()
	case quiz.KindWhatChoice:
		return d.whatChoice()
	case quiz.KindWhenTyped:
		return d.whenTyped()
	case quiz.KindPlace:
		return d.place()
	case quiz.KindFirst:
		return d.whichFirst()
	case quiz.KindTimeBetween:
		return d.timeBetween()
	case quiz.KindDuring:
		return d.during()
	case quiz.KindTrueFalse:
		return d.trueFalse()
	case quiz.KindGapChoice:
		return d.gapChoice()
	case quiz.KindGapTyped:
		return d.gapTyped()
	case quiz.KindFlashcard:
		return d.flashcard(facet)
	}
	return quiz.Question{}, false
}

// whenChoice builds a question that shows an event and dates of one shape. It uses the
// finest shape that proves two distractors, or a coarser one up to the year whose wrong
// dates are much nearer: among days of other centuries the right day is obvious.
func (d *draft) whenChoice() (quiz.Question, bool) {
	it := d.item()
	var best []quiz.Option
	for _, f := range it.displays {
		enough := len(best) > min(2, d.maxOptions-1)
		if enough && f.date.Precision() > edtf.Year {
			break
		}
		wrong := d.dateDistractors(f, d.maxOptions-1)
		if enough && (len(wrong) < len(best)-1 || meanDistance(f.date, wrong)*coarserShapeFactor > meanDistance(best[0].Date, best[1:])) {
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
		best[o].Text = best[o].Date.Format(d.Deck.Language)
	}
	q := quiz.Question{Stem: it.Event, Precision: best[0].Date.Precision()}
	shuffleOptions(&q, best, d.rnd)
	return q, true
}

// coarserShapeFactor is how many times nearer the wrong dates of a coarser shape must
// be.
const coarserShapeFactor = 3

// meanDistance returns the mean distance of options from a date, in days, plus one.
func meanDistance(from edtf.Date, options []quiz.Option) int64 {
	sum := int64(0)
	for _, o := range options {
		sum += max(0, o.Date.Lo()-from.Hi(), from.Lo()-o.Date.Hi())
	}
	return sum/int64(max(1, len(options))) + 1
}

// dateDistractors returns up to n dates of other facts in the shape of f, each provably
// wrong for the event and disjoint from the others. How many come before the right date
// is random: always taking the nearest on both sides would put the right date in the
// middle too often.
func (d *draft) dateDistractors(f dateDisplay, n int) []quiz.Option {
	room := map[edtf.Relation]int{edtf.Before: d.rnd.IntN(n + 1)}
	room[edtf.After] = n - room[edtf.Before]
	var out, spare []quiz.Option
	for _, j := range d.distractorItems(d.itemsByShape[f.shape]) {
		if len(out) == n {
			break
		}
		other := &d.items[j]
		at := slices.IndexFunc(other.displays, func(o dateDisplay) bool { return o.shape == f.shape })
		if at < 0 {
			continue
		}
		date := other.displays[at].date
		if !d.isWrongDate(d.itemIndex, f.date, date) || overlapsAny(out, date) || d.excludesDate(f.shape, date) {
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
		if len(out) < n && !overlapsAny(out, o.Date) {
			out = append(out, o)
		}
	}
	return out
}

// overlapsAny reports whether a date is not provably disjoint from all options.
func overlapsAny(options []quiz.Option, date edtf.Date) bool {
	return slices.ContainsFunc(options, func(o quiz.Option) bool { return !edtf.Disjoint(o.Date, date) })
}

// isWrongDate reports whether a date is disjoint from the right option and from every
// date that the event may have in any of its wordings.
func (p *DeckIndex) isWrongDate(i int, right, date edtf.Date) bool {
	it := &p.items[i]
	if !edtf.Disjoint(date, right) || it.AcceptsDate(date) {
		return false
	}
	for _, t := range it.sameEvent {
		if p.items[t].AcceptsDate(date) {
			return false
		}
	}
	return true
}

// distractorItems returns the items of among that distractors may come from: those
// nearby, or only the contrast fact if one is set.
func (d *draft) distractorItems(among []int) []int {
	if d.constraints.ContrastFact == 0 {
		return d.nearItems(d.itemIndex, among, d.rnd)
	}
	if j, ok := d.itemByFact[d.constraints.ContrastFact]; ok && j != d.itemIndex && !slices.Contains(d.item().excludedItems, j) {
		return []int{j}
	}
	return nil
}

// whatChoice builds a question that shows a date and events of which only one can have
// it.
func (d *draft) whatChoice() (quiz.Question, bool) {
	it := d.item()
	date := stemDate(it.Date, d.Deck.Precision)
	options := []quiz.Option{{Text: it.Event, Date: date, Fact: it.ID, Relation: edtf.Same}}
	chosen := []int{d.itemIndex}
	for _, j := range d.distractorItems(d.all) {
		if len(options) == d.maxOptions {
			break
		}
		if !d.items[j].tooManySame && d.isWrongEvent(date, j) && d.fitsBeside(chosen, j) {
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
	q := quiz.Question{Stem: date.FormatWithPreposition(d.Deck.Language), Precision: date.Precision()}
	shuffleOptions(&q, options, d.rnd)
	return q, true
}

// isWrongEvent reports whether the event, in all its wordings, provably did not happen
// at that date.
func (p *DeckIndex) isWrongEvent(date edtf.Date, j int) bool {
	if p.items[j].AcceptsDate(date) {
		return false
	}
	for _, t := range p.items[j].sameEvent {
		if p.items[t].AcceptsDate(date) {
			return false
		}
	}
	return true
}
