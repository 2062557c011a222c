package kinds

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// term is a term of an event that can be left out.
type term struct {
	item        int
	stem        string // the event with a gap
	text        string
	spellings   []string // all its spellings, normalized
	name        int      // index in nameIndex
	class       string   // terms of one class read alike in the gap
	wordBefore  string   // the word before the gap
	pausesAfter bool     // the event ends, or has punctuation, after the gap
}

// findTerms finds the terms that can be left out. It skips a term that also occurs in
// the rest of its event, in any spelling, because that would give the answer away, and a
// term in whose place another fact says something else, because that would be right too.
func (p *DeckIndex) findTerms() {
	p.termsByClass = map[string][]int{}
	p.names = p.indexNames()
	said := p.indexTexts()
	for i := range p.items {
		for _, t := range p.items[i].Terms {
			one := term{item: i, text: t.Text, stem: withGap(p.items[i].Event, t.Text), spellings: spellings(t)}
			if withoutArticles(strings.Join(one.spellings, " ")) == "" || !strings.Contains(one.stem, quiz.GapMarker) {
				continue
			}
			one.name = p.names.bySpelling[one.spellings[0]]
			if one.occursIn(one.restOfEvent()) || said.fitsOtherFact(one) {
				continue
			}
			one.classify()
			at := len(p.terms)
			p.terms = append(p.terms, one)
			p.items[i].terms = append(p.items[i].terms, at)
			p.termsByClass[one.class] = append(p.termsByClass[one.class], at)
			if of := p.names.terms[one.name]; len(of) < maxTermsPerName {
				p.names.terms[one.name] = append(of, at)
			}
		}
	}
}

// spellings returns all spellings of a term, normalized.
func spellings(t quiz.Term) []string {
	var out []string
	for _, spelling := range append([]string{t.Text}, t.Accepted...) {
		if plain := quiz.NormalizeTerm(spelling); plain != "" && !slices.Contains(out, plain) {
			out = append(out, plain)
		}
	}
	return out
}

// restOfEvent returns the event without the term.
func (t term) restOfEvent() string { return strings.ReplaceAll(t.stem, quiz.GapMarker, "\n") }

// occursIn reports whether a text contains the term in any spelling.
func (t term) occursIn(text string) bool {
	plain := " " + quiz.NormalizeTerm(text) + " "
	return slices.ContainsFunc(t.spellings, func(s string) bool { return strings.Contains(plain, " "+s+" ") })
}

// maxFitChecks limits how many facts are checked for fitting a gap; if there are more,
// nothing is proven.
const maxFitChecks = 400

// textIndex holds the events of a deck, including those that are not asked, by their
// words.
type textIndex struct {
	words           [][]string
	plain           []string
	withoutArticles []string
	eventsByWord    map[string][]int
}

func (p *DeckIndex) indexTexts() textIndex {
	t := textIndex{eventsByWord: map[string][]int{}}
	for _, f := range p.Deck.Facts {
		if f.Retired {
			continue
		}
		words := quiz.ContentWords(f.Event)
		for _, w := range words {
			t.eventsByWord[w] = append(t.eventsByWord[w], len(t.words))
		}
		plain := quiz.NormalizeTerm(f.Event)
		t.words, t.plain, t.withoutArticles = append(t.words, words), append(t.plain, plain), append(t.withoutArticles, withoutArticles(plain))
	}
	return t
}

// fitsOtherFact reports whether another fact fits the text around the gap with a
// different term, or that text is too short to identify one term.
func (t textIndex) fitsOtherFact(gap term) bool {
	before, after, _ := strings.Cut(gap.stem, quiz.GapMarker)
	before, after = withoutArticles(quiz.NormalizeTerm(before)), withoutArticles(quiz.NormalizeTerm(after))
	rest := quiz.ContentWords(gap.restOfEvent())
	if len(quiz.ContentWords(gap.restOfEvent()+" zzz")) < 2 { // only articles
		return true
	}
	whole := withoutArticles(quiz.NormalizeTerm(strings.ReplaceAll(gap.stem, quiz.GapMarker, gap.text)))
	// A fact that says the same contains at least one of the rarest words.
	looks := 0
	for _, w := range rarestWords(rest, t.eventsByWord) {
		for _, j := range t.eventsByWord[w] {
			if looks++; looks > maxFitChecks {
				return true
			}
			framed := (before == "" || strings.HasPrefix(t.withoutArticles[j], before+" ")) && (after == "" || strings.HasSuffix(t.withoutArticles[j], " "+after))
			between := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(t.withoutArticles[j], before), after))
			if framed && !slices.ContainsFunc(gap.spellings, func(s string) bool { return withoutArticles(s) == between }) {
				return true
			}
			if len(rest) == 1 && t.withoutArticles[j] != whole { // one word fits many facts: X captures, Y captures Persia
				return true
			}
			if !gap.occursIn(t.plain[j]) && (quiz.SameEvent(rest, t.words[j]) || quiz.EventSimilarity(rest, t.words[j]) >= minFitSimilarity) {
				return true
			}
		}
	}
	return false
}

