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
	spellings   []string // all its spellings, as they are compared
	name        int      // whose spellings these are
	class       string   // terms of one class read alike in the gap
	wordBefore  string   // the word before the gap
	pausesAfter bool     // the event ends or pauses after the gap
}

// findTerms finds the terms that can be left out. One that stands in what
// remains of its event, in any spelling, would tell itself; and where another
// fact says the same of something else, that would be right too.
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

// spellings are all ways to write a term, as they are compared.
func spellings(t quiz.Term) []string {
	var out []string
	for _, spelling := range append([]string{t.Text}, t.Accepted...) {
		if plain := quiz.NormalizeTerm(spelling); plain != "" && !slices.Contains(out, plain) {
			out = append(out, plain)
		}
	}
	return out
}

// restOfEvent is what remains of the event around the gap.
func (t term) restOfEvent() string { return strings.ReplaceAll(t.stem, quiz.GapMarker, "\n") }

// occursIn tells whether a text has the term, in any spelling.
func (t term) occursIn(text string) bool {
	plain := " " + quiz.NormalizeTerm(text) + " "
	return slices.ContainsFunc(t.spellings, func(s string) bool { return strings.Contains(plain, " "+s+" ") })
}

// maxFitChecks is how many facts are looked through for one that fits a gap; where
// there are more, nothing is proven.
const maxFitChecks = 400

// textIndex are the events of a deck, those too that are not asked, by their words.
type textIndex struct {
	words           [][]string
	plain           []string
	withoutArticles []string // without articles
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

// fitsOtherFact tells whether a fact says what remains around a gap of something else,
// or nothing remains that could be said of one thing alone.
func (t textIndex) fitsOtherFact(gap term) bool {
	before, after, _ := strings.Cut(gap.stem, quiz.GapMarker)
	before, after = withoutArticles(quiz.NormalizeTerm(before)), withoutArticles(quiz.NormalizeTerm(after))
	rest := quiz.ContentWords(gap.restOfEvent())
	if len(quiz.ContentWords(gap.restOfEvent()+" zzz")) < 2 { // articles alone
		return true
	}
	whole := withoutArticles(quiz.NormalizeTerm(strings.ReplaceAll(gap.stem, quiz.GapMarker, gap.text)))
	// A fact that says the same has at least one of the rarest words.
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
			if len(rest) == 1 && t.withoutArticles[j] != whole { // one word is said of many things: X captures, Y captures Persia
				return true
			}
			if !gap.occursIn(t.plain[j]) && (quiz.SameEvent(rest, t.words[j]) || quiz.EventSimilarity(rest, t.words[j]) >= minFitSimilarity) {
				return true
			}
		}
	}
	return false
}

// withoutArticles takes every article out of a text.
func withoutArticles(plain string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(plain), func(w string) bool { return articles[w] }), " ")
}

// minFitSimilarity is how much alike a fact has to be to what remains around a gap for
// it to be taken for saying the same of something else.
const minFitSimilarity = 0.6

// withGap leaves a term out of an event wherever it stands as whole words.
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

// isWordEdge tells whether a word ends before the gap or begins after it.
func isWordEdge(text string, before bool) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if before {
		r, _ = utf8.DecodeLastRuneInString(text)
	}
	return text == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// articles of English, which tell what can follow.
var articles = map[string]bool{"a": true, "an": true, "the": true}

// classify finds how the term stands in its gap, and so its class: with which
// article it goes, whether it is a name, and whether it is a part of a longer one.
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

// gapTyped shows an event with a term left out and a field for it.
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

// dateOption is the date that stands before a gap: what is true of one thing in one
// year may be true of another in another.
func (d *draft) dateOption() quiz.Option {
	date := stemDate(d.item().Date, d.Deck.Precision)
	return quiz.Option{Text: date.FormatWithPreposition(d.Deck.Language), Date: date, Fact: d.item().ID, Relation: edtf.Same}
}

// pickTerm draws which of the event's terms is left out.
func (d *draft) pickTerm() (term, bool) {
	all := d.item().terms
	if len(all) == 0 {
		return term{}, false
	}
	return d.terms[all[d.rnd.IntN(len(all))]], true
}

// gapChoice shows an event with a term left out, and terms that read alike in
// the gap: of another name, never told together with it anywhere in the deck,
// and only told of in facts of another time.
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
		for _, odd := range []bool{false, true} { // better few options than odd ones
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

// mayBeOfTime tells whether a name may belong to the time of the event: some fact of
// the deck that tells of it is not provably of another. It would be no lie there.
func (d *draft) mayBeOfTime(name int) bool {
	told := d.names.mentions[name]
	return len(told) >= maxFactsPerName || slices.ContainsFunc(told, func(t [2]int64) bool { return t[0] <= d.item().hi && d.item().lo <= t[1] })
}

// isPlausible tells whether a term could stand in the gap of another: it follows the
// same word, or their facts have a tag in common.
func (d *draft) isPlausible(t, other term) bool {
	return t.wordBefore != "" && t.wordBefore == other.wordBefore && t.pausesAfter == other.pausesAfter ||
		slices.ContainsFunc(d.items[t.item].Tags, func(tag string) bool {
			return tag != quiz.BackgroundTag && slices.Contains(d.items[other.item].Tags, tag)
		})
}

// fitsGap tells whether another fact says of the other term what this event
// says of its own: then both are right.
func (d *draft) fitsGap(t, other term) bool {
	rest := quiz.ContentWords(t.restOfEvent())
	for _, k := range d.names.terms[other.name] {
		theirs := quiz.ContentWords(d.terms[k].restOfEvent())
		if quiz.EventSimilarity(rest, theirs) >= 0.5 {
			return true
		}
	}
	// What stands in the event already would be an odd answer, not a lure.
	return other.occursIn(t.restOfEvent())
}

// similarTerms lists terms of the same class, those that tempt most first: of facts
// with a common tag, near in time, of as many words, after the same word.
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
