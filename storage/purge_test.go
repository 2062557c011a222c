package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestTeacherActsForStudent checks that teachers can export and erase everything only for a
// guest who is only in their classes, and otherwise only the class's data.
func TestTeacherActsForStudent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		s.assigns(nil)
		child, pupil, other := s.joins("Aysel"), s.joins("Bogdan"), s.joins("Chidi")
		for _, l := range []*storagetest.Learner{child, pupil, other} {
			live(t, l, 8, false)
		}
		if err := db.SignUpGuest(ctx, pupil.Who(), quiz.SignUp{Alias: "Bogdan M"}, "hash", s.now); err != nil {
			t.Fatal(err)
		}
		rauf := newTeacher(t, db, "Rauf", s.now)
		theirs, err := classroom.CreateClass(ctx, db, rauf, quiz.Class{Title: "Other", Zone: baku}, "class-other", rand.New(rand.NewPCG(5, 5)), s.now)
		if err != nil {
			t.Fatal(err)
		}
		if err := classroom.JoinClass(ctx, db, other.Who(), theirs.ID, "Chidi", s.now); err != nil {
			t.Fatal(err)
		}
		in := s.students()
		for alias, want := range map[string]bool{"Aysel": true, "Bogdan": false, "Chidi": false} {
			id := in[alias].ID
			if all, _, err := db.StudentPermissions(ctx, s.teacher, s.class.ID, id); err != nil || all != want {
				t.Errorf("stands for %s: %t, %v", alias, all, err)
			}
			handed, err := db.ExportStudent(ctx, s.teacher, s.class.ID, id, s.now)
			if err != nil {
				t.Fatal(err)
			}
			if whole := len(handed.Tables["persons"]) > 0; whole != want || len(handed.Tables["reviews"]) == 0 || len(handed.Tables["students"]) != 1 {
				t.Errorf("of %s is handed out: persons %d, reviews %d, students %d", alias, len(handed.Tables["persons"]), len(handed.Tables["reviews"]), len(handed.Tables["students"]))
			}
			_, err = db.ExportStudent(ctx, rauf, s.class.ID, id, s.now)
			isFault(t, err, quiz.NotFound)
			_, err = db.EraseStudent(ctx, rauf, s.class.ID, id, s.now)
			isFault(t, err, quiz.NotFound)
			_, err = db.EraseStudent(ctx, rauf, theirs.ID, id, s.now)
			isFault(t, err, quiz.NotFound)
			if all, err := db.EraseStudent(ctx, s.teacher, s.class.ID, id, s.now); err != nil || all != want {
				t.Errorf("%s is erased in all: %t, %v", alias, all, err)
			}
		}
		if left := s.students(); len(left) != 0 {
			t.Errorf("still in the class: %v", left)
		}
		for who, n := range map[*storagetest.Learner]int{child: 0, pupil: 8, other: 8} {
			if got := count(t, db, "reviews WHERE person = "+number(who.Person.ID)); got != n {
				t.Errorf("%d reviews are left, want %d", got, n)
			}
		}
		if log, err := db.OwnAuditLog(ctx, other.Who()); err != nil || len(log) != 2 || log[0].Action != quiz.AuditMembershipErased || log[1].Action != quiz.AuditMembershipExported || log[0].ActorAlias != "Leyla" {
			t.Errorf("the record is %+v, %v", log, err)
		}
	})
}

// TestRealNamesAreRevealed checks that real names are stored separately and that the audit log
// records who saw one.
func TestRealNamesAreRevealed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		aysel := s.joins("Aysel")
		s.joins("Bogdan")
		id := s.students()["Aysel"].ID
		if err := db.SetRealName(ctx, s.teacher, s.class.ID, id, "Aysel Mammadova", s.now); err != nil {
			t.Fatal(err)
		}
		if log, err := db.OwnAuditLog(ctx, aysel.Who()); err != nil || len(log) != 0 {
			t.Errorf("the record has %v, %v", log, err)
		}
		names, err := db.RevealRealNames(ctx, s.teacher, s.class.ID, 0, s.now)
		if err != nil || len(names) != 1 || names[id] != "Aysel Mammadova" {
			t.Errorf("the names are %v, %v", names, err)
		}
		log, err := db.OwnAuditLog(ctx, aysel.Who())
		if err != nil || len(log) != 1 || log[0].Action != quiz.AuditNameRevealed || log[0].ActorAlias != "Leyla" || !log[0].At.Equal(s.now) {
			t.Errorf("the record has %+v, %v", log, err)
		}
		for name, who := range map[string]quiz.Who{"other": newTeacher(t, db, "Rauf", s.now), "student": aysel.Who(), "nobody": {}, "administrator": {Person: 999, Role: quiz.RoleAdmin}} {
			if names, err := db.RevealRealNames(ctx, who, s.class.ID, 0, s.now); !quiz.Is(err, quiz.NotFound) || len(names) > 0 {
				t.Errorf("%s sees %v, %v", name, names, err)
			}
			isFault(t, db.SetRealName(ctx, who, s.class.ID, id, "X", s.now), quiz.NotFound)
		}
		// The real name moves with the student to another class.
		to := s.createClass("History 10C")
		if err := db.MoveStudent(ctx, s.teacher, s.class.ID, id, to.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if names, err := db.RevealRealNames(ctx, s.teacher, to.ID, 0, s.now); err != nil || len(names) != 1 {
			t.Errorf("after moving the names are %v, %v", names, err)
		}
		if err := db.EraseOwnData(ctx, aysel.Who(), s.now); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db, "names"); n != 0 {
			t.Errorf("%d names are left", n)
		}
	})
}

