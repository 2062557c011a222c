package study_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

// known practises until that many dates are in memory, and waits until the next
// day.
func known(t *testing.T, l *storagetest.Learner, n int) []int64 {
	t.Helper()
	l.Set(baku, n)
	l.Begin()
	practise(t, l, storagetest.Right)
	l.Set(baku, 0)
	l.Now = l.Now.Add(24 * time.Hour)
	var facts []int64
	for _, c := range l.Cards() {
		if c.Facet == quiz.When && c.Memory.Phase == fsrs.PhaseReview {
			facts = append(facts, c.Fact)
		}
	}
	if len(facts) < n {
		t.Fatalf("only %d of %d dates are known", len(facts), n)
	}
	return facts
}

// lined puts a question of that kind before the learner, of facts that are all
// in memory.
func lined(t *testing.T, l *storagetest.Learner, k quiz.Kind, facts []int64) quiz.Sitting {
	t.Helper()
	for _, f := range facts {
		for seed := range uint64(20) {
			q, ok := l.Pool().MakeWith(quiz.CardID{Fact: f, Facet: quiz.When}, k, 4, ask.Wish{Beside: facts}, seed)
			if ok && len(q.Options) == 4 {
				return l.Sit(q)
			}
		}
	}
	t.Fatalf("no %s of the facts %v", k, facts)
	return quiz.Sitting{}
}

// An order or a match that is all right moves every card in it once, one that
// is wrong blames each; an undo takes all of it back, and the log rebuilds it.
func TestAnOrderMovesEveryCardInIt(t *testing.T) {
	t.Parallel()
	for _, k := range []quiz.Kind{quiz.Order, quiz.Match} {
		for name, give := range map[string]func(quiz.Sitting) quiz.Answer{"right": storagetest.Right, "wrong": storagetest.Wrong} {
			t.Run(string(k)+" "+name, func(t *testing.T) {
				t.Parallel()
				each(t, func(t *testing.T, l *storagetest.Learner) { moved(t, l, k, name == "right", give) })
			})
		}
	}
}

func moved(t *testing.T, l *storagetest.Learner, k quiz.Kind, isRight bool, give func(quiz.Sitting) quiz.Answer) {
	t.Helper()
	facts := known(t, l, 14)
	before := cardsOf(l)
	s := lined(t, l, k, facts)
	day := l.At().Day
	lead := l.Take(give(s))
	after := cardsOf(l)
	for _, f := range s.Question.Cards() {
		id := quiz.CardID{Fact: f, Facet: quiz.When}
		a, b := after[id], before[id]
		lapsed := a.Memory.Lapses == b.Memory.Lapses+1 && a.Memory.Phase == fsrs.PhaseRelearning
		if a.Version != b.Version+1 || a.Memory.LastDay != day || isRight == lapsed || isRight && a.Memory.Memory.Stability <= b.Memory.Memory.Stability {
			t.Errorf("fact %d went from %+v to %+v", f, b.Memory, a.Memory)
		}
	}
	for id, c := range before {
		if id.Facet != quiz.When && after[id] != c {
			t.Errorf("another side of fact %d moved", id.Fact)
		}
	}
	log := l.Reviews()
	together := 0
	for _, r := range log {
		if r.Lead == lead.Token {
			together++
		}
	}
	days, err := l.DB.Days(context.Background(), l.Who(), day)
	if err != nil || len(days) != 1 || days[0].Answers != 1 || together != 3 {
		t.Errorf("%d reviews beside the answer, the day counts %+v, %v", together, days, err)
	}
	replayed(t, l)
	if _, err := l.Undo(lead.Token); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(cardsOf(l), before) {
		t.Error("an undo does not take everything back")
	}
	replayed(t, l)
	// Asked again on the same day, the others have moved once already.
	l.Take(storagetest.Right(l.Sitting()))
	l.Take(storagetest.Right(lined(t, l, k, s.Question.Cards())))
	for _, f := range s.Question.Cards() {
		id := quiz.CardID{Fact: f, Facet: quiz.When}
		if by := cardsOf(l)[id].Version - before[id].Version; by > 2 {
			t.Errorf("fact %d moved %d times", f, by)
		}
	}
}

func cardsOf(l *storagetest.Learner) map[quiz.CardID]quiz.Card {
	out := map[quiz.CardID]quiz.Card{}
	for _, c := range l.Cards() {
		out[c.CardID] = c
	}
	return out
}

