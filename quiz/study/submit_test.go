package study_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

const baku = "Asia/Baku"

// each runs a test with a learner in Baku and a built-in deck.
func each(t *testing.T, run func(t *testing.T, l *storagetest.Learner)) {
	t.Helper()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		run(t, storagetest.NewLearner(t, db, baku, storagetest.Deck(t, db).ID))
	})
}

func wants(t *testing.T, err error, f quiz.ErrorKind, key string) {
	t.Helper()
	var e *quiz.Error
	if !errors.As(err, &e) || e.Kind != f || e.Key != key {
		t.Errorf("the error is %v, want %s %s", err, f, key)
	}
}

func TestFirstQuestion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.StartSession()
		at := l.Time()
		if s.Token != l.Session().Token || s.Deck != l.Deck || s.Day != at.Day || s.AnswerCount != 0 ||
			s.Remaining != 2*quiz.DefaultNewPerDay || // each has to be answered right twice
			s.IsDueReview || !s.AskedAt.Equal(l.Now) || !s.StartedAt.Equal(l.Now) {
			t.Errorf("%+v", s)
		}
		q := s.Question
		if q.Kind != quiz.KindWhenChoice || q.Facet != quiz.FacetWhen || len(q.Options) != 3 || q.Stem == "" {
			t.Errorf("%+v", q)
		}
		if len(l.Cards())+len(l.Reviews()) != 0 {
			t.Error("something was kept before any answer")
		}
	})
}

func TestAnswersUpdateCards(t *testing.T) {
	t.Parallel()
	for name, give := range map[string]func(quiz.StudySession) quiz.Answer{"right": storagetest.Right, "wrong": storagetest.Wrong} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, l *storagetest.Learner) {
				s := l.StartSession()
				l.Now = l.Now.Add(9 * time.Second)
				a := give(s)
				a.Duration = 7 * time.Second
				r := l.Answer(a)
				verdict, rating, correct, wait := quiz.VerdictRight, fsrs.Good, 1, 10*time.Minute
				if name == "wrong" {
					verdict, rating, correct, wait = quiz.VerdictWrong, fsrs.Again, 0, time.Minute
				}
				if r.Verdict != verdict || r.Rating != rating || r.ChosenOption != a.ChosenOption || r.Duration != a.Duration ||
					r.Form != fsrs.ChoiceForm(3) || r.Model != "fsrs-6" || r.Offset != 240 || r.Day != l.Time().Day {
					t.Errorf("%+v", r)
				}
				cards := l.Cards()
				if len(cards) != 1 || cards[0] != utc(r.CardAfter) || !cards[0].Due.Equal(l.Now.Add(wait)) ||
					cards[0].Version != 1 || cards[0].FirstDay != r.Day || cards[0].State.Phase != fsrs.PhaseLearning {
					t.Errorf("%+v", cards)
				}
				memory := study.DefaultScheduler.Model.NextMemory(fsrs.Memory{}, 0, rating, fsrs.ChoiceForm(3))
				if cards[0].State.Memory != memory {
					t.Errorf("the memory is %v, want %v", cards[0].State.Memory, memory)
				}
				days, err := l.DB.PracticeDays(context.Background(), l.Who(), 0)
				want := quiz.PracticeDay{Day: r.Day, Answers: 1, Correct: correct, Duration: a.Duration}
				if err != nil || len(days) != 1 || days[0] != want {
					t.Errorf("%+v %v, want %+v", days, err, want)
				}
				next := l.Session()
				if !next.HasQuestion() || next.Token == s.Token || next.AnswerCount != 1 || next.Question.Fact == s.Question.Fact {
					t.Errorf("%+v", next)
				}
			})
		})
	}
}

// utc returns the card with its due time in UTC, as the store returns it.
func utc(c quiz.Card) quiz.Card {
	c.Due = c.Due.UTC()
	return c
}

