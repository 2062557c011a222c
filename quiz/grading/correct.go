package grading

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// CorrectQuestion returns a question about a fact, or with it among the options, with
// the right answer updated to the current dates of the deck's facts. Past answers are
// regraded with it. It returns false if the question no longer has a proven right
// answer; its answers are then void. A new date within the date that the question was
// built from does not change the question.
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

// isNarrower reports whether the date to equals from or is within it, including the
// uncertainty of both.
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

// isTrueOf reports whether a date is true of a fact: it covers all days of the fact's
// date.
func isTrueOf(d edtf.Date, f quiz.Fact) bool { return isInside(f.Date, d) }

// keepOnlyTrueOption marks the only true option as right. It returns false if there is
// none, or if another option is not certainly wrong.
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

// retargetTypedDate sets the new right date at the precision that was asked for. It
// returns false if the new date does not have that precision.
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

// reorderOptions recomputes the order of the options; it returns false unless every pair
// is proven. An option whose fact is no longer in the deck keeps its date.
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

// isMatchValid reports whether for each event the matching date is still the only one in
// the question that is true of it.
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