// TestPurgeExpired checks that expired data is deleted, that data one day younger stays, and
// that a dry run gives the same counts and deletes nothing.
func TestPurgeExpired(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		s.assigns(nil)
		aysel := s.busy("Aysel", 3)
		s.busy("Bogdan", 4)
		lone := storagetest.NewLearner(t, db, baku, s.deck)
		live(t, lone, 5, true)
		signUp(t, db, quiz.SignUp{Alias: "Farid"})
		if err := db.SetStudentRemoved(ctx, s.teacher, s.class.ID, s.students()["Bogdan"].ID, s.now, s.now); err != nil {
			t.Fatal(err)
		}
		run := func(day int, want string, after ...string) {
			t.Helper()
			at := s.now.AddDate(0, 0, day)
			before := allRows(t, db)
			dry, err := db.PurgeExpired(ctx, storagetest.System, true, at)
			if err != nil {
				t.Fatal(err)
			}
			if allRows(t, db) != before {
				t.Fatalf("a dry run on day %d changed something", day)
			}
			wet, err := db.PurgeExpired(ctx, storagetest.System, false, at)
			if err != nil || !slices.Equal(dry, wet) {
				t.Errorf("on day %d a dry run says %v, and then goes %v, %v", day, dry, wet, err)
			}
			if got := fmt.Sprint(wet); got != want {
				t.Errorf("on day %d goes %s, want %s", day, got, want)
			}
			then := "[]"
			if len(after) > 0 {
				then = after[0]
			}
			if again, err := db.PurgeExpired(ctx, storagetest.System, false, at); err != nil || fmt.Sprint(again) != then {
				t.Errorf("on day %d goes again %v, want %s, %v", day, again, then, err)
			}
		}
		run(1, "[{guests 1}]") // a guest who began in spring and has no session any more
		run(29, "[]")
		run(31, "[{names 1}]")
		run(364, "[]")
		run(366, "[{sessions 2}]")
		run(401, "[{quizzes 2} {members 1} {guests 1}]") // Bogdan's membership expires, and then his guest account
		if n := count(t, db, "reviews WHERE person = "+number(aysel.Person.ID)); n == 0 {
			t.Error("who is in a class lost something")
		}
		run(729, "[]")
		run(730, "[{record 2}]")
		run(907, "[]")
		run(908, "[{accounts 1}]") // Farid; a teacher with an active class stays
		run(1096, "[]")
		if err := db.SetClassArchived(ctx, s.teacher, s.class.ID, s.now.AddDate(0, 0, 1100)); err != nil {
			t.Fatal(err)
		}
		run(1101, "[{accounts 1}]", "[{guests 1}]") // the class is deleted with its teacher, then its student
	})
}

// TestPurgeKeepsActivePeople checks that a sign-in card works for the student's current class
// even if an archived class created it, and that a removed student stays until their retention
// period ends.
func TestPurgeKeepsActivePeople(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		next := s.createClass("History 11B")
		for _, alias := range []string{"Aysel", "Bogdan", "Chidi"} {
			if err := db.AddStudents(ctx, s.teacher, s.class.ID, []classroom.NewStudent{{Alias: alias, SecretHash: "card of " + alias}}, s.now); err != nil {
				t.Fatal(err)
			}
		}
		in := s.students()
		if err := db.MoveStudent(ctx, s.teacher, s.class.ID, in["Aysel"].ID, next.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if err := classroom.JoinClass(ctx, db, quiz.Who{Person: in["Bogdan"].Person, Role: quiz.RoleGuest}, next.ID, "Bogdan", s.now); err != nil {
			t.Fatal(err)
		}
		if err := db.SetStudentRemoved(ctx, s.teacher, s.class.ID, in["Chidi"].ID, s.now, s.now); err != nil {
			t.Fatal(err)
		}
		if err := db.SetClassArchived(ctx, s.teacher, s.class.ID, s.now); err != nil {
			t.Fatal(err)
		}
		tidy := func(days int) {
			t.Helper()
			if _, err := db.PurgeExpired(ctx, storagetest.System, false, s.now.AddDate(0, 0, days)); err != nil {
				t.Fatal(err)
			}
		}
		tidy(399)
		if n := count(t, db, "persons WHERE id = "+number(in["Chidi"].Person)); n != 1 {
			t.Error("who was taken out is gone before their time")
		}
		tidy(402)
		for alias, there := range map[string]bool{"Aysel": true, "Bogdan": true, "Chidi": false} {
			_, err := db.PersonBySignInCard(ctx, quiz.Who{}, "card of "+alias, s.now.AddDate(0, 0, 403))
			if (err == nil) != there {
				t.Errorf("the card of %s: %v", alias, err)
			}
		}
	})
}

