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

// applyAction applies a card action to a card of the learner.
func applyAction(t *testing.T, l *storagetest.Learner, c quiz.CardAction) {
	t.Helper()
	if err := study.ApplyCardAction(context.Background(), l.DB, l.Who(), l.Deck, c, l.Token(), l.Now); err != nil {
		t.Fatalf("%+v: %v", c, err)
	}
}

func undoAction(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	c, err := l.DB.LastCardAction(context.Background(), l.Who())
	if err == nil {
		err = study.UndoCardAction(context.Background(), l.DB, l.Who(), c.ID, l.Token(), l.Now)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// cardActions returns everything that card actions change, without versions, which only grow.
func cardActions(t *testing.T, l *storagetest.Learner) string {
	t.Helper()
	who := l.Person.ID
	return dump(t, l.DB, fmt.Sprintf(`SELECT fact, facet, deck, phase, step, stability, difficulty, last_day, first_day, reps, lapses, learned, due, due_day
		FROM cards WHERE person = %d ORDER BY fact, facet`, who)) +
		dump(t, l.DB, fmt.Sprintf("SELECT * FROM asides WHERE person = %d ORDER BY fact, facet", who)) +
		dump(t, l.DB, fmt.Sprintf("SELECT * FROM days WHERE person = %d ORDER BY day", who))
}

// cardAction returns a random action on a random card.
func cardAction(l *storagetest.Learner) quiz.CardAction {
	cards := l.Cards()
	card := cards[l.Rand.IntN(len(cards))]
	c := quiz.CardAction{CardID: card.CardID, Kind: quiz.CardActionKinds[l.Rand.IntN(len(quiz.CardActionKinds))]}
	if c.Kind == quiz.ActionReschedule && card.IsLearning() { // cards in learning are due by the minute
		c.Kind = quiz.ActionBury
	}
	if c.Kind == quiz.ActionReschedule {
		c.Day = l.Time().Day + int64(l.Rand.IntN(40))
	}
	return c
}

// TestCardActionsUndoExactly makes random answers and card actions and undoes them one by one.
// Each undo must restore the earlier state, and the log with the card actions must always
// rebuild the saved cards.
func TestCardActionsUndoExactly(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		for seed := range uint64(2) {
			l := seeded(learner(t, db), 40+seed)
			live(t, l, 30, true)
			var before []string
			var back []func()
			for range 16 {
				before = append(before, cardActions(t, l))
				s := l.StartSession()
				if l.Rand.IntN(2) == 0 && s.HasQuestion() {
					r := l.Answer(l.GuessAnswer(s))
					back = append(back, func() {
						if _, err := l.UndoAnswer(r.Token); err != nil {
							t.Fatal(err)
						}
					})
				} else {
					applyAction(t, l, cardAction(l))
					back = append(back, func() { undoAction(t, l) })
				}
				rebuilt(t, l)
				pauseBetween(l)
			}
			for i := len(back) - 1; i >= 0; i-- {
				back[i]()
				if now := cardActions(t, l); now != before[i] {
					t.Fatalf("seed %d, step %d: before\n%s\nafter the undo\n%s", seed, i, before[i], now)
				}
			}
		}
	})
}

func TestSuspendedCardsAreNotAsked(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 9)
		live(t, l, 40, false)
		s := l.StartSession()
		for !s.HasQuestion() {
			l.Now = l.Now.Add(24 * time.Hour)
			s = l.StartSession()
		}
		buried := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
		applyAction(t, l, quiz.CardAction{CardID: buried, Kind: quiz.ActionBury})
		s = l.Session()
		if s.HasQuestion() && s.Question.Fact == buried.Fact && s.Question.Facet == buried.Facet {
			t.Fatal("what was put off is still asked")
		}
		gone := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
		applyAction(t, l, quiz.CardAction{CardID: gone, Kind: quiz.ActionSuspend})
		today, again := l.Time().Day, false
		for range 90 {
			s = l.StartSession()
			if !s.HasQuestion() {
				l.Now = l.Now.Add(24 * time.Hour)
				continue
			}
			asked := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
			if asked == gone || asked == buried && l.Time().Day == today {
				t.Fatalf("%v is asked on day %d", asked, l.Time().Day-today)
			}
			again = again || asked == buried
			l.Answer(l.GuessAnswer(s))
		}
		if !again {
			t.Error("what was put off until tomorrow never came back")
		}
		applyAction(t, l, quiz.CardAction{CardID: gone, Kind: quiz.ActionResume})
		for day := 0; ; day++ {
			s = l.StartSession()
			if s.HasQuestion() && s.Question.Fact == gone.Fact && s.Question.Facet == gone.Facet {
				return
			}
			if day > 60 {
				t.Fatal("what was taken up again is not asked")
			}
			if s.HasQuestion() {
				l.Answer(storagetest.Right(s))
			} else {
				l.Now = l.Now.Add(24 * time.Hour)
			}
		}
	})
}

