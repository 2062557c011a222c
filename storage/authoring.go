package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/edtf"
	"chronicle/quiz/extract"

	"gorm.io/gorm"
)

// CreateDeck saves a new deck of the person with its sources and facts, and sets its ID.
func (db *DB) CreateDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, now time.Time) error {
	if !who.IsSignedIn() {
		return quiz.NewError(quiz.Forbidden, "error.forbidden")
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := checkDeckRoom(tx, who); err != nil {
			return err
		}
		id, err := scanOne[int64](tx.Raw(`INSERT INTO decks
			(name, title, about, language, date_precision, licence, credit, digest, version, owner, visible, changed, words)
			VALUES (?, ?, ?, ?, ?, ?, ?, '', 1, ?, ?, ?, ?) RETURNING id`,
			d.Name, d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, who.Person, string(d.Visibility), toMillis(now), deckSearchWords(d)))
		if err != nil {
			return err
		}
		d.ID, d.Owner = id, who.Person
		for i, s := range d.Sources {
			if err := saveSource(tx, id, i, s); err != nil {
				return err
			}
		}
		return writeFacts(tx, d, nil, now)
	})
}

// checkDeckRoom checks whether the person may have one more deck. Ten deleted decks count as
// one, so that nobody can fill the disk with deleted decks.
func checkDeckRoom(tx *gorm.DB, who quiz.Who) error {
	n, err := scanOne[int](tx.Raw("SELECT coalesce(sum(CASE WHEN deleted = 0 THEN 10 ELSE 1 END), 0) FROM decks WHERE owner = ?", who.Person))
	if err != nil || n >= 10*quiz.MaxDecks {
		return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.decks.full"))
	}
	return nil
}

// UpdateDeck saves the description of a deck. Its facts stay, but the facets they can be asked
// for follow the precision. It returns Conflict if the saved description does not have the
// digest was; an empty was skips the check.
func (db *DB) UpdateDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, was string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockDeck(tx, d.ID); err != nil {
			return err
		}
		if row, err := ownedDeck(tx, who, d.ID); err != nil || was != "" && row.deck().DescriptionDigest() != was {
			return cmp.Or(err, quiz.NewError(quiz.Conflict, "error.deck.changed"))
		}
		if d.Visibility == quiz.VisibilityPrivate {
			n, err := scanOne[int](tx.Raw("SELECT count(*) FROM assignments a JOIN classes c ON c.id = a.class AND c.archived = 0 WHERE a.deck = ? AND a.removed = 0", d.ID))
			if err != nil {
				return err
			}
			if n > 0 { // its students could not open it
				var p quiz.Problems
				p.Add("visible", "problem.visible.assigned")
				return p.Err()
			}
		}
		row, err := scanOne[deckRow](tx.Raw(`UPDATE decks SET title = ?, about = ?, language = ?, date_precision = ?, licence = ?, credit = ?,
			visible = ?, changed = ?, words = ?, version = version + 1 WHERE id = ? RETURNING *`,
			d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, string(d.Visibility), toMillis(now), deckSearchWords(d), d.ID))
		if err != nil {
			return err
		}
		whole, err := loadDeck(tx, row)
		if err != nil {
			return err
		}
		return writeFacts(tx, whole, nil, now)
	})
}

// SetDeckDeleted deletes a deck, or restores it if deleted is the zero time.
func (db *DB) SetDeckDeleted(ctx context.Context, who quiz.Who, deck int64, deleted, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if _, err := ownedDeck(tx, who, deck); err != nil {
			return err
		}
		if deleted.IsZero() {
			if err := checkDeckRoom(tx, who); err != nil {
				return err
			}
		}
		return tx.Exec("UPDATE decks SET deleted = ?, changed = ?, version = version + 1 WHERE id = ?", toMillis(deleted), toMillis(now), deck).Error
	})
}

// ownedDeck returns a deck's row if the person may change it. It returns NotFound if they may
// not even see it, otherwise Forbidden.
func ownedDeck(g *gorm.DB, who quiz.Who, id int64) (deckRow, error) {
	row, err := scanOne[deckRow](g.Raw("SELECT * FROM decks WHERE id = ?", id))
	if err != nil {
		return row, err
	}
	d := row.deck()
	switch {
	case d.OwnedBy(who):
		return row, nil
	case d.VisibleTo(who):
		return row, quiz.NewError(quiz.Forbidden, "error.deck.other")
	}
	return row, quiz.NewError(quiz.NotFound, "error.missing")
}

func saveSource(tx *gorm.DB, deck int64, place int, s quiz.Source) error {
	return tx.Exec("INSERT INTO sources (deck, key, place, title, author, address, licence) VALUES (?, ?, ?, ?, ?, ?, ?)",
		deck, s.Key, place, s.Title, s.Author, s.URL, s.Licence).Error
}

type highlightRow struct {
	Start int    `json:"s"`
	End   int    `json:"e"`
	What  string `json:"w"`
}

