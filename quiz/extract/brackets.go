package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// lifeEvents proposes birth and death for dates in brackets after a name: (12 May
// 1938 – 27 March 2022), (born 24 December 1961).
func (m *proposer) lifeEvents(s sentence, dates []*dateMatch, i int, x *dateMatch) bool {
	who := s.b.who(s, x)
	if who == "" {
		return false
	}
	born := x.kind == KindLife
	w := s.b.words
	before := ""
	if x.from > 0 {
		before = w[x.from-1].low
	}
	switch {
	case born && x.end != nil:
		start, _ := x.date.Start()
		end, _ := x.date.End()
		m.addProposal(s, x, start, who+" is born", true)
		m.addProposal(s, x, end, who+" dies", true)
	case before == "born" || before == "b" || before == "." && x.from > 1 && w[x.from-2].low == "b":
		m.addProposal(s, x, x.date, who+" is born", true)
	case before == "died" || before == "d":
		m.addProposal(s, x, x.date, who+" dies", true)
	case x.isAside && x.start.day != 0 && s.b.pairs(x, dates, i+1) != nil:
		m.addProposal(s, x, x.date, who+" is born", true)
	case x.isAside && x.start.day != 0 && i > 0 && s.b.pairs(dates[i-1], dates, i) == x:
		m.addProposal(s, x, x.date, who+" dies", true)
	default:
		return false
	}
	return true
}

// pairs returns the second date of a bracket that contains two days separated by a
// dash, possibly with places.
func (b *block) pairs(x *dateMatch, dates []*dateMatch, next int) *dateMatch {
	if next >= len(dates) || dates[next].start.day == 0 || dates[next].b != x.b || !x.isAside {
		return nil
	}
	y := dates[next]
	years := y.start.year - x.start.year
	if years < 14 || years > 112 {
		return nil
	}
	for j := x.to; j < y.from; j++ {
		switch b.words[j].low {
		case ")", ".":
			return nil
		case "–", "-":
			return y
		}
	}
	return nil
}

// who returns the name before the bracket that contains the date, at the start of a
// sentence, or "" if the date is not in brackets.
func (b *block) who(s sentence, x *dateMatch) string {
	open := -1
	for j := x.from - 1; j >= s.w0; j-- {
		if b.words[j].low == ")" {
			return ""
		}
		if b.words[j].low == "(" {
			open = j
			break
		}
	}
	if open <= s.w0 {
		return ""
	}
	end := s.from
	for end < b.words[open].from && b.runes[end] != ',' {
		end++
	}
	name := brackets(b.text(s.from, end), func(string) (string, bool) { return "", true })
	return trailingPerson(strings.TrimRight(name, " ;:"))
}

// trailingPerson returns the person's name at the end of a text, or "".
func trailingPerson(text string) string {
	fields := strings.Fields(text)
	from := len(fields)
	for from > 0 && len(fields)-from < 6 {
		r := []rune(fields[from-1])
		if !unicode.IsUpper(r[0]) && (len(r) > 5 || english.function[fields[from-1]] || from == len(fields)) {
			break
		}
		from--
	}
	for from < len(fields) && (!unicode.IsUpper([]rune(fields[from])[0]) || english.function[strings.ToLower(fields[from])]) {
		from++
	}
	name := strings.Join(fields[from:], " ")
	if name == "" || notPersonPattern.MatchString(name) || strings.ContainsAny(name, "0123456789") {
		return ""
	}
	return name
}

var notPersonPattern = regexp.MustCompile(`\b(?:War|Wars|Treaty|Battle|Campaign|Siege|Republic|Empire|Kingdom|Union|Party|Company|University|Bridge|Dynasty|Revolution|Period|Station|City|Church)\b`)

// inside returns what a bracket says about the name before it, without the date:
// (launched in 1938 as the Phoenix). ok reports whether the date is in brackets at
// all.
func (m *proposer) inside(s sentence, x *dateMatch) (event string, ok bool) {
	w := s.b.words
	open, end := -1, -1
	for j := x.from - 1; j >= s.w0 && open < 0; j-- {
		if w[j].low == ")" {
			return "", false
		}
		if w[j].low == "(" {
			open = j
		}
	}
	for j := x.to; j < s.w1 && end < 0; j++ {
		if w[j].low == ")" {
			end = j
		}
	}
	if open < 0 || end < 0 {
		return "", false
	}
	a, z := m.around(s, x)
	a, z = max(a, w[open].to), min(z, w[end].from)
	if a > z {
		return "", true
	}
	text := strings.TrimSpace(s.b.text(w[open].to, a) + " " + s.b.text(z, w[end].from))
	first, rest, _ := strings.Cut(text, " ")
	who := s.b.nounBefore(s, open, m.g)
	switch low := strings.ToLower(first); {
	case rest == "" && !looksLikeVerb(first, m.g):
		return "", true
	case (low == "who" || low == "which") && who != "":
		text = who + " " + rest
	case (looksLikeVerb(first, m.g) || low == "begun" || low == "born") && who != "":
		text = who + " was " + text
	case !unicode.IsUpper([]rune(first)[0]):
		return "", true
	}
	return m.tidyClause(text), true
}

// nounBefore returns the name, or the noun with its article, directly before a
// word.
func (b *block) nounBefore(s sentence, to int, g *grammar) string {
	from := to
	for j := to - 1; j >= s.w0 && b.words[j].kind == wordWord && to-j < 7; j-- {
		w := b.words[j]
		if w.upper && !g.in[w.low] || g.linkers[w.low] && from < to && w.low != "and" {
			from = j
			continue
		}
		if w.low == "the" {
			from = j
		}
		break
	}
	if from == to {
		return ""
	}
	name := strings.TrimSpace(b.text(b.words[from].from, b.words[to].from))
	return strings.ToUpper(name[:1]) + name[1:]
}

// ends adds a proposal for each end of a term of office.
func (m *proposer) ends(s sentence, x *dateMatch, event string) {
	if x.kind != KindRange || x.end == nil || x.start.month == 0 || x.end.month == 0 {
		return
	}
	at := officePattern.FindStringSubmatchIndex(event)
	if at == nil {
		return
	}
	who, what := event[:at[0]], strings.TrimPrefix(strings.TrimPrefix(event[at[0]:], " served as "), " was ")
	if d, ok := x.start.date(); ok {
		m.addProposal(s, x, d, who+" becomes "+what, false)
	}
	if d, ok := x.end.date(); ok {
		m.addProposal(s, x, d, who+" ceases to be "+what, false)
	}
}

var officePattern = regexp.MustCompile(` (?:was|served as)(?: (?:the|a|its|his))?(?: [A-Z]\S+(?: of| and)?){0,4} (?i:president|minister|premier|chancellor|king|queen|emperor|governor|secretary|director|chairman|chairwoman|head|leader|mayor|commander|ambassador|chief|member)\b`)
