package storage

import (
	"context"
	"encoding/json"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// siteParametersSQL is the ID of the parameters (weights) that new people start with.
const siteParametersSQL = "coalesce((SELECT max(id) FROM weights WHERE person = 0 AND better), 0)"

// weightsByID returns the weights that may have set the due days of a person's cards, by ID.
func weightsByID(tx *gorm.DB, who quiz.Who) (map[int64]fsrs.Weights, error) {
	var rows []struct {
		ID   int64
		Body string
	}
	if err := tx.Raw("SELECT id, body FROM weights WHERE person IN (0, ?) AND better", who.Person).Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := map[int64]fsrs.Weights{}
	for _, r := range rows {
		var w fsrs.Weights
		if err := json.Unmarshal([]byte(r.Body), &w); err != nil {
			return nil, err
		}
		out[r.ID] = w
	}
	return out, nil
}

// ReviewHistory returns everything that the current person's cards are computed from.
func (db *DB) ReviewHistory(ctx context.Context, who quiz.Who) (study.History, error) {
	p, err := loadHistory(db.read(ctx), who, "")
	return p, dbError(err)
}

// loadHistory returns everything that a person's cards are computed from. A condition on
// reviews r can restrict the log.
func loadHistory(tx *gorm.DB, who quiz.Who, where string, args ...any) (p study.History, err error) {
	if p.Reviews, err = loadSlimReviews(tx, who, where, args...); err != nil {
		return p, err
	}
	if p.CardActions, err = listCardActions(tx, who, "deed = 'set' AND NOT undone ORDER BY id"); err != nil {
		return p, err
	}
	if p.WeightsByID, err = weightsByID(tx, who); err != nil {
		return p, err
	}
	p.CurrentParameters.ID, err = scanOne[int64](tx.Raw("SELECT weights FROM persons WHERE id = ?", who.Person))
	p.CurrentParameters.Weights = p.WeightsByID[p.CurrentParameters.ID]
	return p, err
}

// loadSlimReviews returns the log with only what changes cards, without questions and given
// answers.
func loadSlimReviews(tx *gorm.DB, who quiz.Who, where string, args ...any) ([]quiz.Review, error) {
	rows, err := tx.Raw(`SELECT r.id, r.deck, r.fact, r.facet, r.at, r.day, r.zone, r.day_start, r.fuzz, r.model,
		coalesce(m.verdict, r.verdict), coalesce(m.rating, r.rating), coalesce(m.guess, r.guess), coalesce(m.ease, r.ease),
		coalesce(m.strength, r.strength), coalesce(m.slip, r.slip), m.review IS NOT NULL, `+beforeResetSQL+`
		FROM reviews r LEFT JOIN remarks m ON m.review = r.id AND m.change = (SELECT max(x.change) FROM remarks x WHERE x.review = r.id)
		WHERE r.person = ? AND `+notUndoneSQL+" "+where+" ORDER BY r.id", append([]any{who.Person}, args...)...).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []quiz.Review
	for rows.Next() {
		var r quiz.Review
		var at int64
		var verdict string
		q, f := &r.Question, &r.Form
		if err := rows.Scan(&r.ID, &r.Deck, &q.Fact, &q.Facet, &at, &r.Day, &r.Zone, &r.DayStart, &r.Fuzz, &r.Model,
			&verdict, &r.Rating, &f.Guess, &f.Ease, &f.Strength, &f.Slip, &r.Regraded, &r.BeforeReset); err != nil {
			return nil, err
		}
		r.At, r.Verdict = fromMillis(at), quiz.Verdict(verdict)
		out = append(out, r)
	}
	return out, rows.Err()
}

// rebuildAllCards computes all cards of a person from the log with their current weights, and
// returns the number of answers and of changed cards.
func rebuildAllCards(tx *gorm.DB, who quiz.Who) (answers, changed int, err error) {
	p, err := loadHistory(tx, who, "")
	if err != nil {
		return 0, 0, err
	}
	kept, err := cardsOf(tx, who)
	if err != nil {
		return 0, 0, err
	}
	made := study.ReplayCards(p)
	for id, card := range kept {
		again, ok := made[id]
		if ok && again.State == card.State && again.DueDay == card.DueDay && again.Due.Equal(card.Due) && again.FirstDay == card.FirstDay {
			continue
		}
		changed++
		if !ok {
			if err := tx.Exec("DELETE FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, id.Fact, uint8(id.Facet)).Error; err != nil {
				return 0, 0, err
			}
			continue
		}
		again.Version = max(again.Version, card.Version+1)
		if err := saveCard(tx, who, card, again); err != nil {
			return 0, 0, err
		}
	}
	for id, card := range made {
		if _, ok := kept[id]; !ok {
			changed++
			if err := saveCard(tx, who, quiz.Card{}, card); err != nil {
				return 0, 0, err
			}
		}
	}
	return len(p.Reviews), changed, nil
}

func cardsOf(tx *gorm.DB, who quiz.Who) (map[quiz.CardID]quiz.Card, error) {
	cards, err := scanCards(tx.Raw("SELECT "+cardColumns+" FROM cards WHERE person = ?", who.Person))
	out := make(map[quiz.CardID]quiz.Card, len(cards))
	for _, c := range cards {
		out[c.CardID] = c
	}
	return out, err
}

// SaveParameters saves the result of training on the current person's answers. It returns
// Conflict if they answered since idle, so that cards do not change while they practise. If the
// result was adopted, all their cards are rebuilt with it; their due days stay.
func (db *DB) SaveParameters(ctx context.Context, who quiz.Who, t quiz.TrainingResult, idle time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		busy, err := scanOne[int64](tx.Raw("SELECT count(*) FROM reviews WHERE person = ? AND at > ?", who.Person, toMillis(idle)))
		if err != nil {
			return err
		}
		if busy > 0 {
			return quiz.NewError(quiz.Conflict, "error.conflict")
		}
		id, err := insertParameters(tx, who.Person, t)
		if err != nil || !t.Adopted {
			return err
		}
		return setParameters(tx, who, id)
	})
}

