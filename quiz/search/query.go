// Package find reads what people look for in the library: words, and a date.
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

// Query is what somebody looks for. Without a date the bounds are all of time.
type Query struct {
	Words             []string // folded; each begins a word of what is found
	Date              edtf.Date
	FirstDay, LastDay int64
}

// IsZero tells whether nothing is looked for.
func (q Query) IsZero() bool { return len(q.Words) == 0 && q.Date.IsZero() }

// DeckHit is a deck in the library. Years are astronomical; without facts they are 0.
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

// MaxQueryLength is how much is read of what was typed, in characters; maxWords how many
// words of it.
const (
	MaxQueryLength = 200
	maxWords       = 8
)

// stopWords are words of a question that say nothing of what is looked for.
var stopWords = map[string]bool{
	"what": true, "when": true, "happen": true, "happened": true, "did": true, "which": true, "year": true, "event": true, "fact": true,
	"all": true, "anything": true, "something": true,
}

var bareYear = regexp.MustCompile(`^\d{3,4}$`)

// ParseQuery reads a query, such as "what happened 1920" or "treaty in May 1920".
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

// extractDate finds the date of a query, and gives what is left of it: all of it may
// be a date, or an expression in it, or one word that is a year.
func (q *Query) extractDate(s string) string {
	if d, err := edtf.ParseText(s, "en"); err == nil {
		q.Date = d
		return ""
	}
	if all, err := extract.FindDates(context.Background(), s, "en"); err == nil && len(all) > 0 { // no longer than Longest
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
