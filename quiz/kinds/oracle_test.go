package kinds_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// days is a range of days, both ends included. The oracle judges questions by such
// ranges alone, without using the comparisons of edtf and kinds.
type days struct{ lo, hi int64 }

func (a days) apart(b days) bool       { return a.hi < b.lo || b.hi < a.lo }
func (a days) covers(d edtf.Date) bool { return a.lo <= d.Lo() && d.Hi() <= a.hi }

func fuzzy(d edtf.Date) days {
	lo, hi := d.WidenedBounds()
	return days{min(lo, d.Lo()), max(hi, d.Hi())}
}

// world is a deck as the oracle sees it. Events that contain a date are left out, so the
// text of a fact in it never gives its date away.
type world struct {
	deck  *quiz.Deck
	facts map[int64]*truth
	order []*truth
	said  map[edtf.Date][2]string // date in words, alone and with its preposition
	years []int64                 // first and last years of the deck's dates
	terms lexicon
}

// truth holds what is true of one askable fact.
type truth struct {
	quiz.Fact
	words  []string
	own    []days      // its date and the other date of a dispute
	all    []days      // the same for every fact with the same event
	faces  []edtf.Date // its date at each possible precision
	shapes []string
	folded string
	length int
}

// hull returns the first and last day on which the event may have happened, in any
// wording.
func (t *truth) hull() days {
	all := t.all[0]
	for _, d := range t.all {
		all = days{min(all.lo, d.lo), max(all.hi, d.hi)}
	}
	return all
}

// sameEvents returns the other facts with the same event.
func (w *world) sameEvents(t *truth) (out []*truth) {
	for _, other := range w.order {
		if other != t && quiz.SameEvent(t.words, other.words) {
			out = append(out, other)
		}
	}
	return out
}

