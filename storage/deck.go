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
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"

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

// deck returns the deck without facts and sources.
func (r deckRow) deck() *quiz.Deck {
	d := &quiz.Deck{
		ID: r.ID, Name: r.Name, Title: r.Title, About: r.About, Language: r.Language, Licence: r.Licence, Credit: r.Credit,
		Version: r.Version, Owner: r.Owner, Visibility: quiz.Visibility(r.Visible), Deleted: fromMillis(r.Deleted),
	}
	for _, p := range quiz.DeckPrecisions {
		if p.String() == r.DatePrecision {
			d.Precision = p
		}
	}
	return d
}

type factRow struct {
	ID, Deck                             int64
	Key, Edtf, Also, Event, Label        string
	Terms, Detail, Source, Section, Tags string
	SpanStart, SpanEnd                   int
	Claim, Disputed, Retired             bool
	Revision, Text, Added                int64
	Held, Bars, Words                    string
	Name, Title, Language                string // of its deck, if the query joins it
}

// termRow is the JSON form of a term.
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
		if f.OtherDate, err = edtf.Parse(r.Also); err != nil {
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
	var bars []exclusionRow
	for _, list := range []struct {
		text string
		into any
	}{{r.Tags, &f.Tags}, {r.Held, &held}, {r.Bars, &bars}} {
		if err := json.Unmarshal([]byte(list.text), list.into); err != nil {
			return f, fmt.Errorf("fact %d: %w", r.ID, err)
		}
	}
	setExclusions(&f, held, bars)
	return f, nil
}

// deckIndexCache caches deck indexes by deck ID and evicts the least recently used. An entry is
// valid while its version is the one in the database.
type deckIndexCache struct {
	indexes *lru.Cache[int64, *kinds.DeckIndex]
}

// maxCachedDecks is how many deck indexes are cached.
const maxCachedDecks = 512

func newDeckIndexCache() *deckIndexCache {
	pools, err := lru.New[int64, *kinds.DeckIndex](maxCachedDecks)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return &deckIndexCache{pools}
}

func (c *deckIndexCache) get(id, version int64) *kinds.DeckIndex {
	if p, ok := c.indexes.Get(id); ok && p.Deck.Version == version {
		return p
	}
	return nil
}

func (c *deckIndexCache) put(p *kinds.DeckIndex) { c.indexes.Add(p.Deck.ID, p) }

// DeckIndex returns a deck's index for asking questions. It is shared and must not be changed.
// It does not check who may see the deck: the ID comes from what the person has started, and
// they may continue that.
func (db *DB) DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error) {
	all, err := db.DeckIndexes(ctx, who, deck)
	if err == nil && all[deck] == nil {
		err = quiz.NewError(quiz.NotFound, "error.missing")
	}
	return all[deck], err
}

