package storage

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/leaderboard"

	"gorm.io/gorm"
)

// checkBoardAccess checks whether a person may see and join a board: the site's, those of
// public decks, those of quizzes on decks they can see, and those of their classes that have
// boards enabled. Otherwise it returns NotFound.
func checkBoardAccess(g *gorm.DB, who quiz.Who, b quiz.BoardID) (boardRef, error) {
	ref := boardRef{Board: b.String()}
	switch b.Kind {
	case quiz.BoardKindSite:
		return ref, nil
	case quiz.BoardKindDeck, quiz.BoardKindQuiz:
		row, err := scanOne[deckRow](g.Raw("SELECT * FROM decks WHERE id = ?", b.ID))
		if err != nil {
			return ref, err
		}
		d := row.deck()
		if d.Deleted.IsZero() && (d.Visibility == quiz.VisibilityPublic || b.Kind == quiz.BoardKindQuiz && d.VisibleTo(who)) {
			return ref, nil
		}
	case quiz.BoardKindClass:
		zone, err := scanOne[string](g.Raw(`SELECT c.zone FROM classes c WHERE c.id = @class AND c.boards AND (EXISTS (SELECT 1 FROM teachers t WHERE t.class = c.id AND t.person = @who)
			OR EXISTS (SELECT 1 FROM students s WHERE s.class = c.id AND s.person = @who AND s.gone = 0))`, map[string]any{"class": b.ID, "who": who.Person}))
		ref.Zone = zone
		return ref, err
	}
	return ref, quiz.NewError(quiz.NotFound, "error.missing")
}

// JoinBoard adds a person to the board of the site or a deck under an alias, with the points
// they earned so far. A member's alias is updated. A class board is joined by joining the
// class. It returns Invalid at alias if another member has it.
func (db *DB) JoinBoard(ctx context.Context, who quiz.Who, b quiz.BoardID, alias string, now time.Time) error {
	if b.Kind != quiz.BoardKindSite && b.Kind != quiz.BoardKindDeck {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	return boardAliasTaken(db.write(ctx, func(tx *gorm.DB) error {
		ref, fresh, err := db.addBoardMember(tx, who, b, alias, now)
		if err != nil || !fresh { // a new alias does not change points
			return err
		}
		if err := rebuildPoints(tx, who, ref, time.Time{}, now, db.siteCalendar); err != nil {
			return err
		}
		return setStandingsShown(tx, who, ref.Board, true)
	}))
}

// boardAliasTaken turns a duplicate key error into Invalid at alias.
func boardAliasTaken(err error) error {
	if !isDuplicateKey(err) {
		return err
	}
	var p quiz.Problems
	p.Add("alias", "problem.alias.board")
	return p.Err()
}

// addBoardMember saves the member and shows their standings. fresh is true if they were not on
// the board before.
func (db *DB) addBoardMember(tx *gorm.DB, who quiz.Who, b quiz.BoardID, alias string, now time.Time) (ref boardRef, fresh bool, err error) {
	if err := lockPerson(tx, who); err != nil {
		return ref, false, err
	}
	if ref, err = checkBoardAccess(tx, who, b); err != nil {
		return ref, false, err
	}
	n, err := scanOne[int](tx.Raw("SELECT count(*) FROM players WHERE person = ? AND board = ?", who.Person, ref.Board))
	if err != nil {
		return ref, false, err
	}
	if err := tx.Exec(`INSERT INTO players (person, board, alias, alias_key, joined) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (person, board) DO UPDATE SET alias = excluded.alias, alias_key = excluded.alias_key`,
		who.Person, ref.Board, alias, quiz.FoldName(alias), toMillis(now)).Error; err != nil {
		return ref, false, err
	}
	return ref, n == 0, setStandingsShown(tx, who, ref.Board, true)
}

// JoinQuizBoard adds a person to the board of a shared quiz with the score of their first
// attempt, in hundredths.
func (db *DB) JoinQuizBoard(ctx context.Context, who quiz.Who, b quiz.BoardID, alias string, points int, at, now time.Time) error {
	return boardAliasTaken(db.write(ctx, func(tx *gorm.DB) error {
		ref, _, err := db.addBoardMember(tx, who, b, alias, now)
		if err != nil {
			return err
		}
		if err := tx.Exec("DELETE FROM scores WHERE person = ? AND board = ?", who.Person, ref.Board).Error; err != nil {
			return err
		}
		return addToStanding(tx, who, ref.Board, quiz.MetricScore, string(leaderboard.PeriodAllTime), standingDelta{points: points, practiceDays: 1}, at)
	}))
}

// setStandingsShown shows or hides a person's standings on a board. Someone who is hidden on
// all boards stays hidden.
func setStandingsShown(tx *gorm.DB, who quiz.Who, board string, shown bool) error {
	if err := lockPerson(tx, who); err != nil { // waits for an answer being saved
		return err
	}
	return tx.Exec("UPDATE scores SET shown = (? AND NOT (SELECT hidden FROM persons WHERE id = ?)) WHERE person = ? AND board = ?",
		shown, who.Person, who.Person, board).Error
}

// LeaveBoard removes a person from a board, including its past periods.
func (db *DB) LeaveBoard(ctx context.Context, who quiz.Who, b quiz.BoardID) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		if err := tx.Exec("DELETE FROM players WHERE person = ? AND board = ?", who.Person, b.String()).Error; err != nil {
			return err
		}
		return setStandingsShown(tx, who, b.String(), false)
	})
}

