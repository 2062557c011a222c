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

// take answers a whole quiz and lists its questions.
func take(l *storagetest.Learner, s quiz.Sitting, give func(i int, s quiz.Sitting) quiz.Answer) []quiz.Question {
	var asked []quiz.Question
	for i := 0; s.Waits(); i++ {
		asked = append(asked, s.Question)
		l.Now = l.Now.Add(10 * time.Second)
		l.Take(give(i, s))
		s = l.Sitting()
	}
	return asked
}

func right(_ int, s quiz.Sitting) quiz.Answer { return storagetest.Right(s) }

// someWrong misses the second and the fourth question.
func someWrong(i int, s quiz.Sitting) quiz.Answer {
	if i == 1 || i == 3 {
		return storagetest.Wrong(s)
	}
	return storagetest.Right(s)
}

func TestAQuizIsTheSameForEverybody(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		q := quiz.Quiz{Seed: 77, Length: 10}
		other := storagetest.NewLearner(t, l.DB, "America/New_York", l.Deck)
		other.Now = l.Now.Add(50 * time.Hour)
		mine, theirs := take(l, l.Quiz(q), right), take(other, other.Quiz(q), someWrong)
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
		if again := take(l, l.Quiz(quiz.Quiz{Seed: 78, Length: 10}), right); reflect.DeepEqual(again, mine) {
			t.Error("another seed gives the same questions")
		}
	})
}

// A quiz moves the same memory as study: its cards come again there.
func TestAQuizMovesTheMemory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.Quiz(quiz.Quiz{Seed: 5, Length: 6})
		asked := take(l, s, someWrong)
		answers, err := l.DB.RunReviews(context.Background(), l.Who(), s.Run)
		if err != nil || len(answers) != len(asked) || len(l.Cards()) != len(asked) {
			t.Fatalf("%d answers, %d cards, %v", len(answers), len(l.Cards()), err)
		}
		missed := 0
		for i, r := range answers {
			if r.Run != s.Run || r.Question.Kind != asked[i].Kind || r.After.Version != 1 || !r.Before.IsNew() {
				t.Errorf("%+v", r)
			}
			if r.Verdict != quiz.Right {
				missed++
			}
		}
		l.Now = l.Now.Add(90 * time.Second)
		l.Set(baku, 0)
		if again := l.Begin(); again.Run != "" || again.Left < missed || !again.Waits() {
			t.Errorf("after the quiz %+v", again)
		}
		if missed != 2 {
			t.Errorf("%d were missed", missed)
		}
	})
}

func TestAQuizIsLeftAndGoneOnWith(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		ctx := context.Background()
		q := quiz.Quiz{Seed: 9, Length: 5, Clock: true}
		first := l.Quiz(q)
		l.Take(storagetest.Right(first))
		second := l.Sitting()
		if second.Run != first.Run || second.Place != 1 || second.Done != 1 || second.Left != 4 || !second.Quiz.Clock {
			t.Errorf("%+v", second)
		}
		if study := l.Begin(); study.Run != "" || study.Done != 0 {
			t.Errorf("study after a quiz: %+v", study)
		}
		back, err := study.ResumeQuiz(ctx, l.DB, l.Who(), first.Run, l.Token(), l.Now)
		if err != nil || back.Place != 1 || back.Done != 1 || !reflect.DeepEqual(back.Question, second.Question) {
			t.Errorf("%+v, %v, was %+v", back, err, second)
		}
		twice, err := study.ResumeQuiz(ctx, l.DB, l.Who(), first.Run, l.Token(), l.Now)
		if err != nil || twice.Token != back.Token {
			t.Errorf("a second click gives %+v, %v", twice, err)
		}
		other := storagetest.NewLearner(t, l.DB, baku, l.Deck)
		_, err = study.ResumeQuiz(ctx, l.DB, other.Who(), first.Run, l.Token(), l.Now)
		wants(t, err, quiz.Missing, "error.missing")
		_, err = study.StartMissed(ctx, l.DB, other.Who(), first.Run, l.Token(), l.Token(), l.Now)
		wants(t, err, quiz.Missing, "error.missing")
		take(l, l.Sitting(), right)
		if s := l.Sitting(); s.Waits() || s.Run != first.Run || s.Left != 0 || s.Done != 5 {
			t.Errorf("at the end %+v", s)
		}
		_, err = study.StartMissed(ctx, l.DB, l.Who(), first.Run, l.Token(), l.Token(), l.Now)
		wants(t, err, quiz.Missing, "error.missing")
	})
}

func TestWhatWasMissedIsAskedAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.Quiz(quiz.Quiz{Seed: 21, Length: 6})
		asked := take(l, s, someWrong)
		again, err := study.StartMissed(context.Background(), l.DB, l.Who(), s.Run, l.Token(), l.Token(), l.Now)
		if err != nil || again.Run == s.Run || again.Left != 2 || !again.Quiz.Missed {
			t.Fatalf("%+v, %v", again, err)
		}
		second := take(l, again, right)
		if len(second) != 2 || second[0].Fact != asked[1].Fact || second[1].Fact != asked[3].Fact {
			t.Errorf("asked again: %+v", second)
		}
	})
}

func TestUndoInAQuiz(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Take(storagetest.Right(l.Begin()))
		first := l.Quiz(quiz.Quiz{Seed: 4, Length: 4})
		l.Take(storagetest.Wrong(first))
		second := l.Sitting()
		l.Take(storagetest.Right(second))
		s, err := l.Undo(second.Token)
		if err != nil || s.Place != 1 || s.Done != 1 || s.Left != 3 || !reflect.DeepEqual(s.Question, second.Question) {
			t.Errorf("%+v, %v", s, err)
		}
		if s, err = l.Undo(first.Token); err != nil || s.Place != 0 || s.Done != 0 || !reflect.DeepEqual(s.Question, first.Question) {
			t.Errorf("%+v, %v", s, err)
		}
		if n := len(take(l, s, right)); n != 4 {
			t.Errorf("%d questions after the undo", n)
		}
		answers, err := l.DB.RunReviews(context.Background(), l.Who(), first.Run)
		if err != nil || len(answers) != 4 || answers[0].Verdict != quiz.Right {
			t.Errorf("%+v, %v", answers, err)
		}
	})
}

// A deck that is corrected while a quiz is taken: nobody is asked or marked by
// what was wrong, and the quiz goes on.
func TestAQuizOfADeckThatIsCorrected(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.Quiz(quiz.Quiz{Seed: 4, Length: 4, Kinds: []quiz.Kind{quiz.WhenChoice, quiz.First}})
		edited(t, l)
		_, err := l.Try(storagetest.Right(s))
		wants(t, err, quiz.Conflict, "error.edited")
		s, err = study.Begin(context.Background(), l.DB, l.Who(), study.Start{Deck: l.Deck, Resume: true, Anew: true, Token: l.Token()}, l.Now)
		if err != nil || s.Run == "" || s.Place != 0 || !s.Waits() {
			t.Fatalf("%+v, %v", s, err)
		}
		if n := len(take(l, s, right)); n != 4 {
			t.Errorf("%d questions after the correction", n)
		}
	})
}

func TestAQuizThatMakesNoSense(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		for _, q := range []quiz.Quiz{
			{Length: 2},
			{Length: 51},
			{Length: -1},
			{Length: 5, Seed: quiz.QuizSeeds},
			{Length: 5, Kinds: []quiz.Kind{"riddle"}},
			{Length: 5, Kinds: []quiz.Kind{quiz.Flip}},
		} {
			q.Deck = l.Deck
			if _, err := study.StartQuiz(context.Background(), l.DB, l.Who(), q, l.Token(), l.Token(), l.Now); !quiz.Is(err, quiz.Invalid) {
				t.Errorf("%+v: %v", q, err)
			}
		}
		if _, err := l.DB.Sitting(context.Background(), l.Who()); !quiz.Is(err, quiz.Missing) {
			t.Error("somebody sits at a quiz that makes no sense")
		}
	})
}
