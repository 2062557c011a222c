package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/rank"

	"gorm.io/gorm"
)

// CountIn says in which zone the weeks of the site's boards are counted; UTC until then.
func (db *DB) CountIn(zone string) { db.cal = quiz.NewCalendar(zone) }

// boardRef is a board that an answer counts on, with the zone of its periods.
type boardRef struct{ Board, Zone string }

// trusted is the condition that a deck d counts on the site's board: it ships, a
// teacher made it, or its maker is gone and others use it.
const trusted = "(d.owner <= 0 OR EXISTS (SELECT 1 FROM persons o WHERE o.id = d.owner AND o.role IN ('teacher', 'admin')))"

// boardsFor lists the boards on which answers about a deck count for a person: those
// that they joined, of decks open to all, and those of their classes that are to know
// the deck. One's own deck counts nowhere.
func boardsFor(tx *gorm.DB, who quiz.Who, deck int64) ([]boardRef, error) {
	var out []boardRef
	err := tx.Raw(`SELECT p.board, '' AS zone FROM players p JOIN decks d ON d.id = @deck AND d.visible = 'everybody' AND d.owner <> @who
			WHERE p.person = @who AND p.board IN @boards AND (p.board <> 'site' OR `+trusted+`)`,
		map[string]any{"who": who.Person, "deck": deck, "boards": []string{quiz.Board{Kind: quiz.OfSite}.String(), quiz.Board{Kind: quiz.OfDeck, ID: deck}.String()}}).Scan(&out).Error
	if err != nil {
		return nil, err
	}
	var classes []struct {
		ID   int64
		Zone string
	}
	err = tx.Raw(`SELECT c.id, c.zone FROM students s JOIN classes c ON c.id = s.class AND c.boards AND c.archived = 0
		JOIN decks d ON d.id = @deck AND d.owner <> @who
		WHERE s.person = @who AND s.gone = 0 AND EXISTS (SELECT 1 FROM assignments a WHERE a.class = c.id AND a.deck = @deck AND a.removed = 0)`,
		map[string]any{"who": who.Person, "deck": deck}).Scan(&classes).Error
	for _, c := range classes {
		out = append(out, boardRef{quiz.Board{Kind: quiz.OfClass, ID: c.ID}.String(), c.Zone})
	}
	return out, err
}

func (b boardRef) cal(site quiz.Calendar) quiz.Calendar {
	if b.Zone == "" {
		return site
	}
	return quiz.NewCalendar(b.Zone)
}

// keepGain writes down what an answer brought, before the answer itself is kept, and
// counts it on the person's boards. Seasons that were over at now stay as they are.
func keepGain(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	if _, ok := rank.Of(r, rank.Past{}, 0); !ok { // most answers: nothing more is looked at
		return nil
	}
	g, err := writeGain(tx, who, r)
	if err != nil || g == nil {
		return err
	}
	boards, err := boardsFor(tx, who, g.Deck)
	if err != nil || len(boards) == 0 {
		return err
	}
	after, err := holdingOf(tx, who, g.Fact, "")
	if err != nil {
		return err
	}
	before, err := holdingOf(tx, who, g.Fact, g.Token)
	for _, b := range boards {
		if err == nil {
			err = countOn(tx, who, b, *g, 1, after.less(before), site, now)
		}
	}
	return err
}

