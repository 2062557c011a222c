package storage

import (
	"context"
	"maps"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"

	"gorm.io/gorm"
)

// cardRow is a row of cards, and the JSON form of a card inside a review.
type cardRow struct {
	Fact       int64   `json:"fact"`
	Facet      uint8   `json:"facet"`
	Deck       int64   `json:"deck"`
	Phase      uint8   `json:"phase"`
	Step       uint8   `json:"step"`
	Stability  float64 `json:"stability"`
	Difficulty float64 `json:"difficulty"`
	LastDay    int64   `json:"lastDay"`
	FirstDay   int64   `json:"firstDay"`
	Reps       uint32  `json:"reps"`
	Lapses     uint32  `json:"lapses"`
	Learned    bool    `json:"learned"`
	Due        int64   `json:"due"`
	DueDay     int64   `json:"dueDay"`
	Version    int64   `json:"version"`
}

// cardColumns are the columns of cards except person.
const cardColumns = "fact, facet, deck, phase, step, stability, difficulty, last_day, first_day, reps, lapses, learned, due, due_day, version"

func newCardRow(c quiz.Card) cardRow {
	m := c.State
	return cardRow{
		Fact: c.Fact, Facet: uint8(c.Facet), Deck: c.Deck, Phase: uint8(m.Phase), Step: m.Step,
		Stability: m.Memory.Stability, Difficulty: m.Memory.Difficulty, LastDay: m.LastDay, FirstDay: c.FirstDay,
		Reps: m.Reps, Lapses: m.Lapses, Learned: m.Learned, Due: toMillis(c.Due), DueDay: c.DueDay, Version: c.Version,
	}
}

func (r cardRow) card() quiz.Card {
	return quiz.Card{
		CardID: quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}, Deck: r.Deck,
		State: fsrs.CardState{
			Phase: fsrs.Phase(r.Phase), Step: r.Step,
			Memory:  fsrs.Memory{Stability: r.Stability, Difficulty: r.Difficulty},
			LastDay: r.LastDay, Reps: r.Reps, Lapses: r.Lapses, Learned: r.Learned,
		},
		Due: fromMillis(r.Due), DueDay: r.DueDay, FirstDay: r.FirstDay, Version: r.Version,
	}
}

// scanCards reads rows of cardColumns. Building a queue reads hundreds of cards with each
// answer, so it takes the driver's values directly, which halves the cost.
func scanCards(g *gorm.DB) ([]quiz.Card, error) {
	rows, err := g.Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var v [15]any
	into := make([]any, len(v))
	for i := range v {
		into[i] = &v[i]
	}
	var out []quiz.Card
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		r := cardRow{
			Fact: v[0].(int64), Facet: uint8(v[1].(int64)), Deck: v[2].(int64), Phase: uint8(v[3].(int64)), Step: uint8(v[4].(int64)),
			Stability: v[5].(float64), Difficulty: v[6].(float64), LastDay: v[7].(int64), FirstDay: v[8].(int64),
			Reps: uint32(v[9].(int64)), Lapses: uint32(v[10].(int64)), Learned: v[11] == true || v[11] == int64(1), Due: v[12].(int64), DueDay: v[13].(int64), Version: v[14].(int64),
		}
		out = append(out, r.card())
	}
	return out, rows.Err()
}

// Card returns one card of the current person; a card that was never answered is new.
func (db *DB) Card(ctx context.Context, who quiz.Who, id quiz.CardID) (quiz.Card, error) {
	r, err := scanOne[cardRow](db.read(ctx).Raw("SELECT "+cardColumns+" FROM cards WHERE person = ? AND fact = ? AND facet = ?",
		who.Person, id.Fact, uint8(id.Facet)))
	if quiz.Is(err, quiz.NotFound) {
		return quiz.Card{CardID: id}, nil
	}
	return r.card(), err
}

// Cards returns the current person's cards that were answered at least once and whose facts are
// not retired.
func (db *DB) Cards(ctx context.Context, who quiz.Who) ([]quiz.Card, error) {
	cards, err := scanCards(db.read(ctx).Raw("SELECT "+cardColumns+" FROM cards c WHERE person = ? AND "+activeFacts, who.Person))
	return cards, dbError(err)
}

// DeckCards returns the same as Cards, for one deck.
func (db *DB) DeckCards(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Card, error) {
	cards, err := scanCards(db.read(ctx).Raw("SELECT "+cardColumns+" FROM cards c WHERE person = ? AND deck = ? AND "+activeFacts, who.Person, deck))
	return cards, dbError(err)
}

// activeFacts is the end of a query for cards c: it leaves out retired facts and sets the
// order.
const activeFacts = "NOT EXISTS (SELECT 1 FROM facts f WHERE f.id = c.fact AND f.retired) ORDER BY fact, facet"

// AllCards returns all cards of the current person, including those of retired facts.
func (db *DB) AllCards(ctx context.Context, who quiz.Who) ([]quiz.Card, error) {
	cards, err := cardsOf(db.read(ctx), who)
	return slices.Collect(maps.Values(cards)), dbError(err)
}

// saveCard saves the card after an answer, or returns Conflict if it changed since it was read.
// The deck is taken from the fact, which may have been moved.
func saveCard(tx *gorm.DB, who quiz.Who, before, after quiz.Card) error {
	r := newCardRow(after)
	if before.Version == 0 {
		return tx.Exec("INSERT INTO cards (person, "+cardColumns+`)
			VALUES (?, ?, ?, (SELECT deck FROM facts WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			who.Person, r.Fact, r.Facet, r.Fact, r.Phase, r.Step, r.Stability, r.Difficulty, r.LastDay, r.FirstDay,
			r.Reps, r.Lapses, r.Learned, r.Due, r.DueDay, r.Version).Error
	}
	done := tx.Exec(`UPDATE cards SET deck = (SELECT deck FROM facts WHERE id = cards.fact), phase = ?, step = ?, stability = ?, difficulty = ?, last_day = ?,
		first_day = ?, reps = ?, lapses = ?, learned = ?, due = ?, due_day = ?, version = ?
		WHERE person = ? AND fact = ? AND facet = ? AND version = ?`,
		r.Phase, r.Step, r.Stability, r.Difficulty, r.LastDay, r.FirstDay, r.Reps, r.Lapses, r.Learned,
		r.Due, r.DueDay, r.Version, who.Person, r.Fact, r.Facet, before.Version)
	return requireOneRow(done)
}

// requireOneRow returns Conflict if a write changed no row.
func requireOneRow(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return quiz.NewError(quiz.Conflict, "error.moved")
	}
	return done.Error
}
