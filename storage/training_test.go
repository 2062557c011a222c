package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/training"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// remembers writes the answers of a learner whose memory follows the given weights.
func remembers(t *testing.T, db *storage.DB, l *storagetest.Learner, w fsrs.Weights, days int, seed uint64) {
	t.Helper()
	model, err := fsrs.New(w)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Raw().Begin()
	if err != nil {
		t.Fatal(err)
	}
	rnd, f := rand.New(rand.NewPCG(seed, 8)), fsrs.RecallForm()
	facts := l.DeckIndex().Facts()
	n, memory, last, due := 0, map[int]fsrs.Memory{}, map[int]int{}, map[int]int{}
	for day := range days {
		for card := range min(len(facts), 4+day) {
			before, met := memory[card]
			if met && due[card] > day {
				continue
			}
			gone := float64(day - last[card])
			rating, expected := fsrs.Again, -1.0
			if rnd.Float64() < f.PredictCorrect(max(fsrs.PriorKnowledge, model.Retrievability(before, gone))) {
				rating = fsrs.Good
			}
			if met {
				expected = 0.9
			}
			memory[card], last[card] = model.NextMemory(before, gone, rating, f), day
			due[card] = day + 1 + rnd.IntN(1+int(min(20, memory[card].Stability)))
			n++
			if _, err := tx.Exec(fmt.Sprintf(`INSERT INTO reviews (person, token, deck, fact, facet, kind, question, chosen, verdict, rating,
				guess, ease, strength, slip, at, day, zone, utc_offset, took, model, card_before, card_after, expected)
				VALUES (%d, '%d-%d', %d, %d, 1, 'when-typed', '{"kind":"when-typed","fact":%d,"facet":1}', -1, '%s', %d, 0, 0, 1, 0.02, %d, %d, 'Asia/Baku', 240, 5000, 'fsrs-6', '{}', '{}', %g)`,
				l.Person.ID, l.Person.ID, n, l.Deck, facts[card].ID, facts[card].ID, map[bool]string{true: "right", false: "wrong"}[rating == fsrs.Good],
				rating, int64(20000+day)*86400000+36000000+int64(card), 20000+day, expected)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := tx.Exec(fmt.Sprintf(`INSERT INTO days (person, day, answers, correct, took) SELECT person, day, count(*),
		sum(CASE WHEN verdict = 'right' THEN 1 ELSE 0 END), sum(took) FROM reviews WHERE person = %d GROUP BY person, day`, l.Person.ID)); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.RebuildCards(context.Background(), quiz.Who{}, storage.RebuildOptions{FromStart: true, OnProgress: func(storage.RebuildProgress) {}}); err != nil {
		t.Fatal(err)
	}
}

// TestTrainAll checks that training fits weights for the site and each person, saves the losses
// and rebuilds the cards of those who improve. A second run finds nothing new, and a guest's
// few answers are not used.
func TestTrainAll(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		unlike := fsrs.DefaultWeights
		unlike[0], unlike[2], unlike[8], unlike[20] = 1.5, 9, 2.6, 0.5
		var people []*storagetest.Learner
		for i := range 6 {
			l := learner(t, db)
			remembers(t, db, l, unlike, 80, uint64(i))
			people = append(people, l)
		}
		guest := seeded(learner(t, db), 3)
		live(t, guest, 10, false)
		now := storagetest.Noon.AddDate(1, 0, 0)
		tried, better, err := training.TrainAll(ctx, db, quiz.Who{Role: quiz.RoleSystem}, now)
		if err != nil || tried != 6 || better < 1 {
			t.Fatalf("%d tried, %d better, %v", tried, better, err)
		}
		site, err := db.SiteTrainingResults(ctx, quiz.Who{})
		if err != nil || len(site) != 1 || !site[0].Adopted || site[0].Loss >= site[0].PreviousLoss {
			t.Errorf("the site: %+v, %v", site, err)
		}
		for _, l := range people {
			trials, err := db.TrainingResults(ctx, l.Who())
			if err != nil || len(trials) != 1 || trials[0].ReviewCount < 400 || trials[0].PreviousLoss <= 0 || trials[0].Adopted && trials[0].Loss >= trials[0].PreviousLoss {
				t.Errorf("%+v, %v", trials, err)
			}
			p, err := db.Person(ctx, l.Who())
			if err != nil || (p.Parameters.ID != 0) != trials[0].Adopted || trials[0].Adopted && p.Parameters.Weights != trials[0].Weights {
				t.Errorf("%+v, %v", p.Parameters, err)
			}
			rebuilt(t, l)
		}
		if trials, err := db.TrainingResults(ctx, guest.Who()); err != nil || len(trials) != 0 {
			t.Errorf("ten answers of a guest: %+v, %v", trials, err)
		}
		if p := learner(t, db).Person; p.Parameters.Weights != site[0].Weights {
			t.Errorf("a newcomer begins with %+v", p.Parameters)
		}
		if tried, _, err := training.TrainAll(ctx, db, quiz.Who{Role: quiz.RoleSystem}, now.Add(time.Hour)); err != nil || tried != 0 {
			t.Errorf("a second round tried %d, %v", tried, err)
		}
		stopped, stop := context.WithCancel(ctx)
		stop()
		if _, _, err := training.TrainAll(stopped, db, quiz.Who{Role: quiz.RoleSystem}, now); err == nil {
			t.Error("a round that is stopped went on")
		}
	})
}
