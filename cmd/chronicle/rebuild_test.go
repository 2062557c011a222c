package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestRebuild checks that the command rebuilds the cards, uses other parameters when given, and reports a bad file
// or database in one line.
func TestRebuild(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	l := storagetest.NewLearner(t, db, "Asia/Baku", storagetest.Deck(t, db).ID)
	for range 6 {
		l.Answer(storagetest.Right(l.StartSession()))
		l.Now = l.Now.Add(time.Minute)
	}
	before := l.Cards()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if s := chronicle(t, "rebuild", "--database", file); s.status != 0 || s.out != "1 people, 6 answers, 0 cards changed\n" {
		t.Errorf("%+v", s)
	}
	weights := filepath.Join(t.TempDir(), "w.json")
	write := func(text string) {
		if err := os.WriteFile(weights, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]string{
		"none": "no weights", "[1, 2]": "2 weights, not 21",
		`[0.2,1.3,2.3,8.3,6.4,0.8,3,0.001,1.9,0.2,0.8,1.5,0.06,0.3,1.6,0.6,1.9,0.5,0.1,0.07,7]`: "w20 is 7",
	} {
		write(text)
		if s := chronicle(t, "rebuild", "--database", file, "--weights", weights); s.status != 1 || !strings.Contains(s.err, want) || strings.Count(s.err, "\n") != 1 {
			t.Errorf("%q: %+v", text, s)
		}
	}
	if s := chronicle(t, "rebuild", "--database", t.TempDir()); s.status != 1 || strings.Count(s.err, "\n") != 1 {
		t.Errorf("a folder is no database: %+v", s)
	}
	write(`[0.2,1.3,4.6,8.3,6.4,0.8,3,0.001,1.9,0.2,0.8,1.5,0.06,0.3,1.6,0.6,1.9,0.5,0.1,0.07,0.2]`)
	if s := chronicle(t, "rebuild", "--database", file, "--weights", weights); s.status != 0 || !strings.HasPrefix(s.out, "1 people, 6 answers, ") || strings.Contains(s.out, " 0 cards") {
		t.Errorf("%+v", s)
	}
	changed(t, storagetest.Open(t, file), l, before)
}

func changed(t *testing.T, db *storage.DB, l *storagetest.Learner, before []quiz.Card) {
	t.Helper()
	l.DB = db
	p, err := db.Person(context.Background(), l.Who())
	if err != nil || p.Parameters.ID == 0 || p.Parameters.Weights[2] != 4.6 || p.Parameters.Weights == fsrs.DefaultWeights {
		t.Errorf("%+v, %v", p.Parameters, err)
	}
	for i, c := range l.Cards() {
		if c.State.Memory == before[i].State.Memory || !c.Due.Equal(before[i].Due) {
			t.Errorf("%+v was %+v", c, before[i])
		}
	}
}
