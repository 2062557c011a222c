package kinds

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// findExclusions finds what a teacher does not want as a wrong option.
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

// excludesDate tells whether a date would stand for a fact that is barred: then it
// may not come from another fact either.
func (d *draft) excludesDate(shape string, date edtf.Date) bool {
	return slices.ContainsFunc(d.item().excludedItems, func(j int) bool {
		other := d.displayDate(j, shape)
		return !other.IsZero() && !edtf.Disjoint(other, date)
	})
}

// excludesTerm tells whether a term, in any of its spellings, is barred.
func (d *draft) excludesTerm(t term) bool {
	return slices.ContainsFunc(t.spellings, func(s string) bool { return slices.Contains(d.item().excludedTerms, s) })
}
