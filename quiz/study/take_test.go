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

// each runs a test with a learner in Baku and the deck that ships.
func each(t *testing.T, run func(t *testing.T, l *storagetest.Learner)) {
	t.Helper()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		run(t, storagetest.NewLearner(t, db, baku, storagetest.Deck(t, db).ID))
	})
}

func wants(t *testing.T, err error, f quiz.Fault, key string) {
	t.Helper()
	var e *quiz.Error
	if !errors.As(err, &e) || e.Fault != f || e.Key != key {
		t.Errorf("the error is %v, want %s %s", err, f, key)
	}
}

func TestTheFirstQuestion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.Begin()
		at := l.At()
		if s.Token != l.Sitting().Token || s.Deck != l.Deck || s.Day != at.Day || s.Done != 0 ||
			s.Left != 2*quiz.DefaultNewPerDay || // each has to be known twice
			s.Fading || !s.Posed.Equal(l.Now) || !s.Started.Equal(l.Now) {
			t.Errorf("%+v", s)
		}
		q := s.Question
		if q.Kind != quiz.WhenChoice || q.Facet != quiz.When || len(q.Options) != 3 || q.Stem == "" {
			t.Errorf("%+v", q)
		}
		if len(l.Cards())+len(l.Reviews()) != 0 {
			t.Error("something was kept before any answer")
		}
	})
}

func TestAnswersMoveTheMemory(t *testing.T) {
	t.Parallel()
	for name, give := range map[string]func(quiz.Sitting) quiz.Answer{"right": storagetest.Right, "wrong": storagetest.Wrong} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, l *storagetest.Learner) {
				s := l.Begin()
				l.Now = l.Now.Add(9 * time.Second)
				a := give(s)
				a.Took = 7 * time.Second
				r := l.Take(a)
				verdict, rating, correct, wait := quiz.Right, fsrs.Good, 1, 10*time.Minute
				if name == "wrong" {
					verdict, rating, correct, wait = quiz.Wrong, fsrs.Again, 0, time.Minute
				}
				if r.Verdict != verdict || r.Rating != rating || r.Chosen != a.Chosen || r.Took != a.Took ||
					r.Form != fsrs.Choice(3) || r.Model != "fsrs-6" || r.Offset != 240 || r.Day != l.At().Day {
					t.Errorf("%+v", r)
				}
				cards := l.Cards()
				if len(cards) != 1 || cards[0] != utc(r.After) || !cards[0].Due.Equal(l.Now.Add(wait)) ||
					cards[0].Version != 1 || cards[0].First != r.Day || cards[0].Memory.Phase != fsrs.PhaseLearning {
					t.Errorf("%+v", cards)
				}
				memory := study.Scheduler.Model.Step(fsrs.Memory{}, 0, rating, fsrs.Choice(3))
				if cards[0].Memory.Memory != memory {
					t.Errorf("the memory is %v, want %v", cards[0].Memory.Memory, memory)
				}
				days, err := l.DB.Days(context.Background(), l.Who(), 0)
				want := quiz.Day{Day: r.Day, Answers: 1, Correct: correct, Took: a.Took}
				if err != nil || len(days) != 1 || days[0] != want {
					t.Errorf("%+v %v, want %+v", days, err, want)
				}
				next := l.Sitting()
				if !next.Waits() || next.Token == s.Token || next.Done != 1 || next.Question.Fact == s.Question.Fact {
					t.Errorf("%+v", next)
				}
			})
		})
	}
}

// utc is a card as the store gives it.
func utc(c quiz.Card) quiz.Card {
	c.Due = c.Due.UTC()
	return c
}

func TestTheTimeTakenIsWhatCanBe(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		for claimed, want := range map[time.Duration]time.Duration{-time.Hour: 0, 3 * time.Second: 3 * time.Second, time.Hour: 30 * time.Second} {
			a := storagetest.Right(l.Begin())
			a.Took = claimed
			l.Now = l.Now.Add(30 * time.Second)
			if r := l.Take(a); r.Took != want {
				t.Errorf("%v was kept as %v", claimed, r.Took)
			} else if hard := r.Rating == fsrs.Hard; hard != (want > 25*time.Second) {
				t.Errorf("%v was rated %v", claimed, r.Rating)
			}
		}
	})
}

func TestTheSameAnswerAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		a := storagetest.Right(l.Begin())
		first := l.Take(a)
		next := l.Sitting()
		l.Now = l.Now.Add(time.Hour)
		for range 3 {
			r := l.Take(a)
			if r.Token != a.Token || r.Verdict != first.Verdict || utc(r.After) != utc(first.After) || r.Day != first.Day {
				t.Errorf("kept %+v, first %+v", r, first)
			}
		}
		if len(l.Reviews()) != 1 || len(l.Cards()) != 1 || l.Sitting().Token != next.Token || l.Sitting().Done != 1 {
			t.Errorf("%d reviews, sitting %+v", len(l.Reviews()), l.Sitting())
		}
		other := a
		other.Chosen = (a.Chosen + 1) % 3
		_, err := l.Try(other)
		wants(t, err, quiz.Conflict, "error.answered")
	})
}

func TestTheSameFlipAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Flips = true
		s := l.Begin()
		if s.Question.Kind != quiz.Flip || s.Question.Back == "" || len(s.Question.Options) != 0 || !s.Flips {
			t.Fatalf("%+v", s)
		}
		a := quiz.Answer{Token: s.Token, Chosen: 2, Rating: fsrs.Hard} // no option is kept of a flip
		if r := l.Take(a); r.Chosen != -1 || r.Rating != fsrs.Hard || r.Form != fsrs.Plain {
			t.Errorf("%+v", r)
		}
		if r := l.Take(a); r.ID == 0 || r.Rating != fsrs.Hard {
			t.Errorf("%+v", r)
		}
		a.Rating = fsrs.Good
		_, err := l.Try(a)
		wants(t, err, quiz.Conflict, "error.answered")
		if !l.Sitting().Flips || l.Sitting().Question.Kind != quiz.Flip {
			t.Error("the next question is no flashcard")
		}
	})
}

func TestAnswersThatAreRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		_, err := l.Try(quiz.Answer{Token: "never sat down"})
		wants(t, err, quiz.Conflict, "error.moved")
		s := l.Begin()
		for _, a := range []quiz.Answer{{Token: "unknown"}, {}} {
			_, err := l.Try(a)
			wants(t, err, quiz.Conflict, "error.moved")
		}
		for _, chosen := range []int{-1, len(s.Question.Options), 1 << 40} {
			_, err := l.Try(quiz.Answer{Token: s.Token, Chosen: chosen})
			wants(t, err, quiz.Invalid, "error.option")
		}
		l.Flips = true
		flip := l.Begin()
		for _, rating := range []fsrs.Rating{0, 5, 255} {
			_, err := l.Try(quiz.Answer{Token: flip.Token, Chosen: -1, Rating: rating})
			wants(t, err, quiz.Invalid, "error.rating")
		}
		_, err = l.Try(storagetest.Right(s))
		wants(t, err, quiz.Conflict, "error.moved") // another question took its place
		if len(l.Reviews())+len(l.Cards()) != 0 || l.Sitting().Token != flip.Token {
			t.Error("a refused answer left something")
		}
	})
}
