package teach

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/extract"
)

// detailMost is how much of the source's words is shown after an answer.
const detailMost = 600

// Proposed is the form that a proposal fills.
func Proposed(it Item, lang string) FactForm {
	return FactForm{
		When: Written(it.Date, lang), Event: it.Event, Label: it.Label, Terms: strings.Join(it.Terms, "\n"), Detail: cut(it.Quote, detailMost),
		Claim: it.Has(extract.Claim),
	}
}

// Ready tells whether an item can be kept without a look: it is open, without
// doubt, and makes a fact.
func Ready(it Item, lang string) bool {
	if it.State != quiz.Open || !it.Sure() {
		return false
	}
	_, p := Proposed(it, lang).fact(quiz.Fact{}, lang)
	return len(p) == 0
}

// item finds an item of a desk.
func (d Desk) item(place int64) (Item, error) {
	for _, it := range d.Items {
		if it.Place == place {
			return it, nil
		}
	}
	return Item{}, quiz.Fail(quiz.Missing, "error.missing")
}

// made is the fact that a form makes of an item.
func (d Desk) made(it Item, form FactForm, t Text, k *keys) (quiz.Fact, quiz.Problems) {
	f, p := form.fact(quiz.Fact{Source: t.Source.Key, Section: cut(it.Title, 120), Span: it.Span, Text: t.ID}, d.Deck.Language)
	if len(p) > 0 {
		return f, p
	}
	return k.name(f), nil
}

// Keep makes a fact of an open item, as the form says it. Invalid with problems
// as in Add; Conflict if the item was decided already.
func Keep(ctx context.Context, db Store, who quiz.Who, t Text, place int64, form FactForm, now time.Time) error {
	return db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		it, err := d.item(place)
		if err != nil {
			return Result{}, err
		}
		f, p := d.made(it, form, t, keysOf(d.Deck))
		if len(p) > 0 {
			return Result{}, invalid(p)
		}
		if it.State != quiz.Open {
			kept, err := factOf(d.Deck, it.Fact)
			if err == nil && it.State == quiz.Kept && kept.Event == f.Event && kept.Date == f.Date { // a second tap
				return Result{}, nil
			}
			return Result{}, quiz.Fail(quiz.Conflict, "error.item.decided")
		}
		if full(d.Deck) {
			return Result{}, quiz.Fail(quiz.Invalid, "error.deck.full")
		}
		return Result{Change: quiz.Change{
			What: "keep", Facts: []quiz.FactChange{{After: f}},
			Items: []quiz.ItemChange{{Place: place, Before: it.ItemState, After: quiz.ItemState{State: quiz.Kept, Fact: f.Key}}},
		}}, nil
	})
}

// KeepSure keeps all open items that need no look, in one change.
func KeepSure(ctx context.Context, db Store, who quiz.Who, t Text, now time.Time) error {
	return db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		r := Result{Change: quiz.Change{What: "keep-sure"}}
		keys, has := keysOf(d.Deck), facts(d.Deck)
		for _, it := range d.Items {
			if !Ready(it, d.Deck.Language) {
				continue
			}
			if has+len(r.Facts) >= quiz.MaxFacts {
				return Result{}, quiz.Fail(quiz.Invalid, "error.deck.full")
			}
			f, _ := d.made(it, Proposed(it, d.Deck.Language), t, keys)
			r.Facts = append(r.Facts, quiz.FactChange{After: f})
			r.Items = append(r.Items, quiz.ItemChange{Place: it.Place, Before: it.ItemState, After: quiz.ItemState{State: quiz.Kept, Fact: f.Key}})
		}
		return r, nil
	})
}

// Skip sets an open item aside. Conflict if it was kept meanwhile.
func Skip(ctx context.Context, db Store, who quiz.Who, t Text, place int64, now time.Time) error {
	return decide(ctx, db, who, t, place, quiz.Skipped, now)
}

// Reopen opens an item again that was skipped or kept; the fact that it became
// is asked no longer.
func Reopen(ctx context.Context, db Store, who quiz.Who, t Text, place int64, now time.Time) error {
	return decide(ctx, db, who, t, place, quiz.Open, now)
}

