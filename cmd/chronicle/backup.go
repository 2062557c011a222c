package main

import (
	"context"
	"fmt"

	"chronicle/storage"
)

// backupCommand copies an SQLite database to a file.
type backupCommand struct {
	databaseFlag
	File string `arg:"" help:"The file to write."`
	Yes  bool   `help:"Replace FILE if it exists."`
}

// Run writes the backup and prints a summary of it.
func (c *backupCommand) Run(ctx context.Context, to streams) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	saved, err := storage.Backup(ctx, c.Database, c.File, c.Yes)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s: %.1f MB, schema %d, checked\n", c.File, float64(saved.Size)/1e6, saved.Schema)
	return err
}

// restoreCommand replaces the SQLite database by a backup.
type restoreCommand struct {
	databaseFlag
	File string `arg:"" help:"A file that chronicle backup wrote."`
	Yes  bool   `help:"Replace the database if it exists."`
}

// Run restores the backup and prints a summary of it.
func (c *restoreCommand) Run(ctx context.Context, to streams) error {
	saved, err := storage.Restore(ctx, c.Database, c.File, c.Yes)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s: restored from %s, %.1f MB, schema %d\n", c.Database, c.File, float64(saved.Size)/1e6, saved.Schema)
	return err
}

// checkCommand checks a database for damage.
type checkCommand struct{ databaseFlag }

// Help describes the checks.
func (*checkCommand) Help() string {
	return "Of an SQLite file all pages, indexes and foreign keys are read. Of PostgreSQL only the schema version is checked, " +
		"and that every constraint was validated and every index is valid; for its pages there is pg_amcheck."
}

// Run prints "ok", or the problems, one per line.
func (c *checkCommand) Run(ctx context.Context, to streams) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	problems, err := storage.Check(ctx, c.Database)
	if err != nil {
		return err
	}
	for _, p := range problems {
		_, _ = fmt.Fprintln(to.out, p)
	}
	if len(problems) > 0 {
		return errSilent
	}
	_, err = fmt.Fprintln(to.out, "ok")
	return err
}

// mustExist returns an error if the file is missing: these commands create no database.
func (f databaseFlag) mustExist() error {
	if !f.databaseExists() {
		return fmt.Errorf("there is no database %s: say with --database which one the server has", storage.RedactAddress(f.Database))
	}
	return nil
}
