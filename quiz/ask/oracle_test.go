package ask_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// days is a range of days, both ends included. All that follows judges
// questions by such ranges alone, without the comparisons of edtf and ask.
type days struct{ lo, hi int64 }

func (a days) apart(b days) bool       { return a.hi < b.lo || b.hi < a.lo }
func (a days) covers(d edtf.Date) bool { return a.lo <= d.Lo() && d.Hi() <= a.hi }

func fuzzy(d edtf.Date) days {
	lo, hi := d.Fuzzy()
	return days{min(lo, d.Lo()), max(hi, d.Hi())}
}

// world is a deck as the oracle knows it. An event that tells a date is not in
// it, so what has the text of a fact in it tells none.
type world struct {
	deck  *quiz.Deck
	facts map[int64]*truth
	order []*truth
	said  map[edtf.Date][2]string // what a date reads as, and with its preposition
}

// truth is what is true of one fact that may be asked.
type truth struct {
	quiz.Fact
	words  []string
	own    []days      // its date and the other one of a dispute
	all    []days      // the same of every fact that words the same event
	faces  []edtf.Date // one for each precision that its date allows
	shapes []string
	folded string
	length int
}

func newWorld(d *quiz.Deck) *world {
	w := &world{deck: d, facts: map[int64]*truth{}, said: map[edtf.Date][2]string{}}
	for _, f := range d.Facts {
		if f.Retired || f.Date.IsZero() || quiz.Leak(f.Event) != "" {
			continue
		}
		t := &truth{
			Fact: f, words: quiz.Content(f.Event), own: []days{fuzzy(f.Date)},
			folded: quiz.Fold(f.Event), length: utf8.RuneCountInString(f.Event),
		}
		if !f.Also.IsZero() {
			t.own = append(t.own, fuzzy(f.Also))
		}
		for _, p := range quiz.Precisions {
			if date, ok := f.Date.Plain().At(p); ok && p >= d.Precision {
				t.faces, t.shapes = append(t.faces, date), append(t.shapes, date.Shape())
			}
		}
		w.facts[f.ID] = t
		w.order = append(w.order, t)
	}
	for _, a := range w.order {
		for _, b := range w.order {
			if a == b || quiz.SameEvent(a.words, b.words) {
				a.all = append(a.all, b.own...)
			}
		}
	}
	return w
}

// text is what a date reads as, alone and with its preposition.
func (w *world) text(d edtf.Date) (in, when string) {
	said, ok := w.said[d]
	if !ok {
		said = [2]string{d.In(w.deck.Language), d.When(w.deck.Language)}
		w.said[d] = said
	}
	return said[0], said[1]
}

func apart(a days, all []days) bool {
	for _, b := range all {
		if !a.apart(b) {
			return false
		}
	}
	return true
}

// check gives the first promise that a question breaks, nil if it keeps all.
func (w *world) check(q quiz.Question, id quiz.CardID, k quiz.Kind, most int) error {
	t := w.facts[id.Fact]
	switch {
	case t == nil:
		return fmt.Errorf("a question of a fact that must not be asked")
	case q.Kind != k || q.Fact != id.Fact || q.Facet != id.Facet:
		return fmt.Errorf("asked for %v %v, got %v %v of %d", k, id, q.Kind, q.Facet, q.Fact)
	case q.Stem == "":
		return fmt.Errorf("no stem")
	case k == quiz.Flip:
		return w.checkFlip(q, t)
	case len(q.Options) < 2 || len(q.Options) > min(most, 4):
		return fmt.Errorf("%d options of at most %d", len(q.Options), most)
	case q.Answer < 0 || q.Answer >= len(q.Options) || q.Options[q.Answer].Fact != id.Fact:
		return fmt.Errorf("the answer %d is not the fact's", q.Answer)
	}
	if err := w.checkOptions(q); err != nil {
		return err
	}
	if k == quiz.WhenChoice {
		return w.checkWhen(q, t)
	}
	return w.checkWhat(q, t)
}

// checkOptions is what holds for options of every kind.
func (w *world) checkOptions(q quiz.Question) error {
	right := fuzzy(q.Options[q.Answer].Date)
	for i, o := range q.Options {
		if w.facts[o.Fact] == nil {
			return fmt.Errorf("option %q is of a fact that must not be asked", o.Text)
		}
		if !proven(o.Relation, fuzzy(o.Date), right, i == q.Answer) {
			return fmt.Errorf("option %q (%v) is not %v the right one", o.Text, o.Date, o.Relation)
		}
		for _, other := range q.Options[:i] {
			a, b := quiz.Fold(o.Text), quiz.Fold(other.Text)
			part := q.Kind == quiz.WhatChoice && (strings.Contains(a, b) || strings.Contains(b, a))
			if a == "" || a == b || part || o.Fact == other.Fact {
				return fmt.Errorf("options %q and %q are not two", o.Text, other.Text)
			}
		}
	}
	return nil
}

// proven tells whether the relation says how the option lies to the right one.
func proven(r edtf.Relation, option, right days, isRight bool) bool {
	switch r {
	case edtf.Same:
		return isRight
	case edtf.Before:
		return !isRight && option.hi < right.lo
	case edtf.After:
		return !isRight && option.lo > right.hi
	}
	return false
}

