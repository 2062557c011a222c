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

// reviewColumns are the columns of reviews but the number and the person.
const reviewColumns = `token, deck, fact, facet, kind, question, chosen, verdict, rating,
	guess, ease, strength, slip, at, day, zone, utc_offset, took, model, card_before, card_after,
	lead, run, given, score, confused, contrast, expected, day_start, fuzz`

const selectReviews = "SELECT r.*, EXISTS (SELECT 1 FROM undos u WHERE u.review = r.id) AS undone, " + dropped + " AS dropped FROM reviews r WHERE r.person = ? "

func (r reviewRow) review() (quiz.Review, error) {
	out := quiz.Review{
		ID: r.ID, Token: r.Token, Deck: r.Deck, Chosen: r.Chosen, Verdict: quiz.Verdict(r.Verdict),
		Rating: fsrs.Rating(r.Rating), Form: fsrs.Form{Guess: r.Guess, Ease: r.Ease, Strength: r.Strength, Slip: r.Slip},
		At: instant(r.At), Day: r.Day, Zone: r.Zone, Offset: r.UtcOffset, Took: time.Duration(r.Took) * time.Millisecond,
		Model: r.Model, Lead: r.Lead, Run: r.Run, Given: r.Given, Score: r.Score, Expected: r.Expected, Confused: r.Confused, Undone: r.Undone, Remarked: r.Remarked,
		DayStart: r.DayStart, Fuzz: r.Fuzz, Dropped: r.Dropped,
	}
	var err error
	if out.Question, err = questionOf(r.Question); err != nil {
		return out, err
	}
	if out.Before, err = cardOf(r.CardBefore); err != nil {
		return out, err
	}
	out.After, err = cardOf(r.CardAfter)
	return out, err
}

func cardOf(text string) (quiz.Card, error) {
	var r cardRow
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return quiz.Card{}, fmt.Errorf("a kept card: %w", err)
	}
	return r.card(), nil
}

// selectMarked is selectReviews with the marks that hold now: those that were
// given anew after a date was corrected.
const selectMarked = `SELECT r.id, r.token, r.deck, r.fact, r.facet, r.kind, r.question, r.chosen, r.at, r.day, r.zone, r.utc_offset, r.took,
	r.model, r.expected, r.day_start, r.fuzz, r.card_before, r.card_after, r.lead, r.run, r.given, r.confused,
	coalesce(m.verdict, r.verdict) AS verdict, coalesce(m.rating, r.rating) AS rating, coalesce(m.score, r.score) AS score,
	coalesce(m.guess, r.guess) AS guess, coalesce(m.ease, r.ease) AS ease, coalesce(m.strength, r.strength) AS strength,
	coalesce(m.slip, r.slip) AS slip, m.review IS NOT NULL AS remarked,
	EXISTS (SELECT 1 FROM undos u WHERE u.review = r.id) AS undone, ` + dropped + ` AS dropped
	FROM reviews r LEFT JOIN remarks m ON m.review = r.id AND m.change = (SELECT max(x.change) FROM remarks x WHERE x.review = r.id) WHERE r.person = ? `

// ReviewOf gives the answer that whoever asks gave to a question's token.
func (db *DB) ReviewOf(ctx context.Context, who quiz.Who, token string) (quiz.Review, error) {
	return reviewOf(db.read(ctx).Raw(selectReviews+"AND r.token = ?", who.Person, token))
}

// CardReviews gives the answers to a card that count, oldest first.
func (db *DB) CardReviews(ctx context.Context, who quiz.Who, id quiz.CardID) ([]quiz.Review, error) {
	all, err := listReviews(db.read(ctx).Raw(selectMarked+"AND r.fact = ? AND r.facet = ? ORDER BY r.id", who.Person, id.Fact, uint8(id.Facet)))
	return slices.DeleteFunc(all, func(r quiz.Review) bool { return !r.Counts() }), err
}

