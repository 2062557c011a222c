package storage_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// impersonal lists the tables without personal data.
var impersonal = []string{"sources", "facts", "texts", "proposals", "assignments", "effects", "rebuilds", "site", "invitations", "goose_db_version"}

// columnsOf lists the columns of every table.
func columnsOf(t *testing.T, db *storage.DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, line := range schema(t, db) {
		if of, ok := strings.CutPrefix(line, "column "); ok {
			table, column, _ := strings.Cut(strings.Fields(of)[0], ".")
			out[table] = append(out[table], column)
		}
	}
	return out
}

// TestDataCategoriesMatchSchema checks that quiz.DataCategories, from which the data page,
// exports and erasure are made, names every table and column.
func TestDataCategoriesMatchSchema(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		there := columnsOf(t, db)
		told := map[string]bool{}
		for _, topic := range quiz.DataCategories {
			for _, table := range topic.Tables {
				var columns []string
				for _, c := range table.ParseColumns() {
					columns = append(columns, c.Name)
					if !slices.Contains([]string{"", "time", "day", "secret"}, c.Kind) {
						t.Errorf("%s.%s is a %q", table.Name, c.Name, c.Kind)
					}
					if kept := regexp.MustCompile("password|^hash$").MatchString(c.Name); kept != (c.Kind == "secret") {
						t.Errorf("%s.%s is a secret or not", table.Name, c.Name)
					}
				}
				want := there[table.Name]
				slices.Sort(columns)
				slices.Sort(want)
				if !slices.Equal(columns, want) {
					t.Errorf("%s has %v, and is told to have %v", table.Name, want, columns)
				}
				told[table.Name] = true
			}
		}
		for table, columns := range there {
			if told[table] == slices.Contains(impersonal, table) {
				t.Errorf("%s is told of: %t, and held to be of nobody: %t", table, told[table], !told[table])
			}
			if told[table] || table == "rebuilds" { // a rebuild's position is not personal data
				continue
			}
			for _, c := range columns {
				if slices.Contains([]string{"person", "owner", "student", "subject", "alias", "email"}, c) {
					t.Errorf("%s.%s is somebody's", table, c)
				}
			}
		}
	})
}

// busy creates a student with rows in every table.
func (s *school) busy(alias string, seed uint64) *storagetest.Learner {
	s.t.Helper()
	t, ctx := s.t.(*testing.T), context.Background()
	l := seeded(s.joins(alias), seed)
	live(t, l, 30, true)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	applyAction(t, l, cardAction(l))
	must(s.db.CreateSession(ctx, l.Who(), "session of "+alias, s.now))
	must(s.db.SetTestDate(ctx, l.Who(), quiz.TestDate{Deck: s.deck, Day: s.class.Calendar().Day(l.Now) + 5, Minutes: 7}))
	must(s.db.JoinBoard(ctx, l.Who(), quiz.BoardID{Kind: quiz.BoardKindSite}, alias+" plays", l.Now))
	must(s.db.FollowDeck(ctx, l.Who(), s.deck, l.Now))
	id := s.students()[alias].ID
	must(s.db.SetRealName(ctx, s.teacher, s.class.ID, id, "Real "+alias, s.now))
	if _, err := s.db.RevealRealNames(ctx, s.teacher, s.class.ID, id, s.now); err != nil {
		t.Fatal(err)
	}
	must(s.db.SetSignInCards(ctx, s.teacher, s.class.ID, map[int64]string{id: "card of " + alias}, s.now))
	exec(t, s.db.Raw(), fmt.Sprintf("INSERT INTO runs (person, id, deck, quiz, started) VALUES (%d, 'run of %s', %d, '{}', %d)", l.Person.ID, alias, s.deck, s.now.UnixMilli()))
	exec(t, s.db.Raw(), fmt.Sprintf("INSERT INTO changes (deck, text, person, what, body, undone, at) VALUES (%d, 0, %d, 'x', '{}', false, 1)", s.deck, l.Person.ID))
	exec(t, s.db.Raw(), fmt.Sprintf(`INSERT INTO remarks (review, change, person, fact, verdict, rating, score, guess, ease, strength, slip)
		SELECT max(r.id), (SELECT max(id) FROM changes), r.person, max(r.fact), 'wrong', 1, 0, 0, 0, 0, 0 FROM reviews r WHERE r.person = %d GROUP BY r.person`, l.Person.ID))
	exec(t, s.db.Raw(), fmt.Sprintf(`INSERT INTO notices (person, change, fact, before, after, better, worse, void, at, seen)
		SELECT person, change, fact, '', '', 0, 0, 0, 1, 0 FROM remarks WHERE person = %d`, l.Person.ID))
	exec(t, s.db.Raw(), fmt.Sprintf(`INSERT INTO reports (person, token, deck, fact, question, given, reason, note, at)
		SELECT person, 'report', 1, fact, '{}', '', 'wrong', 'by %s', 1 FROM remarks WHERE person = %d`, alias, l.Person.ID))
	return l
}

