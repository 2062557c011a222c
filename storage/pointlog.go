package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/leaderboard"

	"gorm.io/gorm"
)

// SetBoardZone sets the time zone in which the periods of the site's boards begin and end. The
// default is UTC.
func (db *DB) SetBoardZone(zone string) { db.siteCalendar = quiz.NewCalendar(zone) }

// boardRef is a board on which an answer counts, with the time zone of its periods; "" is the
// site's.
type boardRef struct{ Board, Zone string }

// isTrustedDeckSQL is the condition that a deck d counts on the site's board: it is shipped,
// its owner is a teacher or administrator, or its owner was erased.
const isTrustedDeckSQL = "(d.owner <= 0 OR EXISTS (SELECT 1 FROM persons o WHERE o.id = d.owner AND o.role IN ('teacher', 'admin')))"

// boardsFor lists the boards on which a person's answers about a deck count: joined boards of
// public decks, and boards of their classes that have the deck assigned. A person's own deck
// counts on no board.
func boardsFor(tx *gorm.DB, who quiz.Who, deck int64) ([]boardRef, error) {
	var out []boardRef
	err := tx.Raw(`SELECT p.board, '' AS zone FROM players p JOIN decks d ON d.id = @deck AND d.visible = 'everybody' AND d.owner <> @who
			WHERE p.person = @who AND p.board IN @boards AND (p.board <> 'site' OR `+isTrustedDeckSQL+`)`,
		map[string]any{"who": who.Person, "deck": deck, "boards": []string{quiz.BoardID{Kind: quiz.BoardKindSite}.String(), quiz.BoardID{Kind: quiz.BoardKindDeck, ID: deck}.String()}}).Scan(&out).Error
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
		out = append(out, boardRef{quiz.BoardID{Kind: quiz.BoardKindClass, ID: c.ID}.String(), c.Zone})
	}
	return out, err
}

func (b boardRef) cal(site quiz.Calendar) quiz.Calendar {
	if b.Zone == "" {
		return site
	}
	return quiz.NewCalendar(b.Zone)
}

// savePoints appends an answer's points to gains (the point log) before the review is saved,
// and adds them to the person's boards. Periods that are over at now are not changed.
func savePoints(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	if _, ok := leaderboard.PointsFor(r, leaderboard.EarlierPoints{}, 0); !ok { // most answers, so skip the queries
		return nil
	}
	g, err := insertPointEntry(tx, who, r)
	if err != nil || g == nil {
		return err
	}
	boards, err := boardsFor(tx, who, g.Deck)
	if err != nil || len(boards) == 0 {
		return err
	}
	after, err := masteryOf(tx, who, g.Fact, "")
	if err != nil {
		return err
	}
	before, err := masteryOf(tx, who, g.Fact, g.Token)
	for _, b := range boards {
		if err == nil {
			err = addToBoard(tx, who, b, *g, 1, after.minus(before), site, now)
		}
	}
	return err
}

// insertPointEntry inserts the entry and returns it. It returns nil if the answer earns none or
// the card already has one on that day.
func insertPointEntry(tx *gorm.DB, who quiz.Who, r quiz.Review) (*leaderboard.PointLogEntry, error) {
	id := r.CardAfter.CardID
	past, err := scanOne[leaderboard.EarlierPoints](tx.Raw("SELECT count(*) AS days, coalesce(sum(points), 0) AS paid FROM gains WHERE person = ? AND fact = ? AND facet = ? AND day < ?",
		who.Person, id.Fact, uint8(id.Facet), r.Day))
	if err != nil {
		return nil, err
	}
	var last int64
	if err := tx.Raw("SELECT at FROM reviews WHERE person = ? AND lead = '' ORDER BY id DESC LIMIT 1", who.Person).Scan(&last).Error; err != nil {
		return nil, err
	}
	gap := time.Duration(0)
	if r.LeadToken == "" && last != 0 {
		gap = max(0, r.At.Sub(fromMillis(last)))
	}
	g, ok := leaderboard.PointsFor(r, past, gap)
	if !ok {
		return nil, nil
	}
	done := tx.Exec(`INSERT INTO gains (person, fact, facet, day, deck, token, at, points, proof, quick) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (person, fact, facet, day) DO NOTHING`,
		who.Person, id.Fact, uint8(id.Facet), g.Day, g.Deck, g.Token, toMillis(g.At), g.Points, g.MasteryStep, g.Rushed)
	if done.Error != nil || done.RowsAffected == 0 {
		return nil, done.Error
	}
	return &g, nil
}

