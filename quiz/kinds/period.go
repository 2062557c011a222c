package kinds

import (
	"cmp"
	"fmt"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// findPeriods collects the items that are periods: exact, longer than a year, with one
// date in all wordings.
func (p *DeckIndex) findPeriods() {
	for i := range p.items {
		it := &p.items[i]
		it.periodIndex = -1
		if it.Date.Exact() && it.Date.Hi()-it.Date.Lo() > 366 && it.OtherDate.IsZero() && !it.tooManySame && it.lo == it.Date.Lo() && it.hi == it.Date.Hi() {
			it.periodIndex = len(p.periods)
			p.periods = append(p.periods, i)
		}
	}
}

// during builds a question that shows a period and events of which only one fell within
// it.
func (d *draft) during() (quiz.Question, bool) {
	periods := d.periodOptions()
	d.rnd.Shuffle(len(periods), func(a, b int) { periods[a], periods[b] = periods[b], periods[a] })
	for _, period := range periods {
		options := []quiz.Option{{Text: d.item().Event, Date: d.item().Date, Fact: d.item().ID, Relation: edtf.Within}}
		chosen := []int{d.itemIndex}
		for _, j := range d.distractorItems(d.all) {
			if len(options) == d.maxOptions {
				break
			}
			other := &d.items[j]
			outside := other.hi < period.Date.Lo() || other.lo > period.Date.Hi()
			if outside && !other.tooManySame && other.ID != period.Fact && d.fitsBeside(chosen, j) && !d.sharesWord(period, j) {
				chosen = append(chosen, j)
				options = append(options, quiz.Option{
					Text: other.Event, Date: other.Date, Fact: other.ID, Relation: edtf.Compare(other.Date, period.Date),
				})
			}
		}
		if len(options) < 2 {
			continue
		}
		q := quiz.Question{Stem: period.Date.FormatWithPreposition(d.Deck.Language), Precision: period.Date.Precision(), ShownOption: period}
		shuffleOptions(&q, options, d.rnd)
		return q, true
	}
	return quiz.Question{}, false
}

// periodOptions returns periods that contain the event and are longer than it: periods
// of the deck, its decade and its century.
func (d *draft) periodOptions() []quiz.Option {
	it := d.item()
	var out []quiz.Option
	within := func(date edtf.Date) bool {
		return date.Lo() <= it.lo && it.hi <= date.Hi() && (date.Lo() < it.lo || it.hi < date.Hi())
	}
	at, _ := slices.BinarySearchFunc(d.periods, it.lo, func(s int, lo int64) int { return cmp.Compare(d.items[s].Date.Lo(), lo+1) })
	for k := at - 1; k >= max(0, at-nearWindow); k-- {
		s := &d.items[d.periods[k]]
		period := quiz.Option{Text: s.Label, Date: s.Date, Fact: s.ID, Relation: edtf.Contains}
		if d.periods[k] != d.itemIndex && within(s.Date) && !slices.Contains(s.sameEvent, d.itemIndex) && !d.sharesWord(period, d.itemIndex) {
			out = append(out, period)
		}
	}
	if !it.Date.Exact() {
		return out
	}
	// "The 1900s" could also mean the century.
	if date, ok := it.Date.CoarsenTo(edtf.Decade); ok && within(date) && d.yearOf(date.Lo())%100 != 0 {
		out = append(out, quiz.Option{Date: date, Relation: edtf.Contains})
	}
	if date, ok := centuryOf(d.yearOf(it.lo)); ok && within(date) {
		out = append(out, quiz.Option{Date: date, Relation: edtf.Contains})
	}
	return out
}

// centuryOf returns the century of a year, counted from its year 1, because "the 1900s"
// could mean a decade.
func centuryOf(year int64) (edtf.Date, bool) {
	if year < 1 || year > 9900 {
		return edtf.Date{}, false
	}
	first := (year-1)/100*100 + 1
	date, err := edtf.Parse(fmt.Sprintf("%04d/%04d", first, first+99))
	return date, err == nil
}

// sharesWord reports whether an event shares a word with the name of a period, which
// would give the answer away.
func (p *DeckIndex) sharesWord(period quiz.Option, j int) bool {
	if period.Text == "" {
		return false
	}
	for _, w := range quiz.ContentWords(period.Text) {
		if slices.Contains(p.items[j].words, w) {
			return true
		}
	}
	return false
}