func (w *world) checkWhen(q quiz.Question, t *truth) error {
	right := q.Options[q.Answer].Date
	if q.Stem != t.Event || tellsYear(q.Stem, right) || tellsYear(q.Stem, t.Date) {
		return fmt.Errorf("the stem %q tells the date or is another's", q.Stem)
	}
	if !(days{right.Lo(), right.Hi()}).covers(t.Date) {
		return fmt.Errorf("the right option %v does not hold the fact's %v", right, t.Date)
	}
	for i, o := range q.Options {
		in, _ := w.text(o.Date)
		switch at := fuzzy(o.Date); {
		case o.Text != in:
			return fmt.Errorf("the option %v reads %q", o.Date, o.Text)
		case o.Date.Shape() != right.Shape(), o.Date.Precision() != right.Precision(), q.Precision != right.Precision():
			return fmt.Errorf("options %v (%s) and %v (%s)", o.Date, o.Date.Shape(), right, right.Shape())
		case strings.ContainsAny(o.Date.String(), "~?%"):
			return fmt.Errorf("the doubt of option %v tells", o.Date)
		case !(days{o.Date.Lo(), o.Date.Hi()}).covers(w.facts[o.Fact].Date):
			return fmt.Errorf("the option %v is not of its fact, %v", o.Date, w.facts[o.Fact].Date)
		case i != q.Answer && !apart(at, t.all):
			return fmt.Errorf("option %v may be right for %v, %v and its twins, %v", o.Date, t.Date, t.Also, t.all)
		}
		for _, other := range q.Options[:i] {
			if !fuzzy(o.Date).apart(fuzzy(other.Date)) {
				return fmt.Errorf("options %v and %v meet", o.Date, other.Date)
			}
		}
	}
	return nil
}

func (w *world) checkWhat(q quiz.Question, t *truth) error {
	date := q.Options[q.Answer].Date
	_, when := w.text(date)
	switch at := fuzzy(date); {
	case q.Stem != when, q.Precision != date.Precision():
		return fmt.Errorf("the stem %q is not of %v", q.Stem, date)
	case !at.covers(t.Date):
		return fmt.Errorf("the asked date %v does not hold the fact's %v", date, t.Date)
	}
	short, long := t.length, t.length
	for i, o := range q.Options {
		f := w.facts[o.Fact]
		short, long = min(short, f.length), max(long, f.length)
		switch {
		case o.Text != f.Event:
			return fmt.Errorf("the option %q is another fact's", o.Text)
		case strings.Contains(f.folded, quiz.Fold(q.Stem)):
			return fmt.Errorf("the option %q has the stem %q", o.Text, q.Stem)
		case i != q.Answer && !apart(fuzzy(date), f.all):
			return fmt.Errorf("option %q (%v) may be of %v", o.Text, f.Date, date)
		}
		for _, other := range q.Options[:i] {
			if quiz.SameEvent(f.words, w.facts[other.Fact].words) {
				return fmt.Errorf("options %q and %q word one event", o.Text, other.Text)
			}
		}
	}
	if float64(long) > 1.6*float64(short) {
		return fmt.Errorf("options of %d and %d characters", short, long)
	}
	return nil
}

func (w *world) checkFlip(q quiz.Question, t *truth) error {
	if len(q.Options) != 0 || q.Answer != -1 || q.Back == "" {
		return fmt.Errorf("a flip with options %v, answer %d, back %q", q.Options, q.Answer, q.Back)
	}
	if q.Facet == quiz.When {
		if q.Stem != t.Event || tellsYear(q.Stem, t.Date) {
			return fmt.Errorf("the flip's stem %q", q.Stem)
		}
		return nil
	}
	if _, when := w.text(t.Date); q.Stem != when || q.Back != t.Event {
		return fmt.Errorf("the flip of %q asks %q", t.Event, q.Stem)
	}
	if other := w.shares(t); other != nil {
		return fmt.Errorf("flipped by date, but %q (%v) may be of %v", other.Event, other.Date, t.Date)
	}
	return nil
}

// shares gives another fact that may have the date of t.
func (w *world) shares(t *truth) *truth {
	for _, other := range w.order {
		for _, at := range t.own {
			if other != t && !apart(at, other.own) {
				return other
			}
		}
	}
	return nil
}

// tellsYear finds the number of the date's first or last year in a text; one
// or two digits are a count.
func tellsYear(text string, d edtf.Date) bool {
	for _, day := range []int64{d.Lo(), d.Hi()} {
		if day == edtf.MinDay || day == edtf.MaxDay {
			continue
		}
		y, _, _ := edtf.Civil(day)
		for _, run := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
			if n, _ := strconv.ParseInt(run, 10, 64); len(run) > 2 && (n == y || n == 1-y) {
				return true
			}
		}
	}
	return false
}

// mustWhen tells whether the facts prove a choice among dates: brute force over
// all pairs and precisions.
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

// mustWhat tells whether the facts prove a choice among events.
func (w *world) mustWhat(t *truth, date edtf.Date) bool {
	for _, other := range w.order {
		short, long := min(t.length, other.length), max(t.length, other.length)
		if apart(fuzzy(date), other.all) && float64(long) <= 1.6*float64(short) &&
			!quiz.SameEvent(t.words, other.words) &&
			!strings.Contains(t.folded, other.folded) && !strings.Contains(other.folded, t.folded) {
			return true
		}
	}
	return false
}

// show writes a deck for a failure's message.
func show(t *testing.T, d *quiz.Deck) {
	t.Helper()
	for _, f := range d.Facts {
		t.Logf("%d %v also %q retired %v: %s", f.ID, f.Date, f.Also, f.Retired, f.Event)
	}
}
