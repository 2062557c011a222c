package teach

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// FactForm is a fact as it is typed.
type FactForm struct {
	Key      string // empty for a new one
	When     string // as one writes it, or EDTF
	Event    string
	Label    string
	Terms    string // one a line or between commas; other spellings after vertical bars
	Detail   string
	Tags     string // between commas
	Claim    bool
	Revision int64 // of the fact that the form was made from
	Past     Past  // what becomes of answers, where the date changes
}

// Past is what becomes of the answers that were given about another date.
type Past string

// The ways. Without one the teacher is asked.
const (
	Stand     Past = "stand" // they stay as they are
	MarkAgain Past = "again" // they are marked by the new date
)

// FormOf is the form of a fact, as a person of that language writes dates.
func FormOf(f quiz.Fact, lang string) FactForm {
	var terms []string
	for _, t := range f.Terms {
		terms = append(terms, strings.Join(append([]string{t.Text}, t.Accepted...), " | "))
	}
	return FactForm{
		Key: f.Key, When: Written(f.Date, lang), Event: f.Event, Label: f.Label, Terms: strings.Join(terms, "\n"), Detail: f.Detail,
		Tags: strings.Join(f.Tags, ", "), Claim: f.Claim, Revision: f.Revision,
	}
}

// Written is a date as it stands in a field: in words where they read back as the
// same date, else as EDTF.
func Written(d edtf.Date, lang string) string {
	words := d.In(lang)
	if back, err := edtf.Read(words, lang); err == nil && back == d {
		return words
	}
	return d.String()
}

// fact reads the form over the fact as it is; what the form does not tell stays.
func (form FactForm) fact(f quiz.Fact, lang string) (quiz.Fact, quiz.Problems) {
	var p quiz.Problems
	f.Event, f.Label, f.Detail, f.Claim = quiz.OneLine(form.Event), quiz.OneLine(form.Label), quiz.OneLine(form.Detail), form.Claim
	if f.Label == "" {
		f.Label = strings.TrimSuffix(cut(f.Event, 48), "…")
	}
	f.Terms = readTerms(form.Terms)
	f.Tags = nil
	has := map[string]bool{}
	for tag := range strings.SplitSeq(form.Tags, ",") {
		if tag = quiz.OneLine(tag); tag != "" && !has[tag] {
			has[tag] = true
			f.Tags = append(f.Tags, tag)
		}
	}
	d, problem := ReadDate(form.When, lang)
	f.Date = d
	if problem.Key != "" {
		p = append(p, problem)
	}
	if f.Key == "" {
		f.Key = "new" // a name is made when it is kept
	}
	for _, one := range f.Check() {
		if one.Field != "date" && one.Field != "fact" {
			p = append(p, one)
		}
	}
	return f, p
}

// ReadDate reads a date as it is typed; a problem has the field date.
func ReadDate(s, lang string) (edtf.Date, quiz.Problem) {
	var p quiz.Problems
	if strings.TrimSpace(s) == "" {
		p.Add("date", "problem.date.empty")
		return edtf.Date{}, p[0]
	}
	d, err := edtf.Read(s, lang)
	var ask *edtf.AmbiguousError
	switch {
	case errors.As(err, &ask) && len(ask.Readings) > 1:
		p.Add("date", "problem.date.ambiguous", "Text", s, "First", ask.Readings[0].In(lang), "Second", ask.Readings[1].In(lang))
		return d, p[0]
	case err != nil:
		p.Add("date", "problem.date.form")
		return d, p[0]
	}
	return d, quiz.Problem{}
}

func readTerms(s string) []quiz.Term {
	var out []quiz.Term
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == ',' }) {
		var t quiz.Term
		for spelling := range strings.SplitSeq(line, "|") {
			if spelling = quiz.OneLine(spelling); spelling == "" {
				continue
			}
			if t.Text == "" {
				t.Text = spelling
			} else {
				t.Accepted = append(t.Accepted, spelling)
			}
		}
		if t.Text != "" {
			out = append(out, t)
		}
	}
	return out
}

