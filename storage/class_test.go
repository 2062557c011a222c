package storage_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// school is a class with its teacher.
type school struct {
	t       testing.TB
	db      *storage.DB
	teacher quiz.Who
	class   quiz.Class
	deck    int64
	now     time.Time
}

func newTeacher(t testing.TB, db *storage.DB, name string, now time.Time) quiz.Who {
	t.Helper()
	ctx := context.Background()
	p, err := db.CreateGuest(ctx, quiz.Who{}, baku, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SignUpGuest(ctx, p.Who(), quiz.SignUp{Alias: name, Email: name + "@example.org", AsTeacher: true}, "hash", now); err != nil {
		t.Fatal(err)
	}
	return quiz.Who{Person: p.ID, Role: quiz.RoleTeacher}
}

func newSchool(t testing.TB, db *storage.DB) *school {
	t.Helper()
	s := &school{t: t, db: db, deck: storagetest.Deck(t, db).ID, now: time.Date(2026, 9, 7, 8, 0, 0, 0, time.UTC)}
	s.teacher = newTeacher(t, db, "Leyla", s.now)
	s.class = s.createClass("History 10B")
	return s
}

func (s *school) createClass(title string) quiz.Class {
	s.t.Helper()
	c, err := classroom.CreateClass(context.Background(), s.db, s.teacher, quiz.Class{Title: title, Zone: baku}, "class-"+title, rand.New(rand.NewPCG(uint64(len(title)), 3)), s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// joins adds a new guest to the class as a student.
func (s *school) joins(alias string) *storagetest.Learner {
	s.t.Helper()
	l := storagetest.NewLearner(s.t, s.db, baku, s.deck)
	l.Now = s.now
	if err := classroom.JoinClass(context.Background(), s.db, l.Who(), s.class.ID, alias, s.now); err != nil {
		s.t.Fatal(err)
	}
	return l
}

func (s *school) assigns(change func(*quiz.Assignment)) quiz.Assignment {
	s.t.Helper()
	today := s.class.Calendar().Day(s.now)
	a := quiz.Assignment{Class: s.class.ID, Deck: s.deck, StartDay: today, TargetDay: today + 14, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 10, ExtendLateJoiners: true}
	if change != nil {
		change(&a)
	}
	if err := s.db.SaveAssignment(context.Background(), s.teacher, &a, s.now); err != nil {
		s.t.Fatal(err)
	}
	return a
}

func (s *school) students() map[string]quiz.Student {
	s.t.Helper()
	all, err := s.db.Students(context.Background(), s.teacher, s.class.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]quiz.Student{}
	for _, one := range all {
		out[one.Alias] = one
	}
	return out
}

func TestJoinClassByCode(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		found, err := db.ClassByJoinCode(ctx, quiz.Who{}, s.class.JoinCode)
		if err != nil || found.ID != s.class.ID {
			t.Fatalf("%+v, %v", found, err)
		}
		a := s.assigns(nil)
		aysel := s.joins("Aysel")
		other := storagetest.NewLearner(t, db, baku, s.deck)
		err = classroom.JoinClass(ctx, db, other.Who(), s.class.ID, "  AYSEL ", s.now)
		isFault(t, err, quiz.Invalid)
		if err := classroom.JoinClass(ctx, db, other.Who(), s.class.ID, "Bogdan", s.now); err != nil {
			t.Fatal(err)
		}
		if in := s.students(); len(in) != 2 || in["Aysel"].HasAccount || !in["Aysel"].CardMadeAt.IsZero() {
			t.Errorf("%+v", in)
		}
		tasks, err := db.StudentAssignments(ctx, aysel.Who())
		if err != nil || len(tasks) != 1 || tasks[0].Assignment.ID != a.ID || tasks[0].TargetDay != a.TargetDay || tasks[0].ClassName != s.class.Name {
			t.Errorf("%+v, %v", tasks, err)
		}
		if follows, err := db.FollowedDecks(ctx, aysel.Who()); err != nil || len(follows) != 1 {
			t.Errorf("the deck is not on the shelf: %v, %v", follows, err)
		}
		// A double tap changes nothing; another alias does.
		for range 2 {
			if err := classroom.JoinClass(ctx, db, aysel.Who(), s.class.ID, "Aysel M", s.now); err != nil {
				t.Fatal(err)
			}
		}
		if in := s.students(); len(in) != 2 || in["Aysel M"].Person != aysel.Person.ID {
			t.Errorf("%+v", in)
		}
		if err := classroom.RenewJoinCode(ctx, db, s.teacher, s.class.ID, rand.New(rand.NewPCG(77, 1))); err != nil {
			t.Fatal(err)
		}
		_, err = db.ClassByJoinCode(ctx, quiz.Who{}, s.class.JoinCode)
		isFault(t, err, quiz.NotFound)
		if err := db.SetClassArchived(ctx, s.teacher, s.class.ID, s.now); err != nil {
			t.Fatal(err)
		}
		third := storagetest.NewLearner(t, db, baku, s.deck)
		isFault(t, classroom.JoinClass(ctx, db, third.Who(), s.class.ID, "Chidi", s.now), quiz.NotFound)
		if tasks, err := db.StudentAssignments(ctx, aysel.Who()); err != nil || len(tasks) != 0 {
			t.Errorf("a class that is over asks for %+v, %v", tasks, err)
		}
	})
}

// TestOnlyTeachersSeeClass checks that every method of a class returns NotFound and changes
// nothing for people who do not teach it: another teacher, its student, a former teacher,
// nobody.
func TestOnlyTeachersSeeClass(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		a := s.assigns(nil)
		aysel := s.joins("Aysel")
		live(t, aysel, 12, false)
		student := s.students()["Aysel"].ID
		former, other := newTeacher(t, db, "Former", s.now), newTeacher(t, db, "Other", s.now)
		if err := db.AddTeacher(ctx, s.teacher, s.class.ID, "former@example.org", s.now); err != nil {
			t.Fatal(err)
		}
		isFault(t, db.AddTeacher(ctx, s.teacher, s.class.ID, "nobody@example.org", s.now), quiz.Invalid)
		isFault(t, db.AddTeacher(ctx, s.teacher, s.class.ID, "Aysel", s.now), quiz.Invalid)
		if _, err := db.ClassReportInput(ctx, former, s.class, a, 0, s.now); err != nil {
			t.Fatal(err)
		}
		isFault(t, db.RemoveTeacher(ctx, former, s.class.ID, s.teacher.Person), quiz.Forbidden)
		if err := db.RemoveTeacher(ctx, s.teacher, s.class.ID, former.Person); err != nil {
			t.Fatal(err)
		}
		theirs := quiz.Class{Title: "Other", Zone: baku}
		theirs, err := classroom.CreateClass(ctx, db, other, theirs, "class-other", rand.New(rand.NewPCG(5, 5)), s.now)
		if err != nil {
			t.Fatal(err)
		}
		before := classes(t, db)
		fact := aysel.Cards()[0].Fact
		b := a
		b.MinutesPerDay = 99
		for name, who := range map[string]quiz.Who{"other": other, "former": former, "student": aysel.Who(), "nobody": {}} {
			for deed, do := range map[string]func() error{
				"taught":     func() error { _, err := db.TaughtClass(ctx, who, s.class.Name); return err },
				"set":        func() error { return db.UpdateClass(ctx, who, s.class) },
				"code":       func() error { return db.SetJoinCode(ctx, who, s.class.ID, "KURA-1111") },
				"archive":    func() error { return db.SetClassArchived(ctx, who, s.class.ID, s.now) },
				"quiz":       func() error { return db.SetClassQuiz(ctx, who, s.class.ID, "/", 1) },
				"teacher":    func() error { return db.AddTeacher(ctx, who, s.class.ID, "Other", s.now) },
				"no teacher": func() error { return db.RemoveTeacher(ctx, who, s.class.ID, s.teacher.Person) },
				"students":   func() error { _, err := db.Students(ctx, who, s.class.ID); return err },
				"student":    func() error { _, err := db.Student(ctx, who, s.class.ID, student); return err },
				"add": func() error {
					return db.AddStudents(ctx, who, s.class.ID, []classroom.NewStudent{{Alias: "New", SecretHash: "h" + name}}, s.now)
				},
				"rename": func() error { return db.RenameStudent(ctx, who, s.class.ID, student, "X") },
				"remove": func() error { return db.SetStudentRemoved(ctx, who, s.class.ID, student, s.now, s.now) },
				"move":   func() error { return db.MoveStudent(ctx, who, s.class.ID, student, theirs.ID, s.now) },
				"passes": func() error {
					return db.SetSignInCards(ctx, who, s.class.ID, map[int64]string{student: "p" + name}, s.now)
				},
				"assign": func() error {
					return db.SaveAssignment(ctx, who, &quiz.Assignment{Class: s.class.ID, Deck: s.deck}, s.now)
				},
				"change": func() error { return db.SaveAssignment(ctx, who, &b, s.now) },
				"drop":   func() error { return db.SetAssignmentRemoved(ctx, who, s.class.ID, a.ID, s.now) },
				"look":   func() error { _, err := db.Assignment(ctx, who, s.class.ID, a.ID); return err },
				"extra":  func() error { return db.SetDeadlineExtension(ctx, who, s.class.ID, a.ID, student, 3) },
				"survey": func() error { _, err := db.ClassReportInput(ctx, who, s.class, a, 0, s.now); return err },
				"wrongs": func() error { _, err := db.WrongAnswers(ctx, who, s.class.ID, a.ID, fact); return err },
				"answers": func() error {
					_, err := db.StudentReviewOutcomes(ctx, who, s.class.ID, a.ID, student, time.Time{})
					return err
				},
			} {
				if err := do(); !quiz.Is(err, quiz.NotFound) {
					t.Errorf("%s by %s: %v", deed, name, err)
				}
			}
		}
		// A teacher cannot reach another class's rows through their own class.
		isFault(t, db.SetStudentRemoved(ctx, other, theirs.ID, student, s.now, s.now), quiz.NotFound)
		isFault(t, db.RenameStudent(ctx, other, theirs.ID, student, "X"), quiz.NotFound)
		isFault(t, db.SetSignInCards(ctx, other, theirs.ID, map[int64]string{student: "z"}, s.now), quiz.NotFound)
		isFault(t, db.SetDeadlineExtension(ctx, other, theirs.ID, a.ID, student, 3), quiz.NotFound)
		isFault(t, db.SetAssignmentRemoved(ctx, other, theirs.ID, a.ID, s.now), quiz.NotFound)
		isFault(t, db.MoveStudent(ctx, s.teacher, s.class.ID, student, theirs.ID, s.now), quiz.NotFound)
		_, err = db.StudentReviewOutcomes(ctx, other, theirs.ID, a.ID, student, time.Time{})
		isFault(t, err, quiz.NotFound)
		if after := classes(t, db); after != before {
			t.Errorf("something changed:\n%s\n%s", before, after)
		}
		if all, err := db.Assignments(ctx, other, s.class.ID); err != nil || len(all) != 0 {
			t.Errorf("%v, %v", all, err)
		}
		if all, err := db.ClassTeachers(ctx, other, s.class.ID); err != nil || len(all) != 0 {
			t.Errorf("%v, %v", all, err)
		}
		isFault(t, db.CreateClass(ctx, aysel.Who(), &quiz.Class{Name: "mine", JoinCode: "KURA-2222"}, s.now), quiz.Forbidden)
	})
}

