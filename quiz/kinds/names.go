package kinds

import (
	"slices"
	"strings"

	"chronicle/quiz"
)

// nameIndex groups the terms of a deck by what they name: terms that share a spelling
// belong to one name. Names are identified by their index.
type nameIndex struct {
	spellings      [][]string       // by name
	bySpelling     map[string]int   // spelling to name
	terms          [][]int          // by name, its terms that can be left out, at most maxTermsPerName
	mentionedWith  []map[int]bool   // by name, the names that occur in a fact together with it
	mentions       [][][2]int64     // by name, days of the facts that mention it, at most maxFactsPerName
	byFirstWord    map[string][]int // names by the first word of a spelling
	byNearSpelling map[string][]int // names by spellings and spellings with one letter deleted
}

// maxFactsPerName limits the mentions recorded for a name; a name with more is treated
// as possible at any time.
const maxFactsPerName = 400

// maxTermsPerName limits the terms of a name that are compared with a gap.
const maxTermsPerName = 40

// indexNames groups the terms of the deck by shared spellings and records which names
// occur together in one fact. Those may be two words for one thing, or a whole and its
// part, so neither is provably wrong in place of the other.
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

// groupBySharedSpelling groups lists of spellings that share a spelling, directly or
// through other lists. The returned function maps an index of all to the representative
// index of its group.
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

// addMentions records the names that occur in a fact's text, and that they occur
// together.
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

// mayBeSame reports whether it is not proven that two names mean different things: they
// are the same, occur together, or a spelling of one contains a spelling of the other.
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

// ConfusableTerms returns the terms of the deck, other than the one that the question
// leaves out, that equal the typed text or differ from it by one typo.
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

// FactWithTerm returns another fact that has the typed text as a term, or 0 if there is
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

// deletions returns a spelling and all variants of it with one letter deleted. Two
// spellings within one typo of each other have at least one of these in common.
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

// maxFuzzyTermLength is the maximum length of a spelling, in characters, for which typos
// are searched.
const maxFuzzyTermLength = 64