// writeGain writes it down; nil when there is nothing to be written, or it was already:
// once a card and day.
func writeGain(tx *gorm.DB, who quiz.Who, r quiz.Review) (*rank.Gain, error) {
	id := r.After.CardID
	past, err := scanOne[rank.Past](tx.Raw("SELECT count(*) AS days, coalesce(sum(points), 0) AS paid FROM gains WHERE person = ? AND fact = ? AND facet = ? AND day < ?",
		who.Person, id.Fact, uint8(id.Facet), r.Day))
	if err != nil {
		return nil, err
	}
	var last int64
	if err := tx.Raw("SELECT at FROM reviews WHERE person = ? AND lead = '' ORDER BY id DESC LIMIT 1", who.Person).Scan(&last).Error; err != nil {
		return nil, err
	}
	gap := time.Duration(0)
	if r.Lead == "" && last != 0 {
		gap = max(0, r.At.Sub(instant(last)))
	}
	g, ok := rank.Of(r, past, gap)
	if !ok {
		return nil, nil
	}
	done := tx.Exec(`INSERT INTO gains (person, fact, facet, day, deck, token, at, points, proof, quick) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (person, fact, facet, day) DO NOTHING`,
		who.Person, id.Fact, uint8(id.Facet), g.Day, g.Deck, g.Token, ms(g.At), g.Points, g.Proof, g.Quick)
	if done.Error != nil || done.RowsAffected == 0 {
		return nil, done.Error
	}
	return &g, nil
}

// dropGain takes back what an answer brought. A wrong one stays written down, as one that
// says nothing: the solution was seen, and the card earns nothing more on that day.
func dropGain(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	id := r.After.CardID
	const mine = " WHERE person = ? AND fact = ? AND facet = ? AND day = ? AND token = ?"
	row, err := scanOne[gainRow](tx.Raw("SELECT * FROM gains"+mine, who.Person, id.Fact, uint8(id.Facet), r.Day, r.Token))
	if quiz.Is(err, quiz.Missing) {
		return nil
	}
	if err != nil {
		return err
	}
	before, err := holdingOf(tx, who, id.Fact, "")
	if err != nil {
		return err
	}
	by, change := -1, "DELETE FROM gains"
	if r.Rating == fsrs.Again {
		by, change = 0, "UPDATE gains SET points = 0, proof = 0"
	}
	if err := tx.Exec(change+mine, who.Person, id.Fact, uint8(id.Facet), r.Day, r.Token).Error; err != nil {
		return err
	}
	after, err := holdingOf(tx, who, id.Fact, "")
	if err != nil {
		return err
	}
	boards, err := boardsFor(tx, who, row.Deck)
	for _, b := range boards {
		if err == nil {
			err = countOn(tx, who, b, row.gain(), by, after.less(before), site, now)
		}
	}
	return err
}

type gainRow struct {
	Fact   int64
	Facet  uint8
	Day    int64
	Deck   int64
	Token  string
	At     int64
	Points int
	Proof  int
	Quick  bool
}

func (r gainRow) gain() rank.Gain {
	return rank.Gain{
		CardID: quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}, Token: r.Token, Deck: r.Deck, Day: r.Day, At: instant(r.At),
		Points: r.Points, Proof: r.Proof, Quick: r.Quick,
	}
}

// holding is whether a fact is held, and ever was: 0 or 1, or the difference of two.
type holding struct{ now, ever int }

func (h holding) less(other holding) holding { return holding{h.now - other.now, h.ever - other.ever} }

func holdingBy(proofs map[quiz.Facet][]int) (h holding) {
	for _, p := range proofs {
		now, ever := rank.Held(p)
		if now {
			h.now = 1
		}
		if ever {
			h.ever = 1
		}
	}
	return h
}

// holdingOf is how a person holds a fact, by all that is written down but what came of
// one answer.
func holdingOf(tx *gorm.DB, who quiz.Who, fact int64, but string) (holding, error) {
	var rows []gainRow
	err := tx.Raw("SELECT facet, proof FROM gains WHERE person = ? AND fact = ? AND token <> ? ORDER BY facet, day", who.Person, fact, but).Scan(&rows).Error
	proofs := map[quiz.Facet][]int{}
	for _, r := range rows {
		proofs[quiz.Facet(r.Facet)] = append(proofs[quiz.Facet(r.Facet)], r.Proof)
	}
	return holdingBy(proofs), err
}

// addition is what a gain adds to a score.
type addition struct{ points, days, cleared int }