// removePoints removes an undone answer's points. The entry of a wrong answer stays with 0
// points, because the person has seen the solution and must not earn points for that card on
// that day.
func removePoints(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	id := r.CardAfter.CardID
	const mine = " WHERE person = ? AND fact = ? AND facet = ? AND day = ? AND token = ?"
	row, err := scanOne[pointEntryRow](tx.Raw("SELECT * FROM gains"+mine, who.Person, id.Fact, uint8(id.Facet), r.Day, r.Token))
	if quiz.Is(err, quiz.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	before, err := masteryOf(tx, who, id.Fact, "")
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
	after, err := masteryOf(tx, who, id.Fact, "")
	if err != nil {
		return err
	}
	boards, err := boardsFor(tx, who, row.Deck)
	for _, b := range boards {
		if err == nil {
			err = addToBoard(tx, who, b, row.pointEntry(), by, after.minus(before), site, now)
		}
	}
	return err
}

type pointEntryRow struct {
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

func (r pointEntryRow) pointEntry() leaderboard.PointLogEntry {
	return leaderboard.PointLogEntry{
		CardID: quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}, Token: r.Token, Deck: r.Deck, Day: r.Day, At: fromMillis(r.At),
		Points: r.Points, MasteryStep: r.Proof, Rushed: r.Quick,
	}
}

// masteryCount says whether a fact is mastered and ever was, each 0 or 1, or holds the
// difference of two such counts.
type masteryCount struct{ mastered, everMastered int }

func (h masteryCount) minus(other masteryCount) masteryCount {
	return masteryCount{h.mastered - other.mastered, h.everMastered - other.everMastered}
}

func masteryFrom(proofs map[quiz.Facet][]int) (h masteryCount) {
	for _, p := range proofs {
		now, ever := leaderboard.IsMastered(p)
		if now {
			h.mastered = 1
		}
		if ever {
			h.everMastered = 1
		}
	}
	return h
}

// masteryOf computes a person's mastery of a fact from all entries in gains except the one with
// the token but.
func masteryOf(tx *gorm.DB, who quiz.Who, fact int64, but string) (masteryCount, error) {
	var rows []pointEntryRow
	err := tx.Raw("SELECT facet, proof FROM gains WHERE person = ? AND fact = ? AND token <> ? ORDER BY facet, day", who.Person, fact, but).Scan(&rows).Error
	proofs := map[quiz.Facet][]int{}
	for _, r := range rows {
		proofs[quiz.Facet(r.Facet)] = append(proofs[quiz.Facet(r.Facet)], r.Proof)
	}
	return masteryFrom(proofs), err
}

// standingDelta is what an entry adds to a standing.
type standingDelta struct{ points, practiceDays, dueRecalled int }

// addToBoard adds an entry to a board or removes it: by is 1, −1, or 0 if only the mastery
// changes. An entry that was never counted there is not removed.
func addToBoard(tx *gorm.DB, who quiz.Who, b boardRef, g leaderboard.PointLogEntry, by int, held masteryCount, site quiz.Calendar, now time.Time) error {
	was, err := dailyPointsOf(tx, who, b.Board, g.Day)
	if err != nil || by < 0 && was.Answers == 0 && was.Points == 0 {
		return err
	}
	is := was.plus(g, by)
	if err := saveDailyPoints(tx, who, b.Board, g.Day, is); err != nil {
		return err
	}
	add := deltaBetween(was, is)
	cal := b.cal(site)
	for _, span := range leaderboard.PeriodKinds {
		period := leaderboard.PeriodKey(span, cal, g.At)
		if period != leaderboard.PeriodKey(span, cal, now) { // that period is over
			continue
		}
		if err := addToStanding(tx, who, b.Board, quiz.MetricPractice, period, add, g.At); err != nil {
			return err
		}
		if err := addToStanding(tx, who, b.Board, quiz.MetricMastered, period, standingDelta{points: held.countedIn(span)}, g.At); err != nil {
			return err
		}
	}
	return nil
}

// countedIn returns what counts in a period: mastered facts for all time, and facts mastered
// for the first time in a week or term, so that forgetting a fact first brings no advantage.
func (h masteryCount) countedIn(span leaderboard.PeriodKind) int {
	if span == leaderboard.PeriodAllTime {
		return h.mastered
	}
	return h.everMastered
}

type dailyPointsRow struct{ Points, Answers, Cleared int }

// plus returns the day's points with an entry added (by = 1) or removed (by = −1); by = 0
// changes nothing.
func (t dailyPointsRow) plus(g leaderboard.PointLogEntry, by int) dailyPointsRow {
	t.Points += by * g.Points
	if !g.Rushed {
		t.Answers += by
		t.Cleared += by * max(0, g.MasteryStep)
	}
	return t
}

// deltaBetween returns what a change of a day's points adds to standings.
func deltaBetween(was, is dailyPointsRow) standingDelta {
	return standingDelta{leaderboard.CapPoints(is.Points) - leaderboard.CapPoints(was.Points), min(is.Answers, 1) - min(was.Answers, 1), is.Cleared - was.Cleared}
}

func saveDailyPoints(tx *gorm.DB, who quiz.Who, board string, day int64, t dailyPointsRow) error {
	return tx.Exec(`INSERT INTO tallies (person, board, day, points, answers, cleared) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (person, board, day) DO UPDATE SET points = excluded.points, answers = excluded.answers, cleared = excluded.cleared`,
		who.Person, board, day, t.Points, t.Answers, t.Cleared).Error
}

func dailyPointsOf(tx *gorm.DB, who quiz.Who, board string, day int64) (dailyPointsRow, error) {
	t, err := scanOne[dailyPointsRow](tx.Raw("SELECT points, answers, cleared FROM tallies WHERE person = ? AND board = ? AND day = ?", who.Person, board, day))
	if quiz.Is(err, quiz.NotFound) {
		return dailyPointsRow{}, nil
	}
	return t, err
}

func addToStanding(tx *gorm.DB, who quiz.Who, board string, counts quiz.BoardMetric, period string, add standingDelta, at time.Time) error {
	if add == (standingDelta{}) {
		return nil
	}
	return tx.Exec(`INSERT INTO scores (person, board, counts, period, points, days, cleared, reached, shown)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT NOT hidden FROM persons WHERE id = ?))
		ON CONFLICT (person, board, counts, period) DO UPDATE SET points = scores.points + excluded.points, days = scores.days + excluded.days,
			cleared = scores.cleared + excluded.cleared,
			reached = CASE WHEN excluded.points > 0 THEN excluded.reached ELSE scores.reached END`,
		who.Person, board, string(counts), period, add.points, add.practiceDays, add.dueRecalled, toMillis(at), who.Person).Error
}

// CountRushedAnswers counts a student's answers about the deck of an assignment since a day
// that were too fast to have read the question.
func (db *DB) CountRushedAnswers(ctx context.Context, who quiz.Who, class, assignment, student, since int64) (int, error) {
	a, err := db.Assignment(ctx, who, class, assignment)
	if err != nil {
		return 0, err
	}
	s, err := db.Student(ctx, who, class, student)
	if err != nil || !s.LeftAt.IsZero() {
		return 0, err
	}
	return scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM gains WHERE person = ? AND day >= ? AND deck = ? AND quick", s.Person, since, a.Deck))
}
