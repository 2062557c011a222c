package authoring

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

// FactForm is a fact as typed into a form.
type FactForm struct {
	Key         string // empty for a new fact
	Date        string // in words or as EDTF
	Event       string
	Label       string
	Terms       string // separated by lines or commas; accepted spellings follow after "|"
	Detail      string
	Tags        string // separated by commas
	Claim       bool
	Revision    int64       // revision of the fact that the form was made from
	PastAnswers PastAnswers // what to do with past answers if the date changes
}

// PastAnswers says what happens to past answers when the date of a fact changes.
type PastAnswers string

// Values of PastAnswers. If it is empty, the teacher is asked.
const (
	KeepGrades     PastAnswers = "stand" // past grades stay
	RegradeAnswers PastAnswers = "again" // past answers are regraded with the new date
)

// NewFactForm returns the form for editing a fact, with the date written in lang.
func NewFactForm(f quiz.Fact, lang string) FactForm {
	var terms []string
	for _, t := range f.Terms {
		terms = append(terms, strings.Join(append([]string{t.Text}, t.Accepted...), " | "))
	}
	return FactForm{
		Key: f.Key, Date: FormatDate(f.Date, lang), Event: f.Event, Label: f.Label, Terms: strings.Join(terms, "\n"), Detail: f.Detail,
		Tags: strings.Join(f.Tags, ", "), Claim: f.Claim, Revision: f.Revision,
	}
}

// FormatDate formats a date for a form field: in words if they parse back to the
// same date, otherwise as EDTF.
func FormatDate(d edtf.Date, lang string) string {
	words := d.Format(lang)
	if back, err := edtf.ParseText(words, lang); err == nil && back == d {
		return words
	}
	return d.String()
}

// parse returns f with the values of the form. Fields that the form does not have
// stay the same.
func (form FactForm) parse(f quiz.Fact, lang string) (quiz.Fact, quiz.Problems) {
	var p quiz.Problems
	f.Event, f.Label, f.Detail, f.Claim = quiz.OneLine(form.Event), quiz.OneLine(form.Label), quiz.OneLine(form.Detail), form.Claim
	if f.Label == "" {
		f.Label = strings.TrimSuffix(truncate(f.Event, 48), "…")
	}
	f.Terms = parseTerms(form.Terms)
	f.Tags = nil
	has := map[string]bool{}
	for tag := range strings.SplitSeq(form.Tags, ",") {
		if tag = quiz.OneLine(tag); tag != "" && !has[tag] {
			has[tag] = true
			f.Tags = append(f.Tags, tag)
		}
	}
	d, problem := ParseDate(form.Date, lang)
	f.Date = d
	if problem.Key != "" {
		p = append(p, problem)
	}
	if f.Key == "" {
		f.Key = "new" // only so that it validates; saving the fact assigns its key
	}
	for _, one := range f.Validate() {
		if one.Field != "date" && one.Field != "fact" {
			p = append(p, one)
		}
	}
	return f, p
}

// ParseDate parses a typed date. A problem has the field "date".
func ParseDate(s, lang string) (edtf.Date, quiz.Problem) {
	var p quiz.Problems
	if strings.TrimSpace(s) == "" {
		p.Add("date", "problem.date.empty")
		return edtf.Date{}, p[0]
	}
	d, err := edtf.ParseText(s, lang)
	var ask *edtf.AmbiguousError
	switch {
	case errors.As(err, &ask) && len(ask.Readings) > 1:
		p.Add("date", "problem.date.ambiguous", "Text", s, "First", ask.Readings[0].Format(lang), "Second", ask.Readings[1].Format(lang))
		return d, p[0]
	case err != nil:
		p.Add("date", "problem.date.form")
		return d, p[0]
	}
	return d, quiz.Problem{}
}

