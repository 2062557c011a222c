package storage

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/rank"

	"gorm.io/gorm"
)

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
	case quiz.OfSite:
		where += " AND " + trusted
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
	proofs  map[int64]map[quiz.Facet][]int // of each fact
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
	s := &sum{cal: cal, now: map[rank.Span]string{}, proofs: map[int64]map[quiz.Facet][]int{}, tallies: map[int64]tallyRow{}, scores: map[scoreKey]scoreSum{}}
	for _, span := range rank.Spans {
		s.now[span] = rank.Period(span, cal, now)
	}
	return s
}

func (s *sum) add(g rank.Gain, since time.Time) {
	of := s.proofs[g.Fact]
	if of == nil {
		of = map[quiz.Facet][]int{}
		s.proofs[g.Fact] = of
	}
	before := holdingBy(of)
	of[g.Facet] = append(of[g.Facet], g.Proof)
	held := holdingBy(of).less(before)
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
		s.score(scoreKey{quiz.Knowledge, period}, addition{points: held.on(span)}, g.At)
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
	var rows [][]any
	for day, t := range s.tallies {
		rows = append(rows, []any{who.Person, board, day, t.Points, t.Answers, t.Cleared})
	}
	if err := bulk(tx, "tallies", "person, board, day, points, answers, cleared", rows); err != nil {
		return err
	}
	for k, a := range s.scores {
		if err := addScore(tx, who, board, k.counts, k.period, a.addition, a.reached); err != nil {
			return err
		}
	}
	return nil
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