// classes returns all rows about classes.
func classes(t *testing.T, db *storage.DB) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{"classes", "teachers", "students", "passes", "assignments", "extras"} {
		out.WriteString(table + "\n" + dump(t, db, "SELECT * FROM "+table+" ORDER BY 1, 2, 3"))
	}
	return out.String()
}

func TestSignInCards(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		s.assigns(nil)
		hash := func(secret string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(secret))) }
		cards, err := classroom.AddStudents(ctx, db, s.teacher, s.class.ID, "Aysel\n\n  Bogdan \n", hash, rand.New(rand.NewPCG(1, 1)), s.now)
		if err != nil || len(cards) != 2 || cards[1].Alias != "Bogdan" {
			t.Fatalf("%+v, %v", cards, err)
		}
		before := classes(t, db)
		for _, lines := range []string{"", "\n \n", "Chidi\nchidi", "Dilara\nBOGDAN", "Emil\n" + strings.Repeat("x", 5000), "Farid\n\u200b", strings.Repeat("A\n", 3)} {
			_, err := classroom.AddStudents(ctx, db, s.teacher, s.class.ID, lines, hash, rand.New(rand.NewPCG(2, 1)), s.now)
			isFault(t, err, quiz.Invalid)
		}
		if after := classes(t, db); after != before {
			t.Error("a list that was refused left something behind")
		}
		if strings.Contains(before, cards[0].Secret) {
			t.Error("a secret is kept as it is")
		}
		p, err := db.PersonBySignInCard(ctx, quiz.Who{}, hash(cards[0].Secret), s.now)
		if err != nil || p.Role != quiz.RoleGuest || p.ID != s.students()["Aysel"].Person {
			t.Fatalf("%+v, %v", p, err)
		}
		if tasks, err := db.StudentAssignments(ctx, p.Who()); err != nil || len(tasks) != 1 {
			t.Errorf("%+v, %v", tasks, err)
		}
		if err := db.CreateSession(ctx, p.Who(), "session", s.now); err != nil {
			t.Fatal(err)
		}
		aysel := s.students()["Aysel"]
		if !aysel.CardUsed {
			t.Errorf("%+v", aysel)
		}
		renewed, err := classroom.RenewSignInCards(ctx, db, s.teacher, s.class.ID, []quiz.Student{aysel}, hash, rand.New(rand.NewPCG(3, 1)), s.now)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.PersonBySignInCard(ctx, quiz.Who{}, hash(cards[0].Secret), s.now)
		isFault(t, err, quiz.NotFound)
		_, err = db.PersonBySession(ctx, quiz.Who{}, "session", s.now)
		isFault(t, err, quiz.NotFound) // someone else may have the lost card
		if same, err := db.PersonBySignInCard(ctx, quiz.Who{}, hash(renewed[0].Secret), s.now); err != nil || same.ID != p.ID {
			t.Errorf("%+v, %v", same, err)
		}
		// If the student also joins another teacher's class, the card still belongs to the
		// class that created it.
		rauf := newTeacher(t, db, "Rauf", s.now)
		theirs, err := classroom.CreateClass(ctx, db, rauf, quiz.Class{Title: "Other", Zone: baku}, "class-other", rand.New(rand.NewPCG(5, 5)), s.now)
		if err != nil {
			t.Fatal(err)
		}
		if err := classroom.JoinClass(ctx, db, p.Who(), theirs.ID, "Aysel", s.now); err != nil {
			t.Fatal(err)
		}
		there, err := db.Students(ctx, rauf, theirs.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = classroom.RenewSignInCards(ctx, db, rauf, theirs.ID, there, hash, rand.New(rand.NewPCG(6, 1)), s.now)
		isFault(t, err, quiz.Forbidden)
		// A person with a password has no sign-in card, and no teacher can create one for them.
		if err := db.CreateSession(ctx, p.Who(), "of the card", s.now); err != nil {
			t.Fatal(err)
		}
		if err := db.SignUpGuest(ctx, p.Who(), quiz.SignUp{Alias: "Aysel M"}, "password", now); err != nil {
			t.Fatal(err)
		}
		_, err = db.PersonBySession(ctx, quiz.Who{}, "of the card", s.now)
		isFault(t, err, quiz.NotFound)
		_, err = db.PersonBySignInCard(ctx, quiz.Who{}, hash(renewed[0].Secret), s.now)
		isFault(t, err, quiz.NotFound)
		_, err = classroom.RenewSignInCards(ctx, db, s.teacher, s.class.ID, []quiz.Student{aysel}, hash, rand.New(rand.NewPCG(4, 1)), s.now)
		isFault(t, err, quiz.Forbidden)
		if got := s.students()["Aysel"]; !got.HasAccount || !got.CardMadeAt.IsZero() {
			t.Errorf("%+v", got)
		}
	})
}

