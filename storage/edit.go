package storage

import (
	"context"
	"encoding/json"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/teach"

	"gorm.io/gorm"
)

type changeRow struct {
	ID, Deck, Text, Person, At int64
	What, Body                 string
	Undone                     bool
}

// changeBody is what a change changed, as JSON.
type changeBody struct {
	Facts []factPair `json:"facts,omitempty"`
	Items []itemPair `json:"items,omitempty"`
}

type factPair struct {
	Before *factBody `json:"before,omitempty"`
	After  factBody  `json:"after"`
}

type itemPair struct {
	Place  int64     `json:"place"`
	Before [2]string `json:"before"`
	After  [2]string `json:"after"`
}

// factBody is a fact as JSON.
type factBody struct {
	Key      string    `json:"key"`
	Edtf     string    `json:"edtf"`
	Also     string    `json:"also,omitempty"`
	Event    string    `json:"event"`
	Label    string    `json:"label"`
	Terms    []termRow `json:"terms,omitempty"`
	Detail   string    `json:"detail,omitempty"`
	Source   string    `json:"source,omitempty"`
	Section  string    `json:"section,omitempty"`
	Span     [2]int    `json:"span"`
	Tags     []string  `json:"tags,omitempty"`
	Claim    bool      `json:"claim,omitempty"`
	Disputed bool      `json:"disputed,omitempty"`
	Retired  bool      `json:"retired,omitempty"`
	Revision int64     `json:"revision"`
	Text     int64     `json:"text,omitempty"`
}

func factBodyOf(f quiz.Fact) factBody {
	b := factBody{
		Key: f.Key, Edtf: f.Date.String(), Also: f.Also.String(), Event: f.Event, Label: f.Label, Detail: f.Detail, Source: f.Source,
		Section: f.Section, Span: pair(f.Span), Tags: f.Tags, Claim: f.Claim, Disputed: f.Disputed, Retired: f.Retired, Revision: f.Revision, Text: f.Text,
	}
	for _, t := range f.Terms {
		b.Terms = append(b.Terms, termRow(t))
	}
	return b
}

func (b factBody) fact() (f quiz.Fact, err error) {
	f = quiz.Fact{
		Key: b.Key, Event: b.Event, Label: b.Label, Detail: b.Detail, Source: b.Source, Section: b.Section, Span: span(b.Span),
		Tags: b.Tags, Claim: b.Claim, Disputed: b.Disputed, Retired: b.Retired, Revision: b.Revision, Text: b.Text,
	}
	if f.Date, err = edtf.Parse(b.Edtf); err == nil && b.Also != "" {
		f.Also, err = edtf.Parse(b.Also)
	}
	for _, t := range b.Terms {
		f.Terms = append(f.Terms, quiz.Term(t))
	}
	return f, err
}

func (r changeRow) change() (quiz.Change, error) {
	c := quiz.Change{ID: r.ID, Deck: r.Deck, Text: r.Text, Person: r.Person, What: r.What, At: instant(r.At), Undone: r.Undone}
	var b changeBody
	if err := json.Unmarshal([]byte(r.Body), &b); err != nil {
		return c, err
	}
	for _, p := range b.Facts {
		var one quiz.FactChange
		var err error
		if p.Before != nil {
			if one.Before, err = p.Before.fact(); err != nil {
				return c, err
			}
		}
		if one.After, err = p.After.fact(); err != nil {
			return c, err
		}
		c.Facts = append(c.Facts, one)
	}
	for _, p := range b.Items {
		c.Items = append(c.Items, quiz.ItemChange{
			Place:  p.Place,
			Before: quiz.ItemState{State: quiz.State(p.Before[0]), Fact: p.Before[1]},
			After:  quiz.ItemState{State: quiz.State(p.After[0]), Fact: p.After[1]},
		})
	}
	return c, nil
}

// Edit runs a deed on a deck of the person; text is the one whose items it
// looks at, 0 for none. See teach.Store.
func (db *DB) Edit(ctx context.Context, who quiz.Who, deck, text int64, now time.Time, do func(teach.Desk) (teach.Result, error)) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("UPDATE decks SET changed = changed WHERE id = ?", deck).Error; err != nil { // others wait
			return err
		}
		row, err := own(tx, who, deck)
		if err != nil {
			return err
		}
		var d teach.Desk
		if d.Deck, err = loadDeck(tx, row); err != nil {
			return err
		}
		if d.Items, d.Taken, err = itemsOf(tx, deck, text); err != nil {
			return err
		}
		if d.Last, err = lastChange(tx, deck, text); err != nil {
			return err
		}
		r, err := do(d)
		if err != nil {
			return err
		}
		return keepChange(tx, who, d.Deck, text, now, r)
	})
}

