package storage_test

import (
	"context"
	"fmt"
	"regexp"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// table holds the facts of a deck, one per row.
const table = `1902	Miners strike for better wages in Ganja
1905	Painters found a gallery beside Shusha
1908	Lankaran gets its railway station
1911	A flood destroys bridges around Nakhchivan
1914	Silk weavers exhibit carpets of Shamakhi
1917	Sheki restores an old palace
1920-04	Engineers drill wells north of Quba
1923-05-02	The fortress of Derbent becomes a museum
1926	Customs officers seize tea near Astara
1929	Fishermen launch new boats from Salyan
`

func withDeckTable(t *testing.T, db *storage.DB) *author {
	t.Helper()
	a := newAuthor(t, db, "a")
	if added, bad, err := authoring.AddFactRows(context.Background(), db, a.who, a.deck.ID, table, a.now); added != 10 || err != nil {
		t.Fatal(added, bad, err)
	}
	return a
}

// redate changes a fact's date.
func (a *author) redate(key, when string, past authoring.PastAnswers) error {
	d, _, _ := a.read()
	for _, f := range d.Facts {
		if f.Key == key {
			form := authoring.NewFactForm(f, "en")
			form.Date, form.PastAnswers = when, past
			return authoring.UpdateFact(context.Background(), a.db, a.who, a.deck.ID, form, a.now)
		}
	}
	return fmt.Errorf("no fact %s", key)
}

func (a *author) keys() (out []string) {
	d, _, _ := a.read()
	for _, f := range d.Facts {
		out = append(out, f.Key)
	}
	return out
}

// TestCorrectedDateRegrades checks that correcting a date asks what to do with past answers.
// Regrading changes cards as if the answers had been graded so at first, keeps the log,
// notifies learners, and can be undone exactly.
func TestCorrectedDateRegrades(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a := withDeckTable(t, db)
		var learners []*storagetest.Learner
		for i := range 3 {
			l := seeded(storagetest.NewLearner(t, db, baku, a.deck.ID), uint64(i))
			live(t, l, 70, true)
			learners = append(learners, l)
		}
		a.now = learners[0].Now
		stranger := storagetest.NewLearner(t, db, baku, a.deck.ID)
		better, worse, void := 0, 0, 0
		for i, key := range a.keys() {
			log, before := dump(t, db, "SELECT * FROM reviews ORDER BY id"), memories(t, db, learners)
			when := []string{"1950", "1899", "June 1911"}[i%3]
			if err := a.redate(key, when, ""); !quiz.Is(err, quiz.Invalid) {
				t.Fatalf("the date of %s changed without a question: %v", key, err)
			}
			if err := a.redate(key, when, authoring.RegradeAnswers); err != nil {
				t.Fatal(err)
			}
			for _, l := range learners {
				rebuilt(t, l)
				if notices, err := db.Notices(ctx, l.Who(), a.deck.ID); err != nil || len(notices) != 1 {
					t.Fatalf("%d notices, %v", len(notices), err)
				} else {
					better, worse, void = better+notices[0].NowRight, worse+notices[0].NowWrong, void+notices[0].NowVoid
				}
			}
			if told, err := db.Notices(ctx, stranger.Who(), 0); err != nil || len(told) != 0 {
				t.Errorf("who never answered is told: %v %v", told, err)
			}
			if now := dump(t, db, "SELECT * FROM reviews ORDER BY id"); now != log {
				t.Fatal("the log was changed")
			}
			a.undo()
			if now := memories(t, db, learners); now != before {
				t.Fatalf("%s to %s and back:\n%s\nbefore\n%s", key, when, now, before)
			}
			if n := count(t, db, "notices"); n != 0 {
				t.Fatalf("%d notices are left of what was taken back", n)
			}
		}
		if better == 0 || worse == 0 || void == 0 {
			t.Errorf("%d answers better, %d worse, %d void: not all is tried", better, worse, void)
		}
		// Answers and undos still work after a correction.
		for _, key := range a.keys()[:4] {
			if err := a.redate(key, "1903", authoring.RegradeAnswers); err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range learners {
			live(t, l, 60, true)
			rebuilt(t, l)
		}
		all, err := learners[0].DB.Notices(ctx, learners[0].Who(), 0)
		if err != nil || len(all) != 4 {
			t.Fatal(len(all), err)
		}
		if err := db.MarkNoticesRead(ctx, learners[0].Who(), 0, all[3].At, all[0].At, a.now); err != nil {
			t.Fatal(err)
		}
		if all, _ = db.Notices(ctx, learners[0].Who(), 0); len(all) != 0 {
			t.Errorf("%d notices after they were read", len(all))
		}
		if other, _ := db.Notices(ctx, learners[1].Who(), 0); len(other) != 4 {
			t.Errorf("another has %d notices", len(other))
		}
	})
}

func memories(t *testing.T, db *storage.DB, learners []*storagetest.Learner) (out string) {
	t.Helper()
	for _, l := range learners {
		out += dump(t, db, fmt.Sprintf("SELECT * FROM cards WHERE person = %d ORDER BY fact, facet", l.Person.ID)) +
			dump(t, db, fmt.Sprintf("SELECT * FROM days WHERE person = %d ORDER BY day", l.Person.ID))
	}
	return out
}

