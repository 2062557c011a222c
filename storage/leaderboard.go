package storage

import (
	"context"

	"chronicle/quiz"

	"gorm.io/gorm"
)

type standingRow struct {
	Person                int64
	Points, Days, Cleared int
	Reached               int64
}

const rankedSQL = " FROM scores WHERE board = @board AND counts = @counts AND period = @period AND shown AND points > 0"

// Leaderboard returns a board in a period as a person sees it: the first three, the person, and
// two above and below. Equal points share a rank; who reached them first is listed first.
func (db *DB) Leaderboard(ctx context.Context, who quiz.Who, b quiz.BoardID, counts quiz.BoardMetric, period string) (quiz.Leaderboard, error) {
	g := db.read(ctx)
	ref, err := checkBoardAccess(g, who, b)
	if err != nil {
		return quiz.Leaderboard{}, err
	}
	args := map[string]any{"board": ref.Board, "counts": string(counts), "period": period, "who": who.Person}
	q := &boardQuery{g: g, args: args, who: who.Person}
	out := quiz.Leaderboard{Joined: q.joined(b)}
	q.scan(&out.PlayerCount, "SELECT count(*)"+rankedSQL)
	q.rows("SELECT person, points, days, cleared, reached" + rankedSQL + " ORDER BY points DESC, reached, person LIMIT 3")
	var mine []standingRow
	q.scan(&mine, "SELECT person, points, days, cleared, reached"+rankedSQL+" AND person = @who")
	if len(mine) == 1 && !who.IsNobody() {
		q.args["points"], q.args["reached"] = mine[0].Points, mine[0].Reached
		above := "(points > @points OR points = @points AND (reached < @reached OR reached = @reached AND person < @who))"
		q.rows("SELECT * FROM (SELECT person, points, days, cleared, reached" + rankedSQL + " AND " + above + " ORDER BY points, reached DESC, person DESC LIMIT 2) a ORDER BY points DESC, reached, person")
		q.all = append(q.all, mine...)
		q.rows("SELECT person, points, days, cleared, reached" + rankedSQL + " AND person <> @who AND NOT " + above + " ORDER BY points DESC, reached, person LIMIT 2")
	}
	out.Standings = q.standings(b)
	return out, dbError(q.err)
}

// boardQuery runs queries until one fails.
type boardQuery struct {
	g    *gorm.DB
	args map[string]any
	who  int64
	all  []standingRow
	err  error
}

func (q *boardQuery) scan(into any, query string) {
	if q.err == nil {
		q.err = q.g.Raw(query, q.args).Scan(into).Error
	}
}

func (q *boardQuery) rows(query string) {
	var some []standingRow
	q.scan(&some, query)
	q.all = append(q.all, some...)
}

func (q *boardQuery) joined(b quiz.BoardID) bool {
	var n int
	if b.Kind == quiz.BoardKindClass {
		q.args["class"] = b.ID
		q.scan(&n, "SELECT count(*) FROM students WHERE class = @class AND person = @who AND gone = 0")
	} else {
		q.scan(&n, "SELECT count(*) FROM players WHERE board = @board AND person = @who")
	}
	return n > 0
}

// standings ranks the rows, each person once, and adds their aliases. The first three are
// ranked from the top; the rank of the fourth is queried and the others follow from it.
func (q *boardQuery) standings(b quiz.BoardID) []quiz.Standing {
	var out []quiz.Standing
	seen := map[int64]bool{}
	at := 0 // how many are ranked above
	for i, r := range q.all {
		if seen[r.Person] {
			continue
		}
		seen[r.Person] = true
		place := quiz.Standing{Points: r.Points, PracticeDays: r.Days, DueRecalled: r.Cleared, IsMe: r.Person == q.who}
		before := len(out) - 1
		switch {
		case i == 3: // the first of those around the person
			q.args["person"], q.args["points"], q.args["reached"] = r.Person, r.Points, r.Reached
			var more, ties int
			q.scan(&more, "SELECT count(*)"+rankedSQL+" AND points > @points")
			q.scan(&ties, "SELECT count(*)"+rankedSQL+" AND points = @points AND (reached < @reached OR reached = @reached AND person < @person)")
			place.Rank, place.AfterGap = more+1, more+ties > at
			at = more + ties
		case before >= 0 && out[before].Points == r.Points:
			place.Rank = out[before].Rank
		default:
			place.Rank = at + 1
		}
		at++
		q.args["person"] = r.Person
		if b.Kind == quiz.BoardKindClass {
			q.args["class"] = b.ID
			q.scan(&place.Alias, "SELECT alias FROM students WHERE class = @class AND person = @person")
		} else {
			q.scan(&place.Alias, "SELECT alias FROM players WHERE board = @board AND person = @person")
		}
		out = append(out, place)
	}
	return out
}
