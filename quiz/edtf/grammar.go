package edtf

import (
	"regexp"
	"strings"
	"sync"
)

// grammar holds what parsing dates in one language needs. To add a language, add a
// grammar and an entry in grammars.
type grammar struct {
	months, seasons, ordinals, parts map[string]int64
	bc, ad                           map[string]bool
	prepositions                     []string // removed from the start
	about, possibly                  []string // prefixes of uncertain dates
	before, after, until, since      []string // prefixes of open dates
	orEarlier, orLater, onwards      []string // suffixes of open dates
	unknownEnd, unknownStart         string
	oneOf, allOf, upTo               string
	from, between                    string
	to                               []string // separators of two ends, in addition to dashes
	or, and                          string
	century                          string
	doubtOf                          map[string]qualifier
	partOf                           map[string]int
	known                            map[string]bool // all words, to find unknown ones
	rules                            []rule
	days                             regexps
}

// rule parses a unit with a pattern. build returns EDTF, or "" if the values do not
// fit.
type rule struct {
	re    *regexp.Regexp
	build func(r *reader, m []string) string
}

// regexps holds the patterns used outside of the rules.
type regexps struct {
	oldStyles                   []*regexp.Regexp
	dayMonth, monthDay, dayYear *regexp.Regexp
	lastYear, part, period      *regexp.Regexp
	doubts                      *regexp.Regexp
}

// grammars are built on first use, because compiling the patterns would slow down
// program start.
var grammars = map[string]func() *grammar{"en": sync.OnceValue(englishGrammar)}

func grammarOf(lang string) *grammar {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if g, ok := grammars[base]; ok {
		return g()
	}
	return grammars["en"]()
}

// cutPreposition removes prepositions and articles from the start.
func (g *grammar) cutPreposition(s string) string {
	for {
		rest, ok := cutPrefix(s, g.prepositions)
		if !ok {
			return s
		}
		s = rest
	}
}

// cutPrefix removes the first matching prefix and the spaces after it.
func cutPrefix(s string, beginnings []string) (string, bool) {
	for _, b := range beginnings {
		if rest, ok := strings.CutPrefix(s, b); ok && rest != "" {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

// cutSuffix removes the first matching suffix.
func cutSuffix(s string, endings []string) (string, bool) {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(s, e); ok && rest != "" {
			return rest, true
		}
	}
	return s, false
}
