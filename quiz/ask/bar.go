package ask

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// findBars finds what a teacher does not want as a wrong option.
func (p *Pool) findBars() {
	var byKey map[string]int
	for i := range p.items {
		it := &p.items[i]
		for _, b := range it.Bars {
			if b.Fact == "" {
				it.noTerms = append(it.noTerms, quiz.Plain(b.Term))
				continue
			}
			if byKey == nil {
				byKey = make(map[string]int, len(p.items))
				for j := range p.items {
					byKey[p.items[j].Key] = j
				}
			}
			if j, ok := byKey[b.Fact]; ok {
				it.barred = append(it.barred, j)
			}
		}
	}
}

// barsDate tells whether a date would stand for a fact that is barred: then it
// may not come from another fact either.
func (d *draft) barsDate(shape string, date edtf.Date) bool {
	return slices.ContainsFunc(d.it().barred, func(j int) bool {
		other := d.faceOf(j, shape)
		return !other.IsZero() && !edtf.Disjoint(other, date)
	})
}

// barsTerm tells whether a term, in any of its spellings, is barred.
func (d *draft) barsTerm(t term) bool {
	return slices.ContainsFunc(t.spells, func(s string) bool { return slices.Contains(d.it().noTerms, s) })
}
