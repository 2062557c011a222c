package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/classroom"
	"chronicle/quiz/edtf"
	"chronicle/quiz/leaderboard"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// BenchmarkClassReportInput measures the report of a class of 40 on 300 facts: reading the
// input, and computing each student's forecast as well.
func BenchmarkClassReportInput(b *testing.B) {
	ctx := context.Background()
	eachBench(b, func(b *testing.B, db *storage.DB) {
		s := newSchool(b, db)
		deck := &quiz.Deck{Name: "crowd", Title: "Crowd", Language: "en", Precision: edtf.Year, Visibility: quiz.VisibilityPublic}
		for i := range 300 {
			deck.Facts = append(deck.Facts, quiz.Fact{
				Key: fmt.Sprint("f", i), Date: edtf.MustParse(fmt.Sprint(1500 + i)), Label: fmt.Sprint("Town ", i),
				Event: fmt.Sprintf("The town of %s%d gets its charter", strings.Repeat(string(rune('a'+i%26)), 4), i),
			})
		}
		if err := db.CreateDeck(ctx, s.teacher, deck, s.now); err != nil {
			b.Fatal(err)
		}
		a := s.assigns(func(a *quiz.Assignment) { a.Deck = deck.ID })
		var added []classroom.NewStudent
		for i := range 40 {
			added = append(added, classroom.NewStudent{Alias: fmt.Sprint("Student ", i), SecretHash: fmt.Sprint("hash ", i)})
		}
		if err := db.AddStudents(ctx, s.teacher, s.class.ID, added, s.now); err != nil {
			b.Fatal(err)
		}
		day := s.class.Calendar().Day(s.now)
		exec(b, db.Raw(), fmt.Sprintf(`INSERT INTO cards (person, fact, facet, deck, phase, step, stability, difficulty, last_day, first_day, reps, lapses, learned, due, due_day, version)
			SELECT s.person, f.id, x.facet, f.deck, 2, 0, 1.0 + (f.id * 7 + s.id) %% 40, 5.0, %d - (f.id + s.id) %% 9, %d - 20, 5, 1, false, 0, %d + (f.id + s.id) %% 20 - 5, 5
			FROM students s JOIN facts f ON f.deck = %d JOIN (SELECT 1 AS facet UNION ALL SELECT 2) x ON f.facets & (1 << (x.facet - 1)) <> 0`, day, day, day, deck.ID))
		pool, err := db.DeckIndex(ctx, s.teacher, deck.ID)
		if err != nil {
			b.Fatal(err)
		}
		for name, foretell := range map[string]classreport.ForecastFunc{"known": classreport.NoForecast, "foretold": classreport.ForecastStudent} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					c, err := db.ClassReportInput(ctx, s.teacher, s.class, a, 0, s.now)
					if err != nil {
						b.Fatal(err)
					}
					c.Facts, c.Facets = pool.Facts(), map[int64]int{}
					for _, f := range c.Facts {
						c.Facets[f.ID] = len(pool.AskableFacets(f.ID))
					}
					if r := classreport.BuildReport(c, foretell); len(r.Rows) != 40 || r.StartedCount != 40 {
						b.Fatalf("%d rows", len(r.Rows))
					}
				}
			})
		}
	})
}

// BenchmarkLeaderboard measures a board of 10,000 for someone in its middle.
func BenchmarkLeaderboard(b *testing.B) {
	ctx := context.Background()
	eachBench(b, func(b *testing.B, db *storage.DB) {
		me := learner(b, db)
		site := quiz.BoardID{Kind: quiz.BoardKindSite}
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
			s, err := db.Leaderboard(ctx, me.Who(), site, quiz.MetricPractice, string(leaderboard.PeriodAllTime))
			if err != nil || s.PlayerCount < 10_000 || len(s.Standings) != 8 {
				b.Fatalf("%+v, %v", s, err)
			}
		}
	})
}

func eachBench(b *testing.B, run func(b *testing.B, db *storage.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storagetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, storagetest.Postgres(b)) })
}
