package kinds_test

import (
	"slices"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/grading"
)

func yearOf(day int64) int64 {
	y, _, _ := edtf.CivilDate(day)
	return y
}

// findYears collects the first and last years of the deck's dates, without open ends and
// sets.
func (w *world) findYears() {
	for _, t := range w.order {
		for _, day := range []int64{t.Date.Lo(), t.Date.Hi()} {
			if day != edtf.MinDay && day != edtf.MaxDay && t.Date.Precision() != edtf.Set {
				w.years = append(w.years, yearOf(day))
			}
		}
	}
	slices.Sort(w.years)
}

// tolerance returns half the mean gap, in years, to the deck's next year before and
// after the date, at least 1.
func (w *world) tolerance(d edtf.Date) float64 {
	lo, hi := yearOf(d.Lo()), yearOf(d.Hi())
	var gaps []float64
	before, after := int64(-1), int64(-1)
	for _, y := range w.years {
		if gap := lo - y; gap > 0 && (before < 0 || gap < before) {
			before = gap
		}
		if gap := y - hi; gap > 0 && (after < 0 || gap < after) {
			after = gap
		}
	}
	sum := 0.0
	for _, gap := range []int64{before, after} {
		if gap > 0 {
			gaps, sum = append(gaps, float64(gap)), sum+float64(gap)
		}
	}
	if len(gaps) == 0 {
		return 1
	}
	return max(1, sum/float64(len(gaps))/2)
}

// checkScale checks the line of years.
func (w *world) checkScale(q quiz.Question) error {
	s := q.Scale
	first, last := w.years[0], w.years[len(w.years)-1]
	switch room := last - first + 20; {
	case s.Tolerance != w.tolerance(q.RightDate):
		return breaks("the tolerance for %v is %v, not %v", q.RightDate, s.Tolerance, w.tolerance(q.RightDate))
	case s.First >= first, s.Last <= last, s.First < first-room, s.Last > last+room:
		return breaks("the line from %d to %d for years from %d to %d", s.First, s.Last, first, last)
	case s.First > yearOf(q.RightDate.Lo()), s.Last < yearOf(q.RightDate.Hi()):
		return breaks("the line from %d to %d does not hold %v", s.First, s.Last, q.RightDate)
	}
	return nil
}

// checkField checks a date that is typed or placed: it is the fact's own, and no wording
// has a different date.
func (w *world) checkField(q quiz.Question, t *truth) error {
	switch {
	case q.Stem != t.Event || tellsYear(q.Stem, t.Date):
		return breaks("the stem %q tells the date or is another's", q.Stem)
	case q.UncertainDate != t.Date || q.OtherDate != t.OtherDate && !w.coarser(q.OtherDate, t.OtherDate):
		return breaks("the date is %v, also %v, not %v, also %v", q.UncertainDate, q.OtherDate, t.Date, t.OtherDate)
	case strings.ContainsAny(q.RightDate.String(), "~?%"), q.RightDate.Lo() > t.Date.Lo(), q.RightDate.Hi() < t.Date.Hi():
		return breaks("the right date %v does not hold the fact's %v", q.RightDate, t.Date)
	case q.Scale.Constant < 0 || q.Scale.Constant > 1:
		return breaks("the best constant earns %v", q.Scale.Constant)
	}
	for _, all := range t.all {
		if apart(all, t.own) {
			return breaks("%q has the date %v, and in another wording %v", t.Event, t.own, t.all)
		}
	}
	return nil
}

// coarser reports whether d is the other date in the unit of the deck, or has each of
// its ends in that unit.
func (w *world) coarser(d, of edtf.Date) bool {
	unit := func(d edtf.Date) days {
		if at, ok := d.CoarsenTo(w.deck.Precision); ok {
			d = at
		}
		return days{d.Lo(), d.Hi()}
	}
	plain, days := of.Plain(), days{d.Lo(), d.Hi()}
	if days == unit(plain) && d.Precision() == w.deck.Precision {
		return true
	}
	from, okFrom := plain.Start()
	to, okTo := plain.End()
	return okFrom && okTo && days.lo == unit(from).lo && days.hi == unit(to).hi && !finer(d, w.deck.Precision)
}

// finer reports whether a date, or an end of it, has a finer unit than the one asked.
// The 18th century is a century, from 1701 to 1800.
func finer(d edtf.Date, asked edtf.Precision) bool {
	if from, to := yearOf(d.Lo()), yearOf(d.Hi()); d.Precision() == edtf.Interval && to-from == 99 && (from > 0 && from%100 == 1 || from <= 0 && to%100 == 0) &&
		d.Lo() == edtf.DayNumber(from, 1, 1) && d.Hi() == edtf.DayNumber(to, 12, 31) {
		return edtf.Century < asked
	}
	from, okFrom := d.Start()
	to, okTo := d.End()
	if !okFrom || !okTo {
		return d.Precision() < asked
	}
	return from.Precision() < asked || to.Precision() < asked
}

