package storage_test

import (
	"context"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestLookAlikeNamesInAClass checks that nobody can take an alias that looks like another
// student's, whichever way they join the class.
func TestLookAlikeNamesInAClass(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		const latin, cyrillic = "Leyla", "L\u0435yla"
		s.joins(latin)
		other := storagetest.NewLearner(t, db, baku, s.deck)
		refuses := func(way string, err error) {
			t.Helper()
			if !quiz.Is(err, quiz.Invalid) {
				t.Errorf("%s under a name that looks like another: %v", way, err)
			}
		}
		refuses("joining", classroom.JoinClass(ctx, db, other.Who(), s.class.ID, cyrillic, s.now))
		refuses("being added", db.AddStudents(ctx, s.teacher, s.class.ID, []classroom.NewStudent{{Alias: cyrillic, SecretHash: "h"}}, s.now))
		if err := classroom.JoinClass(ctx, db, other.Who(), s.class.ID, "Rauf", s.now); err != nil {
			t.Fatal(err)
		}
		refuses("changing the name", classroom.JoinClass(ctx, db, other.Who(), s.class.ID, cyrillic, s.now))
		_, rauf, err := db.JoinedClass(ctx, other.Who(), s.class.Name)
		if err != nil {
			t.Fatal(err)
		}
		refuses("being renamed", db.RenameStudent(ctx, s.teacher, s.class.ID, rauf.ID, cyrillic))

		second := s.createClass("History 10C")
		if err := classroom.JoinClass(ctx, db, other.Who(), second.ID, cyrillic, s.now); err != nil {
			t.Errorf("nobody looks like that in the second class: %v", err)
		}
		_, there, err := db.JoinedClass(ctx, other.Who(), second.Name)
		if err != nil {
			t.Fatal(err)
		}
		refuses("moving", db.MoveStudent(ctx, s.teacher, second.ID, there.ID, s.class.ID, s.now))
		if err := db.SetStudentRemoved(ctx, s.teacher, second.ID, there.ID, s.now, s.now); err != nil {
			t.Fatal(err)
		}
		third := storagetest.NewLearner(t, db, baku, s.deck)
		if err := classroom.JoinClass(ctx, db, third.Who(), second.ID, latin, s.now); err != nil {
			t.Fatal(err)
		}
		refuses("coming back", db.SetStudentRemoved(ctx, s.teacher, second.ID, there.ID, time.Time{}, s.now))
	})
}
