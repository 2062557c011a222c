package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// draft is a proposal while it is made.
type draft struct {
	Proposal
	s        sentence
	x        *found
	main     bool
	pointers int // to other proposals
}

// propose makes facts of the sentences that have dates.
func (d *document) propose(all []*found, g *grammar) []Proposal {
	byBlock := map[*block][]*found{}
	for _, x := range all {
		if !x.date.IsZero() {
			byBlock[x.b] = append(byBlock[x.b], x)
		}
	}
	m := &maker{d: d, g: g, topic: d.topic(g)}
	for _, b := range d.blocks {
		if d.over(1) {
			return nil
		}
		if b.kind != mainText && b.kind != excerpt {
			continue
		}
		m.subject = ""
		dates := byBlock[b]
		for _, s := range b.sentences(dates, g, &d.watch) {
			if d.over(s.w1 - s.w0) {
				return nil
			}
			n := 0
			for n < len(dates) && dates[n].from < s.w1 {
				n++
			}
			m.sentence(s, dates[:n])
			dates = dates[n:]
		}
	}
	d.merge(m.out)
	out := make([]Proposal, 0, len(m.out))
	for _, p := range m.out {
		if p.Score >= worth {
			out = append(out, p.Proposal)
		}
	}
	slices.SortStableFunc(out, func(a, b Proposal) int { return a.When.Start - b.When.Start })
	return out
}

// worth is the score below which nothing is proposed.
const worth = 0.3

// maker makes the proposals of a document.
type maker struct {
	d       *document
	g       *grammar
	topic   map[string]bool
	subject string // the name that a pronoun of the next sentence may stand for
	out     []*draft
	syntax  // of the sentence at work
}

func (m *maker) sentence(s sentence, dates []*found) {
	long := s.w1-s.w0 > longSentence || s.to-s.from > longText
	if !long && len(dates) > 0 {
		m.study(s, dates)
	}
	for i, x := range dates[:min(len(dates), crowd*(1+(s.w1-s.w0)/longSentence))] {
		if m.d.over(longSentence) || len(m.out) >= mostProposals {
			return
		}
		if long {
			part := s.window(x)
			m.study(part, dates[i:i+1])
			m.expression(part, dates[i:i+1], 0, x)
			continue
		}
		m.expression(s, dates, i, x)
	}
	if name := subject(s, m.g); name != "" {
		m.subject = name
	}
}

// How long a sentence can be, in words and in runes; of a longer one only what
// stands near a date is looked at.
const (
	longSentence = 300
	longText     = 3000 // in runes
)

// crowd is how many dates of a sentence facts are made of, and of a long one, of
// as many words as a sentence can have. Sentences have six dates or fewer; lists
// of years, about thirty.
const crowd = 40

// mostProposals is how many proposals a text can have: four times as many as
// facts in a deck. A text of a million characters has up to ten thousand.
const mostProposals = 4 * quiz.MaxFacts

// window is the part of a long sentence around a date.
func (s sentence) window(x *found) sentence {
	s.w0, s.w1 = max(s.w0, x.from-longSentence/6), min(s.w1, x.to+longSentence/6)
	s.from, s.to = s.b.words[s.w0].from, s.b.words[s.w1-1].to
	when := s.b.words[x.from].from
	s.from, s.to = max(s.from, when-longText/4), min(s.to, s.b.words[x.to-1].to+longText/4)
	for s.w0 < x.from && s.b.words[s.w0].from < s.from {
		s.w0++
	}
	for s.w1 > x.to && s.b.words[s.w1-1].to > s.to {
		s.w1--
	}
	return s
}

// expression makes what one date of a sentence tells.
func (m *maker) expression(s sentence, dates []*found, i int, x *found) {
	if m.life(s, dates, i, x) {
		return
	}
	if name := m.named(s, x); name != "" {
		m.put(s, x, x.date, name, true)
		return
	}
	if m.onlyName(s, x) && len(dates) > 1 {
		return
	}
	event, bracket := m.inside(s, x)
	if !bracket {
		event = m.clause(s, dates, i)
	}
	if event == "" {
		return
	}
	m.put(s, x, related(x), event, false)
	m.ends(s, x, event)
}