func parseTerms(s string) []quiz.Term {
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

// keySet holds the keys of the facts in a deck, including newly assigned ones.
type keySet struct {
	used       map[string]bool
	lastNumber map[string]int // next number to try for each base key
}

func newKeySet(d *quiz.Deck) *keySet {
	k := &keySet{used: map[string]bool{}, lastNumber: map[string]int{}}
	for _, f := range d.Facts {
		k.used[f.Key] = true
	}
	return k
}

// assignKey gives a fact a key that no other fact of the deck has or had.
func (k *keySet) assignKey(f quiz.Fact) quiz.Fact {
	base := slug(f.Label, 48, "fact")
	f.Key = base
	for n := max(2, k.lastNumber[base]); k.used[f.Key]; n++ {
		f.Key = base + "-" + strconv.Itoa(n)
		k.lastNumber[base] = n + 1
	}
	k.used[f.Key] = true
	return f
}

// isFull reports whether a deck has the maximum number of facts.
func isFull(d *quiz.Deck) bool { return facts(d) >= quiz.MaxFacts }

// facts counts the facts of a deck that are not retired.
func facts(d *quiz.Deck) (n int) {
	for _, f := range d.Facts {
		if !f.Retired {
			n++
		}
	}
	return n
}

func findFact(d *quiz.Deck, key string) (quiz.Fact, error) {
	for _, f := range d.Facts {
		if f.Key == key && !f.Retired {
			return f, nil
		}
	}
	return quiz.Fact{}, quiz.NewError(quiz.NotFound, "error.missing")
}

// AddFact creates a fact from a form and returns its key. It returns Invalid with
// problems on date, event, label, term or detail.
func AddFact(ctx context.Context, db DeckStore, who quiz.Who, deck int64, form FactForm, now time.Time) (key string, err error) {
	err = db.EditDeck(ctx, who, deck, 0, now, func(d EditInput) (EditResult, error) {
		f, p := form.parse(quiz.Fact{}, d.Deck.Language)
		if len(p) > 0 {
			return EditResult{}, invalidError(p)
		}
		if isFull(d.Deck) {
			return EditResult{}, quiz.NewError(quiz.Invalid, "error.deck.full")
		}
		f = newKeySet(d.Deck).assignKey(f)
		key = f.Key
		return EditResult{Change: quiz.Change{Action: "add", Facts: []quiz.FactChange{{After: f}}}}, nil
	})
	return key, err
}

// UpdateFact changes a fact to the values of a form. Changes made elsewhere since
// the form was made are merged field by field. If the same field was changed to two
// different values, it returns an EditConflict, with which the form can be shown
// again. It returns Invalid with problems as AddFact does, or on "past" if the date
// changes, people have answered and the form does not say what to do with their
// answers.
func UpdateFact(ctx context.Context, db DeckStore, who quiz.Who, deck int64, form FactForm, now time.Time) error {
	return db.EditDeck(ctx, who, deck, 0, now, func(d EditInput) (EditResult, error) {
		before, err := findFact(d.Deck, form.Key)
		if err != nil {
			return EditResult{}, err
		}
		after, p := form.parse(before, d.Deck.Language)
		if len(p) > 0 {
			return EditResult{}, invalidError(p)
		}
		if form.Revision != before.Revision && !sameFact(before, after) {
			if after, err = mergeEdits(d, form, before); err != nil {
				return EditResult{}, err
			}
		}
		if sameFact(before, after) {
			return EditResult{}, nil
		}
		if err := requirePastAnswers(d, form.PastAnswers, before, after); err != nil {
			return EditResult{}, err
		}
		return EditResult{Change: quiz.Change{
			Action: "edit", Regraded: form.PastAnswers == RegradeAnswers && before.Date != after.Date,
			Facts: []quiz.FactChange{{Before: before, After: after}},
		}}, nil
	})
}

// requirePastAnswers returns Invalid if the date changes, people have answered, and
// the teacher has not said what to do with their answers.
func requirePastAnswers(d EditInput, past PastAnswers, before, after quiz.Fact) error {
	if before.Date == after.Date || past == KeepGrades || past == RegradeAnswers {
		return nil
	}
	people, err := d.CountAnswered(before.ID)
	if err != nil || people == 0 {
		return err
	}
	var p quiz.Problems
	p.Add("past", "problem.past", "People", people)
	return invalidError(p)
}

// EditConflict is a Conflict: the form and another edit changed the same fields.
// Form has the typed values in those fields and the current values in all others.
// Problems give the current value of each conflicting field.
type EditConflict struct {
	Form     FactForm
	Problems quiz.Problems
}

// Error returns the message for the log.
func (c *EditConflict) Error() string { return "the fact was changed meanwhile" }

// Unwrap returns the Conflict error.
func (c *EditConflict) Unwrap() error { return quiz.NewError(quiz.Conflict, "error.fact.changed") }

// mergeEdits applies the changes of the form, compared with the revision that it
// was made from, to the current fact.
func mergeEdits(d EditInput, form FactForm, now quiz.Fact) (quiz.Fact, error) {
	lang := d.Deck.Language
	base, err := d.FactAt(form.Key, form.Revision)
	if err != nil { // revision no longer available: every difference is a conflict
		base = quiz.Fact{Key: form.Key}
	}
	mine, p := form.parse(base, lang)
	if len(p) > 0 {
		return now, invalidError(p)
	}
	var out FactForm
	fields := []struct {
		name  string
		ok    bool
		typed string
		into  *string
	}{
		{"date", mergeField(&now.Date, mine.Date, base.Date), form.Date, &out.Date},
		{"event", mergeField(&now.Event, mine.Event, base.Event), form.Event, &out.Event},
		{"label", mergeField(&now.Label, mine.Label, base.Label), form.Label, &out.Label},
		{"term", mergeField(&now.Terms, mine.Terms, base.Terms), form.Terms, &out.Terms},
		{"detail", mergeField(&now.Detail, mine.Detail, base.Detail), form.Detail, &out.Detail},
		{"tags", mergeField(&now.Tags, mine.Tags, base.Tags), form.Tags, &out.Tags},
	}
	mergeField(&now.Claim, mine.Claim, base.Claim) // a boolean has two values, so its changes never conflict
	out = NewFactForm(now, lang)
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
		return now, &EditConflict{out, p}
	}
	for _, one := range now.Validate() { // a term may be missing from an event that was changed elsewhere
		if one.Field != "fact" {
			p = append(p, one)
		}
	}
	if len(p) > 0 {
		return now, invalidError(p)
	}
	return now, nil
}

