package kinds_test

import (
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

func (w *world) checkFirst(q quiz.Question, t *truth) error {
	if err := w.checkEvents(q, true); err != nil {
		return err
	}
	right, wrong := q.Options[q.RightOption], q.Options[1-q.RightOption]
	switch {
	case right.Fact != t.ID && wrong.Fact != t.ID:
		return breaks("the fact is neither of the two")
	case w.facts[right.Fact].hull().hi >= w.facts[wrong.Fact].hull().lo:
		return breaks("%q (%v) did not provably come before %q (%v)", right.Text, right.Date, wrong.Text, wrong.Date)
	case right.Relation != edtf.Before || wrong.Relation != edtf.After:
		return breaks("the relations are %v and %v", right.Relation, wrong.Relation)
	}
	return w.ownDates(q)
}

// ownDates checks that each option has the date of its fact.
func (w *world) ownDates(q quiz.Question) error {
	finest := edtf.Set
	for _, o := range q.Options {
		if finest = min(finest, o.Date.Precision()); o.Date != w.facts[o.Fact].Date {
			return breaks("the option %q has the date %v", o.Text, o.Date)
		}
	}
	if q.Kind != quiz.KindDuring && q.Precision != finest {
		return breaks("the precision is %v, the finest %v", q.Precision, finest)
	}
	return nil
}

// has reports whether the fact is among the options.
func has(q quiz.Question, fact int64) bool {
	return slices.ContainsFunc(q.Options, func(o quiz.Option) bool { return o.Fact == fact })
}

// counts reports whether all is a permutation of 0 to n−1.
func counts(all []int, n int) bool {
	sorted := slices.Sorted(slices.Values(all))
	for i, at := range sorted {
		if at != i {
			return false
		}
	}
	return len(sorted) == n
}

func (w *world) checkOrder(q quiz.Question, t *truth) error {
	if err := w.checkEvents(q, false); err != nil {
		return err
	}
	n := len(q.Options)
	if !has(q, t.ID) || !counts(q.RightOrder, n) {
		return breaks("the order %v is none of %d, or the fact is not in it", q.RightOrder, n)
	}
	place := make([]int, n) // position in time of each option as dealt
	for at, option := range q.RightOrder {
		place[option] = at
	}
	right := 0
	for i := range n {
		for j := i + 1; j < n; j++ {
			a, b := w.facts[q.Options[q.RightOrder[i]].Fact], w.facts[q.Options[q.RightOrder[j]].Fact]
			if a.hull().hi >= b.hull().lo {
				return breaks("%q (%v) is not provably before %q (%v)", a.Event, a.Date, b.Event, b.Date)
			}
			if place[i] < place[j] {
				right++
			}
		}
	}
	if pairs := n * (n - 1) / 2; right != pairs/2 || slices.IsSorted(q.RightOrder) {
		return breaks("%d of %d pairs are dealt right", right, pairs)
	}
	return w.ownDates(q)
}

func (w *world) checkMatch(q quiz.Question, t *truth) error {
	if err := w.checkEvents(q, false); err != nil {
		return err
	}
	n := len(q.Options)
	if !has(q, t.ID) || !counts(q.RightOrder, n) || len(q.Dates) != n || slices.IsSorted(q.RightOrder) {
		return breaks("%d dates for %d events, in order %v", len(q.Dates), n, q.RightOrder)
	}
	for i, date := range q.Dates {
		if err := w.checkDateOf(q, date); err != nil {
			return err
		}
		for _, other := range q.Dates[:i] {
			if !fuzzy(date.Date).apart(fuzzy(other.Date)) {
				return breaks("the dates %v and %v meet", date.Date, other.Date)
			}
		}
		for k, o := range q.Options {
			f := w.facts[o.Fact]
			switch own := q.RightOrder[k] == i; {
			case own && (date.Fact != o.Fact || o.Date != date.Date || !(days{date.Date.Lo(), date.Date.Hi()}).covers(f.Date)):
				return breaks("%v is not the date of %q, %v", date.Date, o.Text, f.Date)
			case !own && !apart(fuzzy(date.Date), f.all):
				return breaks("%v may be a date of %q, %v", date.Date, o.Text, f.all)
			}
		}
	}
	return nil
}

// checkDateOf checks what must hold for each date of a match question.
func (w *world) checkDateOf(q quiz.Question, o quiz.Option) error {
	first := q.Dates[0].Date
	switch in, _ := w.text(o.Date); {
	case o.Text != in:
		return breaks("the date %v reads %q", o.Date, o.Text)
	case o.Date.Shape() != first.Shape(), o.Date.Precision() != first.Precision(), q.Precision != first.Precision():
		return breaks("the dates %v and %v are not alike", o.Date, first)
	case o.Date.Precision() < w.deck.Precision, strings.ContainsAny(o.Date.String(), "~?%"):
		return breaks("the date %v is finer than asked, or its doubt tells", o.Date)
	}
	return nil
}

// unitDays is the length in days of each unit in which a duration is given.
var unitDays = map[string]float64{"day": 1, "month": 365.2425 / 12, "year": 365.2425}

func (w *world) checkBetween(q quiz.Question, t *truth) error {
	other := w.facts[q.ShownOption.Fact]
	if other == nil || other == t || q.Stem != t.Event || q.ShownOption.Text != other.Event || q.ShownOption.Date != other.Date {
		return breaks("between %q and %q", q.Stem, q.ShownOption.Text)
	}
	for _, f := range []*truth{t, other} {
		p := f.Date.Precision()
		if p != edtf.Day && p != edtf.Month && p != edtf.Year || !f.OtherDate.IsZero() || f.hull() != (days{f.Date.Lo(), f.Date.Hi()}) {
			return breaks("%q has the date %v, also %v, in all %v", f.Event, f.Date, f.OtherDate, f.all)
		}
	}
	from, to := t, other
	if from.Date.Lo() > to.Date.Lo() {
		from, to = to, from
	}
	if from.Date.Hi() >= to.Date.Lo() || quiz.SameEvent(t.words, other.words) {
		return breaks("%q (%v) and %q (%v) are not apart", from.Event, from.Date, to.Event, to.Date)
	}
	least, most := float64(to.Date.Lo()-from.Date.Hi()), float64(to.Date.Hi()-from.Date.Lo())
	units := []string{"day", "month", "year"}
	if w.deck.Language == "en" {
		_, unit, _ := strings.Cut(q.Options[0].Text, " ")
		units = []string{strings.TrimSuffix(unit, "s")}
	}
	if !slices.ContainsFunc(units, func(u string) bool { return lasts(q, unitDays[u], least, most) }) {
		return breaks("of the lengths %v not exactly one is of %v to %v days", textIndex(q.Options), least, most)
	}
	return nil
}

// lasts reports whether the right duration, rounded to whole units, is possible within
// the bounds, and every other one is more than a unit outside them.
func lasts(q quiz.Question, unit, least, most float64) bool {
	seen := map[int]bool{}
	_, word, _ := strings.Cut(q.Options[0].Text, " ")
	for i, o := range q.Options {
		number, other, _ := strings.Cut(o.Text, " ")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || seen[n] || unit == 0 || !alikeWords(word, other) {
			return false
		}
		seen[n] = true
		long := float64(n) * unit
		if i == q.RightOption && (long < least-unit/2 || long > most+unit/2) || i != q.RightOption && long >= least-unit && long <= most+unit {
			return false
		}
	}
	return true
}

// alikeWords reports whether two words are forms of the same word.
func alikeWords(a, b string) bool {
	return a != "" && b != "" && []rune(a)[0] == []rune(b)[0] || strings.Contains("год года лет", a) && strings.Contains("год года лет", b)
}

func textIndex(options []quiz.Option) (out []string) {
	for _, o := range options {
		out = append(out, o.Text)
	}
	return out
}

func (w *world) checkDuring(q quiz.Question, t *truth) error {
	if err := w.checkEvents(q, true); err != nil {
		return err
	}
	period := days{q.ShownOption.Date.Lo(), q.ShownOption.Date.Hi()}
	_, when := w.text(q.ShownOption.Date)
	switch all := t.hull(); {
	case q.Stem != when, q.Precision != q.ShownOption.Date.Precision(), period != fuzzy(q.ShownOption.Date), q.Options[q.RightOption].Fact != t.ID:
		return breaks("the period %v, asked as %q", q.ShownOption.Date, q.Stem)
	case all.lo < period.lo || all.hi > period.hi || all == period:
		return breaks("%q (%v) did not provably fall within %v, or is all of it", t.Event, t.all, q.ShownOption.Date)
	}
	if err := w.checkPeriod(q); err != nil {
		return err
	}
	for i, o := range q.Options {
		switch f := w.facts[o.Fact]; {
		case i != q.RightOption && !apart(period, f.all):
			return breaks("%q (%v) may have fallen within %v", f.Event, f.all, q.ShownOption.Date)
		case i == q.RightOption && o.Relation != edtf.Within, i != q.RightOption && o.Relation != edtf.Before && o.Relation != edtf.After:
			return breaks("%q lies %v %v", f.Event, o.Relation, q.ShownOption.Date)
		}
	}
	return w.ownDates(q)
}

// checkPeriod checks the period: it is not the fact of any option, and its name does not
// give any option away.
func (w *world) checkPeriod(q quiz.Question) error {
	if q.ShownOption.Fact == 0 {
		from, to := yearOf(q.ShownOption.Date.Lo()), yearOf(q.ShownOption.Date.Hi())
		tens := q.ShownOption.Date.Precision() == edtf.Decade && from%100 != 0 // "the 1900s" could also mean the century
		whole := q.ShownOption.Date.Lo() == edtf.DayNumber(from, 1, 1) && q.ShownOption.Date.Hi() == edtf.DayNumber(to, 12, 31)
		if century := whole && from > 0 && from%100 == 1 && to-from == 99; !tens && !century || q.ShownOption.Text != "" {
			return breaks("the period %v %q is of no fact", q.ShownOption.Date, q.ShownOption.Text)
		}
		return nil
	}
	span := w.facts[q.ShownOption.Fact]
	if span == nil || span.Date != q.ShownOption.Date || span.Label != q.ShownOption.Text || !apartFrom(span, q) || !span.OtherDate.IsZero() {
		return breaks("the period %v %q is not of its fact", q.ShownOption.Date, q.ShownOption.Text)
	}
	for _, o := range q.Options {
		for _, word := range quiz.ContentWords(q.ShownOption.Text) {
			if slices.Contains(w.facts[o.Fact].words, word) {
				return breaks("the period %q has the word %q of %q", q.ShownOption.Text, word, o.Text)
			}
		}
	}
	return nil
}

// apartFrom reports whether neither the fact nor another wording of it is an option.
func apartFrom(t *truth, q quiz.Question) bool {
	return !slices.ContainsFunc(q.Options, func(o quiz.Option) bool { return o.Fact == t.ID || quiz.SameEvent(t.words, quiz.ContentWords(o.Text)) })
}