// lastChange is the newest one that was not taken back: of a text, where one is
// named, else of the deck.
func lastChange(tx *gorm.DB, deck, text int64) (quiz.Change, error) {
	row, err := scanOne[changeRow](tx.Raw(`SELECT * FROM changes WHERE deck = ? AND (text = ? OR ? = 0) AND NOT undone AND what <> 'undo'
		ORDER BY id DESC LIMIT 1`, deck, text, text))
	if quiz.Is(err, quiz.Missing) {
		return quiz.Change{}, nil
	}
	if err != nil {
		return quiz.Change{}, err
	}
	return row.change()
}

func keepChange(tx *gorm.DB, who quiz.Who, d *quiz.Deck, text int64, now time.Time, r teach.Result) error {
	if len(r.Facts)+len(r.Items)+len(r.New) == 0 {
		return nil
	}
	if r.Text != 0 { // what is taken back names its text
		text = r.Text
	}
	var b changeBody
	changed := map[string]bool{}
	for i := range r.Facts {
		one := &r.Facts[i]
		one.After.Revision++
		p := factPair{After: factBodyOf(one.After)}
		if one.Before.Key != "" {
			before := factBodyOf(one.Before)
			p.Before = &before
		}
		b.Facts = append(b.Facts, p)
		replaceFact(d, one.After)
		changed[one.After.Key] = true
	}
	for _, it := range r.Items {
		b.Items = append(b.Items, itemPair{it.Place, [2]string{string(it.Before.State), it.Before.Fact}, [2]string{string(it.After.State), it.After.Fact}})
		if err := tx.Exec("UPDATE proposals SET state = ?, fact = ? WHERE text = ? AND place = ?",
			string(it.After.State), it.After.Fact, text, it.Place).Error; err != nil {
			return err
		}
	}
	for _, it := range r.New {
		b.Items = append(b.Items, itemPair{it.Place, [2]string{}, [2]string{string(it.State), it.Fact}})
	}
	if err := putItems(tx, text, r.New); err != nil {
		return err
	}
	if r.Undoes != 0 {
		if err := tx.Exec("UPDATE changes SET undone = ? WHERE id = ?", true, r.Undoes).Error; err != nil {
			return err
		}
	}
	if err := tx.Exec("INSERT INTO changes (deck, text, person, what, body, undone, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		d.ID, text, who.Person, r.What, jsonText(b), false, ms(now)).Error; err != nil {
		return err
	}
	if len(r.Facts) > 0 {
		if err := writeFacts(tx, d, changed); err != nil {
			return err
		}
	}
	return tx.Exec("UPDATE decks SET version = version + 1, changed = ? WHERE id = ?", ms(now), d.ID).Error
}

func replaceFact(d *quiz.Deck, f quiz.Fact) {
	f.Deck = d.ID
	for i := range d.Facts {
		if d.Facts[i].Key == f.Key {
			f.ID = d.Facts[i].ID
			d.Facts[i] = f
			return
		}
	}
	d.Facts = append(d.Facts, f)
}

// writeFacts writes the facts of a deck that are new or changed, and those that
// are asked as something else now: a change of one changes what can be asked of
// the others.
func writeFacts(tx *gorm.DB, d *quiz.Deck, changed map[string]bool) error {
	var rows []struct {
		Key    string
		Facets int
	}
	if err := tx.Raw("SELECT key, facets FROM facts WHERE deck = ?", d.ID).Scan(&rows).Error; err != nil {
		return err
	}
	kept := make(map[string]int, len(rows))
	for _, r := range rows {
		kept[r.Key] = r.Facets
	}
	next := int64(-1)
	for i := range d.Facts { // a pool tells facts apart by number, and new ones have none
		if d.Facts[i].ID == 0 {
			d.Facts[i].ID = next
			next--
		}
	}
	pool := ask.NewPool(d)
	for _, f := range d.Facts {
		facets, known := kept[f.Key]
		if known && !changed[f.Key] && facets == facetBits(pool, f) {
			continue
		}
		if err := writeFact(tx, d.ID, f, pool); err != nil {
			return err
		}
	}
	return nil
}
