package exchange

import (
	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
)

// check warns of facts that can be kept but should be looked at: without a
// source, said twice, said with two dates, or without a choice to be asked in.
func (r *reader) check() {
	pool := ask.NewPool(r.deck)
	first := map[string]quiz.Fact{} // by the exact wording
	for _, f := range r.deck.Facts {
		if f.Source == "" {
			r.warn(f, "source", "file.unsourced")
		}
		wording := quiz.Fold(f.Event)
		if before, ok := first[wording]; !ok {
			first[wording] = f
			r.warnOfTwin(f, pool.Twins(f.ID))
		} else if apart(f, before) {
			r.warn(f, "date", "file.contradiction", "Key", before.Key, "Line", r.keys[before.Key])
		} else {
			r.warn(f, "event", "file.duplicate", "Key", before.Key, "Line", r.keys[before.Key])
		}
		if !pool.Choice(f.ID) {
			r.warn(f, "fact", "file.no-options")
		}
	}
}

// warnOfTwin warns of the first fact above that says the same of the same time.
func (r *reader) warnOfTwin(f quiz.Fact, twins []quiz.Fact) {
	var found *quiz.Fact
	for i, t := range twins {
		if t.ID < f.ID && !apart(f, t) && (found == nil || t.ID < found.ID) {
			found = &twins[i]
		}
	}
	if found != nil {
		r.warn(f, "event", "file.duplicate", "Key", found.Key, "Line", r.keys[found.Key])
	}
}

// apart tells whether the facts provably have no day in common.
func apart(a, b quiz.Fact) bool {
	return !a.Meets(b.Date) && (b.Also.IsZero() || edtf.Disjoint(a.Date, b.Also))
}

func (r *reader) warn(f quiz.Fact, name, key string, pairs ...any) {
	var p quiz.Problems
	p.Add(name, key, pairs...)
	r.give(Note{Line: r.keys[f.Key], Problem: p[0], Warning: true})
}
