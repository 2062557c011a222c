// Package deckfile reads and writes decks as files. FORMAT.md describes the text
// format. The decks that come with Chronicle use it too.
package deckfile

import (
	"strings"
	"unicode/utf8"

	"chronicle/quiz"
)

// Limits of a file.
const (
	MaxBytes       = 50 << 20
	maxLine        = 10_000 // code points of one value
	maxFacts       = 100_000
	maxDiagnostics = 10_000 // maximum returned; further ones are dropped
)

// Diagnostic is an error or a warning about one line of a file.
type Diagnostic struct {
	Line    int // from 1
	Problem quiz.Problem
	Warning bool // the deck can still be used
}

// field is one "name: value" line of a record.
type field struct {
	name, value string
	line        int
	more        []string // continuation lines of the value
}

// whole returns the field with its continuation lines joined.
func (f field) whole() field {
	if len(f.more) > 0 {
		f.value, f.more = strings.TrimSpace(f.value+" "+strings.Join(f.more, " ")), nil
	}
	return f
}

// record is a group of fields between blank lines.
type record []field

// ReadDeck reads a deck. Facts with an error are omitted and reported, so that one
// bad fact does not prevent reading the others. The deck is nil if the file is too
// large, is not valid UTF-8 or has no deck record. Facts are numbered from 1 in
// file order. Warnings come last.
func ReadDeck(text []byte) (*quiz.Deck, []Diagnostic) {
	r := &reader{keys: map[string]int{}, described: map[string]bool{}}
	if len(text) > MaxBytes {
		r.addDiagnostic(1, "", "file.large")
		return nil, r.diagnostics
	}
	if !utf8.Valid(text) {
		r.addDiagnostic(lineOfBadByte(text), "", "file.utf8")
		return nil, r.diagnostics
	}
	for _, rec := range r.splitRecords(string(text)) {
		r.readRecord(rec)
	}
	if r.deck == nil {
		if len(r.diagnostics) == 0 {
			r.addDiagnostic(1, "deck", "file.no-deck")
		}
		return nil, r.diagnostics
	}
	r.dropFactsWithoutSource()
	r.warnAboutFacts()
	return r.deck, r.diagnostics
}

type reader struct {
	deck        *quiz.Deck
	keys        map[string]int  // line of each fact key
	described   map[string]bool // source keys that the file describes
	diagnostics []Diagnostic
	errors      int // number of errors, including dropped ones
}

func (r *reader) addDiagnostic(line int, name, key string, pairs ...any) {
	var p quiz.Problems
	p.Add(name, key, pairs...)
	r.deckOrDiagnostics(Diagnostic{Line: line, Problem: p[0]})
}

func (r *reader) deckOrDiagnostics(n Diagnostic) {
	if !n.Warning {
		r.errors++
	}
	if len(r.diagnostics) < maxDiagnostics {
		r.diagnostics = append(r.diagnostics, n)
	}
}

func lineOfBadByte(text []byte) int {
	line := 1
	for len(text) > 0 {
		c, n := utf8.DecodeRune(text)
		if c == utf8.RuneError && n == 1 {
			return line
		}
		if c == '\n' {
			line++
		}
		text = text[n:]
	}
	return line
}

// splitRecords splits the text at blank lines and collects continuation lines.
func (r *reader) splitRecords(text string) []record {
	var all []record
	var now record
	text = strings.TrimPrefix(text, "\uFEFF")
	line := 0
	for raw := range strings.SplitSeq(text, "\n") {
		line++
		raw = strings.TrimRight(raw, " \t\r")
		switch {
		case raw == "":
			if len(now) > 0 {
				all, now = append(all, now), nil
			}
		case strings.HasPrefix(raw, "#"):
		case raw[0] == ' ' || raw[0] == '\t':
			if len(now) == 0 {
				r.addDiagnostic(line, "", "file.continued")
				continue
			}
			if part := strings.TrimSpace(raw); part != "" {
				last := &now[len(now)-1]
				last.more = append(last.more, part)
			}
		default:
			name, value, ok := strings.Cut(raw, ":")
			if !ok {
				r.addDiagnostic(line, "", "file.line")
				continue
			}
			now = append(now, field{name: strings.TrimSpace(name), value: strings.TrimSpace(value), line: line})
		}
	}
	if len(now) > 0 {
		all = append(all, now)
	}
	return all
}

func (r *reader) readRecord(rec record) {
	for i, f := range rec {
		f = f.whole()
		rec[i] = f
		if utf8.RuneCountInString(f.value) > maxLine {
			r.addDiagnostic(f.line, f.name, "file.long", "Max", maxLine)
			return
		}
	}
	first := rec[0]
	switch {
	case first.name == "deck" && r.deck == nil:
		r.readDeck(rec)
	case first.name == "deck":
		r.addDiagnostic(first.line, "deck", "file.one-deck")
	case r.deck == nil:
		r.addDiagnostic(first.line, first.name, "file.deck-first")
	case first.name == "source":
		r.readSource(rec)
	case first.name == "fact":
		r.readFact(rec)
	default:
		r.addDiagnostic(first.line, first.name, "file.record")
	}
}
