package extract

import (
	"strings"
)

// nameBeforeBracket returns the name directly before a bracket that contains only
// this date: Russo-Persian War (1804–13).
func (m *proposer) nameBeforeBracket(s sentence, x *dateMatch) string {
	w := s.b.words
	if x.from-1 <= s.w0 {
		return ""
	}
	item := w[x.from-1].low == "," && x.to == s.w1 && x.kind != KindDay // item of a list
	if !item && (w[x.from-1].low != "(" || x.to >= len(w) || w[x.to].low != ")") {
		return ""
	}
	first := x.from - 1
	for j := x.from - 2; j >= s.w0; j-- {
		if w[j].kind != wordWord && w[j].low != "-" && w[j].low != "–" || w[j].kind == wordWord && !w[j].upper && (!m.g.linkers[w[j].low] || w[j].low == "and") {
			break
		}
		if w[j].upper {
			first = j
		}
	}
	if first == x.from-1 {
		return ""
	}
	name := strings.TrimSpace(s.b.text(w[first].from, w[x.from-1].from))
	if len(strings.Fields(name)) < 2 && !strings.Contains(name, "-") {
		return ""
	}
	return name
}

// onlyName reports whether a year is only part of a name: the 1991 coup.
func (m *proposer) onlyName(s sentence, x *dateMatch) bool {
	return x.isAside && x.kind == KindYear && x.to < s.w1 && s.b.words[x.to].kind == wordWord
}

// clause returns the part of a sentence that a date belongs to, without dates.
func (m *proposer) clause(s sentence, dates []*dateMatch, i int) string {
	from, to := s.from, trimmedEnd(s)
	if len(dates) > 1 || to-from > 170 {
		from, to = m.bounds(s, dates[i])
	}
	if event := m.clauseShare(s, dates, i, from, to); event != "" {
		return event
	}
	return m.tidyClause(m.without(s, dates, from, to))
}

// clauseShare returns the part of a clause that belongs to one of several dates in
// it: infantry took Bardia on 5 January and Tobruk on 22 January. It returns "" if
// the clause cannot be divided like this.
func (m *proposer) clauseShare(s sentence, dates []*dateMatch, i, from, to int) string {
	w := s.b.words
	var here []clausePlace // dates of the clause outside brackets
	at := -1
	for j, y := range dates {
		if w[y.from].from >= from && w[y.to-1].to <= to && !y.isAside {
			if j == i {
				at = len(here)
			}
			here = append(here, m.places[j])
		}
	}
	if len(here) < 2 || at < 0 {
		return ""
	}
	verb := m.firstVerb(s, from, to)
	if a := here[0].from; verb < 0 || a <= from || w[verb].to > a {
		return ""
	}
	if at == 0 {
		return m.tidyClause(m.without(s, dates, from, here[0].from))
	}
	begin, end := here[at-1].to, here[at].from
	if begin >= end {
		return ""
	}
	own := strings.TrimLeft(s.b.text(begin, end), " ,;")
	own = strings.TrimPrefix(strings.TrimPrefix(own, "and "), "but ")
	if len(strings.Fields(own)) == 0 {
		return ""
	}
	lead := s.b.text(from, w[verb].to) // subject and verb
	if first := strings.Fields(own)[0]; looksLikeVerb(first, m.g) {
		lead = s.b.text(from, w[verb].from)
	} else if m.firstVerb(s, begin, end) >= 0 {
		lead = ""
	}
	return m.tidyClause(lead + " " + own)
}

// firstVerb returns the index of the first word between two runes that looks like a
// verb, or -1. A verb at the start of the range does not count.
func (m *proposer) firstVerb(s sentence, from, to int) int {
	w := s.b.words
	j := m.verbFrom(s.w0)
	for j < s.w1 && w[j].from <= from {
		j = m.verbFrom(j + 1)
	}
	if j >= s.w1 || w[j].to > to {
		return -1
	}
	return j
}

// without returns a range of runes without the dates and the words that introduce
// them.
func (m *proposer) without(s sentence, dates []*dateMatch, from, to int) string {
	var out strings.Builder
	at := from
	for i := range dates {
		a, z := m.places[i].whole()
		if a < from || z > to {
			a, z = max(a, from), min(z, to)
			if a >= z {
				continue
			}
		}
		if a > at {
			out.WriteString(s.b.text(at, a))
		}
		out.WriteByte(' ')
		at = max(at, z)
	}
	if at < to {
		out.WriteString(s.b.text(at, to))
	}
	return out.String()
}

