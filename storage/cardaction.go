package storage

import (
	"context"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// beforeResetSQL is the condition that a review r was given before its card was reset by hand.
const beforeResetSQL = `EXISTS (SELECT 1 FROM cares k WHERE k.person = r.person AND k.fact = r.fact AND k.facet = r.facet
	AND k.deed = 'forget' AND NOT k.undone AND k.review >= r.id)`

type cardActionRow struct {
	ID, Fact    int64
	Facet       uint8
	Deed        string
	Day, Review int64
	At          int64
	Undone      bool
}

func (r cardActionRow) cardAction() quiz.CardAction {
	return quiz.CardAction{
		ID: r.ID, CardID: quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)},
		Kind: quiz.CardActionKind(r.Deed), Day: r.Day, LastReview: r.Review, At: fromMillis(r.At), Undone: r.Undone,
	}
}

// listCardActions lists a person's card actions that match a condition.
func listCardActions(tx *gorm.DB, who quiz.Who, where string, args ...any) ([]quiz.CardAction, error) {
	var rows []cardActionRow
	if err := tx.Raw("SELECT * FROM cares WHERE person = ? AND "+where, append([]any{who.Person}, args...)...).Scan(&rows).Error; err != nil {
		return nil, dbError(err)
	}
	out := make([]quiz.CardAction, len(rows))
	for i, r := range rows {
		out[i] = r.cardAction()
	}
	return out, nil
}

// CardAction returns a card action of the current person, or NotFound.
func (db *DB) CardAction(ctx context.Context, who quiz.Who, id int64) (quiz.CardAction, error) {
	r, err := scanOne[cardActionRow](db.read(ctx).Raw("SELECT * FROM cares WHERE person = ? AND id = ?", who.Person, id))
	return r.cardAction(), err
}

// Suspensions returns the cards that are suspended or buried on the given day, each with the
// first day on which it can be asked again.
func (db *DB) Suspensions(ctx context.Context, who quiz.Who, day int64) (map[quiz.CardID]int64, error) {
	var rows []struct {
		Fact, Until int64
		Facet       uint8
	}
	err := db.read(ctx).Raw("SELECT fact, facet, until FROM asides WHERE person = ? AND until > ?", who.Person, day).Scan(&rows).Error
	out := make(map[quiz.CardID]int64, len(rows))
	for _, r := range rows {
		out[quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}] = r.Until
	}
	return out, dbError(err)
}

// LastCardAction returns the last card action that was not undone, if no answer followed that
// was not undone; otherwise NotFound.
func (db *DB) LastCardAction(ctx context.Context, who quiz.Who) (quiz.CardAction, error) {
	return lastCardAction(db.read(ctx), who)
}

func lastCardAction(tx *gorm.DB, who quiz.Who) (quiz.CardAction, error) {
	r, err := scanOne[cardActionRow](tx.Raw(`SELECT * FROM cares c WHERE c.person = ? AND NOT c.undone AND NOT EXISTS
		(SELECT 1 FROM reviews r WHERE r.person = c.person AND r.id > c.review AND `+notUndoneSQL+") ORDER BY c.id DESC LIMIT 1", who.Person))
	return r.cardAction(), err
}

// SaveCardAction saves a card action, applies it and updates the study session with pose. It
// returns NotFound if the action needs a card that was answered and there is none.
func (db *DB) SaveCardAction(ctx context.Context, who quiz.Who, c quiz.CardAction, at study.LearnerTime, pose study.PickNext) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		if !c.Kind.Suspends() {
			phase, err := scanOne[fsrs.Phase](tx.Raw("SELECT phase FROM cards WHERE person = ? AND fact = ? AND facet = ?",
				who.Person, c.Fact, uint8(c.Facet)))
			if err != nil {
				return err
			}
			if c.Kind == quiz.ActionReschedule && phase != fsrs.PhaseReview { // cards in learning are due by the minute
				return quiz.NewError(quiz.Conflict, "error.moved")
			}
		}
		err := tx.Exec(`INSERT INTO cares (person, fact, facet, deed, day, review, at)
			VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM reviews WHERE person = ?), ?)`,
			who.Person, c.Fact, uint8(c.Facet), string(c.Kind), c.Day, who.Person, toMillis(at.Now)).Error
		if err != nil {
			return err
		}
		return db.applyCardAction(tx, who, c, at, pose)
	})
}