// SaveSiteParameters saves the result of training on everyone's answers. If it was adopted, new
// people start with it.
func (db *DB) SaveSiteParameters(ctx context.Context, _ quiz.Who, t quiz.TrainingResult) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		_, err := insertParameters(tx, 0, t)
		return err
	})
}

func insertParameters(tx *gorm.DB, person int64, t quiz.TrainingResult) (int64, error) {
	return scanOne[int64](tx.Raw(`INSERT INTO weights (person, body, items, loss, before, better, at)
		VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		person, jsonText(t.Weights), t.ReviewCount, t.Loss, t.PreviousLoss, t.Adopted, toMillis(t.At)))
}

func setParameters(tx *gorm.DB, who quiz.Who, id int64) error {
	if err := tx.Exec("UPDATE persons SET weights = ? WHERE id = ?", id, who.Person).Error; err != nil {
		return err
	}
	_, _, err := rebuildAllCards(tx, who)
	return err
}

// TrainingResults lists the training results of the current person, newest first.
func (db *DB) TrainingResults(ctx context.Context, who quiz.Who) ([]quiz.TrainingResult, error) {
	return listTrainingResults(db.read(ctx), who.Person)
}

// SiteTrainingResults lists the training results of the whole site, newest first.
func (db *DB) SiteTrainingResults(ctx context.Context, _ quiz.Who) ([]quiz.TrainingResult, error) {
	return listTrainingResults(db.read(ctx), 0)
}

func listTrainingResults(tx *gorm.DB, person int64) ([]quiz.TrainingResult, error) {
	var rows []struct {
		ID, At       int64
		Body         string
		Items        int
		Loss, Before float64
		Better       bool
	}
	if err := tx.Raw("SELECT * FROM weights WHERE person = ? ORDER BY id DESC", person).Scan(&rows).Error; err != nil {
		return nil, dbError(err)
	}
	out := make([]quiz.TrainingResult, len(rows))
	for i, r := range rows {
		out[i] = quiz.TrainingResult{ReviewCount: r.Items, Loss: r.Loss, PreviousLoss: r.Before, Adopted: r.Better, At: fromMillis(r.At)}
		out[i].ID = r.ID
		if err := json.Unmarshal([]byte(r.Body), &out[i].Weights); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PeopleToTrain lists people worth training for: with least or more answers to cards in memory,
// a quarter more than at the last training, and no answer since idle, so that cards do not
// change while they practise.
func (db *DB) PeopleToTrain(ctx context.Context, _ quiz.Who, least int, idle time.Time) ([]quiz.Who, error) {
	var people []int64
	err := db.read(ctx).Raw(`SELECT p.id FROM persons p JOIN (SELECT person, count(*) AS n, max(at) AS last FROM reviews
			WHERE expected >= 0 GROUP BY person) r ON r.person = p.id
		WHERE r.n >= ? AND r.last < ? AND p.role IN ('guest', 'learner', 'teacher', 'admin')
			AND 4 * r.n >= 5 * (SELECT count(*) FROM reviews x WHERE x.person = p.id AND x.expected >= 0
				AND x.at <= coalesce((SELECT max(w.at) FROM weights w WHERE w.person = p.id), 0))
		ORDER BY p.id`, least, toMillis(idle)).Scan(&people).Error
	return toWhos(people), dbError(err)
}

// SiteParameters returns the parameters that new people start with, and the form effects.
func (db *DB) SiteParameters(ctx context.Context, _ quiz.Who) (quiz.Parameters, error) {
	g := db.read(ctx)
	r, err := scanOne[personRow](g.Raw("SELECT " + siteParametersSQL + " AS weights, " + parameterColumns + " FROM (SELECT 1) one LEFT JOIN weights w ON w.id = " + siteParametersSQL))
	if err != nil {
		return quiz.Parameters{}, err
	}
	r.Unwanted = "[]"
	p, err := r.person()
	return p.Parameters, err
}

// SaveFormEffects saves estimated form effects. If they were adopted, all later answers use
// them.
func (db *DB) SaveFormEffects(ctx context.Context, _ quiz.Who, t quiz.TrainingResult) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO effects (body, items, loss, before, better, at) VALUES (?, ?, ?, ?, ?, ?)",
			jsonText(t.Effects), t.ReviewCount, t.Loss, t.PreviousLoss, t.Adopted, toMillis(t.At)).Error
	})
}

// CountTrainableReviews counts everyone's answers to cards in memory, and how many of them came
// after since.
func (db *DB) CountTrainableReviews(ctx context.Context, _ quiz.Who, since time.Time) (all, fresh int, err error) {
	r, err := scanOne[struct{ Whole, Fresh int }](db.read(ctx).Raw(`SELECT count(*) AS whole,
		coalesce(sum(CASE WHEN at > ? THEN 1 ELSE 0 END), 0) AS fresh FROM reviews WHERE expected >= 0`, toMillis(since)))
	return r.Whole, r.Fresh, err
}

// RecentLearners lists up to most people who answered last and have least or more answers to
// cards in memory.
func (db *DB) RecentLearners(ctx context.Context, _ quiz.Who, least, most int) ([]quiz.Who, error) {
	var people []int64
	err := db.read(ctx).Raw(`SELECT person FROM reviews WHERE expected >= 0 GROUP BY person HAVING count(*) >= ?
		ORDER BY max(id) DESC LIMIT ?`, least, most).Scan(&people).Error
	return toWhos(people), dbError(err)
}

func toWhos(people []int64) []quiz.Who {
	out := make([]quiz.Who, len(people))
	for i, id := range people {
		out[i] = quiz.Who{Person: id}
	}
	return out
}
