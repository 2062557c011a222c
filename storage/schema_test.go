package storage_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chronicle/storage"
	"chronicle/storage/pgtest"
	"chronicle/storage/storagetest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// schema returns every column, key and index of a database, one per line, in the same words for
// both databases.
func schema(t *testing.T, db *storage.DB) []string {
	t.Helper()
	queries := []string{
		`SELECT 'column ' || m.name || '.' || p.name || ' ' || p.type || CASE WHEN p."notnull" OR p.pk > 0 THEN ' not null' ELSE '' END
			|| coalesce(' default ' || p.dflt_value, '')
			FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'`,
		`SELECT 'primary ' || name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT p.name FROM pragma_table_info(m.name) p
			WHERE p.pk > 0 ORDER BY p.pk)) || ')' FROM sqlite_schema m WHERE m.type = 'table'`,
		`SELECT CASE WHEN l."unique" THEN 'unique ' ELSE 'index ' END || m.name || CASE WHEN l.origin = 'c' THEN ' ' || l.name ELSE '' END
			|| ' (' || (SELECT group_concat(name, ', ') FROM (SELECT i.name FROM pragma_index_info(l.name) i ORDER BY i.seqno)) || ')'
			FROM sqlite_schema m JOIN pragma_index_list(m.name) l WHERE m.type = 'table' AND l.origin <> 'pk'`,
		`SELECT 'foreign ' || m.name || '.' || f."from" || ' ' || f."table" || '.' || f."to" || ' ' || f.on_delete
			FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
	}
	if !isLite(db) {
		indexes := `FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
			LEFT JOIN pg_constraint c ON c.conindid = x.oid AND c.contype <> 'f' WHERE t.relnamespace = 'public'::regnamespace`
		columns := `' (' || (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY k (column_number, n)
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.column_number) || ')' `
		queries = []string{
			`SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
				|| coalesce(' default ' || column_default, '') FROM information_schema.columns WHERE table_schema = 'public'`,
			`SELECT 'primary ' || t.relname || ` + columns + indexes + ` AND i.indisprimary`,
			`SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE 'index ' END || t.relname
				|| CASE WHEN c.oid IS NULL THEN ' ' || x.relname ELSE '' END || ` + columns + indexes + ` AND NOT i.indisprimary`,
			`SELECT 'foreign ' || k.table_name || '.' || k.column_name || ' ' || u.table_name || '.' || u.column_name || ' ' || r.delete_rule
				FROM information_schema.referential_constraints r JOIN information_schema.key_column_usage k USING (constraint_name)
				JOIN information_schema.constraint_column_usage u USING (constraint_name)`,
		}
	}
	var out []string
	for _, q := range queries {
		for line := range strings.Lines(dump(t, db, q)) {
			line = alike.Replace(strings.TrimSpace(line))
			if line != "<nil>" && !strings.Contains(line, "goose_db_version") && !strings.Contains(line, "sqlite_sequence") {
				out = append(out, line)
			}
		}
	}
	slices.Sort(out)
	return out
}

// alike replaces equivalent types and defaults with one name.
var alike = strings.NewReplacer(
	" INTEGER", " integer", " bigint", " integer", " TEXT", " text", " REAL", " float", " double precision", " float",
	" BOOLEAN", " boolean", "'::text", "'", "'-1'::integer", "-1",
)

func TestBothSchemasAreOne(t *testing.T) {
	t.Parallel()
	lite, post := schema(t, storagetest.SQLite(t)), schema(t, storagetest.Postgres(t))
	if a, b := strings.Join(lite, "\n"), strings.Join(post, "\n"); a != b {
		t.Errorf("SQLite:\n%s\n\nPostgreSQL:\n%s", a, b)
	}
	for _, want := range []string{
		"column cards.stability float not null", "column persons.alias_key text", "column persons.id integer not null",
		"primary cards (person, fact, facet)", "unique reviews (person, token)", "index cards cards_due (person, deck, due_day)",
		"foreign sessions.person persons.id CASCADE",
	} {
		if !slices.Contains(lite, want) {
			t.Errorf("there is no %q in\n%s", want, strings.Join(lite, "\n"))
		}
	}
}

// provider returns a goose provider for the migrations.
func provider(t *testing.T, pool *sql.DB, kind string) *goose.Provider {
	t.Helper()
	dialect := map[string]goose.Dialect{"sqlite": goose.DialectSQLite3, "postgres": goose.DialectPostgres}[kind]
	files, err := fs.Sub(storage.Migrations, "migrations/"+kind)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(dialect, pool, files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		db := storagetest.Open(t, address)
		before := schema(t, db)
		l := learner(t, db)
		l.Answer(storagetest.Right(l.StartSession()))
		kind := "sqlite"
		if storage.IsPostgres(address) {
			kind = "postgres"
		}
		if _, err := provider(t, db.Raw(), kind).DownTo(context.Background(), 0); err != nil {
			t.Fatal(err)
		}
		if left := schema(t, db); len(left) > 0 {
			t.Errorf("after all went down there is still %q", left)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		again := storagetest.Open(t, address)
		if after := schema(t, again); !slices.Equal(before, after) {
			t.Errorf("first\n%q\nagain\n%q", before, after)
		}
		l = learner(t, again)
		l.Answer(storagetest.Right(l.StartSession()))
	})
}

// TestMigrationsComeInPairs checks that both databases have migrations with the same numbers
// and names.
func TestMigrationsComeInPairs(t *testing.T) {
	t.Parallel()
	names := map[string][]string{}
	for _, kind := range []string{"sqlite", "postgres"} {
		files, err := fs.Glob(storage.Migrations, "migrations/"+kind+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			names[kind] = append(names[kind], f[len("migrations/"+kind+"/"):])
		}
	}
	if len(names["sqlite"]) == 0 || !slices.Equal(names["sqlite"], names["postgres"]) {
		t.Errorf("%q", names)
	}
	for i, name := range names["sqlite"] {
		if !regexp.MustCompile(fmt.Sprintf(`^%05d_[a-z-]+\.sql$`, i+1)).MatchString(name) {
			t.Errorf("number %d is %s", i+1, name)
		}
	}
}

func TestOpeningAgainFindsEverything(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		first := storagetest.Open(t, address)
		l := learner(t, first)
		live(t, l, 5, true)
		before := everything(t, first)
		second := openShared(t, address) // while the first is still open
		if after := everything(t, second); after != before {
			t.Errorf("before\n%s\nafter\n%s", before, after)
		}
		if err := second.Close(); err != nil {
			t.Error(err)
		}
		l.Answer(storagetest.Right(l.StartSession()))
	})
}

func TestManyOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		storagetest.File(t), storagetest.File(t), storagetest.File(t), pgtest.Start(t),
	} {
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { start(t, address) })
		}
		all.Wait()
		if n := count(t, storagetest.Open(t, address), "decks"); n != 1 {
			t.Errorf("%d decks", n)
		}
	}
}

// TestMigratingWaitsForWhoeverMigrates checks that only one process at a time migrates a
// PostgreSQL database.
func TestMigratingWaitsForWhoeverMigrates(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	other, err := beside(t, address).Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	hold := func(statement string) {
		if _, err := other.ExecContext(context.Background(), statement, lock.DefaultLockID); err != nil {
			t.Fatal(err)
		}
	}
	hold("SELECT pg_advisory_lock($1)")
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		start(t, address)
	}()
	select {
	case <-opened:
		t.Error("two migrate at once")
	case <-time.After(700 * time.Millisecond):
	}
	hold("SELECT pg_advisory_unlock($1)")
	<-opened
}

// start opens a database, saves the shipped deck and closes it, like a server that starts and
// stops.
func start(t *testing.T, address string) {
	t.Helper()
	db, err := storage.Open(context.Background(), address, storage.LockFor(time.Minute))
	if err != nil {
		t.Error(err)
		return
	}
	if err := db.SaveShippedDeck(context.Background(), storagetest.System, storagetest.Shipped(t), "shipped"); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
