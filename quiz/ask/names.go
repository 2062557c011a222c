package ask

import (
	"slices"
	"strings"

	"chronicle/quiz"
)

// names are the terms of a deck by what they name: terms that have a spelling
// in common name one thing.
type names struct {
	spells [][]string       // of each name
	spelt  map[string]int   // name by a spelling
	of     [][]int          // its terms that can be left out, a few
	beside []map[int]bool   // names that are told of together with it somewhere
	told   [][][2]int64     // days of the facts that tell of it, a few
	first  map[string][]int // names by the first word of a spelling
	near   map[string][]int // names by spellings with one letter left out
}

// fewFacts is how many facts of a name are noted; what is told of more often
// belongs to no time.
const fewFacts = 400

// fewTerms is how many terms of a name are compared with a gap.
const fewTerms = 40

// findNames joins all terms of the deck that share a spelling, and notes which
// names are told together in one fact: they may be two words for one thing, or a
// whole and its part, so that neither is provably wrong in the other's place.
func (p *Pool) findNames() names {
	n := names{spelt: map[string]int{}, first: map[string][]int{}, near: map[string][]int{}}
	var all [][]string
	for _, f := range p.Deck.Facts {
		for _, t := range f.Terms {
			if spells := spellings(t); !f.Retired && len(spells) > 0 {
				all = append(all, spells)
			}
		}
	}
	root, number := joined(all), map[int]int{}
	for k, spells := range all {
		id, ok := number[root(k)]
		if !ok {
			id = len(n.spells)
			number[root(k)] = id
			n.spells, n.of, n.beside, n.told = append(n.spells, nil), append(n.of, nil), append(n.beside, map[int]bool{}), append(n.told, nil)
		}
		for _, s := range spells {
			if _, known := n.spelt[s]; !known {
				n.spelt[s] = id
				n.spells[id] = append(n.spells[id], s)
			}
		}
	}
	for id, spells := range n.spells {
		for _, s := range spells {
			word, _, _ := strings.Cut(s, " ")
			n.first[word] = append(n.first[word], id)
			for _, short := range shortened(s) {
				if !slices.Contains(n.near[short], id) {
					n.near[short] = append(n.near[short], id)
				}
			}
		}
	}
	for _, f := range p.Deck.Facts {
		if !f.Retired {
			n.note(" "+quiz.Plain(f.Event+" \n "+f.Label+" \n "+f.Detail)+" ", f)
		}
	}
	return n
}

// joined gives for each list of spellings the first one that it shares one with,
// directly or over others.
func joined(all [][]string) func(int) int {
	parent := make([]int, len(all))
	for k := range parent {
		parent[k] = k
	}
	find := func(k int) int {
		for parent[k] != k {
			parent[k] = parent[parent[k]]
			k = parent[k]
		}
		return k
	}
	by := map[string]int{}
	for k, spells := range all {
		for _, s := range spells {
			if other, ok := by[s]; ok {
				parent[find(k)] = find(other)
			} else {
				by[s] = k
			}
		}
	}
	return find
}

// note finds the names that a text tells of, and that they are told together.
func (n *names) note(text string, f quiz.Fact) {
	var told []int
	for _, word := range strings.Fields(text) {
		for _, id := range n.first[word] {
			if !slices.Contains(told, id) && slices.ContainsFunc(n.spells[id], func(s string) bool { return strings.Contains(text, " "+s+" ") }) {
				told = append(told, id)
			}
		}
	}
	lo, hi := f.Date.Fuzzy()
	for _, a := range told {
		if len(n.told[a]) < fewFacts {
			n.told[a] = append(n.told[a], [2]int64{lo, hi})
		}
		for _, b := range told {
			if a != b {
				n.beside[a][b] = true
			}
		}
	}
}

// mayBe tells whether it is not proven that two names are of two things: they
// are one, are told together, or one spelling is a part of another.
func (n *names) mayBe(a, b int) bool {
	if a == b || n.beside[a][b] {
		return true
	}
	for _, s := range n.spells[a] {
		for _, t := range n.spells[b] {
			if strings.Contains(" "+s+" ", " "+t+" ") || strings.Contains(" "+t+" ", " "+s+" ") {
				return true
			}
		}
	}
	return false
}

// Mistakable lists the terms of the deck, other than the one that the question
// leaves out, that a typed text is or is one slip away from.
func (p *Pool) Mistakable(q quiz.Question, typed string) []string {
	plain, right := quiz.Bare(typed), quiz.Plain(q.Term)
	var out []string
	for _, short := range shortened(plain) {
		for _, id := range p.names.near[short] {
			if slices.Contains(p.names.spells[id], right) {
				continue
			}
			for _, s := range p.names.spells[id] {
				if !slices.Contains(out, s) && quiz.OneSlip(plain, s) {
					out = append(out, s)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// Named gives another fact of which a typed text is a term; 0 where there is
// none.
func (p *Pool) Named(typed string, fact int64) int64 {
	plain := quiz.Bare(typed)
	for _, id := range p.names.near[plain] {
		for _, k := range p.names.of[id] {
			if f := p.items[p.terms[k].item].ID; f != fact && slices.Contains(p.terms[k].spells, plain) {
				return f
			}
		}
	}
	return 0
}

// shortened gives a spelling and all that is left of it without one letter: two
// spellings within one slip of another have one of them in common.
func shortened(s string) []string {
	runes := []rune(s)
	out := []string{s}
	if len(runes) > longestTerm || len(runes) < 2 {
		return out
	}
	for i := range runes {
		out = append(out, string(runes[:i])+string(runes[i+1:]))
	}
	return out
}

// longestTerm is how long a spelling may be for slips in it to be looked for.
const longestTerm = 64
