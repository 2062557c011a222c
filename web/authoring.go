package web

import (
	"context"
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
	"chronicle/quiz/textfile"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

type authoringStore interface {
	authoring.DeckStore
	SourceText(ctx context.Context, who quiz.Who, deck, text int64) (authoring.SourceText, []authoring.ProposalItem, error)
	SourceTexts(ctx context.Context, who quiz.Who, deck int64) ([]authoring.SourceTextSummary, error)
	LastChange(ctx context.Context, who quiz.Who, deck int64) (quiz.Change, error)
}

// ownedDeck returns the deck in the URL to its owner. Others are refused; those who may not see the deck get
// NotFound.
func (s *server) ownedDeck(c *fiber.Ctx) (*kinds.DeckIndex, error) {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err == nil && !pool.Deck.OwnedBy(visitor(c).Who()) {
		err = quiz.NewError(quiz.Forbidden, "error.deck.other")
	}
	return pool, err
}

// problemsOf returns the problems in an error that are shown next to form fields.
func problemsOf(err error) quiz.Problems {
	var known *quiz.Error
	if errors.As(err, &known) && known.Kind == quiz.Invalid {
		return known.Problems
	}
	return nil
}

// newDeckForm shows the form for a new deck.
func (s *server) newDeckForm(c *fiber.Ctx) error {
	return showScreen(c, views.DeckFormScreen{
		Frame: s.frame(c, "decks"), Deck: quiz.Deck{Language: "en", Precision: edtf.Day, Visibility: quiz.VisibilityPrivate}, Action: views.ToDecks, Back: views.ToDecks,
	})
}

// readDeckForm applies the form's values to a deck.
func readDeckForm(c *fiber.Ctx, d quiz.Deck) quiz.Deck {
	d.Title, d.About, d.Language = field(c, "title"), field(c, "about"), field(c, "language")
	d.Licence, d.Credit, d.Visibility = field(c, "licence"), field(c, "credit"), quiz.Visibility(field(c, "visible"))
	d.Precision = edtf.NoPrecision
	for _, p := range quiz.DeckPrecisions {
		if p.String() == field(c, "precision") {
			d.Precision = p
		}
	}
	return d
}

func (s *server) createDeck(c *fiber.Ctx) error {
	d := readDeckForm(c, quiz.Deck{})
	made, err := authoring.CreateDeck(c.UserContext(), s.Store, visitor(c).Who(), d, formRand(c), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return showScreenAgain(c, views.DeckFormScreen{Frame: s.frame(c, "decks"), Deck: d, Problems: p, Action: views.ToDecks, Back: views.ToDecks})
	}
	if err != nil && !s.wasAlreadyCreated(c, made, err) {
		return err
	}
	return redirect(c, views.ToEditor(made.Name))
}

// copyDeck copies a deck the visitor can see into a deck of their own.
func (s *server) copyDeck(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	credit := s.frame(c, "decks").T("deck.copied-from", "Title", pool.Deck.Title)
	if pool.Deck.Credit != "" {
		credit += " " + pool.Deck.Credit
	}
	made, err := authoring.CopyDeck(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck, credit, formRand(c), s.Now())
	if err != nil && !s.wasAlreadyCreated(c, made, err) {
		return err
	}
	return redirect(c, views.ToEditor(made.Name)+"?done=copied")
}

// wasAlreadyCreated reports whether creating the deck failed because an earlier submission of the same form
// created it.
func (s *server) wasAlreadyCreated(c *fiber.Ctx, d *quiz.Deck, err error) bool {
	if !quiz.Is(err, quiz.Conflict) {
		return false
	}
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), d.Name)
	return err == nil && pool.Deck.OwnedBy(visitor(c).Who())
}

// formRand returns the same random source each time a person submits the same form, so that the created object has
// the same name and is created only once.
func formRand(c *fiber.Ctx) *rand.Rand {
	form := formKey(c)
	if form == "" {
		return newRand()
	}
	return rand.New(rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "%d %s %s", visitor(c).ID, c.Path(), form))))
}

// formKey returns the form's random key with a hash of its content, so that it is equal for repeated submissions
// of the same content. It is empty for a form without a key.
func formKey(c *fiber.Ctx) string {
	key := formLine(c, "form")
	if uuid.Validate(key) != nil {
		return ""
	}
	content := sha256.New()
	if p, ok := c.Locals(partsKey).(*parts); ok {
		for _, name := range slices.Sorted(maps.Keys(p.values)) {
			_, _ = fmt.Fprintf(content, "%q %q\n", name, p.values[name])
		}
		_, _ = fmt.Fprintf(content, "%q %x", p.file, sha256.Sum256(p.bytes))
	} else {
		_, _ = content.Write(c.Request().Body())
	}
	return key + "-" + hex.EncodeToString(content.Sum(nil)[:16])
}