// related is the date of an expression with its relation: before 1991.
func related(x *found) edtf.Date {
	text := ""
	switch x.rel {
	case Before, By:
		text = "before " + x.date.In("en")
		if x.rel == By {
			text = "[.." + x.date.String() + "]"
		}
	case After:
		text = "after " + x.date.In("en")
	case Since:
		text = x.date.String() + "/.."
	case Until:
		text = "../" + x.date.String()
	}
	if x.z != nil || text == "" || x.a.unit != single || x.a.part != whole || x.a.season != 0 {
		return x.date
	}
	if d, err := edtf.Read(text, "en"); err == nil {
		return d
	}
	return x.date
}

// put adds a proposal.
func (m *maker) put(s sentence, x *found, date edtf.Date, event string, name bool) {
	p := &draft{s: s, x: x, main: s.b.kind == mainText}
	quote := s.b.span(s.from, trimmed(s))
	p.Date, p.Second, p.Event, p.Span, p.When, p.Title = date, x.second, event, quote, x.span(), s.b.title
	p.Quote = m.text
	m.mark(p)
	p.Event = ended(fitted(p))
	if fragment(p.Event) && !p.Has(Unclear) {
		p.Marks = append(p.Marks, Mark{Kind: Unclear})
	}
	p.Label, p.Terms = label(p.Event), terms(p.Event, m.g)
	if words := quiz.Leak(p.Event); words != "" {
		p.Marks = append(p.Marks, Mark{Kind: Leaks, Text: words})
	} else if quiz.Leak(p.Label) != "" {
		p.Label = ""
	}
	p.Score = m.score(p, name)
	if p.Event != "" {
		m.out = append(m.out, p)
	}
}

// trimmed is the end of a sentence without the space behind it.
func trimmed(s sentence) int {
	to := s.to
	for to > s.from && s.b.runes[to-1] == ' ' {
		to--
	}
	return to
}

// mark says why a proposal needs a look, and puts a name for a pronoun.
func (m *maker) mark(p *draft) {
	add := func(kind MarkKind, text string, at quiz.Span) {
		p.Marks = append(p.Marks, Mark{kind, text, at})
	}
	switch {
	case p.x.twofold:
		add(Ambiguous, string(m.d.source[p.When.Start:p.When.End]), p.When)
	case p.x.anchor != nil && p.x.shift == nil:
		at := p.x.anchor.span()
		add(YearInferred, string(m.d.source[at.Start:at.End]), at)
	case p.x.anchor != nil:
		at := p.x.anchor.span()
		add(DateInferred, string(m.d.source[at.Start:at.End]), at)
	}
	if first, rest, _ := strings.Cut(p.Event, " "); m.g.pronouns[strings.ToLower(first)] {
		if with := m.named2(first, rest); with != "" {
			p.Event = with
			add(Pronoun, first+" → "+m.subject, quiz.Span{})
		} else {
			add(Pronoun, first, quiz.Span{})
		}
	}
	if m.claim != "" {
		add(Claim, m.claim, p.Span)
	}
	if p.s.cut {
		add(Truncated, "", p.Span)
	}
	if !p.main {
		add(Excerpted, p.Title, p.Span)
	}
}

// named2 puts the name that a pronoun may stand for in its place.
func (m *maker) named2(pronoun, rest string) string {
	if m.subject == "" {
		return ""
	}
	switch strings.ToLower(pronoun) {
	case "he", "she", "it", "they":
		return m.subject + " " + rest
	case "his", "her", "its", "their":
		return m.subject + "'s " + rest
	}
	return ""
}

const (
	eventMost = 200 // of quiz.Fact, in characters
	labelMost = 48
)

