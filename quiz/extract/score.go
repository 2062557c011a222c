package extract

import (
	"slices"
	"strings"
	"unicode"

	"chronicle/quiz/edtf"
)

// topic returns the words that a text is about: the most frequent capitalized words
// in its headings and main text.
func (d *document) topic(g *grammar) map[string]bool {
	count := map[string]int{}
	for _, b := range d.blocks {
		weight := 1
		switch b.kind {
		case blockHeading:
			weight = 3
		case blockText:
		default:
			continue
		}
		for i, w := range b.words {
			if d.isDone(1) {
				return nil
			}
			if w.kind == wordWord && w.upper && len(w.low) > 3 && !g.function[w.low] && g.months[w.low] == 0 && (i > 0 || weight > 1) {
				count[wordStem(w.low)] += weight
			}
		}
	}
	type entry struct {
		word string
		n    int
	}
	var all []entry
	for w, n := range count {
		all = append(all, entry{w, n})
	}
	slices.SortFunc(all, func(a, b entry) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(a.word, b.word)
	})
	out := map[string]bool{}
	for _, e := range all[:min(len(all), 24)] {
		if e.n > 1 || len(out) < 6 {
			out[e.word] = true
		}
	}
	return out
}

// wordStem returns the start of a word without a possessive ending, so that
// Azerbaijan and Azerbaijani match.
func wordStem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	if len(w) > 6 {
		w = w[:6]
	}
	return strings.ToValidUTF8(w, "")
}

// score returns how useful a proposal is as a question, from 0 to 1.
func (m *proposer) score(p *draft, name bool) float64 {
	s := 0.45
	add := func(when bool, n float64) {
		if when {
			s += n
		}
	}
	words := strings.Fields(p.Event)
	add(!p.x.inferred(), 0.12)
	add(p.x.start.month != 0, 0.05)
	add(m.hasSubject(p.Event), 0.12)
	add(name || m.hasVerb(words), 0.14)
	add(m.onTopic(p.Event), 0.12)
	add(len(p.Terms) > 0, 0.03)
	add(!p.main, -0.12)
	add(len(words) < 4 && !name, -0.2)
	for _, mark := range p.Concerns {
		switch mark.Kind {
		case ConcernPronoun:
			add(!strings.Contains(mark.Text, "→"), -0.18)
			add(strings.Contains(mark.Text, "→"), -0.04)
		case ConcernClaim:
			s -= 0.08
		case ConcernTruncated:
			add(!name, -0.22)
		case ConcernUnclear, ConcernDateLeak:
			s -= 0.1
		}
	}
	add(p.x.preposition == PrepositionSince || p.x.preposition == PrepositionUntil, -0.05)
	add(p.x.isAside && !name, -0.15)
	add(p.x.isAside && p.x.preposition != PrepositionNone, -0.15)
	add(p.Date.Precision() == edtf.Century || p.x.start.unit != unitSingle, -0.12)
	return max(0, min(1, s))
}

// hasSubject reports whether an event starts with a name or a noun, not with a
// preposition, a participle or a pronoun.
func (m *proposer) hasSubject(event string) bool {
	first, rest, _ := strings.Cut(event, " ")
	low := strings.ToLower(strings.Trim(first, ",;"))
	switch low {
	case "the", "a", "an":
		return true
	}
	if m.g.function[low] || m.g.in[low] || m.g.pronouns[low] || strings.HasSuffix(low, "ing") || m.g.past[low] || low == "followed" {
		return false
	}
	return rest != "" && unicode.IsUpper([]rune(first)[0])
}

func (m *proposer) hasVerb(words []string) bool {
	for i, w := range words {
		w = strings.ToLower(strings.Trim(w, ",.;:()\"'"))
		if i > 0 && (m.g.past[w] && w != "is" && w != "are" && w != "has" || len(w) > 4 && strings.HasSuffix(w, "ed") || w == "becomes" || w == "ceases" || w == "dies" || w == "born") {
			return true
		}
	}
	return false
}

func (m *proposer) onTopic(event string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(event), hasNoLetter) {
		if m.topic[wordStem(w)] {
			return true
		}
	}
	return false
}
