package edtf

import (
	"regexp"
	"strings"
	"sync"
)

// grammar is what a language needs for reading. Another language is another one
// of these and a line in grammars.
type grammar struct {
	months, seasons, ordinals, parts map[string]int64
	bc, ad                           map[string]bool
	prepositions                     []string // dropped from the beginning
	about, possibly                  []string // beginnings that doubt
	before, after, until, since      []string // beginnings of open dates
	orEarlier, orLater, onwards      []string // their endings
	unknownEnd, unknownStart         string
	oneOf, allOf, upTo               string
	from, between                    string
	to                               []string // what stands between ends, beside dashes
	or, and                          string
	century                          string
	doubtOf                          map[string]qualifier
	partOf                           map[string]int
	known                            map[string]bool // every word, for finding unknown ones
	rules                            []rule
	days                             regexps
}

// rule reads a unit by a pattern; build gives EDTF, "" where the values do not fit.
type rule struct {
	re    *regexp.Regexp
	build func(r *reader, m []string) string
}

// regexps are patterns used outside the rules.
type regexps struct {
	oldStyles                   []*regexp.Regexp
	dayMonth, monthDay, dayYear *regexp.Regexp
	lastYear, part, period      *regexp.Regexp
	doubts                      *regexp.Regexp
}

// grammars are made when they are first read with: a program that starts has
// no time for patterns that it may never need.
var grammars = map[string]func() *grammar{"en": sync.OnceValue(englishGrammar)}

func grammarOf(lang string) *grammar {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if g, ok := grammars[base]; ok {
		return g()
	}
	return grammars["en"]()
}

// cutPreposition drops prepositions and articles from the beginning.
func (g *grammar) cutPreposition(s string) string {
	for {
		rest, ok := cutPrefix(s, g.prepositions)
		if !ok {
			return s
		}
		s = rest
	}
}

// cutPrefix drops one of the beginnings, the first that fits.
func cutPrefix(s string, beginnings []string) (string, bool) {
	for _, b := range beginnings {
		if rest, ok := strings.CutPrefix(s, b); ok && rest != "" {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

// cutSuffix drops one of the endings.
func cutSuffix(s string, endings []string) (string, bool) {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(s, e); ok && rest != "" {
			return rest, true
		}
	}
	return s, false
}
