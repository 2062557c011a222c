package deckfile

import (
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

func (r *reader) readDeck(rec record) {
	d := &quiz.Deck{Language: "en", Precision: edtf.Day, Visibility: quiz.VisibilityPublic}
	for _, f := range rec {
		switch f.name {
		case "deck":
			d.Name = f.value
			if !quiz.IsValidName(f.value) {
				r.addDiagnostic(f.line, f.name, "problem.name")
			}
		case "title":
			d.Title = f.value
		case "about":
			d.About = f.value
		case "language":
			d.Language = f.value
			if !quiz.IsKnownLanguage(f.value) {
				r.addDiagnostic(f.line, f.name, "file.language")
			}
		case "precision":
			r.readPrecision(d, f)
		case "licence":
			d.Licence = f.value
		case "credit":
			d.Credit = f.value
		default:
			r.addDiagnostic(f.line, f.name, "file.field", "Record", "deck")
		}
	}
	if d.Title == "" {
		r.addDiagnostic(rec[0].line, "title", "problem.title.empty")
	}
	r.deck = d
}

func (r *reader) readPrecision(d *quiz.Deck, f field) {
	for _, p := range quiz.DeckPrecisions {
		if p.String() == f.value {
			d.Precision = p
			return
		}
	}
	r.addDiagnostic(f.line, f.name, "file.precision")
}

func (r *reader) readSource(rec record) {
	s := quiz.Source{Key: rec[0].value}
	for _, f := range rec[1:] {
		switch f.name {
		case "title":
			s.Title = f.value
		case "author":
			s.Author = f.value
		case "address":
			s.URL = f.value
			if !strings.HasPrefix(f.value, "https://") && !strings.HasPrefix(f.value, "http://") {
				r.addDiagnostic(f.line, f.name, "file.address")
				s.URL = ""
			}
		case "licence":
			s.Licence = f.value
		default:
			r.addDiagnostic(f.line, f.name, "file.field", "Record", "source")
		}
	}
	if s.Title == "" {
		r.addDiagnostic(rec[0].line, "title", "problem.title.empty")
	}
	if s.Key == "" {
		r.addDiagnostic(rec[0].line, "source", "problem.empty")
		return
	}
	if r.described[s.Key] {
		r.addDiagnostic(rec[0].line, "source", "file.source-twice", "Key", s.Key)
		return
	}
	r.described[s.Key] = true
	r.deck.Sources = append(r.deck.Sources, s)
}

// readFact adds the fact to the deck if it has no errors.
func (r *reader) readFact(rec record) {
	before := r.errors
	fact := quiz.Fact{Key: rec[0].value}
	lines := map[string]int{"fact": rec[0].line}
	for _, f := range rec[1:] {
		lines[f.name] = f.line
		r.readFactField(&fact, f)
		if n := len(fact.Terms); f.name == "term" && n > 0 {
			lines["term "+fact.Terms[n-1].Text] = f.line
		}
	}
	for _, p := range fact.Validate() {
		line := lines[p.Field]
		if p.Key == "problem.term" {
			line = lines["term "+p.Args["Term"].(string)]
		}
		if line == 0 {
			line = rec[0].line
		}
		r.deckOrDiagnostics(Diagnostic{Line: line, Problem: p})
	}
	if at, dup := r.keys[fact.Key]; dup {
		r.addDiagnostic(rec[0].line, "fact", "file.key-twice", "Key", fact.Key, "Line", at)
	}
	if len(r.deck.Facts) >= maxFacts {
		r.addDiagnostic(rec[0].line, "fact", "file.many", "Max", maxFacts)
	}
	if r.errors > before {
		return
	}
	r.keys[fact.Key] = rec[0].line
	fact.ID = int64(len(r.deck.Facts) + 1)
	r.deck.Facts = append(r.deck.Facts, fact)
}

func (r *reader) readFactField(fact *quiz.Fact, f field) {
	switch f.name {
	case "date":
		fact.Date = r.readDate(f)
	case "also":
		fact.OtherDate = r.readDate(f)
	case "event":
		fact.Event = f.value
	case "label":
		fact.Label = f.value
	case "term":
		parts := split(f.value, "|")
		if len(parts) > 0 {
			fact.Terms = append(fact.Terms, quiz.Term{Text: parts[0], Accepted: parts[1:]})
		}
	case "detail":
		fact.Detail = f.value
	case "source":
		fact.Source = f.value
	case "section":
		fact.Section = f.value
	case "span":
		fact.Span = r.readSpan(f)
	case "tags":
		fact.Tags = split(f.value, ",")
	case "marks":
		r.readFlags(fact, f)
	case "hold":
		for _, k := range split(f.value, ",") {
			fact.DisabledKinds = append(fact.DisabledKinds, quiz.Kind(k))
		}
	case "bar":
		for _, key := range split(f.value, ",") {
			fact.ExcludedDistractors = append(fact.ExcludedDistractors, quiz.ExcludedDistractor{Fact: key})
		}
	case "bar-term":
		for _, term := range split(f.value, "|") {
			fact.ExcludedDistractors = append(fact.ExcludedDistractors, quiz.ExcludedDistractor{Term: term})
		}
	default:
		r.addDiagnostic(f.line, f.name, "file.field", "Record", "fact")
	}
}

func (r *reader) readDate(f field) edtf.Date {
	d, err := edtf.Parse(f.value)
	if err != nil {
		r.addDiagnostic(f.line, f.name, "file.date", "Reason", err.Error())
	}
	return d
}

func (r *reader) readSpan(f field) quiz.Span {
	a, b, ok := strings.Cut(f.value, "-")
	start, err1 := strconv.Atoi(strings.TrimSpace(a))
	end, err2 := strconv.Atoi(strings.TrimSpace(b))
	if !ok || err1 != nil || err2 != nil || start < 0 || end <= start {
		r.addDiagnostic(f.line, f.name, "file.span")
		return quiz.Span{}
	}
	return quiz.Span{Start: start, End: end}
}

func (r *reader) readFlags(fact *quiz.Fact, f field) {
	for _, mark := range split(f.value, ",") {
		switch mark {
		case "claim":
			fact.Claim = true
		case "disputed":
			fact.Disputed = true
		default:
			r.addDiagnostic(f.line, f.name, "file.mark", "Mark", mark)
		}
	}
}

// dropFactsWithoutSource removes facts whose source the file does not describe.
func (r *reader) dropFactsWithoutSource() {
	r.deck.Facts = slices.DeleteFunc(r.deck.Facts, func(f quiz.Fact) bool {
		if f.Source == "" || r.described[f.Source] {
			return false
		}
		r.addDiagnostic(r.keys[f.Key], "source", "file.no-source", "Key", f.Source)
		return true
	})
}

func split(s, by string) []string {
	var out []string
	for part := range strings.SplitSeq(s, by) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
