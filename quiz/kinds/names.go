package kinds

import (
	"slices"
	"strings"

	"chronicle/quiz"
)

// nameIndex are the terms of a deck by what they name: terms that have a spelling
// in common name one thing.
type nameIndex struct {
	spellings      [][]string       // of each name
	bySpelling     map[string]int   // name by a spelling
	terms          [][]int          // its terms that can be left out, a few
	mentionedWith  []map[int]bool   // names that are told of together with it somewhere
	mentions       [][][2]int64     // days of the facts that tell of it, a few
	byFirstWord    map[string][]int // names by the first word of a spelling
	byNearSpelling map[string][]int // names by spellings with one letter left out
}

// maxFactsPerName is how many facts of a name are noted; what is told of more often
// belongs to no time.
const maxFactsPerName = 400

// maxTermsPerName is how many terms of a name are compared with a gap.
const maxTermsPerName = 40

// indexNames joins all terms of the deck that share a spelling, and notes which
// names are told together in one fact: they may be two words for one thing, or a
// whole and its part, so that neither is provably wrong in the other's place.
func (p *DeckIndex) indexNames() nameIndex {
	n := nameIndex{bySpelling: map[string]int{}, byFirstWord: map[string][]int{}, byNearSpelling: map[string][]int{}}
	var all [][]string
	for _, f := range p.Deck.Facts {
		for _, t := range f.Terms {
			if spells := spellings(t); !f.Retired && len(spells) > 0 {
				all = append(all, spells)
			}
		}
	}
	root, number := groupBySharedSpelling(all), map[int]int{}
	for k, spells := range all {
		id, ok := number[root(k)]
		if !ok {
			id = len(n.spellings)
			number[root(k)] = id
			n.spellings, n.terms, n.mentionedWith, n.mentions = append(n.spellings, nil), append(n.terms, nil), append(n.mentionedWith, map[int]bool{}), append(n.mentions, nil)
		}
		for _, s := range spells {
			if _, known := n.bySpelling[s]; !known {
				n.bySpelling[s] = id
				n.spellings[id] = append(n.spellings[id], s)
			}
		}
	}
	for id, spells := range n.spellings {
		for _, s := range spells {
			word, _, _ := strings.Cut(s, " ")
			n.byFirstWord[word] = append(n.byFirstWord[word], id)
			for _, short := range deletions(s) {
				if !slices.Contains(n.byNearSpelling[short], id) {
					n.byNearSpelling[short] = append(n.byNearSpelling[short], id)
				}
			}
		}
	}
	for _, f := range p.Deck.Facts {
		if !f.Retired {
			n.addMentions(" "+quiz.NormalizeTerm(f.Event+" \n "+f.Label+" \n "+f.Detail)+" ", f)
		}
	}
	return n
}

// groupBySharedSpelling gives for each list of spellings the first one that it shares one with,
// directly or over others.
func groupBySharedSpelling(all [][]string) func(int) int {
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

// addMentions finds the names that a text tells of, and that they are told together.
func (n *nameIndex) addMentions(text string, f quiz.Fact) {
	var told []int
	for _, word := range strings.Fields(text) {
		for _, id := range n.byFirstWord[word] {
			if !slices.Contains(told, id) && slices.ContainsFunc(n.spellings[id], func(s string) bool { return strings.Contains(text, " "+s+" ") }) {
				told = append(told, id)
			}
		}
	}
	lo, hi := f.Date.WidenedBounds()
	for _, a := range told {
		if len(n.mentions[a]) < maxFactsPerName {
			n.mentions[a] = append(n.mentions[a], [2]int64{lo, hi})
		}
		for _, b := range told {
			if a != b {
				n.mentionedWith[a][b] = true
			}
		}
	}
}

// mayBeSame tells whether it is not proven that two names are of two things: they
// are one, are told together, or one spelling is a part of another.
func (n *nameIndex) mayBeSame(a, b int) bool {
	if a == b || n.mentionedWith[a][b] {
		return true
	}
	for _, s := range n.spellings[a] {
		for _, t := range n.spellings[b] {
			if strings.Contains(" "+s+" ", " "+t+" ") || strings.Contains(" "+t+" ", " "+s+" ") {
				return true
			}
		}
	}
	return false
}

// ConfusableTerms lists the terms of the deck, other than the one that the question
// leaves out, that a typed text is or is one slip away from.
func (p *DeckIndex) ConfusableTerms(q quiz.Question, typed string) []string {
	plain, right := quiz.NormalizeTermNoArticle(typed), quiz.NormalizeTerm(q.Term)
	var out []string
	for _, short := range deletions(plain) {
		for _, id := range p.names.byNearSpelling[short] {
			if slices.Contains(p.names.spellings[id], right) {
				continue
			}
			for _, s := range p.names.spellings[id] {
				if !slices.Contains(out, s) && quiz.OneTypoApart(plain, s) {
					out = append(out, s)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// FactWithTerm gives another fact of which a typed text is a term; 0 where there is
// none.
func (p *DeckIndex) FactWithTerm(typed string, fact int64) int64 {
	plain := quiz.NormalizeTermNoArticle(typed)
	for _, id := range p.names.byNearSpelling[plain] {
		for _, k := range p.names.terms[id] {
			if f := p.items[p.terms[k].item].ID; f != fact && slices.Contains(p.terms[k].spellings, plain) {
				return f
			}
		}
	}
	return 0
}

// deletions gives a spelling and all that is left of it without one letter: two
// spellings within one slip of another have one of them in common.
func deletions(s string) []string {
	runes := []rune(s)
	out := []string{s}
	if len(runes) > maxFuzzyTermLength || len(runes) < 2 {
		return out
	}
	for i := range runes {
		out = append(out, string(runes[:i])+string(runes[i+1:]))
	}
	return out
}

// maxFuzzyTermLength is how long a spelling may be for slips in it to be looked for.
const maxFuzzyTermLength = 64
