package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// sentence is a range of runes and of words of a block.
type sentence struct {
	b        *block
	from, to int // runes
	w0, w1   int // words
	cut      bool
}

func (s sentence) text() string { return strings.TrimSpace(s.b.text(s.from, s.to)) }

// sentences cuts a block, by the Unicode rules and then joining what they cut
// too often: after abbreviations and initials, inside brackets and dates, and
// before small letters.
func (b *block) sentences(found []*found, g *grammar) []sentence {
	inside := map[int]bool{} // runes within a date
	for _, x := range found {
		for i := b.words[x.from].from + 1; i < b.words[x.to-1].to; i++ {
			inside[i] = true
		}
	}
	var out []sentence
	from, at, deep := 0, 0, 0
	it := sentences.FromString(string(b.runes))
	for it.Next() {
		part := it.Value()
		at += utf8.RuneCountInString(part)
		deep = max(0, deep+strings.Count(part, "(")-strings.Count(part, ")"))
		if at < len(b.runes) && (inside[at] || deep > 0 && at-from < longBracket || b.goesOnAt(from, at, g)) {
			continue
		}
		out, from, deep = append(out, sentence{b: b, from: from, to: at}), at, 0
	}
	if from < len(b.runes) {
		out = append(out, sentence{b: b, from: from, to: len(b.runes)})
	}
	out = begun(items(out), found, g)
	w := 0
	for i := range out {
		out[i].w0 = w
		for w < len(b.words) && b.words[w].from < out[i].to {
			w++
		}
		out[i].w1 = w
		out[i].cut = cutOff(out[i].text())
	}
	return out
}

// longBracket is after how many runes an open bracket is taken for one that was
// never closed.
const longBracket = 600

// goesOnAt tells whether a sentence does not end before a rune.
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

// items cuts sentences at the bullets of lists.
func items(all []sentence) []sentence {
	var out []sentence
	for _, s := range all {
		from := s.from
		for i := s.from + 1; i+1 < s.to; i++ {
			if r := s.b.runes[i]; (r == '*' || r == '•') && s.b.runes[i-1] == ' ' && s.b.runes[i+1] == ' ' {
				out = append(out, sentence{b: s.b, from: from, to: i})
				from = i + 2
			}
		}
		out = append(out, sentence{b: s.b, from: from, to: s.to})
	}
	return out
}

// begun cuts sentences before a date that begins one: of 2009. 2005 was.
func begun(all []sentence, found []*found, g *grammar) []sentence {
	var out []sentence
	next := 0
	for _, s := range all {
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
