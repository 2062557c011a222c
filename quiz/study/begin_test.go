package study_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

func TestAQuestionWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Begin()
		l.Take(storagetest.Right(l.Sitting()))
		s := l.Sitting()
		l.Now = l.Now.Add(time.Hour)
		if again := l.Begin(); again.Token != s.Token || again.Done != 1 || !again.Posed.Equal(s.Posed) {
			t.Errorf("later that day %+v, was %+v", again, s)
		}
		l.Now = l.Now.Add(24 * time.Hour)
		next := l.Begin()
		if next.Token != s.Token || next.Question.Stem != s.Question.Stem || next.Done != 0 ||
			next.Day != s.Day+1 || !next.Posed.Equal(l.Now) || !next.Started.Equal(l.Now) {
			t.Errorf("the next day %+v, was %+v", next, s)
		}
		if r := l.Take(storagetest.Right(next)); r.Day != s.Day+1 {
			t.Errorf("answered on day %d", r.Day)
		}
	})
}

func TestAnotherDeckReplacesWhatWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		first := l.Begin()
		copied := storagetest.Shipped(t)
		copied.Name = "another"
		l.Deck = storagetest.Put(t, l.DB, copied, "another").ID
		other := l.Begin()
		if other.Deck != l.Deck || other.Token == first.Token || other.Question.Fact == first.Question.Fact {
			t.Errorf("%+v", other)
		}
		_, err := l.Try(storagetest.Right(first))
		wants(t, err, quiz.Conflict, "error.moved")
		_, err = study.Begin(context.Background(), l.DB, l.Who(), study.Start{Deck: 1 << 40, Token: "x"}, l.Now)
		wants(t, err, quiz.Missing, "error.missing")
		if l.Sitting().Token != other.Token {
			t.Error("a deck that is not there moved the learner")
		}
	})
}

func TestFlipsAndChoicesReplaceEachOther(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		choice := l.Begin()
		l.Flips = true
		flip := l.Begin()
		if flip.Token == choice.Token || flip.Question.Kind != quiz.Flip {
			t.Errorf("%+v", flip)
		}
		if again := l.Begin(); again.Token != flip.Token {
			t.Error("the flashcard did not wait")
		}
		l.Flips = false
		if back := l.Begin(); back.Question.Kind != quiz.WhenChoice {
			t.Errorf("%+v", back)
		}
	})
}

func TestNewCardsADay(t *testing.T) {
	t.Parallel()
	for _, limit := range []int{0, 2} {
		each(t, func(t *testing.T, l *storagetest.Learner) {
			l.Set(baku, limit)
			for day := range 2 {
				l.Begin()
				answers := practise(t, l, storagetest.Right)
				if met := metToday(l); met != limit || day == 0 && answers != 2*limit {
					t.Errorf("%d cards met with %d answers, the limit is %d", met, answers, limit)
				}
				if s := l.Sitting(); s.Waits() || s.Left != 0 || s.Question.Kind != "" {
					t.Errorf("after the last one %+v", s)
				}
				if s := l.Begin(); s.Waits() {
					t.Errorf("beginning again gave %+v", s)
				}
				l.Now = l.Now.Add(24 * time.Hour)
			}
		})
	}
}

// practise answers until nothing waits, and counts the answers.
func practise(t *testing.T, l *storagetest.Learner, give func(quiz.Sitting) quiz.Answer) int {
	t.Helper()
	answers := 0
	for s := l.Sitting(); s.Waits(); s = l.Sitting() {
		l.Now = l.Now.Add(10 * time.Second)
		l.Take(give(s))
		if answers++; answers > 1000 {
			t.Fatal("the session has no end")
		}
	}
	return answers
}

func metToday(l *storagetest.Learner) int {
	met := 0
	for _, c := range l.Cards() {
		if c.First == l.At().Day {
			met++
		}
	}
	return met
}

func TestStepsComeBackInTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Set(baku, 2)
		a := l.Begin()
		l.Take(storagetest.Wrong(a)) // in a minute
		b := l.Sitting()
		l.Take(storagetest.Right(b)) // in ten minutes
		early := l.Sitting()
		if early.Question.Fact != a.Question.Fact || early.Left != 3 || early.Fading {
			t.Errorf("with nothing else left, the step that comes first: %+v", early)
		}
		l.Now = l.Now.Add(2 * time.Minute)
		l.Take(storagetest.Right(early)) // in ten minutes, after b
		if s := l.Sitting(); s.Question.Fact != b.Question.Fact {
			t.Errorf("%+v", s)
		}
	})
}

func TestAStepWhoseTimeHasComeGoesBeforeNewCards(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		a := l.Begin()
		l.Take(storagetest.Wrong(a))
		l.Now = l.Now.Add(61 * time.Second)
		if b := l.Sitting(); b.Question.Fact == a.Question.Fact {
			t.Error("the step came before its time")
		} else {
			l.Take(storagetest.Right(b))
		}
		if s := l.Sitting(); s.Question.Fact != a.Question.Fact || s.Question.Facet != a.Question.Facet {
			t.Errorf("%+v", s.Question)
		}
	})
}