// keys are the names that facts of a deck have; each new one is taken at once.
type keys struct {
	used map[string]bool
	next map[string]int // the number that a name was given last
}

func keysOf(d *quiz.Deck) *keys {
	k := &keys{used: map[string]bool{}, next: map[string]int{}}
	for _, f := range d.Facts {
		k.used[f.Key] = true
	}
	return k
}

// name gives a fact a key that no other fact of the deck has, or had.
func (k *keys) name(f quiz.Fact) quiz.Fact {
	base := slug(f.Label, 48, "fact")
	f.Key = base
	for n := max(2, k.next[base]); k.used[f.Key]; n++ {
		f.Key = base + "-" + strconv.Itoa(n)
		k.next[base] = n + 1
	}
	k.used[f.Key] = true
	return f
}

// full tells whether no more facts go into a deck.
func full(d *quiz.Deck) bool { return facts(d) >= quiz.MaxFacts }

// facts counts the facts of a deck that are asked.
func facts(d *quiz.Deck) (n int) {
	for _, f := range d.Facts {
		if !f.Retired {
			n++
		}
	}
	return n
}

func factOf(d *quiz.Deck, key string) (quiz.Fact, error) {
	for _, f := range d.Facts {
		if f.Key == key && !f.Retired {
			return f, nil
		}
	}
	return quiz.Fact{}, quiz.Fail(quiz.Missing, "error.missing")
}

// Add makes a fact from a form, and gives its key. Invalid with problems on
// date, event, label, term or detail.
func Add(ctx context.Context, db Store, who quiz.Who, deck int64, form FactForm, now time.Time) (key string, err error) {
	err = db.Edit(ctx, who, deck, 0, now, func(d Desk) (Result, error) {
		f, p := form.fact(quiz.Fact{}, d.Deck.Language)
		if len(p) > 0 {
			return Result{}, invalid(p)
		}
		if full(d.Deck) {
			return Result{}, quiz.Fail(quiz.Invalid, "error.deck.full")
		}
		f = keysOf(d.Deck).name(f)
		key = f.Key
		return Result{Change: quiz.Change{What: "add", Facts: []quiz.FactChange{{After: f}}}}, nil
	})
	return key, err
}

// Save changes a fact to what a form says. What was changed elsewhere since the
// form was made stays, field by field; Conflict if the same field was changed to
// something else, and nothing is lost, since the form is shown again. Invalid with
// problems as in Add, or on past where the date changes and people have answered.
func Save(ctx context.Context, db Store, who quiz.Who, deck int64, form FactForm, now time.Time) error {
	return db.Edit(ctx, who, deck, 0, now, func(d Desk) (Result, error) {
		before, err := factOf(d.Deck, form.Key)
		if err != nil {
			return Result{}, err
		}
		after, p := form.fact(before, d.Deck.Language)
		if len(p) > 0 {
			return Result{}, invalid(p)
		}
		if form.Revision != before.Revision && !alike(before, after) {
			if after, err = merged(d, form, before); err != nil {
				return Result{}, err
			}
		}
		if alike(before, after) {
			return Result{}, nil
		}
		if err := askPast(d, form.Past, before, after); err != nil {
			return Result{}, err
		}
		return Result{Change: quiz.Change{
			What: "edit", Marked: form.Past == MarkAgain && before.Date != after.Date,
			Facts: []quiz.FactChange{{Before: before, After: after}},
		}}, nil
	})
}

// askPast asks the teacher what becomes of answers when the date changes.
func askPast(d Desk, past Past, before, after quiz.Fact) error {
	if before.Date == after.Date || past == Stand || past == MarkAgain {
		return nil
	}
	people, err := d.Answered(before.ID)
	if err != nil || people == 0 {
		return err
	}
	var p quiz.Problems
	p.Add("past", "problem.past", "People", people)
	return invalid(p)
}

// Clash is a Conflict: a form changed the same fields as another since it was made.
// Its form has what was typed in those, and what is kept in all others; problems
// say at each of those what is kept.
type Clash struct {
	Form     FactForm
	Problems quiz.Problems
}

// Error names it for the log.
func (c *Clash) Error() string { return "the fact was changed meanwhile" }

