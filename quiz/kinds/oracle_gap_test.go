package kinds_test

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/grading"
)

// lexicon holds the names of a deck: which spellings belong to one name, and which names
// occur together in a fact.
type lexicon struct {
	name   map[string]int // by normalized spelling
	spells [][]string
	beside map[[2]int]bool
	events []string // normalized events of all facts that are not retired
	also   map[string]string
}

// newLexicon groups spellings by brute force until no two groups can be merged.
func newLexicon(d *quiz.Deck) lexicon {
	l := lexicon{name: map[string]int{}, beside: map[[2]int]bool{}, also: map[string]string{}}
	for _, f := range d.Facts {
		for _, t := range f.Terms {
			if all := spellings(t); len(all) > 0 && !f.Retired {
				l.add(all)
			}
		}
	}
	for _, f := range d.Facts {
		if !f.Retired {
			l.events = append(l.events, quiz.NormalizeTerm(f.Event))
			l.note(f)
		}
	}
	return l
}

// spellings returns all spellings of one term.
func spellings(t quiz.Term) (out []string) {
	for _, s := range append([]string{t.Text}, t.Accepted...) {
		if plain := quiz.NormalizeTerm(s); plain != "" {
			out = append(out, plain)
		}
	}
	return out
}

func (l *lexicon) add(all []string) {
	id := len(l.spells)
	l.spells = append(l.spells, nil)
	for _, s := range all {
		if other, ok := l.name[s]; ok && other != id {
			all = append(all, l.spells[other]...)
			l.spells[other] = nil
		}
	}
	for _, s := range all {
		l.name[s] = id
		if !slices.Contains(l.spells[id], s) {
			l.spells[id] = append(l.spells[id], s)
		}
	}
}

// note records the names that occur anywhere in a fact.
func (l *lexicon) note(f quiz.Fact) {
	told := map[int]bool{}
	for _, text := range []string{f.Event, f.Label, f.Detail} {
		plain := quiz.NormalizeTerm(text)
		for s, id := range l.name {
			if stands(plain, s) {
				told[id] = true
			}
		}
	}
	for a := range told {
		for b := range told {
			l.beside[[2]int{a, b}] = a != b
		}
	}
}

// stands reports whether text contains words as whole words; both are normalized.
func stands(text, words string) bool { return strings.Contains(" "+text+" ", " "+words+" ") }

