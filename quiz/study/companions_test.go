package study_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

// known practises until n dates are in memory, waits until the next day and returns
// their facts.
func known(t *testing.T, l *storagetest.Learner, n int) []int64 {
	t.Helper()
	l.SaveSettings(baku, n)
	l.StartSession()
	practise(t, l, storagetest.Right)
	l.SaveSettings(baku, 0)
	l.Now = l.Now.Add(24 * time.Hour)
	var facts []int64
	for _, c := range l.Cards() {
		if c.Facet == quiz.FacetWhen && c.State.Phase == fsrs.PhaseReview {
			facts = append(facts, c.Fact)
		}
	}
	if len(facts) < n {
		t.Fatalf("only %d of %d dates are known", len(facts), n)
	}
	return facts
}

// lined makes a question of kind k, about facts that are all in memory, the learner's
// current question.
func lined(t *testing.T, l *storagetest.Learner, k quiz.Kind, facts []int64) quiz.StudySession {
	t.Helper()
	for _, f := range facts {
		for seed := range uint64(20) {
			q, ok := l.DeckIndex().GenerateWith(quiz.CardID{Fact: f, Facet: quiz.FacetWhen}, k, 4, kinds.Constraints{CompanionFacts: facts}, seed)
			if ok && len(q.Options) == 4 {
				return l.AskQuestion(q)
			}
		}
	}
	t.Fatalf("no %s of the facts %v", k, facts)
	return quiz.StudySession{}
}

// TestOrderReviewsEveryCard checks that a right order or match updates each of its
// cards once, that a wrong one blames each card, that an undo restores all of them,
// and that the log rebuilds them.
func TestOrderReviewsEveryCard(t *testing.T) {
	t.Parallel()
	for _, k := range []quiz.Kind{quiz.KindOrder, quiz.KindMatch} {
		for name, give := range map[string]func(quiz.StudySession) quiz.Answer{"right": storagetest.Right, "wrong": storagetest.Wrong} {
			t.Run(string(k)+" "+name, func(t *testing.T) {
				t.Parallel()
				each(t, func(t *testing.T, l *storagetest.Learner) { cardAfter(t, l, k, name == "right", give) })
			})
		}
	}
}

func cardAfter(t *testing.T, l *storagetest.Learner, k quiz.Kind, isRight bool, give func(quiz.StudySession) quiz.Answer) {
	t.Helper()
	facts := known(t, l, 14)
	before := cardsOf(l)
	s := lined(t, l, k, facts)
	day := l.Time().Day
	lead := l.Answer(give(s))
	after := cardsOf(l)
	for _, f := range s.Question.AffectedFacts() {
		id := quiz.CardID{Fact: f, Facet: quiz.FacetWhen}
		a, b := after[id], before[id]
		lapsed := a.State.Lapses == b.State.Lapses+1 && a.State.Phase == fsrs.PhaseRelearning
		if a.Version != b.Version+1 || a.State.LastDay != day || isRight == lapsed || isRight && a.State.Memory.Stability <= b.State.Memory.Stability {
			t.Errorf("fact %d went from %+v to %+v", f, b.State, a.State)
		}
	}
	for id, c := range before {
		if id.Facet != quiz.FacetWhen && after[id] != c {
			t.Errorf("another side of fact %d moved", id.Fact)
		}
	}
	log := l.Reviews()
	together := 0
	for _, r := range log {
		if r.LeadToken == lead.Token {
			together++
		}
	}
	days, err := l.DB.PracticeDays(context.Background(), l.Who(), day)
	if err != nil || len(days) != 1 || days[0].Answers != 1 || together != 3 {
		t.Errorf("%d reviews beside the answer, the day counts %+v, %v", together, days, err)
	}
	replayed(t, l)
	if _, err := l.UndoAnswer(lead.Token); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(cardsOf(l), before) {
		t.Error("an undo does not take everything back")
	}
	replayed(t, l)
	// Asked again on the same day, the companions have already been updated once.
	l.Answer(storagetest.Right(l.Session()))
	l.Answer(storagetest.Right(lined(t, l, k, s.Question.AffectedFacts())))
	for _, f := range s.Question.AffectedFacts() {
		id := quiz.CardID{Fact: f, Facet: quiz.FacetWhen}
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

// replayed checks that replaying the log gives the stored cards.
func replayed(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	again := study.ReplayCards(l.History())
	for id, c := range again {
		c.Due = c.Due.UTC()
		again[id] = c
	}
	if !reflect.DeepEqual(again, cardsOf(l)) {
		t.Error("the log does not rebuild the cards")
	}
}

// TestOrderSkipsNewCards checks that companions that are new or were asked today are
// not updated.
func TestOrderSkipsNewCards(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		for seed := range uint64(50) {
			id := quiz.CardID{Fact: l.DeckIndex().Facts()[30].ID, Facet: quiz.FacetWhen}
			q, ok := l.DeckIndex().Generate(id, quiz.KindOrder, 5, seed)
			if !ok {
				continue
			}
			l.Answer(storagetest.Right(l.AskQuestion(q)))
			if cards := l.Cards(); len(cards) != 1 || cards[0].CardID != id {
				t.Errorf("an order of new facts made %+v", cards)
			}
			return
		}
		t.Error("no order")
	})
}

