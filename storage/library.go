package storage

import (
	"context"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/search"

	"gorm.io/gorm"
)

// searchWords returns the words of texts with a space before each, so that LIKE can find the
// beginning of a word, the same way on both databases.
func searchWords(texts ...string) string {
	return " " + strings.Join(quiz.ContentWords(strings.Join(texts, " ")), " ")
}

func factSearchWords(f quiz.Fact) string {
	texts := []string{f.Event, f.Label}
	for _, t := range f.Terms {
		texts = append(append(texts, t.Text), t.Accepted...)
	}
	return searchWords(append(texts, f.Tags...)...)
}

func deckSearchWords(d *quiz.Deck) string { return searchWords(d.Title, d.About) }

// indexWords fills in the search words of decks and facts that were saved without them.
func (db *DB) indexWords(ctx context.Context) error {
	if err := db.indexDeckWords(ctx); err != nil {
		return err
	}
	for {
		var rows []factRow
		if err := dbError(db.read(ctx).Raw("SELECT * FROM facts WHERE words = '' ORDER BY id LIMIT 500").Scan(&rows).Error); err != nil || len(rows) == 0 {
			return err
		}
		err := db.write(ctx, func(tx *gorm.DB) error {
			for _, r := range rows {
				f, err := r.fact()
				if err != nil {
					return err
				}
				if err := tx.Exec("UPDATE facts SET words = ? WHERE id = ?", factSearchWords(f), r.ID).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func (db *DB) indexDeckWords(ctx context.Context) error {
	var decks []deckRow
	if err := dbError(db.read(ctx).Raw("SELECT * FROM decks WHERE words = ''").Scan(&decks).Error); err != nil || len(decks) == 0 {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		for _, r := range decks {
			if err := tx.Exec("UPDATE decks SET words = ? WHERE id = ?", deckSearchWords(r.deck()), r.ID).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// FollowDeck adds a deck that the person can see to their decks.
func (db *DB) FollowDeck(ctx context.Context, who quiz.Who, deck int64, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		row, err := scanOne[deckRow](tx.Raw("SELECT * FROM decks WHERE id = ?", deck))
		if err != nil {
			return err
		}
		if who.IsNobody() || !row.deck().VisibleTo(who) {
			return quiz.NewError(quiz.NotFound, "error.missing")
		}
		return tx.Exec("INSERT INTO follows (person, deck, since) VALUES (?, ?, ?) ON CONFLICT (person, deck) DO NOTHING", who.Person, deck, toMillis(now)).Error
	})
}

// UnfollowDeck removes a deck from the person's decks, unless they practise it.
func (db *DB) UnfollowDeck(ctx context.Context, who quiz.Who, deck int64) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM follows WHERE person = ? AND deck = ?", who.Person, deck).Error
	})
}

// FollowedDecks returns the decks that the person follows, with the number of facts added since
// they followed it or last practised it, whichever is later.
func (db *DB) FollowedDecks(ctx context.Context, who quiz.Who) (map[int64]int, error) {
	out := map[int64]int{}
	if who.IsNobody() {
		return out, nil
	}
	var rows []struct{ Deck, Fresh int64 }
	err := dbError(db.read(ctx).Raw(`SELECT f.deck, (SELECT count(*) FROM facts t WHERE t.deck = f.deck AND NOT t.retired AND t.added > f.last) AS fresh
		FROM (SELECT f.deck, CASE WHEN coalesce(r.at, 0) > f.since THEN r.at ELSE f.since END AS last FROM follows f
			LEFT JOIN (SELECT deck, max(at) AS at FROM reviews WHERE person = ? GROUP BY deck) r ON r.deck = f.deck
			WHERE f.person = ?) f`, who.Person, who.Person).Scan(&rows).Error)
	for _, r := range rows {
		out[r.Deck] = int(r.Fresh)
	}
	return out, err
}

// mergeFollows moves a guest's followed decks and notices to an account.
func mergeFollows(tx *gorm.DB, who, guest quiz.Who) error {
	if err := tx.Exec(`INSERT INTO follows (person, deck, since) SELECT ?, deck, since FROM follows WHERE person = ?
		ON CONFLICT (person, deck) DO NOTHING`, who.Person, guest.Person).Error; err != nil {
		return err
	}
	if err := tx.Exec(`INSERT INTO notices (person, change, fact, before, after, better, worse, void, at, seen)
		SELECT ?, change, fact, before, after, better, worse, void, at, seen FROM notices WHERE person = ?
		ON CONFLICT (person, change, fact) DO NOTHING`, who.Person, guest.Person).Error; err != nil {
		return err
	}
	for _, table := range []string{"follows", "notices"} {
		if err := tx.Exec("DELETE FROM "+table+" WHERE person = ?", guest.Person).Error; err != nil {
			return err
		}
	}
	return nil
}

type deckHitRow struct {
	ID, Lo, Hi  int64
	Name, Title string
	Facts       int
}

// selectDeckHits counts the active facts of a deck d and finds its first and last day.
const selectDeckHits = `SELECT d.id, d.name, d.title,
	(SELECT count(*) FROM facts f WHERE f.deck = d.id AND NOT f.retired) AS facts,
	coalesce((SELECT min(f.lo) FROM facts f WHERE f.deck = d.id AND NOT f.retired AND f.lo > @min), 0) AS lo,
	coalesce((SELECT max(f.hi) FROM facts f WHERE f.deck = d.id AND NOT f.retired AND f.hi < @max), 0) AS hi
	FROM decks d WHERE d.deleted = 0 `

// PublicDecks lists public decks that are not among the person's decks, by title: up to most
// decks after the one with ID after, or from the first if after is 0.
func (db *DB) PublicDecks(ctx context.Context, who quiz.Who, after int64, most int) ([]search.DeckHit, error) {
	args := myDeckArgs(who)
	args["after"], args["most"], args["min"], args["max"] = after, most, edtf.MinDay, edtf.MaxDay
	return listDeckHits(db.read(ctx).Raw(selectDeckHits+"AND d.visible = 'everybody' AND NOT "+isMyDeckSQL+`
		AND (@after = 0 OR (d.title, d.id) > (SELECT a.title, a.id FROM decks a
			WHERE a.id = @after AND a.visible = 'everybody' AND a.deleted = 0)) ORDER BY d.title, d.id LIMIT @most`, args))
}

// SearchDecks lists decks that the person can see and whose title or description has a word
// beginning with each of the query's words.
func (db *DB) SearchDecks(ctx context.Context, who quiz.Who, q search.Query, most int) ([]search.DeckHit, error) {
	if len(q.Words) == 0 {
		return nil, nil
	}
	args := myDeckArgs(who)
	args["most"], args["min"], args["max"] = most, edtf.MinDay, edtf.MaxDay
	return listDeckHits(db.read(ctx).Raw(selectDeckHits+"AND (d.visible = 'everybody' OR "+isMyDeckSQL+") AND "+wordsCondition("d", q.Words, args)+" ORDER BY d.title, d.id LIMIT @most", args))
}

func listDeckHits(g *gorm.DB) ([]search.DeckHit, error) {
	var rows []deckHitRow
	if err := dbError(g.Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]search.DeckHit, len(rows))
	for i, r := range rows {
		out[i] = search.DeckHit{ID: r.ID, Name: r.Name, Title: r.Title, Facts: r.Facts}
		if r.Facts > 0 {
			out[i].First, _, _ = edtf.CivilDate(r.Lo)
			out[i].Last, _, _ = edtf.CivilDate(r.Hi)
		}
	}
	return out, nil
}

// SearchFacts lists facts of decks that the person can see which have all words and a date that
// overlaps the query's; dates within it come first.
func (db *DB) SearchFacts(ctx context.Context, who quiz.Who, q search.Query, most int) ([]search.FactHit, error) {
	if q.IsZero() {
		return nil, nil
	}
	args := myDeckArgs(who)
	args["most"], args["lo"], args["hi"] = most, q.FirstDay, q.LastDay
	var rows []factRow
	if err := dbError(db.read(ctx).Raw(`SELECT f.*, d.name, d.title, d.language FROM facts f JOIN decks d ON d.id = f.deck
		WHERE d.deleted = 0 AND (d.visible = 'everybody' OR `+isMyDeckSQL+`) AND NOT f.retired AND f.lo <= @hi AND f.hi >= @lo AND `+wordsCondition("f", q.Words, args)+`
		ORDER BY CASE WHEN f.lo >= @lo AND f.hi <= @hi THEN 0 ELSE 1 END, f.lo, f.hi, f.id LIMIT @most`, args).Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]search.FactHit, len(rows))
	for i, r := range rows {
		f, err := r.fact()
		if err != nil {
			return nil, err
		}
		out[i] = search.FactHit{Fact: f, DeckName: r.Name, DeckTitle: r.Title, Language: r.Language}
	}
	return out, nil
}

// wordsCondition is the condition that each word is the beginning of some word of a row.
func wordsCondition(table string, words []string, args map[string]any) string {
	out := "1 = 1"
	for i, w := range words {
		name := "word" + string(rune('a'+i))
		args[name] = "% " + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w) + "%"
		out += " AND " + table + ".words LIKE @" + name + ` ESCAPE '\'`
	}
	return out
}