func TestAnswerDurationIsBounded(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		for claimed, want := range map[time.Duration]time.Duration{-time.Hour: 0, 3 * time.Second: 3 * time.Second, time.Hour: 30 * time.Second} {
			a := storagetest.Right(l.StartSession())
			a.Duration = claimed
			l.Now = l.Now.Add(30 * time.Second)
			if r := l.Answer(a); r.Duration != want {
				t.Errorf("%v was kept as %v", claimed, r.Duration)
			} else if hard := r.Rating == fsrs.Hard; hard != (want > 25*time.Second) {
				t.Errorf("%v was rated %v", claimed, r.Rating)
			}
		}
	})
}

func TestRepeatedAnswerWritesNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		a := storagetest.Right(l.StartSession())
		first := l.Answer(a)
		next := l.Session()
		l.Now = l.Now.Add(time.Hour)
		for range 3 {
			r := l.Answer(a)
			if r.Token != a.Token || r.Verdict != first.Verdict || utc(r.CardAfter) != utc(first.CardAfter) || r.Day != first.Day {
				t.Errorf("kept %+v, first %+v", r, first)
			}
		}
		if len(l.Reviews()) != 1 || len(l.Cards()) != 1 || l.Session().Token != next.Token || l.Session().AnswerCount != 1 {
			t.Errorf("%d reviews, sitting %+v", len(l.Reviews()), l.Session())
		}
		other := a
		other.ChosenOption = (a.ChosenOption + 1) % 3
		_, err := l.TryAnswer(other)
		wants(t, err, quiz.Conflict, "error.answered")
	})
}

func TestRepeatedFlashcardWritesNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Flashcards = true
		s := l.StartSession()
		if s.Question.Kind != quiz.KindFlashcard || s.Question.BackText == "" || len(s.Question.Options) != 0 || !s.Flashcards {
			t.Fatalf("%+v", s)
		}
		a := quiz.Answer{Token: s.Token, ChosenOption: 2, Rating: fsrs.Hard} // a flashcard stores no option
		if r := l.Answer(a); r.ChosenOption != -1 || r.Rating != fsrs.Hard || r.Form != fsrs.PlainForm {
			t.Errorf("%+v", r)
		}
		if r := l.Answer(a); r.ID == 0 || r.Rating != fsrs.Hard {
			t.Errorf("%+v", r)
		}
		a.Rating = fsrs.Good
		_, err := l.TryAnswer(a)
		wants(t, err, quiz.Conflict, "error.answered")
		if !l.Session().Flashcards || l.Session().Question.Kind != quiz.KindFlashcard {
			t.Error("the next question is no flashcard")
		}
	})
}

func TestRejectedAnswers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		_, err := l.TryAnswer(quiz.Answer{Token: "never sat down"})
		wants(t, err, quiz.Conflict, "error.moved")
		s := l.StartSession()
		for _, a := range []quiz.Answer{{Token: "unknown"}, {}} {
			_, err := l.TryAnswer(a)
			wants(t, err, quiz.Conflict, "error.moved")
		}
		for _, chosen := range []int{-1, len(s.Question.Options), 1 << 40} {
			_, err := l.TryAnswer(quiz.Answer{Token: s.Token, ChosenOption: chosen})
			wants(t, err, quiz.Invalid, "error.option")
		}
		l.Flashcards = true
		flip := l.StartSession()
		for _, rating := range []fsrs.Rating{0, 5, 255} {
			_, err := l.TryAnswer(quiz.Answer{Token: flip.Token, ChosenOption: -1, Rating: rating})
			wants(t, err, quiz.Invalid, "error.rating")
		}
		_, err = l.TryAnswer(storagetest.Right(s))
		wants(t, err, quiz.Conflict, "error.moved") // another question has replaced it
		if len(l.Reviews())+len(l.Cards()) != 0 || l.Session().Token != flip.Token {
			t.Error("a refused answer left something")
		}
	})
}