// AddSourceText saves a text in a deck with its source and proposals. The source's key gets a
// number if another source has it.
func (db *DB) AddSourceText(ctx context.Context, who quiz.Who, t authoring.SourceText, items []authoring.ProposalItem) (id int64, err error) {
	marks := make([]highlightRow, len(t.Highlights))
	for i, m := range t.Highlights {
		marks[i] = highlightRow{m.Span.Start, m.Span.End, m.Kind}
	}
	err = db.write(ctx, func(tx *gorm.DB) error {
		if _, err := ownedDeck(tx, who, t.Deck); err != nil {
			return err
		}
		s := t.Source
		var taken []string
		if err := tx.Raw("SELECT key FROM sources WHERE deck = ?", t.Deck).Scan(&taken).Error; err != nil {
			return err
		}
		if n, err := scanOne[int](tx.Raw("SELECT count(*) FROM texts WHERE deck = ?", t.Deck)); err != nil || n >= quiz.MaxTexts {
			return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.texts.full"))
		}
		s.Key = authoring.UnusedKey(s.Key, func(key string) bool { return slices.Contains(taken, key) })
		if err := saveSource(tx, t.Deck, len(taken), s); err != nil {
			return err
		}
		id, err = scanOne[int64](tx.Raw("INSERT INTO texts (deck, source, language, form, body, marks, created) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
			t.Deck, s.Key, t.Language, t.FormKey, t.Body, jsonText(marks), toMillis(t.Created)))
		if err != nil {
			return err
		}
		if err := tx.Exec("UPDATE decks SET version = version + 1, changed = ? WHERE id = ?", toMillis(t.Created), t.Deck).Error; err != nil {
			return err
		}
		return saveProposals(tx, id, items)
	})
	return id, err
}

// proposalBatch is how many proposals one statement inserts.
const proposalBatch = 200

func saveProposals(tx *gorm.DB, text int64, items []authoring.ProposalItem) error {
	for some := range slices.Chunk(items, proposalBatch) {
		rows := make([]proposalRow, len(some))
		for i, it := range some {
			rows[i] = proposalRow{Text: text, Place: it.Position, State: string(it.Status), Fact: it.FactKey, Body: jsonText(newProposalBody(it.Proposal))}
		}
		if err := tx.Table("proposals").Create(&rows).Error; err != nil {
			return err
		}
	}
	return nil
}

type sourceTextRow struct {
	ID, Deck, Created, Removed    int64
	Source, Language, Body, Marks string
}

// SourceTextByForm returns the id of the text that a form added to a deck, or NotFound if the
// form was not submitted yet.
func (db *DB) SourceTextByForm(ctx context.Context, who quiz.Who, deck int64, form string) (int64, error) {
	if _, err := ownedDeck(db.read(ctx), who, deck); err != nil {
		return 0, err
	}
	return scanOne[int64](db.read(ctx).Raw("SELECT id FROM texts WHERE deck = ? AND form = ? AND form <> ''", deck, form))
}

// SourceText returns a text of a deck with its proposals in order.
func (db *DB) SourceText(ctx context.Context, who quiz.Who, deck, id int64) (authoring.SourceText, []authoring.ProposalItem, error) {
	g := db.read(ctx)
	if _, err := ownedDeck(g, who, deck); err != nil {
		return authoring.SourceText{}, nil, err
	}
	row, err := scanOne[sourceTextRow](g.Raw("SELECT * FROM texts WHERE id = ? AND deck = ?", id, deck))
	if err != nil {
		return authoring.SourceText{}, nil, err
	}
	t := authoring.SourceText{ID: row.ID, Deck: deck, Source: quiz.Source{Key: row.Source}, Language: row.Language, Body: row.Body, Created: fromMillis(row.Created), RemovedAt: fromMillis(row.Removed)}
	var marks []highlightRow
	if err := json.Unmarshal([]byte(row.Marks), &marks); err != nil {
		return t, nil, err
	}
	for _, m := range marks {
		t.Highlights = append(t.Highlights, authoring.Highlight{Span: quiz.Span{Start: m.Start, End: m.End}, Kind: m.What})
	}
	source, err := scanOne[sourceRow](g.Raw("SELECT key, title, author, address, licence FROM sources WHERE deck = ? AND key = ?", deck, row.Source))
	if err != nil {
		return t, nil, err
	}
	t.Source = source.source()
	items, _, err := listProposals(g, deck, id)
	return t, items, err
}