// TestConfusionIsAskedAsContrast checks that the chosen distractor is saved, and asked
// later as exactly that contrast until the learner tells the two facts apart.
func TestConfusionIsAskedAsContrast(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.SaveSettings(baku, 1)
		s := l.StartSession()
		wrong := storagetest.Wrong(s)
		lure := s.Question.Options[wrong.ChosenOption].Fact
		if r := l.Answer(wrong); r.ConfusedWith != lure {
			t.Fatalf("confused with %d, not with %d", r.ConfusedWith, lure)
		}
		practise(t, l, storagetest.Right)
		l.SaveSettings(baku, 0)
		l.Now = latest(l.Now, l.Cards()[0].Due)
		contrast := l.StartSession().Question
		if contrast.ContrastFact != lure || contrast.Kind != quiz.KindWhenChoice || len(contrast.Options) != 2 ||
			contrast.Options[1-contrast.RightOption].Fact != lure {
			t.Fatalf("the confusion of %d with %d is asked as %+v", s.Question.Fact, lure, contrast)
		}
		l.Answer(storagetest.Wrong(l.Session())) // confuse them again
		practise(t, l, storagetest.Right)
		l.Now = latest(l.Now, l.Cards()[0].Due)
		if again := l.StartSession(); again.Question.ContrastFact != lure {
			t.Errorf("after another confusion %+v", again.Question)
		}
		told := l.Answer(storagetest.Right(l.Session()))
		l.Now = latest(l.Now, l.Cards()[0].Due)
		if s := l.StartSession(); !s.HasQuestion() || s.Question.ContrastFact != 0 {
			t.Errorf("after it was told apart %+v", s.Question)
		}
		if _, err := l.UndoAnswer(told.Token); err != nil {
			t.Fatal(err)
		}
		if s := l.Session(); s.Question.ContrastFact != lure {
			t.Errorf("after the undo %+v", s.Question)
		}
	})
}

// TestTypedDateOfOtherFactIsConfusion checks that typing another fact's date counts as
// confusing the two facts.
func TestTypedDateOfOtherFactIsConfusion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		facts := map[string]quiz.Fact{}
		for _, f := range l.DeckIndex().Facts() {
			facts[f.Key] = f
		}
		gulistan, putin := facts["gulistan-treaty"], facts["putin-birth"]
		q, _ := l.DeckIndex().Generate(quiz.CardID{Fact: gulistan.ID, Facet: quiz.FacetWhen}, quiz.KindWhenTyped, 0, 1)
		if r := l.Answer(quiz.Answer{Token: l.AskQuestion(q).Token, ChosenOption: -1, Given: "7 October 1952"}); r.ConfusedWith != putin.ID {
			t.Errorf("confused with %d, want %d", r.ConfusedWith, putin.ID)
		}
		if r := l.Answer(quiz.Answer{Token: l.AskQuestion(q).Token, ChosenOption: -1, Given: "8 October 1952"}); r.ConfusedWith != 0 {
			t.Errorf("a date of nothing is confused with %d", r.ConfusedWith)
		}
		q, _ = l.DeckIndex().Generate(quiz.CardID{Fact: facts["elchibey-birth"].ID, Facet: quiz.FacetTerm}, quiz.KindGapTyped, 0, 1)
		if r := l.Answer(quiz.Answer{Token: l.AskQuestion(q).Token, ChosenOption: -1, Given: "баку"}); r.ConfusedWith == 0 || r.Verdict != quiz.VerdictWrong {
			t.Errorf("another term of the deck: %+v", r)
		}
		if r := l.Answer(quiz.Answer{Token: l.AskQuestion(q).Token, ChosenOption: -1, Given: "Нахчыван"}); r.ConfusedWith != 0 || r.Verdict != quiz.VerdictRight {
			t.Errorf("the term in another script: %+v", r)
		}
	})
}