// TestPurgeContinuesAfterError checks that an error with one person does not stop the purge of
// others.
func TestPurgeContinuesAfterError(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		first := guest(t, db)
		for range 45 {
			guest(t, db)
		}
		exec(t, db.Raw(), "CREATE TABLE holds (person BIGINT REFERENCES persons (id))")
		exec(t, db.Raw(), "INSERT INTO holds VALUES ("+number(first.ID+3)+")")
		done, err := db.PurgeExpired(ctx, storagetest.System, false, now.AddDate(0, 0, 40))
		if err == nil || fmt.Sprint(done) != "[{guests 45}]" || count(t, db, "persons") != 1 {
			t.Errorf("%v, %v", done, err)
		}
		exec(t, db.Raw(), "DROP TABLE holds")
	})
}

// TestRoleChangeRevokesCodes checks that codes created before a role change no longer work.
func TestRoleChangeRevokesCodes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		nigar := signUp(t, db, quiz.SignUp{Alias: "Nigar"})
		if err := classroom.JoinClass(ctx, db, nigar.Who(), s.class.ID, "Nigar", s.now); err != nil {
			t.Fatal(err)
		}
		id := s.students()["Nigar"].ID
		if err := db.CreateStudentResetCode(ctx, s.teacher, s.class.ID, id, "code", s.now.Add(quiz.ResetCodeLifetime), s.now); err != nil {
			t.Fatal(err)
		}
		if err := db.SetRole(ctx, storagetest.System, nigar.ID, quiz.RoleAdmin, "nigar@example.org", s.now); err != nil {
			t.Fatal(err)
		}
		_, err := db.ResetPassword(ctx, quiz.Who{}, "code", "hash", s.now)
		isFault(t, err, quiz.NotFound)
		isFault(t, db.CreateStudentResetCode(ctx, s.teacher, s.class.ID, id, "other", s.now.Add(quiz.ResetCodeLifetime), s.now), quiz.Forbidden)

		// A teacher cannot reset the password of a student who has decks or is in another
		// teacher's class.
		farid := signUp(t, db, quiz.SignUp{Alias: "Farid"})
		if err := classroom.JoinClass(ctx, db, farid.Who(), s.class.ID, "Farid", s.now); err != nil {
			t.Fatal(err)
		}
		rauf := newTeacher(t, db, "Rauf", s.now)
		theirs, err := classroom.CreateClass(ctx, db, rauf, quiz.Class{Title: "Other", Zone: baku}, "class-other", rand.New(rand.NewPCG(5, 5)), s.now)
		if err != nil {
			t.Fatal(err)
		}
		id = s.students()["Farid"].ID
		reset := func() error {
			return db.CreateStudentResetCode(ctx, s.teacher, s.class.ID, id, "third", s.now.Add(quiz.ResetCodeLifetime), s.now)
		}
		if err := reset(); err != nil {
			t.Error(err)
		}
		if err := classroom.JoinClass(ctx, db, farid.Who(), theirs.ID, "Farid", s.now); err != nil {
			t.Fatal(err)
		}
		isFault(t, reset(), quiz.Forbidden)
		if err := db.LeaveClass(ctx, farid.Who(), theirs.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if err := reset(); err != nil {
			t.Error(err)
		}
		if err := db.CreateDeck(ctx, farid.Who(), trivialDeck(t, db), s.now); err != nil {
			t.Fatal(err)
		}
		isFault(t, reset(), quiz.Forbidden)

		// A mailed code does not replace one that was given by hand.
		err = db.CreateMailedResetCode(ctx, farid.ID, "mailed", s.now.Add(quiz.MailedResetCodeLifetime), s.now)
		isFault(t, err, quiz.Conflict)
		late := s.now.Add(quiz.ResetCodeLifetime + 1)
		if err := db.CreateMailedResetCode(ctx, farid.ID, "mailed", late.Add(quiz.MailedResetCodeLifetime), late); err != nil {
			t.Error(err)
		}
		if err := db.CreateResetCode(ctx, storagetest.System, farid.ID, "by hand", late.Add(quiz.ResetCodeLifetime), late); err != nil {
			t.Error(err)
		}
	})
}