// SourceTexts lists the texts of a deck, newest first.
func (db *DB) SourceTexts(ctx context.Context, who quiz.Who, deck int64) ([]authoring.SourceTextSummary, error) {
	g := db.read(ctx)
	if _, err := ownedDeck(g, who, deck); err != nil {
		return nil, err
	}
	var rows []struct {
		ID, Open, Kept, Removed int64
		Title                   string
	}
	err := dbError(g.Raw(`SELECT t.id, s.title, t.removed,
		(SELECT count(*) FROM proposals p WHERE p.text = t.id AND p.state = 'open') AS open,
		(SELECT count(*) FROM proposals p WHERE p.text = t.id AND p.state = 'kept') AS kept
		FROM texts t JOIN sources s ON s.deck = t.deck AND s.key = t.source WHERE t.deck = ? ORDER BY t.id DESC`, deck).Scan(&rows).Error)
	out := make([]authoring.SourceTextSummary, len(rows))
	for i, r := range rows {
		out[i] = authoring.SourceTextSummary{ID: r.ID, Title: r.Title, OpenCount: int(r.Open), AcceptedCount: int(r.Kept), Removed: r.Removed != 0}
	}
	return out, err
}

// SetSourceTextRemoved removes a text from its deck's list, or restores it if removed is the
// zero time.
func (db *DB) SetSourceTextRemoved(ctx context.Context, who quiz.Who, deck, text int64, removed time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if _, err := ownedDeck(tx, who, deck); err != nil {
			return err
		}
		done := tx.Exec("UPDATE texts SET removed = ? WHERE id = ? AND deck = ?", toMillis(removed), text, deck)
		if done.Error == nil && done.RowsAffected == 0 {
			return quiz.NewError(quiz.NotFound, "error.missing")
		}
		return done.Error
	})
}

type proposalRow struct {
	Text, Place       int64
	State, Fact, Body string
}

// proposalBody is the JSON form of a proposal.
type proposalBody struct {
	Edtf       string        `json:"edtf"`
	SecondDate string        `json:"second,omitempty"`
	Event      string        `json:"event"`
	Label      string        `json:"label,omitempty"`
	Terms      []string      `json:"terms,omitempty"`
	Quote      string        `json:"quote"`
	Span       [2]int        `json:"span"`
	DateSpan   [2]int        `json:"when"`
	Heading    string        `json:"title,omitempty"`
	Score      float64       `json:"score"`
	Concerns   []concernBody `json:"marks,omitempty"`
}

type concernBody struct {
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
	Span [2]int `json:"span"`
}

func spanPair(s quiz.Span) [2]int { return [2]int{s.Start, s.End} }

func pairSpan(p [2]int) quiz.Span { return quiz.Span{Start: p[0], End: p[1]} }

func newProposalBody(p extract.Proposal) proposalBody {
	b := proposalBody{
		p.Date.String(), p.SecondDate.String(), p.Event, p.Label, p.Terms, p.Quote, spanPair(p.Span), spanPair(p.DateSpan), p.Heading, p.Score, nil,
	}
	for _, m := range p.Concerns {
		b.Concerns = append(b.Concerns, concernBody{string(m.Kind), m.Text, spanPair(m.Span)})
	}
	return b
}

func (b proposalBody) proposal() (p extract.Proposal, err error) {
	p = extract.Proposal{
		Event: b.Event, Label: b.Label, Terms: b.Terms, Quote: b.Quote, Span: pairSpan(b.Span), DateSpan: pairSpan(b.DateSpan), Heading: b.Heading, Score: b.Score,
	}
	if p.Date, err = edtf.Parse(b.Edtf); err != nil {
		return p, err
	}
	if b.SecondDate != "" {
		if p.SecondDate, err = edtf.Parse(b.SecondDate); err != nil {
			return p, err
		}
	}
	for _, m := range b.Concerns {
		p.Concerns = append(p.Concerns, extract.Concern{Kind: extract.ConcernKind(m.Kind), Text: m.Text, Span: pairSpan(m.Span)})
	}
	return p, nil
}

// listProposals returns the proposals of a text of the deck in order, and all positions that
// are or were used.
func listProposals(g *gorm.DB, deck, text int64) ([]authoring.ProposalItem, map[int64]bool, error) {
	if text == 0 {
		return nil, nil, nil
	}
	var rows []proposalRow
	if err := dbError(g.Raw("SELECT p.* FROM proposals p JOIN texts t ON t.id = p.text WHERE t.id = ? AND t.deck = ? ORDER BY p.place",
		text, deck).Scan(&rows).Error); err != nil {
		return nil, nil, err
	}
	out, taken := make([]authoring.ProposalItem, 0, len(rows)), make(map[int64]bool, len(rows))
	for _, r := range rows {
		taken[r.Place] = true
		if r.State == "" {
			continue
		}
		var b proposalBody
		if err := json.Unmarshal([]byte(r.Body), &b); err != nil {
			return nil, nil, err
		}
		p, err := b.proposal()
		if err != nil {
			return nil, nil, err
		}
		out = append(out, authoring.ProposalItem{Position: r.Place, ProposalState: quiz.ProposalState{Status: quiz.ProposalStatus(r.State), FactKey: r.Fact}, Proposal: p})
	}
	return out, taken, nil
}
