package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// draft is a proposal under construction.
type draft struct {
	Proposal
	s        sentence
	x        *dateMatch
	main     bool
	pointers int // number of concerns that refer to other proposals
}

// propose makes proposals from the sentences that contain dates.
func (d *document) propose(all []*dateMatch, g *grammar) []Proposal {
	byBlock := map[*block][]*dateMatch{}
	for _, x := range all {
		if !x.date.IsZero() {
			byBlock[x.b] = append(byBlock[x.b], x)
		}
	}
	m := &proposer{d: d, g: g, topic: d.topic(g)}
	for _, b := range d.blocks {
		if d.isDone(1) {
			return nil
		}
		if b.kind != blockText && b.kind != blockExcerpt {
			continue
		}
		m.subject = ""
		dates := byBlock[b]
		for _, s := range b.sentences(dates, g, &d.contextWatch) {
			if d.isDone(s.w1 - s.w0) {
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
	d.mergeDuplicates(m.out)
	out := make([]Proposal, 0, len(m.out))
	for _, p := range m.out {
		if p.Score >= minProposalScore {
			out = append(out, p.Proposal)
		}
	}
	slices.SortStableFunc(out, func(a, b Proposal) int { return a.DateSpan.Start - b.DateSpan.Start })
	return out
}

// minProposalScore is the minimum score of a proposal.
const minProposalScore = 0.3

// proposer makes the proposals of a document.
type proposer struct {
	d       *document
	g       *grammar
	topic   map[string]bool
	subject string // name that a pronoun in the next sentence may refer to
	out     []*draft
	syntax  // of the current sentence
}

func (m *proposer) sentence(s sentence, dates []*dateMatch) {
	long := s.w1-s.w0 > maxSentence || s.to-s.from > maxText
	if !long && len(dates) > 0 {
		m.study(s, dates)
	}
	for i, x := range dates[:min(len(dates), limitProposals*(1+(s.w1-s.w0)/maxSentence))] {
		if m.d.isDone(maxSentence) || len(m.out) >= maxProposals {
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
	if name := findSubject(s, m.g); name != "" {
		m.subject = name
	}
}

// Maximum length of a sentence. Of a longer one, only the part around each date is
// used.
const (
	maxSentence = 300
	maxText     = 3000 // in runes
)

// limitProposals is the maximum number of dates used per sentence. Longer sentences
// are allowed as many per maxSentence words. Sentences usually have up to six
// dates, lists of years about thirty.
const limitProposals = 40

// maxProposals is the maximum number of proposals from a text: four times the
// maximum number of facts in a deck. A text of a million characters has up to ten
// thousand.
const maxProposals = 4 * quiz.MaxFacts

// window returns the part of a long sentence around a date.
func (s sentence) window(x *dateMatch) sentence {
	s.w0, s.w1 = max(s.w0, x.from-maxSentence/6), min(s.w1, x.to+maxSentence/6)
	s.from, s.to = s.b.words[s.w0].from, s.b.words[s.w1-1].to
	when := s.b.words[x.from].from
	s.from, s.to = max(s.from, when-maxText/4), min(s.to, s.b.words[x.to-1].to+maxText/4)
	for s.w0 < x.from && s.b.words[s.w0].from < s.from {
		s.w0++
	}
	for s.w1 > x.to && s.b.words[s.w1-1].to > s.to {
		s.w1--
	}
	return s
}

// expression makes the proposals for one date of a sentence.
func (m *proposer) expression(s sentence, dates []*dateMatch, i int, x *dateMatch) {
	if m.lifeEvents(s, dates, i, x) {
		return
	}
	if name := m.nameBeforeBracket(s, x); name != "" {
		m.addProposal(s, x, x.date, name, true)
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
	m.addProposal(s, x, dateWithPreposition(x), event, false)
	m.ends(s, x, event)
}

// dateWithPreposition combines the date of an expression with its preposition:
// before 1991.
func dateWithPreposition(x *dateMatch) edtf.Date {
	text := ""
	switch x.preposition {
	case PrepositionBefore, PrepositionBy:
		text = "before " + x.date.Format("en")
		if x.preposition == PrepositionBy {
			text = "[.." + x.date.String() + "]"
		}
	case PrepositionAfter:
		text = "after " + x.date.Format("en")
	case PrepositionSince:
		text = x.date.String() + "/.."
	case PrepositionUntil:
		text = "../" + x.date.String()
	}
	if x.end != nil || text == "" || x.start.unit != unitSingle || x.start.part != partWhole || x.start.season != 0 {
		return x.date
	}
	if d, err := edtf.ParseText(text, "en"); err == nil {
		return d
	}
	return x.date
}

// addProposal completes and adds a proposal.
func (m *proposer) addProposal(s sentence, x *dateMatch, date edtf.Date, event string, name bool) {
	p := &draft{s: s, x: x, main: s.b.kind == blockText}
	quote := s.b.span(s.from, trimmedEnd(s))
	p.Date, p.SecondDate, p.Event, p.Span, p.DateSpan, p.Heading = date, x.secondDate, event, quote, x.span(), s.b.title
	p.Quote = m.text
	m.addConcerns(p)
	p.Event = trimTrailing(fitEvent(p))
	if isFragment(p.Event) && !p.HasConcern(ConcernUnclear) {
		p.Concerns = append(p.Concerns, Concern{Kind: ConcernUnclear})
	}
	p.Label, p.Terms = makeLabel(p.Event), findTerms(p.Event, m.g)
	if words := quiz.FindDateWords(p.Event); words != "" {
		p.Concerns = append(p.Concerns, Concern{Kind: ConcernDateLeak, Text: words})
	} else if quiz.FindDateWords(p.Label) != "" {
		p.Label = ""
	}
	p.Score = m.score(p, name)
	if p.Event != "" {
		m.out = append(m.out, p)
	}
}

// trimmedEnd returns the end of a sentence without trailing spaces.
func trimmedEnd(s sentence) int {
	to := s.to
	for to > s.from && s.b.runes[to-1] == ' ' {
		to--
	}
	return to
}

// addConcerns adds the concerns of a proposal and replaces a pronoun at the start
// of its event with the name it may refer to.
func (m *proposer) addConcerns(p *draft) {
	add := func(kind ConcernKind, text string, at quiz.Span) {
		p.Concerns = append(p.Concerns, Concern{kind, text, at})
	}
	switch {
	case p.x.isAmbiguous:
		add(ConcernAmbiguous, string(m.d.source[p.DateSpan.Start:p.DateSpan.End]), p.DateSpan)
	case p.x.anchor != nil && p.x.shift == nil:
		at := p.x.anchor.span()
		add(ConcernYearInferred, string(m.d.source[at.Start:at.End]), at)
	case p.x.anchor != nil:
		at := p.x.anchor.span()
		add(ConcernDateInferred, string(m.d.source[at.Start:at.End]), at)
	}
	if first, rest, _ := strings.Cut(p.Event, " "); m.g.pronouns[strings.ToLower(first)] {
		if with := m.replacePronoun(first, rest); with != "" {
			p.Event = with
			add(ConcernPronoun, first+" → "+m.subject, quiz.Span{})
		} else {
			add(ConcernPronoun, first, quiz.Span{})
		}
	}
	if m.claim != "" {
		add(ConcernClaim, m.claim, p.Span)
	}
	if p.s.cut {
		add(ConcernTruncated, "", p.Span)
	}
	if !p.main {
		add(ConcernExcerpt, p.Heading, p.Span)
	}
}

// replacePronoun replaces a pronoun with the name it may refer to.
func (m *proposer) replacePronoun(pronoun, rest string) string {
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
	maxEvent = 200 // as in quiz.Fact, in characters
	maxLabel = 48
)

// fitEvent shortens an event that is too long for a fact.
func fitEvent(p *draft) string {
	r := []rune(p.Event)
	if len(r) <= maxEvent {
		return p.Event
	}
	cut := string(r[:maxEvent])
	if i := strings.LastIndexAny(cut, ",;"); i > maxEvent/3 {
		return strings.TrimSpace(cut[:i])
	}
	p.Concerns = append(p.Concerns, Concern{Kind: ConcernUnclear})
	return strings.TrimSpace(cut[:max(strings.LastIndexByte(cut, ' '), 1)])
}

// makeLabel returns the first words of an event, for a timeline.
func makeLabel(event string) string {
	if len([]rune(event)) <= maxLabel {
		return event
	}
	var out string
	for _, w := range strings.Fields(event) {
		if len([]rune(out))+len([]rune(w)) >= maxLabel {
			break
		}
		out = strings.TrimSpace(out + " " + w)
	}
	for {
		i := strings.LastIndexByte(out, ' ')
		if i < 0 || !danglingWords[strings.ToLower(strings.Trim(out[i+1:], ",;:"))] {
			return strings.TrimRight(out, ",;: ")
		}
		out = out[:i]
	}
}

// findTerms returns up to three names in an event, longest first.
func findTerms(event string, g *grammar) []string {
	var out []string
	for _, name := range findNames(event, g) {
		if len([]rune(name)) >= 4 && !slices.Contains(out, name) && name != event {
			out = append(out, name)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out[:min(len(out), 3)]
}

// findNames returns the runs of capitalized words in a text. A single word at the
// start does not count.
func findNames(text string, g *grammar) []string {
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

// findSubject returns the name at or near the start of a sentence, which pronouns
// in the next sentence may refer to.
func findSubject(s sentence, g *grammar) string {
	head := firstFields(s.b.text(s.from, min(s.to, s.from+maxText)), 9)
	if len(head) == 0 || g.in[strings.ToLower(head[0])] {
		return ""
	}
	short := strings.Join(head, " ")
	for _, name := range findNames(short, g) {
		if before, _, _ := strings.Cut(short, name); len(strings.Fields(before)) <= 3 && !hasPreposition(before, g) {
			return name
		}
	}
	first := strings.TrimSuffix(strings.Trim(head[0], ",;"), "'s")
	if low := strings.ToLower(first); len(first) > 3 && !g.function[low] && !g.pronouns[low] && g.months[low] == 0 && first == strings.TrimRight(head[0], ",;") && unicode.IsUpper([]rune(first)[0]) && len(head) > 1 && looksLikeVerb(head[1], g) {
		return first
	}
	return ""
}

// hasPreposition reports whether the words contain a preposition or a verb.
func hasPreposition(words string, g *grammar) bool {
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if g.in[w] || looksLikeVerb(w, g) || w == "of" || w == "with" || w == "at" {
			return true
		}
	}
	return false
}

func looksLikeVerb(w string, g *grammar) bool {
	w = strings.ToLower(strings.Trim(w, ",.;"))
	return g.past[w] || len(w) > 4 && strings.HasSuffix(w, "ed")
}