// brackets returns the range of runes of the brackets around a date.
func (s sentence) brackets(y *dateMatch) (from, to int, ok bool) {
	w := s.b.words
	open := -1
	for j := y.from - 1; j >= s.w0; j-- {
		if w[j].low == ")" {
			return 0, 0, false
		}
		if w[j].low == "(" {
			open = j
			break
		}
	}
	if open < 0 {
		return 0, 0, false
	}
	for j := y.to; j < s.w1; j++ {
		if w[j].low == ")" {
			return w[open].from, w[j].to, true
		}
	}
	return 0, 0, false
}

// rest reports whether words i-1 and i are "rest of", "much of" or "most of".
func (m *proposer) rest(w []word, i int) bool {
	return i > 1 && (w[i-1].low == "rest" || w[i-1].low == "much" || w[i-1].low == "most") && i < len(w) && w[i].low == "of"
}

var leadingWords = words(`on in by at since until till from during after before between around about circa the early late throughout year
	morning evening night afternoon dawn days day of as later earlier already only just monday tuesday wednesday thursday friday saturday sunday
	of`)

// around returns the range of runes of a date with the words that introduce it and
// the comma after it. A date that is part of a name is returned alone.
func (m *proposer) around(s sentence, y *dateMatch) (from, to int) {
	w := s.b.words
	if m.onlyName(s, y) {
		return w[y.from].from, w[y.to-1].to
	}
	i := y.from
	for i > s.w0 && (m.rest(w, i) || leadingWords[w[i-1].low] || w[i-1].low == "," && i > s.w0+1 && leadingWords[w[i-2].low] && len(w[i-2].low) > 5) {
		i--
	}
	if w[i].low == "later" || w[i].low == "the" && i < y.from && !leadsIn(w, i, y.from) {
		i = min(i+1, y.from)
	}
	j := y.to
	if i > s.w0 && w[i-1].low == "(" && j < s.w1 && w[j].low == ")" {
		i, j = i-1, j+1
	} else if j < s.w1 && w[j].low == "," && (i == s.w0 || w[i-1].low == "," || m.opens(s, i)) {
		j++
	}
	return w[i].from, w[j-1].to
}

// leadsIn reports whether a word other than "the" is between two words.
func leadsIn(w []word, i, to int) bool {
	for ; i < to; i++ {
		if w[i].low != "the" {
			return true
		}
	}
	return false
}

// opens reports whether a clause starts at a word, for example after "and" or
// "but".
func (m *proposer) opens(s sentence, i int) bool {
	switch s.b.words[i-1].low {
	case "and", "but", "that", "then", "while", "when":
		return true
	}
	return false
}

// bounds returns the clause around a date, in runes. A boundary (see boundary)
// counts only if the remaining clause has a verb.
func (m *proposer) bounds(s sentence, x *dateMatch) (from, to int) {
	w := s.b.words
	from, to = s.from, trimmedEnd(s)
	a, z := s.w0, s.w1
	for j := s.w0; j < s.w1; j++ {
		next := m.next[j-s.w0]
		if next == 0 {
			continue
		}
		if next <= x.from {
			if m.verb(next, x.to, s.w1) {
				from, a = w[next].from, next
			}
		} else if j >= x.to && m.verb(a, j, j) {
			to, z = w[j].from, j
			break
		}
	}
	if z > a && from == s.from && to == trimmedEnd(s) {
		return from, to
	}
	return from, max(to, from)
}

// boundary returns the word at which the next clause starts if a clause ends at
// word j; otherwise 0.
func (m *proposer) boundary(s sentence, j int, inBrackets bool) (next int) {
	w := s.b.words
	if w[j].low == ";" && !inBrackets && j+1 < s.w1 {
		return j + 1
	}
	if j+2 >= s.w1 {
		return 0
	}
	if w[j].low == "," && !inBrackets {
		switch w[j+1].low {
		case "and", "but", "while", "whereas", "although", "though", "yet", "so", "which", "who", "where", "after", "followed":
			k := j + 2
			if w[j+1].low == "which" || w[j+1].low == "who" || w[j+1].low == "where" || w[j+1].low == "after" || w[j+1].low == "followed" || w[j+1].low == "although" || w[j+1].low == "though" {
				k = j + 1
			}
			return k
		}
	}
	if w[j].low == "and" && m.g.in[w[j+1].low] && (w[j+1].low == "on" || w[j+1].low == "in" || w[j+1].low == "by") {
		return j + 1
	}
	return 0
}
