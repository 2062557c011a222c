package storage

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/leaderboard"

	"gorm.io/gorm"
)

// rebuildPoints rebuilds a person's tallies (daily points) and scores (standings) on a board
// from gains (the point log), for the periods current at now. Points earned before since do not
// count.
func rebuildPoints(tx *gorm.DB, who quiz.Who, b boardRef, since, now time.Time, site quiz.Calendar) error {
	if err := clearStandings(tx, who, b, now, site); err != nil {
		return err
	}
	var rows []pointEntryRow
	board, _ := quiz.ParseBoardID(b.Board)
	where := "d.visible = 'everybody'"
	switch board.Kind {
	case quiz.BoardKindSite:
		where += " AND " + isTrustedDeckSQL
	case quiz.BoardKindDeck:
		where += " AND g.deck = @id"
	case quiz.BoardKindClass:
		where = "EXISTS (SELECT 1 FROM assignments a WHERE a.class = @id AND a.deck = g.deck AND a.removed = 0 AND a.created <= g.at)"
	}
	if err := tx.Raw(`SELECT g.fact, g.facet, g.day, g.deck, g.token, g.at, g.points, g.proof, g.quick FROM gains g JOIN decks d ON d.id = g.deck AND d.owner <> @who
		WHERE g.person = @who AND `+where+" ORDER BY g.at, g.fact, g.facet", map[string]any{"who": who.Person, "id": board.ID}).Scan(&rows).Error; err != nil {
		return err
	}
	sum := newPointTotals(b.cal(site), now)
	for _, r := range rows {
		sum.add(r.pointEntry(), since)
	}
	return sum.save(tx, who, b.Board)
}

// pointTotals sums entries with the same result as calling addToBoard for each.
type pointTotals struct {
	cal          quiz.Calendar
	periods      map[leaderboard.PeriodKind]string
	masterySteps map[int64]map[quiz.Facet][]int // by fact
	daily        map[int64]dailyPointsRow
	standings    map[standingKey]standingTotal
}

type standingKey struct {
	counts quiz.BoardMetric
	period string
}

type standingTotal struct {
	standingDelta
	reached time.Time
}

func newPointTotals(cal quiz.Calendar, now time.Time) *pointTotals {
	s := &pointTotals{cal: cal, periods: map[leaderboard.PeriodKind]string{}, masterySteps: map[int64]map[quiz.Facet][]int{}, daily: map[int64]dailyPointsRow{}, standings: map[standingKey]standingTotal{}}
	for _, span := range leaderboard.PeriodKinds {
		s.periods[span] = leaderboard.PeriodKey(span, cal, now)
	}
	return s
}

func (s *pointTotals) add(g leaderboard.PointLogEntry, since time.Time) {
	of := s.masterySteps[g.Fact]
	if of == nil {
		of = map[quiz.Facet][]int{}
		s.masterySteps[g.Fact] = of
	}
	before := masteryFrom(of)
	of[g.Facet] = append(of[g.Facet], g.MasteryStep)
	held := masteryFrom(of).minus(before)
	if g.At.Before(since) {
		return
	}
	old := s.daily[g.Day]
	tally := old.plus(g, 1)
	s.daily[g.Day] = tally
	for _, span := range leaderboard.PeriodKinds {
		period := s.periods[span]
		if leaderboard.PeriodKey(span, s.cal, g.At) != period {
			continue
		}
		s.addStanding(standingKey{quiz.MetricPractice, period}, deltaBetween(old, tally), g.At)
		s.addStanding(standingKey{quiz.MetricMastered, period}, standingDelta{points: held.countedIn(span)}, g.At)
	}
}

func (s *pointTotals) addStanding(k standingKey, a standingDelta, at time.Time) {
	if a == (standingDelta{}) {
		return
	}
	was := s.standings[k]
	if was.reached.IsZero() || a.points > 0 {
		was.reached = at
	}
	was.points, was.practiceDays, was.dueRecalled = was.points+a.points, was.practiceDays+a.practiceDays, was.dueRecalled+a.dueRecalled
	s.standings[k] = was
}

func (s *pointTotals) save(tx *gorm.DB, who quiz.Who, board string) error {
	var rows [][]any
	for day, t := range s.daily {
		rows = append(rows, []any{who.Person, board, day, t.Points, t.Answers, t.Cleared})
	}
	if err := bulkInsert(tx, "tallies", "person, board, day, points, answers, cleared", rows); err != nil {
		return err
	}
	for k, a := range s.standings {
		if err := addToStanding(tx, who, board, k.counts, k.period, a.standingDelta, a.reached); err != nil {
			return err
		}
	}
	return nil
}

// clearStandings deletes a person's daily points and their standings of the current periods on
// a board.
func clearStandings(tx *gorm.DB, who quiz.Who, b boardRef, now time.Time, site quiz.Calendar) error {
	var periods []string
	for _, span := range leaderboard.PeriodKinds {
		periods = append(periods, leaderboard.PeriodKey(span, b.cal(site), now))
	}
	if err := tx.Exec("DELETE FROM scores WHERE person = ? AND board = ? AND period IN ?", who.Person, b.Board, periods).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM tallies WHERE person = ? AND board = ?", who.Person, b.Board).Error
}
