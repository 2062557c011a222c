package storage

import (
	"context"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

type studySessionRow struct {
	Deck     int64
	Flips    bool
	Started  int64
	Day      int64
	Done     int
	Still    int
	Token    string
	Posed    int64
	Question string
	Fading   bool
	Run      string
	Place    int
}

func (r studySessionRow) studySession() (quiz.StudySession, error) {
	q, err := parseQuestion(r.Question)
	return quiz.StudySession{
		Deck: r.Deck, Flashcards: r.Flips, StartedAt: fromMillis(r.Started), Day: r.Day, AnswerCount: r.Done, Remaining: r.Still,
		Token: r.Token, AskedAt: fromMillis(r.Posed), Question: q, IsDueReview: r.Fading, QuizAttempt: r.Run, QuizIndex: r.Place,
	}, err
}

// StudySession returns the current person's study session, or NotFound if they never opened
// one.
func (db *DB) StudySession(ctx context.Context, who quiz.Who) (quiz.StudySession, error) {
	return scanStudySession(db.read(ctx), who)
}

func scanStudySession(g *gorm.DB, who quiz.Who) (quiz.StudySession, error) {
	r, err := scanOne[studySessionRow](g.Raw("SELECT * FROM sittings WHERE person = ?", who.Person))
	if err != nil {
		return quiz.StudySession{}, err
	}
	s, err := r.studySession()
	if err == nil && s.QuizAttempt != "" {
		run, failed := quizAttempt(g, who, s.QuizAttempt)
		s.Quiz, err = run.Quiz, failed
	}
	return s, err
}

// OpenStudySession opens a study session with the question that pose picks.
func (db *DB) OpenStudySession(ctx context.Context, who quiz.Who, deck int64, at study.LearnerTime, pose study.PickNext) (quiz.StudySession, error) {
	var s quiz.StudySession
	err := db.write(ctx, func(tx *gorm.DB) (err error) {
		s, err = db.openStudySession(tx, who, deck, at, pose)
		return err
	})
	return s, err
}

func (db *DB) openStudySession(tx *gorm.DB, who quiz.Who, deck int64, at study.LearnerTime, pose study.PickNext) (quiz.StudySession, error) {
	if err := lockPerson(tx, who); err != nil {
		return quiz.StudySession{}, err
	}
	d, err := db.queue(tx, who, deck, at)
	if err != nil {
		return quiz.StudySession{}, err
	}
	s := pose(d)
	return s, saveStudySession(tx, who, s)
}

// lockPerson serializes one person's transactions on PostgreSQL; SQLite has only one writer.
// The second lock is the one that answers wait for. Every transaction takes it after the first,
// so that no two wait for each other.
func lockPerson(tx *gorm.DB, who quiz.Who) error {
	if tx.Name() != "postgres" {
		return nil
	}
	_, err := scanOne[int64](tx.Raw("SELECT id FROM persons WHERE id = ? FOR NO KEY UPDATE", who.Person))
	if err != nil {
		return err
	}
	return tx.Exec("SELECT person FROM sittings WHERE person = ? FOR UPDATE", who.Person).Error
}

func saveStudySession(tx *gorm.DB, who quiz.Who, s quiz.StudySession) error {
	return tx.Exec(`INSERT INTO sittings (person, deck, flips, started, day, done, still, token, posed, question, fading, run, place)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET deck = excluded.deck, flips = excluded.flips, started = excluded.started,
		day = excluded.day, done = excluded.done, still = excluded.still, token = excluded.token,
		posed = excluded.posed, question = excluded.question, fading = excluded.fading,
		run = excluded.run, place = excluded.place`,
		who.Person, s.Deck, s.Flashcards, toMillis(s.StartedAt), s.Day, s.AnswerCount, s.Remaining, s.Token, toMillis(s.AskedAt),
		questionJSON(s.Question), s.IsDueReview, s.QuizAttempt, s.QuizIndex).Error
}
