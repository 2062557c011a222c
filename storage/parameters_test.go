package storage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// other returns weights that differ from the published ones.
func other() *quiz.TrainingResult {
	w := fsrs.DefaultWeights
	w[2], w[8], w[20] = 4.1, 1.5, 0.3
	return &quiz.TrainingResult{Parameters: quiz.Parameters{Weights: w}, Adopted: true, At: storagetest.Noon}
}

// TestCardsAreRebuiltPersonByPerson checks that damaged cards are rebuilt from the log, and
// that an interrupted rebuild continues after its last person.
func TestCardsAreRebuiltPersonByPerson(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		var people []*storagetest.Learner
		var before []string
		for i := range 5 {
			l := seeded(learner(t, db), uint64(i))
			live(t, l, 12, true)
			people, before = append(people, l), append(before, cardActions(t, l))
		}
		if _, err := db.Raw().Exec("UPDATE cards SET stability = 1, due_day = 3, reps = 77"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Raw().Exec(fmt.Sprintf("DELETE FROM cards WHERE person = %d", people[1].Person.ID)); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		r, err := db.RebuildCards(ctx, quiz.Who{}, storage.RebuildOptions{OnProgress: func(r storage.RebuildProgress) {
			if r.People == 2 {
				stop()
			}
		}})
		if !errors.Is(err, context.Canceled) || r.People != 2 {
			t.Fatalf("stopped after %d people: %v", r.People, err)
		}
		for i, l := range people {
			if healed := cardActions(t, l) == before[i]; healed != (i < 2) {
				t.Errorf("person %d of 5: healed %t after 2", i+1, healed)
			}
		}
		rest := 0
		r, err = db.RebuildCards(context.Background(), quiz.Who{}, storage.RebuildOptions{OnProgress: func(storage.RebuildProgress) { rest++ }})
		if err != nil || r.FromPerson != people[1].Person.ID || r.People != 3 || rest != 3 || r.Changed == 0 {
			t.Errorf("%+v, %d reports, %v", r, rest, err)
		}
		for i, l := range people {
			if cardActions(t, l) != before[i] {
				t.Errorf("person %d is not healed", i+1)
			}
		}
		if r, err = db.RebuildCards(context.Background(), quiz.Who{}, storage.RebuildOptions{OnProgress: func(storage.RebuildProgress) {}}); err != nil || r.Changed != 0 || r.People != 5 {
			t.Errorf("what is right was changed: %+v, %v", r, err)
		}
	})
}

// TestNewParametersKeepDueDays checks that new weights change memory states but no due days,
// that the log rebuilds the cards, and that answers made before can be undone.
func TestNewParametersKeepDueDays(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 5)
		live(t, l, 40, true)
		cards, tokens := l.Cards(), []string{}
		for _, r := range l.Reviews() {
			if !r.Undone && r.LeadToken == "" {
				tokens = append(tokens, r.Token)
			}
		}
		_, err := db.RebuildCards(context.Background(), quiz.Who{}, storage.RebuildOptions{SiteTraining: other(), OnProgress: func(storage.RebuildProgress) {}})
		if err != nil {
			t.Fatal(err)
		}
		moved := 0
		for i, c := range l.Cards() {
			if c.DueDay != cards[i].DueDay || !c.Due.Equal(cards[i].Due) || c.State.Phase != cards[i].State.Phase {
				t.Errorf("%+v was %+v", c, cards[i])
			}
			if c.State.Memory != cards[i].State.Memory {
				moved++
			}
		}
		if moved < len(cards)/2 {
			t.Errorf("%d of %d memories are others", moved, len(cards))
		}
		rebuilt(t, l)
		l.Now = l.Now.Add(48 * time.Hour)
		if l.Person, err = db.Person(context.Background(), l.Who()); err != nil || l.Person.Parameters.Weights != other().Weights {
			t.Fatalf("%+v, %v", l.Person, err)
		}
		live(t, l, 15, true)
		rebuilt(t, l)
		for {
			token, _, err := db.LastAnswerToken(context.Background(), l.Who())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := l.UndoAnswer(token); err != nil {
				t.Fatal(err)
			}
			rebuiltIfAny(t, l)
			if token == tokens[len(tokens)-5] {
				break
			}
		}
		newcomer := learner(t, db)
		if newcomer.Person.Parameters.Weights != other().Weights {
			t.Errorf("a newcomer begins with %+v", newcomer.Person.Parameters)
		}
	})
}

// rebuiltIfAny calls rebuilt if there is a card.
func rebuiltIfAny(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	if len(l.Cards()) > 0 {
		rebuilt(t, l)
	}
}

// TestUndoOfRebuiltCard checks that an answer can be undone after its card was rebuilt.
func TestUndoOfRebuiltCard(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 15)
		live(t, l, 25, false)
		s := l.StartSession()
		for !s.HasQuestion() {
			l.Now = l.Now.Add(24 * time.Hour)
			s = l.StartSession()
		}
		before := cardActions(t, l)
		r := l.Answer(l.GuessAnswer(s))
		if _, err := db.Raw().Exec("UPDATE cards SET stability = stability + 1"); err != nil {
			t.Fatal(err)
		}
		if r, err := db.RebuildCards(context.Background(), quiz.Who{}, storage.RebuildOptions{OnProgress: func(storage.RebuildProgress) {}}); err != nil || r.Changed == 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		if _, err := l.UndoAnswer(r.Token); err != nil {
			t.Fatal(err)
		}
		if now := cardActions(t, l); now != before {
			t.Errorf("before\n%s\nafter\n%s", before, now)
		}
	})
}