// replayed checks the cards against the log.
func replayed(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	again := study.Replay(l.Past())
	for id, c := range again {
		c.Due = c.Due.UTC()
		again[id] = c
	}
	if !reflect.DeepEqual(again, cardsOf(l)) {
		t.Error("the log does not rebuild the cards")
	}
}

// What stands beside an order and was never met, or was asked today, does not move.
func TestWhatWasNotMetDoesNotMove(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		for seed := range uint64(50) {
			id := quiz.CardID{Fact: l.Pool().Facts()[30].ID, Facet: quiz.When}
			q, ok := l.Pool().Make(id, quiz.Order, 5, seed)
			if !ok {
				continue
			}
			l.Take(storagetest.Right(l.Sit(q)))
			if cards := l.Cards(); len(cards) != 1 || cards[0].CardID != id {
				t.Errorf("an order of new facts made %+v", cards)
			}
			return
		}
		t.Error("no order")
	})
}

// Which wrong option was taken is kept, and asked later as exactly that
// contrast, until it was told apart.
func TestAConfusionIsAskedAsThatContrast(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Set(baku, 1)
		s := l.Begin()
		wrong := storagetest.Wrong(s)
		lure := s.Question.Options[wrong.Chosen].Fact
		if r := l.Take(wrong); r.Confused != lure {
			t.Fatalf("confused with %d, not with %d", r.Confused, lure)
		}
		practise(t, l, storagetest.Right)
		l.Set(baku, 0)
		l.Now = latest(l.Now, l.Cards()[0].Due)
		contrast := l.Begin().Question
		if contrast.Contrast != lure || contrast.Kind != quiz.WhenChoice || len(contrast.Options) != 2 ||
			contrast.Options[1-contrast.Answer].Fact != lure {
			t.Fatalf("the confusion of %d with %d is asked as %+v", s.Question.Fact, lure, contrast)
		}
		l.Take(storagetest.Wrong(l.Sitting())) // once more
		practise(t, l, storagetest.Right)
		l.Now = latest(l.Now, l.Cards()[0].Due)
		if again := l.Begin(); again.Question.Contrast != lure {
			t.Errorf("after another confusion %+v", again.Question)
		}
		told := l.Take(storagetest.Right(l.Sitting()))
		l.Now = latest(l.Now, l.Cards()[0].Due)
		if s := l.Begin(); !s.Waits() || s.Question.Contrast != 0 {
			t.Errorf("after it was told apart %+v", s.Question)
		}
		if _, err := l.Undo(told.Token); err != nil {
			t.Fatal(err)
		}
		if s := l.Sitting(); s.Question.Contrast != lure {
			t.Errorf("after the undo %+v", s.Question)
		}
	})
}

// A typed date of another fact is a confusion with it.
func TestATypedDateOfAnotherFact(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		facts := map[string]quiz.Fact{}
		for _, f := range l.Pool().Facts() {
			facts[f.Key] = f
		}
		gulistan, putin := facts["gulistan-treaty"], facts["putin-birth"]
		q, _ := l.Pool().Make(quiz.CardID{Fact: gulistan.ID, Facet: quiz.When}, quiz.WhenTyped, 0, 1)
		if r := l.Take(quiz.Answer{Token: l.Sit(q).Token, Chosen: -1, Given: "7 October 1952"}); r.Confused != putin.ID {
			t.Errorf("confused with %d, want %d", r.Confused, putin.ID)
		}
		if r := l.Take(quiz.Answer{Token: l.Sit(q).Token, Chosen: -1, Given: "8 October 1952"}); r.Confused != 0 {
			t.Errorf("a date of nothing is confused with %d", r.Confused)
		}
		q, _ = l.Pool().Make(quiz.CardID{Fact: facts["elchibey-birth"].ID, Facet: quiz.TermOut}, quiz.GapTyped, 0, 1)
		if r := l.Take(quiz.Answer{Token: l.Sit(q).Token, Chosen: -1, Given: "баку"}); r.Confused == 0 || r.Verdict != quiz.Wrong {
			t.Errorf("another term of the deck: %+v", r)
		}
		if r := l.Take(quiz.Answer{Token: l.Sit(q).Token, Chosen: -1, Given: "Нахчыван"}); r.Confused != 0 || r.Verdict != quiz.Right {
			t.Errorf("the term in another script: %+v", r)
		}
	})
}