// holed returns the event with the term left out wherever it occurs as whole words.
func holed(event, term string) string {
	var out strings.Builder
	for i := 0; i < len(event); {
		before, _ := utf8.DecodeLastRuneInString(event[:i])
		rest := event[i:]
		if strings.HasPrefix(rest, term) && !inWord(before) {
			if after, _ := utf8.DecodeRuneInString(rest[len(term):]); !inWord(after) {
				out.WriteString(quiz.GapMarker)
				i += len(term)
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(rest)
		out.WriteString(rest[:size])
		i += size
	}
	return out.String()
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// checkGap checks what must hold for every stem with a gap.
func (w *world) checkGap(q quiz.Question, t *truth) error {
	at := slices.IndexFunc(t.Terms, func(o quiz.Term) bool { return o.Text == q.Term })
	if at < 0 || q.Stem != holed(t.Event, q.Term) || !strings.Contains(q.Stem, quiz.GapMarker) {
		return breaks("the stem %q is not %q without %q", q.Stem, t.Event, q.Term)
	}
	if len(withoutArticles(quiz.NormalizeTerm(strings.ReplaceAll(q.Stem, quiz.GapMarker, " ")))) == 0 {
		return breaks("nothing but a gap is left of %q", t.Event)
	}
	for _, spelling := range spellings(t.Terms[at]) {
		for part := range strings.SplitSeq(q.Stem, quiz.GapMarker) {
			if stands(quiz.NormalizeTerm(part), spelling) {
				return breaks("%q stands in what is left, %q", spelling, q.Stem)
			}
		}
	}
	return nil
}

func (w *world) checkGapTyped(q quiz.Question, t *truth) error {
	if err := w.checkGap(q, t); err != nil {
		return err
	}
	if !slices.ContainsFunc(t.Terms, func(o quiz.Term) bool { return o.Text == q.Term && slices.Equal(o.Accepted, q.Accepted) }) {
		return breaks("the other spellings %q are not those of %q", q.Accepted, q.Term)
	}
	own := w.terms.name[quiz.NormalizeTerm(q.Term)]
	for id, spells := range w.terms.spells {
		if id == own || slices.ContainsFunc(spells, func(s string) bool { return stands(quiz.NormalizeTerm(t.Event), s) || w.graded(q, s) }) {
			continue
		}
		if also := w.saidOf(q.Stem, spells); also != "" {
			return breaks("the gap of %q could be %q as well, since %q", q.Stem, spells, also)
		}
	}
	return nil
}

// saidOf returns an event that says about one of the spellings everything that the stem
// says about the gap, or "" if there is none.
func (w *world) saidOf(stem string, spells []string) string {
	key := fmt.Sprint(stem, spells)
	also, ok := w.terms.also[key]
	if !ok {
		also = w.terms.search(stem, spells)
		w.terms.also[key] = also
	}
	return also
}

func (l *lexicon) search(stem string, spells []string) string {
	before, after, more := strings.Cut(stem, quiz.GapMarker)
	if strings.Contains(after, quiz.GapMarker) || !more {
		return ""
	}
	for _, event := range l.events {
		for _, s := range spells {
			for at, padded := 0, " "+event+" "; ; at++ {
				next := strings.Index(padded[at:], " "+s+" ")
				if next < 0 {
					break
				}
				at += next
				if sayAll(padded[:at], before, true) && sayAll(padded[at+len(s)+1:], after, false) {
					return event
				}
			}
		}
	}
	return ""
}

// sayAll reports whether a text contains all the words in order, with the word next to
// the gap next to the gap; articles are ignored.
func sayAll(text, words string, gapBehind bool) bool {
	all, want := withoutArticles(quiz.NormalizeTerm(text)), withoutArticles(quiz.NormalizeTerm(words))
	if gapBehind {
		slices.Reverse(all)
		slices.Reverse(want)
	}
	if len(want) > 0 && (len(all) == 0 || all[0] != want[0]) {
		return false
	}
	for _, word := range all {
		if len(want) > 0 && want[0] == word {
			want = want[1:]
		}
	}
	return len(want) == 0
}

func withoutArticles(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(w string) bool { return w == "a" || w == "an" || w == "the" })
}

func (w *world) checkGapChoice(q quiz.Question, t *truth) error {
	if err := w.checkGap(q, t); err != nil {
		return err
	}
	if o := q.Options[q.RightOption]; o.Text != q.Term || o.Fact != t.ID {
		return breaks("the right option %q is not the term %q", o.Text, q.Term)
	}
	for i, o := range q.Options {
		f := w.facts[o.Fact]
		if f == nil || !slices.ContainsFunc(f.Terms, func(t quiz.Term) bool { return t.Text == o.Text }) || quiz.FindDateWords(o.Text) != "" {
			return breaks("%q is no term of its fact, or tells a date", o.Text)
		}
		for _, other := range q.Options[:i] {
			if err := w.checkTwo(o.Text, other.Text); err != nil {
				return err
			}
		}
		if i != q.RightOption {
			if err := w.checkDistractor(q, o.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkTwo checks what must hold for any two options of a gap.
func (w *world) checkTwo(a, b string) error {
	one, two := w.terms.name[quiz.NormalizeTerm(a)], w.terms.name[quiz.NormalizeTerm(b)]
	if one == two {
		return breaks("%q and %q are spellings of one name", a, b)
	}
	for _, s := range w.terms.spells[one] {
		for _, r := range w.terms.spells[two] {
			if stands(s, r) || stands(r, s) {
				return breaks("of %q and %q one is a part of the other: %q, %q", a, b, s, r)
			}
		}
	}
	return nil
}

// checkDistractor checks what must hold for every distractor of a gap.
func (w *world) checkDistractor(q quiz.Question, lure string) error {
	one, two := w.terms.name[quiz.NormalizeTerm(q.Term)], w.terms.name[quiz.NormalizeTerm(lure)]
	if w.terms.beside[[2]int{one, two}] {
		return breaks("%q and %q are told together", q.Term, lure)
	}
	for _, s := range w.terms.spells[two] {
		if stands(quiz.NormalizeTerm(q.Stem), s) {
			return breaks("the option %q stands in the stem %q", lure, q.Stem)
		}
	}
	if also := w.saidOf(q.Stem, w.terms.spells[two]); also != "" {
		return breaks("%q fits %q too, since %q", lure, q.Stem, also)
	}
	return nil
}

// graded reports whether a typed text would be graded right: "the Iran" is Iran.
func (w *world) graded(q quiz.Question, text string) bool {
	m, err := grading.GradeAnswer(q, quiz.Answer{Given: text})
	return err == nil && m.Verdict == quiz.VerdictRight
}
