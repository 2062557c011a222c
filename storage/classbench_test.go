package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/enrol"
	"chronicle/quiz/rank"
	"chronicle/quiz/survey"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// BenchmarkSurvey is what the page of a class of 40 with 300 facts is made from: read,
// and with what is expected of each.
func BenchmarkSurvey(b *testing.B) {
	ctx := context.Background()
	eachBench(b, func(b *testing.B, db *storage.DB) {
		s := newSchool(b, db)
		deck := &quiz.Deck{Name: "crowd", Title: "Crowd", Language: "en", Precision: edtf.Year, Visible: quiz.ToEverybody}
		for i := range 300 {
			deck.Facts = append(deck.Facts, quiz.Fact{
				Key: fmt.Sprint("f", i), Date: edtf.MustParse(fmt.Sprint(1500 + i)), Label: fmt.Sprint("Town ", i),
				Event: fmt.Sprintf("The town of %s%d gets its charter", strings.Repeat(string(rune('a'+i%26)), 4), i),
			})
		}
		if err := db.MakeDeck(ctx, s.teacher, deck, s.now); err != nil {
			b.Fatal(err)
		}
		a := s.assigns(func(a *quiz.Assignment) { a.Deck = deck.ID })
		var added []enrol.Newcomer
		for i := range 40 {
			added = append(added, enrol.Newcomer{Alias: fmt.Sprint("Student ", i), Hash: fmt.Sprint("hash ", i)})
		}
		if err := db.AddStudents(ctx, s.teacher, s.class.ID, added, s.now); err != nil {
			b.Fatal(err)
		}
		day := s.class.Calendar().Day(s.now)
		exec(b, db.Raw(), fmt.Sprintf(`INSERT INTO cards (person, fact, facet, deck, phase, step, stability, difficulty, last_day, first_day, reps, lapses, learned, due, due_day, version)
			SELECT s.person, f.id, x.facet, f.deck, 2, 0, 1.0 + (f.id * 7 + s.id) %% 40, 5.0, %d - (f.id + s.id) %% 9, %d - 20, 5, 1, false, 0, %d + (f.id + s.id) %% 20 - 5, 5
			FROM students s JOIN facts f ON f.deck = %d JOIN (SELECT 1 AS facet UNION ALL SELECT 2) x ON f.facets & (1 << (x.facet - 1)) <> 0`, day, day, day, deck.ID))
		pool, err := db.Pool(ctx, s.teacher, deck.ID)
		if err != nil {
			b.Fatal(err)
		}
		for name, foretell := range map[string]survey.Foreteller{"known": survey.Unforetold, "foretold": survey.Foretell} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					c, err := db.Survey(ctx, s.teacher, s.class, a, 0, s.now)
					if err != nil {
						b.Fatal(err)
					}
					c.Facts, c.Facets = pool.Facts(), map[int64]int{}
					for _, f := range c.Facts {
						c.Facets[f.ID] = len(pool.Facets(f.ID))
					}
					if r := survey.Of(c, foretell); len(r.Rows) != 40 || r.Met != 40 {
						b.Fatalf("%d rows", len(r.Rows))
					}
				}
			})
		}
	})
}

// BenchmarkStanding is a board of 10,000 for somebody in its middle.
func BenchmarkStanding(b *testing.B) {
	ctx := context.Background()
	eachBench(b, func(b *testing.B, db *storage.DB) {
		me := learner(b, db)
		site := quiz.Board{Kind: quiz.OfSite}
		if err := db.JoinBoard(ctx, me.Who(), site, "Me", me.Now); err != nil {
			b.Fatal(err)
		}
		for _, statement := range []string{
			`INSERT INTO persons (role, zone, new_per_day, created) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT 'guest', 'UTC', 10, i FROM n`,
			"INSERT INTO players (person, board, alias, alias_key, joined) SELECT id, 'site', 'P' || id, 'p' || id, 0 FROM persons WHERE created <= 10000",
			"INSERT INTO scores (person, board, counts, period, points, days, cleared, reached, shown) SELECT id, 'site', 'practice', 'all', (id * 7919) % 1400 + 1, 3, 4, id, true FROM persons",
		} {
			exec(b, db.Raw(), statement)
		}
		for b.Loop() {
			s, err := db.Standing(ctx, me.Who(), site, quiz.Practice, string(rank.All))
			if err != nil || s.Players < 10_000 || len(s.Places) != 8 {
				b.Fatalf("%+v, %v", s, err)
			}
		}
	})
}

func eachBench(b *testing.B, run func(b *testing.B, db *storage.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storagetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, storagetest.Postgres(b)) })
}