// mergeField sets now to mine if mine differs from base. It returns false, and sets
// nothing, if the field was changed elsewhere to a different value.
func mergeField[T any](now *T, mine, base T) bool {
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

// RemoveFact retires a fact of a deck. Learners' memory of it is preserved, and
// undo restores it.
func RemoveFact(ctx context.Context, db DeckStore, who quiz.Who, deck int64, key string, now time.Time) error {
	return db.EditDeck(ctx, who, deck, 0, now, func(d EditInput) (EditResult, error) {
		before, err := findFact(d.Deck, key)
		if err != nil {
			return EditResult{}, err
		}
		after := before
		after.Retired = true
		return EditResult{Change: quiz.Change{Action: "remove", Facts: []quiz.FactChange{{Before: before, After: after}}}}, nil
	})
}

// sameFact reports whether two facts have the same content, ignoring revisions.
func sameFact(a, b quiz.Fact) bool {
	b.ID, b.Deck, b.Revision = a.ID, a.Deck, a.Revision
	return reflect.DeepEqual(normalizeFact(a), normalizeFact(b))
}

// normalizeFact replaces empty lists with nil.
func normalizeFact(f quiz.Fact) quiz.Fact {
	if len(f.Terms) == 0 {
		f.Terms = nil
	}
	if len(f.Tags) == 0 {
		f.Tags = nil
	}
	if len(f.DisabledKinds) == 0 {
		f.DisabledKinds = nil
	}
	if len(f.ExcludedDistractors) == 0 {
		f.ExcludedDistractors = nil
	}
	return f
}

func currentFact(d *quiz.Deck, key string) (quiz.Fact, bool) {
	for _, f := range d.Facts {
		if f.Key == key {
			return f, true
		}
	}
	return quiz.Fact{}, false
}
