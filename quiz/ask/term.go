package ask

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
	item   int
	stem   string // the event with a gap
	text   string
	spells []string // all its spellings, as they are compared
	name   int      // whose spellings these are
	class  string   // terms of one class read alike in the gap
	behind string   // the word before the gap
	ends   bool     // the event ends or pauses after the gap
}

// findTerms finds the terms that can be left out. One that stands in what
// remains of its event, in any spelling, would tell itself; and where another
// fact says the same of something else, that would be right too.
func (p *Pool) findTerms() {
	p.alike = map[string][]int{}
	p.names = p.findNames()
	said := p.findTexts()
	for i := range p.items {
		for _, t := range p.items[i].Terms {
			one := term{item: i, text: t.Text, stem: gapped(p.items[i].Event, t.Text), spells: spellings(t)}
			if noArticles(strings.Join(one.spells, " ")) == "" || !strings.Contains(one.stem, quiz.Gap) {
				continue
			}
			one.name = p.names.spelt[one.spells[0]]
			if one.toldBy(one.rest()) || said.fits(one) {
				continue
			}
			one.reads()
			at := len(p.terms)
			p.terms = append(p.terms, one)
			p.items[i].terms = append(p.items[i].terms, at)
			p.alike[one.class] = append(p.alike[one.class], at)
			if of := p.names.of[one.name]; len(of) < fewTerms {
				p.names.of[one.name] = append(of, at)
			}
		}
	}
}

// spellings are all ways to write a term, as they are compared.
func spellings(t quiz.Term) []string {
	var out []string
	for _, spelling := range append([]string{t.Text}, t.Accepted...) {
		if plain := quiz.Plain(spelling); plain != "" && !slices.Contains(out, plain) {
			out = append(out, plain)
		}
	}
	return out
}

// rest is what remains of the event around the gap.
func (t term) rest() string { return strings.ReplaceAll(t.stem, quiz.Gap, "\n") }

// toldBy tells whether a text has the term, in any spelling.
func (t term) toldBy(text string) bool {
	plain := " " + quiz.Plain(text) + " "
	return slices.ContainsFunc(t.spells, func(s string) bool { return strings.Contains(plain, " "+s+" ") })
}

// mostFits is how many facts are looked through for one that fits a gap; where
// there are more, nothing is proven.
const mostFits = 400

// texts are the events of a deck, those too that are not asked, by their words.
type texts struct {
	words [][]string
	plain []string
	bare  []string // without articles
	with  map[string][]int
}

func (p *Pool) findTexts() texts {
	t := texts{with: map[string][]int{}}
	for _, f := range p.Deck.Facts {
		if f.Retired {
			continue
		}
		words := quiz.Content(f.Event)
		for _, w := range words {
			t.with[w] = append(t.with[w], len(t.words))
		}
		plain := quiz.Plain(f.Event)
		t.words, t.plain, t.bare = append(t.words, words), append(t.plain, plain), append(t.bare, noArticles(plain))
	}
	return t
}

// fits tells whether a fact says what remains around a gap of something else,
// or nothing remains that could be said of one thing alone.
func (t texts) fits(gap term) bool {
	before, after, _ := strings.Cut(gap.stem, quiz.Gap)
	before, after = noArticles(quiz.Plain(before)), noArticles(quiz.Plain(after))
	rest := quiz.Content(gap.rest())
	if len(quiz.Content(gap.rest()+" zzz")) < 2 { // articles alone
		return true
	}
	whole := noArticles(quiz.Plain(strings.ReplaceAll(gap.stem, quiz.Gap, gap.text)))
	// A fact that says the same has at least one of the rarest words.
	looks := 0
	for _, w := range rarest(rest, t.with) {
		for _, j := range t.with[w] {
			if looks++; looks > mostFits {
				return true
			}
			framed := (before == "" || strings.HasPrefix(t.bare[j], before+" ")) && (after == "" || strings.HasSuffix(t.bare[j], " "+after))
			between := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(t.bare[j], before), after))
			if framed && !slices.ContainsFunc(gap.spells, func(s string) bool { return noArticles(s) == between }) {
				return true
			}
			if len(rest) == 1 && t.bare[j] != whole { // one word is said of many things: X captures, Y captures Persia
				return true
			}
			if !gap.toldBy(t.plain[j]) && (quiz.SameEvent(rest, t.words[j]) || quiz.Alike(rest, t.words[j]) >= likeFit) {
				return true
			}
		}
	}
	return false
}

// noArticles takes every article out of a text.
func noArticles(plain string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(plain), func(w string) bool { return articles[w] }), " ")
}

// likeFit is how much alike a fact has to be to what remains around a gap for
// it to be taken for saying the same of something else.
const likeFit = 0.6

// gapped leaves a term out of an event wherever it stands as whole words.
func gapped(event, term string) string {
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
		if edge(event[:at], true) && edge(event[end:], false) {
			out.WriteString(event[from:at] + quiz.Gap)
		} else {
			out.WriteString(event[from:end])
		}
		from = end
	}
}

// edge tells whether a word ends before the gap or begins after it.
func edge(text string, before bool) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if before {
		r, _ = utf8.DecodeLastRuneInString(text)
	}
	return text == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// articles of English, which tell what can follow.
var articles = map[string]bool{"a": true, "an": true, "the": true}

