package storage_test

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func TestTwoTeachersChangeOneAssignment(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		a := s.assigns(nil)
		other := newTeacher(t, db, "Rauf", s.now)
		if err := db.AddTeacher(ctx, s.teacher, s.class.ID, "Rauf", s.now); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() {
				mine := a
				mine.MinutesPerDay = 20 + i
				errs[i] = db.SaveAssignment(ctx, []quiz.Who{s.teacher, other}[i%2], &mine, s.now)
			})
		}
		wg.Wait()
		kept := 0
		for _, err := range errs {
			if err == nil {
				kept++
			} else {
				isFault(t, err, quiz.Conflict)
			}
		}
		if now, err := db.Assignment(ctx, other, s.class.ID, a.ID); err != nil || kept != 1 || now.Version != 2 {
			t.Errorf("%d were kept, %+v, %v", kept, now, err)
		}
		same := s.class
		same.Title = "History"
		if err := classroom.UpdateClass(ctx, db, s.teacher, same); err != nil {
			t.Fatal(err)
		}
		isFault(t, classroom.UpdateClass(ctx, db, other, same), quiz.Conflict)
	})
}

// TestAssignmentPlansTheDay checks that an assignment's years are asked first, due cards of
// other years follow as usual, the log rebuilds all cards, and deadline extensions count.
func TestAssignmentPlansTheDay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		aysel := s.joins("Aysel")
		aysel.SaveSettings(baku, 3)
		live(t, aysel, 25, false)
		s.now = aysel.Now
		a := s.assigns(func(a *quiz.Assignment) { a.FromYear, a.ToYear, a.MinutesPerDay = 1801, 1900, 8 })
		w, err := db.QueueCounts(ctx, aysel.Who(), s.deck, 3, aysel.Time())
		if err != nil || !w.PlannedForTest {
			t.Fatalf("%+v, %v", w, err)
		}
		pool, err := db.DeckIndex(ctx, aysel.Who(), s.deck)
		if err != nil {
			t.Fatal(err)
		}
		before := map[quiz.CardID]bool{}
		for _, c := range aysel.Cards() {
			before[c.CardID] = true
		}
		setTestDate(t, aysel, 4)
		inside, outside := 0, 0
		for _, c := range aysel.Cards() {
			f, _ := pool.Deck.Fact(c.Fact)
			switch {
			case before[c.CardID]:
			case a.Includes(f):
				inside++
			default:
				outside++
			}
		}
		if inside < 5 || outside > inside/3 {
			t.Errorf("%d new cards of the years, %d of others", inside, outside)
		}
		rebuilt(t, aysel)
		id := s.students()["Aysel"].ID
		if err := classroom.ExtendDeadline(ctx, db, s.teacher, s.class.ID, a.ID, id, 5); err != nil {
			t.Fatal(err)
		}
		isFault(t, classroom.ExtendDeadline(ctx, db, s.teacher, s.class.ID, a.ID, id, -1), quiz.Invalid)
		if tasks, err := db.StudentAssignments(ctx, aysel.Who()); err != nil || tasks[0].TargetDay != a.TargetDay+5 {
			t.Errorf("%+v, %v", tasks, err)
		}
		if err := db.SetAssignmentRemoved(ctx, s.teacher, s.class.ID, a.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if w, err := db.QueueCounts(ctx, aysel.Who(), s.deck, 3, aysel.Time()); err != nil || w.PlannedForTest {
			t.Errorf("%+v, %v", w, err)
		}
	})
}

// TestAssignedDecksAreVisible checks that assigning a private deck opens it to the class, and
// that only its owner can assign it.
func TestAssignedDecksAreVisible(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		whole := storagetest.Deck(t, db)
		mine := quiz.Deck{Name: "mine", Title: "Mine", Language: "en", Precision: whole.Precision, Visibility: quiz.VisibilityPrivate, Facts: whole.Facts[:6]}
		for i := range mine.Facts {
			mine.Facts[i].ID, mine.Facts[i].Source = 0, ""
		}
		if err := db.CreateDeck(ctx, s.teacher, &mine, s.now); err != nil {
			t.Fatal(err)
		}
		other := newTeacher(t, db, "Rauf", s.now)
		if err := db.AddTeacher(ctx, s.teacher, s.class.ID, "Rauf", s.now); err != nil {
			t.Fatal(err)
		}
		stolen := quiz.Assignment{Class: s.class.ID, Deck: mine.ID, TargetDay: 30000, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 5}
		isFault(t, db.SaveAssignment(ctx, other, &stolen, s.now), quiz.NotFound)
		aysel := s.joins("Aysel")
		_, err := db.DeckIndexByName(ctx, aysel.Who(), "mine")
		isFault(t, err, quiz.NotFound)
		s.assigns(func(a *quiz.Assignment) { a.Deck = mine.ID })
		if _, err := db.DeckIndexByName(ctx, aysel.Who(), "mine"); err != nil {
			t.Error(err)
		}
	})
}

