package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

type reviewRow struct {
	ID                          int64
	Token                       string
	Deck                        int64
	Fact                        int64
	Facet                       uint8
	Kind, Question              string
	Chosen                      int
	Verdict                     string
	Rating                      uint8
	Guess, Ease, Strength, Slip float64
	At, Day                     int64
	Zone                        string
	UtcOffset                   int
	Took                        int64
	Model                       string
	CardBefore, CardAfter       string
	Lead, Run, Given            string
	Score, Expected             float64
	Confused                    int64
	Fuzz                        float64
	DayStart                    int
	Undone, Remarked, Dropped   bool
}

// reviewColumns are the columns of reviews except id and person.
const reviewColumns = `token, deck, fact, facet, kind, question, chosen, verdict, rating,
	guess, ease, strength, slip, at, day, zone, utc_offset, took, model, card_before, card_after,
	lead, run, given, score, confused, contrast, expected, day_start, fuzz`

const selectReviews = "SELECT r.*, EXISTS (SELECT 1 FROM undos u WHERE u.review = r.id) AS undone, " + beforeResetSQL + " AS dropped FROM reviews r WHERE r.person = ? "

func (r reviewRow) review() (quiz.Review, error) {
	out := quiz.Review{
		ID: r.ID, Token: r.Token, Deck: r.Deck, ChosenOption: r.Chosen, Verdict: quiz.Verdict(r.Verdict),
		Rating: fsrs.Rating(r.Rating), Form: fsrs.Form{Guess: r.Guess, Ease: r.Ease, Strength: r.Strength, Slip: r.Slip},
		At: fromMillis(r.At), Day: r.Day, Zone: r.Zone, Offset: r.UtcOffset, Duration: time.Duration(r.Took) * time.Millisecond,
		Model: r.Model, LeadToken: r.Lead, QuizAttempt: r.Run, Given: r.Given, Score: r.Score, Expected: r.Expected, ConfusedWith: r.Confused, Undone: r.Undone, Regraded: r.Remarked,
		DayStart: r.DayStart, Fuzz: r.Fuzz, BeforeReset: r.Dropped,
	}
	var err error
	if out.Question, err = parseQuestion(r.Question); err != nil {
		return out, err
	}
	if out.CardBefore, err = parseCard(r.CardBefore); err != nil {
		return out, err
	}
	out.CardAfter, err = parseCard(r.CardAfter)
	return out, err
}

func parseCard(text string) (quiz.Card, error) {
	var r cardRow
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return quiz.Card{}, fmt.Errorf("a kept card: %w", err)
	}
	return r.card(), nil
}

// selectGraded is selectReviews with the current grades, from the latest regrade (remarks) of
// each review.
const selectGraded = `SELECT r.id, r.token, r.deck, r.fact, r.facet, r.kind, r.question, r.chosen, r.at, r.day, r.zone, r.utc_offset, r.took,
	r.model, r.expected, r.day_start, r.fuzz, r.card_before, r.card_after, r.lead, r.run, r.given, r.confused,
	coalesce(m.verdict, r.verdict) AS verdict, coalesce(m.rating, r.rating) AS rating, coalesce(m.score, r.score) AS score,
	coalesce(m.guess, r.guess) AS guess, coalesce(m.ease, r.ease) AS ease, coalesce(m.strength, r.strength) AS strength,
	coalesce(m.slip, r.slip) AS slip, m.review IS NOT NULL AS remarked,
	EXISTS (SELECT 1 FROM undos u WHERE u.review = r.id) AS undone, ` + beforeResetSQL + ` AS dropped
	FROM reviews r LEFT JOIN remarks m ON m.review = r.id AND m.change = (SELECT max(x.change) FROM remarks x WHERE x.review = r.id) WHERE r.person = ? `

// ReviewByToken returns the person's answer to the question with that token.
func (db *DB) ReviewByToken(ctx context.Context, who quiz.Who, token string) (quiz.Review, error) {
	return scanReview(db.read(ctx).Raw(selectReviews+"AND r.token = ?", who.Person, token))
}

