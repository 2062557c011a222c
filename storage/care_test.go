package storage_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// tend does a deed to a card of the learner.
func tend(t *testing.T, l *storagetest.Learner, c quiz.Care) {
	t.Helper()
	if err := study.Tend(context.Background(), l.DB, l.Who(), l.Deck, c, l.Token(), l.Now); err != nil {
		t.Fatalf("%+v: %v", c, err)
	}
}

func untend(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	c, err := l.DB.LastCare(context.Background(), l.Who())
	if err == nil {
		err = study.Untend(context.Background(), l.DB, l.Who(), c.ID, l.Token(), l.Now)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// kept is all that a learner's deeds moved, without versions, which only grow.
func kept(t *testing.T, l *storagetest.Learner) string {
	t.Helper()
	who := l.Person.ID
	return dump(t, l.DB, fmt.Sprintf(`SELECT fact, facet, deck, phase, step, stability, difficulty, last_day, first_day, reps, lapses, learned, due, due_day
		FROM cards WHERE person = %d ORDER BY fact, facet`, who)) +
		dump(t, l.DB, fmt.Sprintf("SELECT * FROM asides WHERE person = %d ORDER BY fact, facet", who)) +
		dump(t, l.DB, fmt.Sprintf("SELECT * FROM days WHERE person = %d ORDER BY day", who))
}

// deed is one by chance, to a card by chance.
func deed(l *storagetest.Learner) quiz.Care {
	cards := l.Cards()
	card := cards[l.Chance.IntN(len(cards))]
	c := quiz.Care{CardID: card.CardID, Deed: quiz.Deeds[l.Chance.IntN(len(quiz.Deeds))]}
	if c.Deed == quiz.SetDue && card.Learning() { // it comes by minutes
		c.Deed = quiz.Bury
	}
	if c.Deed == quiz.SetDue {
		c.Day = l.At().Day + int64(l.Chance.IntN(40))
	}
	return c
}

// Answers and deeds by chance, taken back one by one from the last: before each,
// everything was as it is again then, and all the while the log and the deeds make
// the very cards that are kept.
func TestDeedsAreUndoneExactly(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		for seed := range uint64(2) {
			l := seeded(learner(t, db), 40+seed)
			live(t, l, 30, true)
			var before []string
			var back []func()
			for range 16 {
				before = append(before, kept(t, l))
				s := l.Begin()
				if l.Chance.IntN(2) == 0 && s.Waits() {
					r := l.Take(l.Guess(s))
					back = append(back, func() {
						if _, err := l.Undo(r.Token); err != nil {
							t.Fatal(err)
						}
					})
				} else {
					tend(t, l, deed(l))
					back = append(back, func() { untend(t, l) })
				}
				rebuilt(t, l)
				pause(l)
			}
			for i := len(back) - 1; i >= 0; i-- {
				back[i]()
				if now := kept(t, l); now != before[i] {
					t.Fatalf("seed %d, step %d: before\n%s\nafter the undo\n%s", seed, i, before[i], now)
				}
			}
		}
	})
}

func TestWhatIsPutAsideIsNotAsked(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 9)
		live(t, l, 40, false)
		s := l.Begin()
		for !s.Waits() {
			l.Now = l.Now.Add(24 * time.Hour)
			s = l.Begin()
		}
		buried := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
		tend(t, l, quiz.Care{CardID: buried, Deed: quiz.Bury})
		s = l.Sitting()
		if s.Waits() && s.Question.Fact == buried.Fact && s.Question.Facet == buried.Facet {
			t.Fatal("what was put off is still asked")
		}
		gone := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
		tend(t, l, quiz.Care{CardID: gone, Deed: quiz.Suspend})
		today, again := l.At().Day, false
		for range 90 {
			s = l.Begin()
			if !s.Waits() {
				l.Now = l.Now.Add(24 * time.Hour)
				continue
			}
			asked := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
			if asked == gone || asked == buried && l.At().Day == today {
				t.Fatalf("%v is asked on day %d", asked, l.At().Day-today)
			}
			again = again || asked == buried
			l.Take(l.Guess(s))
		}
		if !again {
			t.Error("what was put off until tomorrow never came back")
		}
		tend(t, l, quiz.Care{CardID: gone, Deed: quiz.Resume})
		for day := 0; ; day++ {
			s = l.Begin()
			if s.Waits() && s.Question.Fact == gone.Fact && s.Question.Facet == gone.Facet {
				return
			}
			if day > 60 {
				t.Fatal("what was taken up again is not asked")
			}
			if s.Waits() {
				l.Take(storagetest.Right(s))
			} else {
				l.Now = l.Now.Add(24 * time.Hour)
			}
		}
	})
}

