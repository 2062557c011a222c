package grading

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// CorrectQuestion is a question about a fact, or with it in a line, under the dates that
// the facts of the deck have now: what is right in it follows those. It is false
// where it has no right answer then, or none that is proven: such a question told
// nothing. A date within the one it was asked by leaves every proof standing.
func CorrectQuestion(q quiz.Question, f quiz.Fact, d *quiz.Deck) (quiz.Question, bool) {
	switch q.Kind {
	case quiz.KindGapChoice, quiz.KindGapTyped:
		return q, true
	case quiz.KindFirst, quiz.KindOrder:
		return reorderOptions(q, d)
	case quiz.KindMatch:
		return q, isMatchValid(q, d)
	}
	if isNarrower(q.FactDate, f.Date) {
		return q, true
	}
	switch q.Kind {
	case quiz.KindWhenChoice:
		return keepOnlyTrueOption(q, f)
	case quiz.KindWhatChoice:
		return q, isTrueOf(q.Options[q.RightOption].Date, f)
	case quiz.KindDuring:
		return q, isTrueOf(q.ShownOption.Date, f)
	case quiz.KindWhenTyped:
		return retargetTypedDate(q, f)
	case quiz.KindPlace:
		q.RightDate, q.UncertainDate, q.OtherDate = f.Date.Plain(), f.Date, f.OtherDate
		return q, q.RightDate.Exact()
	case quiz.KindTrueFalse:
		q.RightOption = 1
		if isTrueOf(q.ShownOption.Date, f) {
			q.RightOption = 0
		}
		return q, !f.Disputed && (q.RightOption == 0 || !f.AcceptsDate(q.ShownOption.Date))
	}
	return q, false
}

// isNarrower tells whether a date is the same as another or within it, with all its
// doubt.
func isNarrower(from, to edtf.Date) bool {
	if from.IsZero() || from == to {
		return from == to
	}
	lo, hi := from.WidenedBounds()
	toLo, toHi := to.WidenedBounds()
	return lo <= toLo && toHi <= hi && isInside(to, from.Plain())
}

func isInside(d, in edtf.Date) bool {
	r := edtf.Compare(d.Plain(), in)
	return r == edtf.Same || r == edtf.Within
}

// isTrueOf tells whether a date is true of a fact: all days that the fact is said to
// be of are among its.
func isTrueOf(d edtf.Date, f quiz.Fact) bool { return isInside(f.Date, d) }

// keepOnlyTrueOption makes the only option right that is true; all others have to be wrong.
func keepOnlyTrueOption(q quiz.Question, f quiz.Fact) (quiz.Question, bool) {
	q.RightOption = -1
	for i, o := range q.Options {
		switch {
		case isTrueOf(o.Date, f) && q.RightOption < 0:
			q.RightOption = i
		case f.AcceptsDate(o.Date):
			return q, false
		}
	}
	return q, q.RightOption >= 0
}

// retargetTypedDate asks for the new date at the precision that was asked for.
func retargetTypedDate(q quiz.Question, f quiz.Fact) (quiz.Question, bool) {
	right := f.Date.Plain()
	if right.Precision() != q.Precision {
		at, ok := right.CoarsenTo(q.Precision)
		if !ok || right.Precision() > q.Precision {
			return q, false
		}
		right = at
	}
	q.RightDate, q.UncertainDate, q.OtherDate, q.Accepted = right, f.Date, f.OtherDate, nil
	return q, right.Exact() || right.Precision() == edtf.Season
}

// reorderOptions puts the options in order anew; every pair has to be proven. One whose
// fact is in the deck no more keeps its date.
func reorderOptions(q quiz.Question, d *quiz.Deck) (quiz.Question, bool) {
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
	if q.Kind == quiz.KindFirst {
		q.RightOption = line[0]
	} else {
		q.RightOrder = line
	}
	return q, proven
}

// isMatchValid tells whether of each event the date that belonged to it is the only
// one of the match that is true of it still.
func isMatchValid(q quiz.Question, d *quiz.Deck) bool {
	for i, o := range q.Options {
		f, ok := d.Fact(o.Fact)
		for at, date := range q.Dates {
			if ok && (at == q.RightOrder[i] && !isTrueOf(date.Date, f) || at != q.RightOrder[i] && f.AcceptsDate(date.Date)) {
				return false
			}
		}
	}
	return true
}
