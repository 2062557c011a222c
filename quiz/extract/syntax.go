package extract

import "strings"

// syntax holds what is needed to find the clauses of a sentence. It is computed
// once for all dates of the sentence, because there can be many.
type syntax struct {
	base   int           // first word of the sentence
	next   []int         // by word: start of the clause after a boundary here; 0 for none
	verbs  []int         // by word: first verb from here on
	stops  []int         // by word: first boundary at a comma or semicolon from here on
	places []clausePlace // by date
	text   string
	claim  string // words that mark the sentence as a claim
}

// clausePlace is the position of a date in runes: with the words that introduce it,
// and of the brackets around it, if any.
type clausePlace struct {
	from, to    int
	open, close int
}

// whole returns the range of a date including its brackets, whose content becomes a
// fact of its own.
func (p clausePlace) whole() (from, to int) {
	if p.open == p.close {
		return p.from, p.to
	}
	return min(p.from, p.open), max(p.to, p.close)
}

// study computes the syntax of a sentence.
func (m *proposer) study(s sentence, dates []*dateMatch) {
	w := s.b.words
	m.base, m.text = s.w0, s.text()
	m.claim = m.claimed(s)
	m.next, m.verbs, m.stops, m.places = m.next[:0], m.verbs[:0], m.stops[:0], m.places[:0]
	deep := 0
	for j := s.w0; j < s.w1; j++ {
		m.next = append(m.next, m.boundary(s, j, deep > 0))
		m.verbs, m.stops = append(m.verbs, s.w1), append(m.stops, s.w1)
		switch w[j].low {
		case "(":
			deep++
		case ")":
			deep--
		}
	}
	verb, stop := s.w1, s.w1
	for j := s.w1 - 1; j >= s.w0; j-- {
		if w[j].kind == wordWord && !w[j].upper && looksLikeVerb(w[j].low, m.g) {
			verb = j
		}
		if m.next[j-s.w0] > 0 && (w[j].low == ";" || w[j].low == ",") {
			stop = j
		}
		m.verbs[j-s.w0], m.stops[j-s.w0] = verb, stop
	}
	for _, x := range dates {
		from, to := m.around(s, x)
		open, shut, _ := s.brackets(x)
		m.places = append(m.places, clausePlace{from, to, open, shut})
	}
}

// verbFrom returns the first verb from a word on, or the end of the sentence.
func (x *syntax) verbFrom(j int) int { return at(x.verbs, j-x.base, x.base+len(x.verbs)) }

// stopFrom returns the first boundary at a comma or semicolon from a word on, or
// the end of the sentence.
func (x *syntax) stopFrom(j int) int { return at(x.stops, j-x.base, x.base+len(x.stops)) }

func at(all []int, i, none int) int {
	if i >= len(all) {
		return none
	}
	return all[i]
}

// verb reports whether there is a verb from word from on, before to and before the
// first boundary from word mid on.
func (x *syntax) verb(from, mid, to int) bool {
	verb := x.verbFrom(from)
	return verb < to && verb <= x.stopFrom(max(from, mid))
}

// claimed returns the words that mark a sentence as a claim, or "".
func (m *proposer) claimed(s sentence) string {
	low := strings.ToLower(m.text)
	for _, words := range m.g.claims {
		if strings.Contains(low, words) {
			return words
		}
	}
	for _, w := range s.b.words[s.w0:s.w1] {
		if m.g.says[w.low] {
			return w.low
		}
	}
	return ""
}
