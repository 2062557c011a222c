package teach

import (
	"context"
	"errors"
	"reflect"
	"slices"
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
	for tag := range strings.SplitSeq(form.Tags, ",") {
		if tag = quiz.OneLine(tag); tag != "" && !slices.Contains(f.Tags, tag) {
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
func full(d *quiz.Deck, more int) bool {
	for _, f := range d.Facts {
		if !f.Retired {
			more++
		}
	}
	return more >= quiz.MaxFacts
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
		if full(d.Deck, 0) {
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

// merged is the fact with what the form changed of the fact that it was made
// from, and what was changed elsewhere since.
func merged(d Desk, form FactForm, now quiz.Fact) (quiz.Fact, error) {
	base, err := d.Was(form.Key, form.Revision)
	if err != nil {
		return now, quiz.Fail(quiz.Conflict, "error.fact.changed")
	}
	mine, p := form.fact(base, d.Deck.Language)
	if len(p) > 0 {
		return now, invalid(p)
	}
	ok := take(&now.Date, mine.Date, base.Date) && take(&now.Event, mine.Event, base.Event) && take(&now.Label, mine.Label, base.Label) &&
		take(&now.Detail, mine.Detail, base.Detail) && take(&now.Claim, mine.Claim, base.Claim) &&
		take(&now.Terms, mine.Terms, base.Terms) && take(&now.Tags, mine.Tags, base.Tags)
	if !ok {
		return now, quiz.Fail(quiz.Conflict, "error.fact.changed")
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

// Undo takes the last change back, of a text or, where it is 0, of the deck.
// Missing if there is none.
func Undo(ctx context.Context, db Store, who quiz.Who, deck, text int64, now time.Time) error {
	return db.Edit(ctx, who, deck, text, now, func(d Desk) (Result, error) {
		if d.Last.ID == 0 {
			return Result{}, quiz.Fail(quiz.Missing, "error.undo.nothing")
		}
		back := d.Last.Back()
		for _, m := range back.Moves {
			to, err := d.Own(m.From.Deck) // where it went
			if err != nil {
				return Result{}, err
			}
			if f, ok := to.Fact(m.Fact); !ok || f.Retired || f.Key != m.From.Key {
				return Result{}, quiz.Fail(quiz.Conflict, "error.undo.changed")
			}
			if _, taken := current(d.Deck, m.To.Key); taken {
				return Result{}, quiz.Fail(quiz.Conflict, "error.undo.changed")
			}
		}
		for i := range back.Facts { // only what the change made; another one came since
			now, found := current(d.Deck, back.Facts[i].After.Key)
			if !found || !alike(now, back.Facts[i].Before) {
				return Result{}, quiz.Fail(quiz.Conflict, "error.undo.changed")
			}
			back.Facts[i].Before, back.Facts[i].After.Revision = now, now.Revision
		}
		return Result{Change: back, Undoes: d.Last.ID}, nil
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