// newRand returns an unpredictable random source.
func newRand() *rand.Rand {
	var seed [32]byte
	_, _ = crand.Read(seed[:])
	return rand.New(rand.NewChaCha8(seed))
}

func (s *server) deckForm(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	return showScreen(c, s.deckFormScreen(c, *pool.Deck, nil))
}

func (s *server) deckFormScreen(c *fiber.Ctx, d quiz.Deck, p quiz.Problems) views.DeckFormScreen {
	return views.DeckFormScreen{Frame: s.frame(c, "decks"), Deck: d, Problems: p, Action: views.ToDeckForm(d.Name), Back: views.ToEditor(d.Name), FormDigest: d.DescriptionDigest()}
}

func (s *server) updateDeck(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	d := readDeckForm(c, *pool.Deck)
	was := field(c, "was")
	err = authoring.UpdateDescription(c.UserContext(), s.Store, visitor(c).Who(), d, was, s.Now())
	screen := s.deckFormScreen(c, d, problemsOf(err))
	if len(screen.Problems) > 0 {
		screen.FormDigest = was
		return showScreenAgain(c, screen)
	}
	if quiz.Is(err, quiz.Conflict) { // shows both versions; saving again overwrites
		screen.FormDigest, screen.CurrentVersion = pool.Deck.DescriptionDigest(), pool.Deck
		c.Status(fiber.StatusConflict)
		return showScreen(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToEditor(d.Name))
}

func (s *server) deleteDeck(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	if err := authoring.DeleteDeck(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToDecks)
}

func (s *server) restoreDeck(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	if err := authoring.RestoreDeck(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToEditor(pool.Deck.Name))
}

// factTableForm shows the form for pasting a table of facts.
func (s *server) factTableForm(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	return showScreen(c, views.FactTableScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck})
}

// addFactTable saves the valid rows of a table and shows the others again.
func (s *server) addFactTable(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	table := field(c, "rows")
	var added int
	var bad []authoring.RejectedRow
	err = s.readInTurn(c, len(table), func(ctx context.Context) (err error) {
		added, bad, err = authoring.AddFactRows(ctx, s.Store, visitor(c).Who(), pool.Deck.ID, table, s.Now())
		return err
	})
	screen := views.FactTableScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, Table: table, Added: added, Rejected: bad, Problems: problemsOf(err)}
	switch {
	case len(screen.Problems) > 0:
		return showScreenAgain(c, screen)
	case err != nil:
		return err
	case len(bad) > 0:
		return showScreenAgain(c, screen)
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=rows")
}

func (s *server) sourceTextForm(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	return showScreen(c, views.SourceTextScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck})
}

// addSourceText handles a pasted or uploaded text.
func (s *server) addSourceText(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	b := readSourceTextForm(c)
	size := len(b.Text) + len(b.FileContent)
	if textfile.IsPacked(b.FileContent) { // the unpacked size counts
		size = longTextBytes
	}
	var id int64
	err = s.readInTurn(c, size, func(ctx context.Context) (err error) {
		id, err = authoring.AddSourceText(ctx, s.Store, visitor(c).Who(), pool.Deck, b, s.Now())
		return err
	})
	if p := problemsOf(err); len(p) > 0 {
		return showScreenAgain(c, views.SourceTextScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, Form: b, Problems: p})
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToSourceText(pool.Deck.Name, id))
}

// readSourceTextForm reads the source text form. It is multipart because of its file; a plain form has no file.
func readSourceTextForm(c *fiber.Ctx) authoring.SourceTextForm {
	b := authoring.SourceTextForm{
		Source: quiz.Source{Title: formLine(c, "title"), Author: formLine(c, "author"), URL: formLine(c, "address"), Licence: formLine(c, "licence")},
		Text:   formLine(c, "text"), FormKey: formKey(c),
	}
	if p, ok := c.Locals(partsKey).(*parts); ok && len(p.bytes) > 0 {
		b.FileName, b.FileContent = p.file, p.bytes
	}
	return b
}

// proposalURL returns the URL of a proposal of a source text.
func proposalURL(c *fiber.Ctx, deck string, id, place int64) templ.SafeURL {
	sort := ""
	if field(c, "sort") == "worth" {
		sort = "worth"
	}
	return views.ToProposal(deck, id, sort, place)
}