// SetHiddenOnBoards hides a person on every board, including class boards, or shows them again.
func (db *DB) SetHiddenOnBoards(ctx context.Context, who quiz.Who, hidden bool) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE persons SET hidden = ? WHERE id = ?", hidden, who.Person).Error; err != nil {
			return err
		}
		if hidden {
			return tx.Exec("UPDATE scores SET shown = ? WHERE person = ?", false, who.Person).Error
		}
		var boards []string
		if err := tx.Raw("SELECT board FROM players WHERE person = ?", who.Person).Scan(&boards).Error; err != nil {
			return err
		}
		var classes []int64
		if err := tx.Raw("SELECT class FROM students WHERE person = ? AND gone = 0", who.Person).Scan(&classes).Error; err != nil {
			return err
		}
		for _, id := range classes {
			boards = append(boards, quiz.BoardID{Kind: quiz.BoardKindClass, ID: id}.String())
		}
		for _, b := range boards {
			if err := setStandingsShown(tx, who, b, true); err != nil {
				return err
			}
		}
		return nil
	})
}

// IsHiddenOnBoards reports whether a person is hidden on every board.
func (db *DB) IsHiddenOnBoards(ctx context.Context, who quiz.Who) (bool, error) {
	return scanOne[bool](db.read(ctx).Raw("SELECT hidden FROM persons WHERE id = ?", who.Person))
}

// SetClassBoardsEnabled turns the boards of a class on or off. When they are turned on, they
// show at once what students have learned since they joined.
func (db *DB) SetClassBoardsEnabled(ctx context.Context, who quiz.Who, class int64, boards bool, now time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		if c.BoardsEnabled == boards {
			return nil
		}
		if err := tx.Exec("UPDATE classes SET boards = ? WHERE id = ?", boards, class).Error; err != nil || !boards {
			return err
		}
		all, err := listStudents(tx.Raw(selectStudents+"s.class = ? AND s.gone = 0 ORDER BY s.person", class))
		for _, s := range all {
			if err == nil {
				err = rebuildStudentPoints(tx, c, s, now, db.siteCalendar)
			}
		}
		return err
	})
}

func rebuildStudentPoints(tx *gorm.DB, c quiz.Class, s quiz.Student, now time.Time, site quiz.Calendar) error {
	who := quiz.Who{Person: s.Person}
	if err := lockPerson(tx, who); err != nil { // waits for an answer being saved
		return err
	}
	ref := boardRef{quiz.BoardID{Kind: quiz.BoardKindClass, ID: c.ID}.String(), c.Zone}
	if err := rebuildPoints(tx, who, ref, s.JoinedAt, now, site); err != nil {
		return err
	}
	return setStandingsShown(tx, who, ref.Board, true)
}

// PastPeriods returns those of the given periods in which the board has standings, in their
// order.
func (db *DB) PastPeriods(ctx context.Context, who quiz.Who, b quiz.BoardID, counts quiz.BoardMetric, periods []string) ([]string, error) {
	ref, err := checkBoardAccess(db.read(ctx), who, b)
	if err != nil {
		return nil, err
	}
	var there []string
	err = db.read(ctx).Raw("SELECT DISTINCT period FROM scores WHERE board = ? AND counts = ? AND period IN ? AND shown AND points > 0", ref.Board, string(counts), periods).Scan(&there).Error
	return slices.DeleteFunc(slices.Clone(periods), func(p string) bool { return !slices.Contains(there, p) }), dbError(err)
}

