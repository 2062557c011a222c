package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/deckfile"
	"chronicle/quiz/kinds"
	"chronicle/storage"
	"chronicle/views"
)

// deckCommands work on decks: a shipped one by its name, a deck file by its path, or one in the database by its
// name.
type deckCommands struct {
	List    deckList    `cmd:"" help:"List decks: name, title, number of facts."`
	Export  deckExport  `cmd:"" help:"Print a deck in Chronicle's text format."`
	Check   deckCheck   `cmd:"" help:"Check a deck file."`
	Reports deckReports `cmd:"" help:"Print what people reported of a deck’s questions."`
}

type deckList struct{ databaseFlag }

// Run lists the decks in the database and the shipped ones.
func (l *deckList) Run(ctx context.Context, to streams) error {
	decks, err := shipped()
	if err != nil {
		return err
	}
	kept, err := l.databaseDecks(ctx)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, d := range append(kept, decks...) {
		if !seen[d.Name] {
			seen[d.Name] = true
			if _, err := fmt.Fprintf(to.out, "%s\t%s\t%d\n", d.Name, d.Title, facts(d)); err != nil {
				return err
			}
		}
	}
	return nil
}

// facts counts the facts that a deck asks about.
func facts(d *quiz.Deck) int {
	n := 0
	for _, f := range d.Facts {
		if !f.Retired {
			n++
		}
	}
	return n
}

// databaseExists reports whether there is a database; reading must not create one.
func (f databaseFlag) databaseExists() bool {
	if storage.IsPostgres(f.Database) {
		return true
	}
	_, err := os.Stat(f.Database)
	return err == nil
}

// databaseDecks returns the decks in the database.
func (f databaseFlag) databaseDecks(ctx context.Context) ([]*quiz.Deck, error) {
	if !f.databaseExists() {
		return nil, nil
	}
	db, err := storage.OpenReadOnly(ctx, f.Database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	who := quiz.Who{Role: quiz.RoleSystem}
	list, err := db.MyDecks(ctx, who)
	if err != nil {
		return nil, err
	}
	var decks []*quiz.Deck
	for _, d := range list {
		p, err := db.DeckIndex(ctx, who, d.ID)
		if err != nil {
			return nil, err
		}
		decks = append(decks, p.Deck)
	}
	return decks, nil
}

// findDeck finds a deck: a file if the path exists, else a shipped deck, else one in the database.
func (f databaseFlag) findDeck(ctx context.Context, to streams, name string) (*quiz.Deck, error) {
	text, err := os.ReadFile(name)
	if err == nil {
		return readFile(to, name, text)
	}
	if strings.ContainsAny(name, "/\\.") {
		return nil, fmt.Errorf("cannot read %s: %w", name, reason(err))
	}
	for _, from := range []func() ([]*quiz.Deck, error){shipped, func() ([]*quiz.Deck, error) { return f.databaseDecks(ctx) }} {
		decks, err := from()
		if err != nil {
			return nil, err
		}
		for _, d := range decks {
			if d.Name == name {
				return d, nil
			}
		}
	}
	return nil, fmt.Errorf("there is no deck %q; chronicle deck list names them", name)
}

// readFile reads a deck file. It rejects a file with errors as a whole, since a partial import would lose facts.
func readFile(to streams, name string, text []byte) (*quiz.Deck, error) {
	d, notes := deckfile.ReadDeck(text)
	errors, err := report(to.err, name, notes)
	if err == nil && (errors > 0 || d == nil) {
		err = errSilent
	}
	return d, err
}

// report prints the diagnostics of a file and counts the errors among them.
func report(out io.Writer, name string, notes []deckfile.Diagnostic) (errors int, err error) {
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		return 0, err
	}
	for _, n := range notes {
		if !n.Warning {
			errors++
		}
		if _, err := fmt.Fprintf(out, "%s:%s\n", name, diagnosticText(words.English(), n)); err != nil {
			return errors, err
		}
	}
	return errors, nil
}

type deckExport struct {
	databaseFlag
	Deck string `arg:"" help:"A shipped deck’s name, a deck file, or a deck of --database."`
}

// Run prints the deck.
func (e *deckExport) Run(ctx context.Context, to streams) error {
	d, err := e.findDeck(ctx, to, e.Deck)
	if err != nil {
		return err
	}
	_, err = to.out.Write(deckfile.WriteDeck(d))
	return err
}

type deckCheck struct {
	File string `arg:"" help:"A deck file."`
}

// Run prints the problems in the file line by line. With warnings only, the exit status is 0.
func (c *deckCheck) Run(to streams) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", c.File, reason(err))
	}
	d, notes := deckfile.ReadDeck(text)
	errors, err := report(to.out, c.File, notes)
	if err != nil {
		return err
	}
	if errors > 0 || d == nil {
		return errSilent
	}
	_, err = fmt.Fprintf(to.out, "%s: %s, %d facts, no errors\n", c.File, d.Title, facts(d))
	return err
}

// diagnosticText formats a diagnostic.
func diagnosticText(w *views.Words, n deckfile.Diagnostic) string {
	kind, field := "error", ""
	if n.Warning {
		kind = "warning"
	}
	if n.Problem.Field != "" {
		field = n.Problem.Field + ": "
	}
	return fmt.Sprintf("%d: %s: %s%s", n.Line, kind, field, w.TextWith(n.Problem.Key, n.Problem.Args))
}

// reason returns the error of a file operation without its path.
func reason(err error) error {
	if e, ok := err.(*fs.PathError); ok {
		return e.Err
	}
	return err
}

// shipped reads the shipped decks.
func shipped() ([]*quiz.Deck, error) {
	var decks []*quiz.Deck
	err := eachShipped(func(file string, text []byte) error {
		d, err := readShipped(file, text)
		decks = append(decks, d)
		return err
	})
	return decks, err
}

func eachShipped(do func(file string, text []byte) error) error {
	files, err := fs.Glob(assets.Decks(), "*.deck")
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := fs.ReadFile(assets.Decks(), file)
		if err != nil {
			return err
		}
		if err := do(file, text); err != nil {
			return err
		}
	}
	return nil
}

// readShipped reads a shipped deck; its file is named after it.
func readShipped(file string, text []byte) (*quiz.Deck, error) {
	d, notes := deckfile.ReadDeck(text)
	if d == nil || d.Name+".deck" != file {
		return nil, fmt.Errorf("the shipped deck %s cannot be read: %v", file, notes)
	}
	return d, nil
}

// saveShippedDecks saves the shipped decks in the database. Those already there are not parsed, so the start is
// fast.
func saveShippedDecks(ctx context.Context, db *storage.DB) error {
	who := quiz.Who{Role: quiz.RoleSystem}
	return eachShipped(func(file string, text []byte) error {
		sum := sha256.Sum256(append([]byte(kinds.RulesVersion+"\n"), text...))
		digest := hex.EncodeToString(sum[:])
		if is, err := db.HasDeckDigest(ctx, who, strings.TrimSuffix(file, ".deck"), digest); is || err != nil {
			return err
		}
		d, err := readShipped(file, text)
		if err != nil {
			return err
		}
		return db.SaveShippedDeck(ctx, who, d, digest)
	})
}
