package storage_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"chronicle/storage"
)

var update = flag.Bool("update", false, "list migrations that are not in testdata/migrations.sha256")

const checksums = "testdata/migrations.sha256"

// TestMigrationChecksums fails if a migration was changed or removed: databases that have
// already applied it would differ from new ones.
func TestMigrationChecksums(t *testing.T) {
	t.Parallel()
	listed, are := readChecksums(t), sumMigrations(t)
	for file, sum := range listed {
		switch are[file] {
		case sum:
		case "":
			t.Errorf("%s is missing; released migrations are never removed", file)
		default:
			t.Errorf("%s was changed; released migrations are never edited: restore it, and put the change into a new file", file)
		}
	}
	var added []string
	for _, file := range slices.Sorted(maps.Keys(are)) {
		if listed[file] == "" {
			added = append(added, fmt.Sprintf("%s  %s\n", are[file], file))
		}
	}
	if *update {
		appendChecksums(t, added)
	} else if len(added) > 0 {
		t.Errorf("not listed; if they are finished, run go test ./storage -run TestMigrationChecksums -update, which only adds lines:\n%s", strings.Join(added, ""))
	}
}

// readChecksums returns the listed sums by file, in the format of sha256sum.
func readChecksums(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(checksums)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, file, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok || listed[file] != "" {
			t.Fatalf("%s: the line %q", checksums, line)
		}
		listed[file] = sum
	}
	return listed
}

func sumMigrations(t *testing.T) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := fs.WalkDir(storage.Migrations, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(storage.Migrations, file)
		sums[file] = fmt.Sprintf("%x", sha256.Sum256(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func appendChecksums(t *testing.T, lines []string) {
	t.Helper()
	f, err := os.OpenFile(checksums, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := f.WriteString(strings.Join(lines, "")); err != nil {
		t.Fatal(err)
	}
}
