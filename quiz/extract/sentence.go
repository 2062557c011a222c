package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// sentence is a range of runes and words in a block.
type sentence struct {
	b        *block
	from, to int // runes
	w0, w1   int // words
	cut      bool
}

func (s sentence) text() string { return strings.TrimSpace(s.b.text(s.from, s.to)) }

// sentences splits a block by the Unicode rules and then joins parts that should
// not be split: after abbreviations and initials, inside brackets and dates, and
// before lower-case letters.
func (b *block) sentences(found []*dateMatch, g *grammar, reading *contextWatch) []sentence {
	out := splitBeforeDates(splitListItems(b.parts(found, g, reading), reading), found, g, reading)
	w := 0
	for i := range out {
		if reading.isDone(1) {
			return nil
		}
		out[i].w0 = w
		for w < len(b.words) && b.words[w].from < out[i].to {
			w++
		}
		out[i].w1 = w
		out[i].cut = endsInDots(out[i].text())
	}
	return out
}

// parts splits a block by the Unicode rules, but not inside dates and brackets.
func (b *block) parts(found []*dateMatch, g *grammar, reading *contextWatch) []sentence {
	var out []sentence
	from, at, deep := 0, 0, 0
	for to := 0; to < len(b.runes); {
		begin := to
		to = b.piece(begin)
		for it := sentences.FromString(b.text(begin, to)); it.Next(); {
			part := it.Value()
			n := utf8.RuneCountInString(part)
			if at += n; reading.isDone(n) {
				return nil
			}
			for len(found) > 0 && b.words[found[0].to-1].to <= at {
				found = found[1:]
			}
			inside := len(found) > 0 && b.words[found[0].from].from < at
			deep = max(0, deep+strings.Count(part, "(")-strings.Count(part, ")"))
			if at == to && to < len(b.runes) || at < len(b.runes) && (inside || deep > 0 && at-from < maxBracket || b.goesOnAt(from, at, g)) {
				continue
			}
			out, from, deep = append(out, sentence{b: b, from: from, to: at}), at, 0
		}
	}
	if from < len(b.runes) {
		out = append(out, sentence{b: b, from: from, to: len(b.runes)})
	}
	return out
}

// maxPiece is the number of runes after which a block is split inside a word if no
// rule splits it, so that reading can be stopped.
const maxPiece = 20_000

// maxPunctuation is the maximum number of consecutive marks and spaces in a piece.
// From each bracket and quote after a full stop, the rules look ahead to the next
// letter, which would take quadratic time. No real sentence has as many.
const maxPunctuation = 64

// piece returns the end of the piece that starts at a rune.
func (b *block) piece(from int) int {
	marks := 0
	for i := from; i < len(b.runes); i++ {
		if r := b.runes[i]; !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if marks++; marks == maxPunctuation {
				return i + 1
			}
			continue
		}
		if i-from >= maxPiece && marks == 0 {
			return i
		}
		marks = 0
	}
	return len(b.runes)
}

// maxBracket is the number of runes after which an open bracket counts as never
// closed.
const maxBracket = 600

// goesOnAt reports whether a sentence continues at a rune.
func (b *block) goesOnAt(from, at int, g *grammar) bool {
	next := b.runes[at]
	if unicode.IsLower(next) {
		return true
	}
	tail := strings.TrimRight(string(b.runes[max(from, at-16):at]), " ")
	if !strings.HasSuffix(tail, ".") {
		return false
	}
	tail = strings.TrimSuffix(tail, ".")
	last := tail[strings.LastIndexAny(tail, " (\"'")+1:]
	if g.shorts[strings.ToLower(last)] && !unicode.IsDigit(next) {
		return true
	}
	return utf8.RuneCountInString(last) == 1 && unicode.IsUpper([]rune(last)[0]) || len(last) == 3 && last[1] == '.'
}

// splitListItems splits sentences at list bullets.
func splitListItems(all []sentence, reading *contextWatch) []sentence {
	out := make([]sentence, 0, len(all))
	for _, s := range all {
		if reading.isDone(1) {
			return nil
		}
		from := s.from
		for i := s.from + 1; i+1 < s.to && !reading.isDone(1); i++ {
			if r := s.b.runes[i]; (r == '*' || r == '•') && s.b.runes[i-1] == ' ' && s.b.runes[i+1] == ' ' {
				out = append(out, sentence{b: s.b, from: from, to: i})
				from = i + 2
			}
		}
		out = append(out, sentence{b: s.b, from: from, to: s.to})
	}
	return out
}

// splitBeforeDates splits sentences before a date that starts one: of 2009. 2005
// was.
func splitBeforeDates(all []sentence, found []*dateMatch, g *grammar, reading *contextWatch) []sentence {
	out := make([]sentence, 0, len(all))
	next := 0
	for _, s := range all {
		if reading.isDone(1) {
			return nil
		}
		from := s.from
		w := s.b.words
		for next < len(found) && w[found[next].from].from < s.to {
			x := found[next]
			next++
			at := w[x.from].from
			if x.from < 2 || at <= from || at >= s.to || w[x.from-1].low != "." || g.shorts[w[x.from-2].low] || w[x.from-2].to-w[x.from-2].from < 2 {
				continue
			}
			out = append(out, sentence{b: s.b, from: from, to: at})
			from = at
		}
		out = append(out, sentence{b: s.b, from: from, to: s.to})
	}
	return out
}