// Unwrap makes it a Conflict.
func (c *Clash) Unwrap() error { return quiz.Fail(quiz.Conflict, "error.fact.changed") }

// merged is the fact with what the form changed of the fact that it was made
// from, and what was changed elsewhere since.
func merged(d Desk, form FactForm, now quiz.Fact) (quiz.Fact, error) {
	lang := d.Deck.Language
	base, err := d.Was(form.Key, form.Revision)
	if err != nil { // too long ago: whatever differs is a clash
		base = quiz.Fact{Key: form.Key}
	}
	mine, p := form.fact(base, lang)
	if len(p) > 0 {
		return now, invalid(p)
	}
	var out FactForm
	fields := []struct {
		name  string
		ok    bool
		typed string
		into  *string
	}{
		{"date", take(&now.Date, mine.Date, base.Date), form.When, &out.When},
		{"event", take(&now.Event, mine.Event, base.Event), form.Event, &out.Event},
		{"label", take(&now.Label, mine.Label, base.Label), form.Label, &out.Label},
		{"term", take(&now.Terms, mine.Terms, base.Terms), form.Terms, &out.Terms},
		{"detail", take(&now.Detail, mine.Detail, base.Detail), form.Detail, &out.Detail},
		{"tags", take(&now.Tags, mine.Tags, base.Tags), form.Tags, &out.Tags},
	}
	take(&now.Claim, mine.Claim, base.Claim) // of two values, a change is never a clash
	out = FormOf(now, lang)
	for _, f := range fields {
		switch {
		case f.ok:
		case *f.into == "":
			p.Add(f.name, "problem.clash.nothing")
			*f.into = f.typed
		default:
			p.Add(f.name, "problem.clash", "Text", *f.into)
			*f.into = f.typed
		}
	}
	if len(p) > 0 {
		return now, &Clash{out, p}
	}
	for _, one := range now.Check() { // a term may stand in the other event
		if one.Field != "fact" {
			p = append(p, one)
		}
	}
	if len(p) > 0 {
		return now, invalid(p)
	}
	return now, nil
}

// take puts what was typed into a field, unless it is what it was; false where
// the field was changed elsewhere to something else.
func take[T any](now *T, mine, base T) bool {
	same := func(a, b T) bool {
		return reflect.DeepEqual(a, b) || reflect.ValueOf(a).Kind() == reflect.Slice && reflect.ValueOf(a).Len()+reflect.ValueOf(b).Len() == 0
	}
	switch {
	case same(mine, base), same(mine, *now):
		return true
	case !same(*now, base):
		return false
	}
	*now = mine
	return true
}

// Remove takes a fact out of its deck; memory of it is kept, and undo brings it
// back.
func Remove(ctx context.Context, db Store, who quiz.Who, deck int64, key string, now time.Time) error {
	return db.Edit(ctx, who, deck, 0, now, func(d Desk) (Result, error) {
		before, err := factOf(d.Deck, key)
		if err != nil {
			return Result{}, err
		}
		after := before
		after.Retired = true
		return Result{Change: quiz.Change{What: "remove", Facts: []quiz.FactChange{{Before: before, After: after}}}}, nil
	})
}

// alike tells whether two facts say the same, whichever revision they are.
func alike(a, b quiz.Fact) bool {
	b.ID, b.Deck, b.Revision = a.ID, a.Deck, a.Revision
	return reflect.DeepEqual(plain(a), plain(b))
}

// plain is a fact without the difference of nothing and an empty list.
func plain(f quiz.Fact) quiz.Fact {
	if len(f.Terms) == 0 {
		f.Terms = nil
	}
	if len(f.Tags) == 0 {
		f.Tags = nil
	}
	if len(f.Held) == 0 {
		f.Held = nil
	}
	if len(f.Bars) == 0 {
		f.Bars = nil
	}
	return f
}

func current(d *quiz.Deck, key string) (quiz.Fact, bool) {
	for _, f := range d.Facts {
		if f.Key == key {
			return f, true
		}
	}
	return quiz.Fact{}, false
}
