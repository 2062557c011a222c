package mark

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// Corrected is a question about a fact, or with it in a line, under the dates that
// the facts of the deck have now: what is right in it follows those. It is false
// where it has no right answer then, or none that is proven: such a question told
// nothing. A date within the one it was asked by leaves every proof standing.
func Corrected(q quiz.Question, f quiz.Fact, d *quiz.Deck) (quiz.Question, bool) {
	switch q.Kind {
	case quiz.GapChoice, quiz.GapTyped:
		return q, true
	case quiz.First, quiz.Order:
		return inLine(q, d)
	case quiz.Match:
		return q, matchHolds(q, d)
	}
	if narrowed(q.Dated, f.Date) {
		return q, true
	}
	switch q.Kind {
	case quiz.WhenChoice:
		return onlyTrue(q, f)
	case quiz.WhatChoice:
		return q, holds(q.Options[q.Answer].Date, f)
	case quiz.During:
		return q, holds(q.Shown.Date, f)
	case quiz.WhenTyped:
		return typedAnew(q, f)
	case quiz.Place:
		q.Right, q.Doubt, q.Also = f.Date.Plain(), f.Date, f.Also
		return q, q.Right.Exact()
	case quiz.Truth:
		q.Answer = 1
		if holds(q.Shown.Date, f) {
			q.Answer = 0
		}
		return q, !f.Disputed && (q.Answer == 0 || !f.Meets(q.Shown.Date))
	}
	return q, false
}

// narrowed tells whether a date is the same as another or within it, with all its
// doubt.
func narrowed(from, to edtf.Date) bool {
	if from.IsZero() || from == to {
		return from == to
	}
	lo, hi := from.Fuzzy()
	toLo, toHi := to.Fuzzy()
	return lo <= toLo && toHi <= hi && inside(to, from.Plain())
}

func inside(d, in edtf.Date) bool {
	r := edtf.Compare(d.Plain(), in)
	return r == edtf.Same || r == edtf.Within
}

// holds tells whether a date is true of a fact: all days that the fact is said to
// be of are among its.
func holds(d edtf.Date, f quiz.Fact) bool { return inside(f.Date, d) }

// onlyTrue makes the only option right that is true; all others have to be wrong.
func onlyTrue(q quiz.Question, f quiz.Fact) (quiz.Question, bool) {
	q.Answer = -1
	for i, o := range q.Options {
		switch {
		case holds(o.Date, f) && q.Answer < 0:
			q.Answer = i
		case f.Meets(o.Date):
			return q, false
		}
	}
	return q, q.Answer >= 0
}

// typedAnew asks for the new date at the precision that was asked for.
func typedAnew(q quiz.Question, f quiz.Fact) (quiz.Question, bool) {
	right := f.Date.Plain()
	if right.Precision() != q.Precision {
		at, ok := right.At(q.Precision)
		if !ok || right.Precision() > q.Precision {
			return q, false
		}
		right = at
	}
	q.Right, q.Doubt, q.Also, q.Accepted = right, f.Date, f.Also, nil
	return q, right.Exact() || right.Precision() == edtf.Season
}

// inLine puts the options in order anew; every pair has to be proven. One whose
// fact is in the deck no more keeps its date.
func inLine(q quiz.Question, d *quiz.Deck) (quiz.Question, bool) {
	q.Options = slices.Clone(q.Options)
	for i, o := range q.Options {
		if f, ok := d.Fact(o.Fact); ok {
			q.Options[i].Date = f.Date
		}
	}
	line := make([]int, len(q.Options))
	for i := range line {
		line[i] = i
	}
	proven := true
	slices.SortFunc(line, func(a, b int) int {
		switch edtf.Compare(q.Options[a].Date, q.Options[b].Date) {
		case edtf.Before:
			return -1
		case edtf.After:
			return 1
		}
		proven = proven && a == b
		return 0
	})
	if q.Kind == quiz.First {
		q.Answer = line[0]
	} else {
		q.Order = line
	}
	return q, proven
}

// matchHolds tells whether of each event the date that belonged to it is the only
// one of the match that is true of it still.
func matchHolds(q quiz.Question, d *quiz.Deck) bool {
	for i, o := range q.Options {
		f, ok := d.Fact(o.Fact)
		for at, date := range q.Dates {
			if ok && (at == q.Order[i] && !holds(date.Date, f) || at != q.Order[i] && f.Meets(date.Date)) {
				return false
			}
		}
	}
	return true
}
