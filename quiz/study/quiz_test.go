package study_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

// submit answers a whole quiz and returns its questions.
func submit(l *storagetest.Learner, s quiz.StudySession, give func(i int, s quiz.StudySession) quiz.Answer) []quiz.Question {
	var asked []quiz.Question
	for i := 0; s.HasQuestion(); i++ {
		asked = append(asked, s.Question)
		l.Now = l.Now.Add(10 * time.Second)
		l.Answer(give(i, s))
		s = l.Session()
	}
	return asked
}

func right(_ int, s quiz.StudySession) quiz.Answer { return storagetest.Right(s) }

// someWrong answers the second and the fourth question wrong.
func someWrong(i int, s quiz.StudySession) quiz.Answer {
	if i == 1 || i == 3 {
		return storagetest.Wrong(s)
	}
	return storagetest.Right(s)
}

func TestQuizIsTheSameForEveryone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		q := quiz.Quiz{Seed: 77, Length: 10}
		other := storagetest.NewLearner(t, l.DB, "America/New_York", l.Deck)
		other.Now = l.Now.Add(50 * time.Hour)
		mine, theirs := submit(l, l.StartQuiz(q), right), submit(other, other.StartQuiz(q), someWrong)
		if len(mine) != 10 || !reflect.DeepEqual(mine, theirs) {
			t.Errorf("%d and %d questions, alike: %v", len(mine), len(theirs), reflect.DeepEqual(mine, theirs))
		}
		facts := map[int64]bool{}
		for _, one := range mine {
			if facts[one.Fact] {
				t.Errorf("fact %d is asked twice", one.Fact)
			}
			facts[one.Fact] = true
		}
		if again := submit(l, l.StartQuiz(quiz.Quiz{Seed: 78, Length: 10}), right); reflect.DeepEqual(again, mine) {
			t.Error("another seed gives the same questions")
		}
	})
}

// TestQuizUpdatesCards checks that a quiz updates the same cards as studying.
func TestQuizUpdatesCards(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.StartQuiz(quiz.Quiz{Seed: 5, Length: 6})
		asked := submit(l, s, someWrong)
		answers, err := l.DB.QuizAttemptReviews(context.Background(), l.Who(), s.QuizAttempt)
		if err != nil || len(answers) != len(asked) || len(l.Cards()) != len(asked) {
			t.Fatalf("%d answers, %d cards, %v", len(answers), len(l.Cards()), err)
		}
		missed := 0
		for i, r := range answers {
			if r.QuizAttempt != s.QuizAttempt || r.Question.Kind != asked[i].Kind || r.CardAfter.Version != 1 || !r.CardBefore.IsNew() {
				t.Errorf("%+v", r)
			}
			if r.Verdict != quiz.VerdictRight {
				missed++
			}
		}
		l.Now = l.Now.Add(90 * time.Second)
		l.SaveSettings(baku, 0)
		if again := l.StartSession(); again.QuizAttempt != "" || again.Remaining < missed || !again.HasQuestion() {
			t.Errorf("after the quiz %+v", again)
		}
		if missed != 2 {
			t.Errorf("%d were missed", missed)
		}
	})
}

func TestResumeQuiz(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		ctx := context.Background()
		q := quiz.Quiz{Seed: 9, Length: 5, Timed: true}
		first := l.StartQuiz(q)
		l.Answer(storagetest.Right(first))
		second := l.Session()
		if second.QuizAttempt != first.QuizAttempt || second.QuizIndex != 1 || second.AnswerCount != 1 || second.Remaining != 4 || !second.Quiz.Timed {
			t.Errorf("%+v", second)
		}
		if study := l.StartSession(); study.QuizAttempt != "" || study.AnswerCount != 0 {
			t.Errorf("study after a quiz: %+v", study)
		}
		back, err := study.ResumeQuiz(ctx, l.DB, l.Who(), first.QuizAttempt, l.Token(), l.Now)
		if err != nil || back.QuizIndex != 1 || back.AnswerCount != 1 || !reflect.DeepEqual(back.Question, second.Question) {
			t.Errorf("%+v, %v, was %+v", back, err, second)
		}
		twice, err := study.ResumeQuiz(ctx, l.DB, l.Who(), first.QuizAttempt, l.Token(), l.Now)
		if err != nil || twice.Token != back.Token {
			t.Errorf("a second click gives %+v, %v", twice, err)
		}
		other := storagetest.NewLearner(t, l.DB, baku, l.Deck)
		_, err = study.ResumeQuiz(ctx, l.DB, other.Who(), first.QuizAttempt, l.Token(), l.Now)
		wants(t, err, quiz.NotFound, "error.missing")
		_, err = study.StartMissedQuiz(ctx, l.DB, other.Who(), first.QuizAttempt, l.Token(), l.Token(), l.Now)
		wants(t, err, quiz.NotFound, "error.missing")
		submit(l, l.Session(), right)
		if s := l.Session(); s.HasQuestion() || s.QuizAttempt != first.QuizAttempt || s.Remaining != 0 || s.AnswerCount != 5 {
			t.Errorf("at the end %+v", s)
		}
		_, err = study.StartMissedQuiz(ctx, l.DB, l.Who(), first.QuizAttempt, l.Token(), l.Token(), l.Now)
		wants(t, err, quiz.NotFound, "error.missing")
	})
}