// lastAnswer ends a query for the last answer that stands.
const lastAnswer = "AND r.lead = '' AND " + stands + " ORDER BY r.id DESC LIMIT 1"

// LastReview gives the last answer that stands; Missing when there is none.
func (db *DB) LastReview(ctx context.Context, who quiz.Who) (quiz.Review, error) {
	return reviewOf(db.read(ctx).Raw(selectReviews+lastAnswer, who.Person))
}

// LastToken is the token of the last answer that stands, empty without one, and
// the quiz that it was given in.
func (db *DB) LastToken(ctx context.Context, who quiz.Who) (token, run string, err error) {
	last, err := scanOne[struct{ Token, Run string }](db.read(ctx).Raw(
		"SELECT r.token, r.run FROM reviews r WHERE r.person = ? "+lastAnswer, who.Person))
	if quiz.Is(err, quiz.Missing) {
		return "", "", nil
	}
	return last.Token, last.Run, err
}

// Together gives an answer's review and those of the cards that had a part in
// it, as they are marked now.
func (db *DB) Together(ctx context.Context, who quiz.Who, token string) ([]quiz.Review, error) {
	return listReviews(db.read(ctx).Raw(selectMarked+"AND (r.token = ? OR r.lead = ? AND r.lead <> '') ORDER BY r.id", who.Person, token, token))
}

// RunReviews gives the answers of a quiz that stand, in the order in which they
// were given.
func (db *DB) RunReviews(ctx context.Context, who quiz.Who, run string) ([]quiz.Review, error) {
	if run == "" {
		return nil, nil
	}
	return listReviews(db.read(ctx).Raw(selectMarked+"AND r.run = ? AND r.run <> '' AND r.lead = '' AND "+stands+" ORDER BY r.id", who.Person, run))
}

func reviewOf(g *gorm.DB) (quiz.Review, error) {
	r, err := scanOne[reviewRow](g)
	if err != nil {
		return quiz.Review{}, err
	}
	return r.review()
}

// Reviews gives answers since an instant, oldest first, those taken back
// marked.
func (db *DB) Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error) {
	return listReviews(db.read(ctx).Raw(selectMarked+"AND r.at >= ? ORDER BY r.id", who.Person, ms(since)))
}