// UndoCardAction undoes a card action, or returns Conflict if it is not the last one any more.
func (db *DB) UndoCardAction(ctx context.Context, who quiz.Who, c quiz.CardAction, at study.LearnerTime, pose study.PickNext) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		last, err := lastCardAction(tx, who)
		if quiz.Is(err, quiz.NotFound) || err == nil && last.ID != c.ID {
			return quiz.NewError(quiz.Conflict, "error.undo.other")
		}
		if err != nil {
			return err
		}
		if err := tx.Exec("UPDATE cares SET undone = ? WHERE id = ?", true, c.ID).Error; err != nil {
			return err
		}
		return db.applyCardAction(tx, who, c, at, pose)
	})
}

// applyCardAction rebuilds the card or its suspension from its card actions and updates the
// study session.
func (db *DB) applyCardAction(tx *gorm.DB, who quiz.Who, c quiz.CardAction, at study.LearnerTime, pose study.PickNext) error {
	settled := rebuildCard
	if c.Kind.Suspends() {
		settled = applySuspension
	}
	if err := settled(tx, who, c.Fact, c.Facet); err != nil {
		return err
	}
	s, err := scanStudySession(tx, who)
	if quiz.Is(err, quiz.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	d, err := db.queueFor(tx, who, s.Deck, s.QuizAttempt, at)
	if err != nil {
		return err
	}
	return saveStudySession(tx, who, pose(d))
}

// applySuspension updates asides (suspensions) to match the card's last bury, suspend or
// resume.
func applySuspension(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet) error {
	if err := tx.Exec("DELETE FROM asides WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)).Error; err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO asides (person, fact, facet, until) SELECT person, fact, facet, day FROM cares
		WHERE id = (SELECT max(id) FROM cares WHERE person = ? AND fact = ? AND facet = ? AND NOT undone AND deed IN ('bury', 'suspend', 'resume'))
		AND deed <> 'resume'`, who.Person, fact, uint8(facet)).Error
}

// hasManualSchedule reports whether a card was ever reset or rescheduled by hand.
func hasManualSchedule(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet) (bool, error) {
	n, err := scanOne[int64](tx.Raw("SELECT count(*) FROM cares WHERE person = ? AND fact = ? AND facet = ? AND deed IN ('forget', 'set')",
		who.Person, fact, uint8(facet)))
	return n > 0, err
}

// mergeCardActions moves a guest's suspensions and test dates (goals) to an account. Where the
// account has its own for a card or deck, those stay.
func mergeCardActions(tx *gorm.DB, who, guest quiz.Who) error {
	for _, statement := range []string{
		`UPDATE cares SET person = ? WHERE person = ? AND deed IN ('bury', 'suspend', 'resume') AND NOT EXISTS
			(SELECT 1 FROM cares own WHERE own.person = ` + strconv.FormatInt(who.Person, 10) + ` AND own.fact = cares.fact AND own.facet = cares.facet)`,
		"INSERT INTO asides (person, fact, facet, until) SELECT CAST(? AS BIGINT), g.fact, g.facet, g.until FROM asides g WHERE g.person = ? ON CONFLICT (person, fact, facet) DO NOTHING",
		"INSERT INTO goals (person, deck, day, minutes) SELECT CAST(? AS BIGINT), g.deck, g.day, g.minutes FROM goals g WHERE g.person = ? ON CONFLICT (person, deck) DO NOTHING",
	} {
		if err := tx.Exec(statement, who.Person, guest.Person).Error; err != nil {
			return err
		}
	}
	for _, table := range []string{"asides", "cares", "goals"} {
		if err := tx.Exec("DELETE FROM "+table+" WHERE person = ?", guest.Person).Error; err != nil {
			return err
		}
	}
	return nil
}
