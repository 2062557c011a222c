package storage

import (
	"context"
	"encoding/json"

	"chronicle/quiz"
	"chronicle/quiz/edtf"

	"gorm.io/gorm"
)

type changeRow struct {
	ID, Deck, Text, Person, At int64
	What, Body                 string
	Undone, Marked             bool
}

// changeBody is what a change changed, as JSON.
type changeBody struct {
	Facts []factPair `json:"facts,omitempty"`
	Items []itemPair `json:"items,omitempty"`
	Moves []moveBody `json:"moves,omitempty"`
}

type moveBody struct {
	Fact int64    `json:"fact"`
	From homeBody `json:"from"`
	To   homeBody `json:"to"`
}

type homeBody struct {
	Deck   int64  `json:"deck"`
	Key    string `json:"key"`
	Source string `json:"source,omitempty"`
	Text   int64  `json:"text,omitempty"`
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
	Held     []string  `json:"held,omitempty"`
	Bars     []barRow  `json:"bars,omitempty"`
}

func factBodyOf(f quiz.Fact) factBody {
	b := factBody{
		Key: f.Key, Edtf: f.Date.String(), Also: f.Also.String(), Event: f.Event, Label: f.Label, Detail: f.Detail, Source: f.Source,
		Section: f.Section, Span: pair(f.Span), Tags: f.Tags, Claim: f.Claim, Disputed: f.Disputed, Retired: f.Retired, Revision: f.Revision, Text: f.Text,
	}
	for _, t := range f.Terms {
		b.Terms = append(b.Terms, termRow(t))
	}
	b.Held, b.Bars = heldOf(f), barsOf(f)
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
	setHeld(&f, b.Held, b.Bars)
	return f, err
}

func (r changeRow) change() (quiz.Change, error) {
	c := quiz.Change{ID: r.ID, Deck: r.Deck, Text: r.Text, Person: r.Person, What: r.What, At: instant(r.At), Undone: r.Undone, Marked: r.Marked}
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
	for _, m := range b.Moves {
		c.Moves = append(c.Moves, quiz.Move{Fact: m.Fact, From: quiz.Home(m.From), To: quiz.Home(m.To)})
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

// mostBack is how many changes are looked through for what a fact was.
const mostBack = 500

// factAt is a fact as it was at a revision; Missing if that is too long ago.
func factAt(tx *gorm.DB, deck int64, key string, revision int64) (quiz.Fact, error) {
	var rows []changeRow
	if err := fault(tx.Raw("SELECT * FROM changes WHERE deck = ? AND body LIKE ? ORDER BY id DESC LIMIT ?",
		deck, `%"key":"`+key+`"%`, mostBack).Scan(&rows).Error); err != nil {
		return quiz.Fact{}, err
	}
	for _, r := range rows {
		c, err := r.change()
		if err != nil {
			return quiz.Fact{}, err
		}
		for _, f := range c.Facts {
			for _, one := range []quiz.Fact{f.After, f.Before} {
				if one.Key == key && one.Revision == revision {
					return one, nil
				}
			}
		}
	}
	return quiz.Fact{}, quiz.Fail(quiz.Missing, "error.missing")
}

// LastChange is what an undo in the editor of a deck of the person would take
// back; without a number there is nothing.
func (db *DB) LastChange(ctx context.Context, who quiz.Who, deck int64) (quiz.Change, error) {
	g := db.read(ctx)
	if _, err := own(g, who, deck); err != nil {
		return quiz.Change{}, err
	}
	return lastChange(g, deck, 0)
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
