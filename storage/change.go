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

// changeBody is the JSON form of what a change changed.
type changeBody struct {
	Facts     []factPair     `json:"facts,omitempty"`
	Proposals []proposalPair `json:"items,omitempty"`
	Moves     []factMoveBody `json:"moves,omitempty"`
}

type factMoveBody struct {
	Fact int64        `json:"fact"`
	From locationBody `json:"from"`
	To   locationBody `json:"to"`
}

type locationBody struct {
	Deck   int64  `json:"deck"`
	Key    string `json:"key"`
	Source string `json:"source,omitempty"`
	Text   int64  `json:"text,omitempty"`
}

type factPair struct {
	Before *factBody `json:"before,omitempty"`
	After  factBody  `json:"after"`
}

type proposalPair struct {
	Position int64     `json:"place"`
	Before   [2]string `json:"before"`
	After    [2]string `json:"after"`
}

// factBody is the JSON form of a fact.
type factBody struct {
	Key                 string         `json:"key"`
	Edtf                string         `json:"edtf"`
	OtherDate           string         `json:"also,omitempty"`
	Event               string         `json:"event"`
	Label               string         `json:"label"`
	Terms               []termRow      `json:"terms,omitempty"`
	Detail              string         `json:"detail,omitempty"`
	Source              string         `json:"source,omitempty"`
	Section             string         `json:"section,omitempty"`
	Span                [2]int         `json:"span"`
	Tags                []string       `json:"tags,omitempty"`
	Claim               bool           `json:"claim,omitempty"`
	Disputed            bool           `json:"disputed,omitempty"`
	Retired             bool           `json:"retired,omitempty"`
	Revision            int64          `json:"revision"`
	Text                int64          `json:"text,omitempty"`
	DisabledKinds       []string       `json:"held,omitempty"`
	ExcludedDistractors []exclusionRow `json:"bars,omitempty"`
}

func newFactBody(f quiz.Fact) factBody {
	b := factBody{
		Key: f.Key, Edtf: f.Date.String(), OtherDate: f.OtherDate.String(), Event: f.Event, Label: f.Label, Detail: f.Detail, Source: f.Source,
		Section: f.Section, Span: spanPair(f.Span), Tags: f.Tags, Claim: f.Claim, Disputed: f.Disputed, Retired: f.Retired, Revision: f.Revision, Text: f.Text,
	}
	for _, t := range f.Terms {
		b.Terms = append(b.Terms, termRow(t))
	}
	b.DisabledKinds, b.ExcludedDistractors = disabledKindsOf(f), exclusionsOf(f)
	return b
}

func (b factBody) fact() (f quiz.Fact, err error) {
	f = quiz.Fact{
		Key: b.Key, Event: b.Event, Label: b.Label, Detail: b.Detail, Source: b.Source, Section: b.Section, Span: pairSpan(b.Span),
		Tags: b.Tags, Claim: b.Claim, Disputed: b.Disputed, Retired: b.Retired, Revision: b.Revision, Text: b.Text,
	}
	if f.Date, err = edtf.Parse(b.Edtf); err == nil && b.OtherDate != "" {
		f.OtherDate, err = edtf.Parse(b.OtherDate)
	}
	for _, t := range b.Terms {
		f.Terms = append(f.Terms, quiz.Term(t))
	}
	setExclusions(&f, b.DisabledKinds, b.ExcludedDistractors)
	return f, err
}

func (r changeRow) change() (quiz.Change, error) {
	c := quiz.Change{ID: r.ID, Deck: r.Deck, Text: r.Text, Person: r.Person, Action: r.What, At: fromMillis(r.At), Undone: r.Undone, Regraded: r.Marked}
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
		c.Moves = append(c.Moves, quiz.FactMove{Fact: m.Fact, From: quiz.FactLocation(m.From), To: quiz.FactLocation(m.To)})
	}
	for _, p := range b.Proposals {
		c.Proposals = append(c.Proposals, quiz.ProposalChange{
			Position: p.Position,
			Before:   quiz.ProposalState{Status: quiz.ProposalStatus(p.Before[0]), FactKey: p.Before[1]},
			After:    quiz.ProposalState{Status: quiz.ProposalStatus(p.After[0]), FactKey: p.After[1]},
		})
	}
	return c, nil
}

// maxChangesBack is how many changes are searched for an earlier revision of a fact.
const maxChangesBack = 500

// factAtRevision returns a fact as it was at a revision, or NotFound if that is too many
// changes ago.
func factAtRevision(tx *gorm.DB, deck int64, key string, revision int64) (quiz.Fact, error) {
	var rows []changeRow
	if err := dbError(tx.Raw("SELECT * FROM changes WHERE deck = ? AND body LIKE ? ORDER BY id DESC LIMIT ?",
		deck, `%"key":"`+key+`"%`, maxChangesBack).Scan(&rows).Error); err != nil {
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
	return quiz.Fact{}, quiz.NewError(quiz.NotFound, "error.missing")
}

// LastChange returns the change that an undo in the editor of a deck would undo; its ID is 0 if
// there is none.
func (db *DB) LastChange(ctx context.Context, who quiz.Who, deck int64) (quiz.Change, error) {
	g := db.read(ctx)
	if _, err := ownedDeck(g, who, deck); err != nil {
		return quiz.Change{}, err
	}
	return lastChange(g, deck, 0)
}

// lastChange returns the newest change that was not undone: of a text, or of the whole deck if
// text is 0.
func lastChange(tx *gorm.DB, deck, text int64) (quiz.Change, error) {
	row, err := scanOne[changeRow](tx.Raw(`SELECT * FROM changes WHERE deck = ? AND (text = ? OR ? = 0) AND NOT undone AND what <> 'undo'
		ORDER BY id DESC LIMIT 1`, deck, text, text))
	if quiz.Is(err, quiz.NotFound) {
		return quiz.Change{}, nil
	}
	if err != nil {
		return quiz.Change{}, err
	}
	return row.change()
}
