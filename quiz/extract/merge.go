package extract

import (
	"slices"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// mergeDuplicates finds proposals of the same event. Of those with compatible dates
// it drops the weaker one; those with different dates get the concern
// ConcernContradiction.
func (d *document) mergeDuplicates(all []*draft) {
	m := d.newDuplicateFinder(all)
	first := map[string]*draft{}
	for _, p := range all { // identical proposals, as in a text that repeats itself
		if d.isDone(wordSteps) {
			return
		}
		key := p.Event + "\t" + p.Date.String()
		if old := first[key]; old != nil {
			p.Score = -1
			if !old.HasConcern(ConcernDuplicate) {
				old.point(ConcernDuplicate, p)
			}
			continue
		}
		first[key] = p
	}
	for i, p := range all {
		for _, j := range m.similarProposals(i) {
			if d.isDone(wordSteps) {
				return
			}
			if all[j].Score < 0 || p.Score < 0 || alike(m.content[i], m.content[j]) < sameThreshold {
				continue
			}
			comparePair(all[j], p)
		}
	}
}

// duplicateFinder finds similar proposals by their words, which are numbered.
type duplicateFinder struct {
	content [][]int // word numbers by proposal, sorted
	where   [][]int // proposals by word number
	shared  []int   // by proposal: words in common, during one search
}

func (d *document) newDuplicateFinder(all []*draft) *duplicateFinder {
	m := &duplicateFinder{content: make([][]int, len(all)), shared: make([]int, len(all))}
	numbers := map[string]int{}
	for i, p := range all {
		if d.isDone(wordSteps) {
			break
		}
		for _, w := range quiz.ContentWords(p.Event) {
			n, ok := numbers[w]
			if !ok {
				n = len(m.where)
				numbers[w] = n
				m.where = append(m.where, nil)
			}
			m.content[i] = append(m.content[i], n)
			m.where[n] = append(m.where[n], i)
		}
		slices.Sort(m.content[i])
	}
	return m
}

// maxWordProposals is the maximum number of proposals with a word for which the
// word is used to find similar ones.
const maxWordProposals = 60

// similarProposals returns the proposals before i that share rare words with it.
func (m *duplicateFinder) similarProposals(i int) []int {
	var touched []int
	for _, w := range m.content[i] {
		if len(m.where[w]) > maxWordProposals {
			continue
		}
		for _, j := range m.where[w] {
			if j >= i {
				break
			}
			if m.shared[j] == 0 {
				touched = append(touched, j)
			}
			m.shared[j]++
		}
	}
	least := min(2, len(m.content[i]))
	out := touched[:0]
	for _, j := range touched {
		if m.shared[j] >= least {
			out = append(out, j)
		}
		m.shared[j] = 0
	}
	slices.Sort(out)
	return out
}

// alike computes quiz.EventSimilarity from the word numbers of two events.
func alike(a, b []int) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	shared, j := 0, 0
	for _, w := range a {
		for j < len(b) && b[j] < w {
			j++
		}
		if j < len(b) && b[j] == w {
			shared++
		}
	}
	return float64(shared) / (float64(len(a)+len(b)) / 2)
}

// sameThreshold is the minimum similarity of two proposals of the same event.
const sameThreshold = 0.72

// comparePair handles two proposals of the same event.
func comparePair(a, b *draft) {
	if !edtf.Disjoint(a.Date, b.Date) {
		keep, drop := a, b
		if isFiner(b.Date, a.Date) || b.Date == a.Date && b.Score > a.Score+0.05 {
			keep, drop = b, a
		}
		drop.Score = -1
		if drop.Quote != keep.Quote {
			keep.point(ConcernDuplicate, drop)
		}
		return
	}
	if isLifeEvent(a.Event) && isLifeEvent(b.Event) { // usually two members of one family
		return
	}
	if a.Span == b.Span { // a clause that could not be divided between its dates
		if a.Event == b.Event && !b.HasConcern(ConcernUnclear) {
			b.Concerns = append(b.Concerns, Concern{Kind: ConcernUnclear})
			b.Score -= 0.2
		}
		return
	}
	a.point(ConcernContradiction, b)
	b.point(ConcernContradiction, a)
}

// Limits for the concerns of a proposal that refer to other proposals: their
// number, and the bytes quoted from each. If a text gives an event nine dates,
// nobody compares all of them.
const (
	maxPointers = 8
	maxWords    = 600
)

// point adds a concern that refers to another proposal.
func (p *draft) point(kind ConcernKind, to *draft) {
	if p.pointers == maxPointers {
		return
	}
	p.pointers++
	words := to.Quote
	if len(words) > maxWords {
		words = strings.ToValidUTF8(words[:maxWords], "")
	}
	p.Concerns = append(p.Concerns, Concern{kind, words, to.Span})
}

func isLifeEvent(event string) bool {
	return strings.HasSuffix(event, " is born") || strings.HasSuffix(event, " dies")
}

// isFiner reports whether a is more precise than b.
func isFiner(a, b edtf.Date) bool {
	return a.Hi()-a.Lo() < b.Hi()-b.Lo()
}