// withoutArticles removes every article from a normalized text.
func withoutArticles(plain string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(plain), func(w string) bool { return articles[w] }), " ")
}

// minFitSimilarity is the similarity to the text around a gap from which a fact counts
// as saying the same about something else.
const minFitSimilarity = 0.6

// withGap replaces a term by the gap marker wherever it occurs in an event as whole
// words.
func withGap(event, term string) string {
	if term == "" {
		return event
	}
	var out strings.Builder
	from := 0
	for {
		at := strings.Index(event[from:], term)
		if at < 0 {
			out.WriteString(event[from:])
			return out.String()
		}
		at += from
		end := at + len(term)
		if isWordEdge(event[:at], true) && isWordEdge(event[end:], false) {
			out.WriteString(event[from:at] + quiz.GapMarker)
		} else {
			out.WriteString(event[from:end])
		}
		from = end
	}
}

// isWordEdge reports whether there is a word boundary at the end of text, if before is
// true, or else at its start.
func isWordEdge(text string, before bool) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if before {
		r, _ = utf8.DecodeLastRuneInString(text)
	}
	return text == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// articles are the English articles; they limit which terms can follow.
var articles = map[string]bool{"a": true, "an": true, "the": true}

// classify sets the term's class and its surroundings: the article before it, whether it
// is a name, and whether it is a part of a longer name.
func (t *term) classify() {
	before, after, _ := strings.Cut(t.stem, quiz.GapMarker)
	if words := strings.Fields(quiz.NormalizeTerm(before)); len(words) > 0 {
		t.wordBefore = words[len(words)-1]
	}
	next, _ := utf8.DecodeRuneInString(after)
	t.pausesAfter = next != ' '
	t.class = "common"
	if first, _ := utf8.DecodeRuneInString(t.text); unicode.IsUpper(first) {
		t.class = "name"
	}
	if follows, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " ")); next == ' ' && unicode.IsUpper(follows) {
		t.class += " part"
	}
	if articles[t.wordBefore] {
		t.class += " " + t.wordBefore
	}
}

// gapTyped builds a question that shows an event with a term left out and a text field.
func (d *draft) gapTyped() (quiz.Question, bool) {
	t, ok := d.pickTerm()
	if !ok {
		return quiz.Question{}, false
	}
	q := quiz.Question{Stem: t.stem, Precision: d.item().Date.Precision(), RightOption: -1, Term: t.text, ShownOption: d.dateOption()}
	for _, other := range d.item().Terms {
		if other.Text == t.text {
			q.Accepted = other.Accepted
		}
	}
	return q, true
}

// dateOption returns the date shown with a gap. The date is needed because the same text
// may be true of another thing in another year.
func (d *draft) dateOption() quiz.Option {
	date := stemDate(d.item().Date, d.Deck.Precision)
	return quiz.Option{Text: date.FormatWithPreposition(d.Deck.Language), Date: date, Fact: d.item().ID, Relation: edtf.Same}
}

// pickTerm picks at random the term of the event to leave out.
func (d *draft) pickTerm() (term, bool) {
	all := d.item().terms
	if len(all) == 0 {
		return term{}, false
	}
	return d.terms[all[d.rnd.IntN(len(all))]], true
}

