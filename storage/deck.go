package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"

	lru "github.com/hashicorp/golang-lru/v2"
	"gorm.io/gorm"
)

type deckRow struct {
	ID                                                           int64
	Name, Title, About, Language, DatePrecision, Licence, Credit string
	Digest, Visible                                              string
	Version, Owner, Deleted, Changed                             int64
	Words                                                        string
}

// deck is the row without facts and sources.
func (r deckRow) deck() *quiz.Deck {
	d := &quiz.Deck{
		ID: r.ID, Name: r.Name, Title: r.Title, About: r.About, Language: r.Language, Licence: r.Licence, Credit: r.Credit,
		Version: r.Version, Owner: r.Owner, Visible: quiz.Visibility(r.Visible), Deleted: instant(r.Deleted),
	}
	for _, p := range quiz.Precisions {
		if p.String() == r.DatePrecision {
			d.Precision = p
		}
	}
	return d
}

type sourceRow struct {
	Key, Title, Author, Address, Licence string
}

type factRow struct {
	ID, Deck                             int64
	Key, Edtf, Also, Event, Label        string
	Terms, Detail, Source, Section, Tags string
	SpanStart, SpanEnd                   int
	Claim, Disputed, Retired             bool
	Revision, Text, Added                int64
	Held, Bars, Words                    string
	Name, Title, Language                string // of its deck, where that is read along
}

// termRow is a term as JSON.
type termRow struct {
	Text     string   `json:"text"`
	Accepted []string `json:"accepted,omitempty"`
}

func (r factRow) fact() (quiz.Fact, error) {
	f := quiz.Fact{
		ID: r.ID, Deck: r.Deck, Key: r.Key, Event: r.Event, Label: r.Label, Detail: r.Detail,
		Source: r.Source, Section: r.Section, Span: quiz.Span{Start: r.SpanStart, End: r.SpanEnd},
		Claim: r.Claim, Disputed: r.Disputed, Retired: r.Retired, Revision: r.Revision, Text: r.Text,
	}
	var err error
	if f.Date, err = edtf.Parse(r.Edtf); err != nil {
		return f, fmt.Errorf("fact %d: %w", r.ID, err)
	}
	if r.Also != "" {
		if f.Also, err = edtf.Parse(r.Also); err != nil {
			return f, fmt.Errorf("fact %d: %w", r.ID, err)
		}
	}
	var terms []termRow
	if err := json.Unmarshal([]byte(r.Terms), &terms); err != nil {
		return f, fmt.Errorf("fact %d: %w", r.ID, err)
	}
	for _, t := range terms {
		f.Terms = append(f.Terms, quiz.Term(t))
	}
	var held []string
	var bars []barRow
	for _, list := range []struct {
		text string
		into any
	}{{r.Tags, &f.Tags}, {r.Held, &held}, {r.Bars, &bars}} {
		if err := json.Unmarshal([]byte(list.text), list.into); err != nil {
			return f, fmt.Errorf("fact %d: %w", r.ID, err)
		}
	}
	setHeld(&f, held, bars)
	return f, nil
}

// deckCache keeps decks made ready for asking, by number; those that were not asked for
// longest go first. An entry counts as long as its version is the database's.
type deckCache struct{ pools *lru.Cache[int64, *ask.Pool] }

// cachedDecks is how many decks are kept ready.
const cachedDecks = 512

func newDeckCache() *deckCache {
	pools, err := lru.New[int64, *ask.Pool](cachedDecks)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return &deckCache{pools}
}

func (c *deckCache) get(id, version int64) *ask.Pool {
	if p, ok := c.pools.Get(id); ok && p.Deck.Version == version {
		return p
	}
	return nil
}

func (c *deckCache) put(p *ask.Pool) { c.pools.Add(p.Deck.ID, p) }

// Pool gives a deck made ready for asking; it is shared and must not be
// changed. It asks nothing of who sees the deck: its number comes from what the
// person has begun, and what was begun is gone on with.
func (db *DB) Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error) {
	all, err := db.Pools(ctx, who, deck)
	if err == nil && all[deck] == nil {
		err = quiz.Fail(quiz.Missing, "error.missing")
	}
	return all[deck], err
}