// CardReviews returns the answers to a card that count, oldest first.
func (db *DB) CardReviews(ctx context.Context, who quiz.Who, id quiz.CardID) ([]quiz.Review, error) {
	all, err := listReviews(db.read(ctx).Raw(selectGraded+"AND r.fact = ? AND r.facet = ? ORDER BY r.id", who.Person, id.Fact, uint8(id.Facet)))
	return slices.DeleteFunc(all, func(r quiz.Review) bool { return !r.CountsForMemory() }), err
}

// lastAnswerSQL ends a query for the last answer that was not undone.
const lastAnswerSQL = "AND r.lead = '' AND " + notUndoneSQL + " ORDER BY r.id DESC LIMIT 1"

// LastReview returns the last answer that was not undone, or NotFound.
func (db *DB) LastReview(ctx context.Context, who quiz.Who) (quiz.Review, error) {
	return scanReview(db.read(ctx).Raw(selectReviews+lastAnswerSQL, who.Person))
}

// LastAnswerToken returns the token of the last answer that was not undone, or "", and its quiz
// attempt.
func (db *DB) LastAnswerToken(ctx context.Context, who quiz.Who) (token, run string, err error) {
	last, err := scanOne[struct{ Token, Run string }](db.read(ctx).Raw(
		"SELECT r.token, r.run FROM reviews r WHERE r.person = ? "+lastAnswerSQL, who.Person))
	if quiz.Is(err, quiz.NotFound) {
		return "", "", nil
	}
	return last.Token, last.Run, err
}

// AnswerReviews returns an answer's review and those of the other cards in it, as graded now.
func (db *DB) AnswerReviews(ctx context.Context, who quiz.Who, token string) ([]quiz.Review, error) {
	return listReviews(db.read(ctx).Raw(selectGraded+"AND (r.token = ? OR r.lead = ? AND r.lead <> '') ORDER BY r.id", who.Person, token, token))
}

// QuizAttemptReviews returns the answers of a quiz attempt that were not undone, in the order
// in which they were given.
func (db *DB) QuizAttemptReviews(ctx context.Context, who quiz.Who, run string) ([]quiz.Review, error) {
	if run == "" {
		return nil, nil
	}
	return listReviews(db.read(ctx).Raw(selectGraded+"AND r.run = ? AND r.run <> '' AND r.lead = '' AND "+notUndoneSQL+" ORDER BY r.id", who.Person, run))
}

func scanReview(g *gorm.DB) (quiz.Review, error) {
	r, err := scanOne[reviewRow](g)
	if err != nil {
		return quiz.Review{}, err
	}
	return r.review()
}

// Reviews returns the answers since an instant, oldest first, with undone ones marked.
func (db *DB) Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error) {
	return listReviews(db.read(ctx).Raw(selectGraded+"AND r.at >= ? ORDER BY r.id", who.Person, toMillis(since)))
}

