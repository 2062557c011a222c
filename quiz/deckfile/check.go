package deckfile

import (
	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

// warnAboutFacts adds warnings for valid facts that should be checked: no source,
// duplicates, contradicting dates, or too few distractors.
func (r *reader) warnAboutFacts() {
	pool := kinds.NewDeckIndex(r.deck)
	first := map[string]quiz.Fact{} // by exact wording
	for _, f := range r.deck.Facts {
		if f.Source == "" {
			r.addWarning(f, "source", "file.unsourced")
		}
		wording := quiz.FoldName(f.Event)
		if before, ok := first[wording]; !ok {
			first[wording] = f
			r.warnDuplicate(f, pool.SameEventFacts(f.ID))
		} else if isProvablyDistinct(f, before) {
			r.addWarning(f, "date", "file.contradiction", "Key", before.Key, "Line", r.keys[before.Key])
		} else {
			r.addWarning(f, "event", "file.duplicate", "Key", before.Key, "Line", r.keys[before.Key])
		}
		if !pool.HasChoice(f.ID) {
			r.addWarning(f, "fact", "file.no-options")
		}
	}
}

// warnDuplicate warns if an earlier fact describes the same event at the same time.
func (r *reader) warnDuplicate(f quiz.Fact, twins []quiz.Fact) {
	var found *quiz.Fact
	for i, t := range twins {
		if t.ID < f.ID && !isProvablyDistinct(f, t) && (found == nil || t.ID < found.ID) {
			found = &twins[i]
		}
	}
	if found != nil {
		r.addWarning(f, "event", "file.duplicate", "Key", found.Key, "Line", r.keys[found.Key])
	}
}

// isProvablyDistinct reports whether the dates of two facts provably have no day in
// common.
func isProvablyDistinct(a, b quiz.Fact) bool {
	return !a.AcceptsDate(b.Date) && (b.OtherDate.IsZero() || edtf.Disjoint(a.Date, b.OtherDate))
}

func (r *reader) addWarning(f quiz.Fact, name, key string, pairs ...any) {
	var p quiz.Problems
	p.Add(name, key, pairs...)
	r.deckOrDiagnostics(Diagnostic{Line: r.keys[f.Key], Problem: p[0], Warning: true})
}