// fitted shortens an event that is too long for a fact.
func fitted(p *draft) string {
	r := []rune(p.Event)
	if len(r) <= eventMost {
		return p.Event
	}
	cut := string(r[:eventMost])
	if i := strings.LastIndexAny(cut, ",;"); i > eventMost/3 {
		return strings.TrimSpace(cut[:i])
	}
	p.Marks = append(p.Marks, Mark{Kind: Unclear})
	return strings.TrimSpace(cut[:max(strings.LastIndexByte(cut, ' '), 1)])
}

// label is a few words of an event for a time line.
func label(event string) string {
	if len([]rune(event)) <= labelMost {
		return event
	}
	var out string
	for _, w := range strings.Fields(event) {
		if len([]rune(out))+len([]rune(w)) >= labelMost {
			break
		}
		out = strings.TrimSpace(out + " " + w)
	}
	for {
		i := strings.LastIndexByte(out, ' ')
		if i < 0 || !dangling[strings.ToLower(strings.Trim(out[i+1:], ",;:"))] {
			return strings.TrimRight(out, ",;: ")
		}
		out = out[:i]
	}
}

// terms are the names in an event, the longest first, at most three.
func terms(event string, g *grammar) []string {
	var out []string
	for _, name := range names(event, g) {
		if len([]rune(name)) >= 4 && !slices.Contains(out, name) && name != event {
			out = append(out, name)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out[:min(len(out), 3)]
}

// names are the runs of words with capitals in a text; a single one that begins
// the text is none.
func names(text string, g *grammar) []string {
	var out []string
	var run []string
	from := -1
	flush := func() {
		for len(run) > 0 && g.linkers[strings.ToLower(run[len(run)-1])] {
			run = run[:len(run)-1]
		}
		if len(run) > 1 || len(run) == 1 && from > 0 {
			out = append(out, strings.Join(run, " "))
		}
		run = nil
	}
	i := -1
	for f := range strings.FieldsSeq(text) {
		i++
		w := strings.Trim(f, ",.;:()\"'“”‘’«»")
		w = strings.TrimSuffix(w, "'s")
		up := w != "" && unicode.IsUpper(firstRune(w)) && g.months[strings.ToLower(w)] == 0 && !g.function[strings.ToLower(w)] && !g.pronouns[strings.ToLower(w)]
		switch {
		case up:
			if len(run) == 0 {
				from = i
			}
			run = append(run, w)
		case len(run) > 0 && g.linkers[w] && w == f && w != "and":
			run = append(run, w)
		default:
			flush()
		}
		if len(run) > 0 && w != f && !strings.HasSuffix(f, w) {
			flush()
		}
	}
	flush()
	return out
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// subject is the name that a sentence begins with, or nearly so: what pronouns of
// the next sentence may mean.
func subject(s sentence, g *grammar) string {
	head := firstFields(s.b.text(s.from, min(s.to, s.from+longText)), 9)
	if len(head) == 0 || g.in[strings.ToLower(head[0])] {
		return ""
	}
	short := strings.Join(head, " ")
	for _, name := range names(short, g) {
		if before, _, _ := strings.Cut(short, name); len(strings.Fields(before)) <= 3 && !led(before, g) {
			return name
		}
	}
	first := strings.TrimSuffix(strings.Trim(head[0], ",;"), "'s")
	if low := strings.ToLower(first); len(first) > 3 && !g.function[low] && !g.pronouns[low] && g.months[low] == 0 && first == strings.TrimRight(head[0], ",;") && unicode.IsUpper([]rune(first)[0]) && len(head) > 1 && verbish(head[1], g) {
		return first
	}
	return ""
}

// led tells whether a preposition stands in some words.
func led(words string, g *grammar) bool {
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if g.in[w] || verbish(w, g) || w == "of" || w == "with" || w == "at" {
			return true
		}
	}
	return false
}

func verbish(w string, g *grammar) bool {
	w = strings.ToLower(strings.Trim(w, ",.;"))
	return g.past[w] || len(w) > 4 && strings.HasSuffix(w, "ed")
}
