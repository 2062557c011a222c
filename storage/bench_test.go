package storage_test

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// both runs a benchmark on both databases.
func both(b *testing.B, run func(b *testing.B, db *storage.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storagetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, storagetest.Postgres(b)) })
}

// clients is the number of concurrent clients in the parallel benchmarks.
const clients = 64

// purgeBatch runs deed from that many concurrent clients, each with its own number.
func purgeBatch(b *testing.B, deed func(client int) func()) {
	b.SetParallelism(max(1, clients/runtime.GOMAXPROCS(0)))
	var numbers atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		do := deed(int(numbers.Add(1)) - 1)
		for p.Next() {
			do()
		}
	})
}

// BenchmarkSubmitAnswer measures a complete answer: loading the session, grading, updating the
// card, saving everything and picking the next question.
func BenchmarkSubmitAnswer(b *testing.B) {
	both(b, func(b *testing.B, db *storage.DB) {
		learners := make([]*storagetest.Learner, clients)
		deck := storagetest.Deck(b, db).ID
		for i := range learners {
			learners[i] = storagetest.NewLearner(b, db, baku, deck)
			learners[i].SaveSettings(baku, quiz.MaxNewPerDay)
			learners[i].StartSession()
		}
		b.Run("alone", func(b *testing.B) {
			for b.Loop() {
				answerOne(learners[0])
			}
		})
		b.Run("clients", func(b *testing.B) {
			purgeBatch(b, func(i int) func() { return func() { answerOne(learners[i]) } })
		})
	})
}

func answerOne(l *storagetest.Learner) {
	s := l.Session()
	for !s.HasQuestion() {
		l.Now = l.Now.Add(24 * time.Hour)
		s = l.StartSession()
	}
	l.Now = l.Now.Add(10 * time.Second)
	l.Answer(storagetest.Right(s))
}

// BenchmarkRaw is the lower limit: the five writes of an answer as plain SQL on the same tables
// and settings, alone, and 64 in one commit (SQLite) or from 64 clients (PostgreSQL, whose
// server groups commits).
func BenchmarkRaw(b *testing.B) {
	both(b, func(b *testing.B, db *storage.DB) {
		l := learner(b, db)
		s := l.StartSession()
		l.Answer(storagetest.Right(s))
		w := newWriter(b, db, l.Person.ID, s.Question.Fact)
		b.Run("alone", func(b *testing.B) {
			for b.Loop() {
				w.commit(b, 1, 0)
			}
		})
		b.Run("clients", func(b *testing.B) {
			if w.mark == "?" {
				for n := 0; n < b.N; n += clients {
					w.commit(b, min(clients, b.N-n), 0)
				}
				return
			}
			purgeBatch(b, func(i int) func() { return func() { w.commit(b, 1, i) } })
		})
	})
}

// writer writes answers without package storage.
type writer struct {
	pool    *sql.DB
	mark    string // the database's parameter marker
	persons [clients]int64
	fact    int64
	writes  [5]string
	n       atomic.Int64
}

func newWriter(b *testing.B, db *storage.DB, first, fact int64) *writer {
	w := &writer{pool: db.Raw(), mark: "?", fact: fact}
	if !isLite(db) {
		w.mark = "$"
	}
	for i := range w.persons {
		w.persons[i] = first
		if i == 0 {
			continue
		}
		p, err := db.CreateGuest(context.Background(), quiz.Who{}, baku, now)
		if err != nil {
			b.Fatal(err)
		}
		w.persons[i] = p.ID
		for _, table := range []string{"cards", "sittings", "days"} {
			w.copyRow(b, table, first, p.ID)
		}
	}
	answer := strings.Join(w.columns(b, "reviews")[3:], ", ") // without id, person and token
	w.writes = [5]string{
		"UPDATE sittings SET token = '' WHERE person = ? AND token <> ?",
		"INSERT INTO reviews (person, token, " + answer + ") SELECT person, ?, " + answer + " FROM reviews WHERE id = 1",
		"UPDATE cards SET phase = 2, stability = stability + 0.1, due = due + 1, reps = reps + 1, version = version + 1 WHERE person = ? AND fact = ? AND facet = 1",
		"UPDATE days SET answers = answers + 1, correct = correct + 1, took = took + 9000 WHERE person = ?",
		"UPDATE sittings SET done = done + 1, token = ? WHERE person = ?",
	}
	for i, query := range w.writes {
		w.writes[i] = w.marked(query)
	}
	return w
}

// columns returns the columns of a table in their order.
func (w *writer) columns(b *testing.B, table string) []string {
	rows, err := w.pool.Query("SELECT * FROM " + table + " LIMIT 0")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	return columns
}

// copyRow copies the first person's rows to another person.
func (w *writer) copyRow(b *testing.B, table string, from, to int64) {
	others := strings.Join(w.columns(b, table)[1:], ", ") // the person comes first
	_, err := w.pool.Exec(fmt.Sprintf("INSERT INTO %s (person, %s) SELECT %d, %s FROM %s WHERE person = %d", table, others, to, others, table, from))
	if err != nil {
		b.Fatal(err)
	}
}

// commit writes that many answers in one transaction.
func (w *writer) commit(b *testing.B, answers, client int) {
	if b.Failed() {
		return
	}
	tx, err := w.pool.Begin()
	if err != nil {
		b.Error(err)
		return
	}
	for i := range answers {
		person, token := w.persons[(client+i)%clients], fmt.Sprint("raw-", w.n.Add(1))
		for k, args := range [][]any{{person, token}, {token}, {person, w.fact}, {person}, {token, person}} {
			if _, err := tx.Exec(w.writes[k], args...); err != nil {
				b.Error(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		b.Error(err)
	}
}

// marked numbers the parameters if the database needs it.
func (w *writer) marked(query string) string {
	for n := 1; w.mark == "$" && strings.Contains(query, "?"); n++ {
		query = strings.Replace(query, "?", fmt.Sprint("$", n), 1)
	}
	return query
}

// BenchmarkReads measures what pages read for a learner who has started the whole deck.
func BenchmarkReads(b *testing.B) {
	both(b, func(b *testing.B, db *storage.DB) {
		l := learner(b, db)
		l.SaveSettings(baku, quiz.MaxNewPerDay)
		l.StartSession()
		for range 300 {
			answerOne(l)
		}
		l.Now = l.Now.AddDate(0, 1, 0)
		if !isLite(db) { // a server that has run for a day has table statistics
			if _, err := db.Raw().Exec("ANALYZE"); err != nil {
				b.Fatal(err)
			}
		}
		at, ctx := l.Time(), context.Background()
		reads := map[string]func() error{
			"desk":    func() error { _, err := db.Queue(ctx, l.Who(), l.Deck, at); return err },
			"waiting": func() error { _, err := db.QueueCounts(ctx, l.Who(), l.Deck, 10, at); return err },
			"sitting": func() error { _, err := db.StudySession(ctx, l.Who()); return err },
			"cards":   func() error { _, err := db.Cards(ctx, l.Who()); return err },
			"pool":    func() error { _, err := db.DeckIndex(ctx, l.Who(), l.Deck); return err },
		}
		for name, read := range reads {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}