// whole reports whether a date is all the days of one unit, or a span of units: 1500-1X
// is three months, asked as a year.
func whole(d edtf.Date) bool {
	if from, ok := d.Start(); ok {
		to, ok := d.End()
		return ok && whole(from) && whole(to)
	}
	unit, ok := d.CoarsenTo(d.Precision())
	return ok && unit.Lo() == d.Lo() && unit.Hi() == d.Hi()
}

func (w *world) checkTyped(q quiz.Question, t *truth) error {
	if err := w.checkField(q, t); err != nil {
		return err
	}
	in, when := w.text(q.RightDate)
	switch {
	case q.RightDate != t.Date.Plain() && !w.coarser(q.RightDate, t.Date):
		return breaks("the right date %v is not %v, nor that in the unit of the deck, %v", q.RightDate, t.Date, w.deck.Precision)
	case finer(q.RightDate, w.deck.Precision):
		return breaks("the date %v is finer than the %v asked for", q.RightDate, w.deck.Precision)
	case !whole(q.RightDate):
		return breaks("the date %v is no whole %v, nor a span of such", q.RightDate, q.RightDate.Precision())
	case q.Precision != q.RightDate.Precision():
		return breaks("the precision of %v is %v", q.RightDate, q.Precision)
	case !slices.Contains(q.Accepted, in) || !slices.Contains(q.Accepted, when) || len(q.Accepted) != 2:
		return breaks("%v reads %q, not %q and %q", q.RightDate, q.Accepted, in, when)
	case q.RightDate.Precision() == edtf.Year:
		if err := w.checkScale(q); err != nil {
			return err
		}
	}
	for _, given := range []string{q.RightDate.String(), in, when} {
		if m, err := grading.GradeAnswer(q, quiz.Answer{ChosenOption: -1, Given: given}); err != nil || m.Verdict != quiz.VerdictRight {
			return breaks("the right date, typed as %q, is %v, %v", given, m.Verdict, err)
		}
	}
	return nil
}

func (w *world) checkPlace(q quiz.Question, t *truth) error {
	if err := w.checkField(q, t); err != nil {
		return err
	}
	if q.RightDate != t.Date.Plain() || q.Precision != edtf.Year {
		return breaks("the place is of %v, not %v", q.RightDate, t.Date)
	}
	if err := w.checkScale(q); err != nil {
		return err
	}
	for _, day := range []int64{q.RightDate.Lo(), q.RightDate.Hi()} {
		if m, err := grading.GradeAnswer(q, quiz.Answer{ChosenOption: -1, Given: written(yearOf(day))}); err != nil || m.Verdict != quiz.VerdictRight {
			return breaks("the right place %v is %v, %v", written(yearOf(day)), m.Verdict, err)
		}
	}
	return nil
}

func (w *world) checkTruth(q quiz.Question, t *truth) error {
	shown := days{q.ShownOption.Date.Lo(), q.ShownOption.Date.Hi()}
	_, when := w.text(q.ShownOption.Date)
	of := w.facts[q.ShownOption.Fact]
	switch {
	case q.Stem != t.Event || tellsYear(q.Stem, t.Date):
		return breaks("the stem %q tells the date or is another's", q.Stem)
	case t.Claim || t.Disputed || fuzzy(t.Date) != (days{t.Date.Lo(), t.Date.Hi()}) || strings.ContainsAny(t.Date.String(), "~?%"):
		return breaks("%q (%v) is claimed, disputed or doubtful", t.Event, t.Date)
	case q.ShownOption.Text != when || q.Precision != q.ShownOption.Date.Precision() || shown != fuzzy(q.ShownOption.Date):
		return breaks("the date %v reads %q", q.ShownOption.Date, q.ShownOption.Text)
	case of == nil || !shown.covers(of.Date) || (of == t) != (q.RightOption == 0):
		return breaks("the date %v is not of its fact", q.ShownOption.Date)
	case q.RightOption == 0 && !shown.covers(t.Date), q.RightOption == 1 && !apart(shown, t.all):
		return breaks("%v is said to be true %v of %v", q.ShownOption.Date, q.RightOption == 0, t.all)
	case !w.canShow(t, q.ShownOption.Date):
		return breaks("%v is no form of %v, which tells", q.ShownOption.Date, t.Date)
	}
	for _, all := range t.all {
		if q.RightOption == 0 && all.apart(shown) {
			return breaks("%v is said to be true, but in another wording it is %v", q.ShownOption.Date, t.all)
		}
	}
	return nil
}

// canShow reports whether the fact's own date can be shown in the shape of d.
func (w *world) canShow(t *truth, d edtf.Date) bool {
	if d.Shape() == t.Date.Plain().Shape() && d.Precision() == t.Date.Precision() {
		return w.deck.Precision == edtf.Day || d.Precision() >= w.deck.Precision
	}
	for i, face := range t.faces {
		if t.shapes[i] == d.Shape() && face.Precision() == d.Precision() {
			return true
		}
	}
	return false
}
