package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// TestDemoSchool checks that a demo school is consistent: its cards match its review log, its days and points are
// sums of it, and everyone is in classes with an assigned deck.
func TestDemoSchool(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "school.db")
	s := chronicle(t, "demo", "--school", "--students=24", "--answers=300", "--database="+file)
	if s.status != 0 || !strings.Contains(s.out, "24 students") || !strings.Contains(s.out, "3 decks of 200 facts") || !strings.Contains(s.out, demoPassword) {
		t.Fatalf("%+v", s)
	}
	if s := chronicle(t, "rebuild", "--anew", "--database="+file); s.status != 0 || !strings.HasSuffix(s.out, ", 0 cards changed\n") {
		t.Errorf("%+v", s)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for query, want := range map[string]string{
		"SELECT count(*) BETWEEN 7000 AND 7600 FROM reviews":                                                                      "1",
		"SELECT sum(answers) - (SELECT count(*) FROM reviews) FROM days":                                                          "0",
		"SELECT count(*) FROM students":                                                                                           "72", // of the three existing classes
		"SELECT count(*) FROM (SELECT 1 FROM reviews WHERE confused <> 0 AND verdict = 'right')":                                  "0",
		"SELECT count(*) FROM gains g WHERE NOT EXISTS (SELECT 1 FROM reviews r WHERE r.person = g.person AND r.token = g.token)": "0",
		`SELECT count(*) FROM (SELECT person, board, sum(min(points, 200)) AS p FROM tallies GROUP BY person, board) t JOIN scores s
			ON s.person = t.person AND s.board = t.board AND s.counts = 'practice' AND s.period = 'all' WHERE s.points <> t.p`: "0",
		"SELECT count(*) > 40 FROM scores WHERE counts = 'practice' AND period = 'all'": "1",
	} {
		var got any
		if err := db.QueryRow(query).Scan(&got); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s, %v", query, got, want, err)
		}
	}
	for _, bad := range [][]string{{"--answers=-1"}, {"--answers=1000000"}, {"--students=999999999"}} {
		chronicle(t, append([]string{"demo", "--school", "--database=" + filepath.Join(t.TempDir(), "x.db")}, bad...)...).fails(t, 1, "goes from 0")
	}
	chronicle(t, "demo", "--school", "--database="+file).fails(t, 1, "a database of its own")
}