// Pools is Pool for several decks; one that is not there is left out.
func (db *DB) Pools(ctx context.Context, _ quiz.Who, decks ...int64) (map[int64]*ask.Pool, error) {
	if len(decks) == 0 {
		return nil, nil
	}
	var rows []deckRow
	if err := db.read(ctx).Raw("SELECT * FROM decks WHERE id IN ?", decks).Scan(&rows).Error; err != nil {
		return nil, fault(err)
	}
	out := make(map[int64]*ask.Pool, len(rows))
	for _, row := range rows {
		var err error
		if out[row.ID], err = db.ready(ctx, row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PoolNamed is Pool by the deck's name, for those who may see it; for others it
// is Missing.
func (db *DB) PoolNamed(ctx context.Context, who quiz.Who, name string) (*ask.Pool, error) {
	row, err := scanOne[deckRow](db.read(ctx).Raw("SELECT * FROM decks WHERE name = ?", name))
	if err != nil {
		return nil, err
	}
	if !row.deck().SeenBy(who) {
		return nil, quiz.Fail(quiz.Missing, "error.missing")
	}
	return db.ready(ctx, row)
}

// Titles gives the titles of decks, by their numbers, and as Pool asks nothing of who asks.
func (db *DB) Titles(ctx context.Context, _ quiz.Who, decks ...int64) (map[int64]string, error) {
	var rows []struct {
		ID    int64
		Title string
	}
	if len(decks) == 0 {
		return nil, nil
	}
	err := db.read(ctx).Raw("SELECT id, title FROM decks WHERE id IN ?", decks).Scan(&rows).Error
	out := make(map[int64]string, len(rows))
	for _, r := range rows {
		out[r.ID] = r.Title
	}
	return out, fault(err)
}

func (db *DB) ready(ctx context.Context, row deckRow) (*ask.Pool, error) {
	if p := db.decks.get(row.ID, row.Version); p != nil {
		return p, nil
	}
	d, err := loadDeck(db.read(ctx), row)
	if err != nil {
		return nil, err
	}
	p := ask.NewPool(d)
	db.decks.put(p)
	return p, nil
}

func loadDeck(g *gorm.DB, row deckRow) (*quiz.Deck, error) {
	d := row.deck()
	var sources []sourceRow
	if err := fault(g.Raw("SELECT key, title, author, address, licence FROM sources WHERE deck = ? ORDER BY place", row.ID).Scan(&sources).Error); err != nil {
		return nil, err
	}
	for _, s := range sources {
		d.Sources = append(d.Sources, quiz.Source(s))
	}
	var facts []factRow
	if err := fault(g.Raw("SELECT * FROM facts WHERE deck = ? ORDER BY lo, hi, id", row.ID).Scan(&facts).Error); err != nil {
		return nil, err
	}
	for _, r := range facts {
		f, err := r.fact()
		if err != nil {
			return nil, err
		}
		d.Facts = append(d.Facts, f)
	}
	return d, nil
}

// Decks lists, without their facts, by title, what is on the person's shelf: the
// decks that ship, their own, those they follow and those they practise. Deleted
// ones are left out, but for their owner.
func (db *DB) Decks(ctx context.Context, who quiz.Who) ([]quiz.Deck, error) {
	var rows []deckRow
	if err := fault(db.read(ctx).Raw("SELECT * FROM decks d WHERE "+onShelf+" ORDER BY title, id", shelfOf(who)).Scan(&rows).Error); err != nil {
		return nil, err
	}
	decks := make([]quiz.Deck, len(rows))
	for i, r := range rows {
		decks[i] = *r.deck()
	}
	return decks, nil
}

// onShelf is the condition that a deck d is on the shelf of a person. A card of a
// fact that was moved there opens no deck by link: its name was never given.
const onShelf = `(d.owner = @who AND d.owner <> 0 OR d.deleted = 0 AND (d.owner = 0 OR d.visible <> 'me' AND (
	EXISTS (SELECT 1 FROM follows f WHERE f.person = @who AND f.deck = d.id)
	OR d.visible = 'everybody' AND EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.deck = d.id)
	OR d.visible = 'link' AND EXISTS (SELECT 1 FROM reviews r WHERE r.person = @who AND r.deck = d.id))))`

func shelfOf(who quiz.Who) map[string]any { return map[string]any{"who": who.Person} }

// HasDeck tells whether the deck of that name was written with that digest.
func (db *DB) HasDeck(ctx context.Context, _ quiz.Who, name, digest string) (bool, error) {
	row, err := scanOne[deckRow](db.read(ctx).Raw("SELECT * FROM decks WHERE name = ?", name))
	if quiz.Is(err, quiz.Missing) {
		return false, nil
	}
	return err == nil && row.Digest == digest, err
}

// PutDeck writes a deck under its name: facts are matched by key, so that
// everybody's memory of them stays; those that are gone are retired, never
// deleted. The same digest again writes nothing.
func (db *DB) PutDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, digest string) error {
	if who.Role != quiz.System {
		return quiz.Fail(quiz.Forbidden, "error.forbidden")
	}
	if is, err := db.HasDeck(ctx, who, d.Name, digest); is || err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error { return putDeck(tx, d, digest) })
}

func putDeck(tx *gorm.DB, d *quiz.Deck, digest string) error {
	id, err := scanOne[int64](tx.Raw(`INSERT INTO decks
		(name, title, about, language, date_precision, licence, credit, digest, version, words)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
		ON CONFLICT (name) DO UPDATE SET title = excluded.title, about = excluded.about,
		language = excluded.language, date_precision = excluded.date_precision, licence = excluded.licence,
		credit = excluded.credit, digest = excluded.digest, words = excluded.words, version = decks.version + 1
		RETURNING id`,
		d.Name, d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, digest, deckWords(d)))
	if err != nil {
		return err
	}
	if err := tx.Exec("DELETE FROM sources WHERE deck = ?", id).Error; err != nil {
		return err
	}
	for i, s := range d.Sources {
		if err := putSource(tx, id, i, s); err != nil {
			return err
		}
	}
	return putFacts(tx, id, d)
}

func putFacts(tx *gorm.DB, deck int64, d *quiz.Deck) error {
	if err := tx.Exec("UPDATE facts SET retired = ? WHERE deck = ?", true, deck).Error; err != nil {
		return err
	}
	pool := ask.NewPool(d)
	facts := slices.Clone(d.Facts)
	slices.SortFunc(facts, func(a, b quiz.Fact) int { return cmp.Compare(newPlace(a), newPlace(b)) })
	for _, f := range facts {
		if err := writeFact(tx, deck, f, pool, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// writeFact writes one fact, new or not, by its key; it was added now if it is new.
func writeFact(tx *gorm.DB, deck int64, f quiz.Fact, pool *ask.Pool, now time.Time) error {
	terms := make([]termRow, len(f.Terms))
	for i, t := range f.Terms {
		terms[i] = termRow(t)
	}
	also := ""
	if !f.Also.IsZero() {
		also = f.Also.String()
	}
	return tx.Exec(`INSERT INTO facts (deck, key, place, facets, edtf, lo, hi, also, event, label, terms,
			detail, source, section, span_start, span_end, tags, claim, disputed, retired, revision, text, held, bars, words, added)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (deck, key) DO UPDATE SET place = excluded.place, facets = excluded.facets,
			edtf = excluded.edtf, lo = excluded.lo, hi = excluded.hi, also = excluded.also,
			event = excluded.event, label = excluded.label, terms = excluded.terms, detail = excluded.detail,
			source = excluded.source, section = excluded.section, span_start = excluded.span_start,
			span_end = excluded.span_end, tags = excluded.tags, claim = excluded.claim,
			disputed = excluded.disputed, retired = excluded.retired, revision = excluded.revision, text = excluded.text,
			held = excluded.held, bars = excluded.bars, words = excluded.words`,
		deck, f.Key, newPlace(f), facetBits(pool, f), f.Date.String(), f.Date.Lo(), f.Date.Hi(), also, f.Event, f.Label,
		jsonText(terms), f.Detail, f.Source, f.Section, f.Span.Start, f.Span.End, jsonText(nonNil(f.Tags)),
		f.Claim, f.Disputed, f.Retired, f.Revision, f.Text, jsonText(nonNil(heldOf(f))), jsonText(nonNil(barsOf(f))), factWords(f), ms(now)).Error
}

// facetBit is a facet's bit in facts.facets.
func facetBit(f quiz.Facet) int { return 1 << (f - 1) }

// facetBits are what a fact can be asked for.
func facetBits(pool *ask.Pool, f quiz.Fact) int {
	bits := 0
	for _, facet := range pool.Facets(f.ID) {
		bits |= facetBit(facet)
	}
	return bits
}

// newPlace is where a fact stands among those that are new: mixed, so that their
// dates do not follow one another, and the same for everybody and every start;
// those with the tag background last.
func newPlace(f quiz.Fact) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(f.Key))
	at := int64(h.Sum64() * 0x9E3779B97F4A7C15 >> 2)
	if slices.Contains(f.Tags, quiz.Background) {
		at |= 1 << 62
	}
	return at
}

// jsonText writes what cannot fail to be written.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// barRow is a bar as JSON.
type barRow struct {
	Fact string `json:"fact,omitempty"`
	Term string `json:"term,omitempty"`
}

func heldOf(f quiz.Fact) (out []string) {
	for _, k := range f.Held {
		out = append(out, string(k))
	}
	return out
}

func barsOf(f quiz.Fact) (out []barRow) {
	for _, b := range f.Bars {
		out = append(out, barRow(b))
	}
	return out
}

func setHeld(f *quiz.Fact, held []string, bars []barRow) {
	for _, k := range held {
		f.Held = append(f.Held, quiz.Kind(k))
	}
	for _, b := range bars {
		f.Bars = append(f.Bars, quiz.Bar(b))
	}
}