// TestCorrectedDateKeepsGrades checks that learners are also notified of a correction that
// keeps their grades.
func TestCorrectedDateKeepsGrades(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := withDeckTable(t, db)
		l := seeded(storagetest.NewLearner(t, db, baku, a.deck.ID), 1)
		live(t, l, 60, false)
		before := memories(t, db, []*storagetest.Learner{l})
		if err := a.redate(a.keys()[0], "March 1902", authoring.KeepGrades); err != nil {
			t.Fatal(err)
		}
		if now := memories(t, db, []*storagetest.Learner{l}); now != before {
			t.Errorf("memory moved:\n%s\nbefore\n%s", now, before)
		}
		told, err := db.Notices(context.Background(), l.Who(), 0)
		if err != nil || len(told) != 1 || told[0].NowRight+told[0].NowWrong+told[0].NowVoid != 0 || told[0].After.String() != "1902-03" {
			t.Errorf("%+v %v", told, err)
		}
	})
}

// TestUndoRegradeAfterKeepingGrades checks that undoing a regrade restores the earlier grades,
// also those that the teacher had kept.
func TestUndoRegradeAfterKeepingGrades(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := withDeckTable(t, db)
		l := seeded(storagetest.NewLearner(t, db, baku, a.deck.ID), 3)
		live(t, l, 100, true)
		key := a.keys()[2]
		before := ""
		for i, step := range []struct {
			when string
			past authoring.PastAnswers
		}{{"1909", authoring.KeepGrades}, {"1950", authoring.RegradeAnswers}, {"1907", authoring.RegradeAnswers}} {
			if i == 2 {
				before = memories(t, db, []*storagetest.Learner{l})
			}
			if err := a.redate(key, step.when, step.past); err != nil {
				t.Fatal(err)
			}
			rebuilt(t, l)
		}
		a.undo()
		version := regexp.MustCompile(`(?m)\S+$`) // the version only grows while an answer is regraded
		cut := func(s string) string { return version.ReplaceAllString(s, "") }
		if now := memories(t, db, []*storagetest.Learner{l}); cut(now) != cut(before) {
			t.Errorf("%s\nbefore\n%s", now, before)
		}
		a.undo()
		if n := count(t, db, "remarks"); n != 0 {
			t.Errorf("%d marks are left", n)
		}
		rebuilt(t, l)
	})
}

// TestOrderAnswersAreRegraded checks that ordering answers that include the corrected fact are
// regraded, whichever fact they are about.
func TestOrderAnswersAreRegraded(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := withDeckTable(t, db)
		l := seeded(storagetest.NewLearner(t, db, baku, a.deck.ID), 3)
		for seed := range uint64(6) {
			s := l.StartQuiz(quiz.Quiz{Length: 10, Kinds: []quiz.Kind{quiz.KindFirst, quiz.KindOrder}, Seed: seed})
			for s.HasQuestion() {
				l.Answer(storagetest.Right(s))
				s = l.Session()
			}
		}
		d, _, _ := a.read()
		f := d.Facts[0] // the earliest of all
		beside := 0
		for _, r := range l.Reviews() {
			for _, o := range r.Question.Options {
				if o.Fact == f.ID && r.Question.Fact != f.ID && r.LeadToken == "" {
					beside++
				}
			}
		}
		if beside == 0 {
			t.Fatal("the fact stood in no line of another")
		}
		if err := a.redate(f.Key, "1950", authoring.RegradeAnswers); err != nil {
			t.Fatal(err)
		}
		turned := 0
		for _, r := range l.Reviews() {
			if r.Question.Fact != f.ID && r.Regraded && r.Verdict != quiz.VerdictRight {
				turned++
			}
		}
		if turned != beside {
			t.Errorf("%d of %d answers are marked again", turned, beside)
		}
		rebuilt(t, l)
		// Correcting another date leaves these answers unchanged.
		kept := gradesOf(l)
		if err := a.redate(d.Facts[1].Key, "1906", authoring.RegradeAnswers); err != nil {
			t.Fatal(err)
		}
		if now := gradesOf(l); now != kept {
			t.Errorf("after another correction that changes no order:\n%s\nbefore\n%s", now, kept)
		}
		a.undo()
		if now := gradesOf(l); now != kept {
			t.Errorf("after its undo:\n%s\nbefore\n%s", now, kept)
		}
		rebuilt(t, l)
		a.undo()
		rebuilt(t, l)
		for _, r := range l.Reviews() {
			if r.Verdict != quiz.VerdictRight || r.Regraded {
				t.Errorf("%s is %s after the undo", r.Question.Kind, r.Verdict)
			}
		}
	})
}

// gradesOf returns the current grades of the learner's answers.
func gradesOf(l *storagetest.Learner) (out string) {
	for _, r := range l.Reviews() {
		out += fmt.Sprintln(r.ID, r.Question.Kind, r.Verdict, r.Rating, r.Score)
	}
	return out
}
