package storage_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"

	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func TestSchemaVersion(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		has, err := db.SchemaVersion(context.Background())
		if err != nil || has != storage.SchemaVersion() || has < 9 {
			t.Errorf("the database has %d, the program knows %d, %v", has, storage.SchemaVersion(), err)
		}
	})
}

// TestLaterSchemaIsRefused checks that a database migrated by a newer program is refused
// however it is opened, and stays unchanged.
func TestLaterSchemaIsRefused(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		later := storage.SchemaVersion() + 1
		db := storagetest.Open(t, address)
		learner(t, db)
		exec(t, db.Raw(), fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, true)", later))
		exec(t, db.Raw(), "UPDATE decks SET words = ''") // opening would fill these
		before := everything(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		content, _ := os.ReadFile(address)
		for name, open := range map[string]func() (*storage.DB, error){
			"open":   func() (*storage.DB, error) { return storage.Open(context.Background(), address) },
			"shared": func() (*storage.DB, error) { return storage.OpenShared(context.Background(), address) },
			"look":   func() (*storage.DB, error) { return storage.OpenReadOnly(context.Background(), address) },
		} {
			t.Run(name, func(t *testing.T) {
				db, err := open()
				refused(t, db, err, fmt.Sprintf("knows schema %d", later-1), fmt.Sprintf("has schema %d", later), "a newer version of Chronicle")
			})
		}
		if after, _ := os.ReadFile(address); !bytes.Equal(content, after) {
			t.Error("the file was changed")
		}
		if storage.IsPostgres(address) {
			unchanged(t, address, before)
		}
	})
}

// unchanged fails if anything in a PostgreSQL database with a newer schema changed.
func unchanged(t *testing.T, address, before string) {
	t.Helper()
	exec(t, beside(t, address), fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id > %d", storage.SchemaVersion()))
	db, err := storage.OpenReadOnly(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if everything(t, db) != before {
		t.Error("the database was changed")
	}
}

// TestOlderSchemaIsNotMigratedBesideAServer checks that OpenShared, while a server runs, and
// OpenReadOnly do not migrate an older database.
func TestOlderSchemaIsNotMigratedBesideAServer(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		kind := "sqlite"
		if storage.IsPostgres(address) {
			kind = "postgres"
		}
		db := storagetest.Open(t, address)
		if _, err := provider(t, db.Raw(), kind).Down(context.Background()); err != nil {
			t.Fatal(err)
		}
		older := fmt.Sprintf("has the older schema %d", storage.SchemaVersion()-1)
		second, err := storage.OpenShared(context.Background(), address)
		refused(t, second, err, older, "chronicle serve")
		second, err = storage.OpenReadOnly(context.Background(), address)
		refused(t, second, err, older, "chronicle serve")
		if has, err := db.SchemaVersion(context.Background()); err != nil || has != storage.SchemaVersion()-1 {
			t.Errorf("schema %d, %v", has, err)
		}
	})
}

// TestOpenSharedMigratesWithoutAServer checks that OpenShared migrates the file if no server is
// running.
func TestOpenSharedMigratesWithoutAServer(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	if _, err := provider(t, db.Raw(), "sqlite").Down(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if has, err := openShared(t, file).SchemaVersion(context.Background()); err != nil || has != storage.SchemaVersion() {
		t.Errorf("schema %d, %v", has, err)
	}
}