func newWorld(d *quiz.Deck) *world {
	w := &world{deck: d, facts: map[int64]*truth{}, said: map[edtf.Date][2]string{}}
	for _, f := range d.Facts {
		if f.Retired || f.Date.IsZero() || quiz.FindDateWords(f.Event) != "" {
			continue
		}
		t := &truth{
			Fact: f, words: quiz.ContentWords(f.Event), own: []days{fuzzy(f.Date)},
			folded: quiz.FoldName(f.Event), length: utf8.RuneCountInString(f.Event),
		}
		if !f.OtherDate.IsZero() {
			t.own = append(t.own, fuzzy(f.OtherDate))
		}
		for _, p := range quiz.DeckPrecisions {
			if date, ok := f.Date.Plain().CoarsenTo(p); ok && p >= d.Precision {
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
	w.findYears()
	w.terms = newLexicon(d)
	return w
}

// text returns a date in words, alone and with its preposition.
func (w *world) text(d edtf.Date) (in, when string) {
	said, ok := w.said[d]
	if !ok {
		said = [2]string{d.Format(w.deck.Language), d.FormatWithPreposition(w.deck.Language)}
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

// broken is the error of a question that violates a rule.
type broken struct{ promise, text string }

func (b *broken) Error() string { return b.text }

// breaks returns the error for a violated rule; the format identifies the rule.
func breaks(format string, args ...any) error {
	return &broken{format, fmt.Sprintf(format, args...)}
}

// check returns the first rule that a question violates, or nil.
func (w *world) check(q quiz.Question, f form, fact int64) error {
	t := w.facts[fact]
	switch {
	case t == nil:
		return breaks("a question of a fact that must not be asked")
	case q.Kind != f.kind || q.Fact != fact || q.Facet != f.facet || q.DeckVersion != w.deck.Version:
		return breaks("asked for %v of %d, got %v %v of %d", f, fact, q.Kind, q.Facet, q.Fact)
	}
	if err := w.checkNumbers(q, f.maxOptions); err != nil {
		return err
	}
	checks := map[quiz.Kind]func(quiz.Question, *truth) error{
		quiz.KindWhenChoice: w.checkWhen, quiz.KindWhatChoice: w.checkWhat, quiz.KindFlashcard: w.checkFlashcard, quiz.KindFirst: w.checkFirst,
		quiz.KindOrder: w.checkOrder, quiz.KindMatch: w.checkMatch, quiz.KindTimeBetween: w.checkBetween, quiz.KindDuring: w.checkDuring,
		quiz.KindWhenTyped: w.checkTyped, quiz.KindPlace: w.checkPlace, quiz.KindTrueFalse: w.checkTruth,
		quiz.KindGapChoice: w.checkGapChoice, quiz.KindGapTyped: w.checkGapTyped,
	}
	if err := checks[q.Kind](q, t); err != nil {
		return err
	}
	return w.checkProof(q)
}

// checkNumbers checks the number of options and which of them is right.
func (w *world) checkNumbers(q quiz.Question, most int) error {
	few, many := 2, min(most, 4)
	switch q.Kind {
	case quiz.KindFirst, quiz.KindTrueFalse:
		many = 2
	case quiz.KindOrder:
		few, many = 3, min(max(most, 3), 6)
	case quiz.KindMatch:
		few, many = 3, min(max(most, 3), 5)
	case quiz.KindWhenTyped, quiz.KindPlace, quiz.KindGapTyped, quiz.KindFlashcard:
		few, many = 0, 0
	}
	if n := len(q.Options); n < few || n > many {
		return breaks("%d options, not %d to %d", n, few, many)
	}
	for _, o := range q.Options {
		if o.Fact != 0 && w.facts[o.Fact] == nil {
			return breaks("option %q is of a fact that must not be asked", o.Text)
		}
	}
	if has := q.RightOption >= 0 && q.RightOption < len(q.Options); has != q.Kind.IsChoice() || !has && q.RightOption != -1 {
		return breaks("the answer is %d", q.RightOption)
	}
	return nil
}

// checkOptions checks what must hold for the options of every kind.
func (w *world) checkOptions(q quiz.Question) error {
	if q.Options[q.RightOption].Fact != q.Fact {
		return breaks("the answer %d is not the fact's", q.RightOption)
	}
	right := fuzzy(q.Options[q.RightOption].Date)
	for i, o := range q.Options {
		if w.facts[o.Fact] == nil {
			return breaks("option %q is of no fact", o.Text)
		}
		if !proven(o.Relation, fuzzy(o.Date), right, i == q.RightOption) {
			return breaks("option %q (%v) is not %v the right one", o.Text, o.Date, o.Relation)
		}
		for _, other := range q.Options[:i] {
			a, b := quiz.FoldName(o.Text), quiz.FoldName(other.Text)
			part := q.Kind == quiz.KindWhatChoice && (strings.Contains(a, b) || strings.Contains(b, a))
			if a == "" || a == b || part || o.Fact == other.Fact {
				return breaks("options %q and %q are not two", o.Text, other.Text)
			}
		}
	}
	return nil
}

// proven reports whether the relation correctly compares the option to the right one.
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
	if err := w.checkOptions(q); err != nil {
		return err
	}
	right := q.Options[q.RightOption].Date
	if q.Stem != t.Event || tellsYear(q.Stem, right) || tellsYear(q.Stem, t.Date) {
		return breaks("the stem %q tells the date or is another's", q.Stem)
	}
	if !(days{right.Lo(), right.Hi()}).covers(t.Date) {
		return breaks("the right option %v does not hold the fact's %v", right, t.Date)
	}
	for i, o := range q.Options {
		in, _ := w.text(o.Date)
		switch at := fuzzy(o.Date); {
		case o.Text != in:
			return breaks("the option %v reads %q", o.Date, o.Text)
		case o.Date.Shape() != right.Shape(), o.Date.Precision() != right.Precision(), q.Precision != right.Precision():
			return breaks("options %v (%s) and %v (%s)", o.Date, o.Date.Shape(), right, right.Shape())
		case strings.ContainsAny(o.Date.String(), "~?%"):
			return breaks("the doubt of option %v tells", o.Date)
		case !(days{o.Date.Lo(), o.Date.Hi()}).covers(w.facts[o.Fact].Date):
			return breaks("the option %v is not of its fact, %v", o.Date, w.facts[o.Fact].Date)
		case i != q.RightOption && !apart(at, t.all):
			return breaks("option %v may be right for %v, %v and its twins, %v", o.Date, t.Date, t.OtherDate, t.all)
		}
		for _, other := range q.Options[:i] {
			if !fuzzy(o.Date).apart(fuzzy(other.Date)) {
				return breaks("options %v and %v meet", o.Date, other.Date)
			}
		}
	}
	return nil
}

func (w *world) checkWhat(q quiz.Question, t *truth) error {
	if err := w.checkOptions(q); err != nil {
		return err
	}
	date := q.Options[q.RightOption].Date
	_, when := w.text(date)
	switch at := fuzzy(date); {
	case q.Stem != when, q.Precision != date.Precision():
		return breaks("the stem %q is not of %v", q.Stem, date)
	case !at.covers(t.Date):
		return breaks("the asked date %v does not hold the fact's %v", date, t.Date)
	}
	for i, o := range q.Options {
		f := w.facts[o.Fact]
		switch {
		case strings.Contains(f.folded, quiz.FoldName(q.Stem)):
			return breaks("the option %q has the stem %q", o.Text, q.Stem)
		case i != q.RightOption && !apart(fuzzy(date), f.all):
			return breaks("option %q (%v) may be of %v", o.Text, f.Date, date)
		}
	}
	return w.checkEvents(q, true)
}

// checkEvents checks options that are events: each belongs to its fact, no two are the
// same event, and if like is true their lengths are similar.
func (w *world) checkEvents(q quiz.Question, like bool) error {
	for i, o := range q.Options {
		f := w.facts[o.Fact]
		if f == nil || o.Text != f.Event {
			return breaks("the option %q is another fact's", o.Text)
		}
		for _, other := range q.Options[:i] {
			g := w.facts[other.Fact]
			switch {
			case f == g, quiz.SameEvent(f.words, g.words), strings.Contains(f.folded, g.folded), strings.Contains(g.folded, f.folded):
				return breaks("options %q and %q word one event", o.Text, other.Text)
			case like && float64(max(f.length, g.length)) > 1.6*float64(min(f.length, g.length)):
				return breaks("options of %d and %d characters", f.length, g.length)
			}
		}
	}
	return nil
}

func (w *world) checkFlashcard(q quiz.Question, t *truth) error {
	if len(q.Options) != 0 || q.RightOption != -1 || q.BackText == "" {
		return breaks("a flip with options %v, answer %d, back %q", q.Options, q.RightOption, q.BackText)
	}
	switch q.Facet {
	case quiz.FacetWhen:
		back, _ := w.text(t.Date)
		coarse, ok := t.Date.Plain().CoarsenTo(w.deck.Precision)
		less, _ := w.text(coarse)
		if q.Stem != t.Event || tellsYear(q.Stem, t.Date) || q.BackText != back && (!ok || q.BackText != less) {
			return breaks("the flip's stem %q or its back %q", q.Stem, q.BackText)
		}
		return nil
	case quiz.FacetTerm:
		if q.BackText != q.Term {
			return breaks("the back of the gap is %q", q.BackText)
		}
		return w.checkGap(q, t)
	}
	if _, when := w.text(t.Date); q.Stem != when || q.BackText != t.Event {
		return breaks("the flip of %q asks %q", t.Event, q.Stem)
	}
	if other := w.shares(t); other != nil {
		return breaks("flipped by date, but %q (%v) may be of %v", other.Event, other.Date, t.Date)
	}
	return nil
}

// shares returns another fact that may have the date of t.
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

// tellsYear reports whether a text contains the number of the date's first or last year.
// Numbers of one or two digits are ignored, because they are usually counts.
func tellsYear(text string, d edtf.Date) bool {
	for _, day := range []int64{d.Lo(), d.Hi()} {
		if day == edtf.MinDay || day == edtf.MaxDay {
			continue
		}
		y, _, _ := edtf.CivilDate(day)
		for _, run := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
			if n, _ := strconv.ParseInt(run, 10, 64); len(run) > 2 && (n == y || n == 1-y) {
				return true
			}
		}
	}
	return false
}

// show logs a deck when a test fails.
func show(t *testing.T, d *quiz.Deck) {
	t.Helper()
	for _, f := range d.Facts {
		t.Logf("%d %v also %q retired %v claim %v disputed %v: %s | %s | %s | %q", f.ID, f.Date, f.OtherDate, f.Retired, f.Claim, f.Disputed, f.Event, f.Label, f.Detail, f.Terms)
	}
}