func decide(ctx context.Context, db Store, who quiz.Who, t Text, place int64, to quiz.State, now time.Time) error {
	return db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		it, err := d.item(place)
		if err != nil || it.State == to {
			return Result{}, err
		}
		if to == quiz.Skipped && it.State != quiz.Open {
			return Result{}, quiz.Fail(quiz.Conflict, "error.item.decided")
		}
		r := Result{Change: quiz.Change{What: string(to)}}
		r.add(d, it, to)
		return r, nil
	})
}

// add changes an item's state; the fact that it was kept as is retired.
func (r *Result) add(d Desk, it Item, to quiz.State) {
	r.Items = append(r.Items, quiz.ItemChange{Place: it.Place, Before: it.ItemState, After: quiz.ItemState{State: to}})
	if before, err := factOf(d.Deck, it.Fact); err == nil && it.State == quiz.Kept && before.Text != 0 { // one typed by hand is none of its
		after := before
		after.Retired = true
		r.Facts = append(r.Facts, quiz.FactChange{Before: before, After: after})
	}
}

// UndoText takes a whole import back: all its facts are asked no longer, all its
// items are open, and those that were added since are gone. It is one change, and can be undone itself.
func UndoText(ctx context.Context, db Store, who quiz.Who, t Text, now time.Time) error {
	return db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		r := Result{Change: quiz.Change{What: "undo-text"}}
		for _, it := range d.Items {
			switch {
			case it.Place%Gap != 0:
				r.add(d, it, "")
			case it.State != quiz.Open:
				r.add(d, it, quiz.Open)
			}
		}
		return r, nil
	})
}

// Merge joins an item with the one before it that is open: that one gets the
// finer date and all terms, and this one is skipped. It gives the place of what
// they became.
func Merge(ctx context.Context, db Store, who quiz.Who, t Text, place int64, now time.Time) (joinedAt int64, err error) {
	err = db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		it, err := d.item(place)
		if err != nil || it.State != quiz.Open {
			return Result{}, err
		}
		var into Item
		for _, one := range d.Items {
			if one.Place < place && one.State == quiz.Open {
				into = one
			}
		}
		if into.Place == 0 {
			return Result{}, quiz.Fail(quiz.Invalid, "error.merge.none")
		}
		joined, room := into, false
		if joined.Place, room = d.place(into.Place, place); !room {
			return Result{}, quiz.Fail(quiz.Invalid, "error.split.full")
		}
		joinedAt = joined.Place
		for _, term := range it.Terms {
			if !slices.Contains(joined.Terms, term) {
				joined.Terms = append(slices.Clone(joined.Terms), term)
			}
		}
		if finer(it.Date, into.Date) {
			joined.Date, joined.When = it.Date, it.When
		}
		if it.Span != into.Span {
			joined.Quote = strings.TrimSpace(into.Quote + " " + it.Quote)
		}
		joined.Event = strings.TrimSuffix(cut(joinEvents(into.Event, it.Event), 200), "…")
		joined.Terms = slices.DeleteFunc(joined.Terms, func(term string) bool { return !strings.Contains(joined.Event, term) })
		joined.Marks = append(slices.Clone(joined.Marks), it.Marks...)
		r := Result{Change: quiz.Change{What: "merge"}, New: []Item{joined}}
		r.add(d, into, quiz.Skipped)
		r.add(d, it, quiz.Skipped)
		return r, nil
	})
	return joinedAt, err
}

func finer(a, b edtf.Date) bool { return a.Hi()-a.Lo() < b.Hi()-b.Lo() }

func joinEvents(a, b string) string {
	if strings.Contains(a, b) {
		return a
	}
	if strings.Contains(b, a) {
		return b
	}
	return strings.TrimRight(a, ". ") + "; " + b
}