// ofPerson lists the columns with rows that refer to a person.
func ofPerson(t *testing.T, db *storage.DB, person int64) []string {
	t.Helper()
	var out []string
	for table, columns := range columnsOf(t, db) {
		for _, c := range columns {
			isPersons := table == "persons" && c == "id"
			if !isPersons && !slices.Contains([]string{"person", "owner", "subject"}, c) || table == "rebuilds" {
				continue
			}
			if n := dump(t, db, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s = %d", table, c, person)); n != "0\n" {
				out = append(out, table+"."+c+": "+strings.TrimSpace(n))
			}
		}
	}
	slices.Sort(out)
	return out
}

// allRows returns every row of every table.
func allRows(t *testing.T, db *storage.DB) string {
	t.Helper()
	var out []string
	for table := range columnsOf(t, db) {
		rows := strings.Split(dump(t, db, "SELECT * FROM "+table), "\n")
		slices.Sort(rows)
		out = append(out, table+strings.Join(rows, "\n"))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func TestEraseOwnDataLeavesNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		a := s.assigns(nil)
		if err := db.SetClassBoardsEnabled(ctx, s.teacher, s.class.ID, true, s.now); err != nil {
			t.Fatal(err)
		}
		aysel, bogdan := s.busy("Aysel", 3), s.busy("Bogdan", 4)
		if err := db.SetDeadlineExtension(ctx, s.teacher, s.class.ID, a.ID, s.students()["Aysel"].ID, 2); err != nil {
			t.Fatal(err)
		}
		was := ofPerson(t, db, aysel.Person.ID)
		if len(was) < 22 {
			t.Errorf("there are few traces: %v", was)
		}
		others := memory(t, db, bogdan.Who()) + strings.Join(ofPerson(t, db, bogdan.Person.ID), ",")
		// Rows of the review log can be deleted only with their person.
		for _, statement := range []string{"DELETE FROM reviews WHERE person = %d", "DELETE FROM undos WHERE person = %d"} {
			if _, err := db.Raw().Exec(fmt.Sprintf(statement, aysel.Person.ID)); err == nil {
				t.Errorf("%s went through", statement)
			}
		}
		if err := db.EraseOwnData(ctx, aysel.Who(), s.now); err != nil {
			t.Fatal(err)
		}
		if left := ofPerson(t, db, aysel.Person.ID); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
		all := allRows(t, db)
		for _, word := range []string{"Aysel", "aysel"} {
			if strings.Contains(all, word) {
				t.Errorf("%s is still somewhere", word)
			}
		}
		if now := memory(t, db, bogdan.Who()) + strings.Join(ofPerson(t, db, bogdan.Person.ID), ","); now != others {
			t.Errorf("another has something else:\n%s\n%s", others, now)
		}
		_, err := db.Person(ctx, aysel.Who())
		isFault(t, err, quiz.NotFound)
		isFault(t, db.EraseOwnData(ctx, aysel.Who(), s.now), quiz.NotFound)
	})
}

