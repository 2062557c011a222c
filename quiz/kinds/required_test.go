package kinds_test

import (
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// must reports whether the question has to exist, by brute force over all facts.
func (w *world) must(c trial) bool {
	t := w.facts[c.fact]
	if t == nil {
		return false
	}
	switch c.kind {
	case quiz.KindWhenChoice:
		return w.mustWhen(t)
	case quiz.KindWhatChoice:
		date := t.Date
		if unit, ok := date.CoarsenTo(w.deck.Precision); ok && date.Exact() {
			date = unit
		}
		return w.mustWhat(t, date)
	case quiz.KindFirst:
		return w.mustFirst(t)
	case quiz.KindWhenTyped:
		return w.mustType(t)
	case quiz.KindFlashcard:
		return w.mustFlashcard(t, c.facet)
	}
	return false
}

func (w *world) mustFlashcard(t *truth, facet quiz.Facet) bool {
	switch facet {
	case quiz.FacetWhen:
		return true
	case quiz.FacetTerm:
		return false
	}
	unit, ok := t.Date.CoarsenTo(w.deck.Precision)
	return w.shares(t) == nil && (!ok || unit == t.Date)
}

// two reports whether the two events can be options of one question.
func two(a, b *truth) bool {
	short, long := min(a.length, b.length), max(a.length, b.length)
	return a != b && float64(long) <= 1.6*float64(short) && !quiz.SameEvent(a.words, b.words) &&
		!strings.Contains(a.folded, b.folded) && !strings.Contains(b.folded, a.folded)
}

func (w *world) mustFirst(t *truth) bool {
	for _, other := range w.order {
		if a, b := t.hull(), other.hull(); two(t, other) && a.apart(b) {
			return true
		}
	}
	return false
}

// mustType reports whether a date is one unit or one span, and no wording of the event
// has a different date.
func (w *world) mustType(t *truth) bool {
	for _, all := range t.all {
		if all.apart(fuzzy(t.Date)) {
			return false
		}
	}
	plain := t.Date.Plain()
	if !whole(plain) {
		return false
	}
	switch plain.Precision() {
	case edtf.Millennium, edtf.Set:
		return false
	case edtf.Season:
		return !finer(plain, w.deck.Precision)
	}
	return plain.Exact()
}

// mustWhen reports whether the facts prove a choice among dates, by brute force over all
// pairs and precisions.
func (w *world) mustWhen(t *truth) bool {
	for i, right := range t.faces {
		for _, other := range w.order {
			for k, date := range other.faces {
				if other.shapes[k] == t.shapes[i] && date.Precision() == right.Precision() &&
					fuzzy(date).apart(fuzzy(right)) && apart(fuzzy(date), t.all) {
					return true
				}
			}
		}
	}
	return false
}

// mustWhat reports whether the facts prove a choice among events.
func (w *world) mustWhat(t *truth, date edtf.Date) bool {
	for _, other := range w.order {
		if apart(fuzzy(date), other.all) && two(t, other) {
			return true
		}
	}
	return false
}
