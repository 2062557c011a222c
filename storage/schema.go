package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"gorm.io/gorm"
)

// latestMigration is the version of the last migration.
var latestMigration = func() int64 {
	files, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil || len(files) == 0 {
		panic("storage: there are no migrations")
	}
	version, err := goose.NumericComponent(files[len(files)-1])
	if err != nil {
		panic(err)
	}
	return version
}()

// SchemaVersion returns the newest schema version that this program knows.
func SchemaVersion() int64 { return latestMigration }

// SchemaVersion returns the version of the database's schema; 0 means that it has no tables
// yet.
func (db *DB) SchemaVersion(ctx context.Context) (int64, error) {
	return schemaVersion(ctx, db.reads)
}

// schemaVersion reads the version without creating goose's version table.
func schemaVersion(ctx context.Context, g *gorm.DB) (int64, error) {
	dialect, exists := goose.DialectSQLite3, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?"
	if g.Name() == "postgres" {
		dialect, exists = goose.DialectPostgres, "SELECT count(*) FROM pg_class WHERE oid = to_regclass(?)"
	}
	var tables int
	if err := g.WithContext(ctx).Raw(exists, goose.DefaultTablename).Scan(&tables).Error; err != nil || tables == 0 {
		return 0, err
	}
	return latestVersion(ctx, g, dialect)
}

func latestVersion(ctx context.Context, g *gorm.DB, dialect goose.Dialect) (int64, error) {
	pool, err := g.DB()
	if err != nil {
		return 0, err
	}
	store, err := database.NewStore(dialect, goose.DefaultTablename)
	if err != nil {
		return 0, err
	}
	version, err := store.GetLatestVersion(ctx, pool)
	if errors.Is(err, database.ErrVersionNotFound) {
		return 0, nil
	}
	return version, err
}

// laterSchema returns the error for a database that a newer program migrated.
func laterSchema(has int64) error {
	return fmt.Errorf("this program knows schema %d, but the database has schema %d: use a newer version of Chronicle", latestMigration, has)
}

var errOlderSchema = errors.New("the database has the older schema")

// exactSchema returns an error unless the schema is the one this program knows.
func exactSchema(ctx context.Context, g *gorm.DB) error {
	has, err := schemaVersion(ctx, g)
	switch {
	case err != nil:
		return err
	case has > latestMigration:
		return laterSchema(has)
	case has < latestMigration:
		return fmt.Errorf("%w %d, and this program needs schema %d: start chronicle serve of this version first, which updates the database", errOlderSchema, has, latestMigration)
	}
	return nil
}

// migrate updates the schema. It returns an error if the schema is newer than this program.
func migrate(ctx context.Context, g *gorm.DB, dialect goose.Dialect, folder string, more ...goose.ProviderOption) error {
	pool, err := g.DB()
	if err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, pool, files, append(more, goose.WithSlog(slog.New(slog.DiscardHandler)))...)
	if err != nil {
		return err
	}
	if has, known, err := p.GetVersions(ctx); err != nil {
		return fmt.Errorf("reading the schema version: %w", err)
	} else if has > known {
		return laterSchema(has)
	}
	if _, err = p.Up(ctx); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	return nil
}