// A day is set for cards in memory alone: what is being learned comes by minutes.
func TestNoDayForWhatIsLearned(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		r := l.Take(storagetest.Wrong(l.Begin()))
		err := study.Tend(context.Background(), db, l.Who(), l.Deck, quiz.Care{
			CardID: r.After.CardID, Deed: quiz.SetDue, Day: l.At().Day + 3,
		}, l.Token(), l.Now)
		isFault(t, err, quiz.Conflict)
	})
}

// What a guest put aside and the days they set come into an account, where they do
// not stand against what was done there.
func TestAGuestsDeedsComeAlong(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		own, guest := seeded(learner(t, db), 1), seeded(learner(t, db), 2)
		live(t, own, 12, false)
		live(t, guest, 12, false)
		both, hers := own.Cards()[0].CardID, guest.Cards()[len(guest.Cards())-1].CardID
		tend(t, own, quiz.Care{CardID: both, Deed: quiz.Suspend})
		tend(t, guest, quiz.Care{CardID: both, Deed: quiz.Bury})
		tend(t, guest, quiz.Care{CardID: hers, Deed: quiz.Suspend})
		goal := quiz.Goal{Deck: guest.Deck, Day: guest.At().Day + 20, Minutes: 15}
		if err := db.SetGoal(ctx, guest.Who(), goal); err != nil {
			t.Fatal(err)
		}
		if err := study.Bring(ctx, db, own.Who(), guest.Who(), own.Now); err != nil {
			t.Fatal(err)
		}
		if g, err := db.Goal(ctx, own.Who(), own.Deck); err != nil || g != goal {
			t.Errorf("%+v, %v", g, err)
		}
		asides, err := db.Asides(ctx, own.Who(), own.At().Day)
		if err != nil || asides[both] != quiz.Never || asides[hers] != quiz.Never {
			t.Errorf("%v, %v", asides, err)
		}
		tend(t, own, quiz.Care{CardID: both, Deed: quiz.Resume})
		untend(t, own)
		if asides, err = db.Asides(ctx, own.Who(), own.At().Day); err != nil || asides[both] != quiz.Never {
			t.Errorf("after the undo %v, %v", asides, err)
		}
		rebuilt(t, own)
	})
}

// A card that is forgotten is new again, and its answers stay in the log.
func TestForgottenIsNew(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 2)
		live(t, l, 30, false)
		log, card := len(l.Reviews()), l.Cards()[0]
		tend(t, l, quiz.Care{CardID: card.CardID, Deed: quiz.Forget})
		now, err := db.Card(context.Background(), l.Who(), card.CardID)
		if err != nil || !now.IsNew() || now.Version != 0 {
			t.Errorf("%+v, %v", now, err)
		}
		if n := len(l.Reviews()); n != log {
			t.Errorf("%d of %d answers are left", n, log)
		}
		if err := study.Tend(context.Background(), db, l.Who(), l.Deck, quiz.Care{CardID: card.CardID, Deed: quiz.Forget}, l.Token(), l.Now); !quiz.Is(err, quiz.Missing) {
			t.Errorf("what was never answered is forgotten: %v", err)
		}
	})
}

func TestDeedsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 2)
		live(t, l, 20, false)
		id, today := l.Cards()[0].CardID, l.At().Day
		for _, c := range []struct {
			care quiz.Care
			want quiz.Fault
		}{
			{quiz.Care{CardID: id, Deed: "burn"}, quiz.Invalid},
			{quiz.Care{CardID: id, Deed: quiz.SetDue, Day: today - 1}, quiz.Invalid},
			{quiz.Care{CardID: id, Deed: quiz.SetDue, Day: today + quiz.FurthestDue + 1}, quiz.Invalid},
			{quiz.Care{CardID: quiz.CardID{Fact: 1 << 40, Facet: quiz.When}, Deed: quiz.Bury}, quiz.Missing},
			{quiz.Care{CardID: quiz.CardID{Fact: id.Fact, Facet: 9}, Deed: quiz.Bury}, quiz.Missing},
		} {
			err := study.Tend(context.Background(), db, l.Who(), l.Deck, c.care, l.Token(), l.Now)
			isFault(t, err, c.want)
		}
		tend(t, l, quiz.Care{CardID: id, Deed: quiz.Bury})
		care, err := db.LastCare(context.Background(), l.Who())
		if err != nil {
			t.Fatal(err)
		}
		other := learner(t, db)
		if err := study.Untend(context.Background(), db, other.Who(), care.ID, other.Token(), other.Now); !quiz.Is(err, quiz.Conflict) {
			t.Errorf("another's deed is taken back: %v", err)
		}
		for range 2 { // a second tap is no fault
			if err := study.Untend(context.Background(), db, l.Who(), care.ID, l.Token(), l.Now); err != nil {
				t.Error(err)
			}
		}
	})
}