// TestEraseTeacher checks that erasing a teacher removes neither a class with students nor a
// deck that others learn from.
func TestEraseTeacher(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		s.joins("Aysel")
		empty, err := classroom.CreateClass(ctx, db, s.teacher, quiz.Class{Title: "Nobody's", Zone: baku}, "class-empty", rand.New(rand.NewPCG(9, 9)), s.now)
		if err != nil {
			t.Fatal(err)
		}
		err = db.EraseOwnData(ctx, s.teacher, s.now)
		isFault(t, err, quiz.Invalid)
		rauf := newTeacher(t, db, "Rauf", s.now)
		if err := db.AddTeacher(ctx, s.teacher, s.class.ID, "Rauf", s.now); err != nil {
			t.Fatal(err)
		}
		open, private, moved := trivialDeck(t, db), trivialDeck(t, db), trivialDeck(t, db)
		private.Name, private.Visibility, moved.Name, moved.Visibility = "private", quiz.VisibilityPrivate, "moved", quiz.VisibilityPrivate
		for _, d := range []*quiz.Deck{open, private, moved} {
			if err := db.CreateDeck(ctx, s.teacher, d, s.now); err != nil {
				t.Fatal(err)
			}
		}
		own := storagetest.NewLearner(t, db, baku, private.ID)
		own.Person.ID, own.Person.Role = s.teacher.Person, quiz.RoleTeacher
		live(t, own, 6, false)
		// A fact that was corrected in one deck and then moved to another.
		exec(t, db.Raw(), fmt.Sprintf("INSERT INTO changes (deck, text, person, what, body, undone, at) VALUES (%d, 0, %d, 'x', '{}', false, 1)", private.ID, s.teacher.Person))
		exec(t, db.Raw(), fmt.Sprintf(`INSERT INTO remarks (review, change, person, fact, verdict, rating, score, guess, ease, strength, slip)
			SELECT max(r.id), (SELECT max(id) FROM changes), r.person, (SELECT max(id) FROM facts WHERE deck = %d), 'wrong', 1, 0, 0, 0, 0, 0 FROM reviews r WHERE r.person = %d GROUP BY r.person`, moved.ID, s.teacher.Person))
		if err := db.EraseOwnData(ctx, s.teacher, s.now); err != nil {
			t.Fatal(err)
		}
		if left := ofPerson(t, db, s.teacher.Person); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
		if c, err := db.TaughtClass(ctx, rauf, s.class.Name); err != nil || c.Owner != rauf.Person {
			t.Errorf("the class is %+v, %v", c, err)
		}
		if n := dump(t, db, "SELECT count(*) FROM classes WHERE id = "+number(empty.ID)); n != "0\n" {
			t.Error("an empty class is still there")
		}
		if n := dump(t, db, "SELECT count(*) FROM facts WHERE deck = "+number(private.ID)); n != "0\n" {
			t.Errorf("%s facts of a deck of nobody else are still there", n)
		}
		if pool, err := db.DeckIndexByName(ctx, rauf, open.Name); err != nil || len(pool.Deck.Facts) != 20 {
			t.Errorf("a deck open to all is gone: %v", err)
		}
	})
}

func TestExportOwnData(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		s.assigns(nil)
		aysel, bogdan := s.busy("Aysel", 3), s.busy("Bogdan", 4)
		handed, err := db.ExportOwnData(ctx, aysel.Who(), s.now)
		if err != nil {
			t.Fatal(err)
		}
		for _, topic := range quiz.DataCategories {
			for _, table := range topic.Tables {
				rows := handed.Tables[table.Name]
				for _, r := range rows {
					for _, c := range table.ParseColumns() {
						value, ok := r[c.Name]
						if ok == (c.Kind == "secret") {
							t.Errorf("%s.%s of kind %q is handed out: %t", table.Name, c.Name, c.Kind, ok)
						}
						if _, isNumber := value.(int64); isNumber && (c.Kind == "time" || c.Kind == "day") {
							t.Errorf("%s.%s is %v", table.Name, c.Name, value)
						}
					}
				}
			}
		}
		for table, n := range map[string]int{"reviews": len(aysel.Reviews()), "cards": len(aysel.Cards()), "students": 1, "names": 1, "audits": 1, "persons": 1, "passes": 1, "undos": count(t, db, "undos WHERE person = "+number(aysel.Person.ID))} {
			if len(handed.Tables[table]) != n {
				t.Errorf("%d rows of %s, want %d", len(handed.Tables[table]), table, n)
			}
		}
		text, err := json.Marshal(handed)
		if err != nil {
			t.Fatal(err)
		}
		for _, not := range []string{"Bogdan", "card of", "session of", "$argon2"} {
			if strings.Contains(string(text), not) {
				t.Errorf("%q is handed out", not)
			}
		}
		for _, r := range bogdan.Reviews() {
			if strings.Contains(string(text), r.Token) {
				t.Fatal("another's answer is handed out")
			}
		}
		if len(handed.Decks) == 0 || len(handed.Facts) == 0 {
			t.Error("decks and facts are numbers only")
		}
	})
}