func TestStartMissedQuiz(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.StartQuiz(quiz.Quiz{Seed: 21, Length: 6})
		asked := submit(l, s, someWrong)
		again, err := study.StartMissedQuiz(context.Background(), l.DB, l.Who(), s.QuizAttempt, l.Token(), l.Token(), l.Now)
		if err != nil || again.QuizAttempt == s.QuizAttempt || again.Remaining != 2 || !again.Quiz.RepeatsMissed {
			t.Fatalf("%+v, %v", again, err)
		}
		second := submit(l, again, right)
		if len(second) != 2 || second[0].Fact != asked[1].Fact || second[1].Fact != asked[3].Fact {
			t.Errorf("asked again: %+v", second)
		}
	})
}

func TestUndoInAQuiz(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Answer(storagetest.Right(l.StartSession()))
		first := l.StartQuiz(quiz.Quiz{Seed: 4, Length: 4})
		l.Answer(storagetest.Wrong(first))
		second := l.Session()
		l.Answer(storagetest.Right(second))
		s, err := l.UndoAnswer(second.Token)
		if err != nil || s.QuizIndex != 1 || s.AnswerCount != 1 || s.Remaining != 3 || !reflect.DeepEqual(s.Question, second.Question) {
			t.Errorf("%+v, %v", s, err)
		}
		if s, err = l.UndoAnswer(first.Token); err != nil || s.QuizIndex != 0 || s.AnswerCount != 0 || !reflect.DeepEqual(s.Question, first.Question) {
			t.Errorf("%+v, %v", s, err)
		}
		if n := len(submit(l, s, right)); n != 4 {
			t.Errorf("%d questions after the undo", n)
		}
		answers, err := l.DB.QuizAttemptReviews(context.Background(), l.Who(), first.QuizAttempt)
		if err != nil || len(answers) != 4 || answers[0].Verdict != quiz.VerdictRight {
			t.Errorf("%+v, %v", answers, err)
		}
	})
}

// TestQuizAfterDeckCorrection checks that after a correction during a quiz no outdated
// question is asked or graded, and that the quiz continues.
func TestQuizAfterDeckCorrection(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.StartQuiz(quiz.Quiz{Seed: 4, Length: 4, Kinds: []quiz.Kind{quiz.KindWhenChoice, quiz.KindFirst}})
		edited(t, l)
		_, err := l.TryAnswer(storagetest.Right(s))
		wants(t, err, quiz.Conflict, "error.edited")
		s, err = study.StartSession(context.Background(), l.DB, l.Who(), study.SessionOptions{Deck: l.Deck, KeepMode: true, RemakeQuestion: true, Token: l.Token()}, l.Now)
		if err != nil || s.QuizAttempt == "" || s.QuizIndex != 0 || !s.HasQuestion() {
			t.Fatalf("%+v, %v", s, err)
		}
		if n := len(submit(l, s, right)); n != 4 {
			t.Errorf("%d questions after the correction", n)
		}
	})
}

func TestInvalidQuiz(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		for _, q := range []quiz.Quiz{
			{Length: 2},
			{Length: 51},
			{Length: -1},
			{Length: 5, Seed: quiz.MaxQuizSeed},
			{Length: 5, Kinds: []quiz.Kind{"riddle"}},
			{Length: 5, Kinds: []quiz.Kind{quiz.KindFlashcard}},
		} {
			q.Deck = l.Deck
			if _, err := study.StartQuiz(context.Background(), l.DB, l.Who(), q, l.Token(), l.Token(), l.Now); !quiz.Is(err, quiz.Invalid) {
				t.Errorf("%+v: %v", q, err)
			}
		}
		if _, err := l.DB.StudySession(context.Background(), l.Who()); !quiz.Is(err, quiz.NotFound) {
			t.Error("somebody sits at a quiz that makes no sense")
		}
	})
}
