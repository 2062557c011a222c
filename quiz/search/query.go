// Package search parses library search queries: words and a date.
package search

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/extract"
)

// Query is a parsed search query. Without a date the bounds cover all of time.
type Query struct {
	Words             []string // folded; each must be a prefix of a word in the result
	Date              edtf.Date
	FirstDay, LastDay int64
}

// IsZero reports whether the query is empty.
func (q Query) IsZero() bool { return len(q.Words) == 0 && q.Date.IsZero() }

// DeckHit is a deck found in the library. Years are astronomical, and 0 for a deck
// without facts.
type DeckHit struct {
	ID          int64
	Name, Title string
	Facts       int
	First, Last int64
}

// FactHit is a fact that was found, with its deck.
type FactHit struct {
	quiz.Fact
	DeckName, DeckTitle, Language string
}

// MaxQueryLength is the maximum number of characters read from a query; maxWords is the
// maximum number of words.
const (
	MaxQueryLength = 200
	maxWords       = 8
)

// stopWords are words of a question that do not help the search.
var stopWords = map[string]bool{
	"what": true, "when": true, "happen": true, "happened": true, "did": true, "which": true, "year": true, "event": true, "fact": true,
	"all": true, "anything": true, "something": true,
}

var bareYear = regexp.MustCompile(`^\d{3,4}$`)

// ParseQuery parses a query such as "what happened 1920" or "treaty in May 1920".
func ParseQuery(s string) Query {
	q := Query{FirstDay: edtf.MinDay, LastDay: edtf.MaxDay}
	if r := []rune(s); len(r) > MaxQueryLength {
		s = string(r[:MaxQueryLength])
	}
	s = quiz.OneLine(s)
	rest := q.extractDate(s)
	if !strings.ContainsFunc(rest, isWord) {
		rest = ""
	}
	for _, w := range quiz.ContentWords(rest) {
		if !stopWords[w] && len(q.Words) < maxWords {
			q.Words = append(q.Words, w)
		}
	}
	if !q.Date.IsZero() {
		q.FirstDay, q.LastDay = q.Date.WidenedBounds()
	}
	return q
}

func isWord(r rune) bool { return r > ' ' && !strings.ContainsRune("?!.,;:-–—'\"", r) }

// extractDate sets the date of the query and returns the rest of the text. The date may
// be the whole text, an expression in it, or a single word that is a year.
func (q *Query) extractDate(s string) string {
	if d, err := edtf.ParseText(s, "en"); err == nil {
		q.Date = d
		return ""
	}
	if all, err := extract.FindDates(context.Background(), s, "en"); err == nil && len(all) > 0 { // s is within the length limit of extract
		e := all[0]
		q.Date = e.Date
		r := []rune(s)
		return string(slices.Concat(r[:e.Span.Start], []rune(" "), r[e.Span.End:]))
	}
	words := strings.Fields(s)
	for i, w := range words {
		if w = strings.Trim(w, "?!.,;:"); bareYear.MatchString(w) {
			if d, err := edtf.ParseText(w, "en"); err == nil {
				q.Date = d
				return strings.Join(slices.Delete(slices.Clone(words), i, i+1), " ")
			}
		}
	}
	return s
}
