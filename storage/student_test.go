package storage_test

import (
	"context"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestMergeGuestClasses checks that a guest's classes move to the account they sign in to.
func TestMergeGuestClasses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		second := s.createClass("History 10C")
		account := s.joins("Aysel, at home")
		guest := s.joins("Aysel, at school")
		for _, l := range []*storagetest.Learner{guest, account} {
			live(t, l, 5, false)
		}
		if err := classroom.JoinClass(ctx, db, guest.Who(), second.ID, "Aysel", s.now); err != nil {
			t.Fatal(err)
		}
		if err := db.LeaveClass(ctx, account.Who(), s.class.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if err := db.SignUpGuest(ctx, account.Who(), quiz.SignUp{Alias: "Aysel"}, "hash", now); err != nil {
			t.Fatal(err)
		}
		who := quiz.Who{Person: account.Person.ID, Role: quiz.RoleLearner}
		if err := study.MergeGuest(ctx, db, who, guest.Who(), account.Now); err != nil {
			t.Fatal(err)
		}
		all, err := db.Classes(ctx, who)
		if err != nil || len(all) != 2 {
			t.Errorf("%+v, %v", all, err)
		}
		if _, student, err := db.JoinedClass(ctx, who, s.class.Name); err != nil || student.Alias != "Aysel, at school" {
			t.Errorf("%+v, %v", student, err)
		}
	})
}
