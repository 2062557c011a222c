package storage

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"gorm.io/gorm"
)

// smallFile is the size in bytes below which a file is checked at every start. Checking a
// gigabyte takes about 8 seconds.
const smallFile = 1_000_000_000

// verifySmall returns an error if a file is damaged. It skips files so large that the check
// would delay the start.
func verifySmall(ctx context.Context, file string, g *gorm.DB) error {
	info, err := os.Stat(file)
	if err != nil || info.Size() >= smallFile {
		return err
	}
	problems, err := corruption(ctx, g)
	if err != nil || len(problems) == 0 {
		return err
	}
	return fmt.Errorf("the file is damaged: %s: restore a backup with chronicle restore; chronicle check lists all problems", problems[0])
}

// Check lists problems of the database at the address. It changes nothing and can run while a
// server is using the database.
func Check(ctx context.Context, address string) ([]string, error) {
	problems, err := check(ctx, address)
	if damaged(err) {
		return append(problems, err.Error()), nil
	}
	if err != nil {
		return nil, cannotOpen(address, err)
	}
	return problems, nil
}

func check(ctx context.Context, address string) ([]string, error) {
	if !IsPostgres(address) {
		if err := checkHeader(address); err != nil {
			return nil, err
		}
	}
	g, err := openReader(ctx, address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = closeHandle(g) }()
	examine := corruption
	if IsPostgres(address) {
		examine = postgresDamage
	}
	problems, err := examine(ctx, g)
	if err != nil {
		return problems, err
	}
	return appendSchema(ctx, g, problems)
}

// appendSchema adds problems with the schema version.
func appendSchema(ctx context.Context, g *gorm.DB, problems []string) ([]string, error) {
	has, err := schemaVersion(ctx, g)
	switch {
	case err != nil:
		return problems, err
	case has == 0:
		problems = append(problems, "it has no tables of Chronicle")
	case has > latestMigration:
		problems = append(problems, laterSchema(has).Error())
	}
	return problems, nil
}

// maxProblems is how many problems of each kind are listed.
const maxProblems = 100

// corruption lists problems of an SQLite file.
func corruption(ctx context.Context, g *gorm.DB) ([]string, error) {
	var said, problems []string
	err := g.WithContext(ctx).Raw(fmt.Sprintf("PRAGMA integrity_check(%d)", maxProblems)).Scan(&said).Error
	if damaged(err) {
		return []string{err.Error()}, nil
	}
	for _, line := range said {
		if line != "ok" {
			problems = append(problems, line)
		}
	}
	if err != nil || len(problems) > 0 { // foreign keys of a damaged file mean nothing
		return problems, err
	}
	return foreignKeyProblems(ctx, g)
}

// foreignKeyProblems lists rows of an SQLite file whose foreign keys refer to missing rows.
func foreignKeyProblems(ctx context.Context, g *gorm.DB) ([]string, error) {
	var rows []struct {
		Table, Parent string
		Row           sql.NullInt64
	}
	err := g.WithContext(ctx).Raw(fmt.Sprintf(`SELECT "table", "parent", "rowid" AS "row" FROM pragma_foreign_key_check LIMIT %d`, maxProblems)).Scan(&rows).Error
	if damaged(err) {
		return []string{err.Error()}, nil
	}
	var problems []string
	for _, r := range rows {
		problems = append(problems, fmt.Sprintf("row %d of %s refers to a row of %s that does not exist", r.Row.Int64, r.Table, r.Parent))
	}
	return problems, err
}

// postgresDamage lists constraints that were never validated and indexes that are invalid. It
// does not check data pages; pg_amcheck does.
func postgresDamage(ctx context.Context, g *gorm.DB) ([]string, error) {
	var problems []string
	err := g.WithContext(ctx).Raw(`SELECT 'the constraint ' || conname || ' of ' || conrelid::regclass || ' was never validated'
		FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace
		UNION ALL SELECT 'the index ' || indexrelid::regclass || ' is invalid'
		FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		WHERE NOT (indisvalid AND indisready) AND c.relnamespace = current_schema()::regnamespace`).Scan(&problems).Error
	return problems, err
}