// TestRescheduleRejectsLearningCards checks that only cards in the review phase can be
// rescheduled; cards in learning are due by the minute.
func TestRescheduleRejectsLearningCards(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		r := l.Answer(storagetest.Wrong(l.StartSession()))
		err := study.ApplyCardAction(context.Background(), db, l.Who(), l.Deck, quiz.CardAction{
			CardID: r.CardAfter.CardID, Kind: quiz.ActionReschedule, Day: l.Time().Day + 3,
		}, l.Token(), l.Now)
		isFault(t, err, quiz.Conflict)
	})
}

// TestMergeGuestCardActions checks that a guest's suspensions and test dates move to the
// account where it has none of its own.
func TestMergeGuestCardActions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		own, guest := seeded(learner(t, db), 1), seeded(learner(t, db), 2)
		live(t, own, 12, false)
		live(t, guest, 12, false)
		both, hers := own.Cards()[0].CardID, guest.Cards()[len(guest.Cards())-1].CardID
		applyAction(t, own, quiz.CardAction{CardID: both, Kind: quiz.ActionSuspend})
		applyAction(t, guest, quiz.CardAction{CardID: both, Kind: quiz.ActionBury})
		applyAction(t, guest, quiz.CardAction{CardID: hers, Kind: quiz.ActionSuspend})
		goal := quiz.TestDate{Deck: guest.Deck, Day: guest.Time().Day + 20, Minutes: 15}
		if err := db.SetTestDate(ctx, guest.Who(), goal); err != nil {
			t.Fatal(err)
		}
		if err := study.MergeGuest(ctx, db, own.Who(), guest.Who(), own.Now); err != nil {
			t.Fatal(err)
		}
		if g, err := db.TestDate(ctx, own.Who(), own.Deck); err != nil || g != goal {
			t.Errorf("%+v, %v", g, err)
		}
		asides, err := db.Suspensions(ctx, own.Who(), own.Time().Day)
		if err != nil || asides[both] != quiz.NeverDay || asides[hers] != quiz.NeverDay {
			t.Errorf("%v, %v", asides, err)
		}
		applyAction(t, own, quiz.CardAction{CardID: both, Kind: quiz.ActionResume})
		undoAction(t, own)
		if asides, err = db.Suspensions(ctx, own.Who(), own.Time().Day); err != nil || asides[both] != quiz.NeverDay {
			t.Errorf("after the undo %v, %v", asides, err)
		}
		rebuilt(t, own)
	})
}

// TestResetCardIsNew checks that a reset card is new again and its answers stay in the log.
func TestResetCardIsNew(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 2)
		live(t, l, 30, false)
		log, card := len(l.Reviews()), l.Cards()[0]
		applyAction(t, l, quiz.CardAction{CardID: card.CardID, Kind: quiz.ActionReset})
		now, err := db.Card(context.Background(), l.Who(), card.CardID)
		if err != nil || !now.IsNew() || now.Version != 0 {
			t.Errorf("%+v, %v", now, err)
		}
		if n := len(l.Reviews()); n != log {
			t.Errorf("%d of %d answers are left", n, log)
		}
		if err := study.ApplyCardAction(context.Background(), db, l.Who(), l.Deck, quiz.CardAction{CardID: card.CardID, Kind: quiz.ActionReset}, l.Token(), l.Now); !quiz.Is(err, quiz.NotFound) {
			t.Errorf("what was never answered is forgotten: %v", err)
		}
	})
}

func TestInvalidCardActions(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 2)
		live(t, l, 20, false)
		id, today := l.Cards()[0].CardID, l.Time().Day
		for _, c := range []struct {
			care quiz.CardAction
			want quiz.ErrorKind
		}{
			{quiz.CardAction{CardID: id, Kind: "burn"}, quiz.Invalid},
			{quiz.CardAction{CardID: id, Kind: quiz.ActionReschedule, Day: today - 1}, quiz.Invalid},
			{quiz.CardAction{CardID: id, Kind: quiz.ActionReschedule, Day: today + quiz.MaxRescheduleDays + 1}, quiz.Invalid},
			{quiz.CardAction{CardID: quiz.CardID{Fact: 1 << 40, Facet: quiz.FacetWhen}, Kind: quiz.ActionBury}, quiz.NotFound},
			{quiz.CardAction{CardID: quiz.CardID{Fact: id.Fact, Facet: 9}, Kind: quiz.ActionBury}, quiz.NotFound},
		} {
			err := study.ApplyCardAction(context.Background(), db, l.Who(), l.Deck, c.care, l.Token(), l.Now)
			isFault(t, err, c.want)
		}
		applyAction(t, l, quiz.CardAction{CardID: id, Kind: quiz.ActionBury})
		care, err := db.LastCardAction(context.Background(), l.Who())
		if err != nil {
			t.Fatal(err)
		}
		other := learner(t, db)
		if err := study.UndoCardAction(context.Background(), db, other.Who(), care.ID, other.Token(), other.Now); !quiz.Is(err, quiz.Conflict) {
			t.Errorf("another's deed is taken back: %v", err)
		}
		for range 2 { // a double tap is no error
			if err := study.UndoCardAction(context.Background(), db, l.Who(), care.ID, l.Token(), l.Now); err != nil {
				t.Error(err)
			}
		}
	})
}
