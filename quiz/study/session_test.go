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

func TestStartSessionKeepsQuestion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.StartSession()
		l.Answer(storagetest.Right(l.Session()))
		s := l.Session()
		l.Now = l.Now.Add(time.Hour)
		if again := l.StartSession(); again.Token != s.Token || again.AnswerCount != 1 || !again.AskedAt.Equal(s.AskedAt) {
			t.Errorf("later that day %+v, was %+v", again, s)
		}
		l.Now = l.Now.Add(24 * time.Hour)
		next := l.StartSession()
		if next.Token != s.Token || next.Question.Stem != s.Question.Stem || next.AnswerCount != 0 ||
			next.Day != s.Day+1 || !next.AskedAt.Equal(l.Now) || !next.StartedAt.Equal(l.Now) {
			t.Errorf("the next day %+v, was %+v", next, s)
		}
		if r := l.Answer(storagetest.Right(next)); r.Day != s.Day+1 {
			t.Errorf("answered on day %d", r.Day)
		}
	})
}

func TestStartSessionOnOtherDeckReplacesQuestion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		first := l.StartSession()
		copied := storagetest.Shipped(t)
		copied.Name = "another"
		l.Deck = storagetest.PutDeck(t, l.DB, copied, "another").ID
		other := l.StartSession()
		if other.Deck != l.Deck || other.Token == first.Token || other.Question.Fact == first.Question.Fact {
			t.Errorf("%+v", other)
		}
		_, err := l.TryAnswer(storagetest.Right(first))
		wants(t, err, quiz.Conflict, "error.moved")
		_, err = study.StartSession(context.Background(), l.DB, l.Who(), study.SessionOptions{Deck: 1 << 40, Token: "x"}, l.Now)
		wants(t, err, quiz.NotFound, "error.missing")
		if l.Session().Token != other.Token {
			t.Error("a deck that is not there moved the learner")
		}
	})
}

func TestSwitchingFlashcardMode(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		choice := l.StartSession()
		l.Flashcards = true
		flip := l.StartSession()
		if flip.Token == choice.Token || flip.Question.Kind != quiz.KindFlashcard {
			t.Errorf("%+v", flip)
		}
		if again := l.StartSession(); again.Token != flip.Token {
			t.Error("the flashcard did not wait")
		}
		l.Flashcards = false
		if back := l.StartSession(); back.Question.Kind != quiz.KindWhenChoice {
			t.Errorf("%+v", back)
		}
	})
}

func TestNewCardLimit(t *testing.T) {
	t.Parallel()
	for _, limit := range []int{0, 2} {
		each(t, func(t *testing.T, l *storagetest.Learner) {
			l.SaveSettings(baku, limit)
			for day := range 2 {
				l.StartSession()
				answers := practise(t, l, storagetest.Right)
				if met := metToday(l); met != limit || day == 0 && answers != 2*limit {
					t.Errorf("%d cards met with %d answers, the limit is %d", met, answers, limit)
				}
				if s := l.Session(); s.HasQuestion() || s.Remaining != 0 || s.Question.Kind != "" {
					t.Errorf("after the last one %+v", s)
				}
				if s := l.StartSession(); s.HasQuestion() {
					t.Errorf("beginning again gave %+v", s)
				}
				l.Now = l.Now.Add(24 * time.Hour)
			}
		})
	}
}

// practise answers until no question is waiting and returns the number of answers.
func practise(t *testing.T, l *storagetest.Learner, give func(quiz.StudySession) quiz.Answer) int {
	t.Helper()
	answers := 0
	for s := l.Session(); s.HasQuestion(); s = l.Session() {
		l.Now = l.Now.Add(10 * time.Second)
		l.Answer(give(s))
		if answers++; answers > 1000 {
			t.Fatal("the session has no end")
		}
	}
	return answers
}

func metToday(l *storagetest.Learner) int {
	met := 0
	for _, c := range l.Cards() {
		if c.FirstDay == l.Time().Day {
			met++
		}
	}
	return met
}

func TestLearningStepsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.SaveSettings(baku, 2)
		a := l.StartSession()
		l.Answer(storagetest.Wrong(a)) // due in a minute
		b := l.Session()
		l.Answer(storagetest.Right(b)) // due in ten minutes
		early := l.Session()
		if early.Question.Fact != a.Question.Fact || early.Remaining != 3 || early.IsDueReview {
			t.Errorf("with nothing else left, the step that comes first: %+v", early)
		}
		l.Now = l.Now.Add(2 * time.Minute)
		l.Answer(storagetest.Right(early)) // due in ten minutes, after b
		if s := l.Session(); s.Question.Fact != b.Question.Fact {
			t.Errorf("%+v", s)
		}
	})
}

func TestDueLearningStepsBeforeNewCards(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		a := l.StartSession()
		l.Answer(storagetest.Wrong(a))
		l.Now = l.Now.Add(61 * time.Second)
		if b := l.Session(); b.Question.Fact == a.Question.Fact {
			t.Error("the step came before its time")
		} else {
			l.Answer(storagetest.Right(b))
		}
		if s := l.Session(); s.Question.Fact != a.Question.Fact || s.Question.Facet != a.Question.Facet {
			t.Errorf("%+v", s.Question)
		}
	})
}

