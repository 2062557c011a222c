package kinds

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// findExclusions collects the distractors that a teacher has excluded.
func (p *DeckIndex) findExclusions() {
	var byKey map[string]int
	for i := range p.items {
		it := &p.items[i]
		for _, b := range it.ExcludedDistractors {
			if b.Fact == "" {
				it.excludedTerms = append(it.excludedTerms, quiz.NormalizeTerm(b.Term))
				continue
			}
			if byKey == nil {
				byKey = make(map[string]int, len(p.items))
				for j := range p.items {
					byKey[p.items[j].Key] = j
				}
			}
			if j, ok := byKey[b.Fact]; ok {
				it.excludedItems = append(it.excludedItems, j)
			}
		}
	}
}

// excludesDate reports whether a date could be that of an excluded fact; such a date
// must not come from another fact either.
func (d *draft) excludesDate(shape string, date edtf.Date) bool {
	return slices.ContainsFunc(d.item().excludedItems, func(j int) bool {
		other := d.displayDate(j, shape)
		return !other.IsZero() && !edtf.Disjoint(other, date)
	})
}

// excludesTerm reports whether a term is excluded in any of its spellings.
func (d *draft) excludesTerm(t term) bool {
	return slices.ContainsFunc(t.spellings, func(s string) bool { return slices.Contains(d.item().excludedTerms, s) })
}