// gapChoice builds a question that shows an event with a term left out, and terms that
// read alike in the gap. Each distractor has another name, never occurs together with
// the right one in the deck, and is mentioned only in facts of another time.
func (d *draft) gapChoice() (quiz.Question, bool) {
	all := d.item().terms
	if len(all) == 0 {
		return quiz.Question{}, false
	}
	start := d.rnd.IntN(len(all))
	for k := range all {
		t := d.terms[all[(start+k)%len(all)]]
		options := []quiz.Option{{Text: t.text, Fact: d.item().ID}}
		taken := []int{t.name}
		near := d.similarTerms(t)
		for _, odd := range []bool{false, true} { // implausible options only if there would be none
			for _, o := range near {
				other := d.terms[o]
				if len(options) == d.maxOptions || odd && len(options) > 1 {
					break
				}
				if odd == d.isPlausible(t, other) || d.fitsGap(t, other) || d.mayBeOfTime(other.name) ||
					slices.ContainsFunc(taken, func(n int) bool { return d.names.mayBeSame(other.name, n) }) {
					continue
				}
				taken = append(taken, other.name)
				options = append(options, quiz.Option{Text: other.text, Fact: d.items[other.item].ID})
			}
		}
		if len(options) < 2 {
			continue
		}
		q := quiz.Question{Stem: t.stem, Precision: d.item().Date.Precision(), Term: t.text, ShownOption: d.dateOption()}
		shuffleOptions(&q, options, d.rnd)
		return q, true
	}
	return quiz.Question{}, false
}

// mayBeOfTime reports whether a name may belong to the time of the event: some fact that
// mentions it is not provably of another time. Such a name might be a right answer.
func (d *draft) mayBeOfTime(name int) bool {
	told := d.names.mentions[name]
	return len(told) >= maxFactsPerName || slices.ContainsFunc(told, func(t [2]int64) bool { return t[0] <= d.item().hi && d.item().lo <= t[1] })
}

// isPlausible reports whether a term could fill the gap of another: both have the same
// surroundings, or their facts share a tag.
func (d *draft) isPlausible(t, other term) bool {
	return t.wordBefore != "" && t.wordBefore == other.wordBefore && t.pausesAfter == other.pausesAfter ||
		slices.ContainsFunc(d.items[t.item].Tags, func(tag string) bool {
			return tag != quiz.BackgroundTag && slices.Contains(d.items[other.item].Tags, tag)
		})
}

// fitsGap reports whether another fact says of the other term what this event says of
// its own, so that both are right.
func (d *draft) fitsGap(t, other term) bool {
	rest := quiz.ContentWords(t.restOfEvent())
	for _, k := range d.names.terms[other.name] {
		theirs := quiz.ContentWords(d.terms[k].restOfEvent())
		if quiz.EventSimilarity(rest, theirs) >= 0.5 {
			return true
		}
	}
	// A term that already occurs in the event would be an odd answer, not a distractor.
	return other.occursIn(t.restOfEvent())
}

// similarTerms returns terms of the same class, most tempting first: of facts with a
// common tag, near in time, with as many words, after the same word. If a contrast fact
// is set, it returns only terms of that fact.
func (d *draft) similarTerms(t term) []int {
	if d.constraints.ContrastFact != 0 {
		j, ok := d.itemByFact[d.constraints.ContrastFact]
		if !ok {
			return nil
		}
		return slices.DeleteFunc(slices.Clone(d.items[j].terms), func(k int) bool { return d.terms[k].class != t.class || d.excludesTerm(d.terms[k]) })
	}
	among := d.termsByClass[t.class]
	at, _ := slices.BinarySearchFunc(among, t.item, func(k, item int) int { return cmp.Compare(d.terms[k].item, item) })
	type scored struct {
		term  int
		score float64
	}
	all, seen := make([]scored, 0, 2*nearWindow), map[int]bool{t.name: true}
	add := func(place int) {
		if place < 0 || place >= len(among) || seen[d.terms[among[place]].name] {
			return
		}
		o := d.terms[among[place]]
		if d.excludesTerm(o) {
			return
		}
		seen[o.name] = true
		score := 0.7*d.rnd.Float64() + d.similarity(t.item, o.item) - math.Abs(float64(place-at))/nearWindow
		if strings.Count(o.text, " ") == strings.Count(t.text, " ") {
			score += 0.4
		}
		if o.wordBefore == t.wordBefore {
			score += 0.4
		}
		if o.pausesAfter == t.pausesAfter {
			score += 0.2
		}
		all = append(all, scored{among[place], score})
	}
	for step := range len(among) + 1 {
		if step > nearWindow {
			break
		}
		add(at - step)
		add(at + step)
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.term, b.term))
	})
	out := make([]int, len(all))
	for k, s := range all {
		out[k] = s.term
	}
	return out
}