// mergeBoards moves a guest's board memberships and standings to an account and rebuilds the
// points of current periods. If the guest was hidden, the account becomes hidden.
func (db *DB) mergeBoards(tx *gorm.DB, who, guest quiz.Who, now time.Time) error {
	args := map[string]any{"who": who.Person, "guest": guest.Person, "hidden": true}
	for _, statement := range []string{
		"UPDATE persons SET hidden = @hidden WHERE id = @who AND EXISTS (SELECT 1 FROM persons g WHERE g.id = @guest AND g.hidden)",
		"UPDATE players SET person = @who WHERE person = @guest AND NOT EXISTS (SELECT 1 FROM players p WHERE p.person = @who AND p.board = players.board)",
		`UPDATE scores SET person = @who WHERE person = @guest AND NOT EXISTS (SELECT 1 FROM scores s
			WHERE s.person = @who AND s.board = scores.board AND s.counts = scores.counts AND s.period = scores.period)`,
		"DELETE FROM players WHERE person = @guest", "DELETE FROM scores WHERE person = @guest",
		"DELETE FROM tallies WHERE person = @guest", "DELETE FROM gains WHERE person = @guest",
	} {
		if err := tx.Exec(statement, args).Error; err != nil {
			return err
		}
	}
	var keys []string
	if err := tx.Raw("SELECT board FROM players WHERE person = ?", who.Person).Scan(&keys).Error; err != nil {
		return err
	}
	for _, key := range keys {
		if b, ok := quiz.ParseBoardID(key); !ok || b.Kind == quiz.BoardKindQuiz {
			continue
		}
		if err := rebuildPoints(tx, who, boardRef{Board: key}, time.Time{}, now, db.siteCalendar); err != nil {
			return err
		}
	}
	var classes []classRow
	if err := tx.Raw("SELECT c.* FROM classes c JOIN students s ON s.class = c.id AND s.person = ? AND s.gone = 0 WHERE c.boards", who.Person).Scan(&classes).Error; err != nil {
		return err
	}
	for _, c := range classes {
		row, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.person = ?", c.ID, who.Person))
		if err != nil {
			return err
		}
		if err := rebuildStudentPoints(tx, c.class(), row.student(), now, db.siteCalendar); err != nil {
			return err
		}
	}
	return tx.Exec("UPDATE scores SET shown = ? WHERE person = ? AND (SELECT hidden FROM persons p WHERE p.id = scores.person)", false, who.Person).Error
}

// FirstQuizAnswers returns a person's first answer to each question of a quiz attempt,
// including undone answers.
func (db *DB) FirstQuizAnswers(ctx context.Context, who quiz.Who, run string) ([]quiz.Review, error) {
	all, err := listReviews(db.read(ctx).Raw(selectReviews+"AND r.run = ? AND r.run <> '' AND r.lead = '' ORDER BY r.id", who.Person, run))
	seen := map[quiz.CardID]bool{}
	return slices.DeleteFunc(all, func(r quiz.Review) bool {
		was := seen[r.CardAfter.CardID]
		seen[r.CardAfter.CardID] = true
		return was
	}), err
}

// QuizAttempts lists a person's quiz attempts on a deck, oldest first.
func (db *DB) QuizAttempts(ctx context.Context, who quiz.Who, deck int64) ([]quiz.QuizAttempt, error) {
	var rows []quizAttemptRow
	if err := dbError(db.read(ctx).Raw("SELECT id, deck, quiz, started FROM runs WHERE person = ? AND deck = ? ORDER BY started, id", who.Person, deck).Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]quiz.QuizAttempt, len(rows))
	for i, r := range rows {
		run, err := r.quizAttempt()
		if err != nil {
			return nil, err
		}
		out[i] = run
	}
	return out, nil
}

// JoinedBoards lists the boards that a person is on, except those of quizzes.
func (db *DB) JoinedBoards(ctx context.Context, who quiz.Who) ([]leaderboard.JoinedBoard, error) {
	var out []leaderboard.JoinedBoard
	var decks []struct {
		ID          int64
		Name, Title string
	}
	g := db.read(ctx)
	var keys []string
	if err := dbError(g.Raw("SELECT board FROM players WHERE person = ? AND board NOT LIKE 'quiz/%' ORDER BY joined", who.Person).Scan(&keys).Error); err != nil {
		return nil, err
	}
	ids := []int64{0}
	for _, key := range keys {
		if b, ok := quiz.ParseBoardID(key); ok && b.Kind == quiz.BoardKindSite {
			out = append(out, leaderboard.JoinedBoard{BoardID: b})
		} else if ok {
			ids = append(ids, b.ID)
		}
	}
	if err := dbError(g.Raw("SELECT id, name, title FROM decks WHERE id IN ? AND deleted = 0 AND visible = 'everybody' ORDER BY title, id", ids).Scan(&decks).Error); err != nil {
		return nil, err
	}
	for _, d := range decks {
		out = append(out, leaderboard.JoinedBoard{BoardID: quiz.BoardID{Kind: quiz.BoardKindDeck, ID: d.ID}, Title: d.Title, Name: d.Name})
	}
	decks = nil
	err := dbError(g.Raw(`SELECT c.id, c.name, c.title FROM classes c WHERE c.boards AND c.archived = 0 AND c.id IN (
		SELECT class FROM students WHERE person = @who AND gone = 0 UNION ALL SELECT class FROM teachers WHERE person = @who) ORDER BY c.title, c.id`,
		map[string]any{"who": who.Person}).Scan(&decks).Error)
	for _, c := range decks {
		out = append(out, leaderboard.JoinedBoard{BoardID: quiz.BoardID{Kind: quiz.BoardKindClass, ID: c.ID}, Title: c.Title, Name: c.Name})
	}
	return out, err
}

// LastBoardAlias returns the alias a person last used on a board, or "". Aliases in classes are
// not used, because they are not public.
func (db *DB) LastBoardAlias(ctx context.Context, who quiz.Who) (string, error) {
	alias, err := scanOne[string](db.read(ctx).Raw("SELECT alias FROM players WHERE person = ? ORDER BY joined DESC LIMIT 1", who.Person))
	if quiz.Is(err, quiz.NotFound) {
		return "", nil
	}
	return alias, err
}