func TestRemoveAndRestoreStudents(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		a := s.assigns(nil)
		aysel := s.joins("Aysel")
		live(t, aysel, 10, false)
		id := s.students()["Aysel"].ID
		if err := db.SetStudentRemoved(ctx, s.teacher, s.class.ID, id, s.now, s.now); err != nil {
			t.Fatal(err)
		}
		if tasks, err := db.StudentAssignments(ctx, aysel.Who()); err != nil || len(tasks) != 0 {
			t.Errorf("%+v, %v", tasks, err)
		}
		if c, err := db.ClassReportInput(ctx, s.teacher, s.class, a, 0, s.now); err != nil || len(c.Students) != 0 {
			t.Errorf("a student who is gone is seen: %+v, %v", c.Students, err)
		}
		_, err := db.StudentReviewOutcomes(ctx, s.teacher, s.class.ID, a.ID, id, time.Time{})
		isFault(t, err, quiz.NotFound)
		_, _, err = db.JoinedClass(ctx, aysel.Who(), s.class.Name)
		isFault(t, err, quiz.NotFound)
		s.joins("aysel") // the alias is free again
		isFault(t, db.SetStudentRemoved(ctx, s.teacher, s.class.ID, id, time.Time{}, s.now), quiz.Invalid)
		if err := classroom.RenameStudent(ctx, db, s.teacher, s.class.ID, id, "Aysel 2"); err != nil {
			t.Fatal(err)
		}
		if err := db.SetStudentRemoved(ctx, s.teacher, s.class.ID, id, time.Time{}, s.now); err != nil {
			t.Fatal(err)
		}
		second := s.createClass("History 10C")
		if err := db.MoveStudent(ctx, s.teacher, s.class.ID, id, second.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if _, _, err := db.JoinedClass(ctx, aysel.Who(), second.Name); err != nil {
			t.Error(err)
		}
		_, _, err = db.JoinedClass(ctx, aysel.Who(), s.class.Name)
		isFault(t, err, quiz.NotFound)
		if len(aysel.Reviews()) < 10 {
			t.Error("what was learned is gone")
		}
		if err := db.LeaveClass(ctx, aysel.Who(), second.ID, s.now); err != nil {
			t.Fatal(err)
		}
		// A student who left cannot be restored by a teacher, and returns with their first
		// joining day.
		all, err := db.Students(ctx, s.teacher, second.ID)
		if err != nil || len(all) != 1 || !all[0].LeftBySelf {
			t.Fatalf("%+v, %v", all, err)
		}
		isFault(t, db.SetStudentRemoved(ctx, s.teacher, second.ID, all[0].ID, time.Time{}, s.now), quiz.NotFound)
		isFault(t, db.MoveStudent(ctx, s.teacher, second.ID, all[0].ID, s.class.ID, s.now), quiz.NotFound)
		if all, err := db.Classes(ctx, aysel.Who()); err != nil || len(all) != 0 {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
