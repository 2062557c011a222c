package storage_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

const baku = "Asia/Baku"

var tables = []string{"persons", "sessions", "decks", "sources", "facts", "cards", "sittings", "reviews", "undos", "days", "asides", "cares", "weights", "effects"}

// dump returns the rows of a query, one per line, with exact floats.
func dump(t *testing.T, db *storage.DB, query string) string {
	t.Helper()
	rows, err := db.Reads().Query(query)
	if err != nil {
		t.Fatal(query, ": ", err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, values...)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// everything returns all rows of all tables.
func everything(t *testing.T, db *storage.DB) string {
	t.Helper()
	var out strings.Builder
	for _, table := range tables {
		fmt.Fprintf(&out, "%s\n%s", table, dump(t, db, "SELECT * FROM "+table+" ORDER BY 1, 2, 3"))
	}
	return out.String()
}

// memory returns what a person's answers led to: cards, days and the current question, without
// its token and time, which change with an undo.
func memory(t *testing.T, db *storage.DB, who quiz.Who) string {
	t.Helper()
	return dump(t, db, fmt.Sprintf("SELECT * FROM cards WHERE person = %d ORDER BY fact, facet", who.Person)) + "days\n" +
		dump(t, db, fmt.Sprintf("SELECT * FROM days WHERE person = %d ORDER BY day", who.Person)) + "sitting\n" +
		dump(t, db, fmt.Sprintf("SELECT deck, flips, question, fading FROM sittings WHERE person = %d", who.Person))
}

// count returns the number of rows of a table; a condition may follow its name.
func count(t *testing.T, db *storage.DB, table string) int {
	t.Helper()
	var n int
	if err := db.Reads().QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func isLite(db *storage.DB) bool {
	_, err := db.Raw().Exec("SELECT 1 FROM sqlite_schema")
	return err == nil
}

func exec(t testing.TB, pool *sql.DB, statement string) {
	t.Helper()
	if _, err := pool.Exec(statement); err != nil {
		t.Fatal(statement, ": ", err)
	}
}

// learner returns a guest in Baku with the shipped deck.
func learner(t testing.TB, db *storage.DB) *storagetest.Learner {
	t.Helper()
	return storagetest.NewLearner(t, db, baku, storagetest.Deck(t, db).ID)
}

// live answers that many questions over some days, with pauses of minutes, hours or days, and
// undoes some answers.
func live(t *testing.T, l *storagetest.Learner, answers int, undos bool) {
	t.Helper()
	s := l.StartSession()
	for range answers {
		pauseBetween(l)
		if !s.HasQuestion() {
			l.Now = l.Now.Add(30 * time.Hour)
			s = l.StartSession()
			continue
		}
		l.Now = l.Now.Add(time.Duration(l.Rand.IntN(60)) * time.Second)
		r := l.Answer(l.GuessAnswer(s))
		if undos && l.Rand.IntN(6) == 0 {
			pauseBetween(l)
			if _, err := l.UndoAnswer(r.Token); err != nil {
				t.Fatal(err)
			}
		}
		s = l.Session()
	}
}

func pauseBetween(l *storagetest.Learner) {
	switch l.Rand.IntN(12) {
	case 0:
		l.Now = l.Now.Add(time.Duration(l.Rand.IntN(30)) * time.Minute)
	case 1:
		l.Now = l.Now.Add(time.Duration(l.Rand.IntN(40)) * time.Hour)
	case 2:
		l.Now = l.Now.Add(time.Duration(l.Rand.IntN(9)) * 24 * time.Hour)
	}
}

func seeded(l *storagetest.Learner, seed uint64) *storagetest.Learner {
	l.Rand = rand.New(rand.NewPCG(seed, 7))
	return l
}

func isFault(t *testing.T, err error, f quiz.ErrorKind) {
	t.Helper()
	if !quiz.Is(err, f) {
		t.Errorf("the error is %v, want %s", err, f)
	}
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// alikeRows reports whether rows are the same; SQLite gives 1 where PostgreSQL gives true.
func alikeRows(a, b []string) bool {
	plain := strings.NewReplacer("true", "1", "false", "0")
	return plain.Replace(strings.Join(a, "")) == plain.Replace(strings.Join(b, ""))
}