// TestOwnParameters checks that a person's own weights are adopted only if they are better, are
// saved with both losses, and change nobody else's cards.
func TestOwnParameters(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l, quiet := seeded(learner(t, db), 6), seeded(learner(t, db), 7)
		live(t, l, 25, true)
		live(t, quiet, 25, true)
		before, others := cardActions(t, l), cardActions(t, quiet)
		worse := *other()
		worse.Adopted, worse.Loss, worse.PreviousLoss, worse.ReviewCount = false, .5, .4, 20
		if err := db.SaveParameters(context.Background(), l.Who(), worse, l.Now); err != nil {
			t.Fatal(err)
		}
		if cardActions(t, l) != before {
			t.Error("weights that are not better were taken")
		}
		better := *other()
		better.Loss, better.PreviousLoss, better.ReviewCount = .3, .4, 25
		if err := db.SaveParameters(context.Background(), l.Who(), better, l.Now); err != nil {
			t.Fatal(err)
		}
		if cardActions(t, l) == before || cardActions(t, quiet) != others {
			t.Error("better weights move their own person's memory, and no other's")
		}
		rebuilt(t, l)
		trials, err := db.TrainingResults(context.Background(), l.Who())
		if err != nil || len(trials) != 2 || !trials[0].Adopted || trials[0].Loss != .3 || trials[0].PreviousLoss != .4 || trials[1].Adopted || trials[1].ReviewCount != 20 {
			t.Errorf("%+v, %v", trials, err)
		}
		if trials, err := db.TrainingResults(context.Background(), quiet.Who()); err != nil || len(trials) != 0 {
			t.Errorf("%+v, %v", trials, err)
		}
		if p := learner(t, db).Person; p.Parameters.ID != 0 {
			t.Errorf("a newcomer has another's weights: %+v", p.Parameters)
		}
	})
}

// TestPeopleToTrain checks that people need enough answers to cards in memory, a quarter more
// than at the last training, and no recent answer.
func TestPeopleToTrain(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l, few := seeded(learner(t, db), 6), seeded(learner(t, db), 7)
		live(t, few, 10, false)
		live(t, l, 45, false)
		targets := count(t, db, fmt.Sprintf("reviews WHERE person = %d AND expected >= 0", l.Person.ID))
		pupils := func(least int, idle time.Time) []quiz.Who {
			all, err := db.PeopleToTrain(context.Background(), quiz.Who{}, least, idle)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		later := l.Now.Add(time.Hour)
		if all := pupils(targets, later); len(all) != 1 || all[0].Person != l.Person.ID {
			t.Errorf("%v, with %d answers", all, targets)
		}
		if all := pupils(targets+1, later); len(all) != 0 {
			t.Errorf("too few answers: %v", all)
		}
		if all := pupils(targets, l.Now.Add(-60*24*time.Hour)); len(all) != 0 {
			t.Errorf("who practises now: %v", all)
		}
		trial := *other()
		trial.Adopted, trial.ReviewCount, trial.At = false, targets, l.Now
		if err := db.SaveParameters(context.Background(), l.Who(), trial, l.Now); err != nil {
			t.Fatal(err)
		}
		if all := pupils(targets, later); len(all) != 0 {
			t.Errorf("learned a moment ago: %v", all)
		}
	})
}

// BenchmarkRebuild rebuilds the cards of 200 people with 5,000 answers each, a million in all,
// from the log.
func BenchmarkRebuild(b *testing.B) {
	const people, each = 200, 5000
	both(b, func(b *testing.B, db *storage.DB) {
		deck := storagetest.Deck(b, db)
		for p := range people {
			who := learner(b, db).Person.ID
			fill(b, db, who, deck, each, uint64(p))
		}
		for b.Loop() {
			r, err := db.RebuildCards(context.Background(), quiz.Who{}, storage.RebuildOptions{FromStart: true, OnProgress: func(storage.RebuildProgress) {}})
			if err != nil || r.Answers != people*each {
				b.Fatalf("%+v, %v", r, err)
			}
		}
	})
}

// fill writes answers as they would be after years.
func fill(b *testing.B, db *storage.DB, who int64, deck *quiz.Deck, answers int, seed uint64) {
	b.Helper()
	tx, err := db.Raw().Begin()
	if err != nil {
		b.Fatal(err)
	}
	for i := range answers {
		day := 20000 + i/10
		_, err := tx.Exec(fmt.Sprintf(`INSERT INTO reviews (person, token, deck, fact, facet, kind, question, chosen, verdict, rating,
			guess, ease, strength, slip, at, day, zone, utc_offset, took, model, card_before, card_after)
			VALUES (%d, '%d-%d', %d, %d, %d, 'when-typed', '{}', -1, '%s', %d, 0, 0, 1, 0.02, %d, %d, 'Asia/Baku', 240, 5000, 'fsrs-6', '{}', '{}')`,
			who, who, i, deck.ID, deck.Facts[i%80].ID, 1+i/80%3, []string{"wrong", "right"}[min(1, (i*7+int(seed))%5)],
			[]int{1, 3}[min(1, (i*7+int(seed))%5)], int64(day)*86400000+36000000+int64(i%10), day))
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}
