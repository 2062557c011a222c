package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/rank"

	"gorm.io/gorm"
)

// CountIn says in which zone the weeks of the site's boards are counted; UTC until then.
func (db *DB) CountIn(zone string) { db.cal = quiz.NewCalendar(zone) }

// boardRef is a board that an answer counts on, with the zone of its periods.
type boardRef struct{ Board, Zone string }

// boardsFor lists the boards on which answers about a deck count for a person: those
// that they joined, of decks open to all, and those of their classes that are to know
// the deck. One's own deck counts nowhere.
func boardsFor(tx *gorm.DB, who quiz.Who, deck int64) ([]boardRef, error) {
	var out []boardRef
	err := tx.Raw(`SELECT p.board, '' AS zone FROM players p JOIN decks d ON d.id = @deck AND d.visible = 'everybody' AND d.owner <> @who
			WHERE p.person = @who AND p.board IN @boards`,
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
	if _, ok := rank.Of(r, false, 0); !ok { // most answers: nothing more is looked at
		return nil
	}
	id := r.After.CardID
	known, err := scanOne[int](tx.Raw("SELECT count(*) FROM gains WHERE person = ? AND fact = ? AND facet = ? AND day < ?", who.Person, id.Fact, uint8(id.Facet), r.Day))
	if err != nil {
		return err
	}
	var last int64
	if err := tx.Raw("SELECT at FROM reviews WHERE person = ? AND lead = '' ORDER BY id DESC LIMIT 1", who.Person).Scan(&last).Error; err != nil {
		return err
	}
	gap := time.Duration(0)
	if r.Lead == "" && last != 0 {
		gap = max(0, r.At.Sub(instant(last)))
	}
	g, ok := rank.Of(r, known > 0, gap)
	if !ok {
		return nil
	}
	boards, err := boardsFor(tx, who, g.Deck)
	if err != nil {
		return err
	}
	held := false
	if len(boards) > 0 {
		if held, err = factHeld(tx, who, id.Fact); err != nil {
			return err
		}
	}
	done := tx.Exec(`INSERT INTO gains (person, fact, facet, day, deck, token, at, points, proof, quick) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (person, fact, facet, day) DO NOTHING`,
		who.Person, id.Fact, uint8(id.Facet), g.Day, g.Deck, g.Token, ms(g.At), g.Points, g.Proof, g.Quick)
	if done.Error != nil || done.RowsAffected == 0 { // once a card and day
		return done.Error
	}
	return count(tx, who, boards, g, 1, held, site, now)
}

// dropGain takes it back with its answer.
func dropGain(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	id := r.After.CardID
	held, err := factHeld(tx, who, id.Fact)
	if err != nil {
		return err
	}
	var rows []gainRow
	err = tx.Raw("DELETE FROM gains WHERE person = ? AND fact = ? AND facet = ? AND day = ? AND token = ? RETURNING fact, facet, day, deck, token, at, points, proof, quick",
		who.Person, id.Fact, uint8(id.Facet), r.Day, r.Token).Scan(&rows).Error
	for _, row := range rows {
		if err != nil {
			return err
		}
		var boards []boardRef
		if boards, err = boardsFor(tx, who, row.Deck); err == nil {
			err = count(tx, who, boards, row.gain(), -1, held, site, now)
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

// factHeld tells whether a person holds some card of a fact.
func factHeld(tx *gorm.DB, who quiz.Who, fact int64) (bool, error) {
	var rows []gainRow
	err := tx.Raw("SELECT facet, proof FROM gains WHERE person = ? AND fact = ? ORDER BY facet, day", who.Person, fact).Scan(&rows).Error
	proofs := map[uint8][]int{}
	for _, r := range rows {
		proofs[r.Facet] = append(proofs[r.Facet], r.Proof)
	}
	for _, p := range proofs {
		if rank.Held(p) {
			return true, err
		}
	}
	return false, err
}

// count puts a gain on the person's boards, or takes it off: by is 1 or −1, and held
// tells whether the fact was held before.
func count(tx *gorm.DB, who quiz.Who, boards []boardRef, g rank.Gain, by int, held bool, site quiz.Calendar, now time.Time) error {
	if len(boards) == 0 {
		return nil
	}
	holds, err := factHeld(tx, who, g.Fact)
	if err != nil {
		return err
	}
	for _, b := range boards {
		if err := countOn(tx, who, b, g, by, knows(held, holds), site, now); err != nil {
			return err
		}
	}
	return nil
}

// addition is what a gain adds to a score.
type addition struct{ points, days, cleared int }

func countOn(tx *gorm.DB, who quiz.Who, b boardRef, g rank.Gain, by, known int, site quiz.Calendar, now time.Time) error {
	was, err := tallyOf(tx, who, b.Board, g.Day)
	if err != nil {
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
		if err := addScore(tx, who, b.Board, quiz.Knowledge, period, addition{points: known}, g.At); err != nil {
			return err
		}
	}
	return nil
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

// recount makes a person's tallies and scores on a board from their gains anew: of the
// periods that go on at now. What they brought before since does not count.
func recount(tx *gorm.DB, who quiz.Who, b boardRef, since, now time.Time, site quiz.Calendar) error {
	if err := clearScores(tx, who, b, now, site); err != nil {
		return err
	}
	var rows []gainRow
	board, _ := quiz.BoardOf(b.Board)
	where := "d.visible = 'everybody'"
	switch board.Kind {
	case quiz.OfDeck:
		where += " AND g.deck = @id"
	case quiz.OfClass:
		where = "EXISTS (SELECT 1 FROM assignments a WHERE a.class = @id AND a.deck = g.deck AND a.removed = 0 AND a.created <= g.at)"
	}
	if err := tx.Raw(`SELECT g.fact, g.facet, g.day, g.deck, g.token, g.at, g.points, g.proof, g.quick FROM gains g JOIN decks d ON d.id = g.deck AND d.owner <> @who
		WHERE g.person = @who AND `+where+" ORDER BY g.at, g.fact, g.facet", map[string]any{"who": who.Person, "id": board.ID}).Scan(&rows).Error; err != nil {
		return err
	}
	sum := newSum(b.cal(site), now)
	for _, r := range rows {
		sum.add(r.gain(), since)
	}
	return sum.keep(tx, who, b.Board)
}

// sum adds gains up as countOn does one after another.
type sum struct {
	cal     quiz.Calendar
	now     map[rank.Span]string
	proofs  map[quiz.CardID][]int
	held    map[int64]int // cards of a fact
	tallies map[int64]tallyRow
	scores  map[scoreKey]scoreSum
}

type scoreKey struct {
	counts quiz.Count
	period string
}

type scoreSum struct {
	addition
	reached time.Time
}

func newSum(cal quiz.Calendar, now time.Time) *sum {
	s := &sum{cal: cal, now: map[rank.Span]string{}, proofs: map[quiz.CardID][]int{}, held: map[int64]int{}, tallies: map[int64]tallyRow{}, scores: map[scoreKey]scoreSum{}}
	for _, span := range rank.Spans {
		s.now[span] = rank.Period(span, cal, now)
	}
	return s
}

func (s *sum) add(g rank.Gain, since time.Time) {
	before, was := s.held[g.Fact] > 0, rank.Held(s.proofs[g.CardID])
	s.proofs[g.CardID] = append(s.proofs[g.CardID], g.Proof)
	if is := rank.Held(s.proofs[g.CardID]); is && !was {
		s.held[g.Fact]++
	} else if was && !is {
		s.held[g.Fact]--
	}
	if g.At.Before(since) {
		return
	}
	old := s.tallies[g.Day]
	tally := old.with(g, 1)
	s.tallies[g.Day] = tally
	for _, span := range rank.Spans {
		period := s.now[span]
		if rank.Period(span, s.cal, g.At) != period {
			continue
		}
		s.score(scoreKey{quiz.Practice, period}, added(old, tally), g.At)
		s.score(scoreKey{quiz.Knowledge, period}, addition{points: knows(before, s.held[g.Fact] > 0)}, g.At)
	}
}

func (s *sum) score(k scoreKey, a addition, at time.Time) {
	if a == (addition{}) {
		return
	}
	was := s.scores[k]
	if was.reached.IsZero() || a.points > 0 {
		was.reached = at
	}
	was.points, was.days, was.cleared = was.points+a.points, was.days+a.days, was.cleared+a.cleared
	s.scores[k] = was
}

func (s *sum) keep(tx *gorm.DB, who quiz.Who, board string) error {
	for day, t := range s.tallies {
		if err := saveTally(tx, who, board, day, t); err != nil {
			return err
		}
	}
	for k, a := range s.scores {
		if err := addScore(tx, who, board, k.counts, k.period, a.addition, a.reached); err != nil {
			return err
		}
	}
	return nil
}

// knows is what a fact adds to those that are held.
func knows(before, after bool) int {
	switch {
	case after && !before:
		return 1
	case before && !after:
		return -1
	}
	return 0
}

// clearScores takes a person's points of the periods that go on off a board.
func clearScores(tx *gorm.DB, who quiz.Who, b boardRef, now time.Time, site quiz.Calendar) error {
	var periods []string
	for _, span := range rank.Spans {
		periods = append(periods, rank.Period(span, b.cal(site), now))
	}
	if err := tx.Exec("DELETE FROM scores WHERE person = ? AND board = ? AND period IN ?", who.Person, b.Board, periods).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM tallies WHERE person = ? AND board = ?", who.Person, b.Board).Error
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