// TestClassReportInputMatchesCards checks that the report reads the cards the students have.
func TestClassReportInputMatchesCards(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		a := s.assigns(func(a *quiz.Assignment) { a.FromYear, a.ToYear = 1801, 2000 })
		pool, err := db.DeckIndex(ctx, s.teacher, s.deck)
		if err != nil {
			t.Fatal(err)
		}
		learners := map[int64]*storagetest.Learner{}
		for i := range 3 {
			l := seeded(s.joins("Student "+strconv.Itoa(i)), uint64(i+4))
			live(t, l, 15*i, true)
			learners[l.Person.ID] = l
			s.now = l.Now
		}
		c, err := db.ClassReportInput(ctx, s.teacher, s.class, a, 0, s.now)
		if err != nil || len(c.Students) != 3 {
			t.Fatalf("%+v, %v", c.Students, err)
		}
		for _, p := range c.Students {
			l := learners[p.Person]
			have := map[quiz.CardID]quiz.Card{}
			for _, card := range l.Cards() {
				if f, ok := pool.Deck.Fact(card.Fact); ok && a.Includes(f) {
					have[card.CardID] = card
				}
			}
			for _, card := range p.Cards {
				want, ok := have[card.CardID]
				if !ok || card.State.Memory != want.State.Memory || card.DueDay != want.DueDay || card.State.LastDay != want.State.LastDay {
					t.Errorf("%s: %+v, has %+v", p.Alias, card, want)
				}
				delete(have, card.CardID)
			}
			if len(have) != 0 {
				t.Errorf("%s: %v were not read", p.Alias, have)
			}
		}
		// Confusions count people, not answers.
		people := map[int64]map[int64]bool{}
		for id, l := range learners {
			for _, r := range l.Reviews() {
				if r.ConfusedWith != 0 && !r.Undone && r.Day >= a.StartDay {
					if people[r.Question.Fact] == nil {
						people[r.Question.Fact] = map[int64]bool{}
					}
					people[r.Question.Fact][id] = true
				}
			}
		}
		for _, m := range c.Confusions {
			if m.People < 1 || m.People > len(people[m.Fact]) {
				t.Errorf("%+v, but %v", m, people[m.Fact])
			}
			wrongs, err := db.WrongAnswers(ctx, s.teacher, s.class.ID, a.ID, m.Fact)
			if err != nil || len(wrongs) == 0 {
				t.Errorf("%v, %v", wrongs, err)
			}
		}
	})
}

// TestClassReportInputExcludes checks that the report includes only cards that are still asked,
// in the assignment's years and not suspended.
func TestClassReportInputExcludes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		l := seeded(s.joins("Aysel"), 7)
		l.SaveSettings(baku, quiz.MaxNewPerDay)
		for range 6 { // cards of all years, since nothing is assigned yet
			day(t, l, l.Deck, 100, 8*time.Second, recalls)
		}
		s.now = l.Now
		a := s.assigns(func(a *quiz.Assignment) { a.FromYear, a.ToYear = 1801, 2000 })
		pool, err := db.DeckIndex(ctx, s.teacher, s.deck)
		if err != nil {
			t.Fatal(err)
		}
		within := func(c quiz.Card) bool {
			f, ok := pool.Deck.Fact(c.Fact)
			return ok && a.Includes(f)
		}
		in := slices.DeleteFunc(l.Cards(), func(c quiz.Card) bool { return !within(c) })
		terms := slices.DeleteFunc(slices.Clone(in), func(c quiz.Card) bool { return c.Facet != quiz.FacetTerm })
		if len(terms) < 2 || len(in) < 6 || len(in) == len(l.Cards()) {
			t.Fatalf("too little is known: %d cards, %d within, %d of terms", len(l.Cards()), len(in), len(terms))
		}
		dropped, bare := terms[0].Fact, terms[1].CardID
		at := slices.IndexFunc(in, func(c quiz.Card) bool { return c.Fact != dropped && c.Fact != bare.Fact })
		aside := in[at].CardID
		applyAction(t, l, quiz.CardAction{CardID: aside, Kind: quiz.ActionSuspend})
		changed := storagetest.Shipped(t)
		changed.Facts = slices.DeleteFunc(changed.Facts, func(f quiz.Fact) bool {
			was, _ := pool.Deck.Fact(dropped)
			return f.Key == was.Key
		})
		for i, f := range changed.Facts {
			if was, _ := pool.Deck.Fact(bare.Fact); f.Key == was.Key {
				changed.Facts[i].Terms = nil
			}
		}
		storagetest.PutDeck(t, db, changed, "changed")
		want := map[quiz.CardID]bool{}
		for _, c := range in {
			if c.Fact != dropped && c.CardID != bare && c.CardID != aside {
				want[c.CardID] = true
			}
		}
		c, err := db.ClassReportInput(ctx, s.teacher, s.class, a, 0, s.now)
		if err != nil || len(c.Students) != 1 {
			t.Fatalf("%+v, %v", c.Students, err)
		}
		for _, card := range c.Students[0].Cards {
			if !want[card.CardID] {
				t.Errorf("%+v is told of", card.CardID)
			}
			delete(want, card.CardID)
		}
		if len(want) != 0 {
			t.Errorf("%v are left out", want)
		}
	})
}
