package kinds_test

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// checkProof checks every step of a question's proof against the days of the facts.
func (w *world) checkProof(q quiz.Question) error {
	grounds := q.Proof()
	if len(grounds) == 0 {
		return breaks("nothing proves it")
	}
	spoken := map[int64]bool{}
	for _, g := range grounds {
		if !w.holds(q, g) {
			return breaks("the ground %d %s %d does not hold", g.Fact, g.Relation, g.OtherFact)
		}
		spoken[g.Fact], spoken[g.OtherFact] = true, true
	}
	for _, o := range q.Options {
		if q.Kind != quiz.KindTrueFalse && o.Fact != 0 && !spoken[o.Fact] {
			return breaks("no ground speaks of option %q", o.Text)
		}
	}
	return nil
}

// holds reports whether a proof step is true.
func (w *world) holds(q quiz.Question, g quiz.ProofStep) bool {
	if w.facts[g.Fact] == nil {
		return false
	}
	a, b := w.daysOf(q, g.Fact), w.daysOf(q, g.OtherFact)
	switch g.Relation {
	case edtf.Before.String():
		return a.hi < b.lo
	case edtf.After.String():
		return a.lo > b.hi
	case edtf.Same.String():
		return a == b
	case edtf.Within.String():
		return q.Kind == quiz.KindDuring && b.lo <= a.lo && a.hi <= b.hi
	case edtf.Contains.String():
		return q.Kind == quiz.KindTrueFalse && a.lo <= b.lo && b.hi <= a.hi
	case "other term":
		return q.Kind == quiz.KindGapChoice && g.Fact != g.OtherFact && g.OtherFact == q.Fact && slices.ContainsFunc(q.Options, func(o quiz.Option) bool { return o.Fact == g.Fact })
	case "this term":
		return q.Kind == quiz.KindGapTyped && g.Fact == q.Fact && g.OtherFact == q.Fact
	}
	return false
}

// daysOf returns the days that a proof step refers to: for a date among options the date
// as shown, for an event all days on which it may have happened.
func (w *world) daysOf(q quiz.Question, fact int64) days {
	if q.ShownOption.Fact == fact && (q.Kind == quiz.KindDuring || q.Kind == quiz.KindTrueFalse) {
		return days{q.ShownOption.Date.Lo(), q.ShownOption.Date.Hi()}
	}
	t := w.facts[fact]
	switch {
	case t == nil:
		return days{1, 0}
	case q.Kind == quiz.KindWhenChoice, q.Kind == quiz.KindTrueFalse, q.Kind == quiz.KindWhatChoice && fact == q.Fact:
		return days{t.Date.Lo(), t.Date.Hi()}
	case q.Kind == quiz.KindWhatChoice:
		return fuzzy(t.Date)
	}
	return t.hull()
}