func listReviews(g *gorm.DB) ([]quiz.Review, error) {
	var rows []reviewRow
	err := g.Scan(&rows).Error
	if err != nil {
		return nil, dbError(err)
	}
	out := make([]quiz.Review, len(rows))
	for i, r := range rows {
		if out[i], err = r.review(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SaveAnswer saves an answer in one transaction: all holds its review first, then those of the
// other cards in it. It saves the cards, the day's count, the points and the study session with
// the question that pose picks. It returns Conflict if the question was already answered or a
// card changed.
func (db *DB) SaveAnswer(ctx context.Context, who quiz.Who, all []quiz.Review, at study.LearnerTime, pose study.PickNext) error {
	r := all[0]
	return db.write(ctx, func(tx *gorm.DB) error {
		// The study session's row is the lock: on PostgreSQL a second answer to the same token
		// waits here and then finds the token gone.
		taken := tx.Exec("UPDATE sittings SET token = '' WHERE person = ? AND token = ?", who.Person, r.Token)
		if err := requireOneRow(taken); err != nil {
			return err
		}
		for _, one := range all {
			if err := saveReview(tx, who, one, db.siteCalendar, one.At); err != nil {
				return err
			}
		}
		d, err := db.queueFor(tx, who, r.Deck, r.QuizAttempt, at)
		if err != nil {
			return err
		}
		return saveStudySession(tx, who, pose(d))
	})
}

// saveReview saves a review, the card after it, its points and, for an answer, its day. Points
// count in the periods current at now.
func saveReview(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	if err := savePoints(tx, who, r, site, now); err != nil {
		return err
	}
	if err := insertReview(tx, who, r); err != nil {
		return err
	}
	if err := saveCard(tx, who, r.CardBefore, r.CardAfter); err != nil {
		return err
	}
	return countPracticeDay(tx, who, r, 1)
}

func insertReview(tx *gorm.DB, who quiz.Who, r quiz.Review) error {
	return tx.Exec("INSERT INTO reviews (person, "+reviewColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{who.Person}, reviewValues(r)...)...).Error
}

// reviewValues returns the values of reviewColumns.
func reviewValues(r quiz.Review) []any {
	f := r.Form
	return []any{
		r.Token, r.Deck, r.Question.Fact, uint8(r.Question.Facet), string(r.Question.Kind),
		questionJSON(r.Question), r.ChosenOption, string(r.Verdict), uint8(r.Rating), f.Guess, f.Ease, f.Strength, f.Slip,
		toMillis(r.At), r.Day, r.Zone, r.Offset, r.Duration.Milliseconds(), r.Model,
		jsonText(newCardRow(r.CardBefore)), jsonText(newCardRow(r.CardAfter)),
		r.LeadToken, r.QuizAttempt, r.Given, r.Score, r.ConfusedWith, r.Question.ContrastFact, r.Expected, r.DayStart, r.Fuzz,
	}
}

// UndoAnswer undoes an answer, with the reviews of all its cards, by rows in undos. Cards, the
// day's count and points become as before, and pose picks the question to show. It returns
// Conflict if the answer was already undone, a card changed, or a later answer came from
// another device.
func (db *DB) UndoAnswer(ctx context.Context, who quiz.Who, all []quiz.Review, at study.LearnerTime, pose study.PickNext) (quiz.StudySession, error) {
	if len(all) == 0 {
		return quiz.StudySession{}, quiz.NewError(quiz.Conflict, "error.undo.other")
	}
	var s quiz.StudySession
	err := db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		last, err := scanOne[string](tx.Raw("SELECT r.token FROM reviews r WHERE r.person = ? "+lastAnswerSQL, who.Person))
		if err != nil && !quiz.Is(err, quiz.NotFound) {
			return err
		}
		if last != all[0].Token {
			return quiz.NewError(quiz.Conflict, "error.undo.other")
		}
		for _, r := range slices.Backward(all) {
			own := tx.Exec("INSERT INTO undos (review, person, at) SELECT id, person, CAST(? AS BIGINT) FROM reviews WHERE id = ? AND person = ?",
				toMillis(at.Now), r.ID, who.Person)
			if err := requireOneRow(own); err != nil {
				return err
			}
			if err := restoreCard(tx, who, r); err != nil {
				return err
			}
			if err := countPracticeDay(tx, who, r, -1); err != nil {
				return err
			}
			if err := removePoints(tx, who, r, db.siteCalendar, at.Now); err != nil {
				return err
			}
		}
		d, err := db.queueFor(tx, who, all[0].Deck, all[0].QuizAttempt, at)
		if err != nil {
			return err
		}
		s = pose(d)
		return saveStudySession(tx, who, s)
	})
	return s, err
}

func restoreCard(tx *gorm.DB, who quiz.Who, r quiz.Review) error {
	version, err := scanOne[int64](tx.Raw("SELECT version FROM cards WHERE person = ? AND fact = ? AND facet = ?",
		who.Person, r.Question.Fact, uint8(r.Question.Facet)))
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	again, err := needsRebuild(tx, who, r.Question.Fact, r.Question.Facet, r.Model)
	if err != nil {
		return err
	}
	if again || version > r.CardAfter.Version { // the card changed after the answer
		return rebuildCard(tx, who, r.Question.Fact, r.Question.Facet)
	}
	if r.CardBefore.Version > 0 {
		return saveCard(tx, who, r.CardAfter, r.CardBefore)
	}
	return requireOneRow(tx.Exec("DELETE FROM cards WHERE person = ? AND fact = ? AND facet = ? AND version = ?",
		who.Person, r.Question.Fact, uint8(r.Question.Facet), r.CardAfter.Version))
}