// countOn puts a gain on a board, or takes it off: by is 1, −1, or 0 where only what is
// held changes. What was never counted there is not taken off.
func countOn(tx *gorm.DB, who quiz.Who, b boardRef, g rank.Gain, by int, held holding, site quiz.Calendar, now time.Time) error {
	was, err := tallyOf(tx, who, b.Board, g.Day)
	if err != nil || by < 0 && was.Answers == 0 && was.Points == 0 {
		return err
	}
	is := was.with(g, by)
	if err := saveTally(tx, who, b.Board, g.Day, is); err != nil {
		return err
	}
	add := added(was, is)
	cal := b.cal(site)
	for _, span := range rank.Spans {
		period := rank.Period(span, cal, g.At)
		if period != rank.Period(span, cal, now) { // that season is over
			continue
		}
		if err := addScore(tx, who, b.Board, quiz.Practice, period, add, g.At); err != nil {
			return err
		}
		if err := addScore(tx, who, b.Board, quiz.Knowledge, period, addition{points: held.on(span)}, g.At); err != nil {
			return err
		}
	}
	return nil
}

// on is what counts in a span: of all time what is held, of a season what was held for
// the first time, so that nothing is won by losing it before.
func (h holding) on(span rank.Span) int {
	if span == rank.All {
		return h.now
	}
	return h.ever
}

type tallyRow struct{ Points, Answers, Cleared int }

// with is the tally with a gain, or without it: by is 1 or −1.
func (t tallyRow) with(g rank.Gain, by int) tallyRow {
	t.Points += by * g.Points
	if !g.Quick {
		t.Answers += by
		t.Cleared += by * max(0, g.Proof)
	}
	return t
}

// added is what a day's tally adds to scores when it becomes another.
func added(was, is tallyRow) addition {
	return addition{rank.Capped(is.Points) - rank.Capped(was.Points), min(is.Answers, 1) - min(was.Answers, 1), is.Cleared - was.Cleared}
}

func saveTally(tx *gorm.DB, who quiz.Who, board string, day int64, t tallyRow) error {
	return tx.Exec(`INSERT INTO tallies (person, board, day, points, answers, cleared) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (person, board, day) DO UPDATE SET points = excluded.points, answers = excluded.answers, cleared = excluded.cleared`,
		who.Person, board, day, t.Points, t.Answers, t.Cleared).Error
}

func tallyOf(tx *gorm.DB, who quiz.Who, board string, day int64) (tallyRow, error) {
	t, err := scanOne[tallyRow](tx.Raw("SELECT points, answers, cleared FROM tallies WHERE person = ? AND board = ? AND day = ?", who.Person, board, day))
	if quiz.Is(err, quiz.Missing) {
		return tallyRow{}, nil
	}
	return t, err
}

func addScore(tx *gorm.DB, who quiz.Who, board string, counts quiz.Count, period string, add addition, at time.Time) error {
	if add == (addition{}) {
		return nil
	}
	return tx.Exec(`INSERT INTO scores (person, board, counts, period, points, days, cleared, reached, shown)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT NOT hidden FROM persons WHERE id = ?))
		ON CONFLICT (person, board, counts, period) DO UPDATE SET points = scores.points + excluded.points, days = scores.days + excluded.days,
			cleared = scores.cleared + excluded.cleared,
			reached = CASE WHEN excluded.points > 0 THEN excluded.reached ELSE scores.reached END`,
		who.Person, board, string(counts), period, add.points, add.days, add.cleared, ms(at), who.Person).Error
}

// Hurried counts the answers of a student of the teacher's class about the deck of an
// assignment since a day that were faster than anybody reads.
func (db *DB) Hurried(ctx context.Context, who quiz.Who, class, assignment, student, since int64) (int, error) {
	a, err := db.AssignmentOf(ctx, who, class, assignment)
	if err != nil {
		return 0, err
	}
	s, err := db.StudentOf(ctx, who, class, student)
	if err != nil || !s.Gone.IsZero() {
		return 0, err
	}
	return scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM gains WHERE person = ? AND day >= ? AND deck = ? AND quick", s.Person, since, a.Deck))
}