// DeckIndexes returns the indexes of several decks, by ID; decks that do not exist are left
// out.
func (db *DB) DeckIndexes(ctx context.Context, _ quiz.Who, decks ...int64) (map[int64]*kinds.DeckIndex, error) {
	if len(decks) == 0 {
		return nil, nil
	}
	var rows []deckRow
	if err := db.read(ctx).Raw("SELECT * FROM decks WHERE id IN ?", decks).Scan(&rows).Error; err != nil {
		return nil, dbError(err)
	}
	out := make(map[int64]*kinds.DeckIndex, len(rows))
	for _, row := range rows {
		var err error
		if out[row.ID], err = db.buildDeckIndex(ctx, row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DeckIndexByName returns the index of the deck with that name, or NotFound if the person may
// not see it.
func (db *DB) DeckIndexByName(ctx context.Context, who quiz.Who, name string) (*kinds.DeckIndex, error) {
	row, err := scanOne[deckRow](db.read(ctx).Raw("SELECT * FROM decks WHERE name = ?", name))
	if err != nil {
		return nil, err
	}
	if !row.deck().VisibleTo(who) {
		return nil, quiz.NewError(quiz.NotFound, "error.missing")
	}
	return db.buildDeckIndex(ctx, row)
}

// DeckTitles returns the titles of decks, by ID. Like DeckIndex, it does not check who may see
// them.
func (db *DB) DeckTitles(ctx context.Context, _ quiz.Who, decks ...int64) (map[int64]string, error) {
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
	return out, dbError(err)
}

func (db *DB) buildDeckIndex(ctx context.Context, row deckRow) (*kinds.DeckIndex, error) {
	if p := db.deckIndexes.get(row.ID, row.Version); p != nil {
		return p, nil
	}
	d, err := loadDeck(db.read(ctx), row)
	if err != nil {
		return nil, err
	}
	p := kinds.NewDeckIndex(d)
	db.deckIndexes.put(p)
	return p, nil
}

func loadDeck(g *gorm.DB, row deckRow) (*quiz.Deck, error) {
	d := row.deck()
	var sources []sourceRow
	if err := dbError(g.Raw("SELECT key, title, author, address, licence FROM sources WHERE deck = ? ORDER BY place", row.ID).Scan(&sources).Error); err != nil {
		return nil, err
	}
	for _, s := range sources {
		d.Sources = append(d.Sources, s.source())
	}
	var facts []factRow
	if err := dbError(g.Raw("SELECT * FROM facts WHERE deck = ? ORDER BY lo, hi, id", row.ID).Scan(&facts).Error); err != nil {
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

// MyDecks lists a person's decks by title, without facts: shipped decks, their own, those they
// follow and those they practise. Deleted decks are listed only for their owner.
func (db *DB) MyDecks(ctx context.Context, who quiz.Who) ([]quiz.Deck, error) {
	var rows []deckRow
	if err := dbError(db.read(ctx).Raw("SELECT * FROM decks d WHERE "+isMyDeckSQL+" ORDER BY title, id", myDeckArgs(who)).Scan(&rows).Error); err != nil {
		return nil, err
	}
	decks := make([]quiz.Deck, len(rows))
	for i, r := range rows {
		decks[i] = *r.deck()
	}
	return decks, nil
}

// isMyDeckSQL is the condition that a deck d is one of a person's decks. A card of a fact that
// was moved to a deck shared by link does not make that deck theirs: they were never given its
// name.
const isMyDeckSQL = `(d.owner = @who AND d.owner <> 0 OR d.deleted = 0 AND (d.owner = 0 OR d.visible <> 'me' AND (
	EXISTS (SELECT 1 FROM follows f WHERE f.person = @who AND f.deck = d.id)
	OR d.visible = 'everybody' AND EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.deck = d.id)
	OR d.visible = 'link' AND EXISTS (SELECT 1 FROM reviews r WHERE r.person = @who AND r.deck = d.id))))`

func myDeckArgs(who quiz.Who) map[string]any { return map[string]any{"who": who.Person} }

// HasDeckDigest reports whether the deck with that name was saved with that digest.
func (db *DB) HasDeckDigest(ctx context.Context, _ quiz.Who, name, digest string) (bool, error) {
	row, err := scanOne[deckRow](db.read(ctx).Raw("SELECT * FROM decks WHERE name = ?", name))
	if quiz.Is(err, quiz.NotFound) {
		return false, nil
	}
	return err == nil && row.Digest == digest, err
}

// SaveShippedDeck saves a deck under its name. Facts are matched by key, so that learners keep
// their cards; facts that are gone are retired, never deleted. It writes nothing if the digest
// is unchanged.
func (db *DB) SaveShippedDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, digest string) error {
	if who.Role != quiz.RoleSystem {
		return quiz.NewError(quiz.Forbidden, "error.forbidden")
	}
	if is, err := db.HasDeckDigest(ctx, who, d.Name, digest); is || err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error { return saveDeck(tx, d, digest) })
}

func saveDeck(tx *gorm.DB, d *quiz.Deck, digest string) error {
	id, err := scanOne[int64](tx.Raw(`INSERT INTO decks
		(name, title, about, language, date_precision, licence, credit, digest, version, words)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
		ON CONFLICT (name) DO UPDATE SET title = excluded.title, about = excluded.about,
		language = excluded.language, date_precision = excluded.date_precision, licence = excluded.licence,
		credit = excluded.credit, digest = excluded.digest, words = excluded.words, version = decks.version + 1
		RETURNING id`,
		d.Name, d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, digest, deckSearchWords(d)))
	if err != nil {
		return err
	}
	if err := tx.Exec("DELETE FROM sources WHERE deck = ?", id).Error; err != nil {
		return err
	}
	for i, s := range d.Sources {
		if err := saveSource(tx, id, i, s); err != nil {
			return err
		}
	}
	return saveFacts(tx, id, d)
}

func saveFacts(tx *gorm.DB, deck int64, d *quiz.Deck) error {
	if err := tx.Exec("UPDATE facts SET retired = ? WHERE deck = ?", true, deck).Error; err != nil {
		return err
	}
	pool := kinds.NewDeckIndex(d)
	facts := slices.Clone(d.Facts)
	slices.SortFunc(facts, func(a, b quiz.Fact) int { return cmp.Compare(newCardOrder(a), newCardOrder(b)) })
	for _, f := range facts {
		if err := writeFact(tx, deck, f, pool, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// writeFact inserts or updates a fact by its key; a new one is added at now.
func writeFact(tx *gorm.DB, deck int64, f quiz.Fact, pool *kinds.DeckIndex, now time.Time) error {
	terms := make([]termRow, len(f.Terms))
	for i, t := range f.Terms {
		terms[i] = termRow(t)
	}
	also := ""
	if !f.OtherDate.IsZero() {
		also = f.OtherDate.String()
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
		deck, f.Key, newCardOrder(f), facetBits(pool, f), f.Date.String(), f.Date.Lo(), f.Date.Hi(), also, f.Event, f.Label,
		jsonText(terms), f.Detail, f.Source, f.Section, f.Span.Start, f.Span.End, jsonText(emptyIfNil(f.Tags)),
		f.Claim, f.Disputed, f.Retired, f.Revision, f.Text, jsonText(emptyIfNil(disabledKindsOf(f))), jsonText(emptyIfNil(exclusionsOf(f))), factSearchWords(f), toMillis(now)).Error
}

// facetBit returns a facet's bit in facts.facets.
func facetBit(f quiz.Facet) int { return 1 << (f - 1) }

// facetBits returns the facets a fact can be asked for, as bits.
func facetBits(pool *kinds.DeckIndex, f quiz.Fact) int {
	bits := 0
	for _, facet := range pool.AskableFacets(f.ID) {
		bits |= facetBit(facet)
	}
	return bits
}

// newCardOrder returns a fact's position among new cards. The order is a hash of the key, so
// that dates do not follow one another and everyone gets the same order; facts with the
// background tag come last.
func newCardOrder(f quiz.Fact) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(f.Key))
	at := int64(h.Sum64() * 0x9E3779B97F4A7C15 >> 2)
	if slices.Contains(f.Tags, quiz.BackgroundTag) {
		at |= 1 << 62
	}
	return at
}

// jsonText encodes a value whose encoding cannot fail.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func emptyIfNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// exclusionRow is the JSON form of an excluded distractor.
type exclusionRow struct {
	Fact string `json:"fact,omitempty"`
	Term string `json:"term,omitempty"`
}

func disabledKindsOf(f quiz.Fact) (out []string) {
	for _, k := range f.DisabledKinds {
		out = append(out, string(k))
	}
	return out
}

func exclusionsOf(f quiz.Fact) (out []exclusionRow) {
	for _, b := range f.ExcludedDistractors {
		out = append(out, exclusionRow(b))
	}
	return out
}

func setExclusions(f *quiz.Fact, held []string, bars []exclusionRow) {
	for _, k := range held {
		f.DisabledKinds = append(f.DisabledKinds, quiz.Kind(k))
	}
	for _, b := range bars {
		f.ExcludedDistractors = append(f.ExcludedDistractors, quiz.ExcludedDistractor(b))
	}
}