func listReviews(g *gorm.DB) ([]quiz.Review, error) {
	var rows []reviewRow
	err := g.Scan(&rows).Error
	if err != nil {
		return nil, fault(err)
	}
	out := make([]quiz.Review, len(rows))
	for i, r := range rows {
		if out[i], err = r.review(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Keep saves an answer, the first review and those of the cards that had a part
// in it: reviews, the cards after them, the day's count, and where the person
// stands then, all or nothing. It is a Conflict if the question was answered
// meanwhile or a card moved.
func (db *DB) Keep(ctx context.Context, who quiz.Who, all []quiz.Review, at study.Moment, pose study.Poser) error {
	r := all[0]
	return db.write(ctx, func(tx *gorm.DB) error {
		// The sitting's row is the lock: of two answers to one token, one waits
		// here on PostgreSQL and then finds the token gone.
		taken := tx.Exec("UPDATE sittings SET token = '' WHERE person = ? AND token = ?", who.Person, r.Token)
		if err := onlyOne(taken); err != nil {
			return err
		}
		for _, one := range all {
			if err := keepReview(tx, who, one, db.cal, one.At); err != nil {
				return err
			}
		}
		d, err := db.deskFor(tx, who, r.Deck, r.Run, at)
		if err != nil {
			return err
		}
		return saveSitting(tx, who, pose(d))
	})
}

// keepReview writes a review, the card after it and, for an answer, its day.
// What it brings to boards is counted in the seasons that go on at now.
func keepReview(tx *gorm.DB, who quiz.Who, r quiz.Review, site quiz.Calendar, now time.Time) error {
	if err := keepGain(tx, who, r, site, now); err != nil {
		return err
	}
	if err := insertReview(tx, who, r); err != nil {
		return err
	}
	if err := saveCard(tx, who, r.Before, r.After); err != nil {
		return err
	}
	return countDay(tx, who, r, 1)
}

func insertReview(tx *gorm.DB, who quiz.Who, r quiz.Review) error {
	return tx.Exec("INSERT INTO reviews (person, "+reviewColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{who.Person}, reviewValues(r)...)...).Error
}

// reviewValues are the values of reviewColumns.
func reviewValues(r quiz.Review) []any {
	f := r.Form
	return []any{
		r.Token, r.Deck, r.Question.Fact, uint8(r.Question.Facet), string(r.Question.Kind),
		questionText(r.Question), r.Chosen, string(r.Verdict), uint8(r.Rating), f.Guess, f.Ease, f.Strength, f.Slip,
		ms(r.At), r.Day, r.Zone, r.Offset, r.Took.Milliseconds(), r.Model,
		jsonText(rowOfCard(r.Before)), jsonText(rowOfCard(r.After)),
		r.Lead, r.Run, r.Given, r.Score, r.Confused, r.Question.Contrast, r.Expected, r.DayStart, r.Fuzz,
	}
}

// TakeBack undoes an answer, with the reviews of all cards that had a part in
// it, by events that name them: the cards are as they were before, the day's
// count too, and pose says where the person stands. It is a Conflict if the
// answer was taken back already, a card moved, or a later answer came meanwhile from
// another device.
func (db *DB) TakeBack(ctx context.Context, who quiz.Who, all []quiz.Review, at study.Moment, pose study.Poser) (quiz.Sitting, error) {
	if len(all) == 0 {
		return quiz.Sitting{}, quiz.Fail(quiz.Conflict, "error.undo.other")
	}
	var s quiz.Sitting
	err := db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		last, err := scanOne[string](tx.Raw("SELECT r.token FROM reviews r WHERE r.person = ? "+lastAnswer, who.Person))
		if err != nil && !quiz.Is(err, quiz.Missing) {
			return err
		}
		if last != all[0].Token {
			return quiz.Fail(quiz.Conflict, "error.undo.other")
		}
		for _, r := range slices.Backward(all) {
			own := tx.Exec("INSERT INTO undos (review, person, at) SELECT id, person, CAST(? AS BIGINT) FROM reviews WHERE id = ? AND person = ?",
				ms(at.Now), r.ID, who.Person)
			if err := onlyOne(own); err != nil {
				return err
			}
			if err := restoreCard(tx, who, r); err != nil {
				return err
			}
			if err := countDay(tx, who, r, -1); err != nil {
				return err
			}
			if err := dropGain(tx, who, r, db.cal, at.Now); err != nil {
				return err
			}
		}
		d, err := db.deskFor(tx, who, all[0].Deck, all[0].Run, at)
		if err != nil {
			return err
		}
		s = pose(d)
		return saveSitting(tx, who, s)
	})
	return s, err
}

func restoreCard(tx *gorm.DB, who quiz.Who, r quiz.Review) error {
	version, err := scanOne[int64](tx.Raw("SELECT version FROM cards WHERE person = ? AND fact = ? AND facet = ?",
		who.Person, r.Question.Fact, uint8(r.Question.Facet)))
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	again, err := isMadeAnew(tx, who, r.Question.Fact, r.Question.Facet, r.Model)
	if err != nil {
		return err
	}
	if again || version > r.After.Version { // the card is no longer as the answer left it
		return rebuildCard(tx, who, r.Question.Fact, r.Question.Facet)
	}
	if r.Before.Version > 0 {
		return saveCard(tx, who, r.After, r.Before)
	}
	return onlyOne(tx.Exec("DELETE FROM cards WHERE person = ? AND fact = ? AND facet = ? AND version = ?",
		who.Person, r.Question.Fact, uint8(r.Question.Facet), r.After.Version))
}