func TestWhatIsDueComesFirst(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Set(baku, 4)
		l.Begin()
		practise(t, l, storagetest.Right)
		due := map[quiz.CardID]bool{}
		for _, c := range l.Cards() {
			if c.Memory.Phase != fsrs.PhaseReview {
				t.Errorf("still being learned: %+v", c)
			}
			due[c.CardID] = true
			l.Now = latest(l.Now, c.Due)
		}
		s := l.Begin()
		if s.Left != 12 || !s.Fading {
			t.Errorf("%+v", s)
		}
		for range len(due) {
			id := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
			if !due[id] || !s.Fading {
				t.Errorf("%+v is not due", id)
			}
			delete(due, id)
			l.Take(storagetest.Right(s))
			s = l.Sitting()
		}
		if !s.Waits() || s.Fading || s.Left != 8 {
			t.Errorf("after what was due %+v", s)
		}
	})
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func TestPreviewIsWhatHappens(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Flips = true
		seen := 0
		for range 12 {
			s := l.Begin()
			if s.Question.Kind != quiz.Flip { // a date that is not alone
				l.Take(storagetest.Right(s))
				continue
			}
			seen++
			card, err := l.DB.Card(context.Background(), l.Who(), quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet})
			if err != nil {
				t.Fatal(err)
			}
			rating := fsrs.Again + fsrs.Rating(l.Chance.IntN(4))
			days, err := study.Preview(context.Background(), l.DB, l.Who(), card, l.At())
			if err != nil {
				t.Fatal(err)
			}
			want := days[rating-1]
			r := l.Take(quiz.Answer{Token: s.Token, Chosen: -1, Rating: rating})
			if !r.After.Due.Equal(want) {
				t.Errorf("%v: due %v, the button said %v", rating, r.After.Due, want)
			}
			l.Now = l.Now.Add(time.Duration(l.Chance.IntN(30)) * time.Hour)
		}
		if seen < 6 {
			t.Errorf("only %d of 12 were flashcards", seen)
		}
	})
}

// A learning step of one facet that falls into the next day waits for the day
// after it when the other facet was asked meanwhile.
func TestFacetsStayApartAcrossTheEndOfTheDay(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Set(baku, 1)
		when := firstReviewed(t, l)
		l.Set(baku, 4)
		l.Now = l.At().Cal.Start(l.At().Cal.Day(when.Due)).Add(-5 * time.Minute)
		what := l.Begin()
		for range 3 { // the sides take turns
			if what.Question.Facet != quiz.What {
				l.Take(storagetest.Right(what))
				what = l.Sitting()
			}
		}
		if what.Question.Fact != when.Fact || what.Question.Facet != quiz.What {
			t.Fatalf("the other side of fact %d does not come: %+v", when.Fact, what.Question)
		}
		l.Take(storagetest.Right(what)) // comes back in ten minutes, on the next day
		l.Set(baku, 0)
		for range 3 {
			l.Now = l.Now.Add(3 * time.Minute)
			l.Take(storagetest.Right(l.Begin()))
		}
		l.Now = l.Now.Add(time.Hour)
		l.Begin()
		practise(t, l, storagetest.Right)
		nothingLeft(t, l)
		l.Set(baku, 2)
		oneFacetADay(t, l)
	})
}

// firstReviewed meets one card and reviews it until it rests for three days.
func firstReviewed(t *testing.T, l *storagetest.Learner) quiz.Card {
	t.Helper()
	l.Begin()
	practise(t, l, storagetest.Right)
	l.Set(baku, 0)
	for range 10 {
		c := l.Cards()[0]
		if c.Due.Sub(l.Now) > 48*time.Hour {
			return c
		}
		l.Now = latest(l.Now, c.Due)
		l.Begin()
		practise(t, l, storagetest.Right)
	}
	t.Fatal("the card never rests")
	return quiz.Card{}
}

func TestFlipsEndOnlyWhenNothingIsDue(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Set(baku, 10)
		for range 3 { // meet dates and events by choosing
			l.Begin()
			practise(t, l, storagetest.Right)
			l.Now = l.Now.Add(24 * time.Hour)
		}
		l.Now = l.Now.Add(60 * 24 * time.Hour)
		l.Flips = true
		l.Begin()
		practise(t, l, storagetest.Right)
		nothingLeft(t, l)
	})
}

// nothingLeft checks that every card that is due was kept off the day by
// another facet of its fact, and that new ones were met as the day allows.
func nothingLeft(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	at := l.At()
	cards := l.Cards()
	today := map[int64][]quiz.Facet{}
	for _, c := range cards {
		if c.Memory.LastDay == at.Day {
			today[c.Fact] = append(today[c.Fact], c.Facet)
		}
	}
	for _, c := range cards {
		other := slices.ContainsFunc(today[c.Fact], func(f quiz.Facet) bool { return f != c.Facet })
		if c.Due.Before(at.End) && !other {
			t.Errorf("day %d: %+v was due and not asked", at.Day, c)
		}
	}
	w, err := l.DB.Waiting(context.Background(), l.Who(), l.Deck, l.Person.NewPerDay, at)
	if err != nil || w.Any() {
		t.Errorf("day %d: still waiting %+v, %v", at.Day, w, err)
	}
}