// reads finds how the term stands in its gap, and so its class: with which
// article it goes, whether it is a name, and whether it is a part of a longer one.
func (t *term) reads() {
	before, after, _ := strings.Cut(t.stem, quiz.Gap)
	if words := strings.Fields(quiz.Plain(before)); len(words) > 0 {
		t.behind = words[len(words)-1]
	}
	next, _ := utf8.DecodeRuneInString(after)
	t.ends = next != ' '
	t.class = "common"
	if first, _ := utf8.DecodeRuneInString(t.text); unicode.IsUpper(first) {
		t.class = "name"
	}
	if follows, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " ")); next == ' ' && unicode.IsUpper(follows) {
		t.class += " part"
	}
	if articles[t.behind] {
		t.class += " " + t.behind
	}
}

// gapTyped shows an event with a term left out and a field for it.
func (d *draft) gapTyped() (quiz.Question, bool) {
	t, ok := d.left()
	if !ok {
		return quiz.Question{}, false
	}
	q := quiz.Question{Stem: t.stem, Precision: d.it().Date.Precision(), Answer: -1, Term: t.text, Shown: d.dated()}
	for _, other := range d.it().Terms {
		if other.Text == t.text {
			q.Accepted = other.Accepted
		}
	}
	return q, true
}

// dated is the date that stands before a gap: what is true of one thing in one
// year may be true of another in another.
func (d *draft) dated() quiz.Option {
	date := asked(d.it().Date, d.Deck.Precision)
	return quiz.Option{Text: date.When(d.Deck.Language), Date: date, Fact: d.it().ID, Relation: edtf.Same}
}

// left draws which of the event's terms is left out.
func (d *draft) left() (term, bool) {
	all := d.it().terms
	if len(all) == 0 {
		return term{}, false
	}
	return d.terms[all[d.rnd.IntN(len(all))]], true
}

// gapChoice shows an event with a term left out, and terms that read alike in
// the gap: of another name, never told together with it anywhere in the deck,
// and only told of in facts of another time.
func (d *draft) gapChoice() (quiz.Question, bool) {
	all := d.it().terms
	if len(all) == 0 {
		return quiz.Question{}, false
	}
	start := d.rnd.IntN(len(all))
	for k := range all {
		t := d.terms[all[(start+k)%len(all)]]
		options := []quiz.Option{{Text: t.text, Fact: d.it().ID}}
		taken := []int{t.name}
		near := d.nearTerms(t)
		for _, odd := range []bool{false, true} { // better few options than odd ones
			for _, o := range near {
				other := d.terms[o]
				if len(options) == d.most || odd && len(options) > 1 {
					break
				}
				if odd == d.tempts(t, other) || d.fitsGap(t, other) || d.then(other.name) ||
					slices.ContainsFunc(taken, func(n int) bool { return d.names.mayBe(other.name, n) }) {
					continue
				}
				taken = append(taken, other.name)
				options = append(options, quiz.Option{Text: other.text, Fact: d.items[other.item].ID})
			}
		}
		if len(options) < 2 {
			continue
		}
		q := quiz.Question{Stem: t.stem, Precision: d.it().Date.Precision(), Term: t.text, Shown: d.dated()}
		deal(&q, options, d.rnd)
		return q, true
	}
	return quiz.Question{}, false
}

// then tells whether a name may belong to the time of the event: some fact of
// the deck that tells of it is not provably of another. It would be no lie there.
func (d *draft) then(name int) bool {
	told := d.names.told[name]
	return len(told) >= fewFacts || slices.ContainsFunc(told, func(t [2]int64) bool { return t[0] <= d.it().hi && d.it().lo <= t[1] })
}

// tempts tells whether a term could stand in the gap of another: it follows the
// same word, or their facts have a tag in common.
func (d *draft) tempts(t, other term) bool {
	return t.behind != "" && t.behind == other.behind && t.ends == other.ends ||
		slices.ContainsFunc(d.items[t.item].Tags, func(tag string) bool {
			return tag != quiz.Background && slices.Contains(d.items[other.item].Tags, tag)
		})
}

// fitsGap tells whether another fact says of the other term what this event
// says of its own: then both are right.
func (d *draft) fitsGap(t, other term) bool {
	rest := quiz.Content(t.rest())
	for _, k := range d.names.of[other.name] {
		theirs := quiz.Content(d.terms[k].rest())
		if quiz.Alike(rest, theirs) >= 0.5 {
			return true
		}
	}
	// What stands in the event already would be an odd answer, not a lure.
	return other.toldBy(t.rest())
}

// nearTerms lists terms of the same class, those that tempt most first: of facts
// with a common tag, near in time, of as many words, after the same word.
func (d *draft) nearTerms(t term) []int {
	if d.wish.Contrast != 0 {
		j, ok := d.at[d.wish.Contrast]
		if !ok {
			return nil
		}
		return slices.DeleteFunc(slices.Clone(d.items[j].terms), func(k int) bool { return d.terms[k].class != t.class || d.barsTerm(d.terms[k]) })
	}
	among := d.alike[t.class]
	at, _ := slices.BinarySearchFunc(among, t.item, func(k, item int) int { return cmp.Compare(d.terms[k].item, item) })
	type scored struct {
		term  int
		score float64
	}
	all, seen := make([]scored, 0, 2*window), map[int]bool{t.name: true}
	add := func(place int) {
		if place < 0 || place >= len(among) || seen[d.terms[among[place]].name] {
			return
		}
		o := d.terms[among[place]]
		if d.barsTerm(o) {
			return
		}
		seen[o.name] = true
		score := 0.7*d.rnd.Float64() + d.kinship(t.item, o.item) - math.Abs(float64(place-at))/window
		if strings.Count(o.text, " ") == strings.Count(t.text, " ") {
			score += 0.4
		}
		if o.behind == t.behind {
			score += 0.4
		}
		if o.ends == t.ends {
			score += 0.2
		}
		all = append(all, scored{among[place], score})
	}
	for step := range len(among) + 1 {
		if step > window {
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