// Split puts a copy of an item behind it, for a sentence that tells two things.
func Split(ctx context.Context, db Store, who quiz.Who, t Text, place int64, now time.Time) error {
	return db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		it, err := d.item(place)
		if err != nil {
			return Result{}, err
		}
		next := place + Gap
		for _, one := range d.Items {
			if one.Place > place {
				next = min(next, one.Place)
			}
		}
		twin, room := it, false
		twin.ItemState = quiz.ItemState{State: quiz.Open}
		if twin.Place, room = d.place(place, next); !room {
			return Result{}, quiz.Fail(quiz.Invalid, "error.split.full")
		}
		return Result{Change: quiz.Change{What: "split"}, New: []Item{twin}}, nil
	})
}

// Select makes an open item of words that were selected in the text. Its date
// is the first one in or near the words.
func Select(ctx context.Context, db Store, who quiz.Who, t Text, span quiz.Span, now time.Time) (place int64, err error) {
	runes := []rune(t.Body)
	if span.Start < 0 || span.End > len(runes) || span.Start >= span.End || span.End-span.Start > 2000 {
		return 0, quiz.Fail(quiz.Invalid, "error.select")
	}
	words := quiz.OneLine(string(runes[span.Start:span.End]))
	p := extract.Proposal{Event: cut(words, 200), Label: strings.TrimSuffix(cut(words, 48), "…"), Quote: words, Span: span, Score: 1}
	found, err := extract.Read(ctx, words, t.Language)
	if err != nil {
		return 0, err
	}
	if len(found.Proposals) > 0 {
		one := found.Proposals[0]
		p.Date, p.Second, p.Event, p.Label, p.Terms = one.Date, one.Second, one.Event, one.Label, one.Terms
		for _, m := range one.Marks {
			p.Marks = append(p.Marks, extract.Mark{Kind: m.Kind, Text: m.Text, Span: span})
		}
	}
	borrow := func(it Item) {
		p.Date, p.When = it.Date, it.When
		p.Marks = append(p.Marks, extract.Mark{Kind: extract.DateInferred, Text: it.Date.In(t.Language), Span: it.When})
	}
	err = db.Edit(ctx, who, t.Deck, t.ID, now, func(d Desk) (Result, error) {
		after, next := int64(0), int64(len(d.Items)+2)*Gap
		for _, it := range d.Items {
			if it.Span.Start <= span.Start {
				after = max(after, it.Place)
			}
		}
		for _, it := range d.Items {
			if it.Place > after {
				next = min(next, it.Place)
			}
			if p.Date.IsZero() && it.Place >= after {
				borrow(it)
			}
		}
		if p.Date.IsZero() {
			borrow(d.Items[len(d.Items)-1])
		}
		var room bool
		if place, room = d.place(after, next); !room {
			return Result{}, quiz.Fail(quiz.Invalid, "error.split.full")
		}
		return Result{
			Change: quiz.Change{What: "select"}, New: []Item{{Place: place, ItemState: quiz.ItemState{State: quiz.Open}, Proposal: p}},
		}, nil
	})
	return place, err
}

// wordsMost is how much can be selected, in bytes.
const wordsMost = 4000

// Find finds words in a text, whatever stands between them for a space, at or
// after a place before anywhere else.
func Find(body, words string, near int) (quiz.Span, bool) {
	want := strings.Fields(words)
	if len(want) == 0 || len(words) > wordsMost {
		return quiz.Span{}, false
	}
	runes := []rune(body)
	first := quiz.Span{}
	for i := range runes {
		if end, ok := matches(runes, i, want); ok {
			if i >= near {
				return quiz.Span{Start: i, End: end}, true
			}
			if first.IsZero() {
				first = quiz.Span{Start: i, End: end}
			}
		}
	}
	return first, !first.IsZero()
}

// matches tells whether words stand at a place of a text, and where they end.
func matches(runes []rune, i int, want []string) (end int, ok bool) {
	for n, w := range want {
		if n > 0 {
			from := i
			for i < len(runes) && unicode.IsSpace(runes[i]) {
				i++
			}
			if i == from {
				return 0, false
			}
		}
		for _, r := range w {
			if i >= len(runes) || runes[i] != r {
				return 0, false
			}
			i++
		}
	}
	return i, true
}