func TestDueCardsBeforeNewCards(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.SaveSettings(baku, 4)
		l.StartSession()
		practise(t, l, storagetest.Right)
		due := map[quiz.CardID]bool{}
		for _, c := range l.Cards() {
			if c.State.Phase != fsrs.PhaseReview {
				t.Errorf("still being learned: %+v", c)
			}
			due[c.CardID] = true
			l.Now = latest(l.Now, c.Due)
		}
		s := l.StartSession()
		if s.Remaining != 12 || !s.IsDueReview {
			t.Errorf("%+v", s)
		}
		for range len(due) {
			id := quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet}
			if !due[id] || !s.IsDueReview {
				t.Errorf("%+v is not due", id)
			}
			delete(due, id)
			l.Answer(storagetest.Right(s))
			s = l.Session()
		}
		if !s.HasQuestion() || s.IsDueReview || s.Remaining != 8 {
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

func TestPreviewDueTimesMatchResult(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Flashcards = true
		seen := 0
		for range 12 {
			s := l.StartSession()
			if s.Question.Kind != quiz.KindFlashcard { // a date that is not unique
				l.Answer(storagetest.Right(s))
				continue
			}
			seen++
			card, err := l.DB.Card(context.Background(), l.Who(), quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet})
			if err != nil {
				t.Fatal(err)
			}
			rating := fsrs.Again + fsrs.Rating(l.Rand.IntN(4))
			days, err := study.PreviewDueTimes(context.Background(), l.DB, l.Who(), card, l.Time())
			if err != nil {
				t.Fatal(err)
			}
			want := days[rating-1]
			r := l.Answer(quiz.Answer{Token: s.Token, ChosenOption: -1, Rating: rating})
			if !r.CardAfter.Due.Equal(want) {
				t.Errorf("%v: due %v, the button said %v", rating, r.CardAfter.Due, want)
			}
			l.Now = l.Now.Add(time.Duration(l.Rand.IntN(30)) * time.Hour)
		}
		if seen < 6 {
			t.Errorf("only %d of 12 were flashcards", seen)
		}
	})
}

// TestSiblingsStayBuriedAcrossMidnight checks that a learning step due on the next day
// is buried for that day if the fact's other facet was asked first.
func TestSiblingsStayBuriedAcrossMidnight(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.SaveSettings(baku, 1)
		when := firstReviewed(t, l)
		l.SaveSettings(baku, 4)
		l.Now = l.Time().Calendar.DayStart(l.Time().Calendar.Day(when.Due)).Add(-5 * time.Minute)
		what := l.StartSession()
		for range 3 { // the facets alternate
			if what.Question.Facet != quiz.FacetWhat {
				l.Answer(storagetest.Right(what))
				what = l.Session()
			}
		}
		if what.Question.Fact != when.Fact || what.Question.Facet != quiz.FacetWhat {
			t.Fatalf("the other side of fact %d does not come: %+v", when.Fact, what.Question)
		}
		l.Answer(storagetest.Right(what)) // due in ten minutes, on the next day
		l.SaveSettings(baku, 0)
		for range 3 {
			l.Now = l.Now.Add(3 * time.Minute)
			l.Answer(storagetest.Right(l.StartSession()))
		}
		l.Now = l.Now.Add(time.Hour)
		l.StartSession()
		practise(t, l, storagetest.Right)
		nothingLeft(t, l)
		l.SaveSettings(baku, 2)
		oneFacetADay(t, l)
	})
}

// firstReviewed learns one card and reviews it until its interval is more than two
// days.
func firstReviewed(t *testing.T, l *storagetest.Learner) quiz.Card {
	t.Helper()
	l.StartSession()
	practise(t, l, storagetest.Right)
	l.SaveSettings(baku, 0)
	for range 10 {
		c := l.Cards()[0]
		if c.Due.Sub(l.Now) > 48*time.Hour {
			return c
		}
		l.Now = latest(l.Now, c.Due)
		l.StartSession()
		practise(t, l, storagetest.Right)
	}
	t.Fatal("the card never rests")
	return quiz.Card{}
}

func TestFlashcardsEndWhenNothingIsDue(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.SaveSettings(baku, 10)
		for range 3 { // learn dates and events with choice questions
			l.StartSession()
			practise(t, l, storagetest.Right)
			l.Now = l.Now.Add(24 * time.Hour)
		}
		l.Now = l.Now.Add(60 * 24 * time.Hour)
		l.Flashcards = true
		l.StartSession()
		practise(t, l, storagetest.Right)
		nothingLeft(t, l)
	})
}

// nothingLeft checks that every due card was buried because another facet of its fact
// was asked, and that no new cards are left for today.
func nothingLeft(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	at := l.Time()
	cards := l.Cards()
	today := map[int64][]quiz.Facet{}
	for _, c := range cards {
		if c.State.LastDay == at.Day {
			today[c.Fact] = append(today[c.Fact], c.Facet)
		}
	}
	for _, c := range cards {
		other := slices.ContainsFunc(today[c.Fact], func(f quiz.Facet) bool { return f != c.Facet })
		if c.Due.Before(at.DayEnd) && !other {
			t.Errorf("day %d: %+v was due and not asked", at.Day, c)
		}
	}
	w, err := l.DB.QueueCounts(context.Background(), l.Who(), l.Deck, l.Person.NewPerDay, at)
	if err != nil || w.Any() {
		t.Errorf("day %d: still waiting %+v, %v", at.Day, w, err)
	}
}
