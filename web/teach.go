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
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/exchange"
	"chronicle/quiz/teach"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

type teachStore interface {
	teach.Store
	TextOf(ctx context.Context, who quiz.Who, deck, text int64) (teach.Text, []teach.Item, error)
	Texts(ctx context.Context, who quiz.Who, deck int64) ([]teach.Brought, error)
	LastChange(ctx context.Context, who quiz.Who, deck int64) (quiz.Change, error)
}

// mine gives the deck of the address to its owner; others are refused, and who
// may not see it learns nothing of it.
func (s *server) mine(c *fiber.Ctx) (*ask.Pool, error) {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err == nil && !pool.Deck.OwnedBy(visitor(c).Who()) {
		err = quiz.Fail(quiz.Forbidden, "error.deck.other")
	}
	return pool, err
}

// problemsOf gives the problems of an error that is told beside fields.
func problemsOf(err error) quiz.Problems {
	var known *quiz.Error
	if errors.As(err, &known) && known.Fault == quiz.Invalid {
		return known.Problems
	}
	return nil
}

// newDeckForm offers a new deck.
func (s *server) newDeckForm(c *fiber.Ctx) error {
	return show(c, views.DeckForm{
		Frame: s.frame(c, "decks"), Deck: quiz.Deck{Language: "en", Precision: edtf.Day, Visible: quiz.ToMe}, To: views.ToDecks, Back: views.ToDecks,
	})
}

// description reads the form of a deck over the deck as it is.
func description(c *fiber.Ctx, d quiz.Deck) quiz.Deck {
	d.Title, d.About, d.Language = field(c, "title"), field(c, "about"), field(c, "language")
	d.Licence, d.Credit, d.Visible = field(c, "licence"), field(c, "credit"), quiz.Visibility(field(c, "visible"))
	d.Precision = edtf.NoPrecision
	for _, p := range quiz.Precisions {
		if p.String() == field(c, "precision") {
			d.Precision = p
		}
	}
	return d
}

func (s *server) newDeck(c *fiber.Ctx) error {
	d := description(c, quiz.Deck{})
	made, err := teach.Create(c.UserContext(), s.Store, visitor(c).Who(), d, chanceOf(c), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return again(c, views.DeckForm{Frame: s.frame(c, "decks"), Deck: d, Problems: p, To: views.ToDecks, Back: views.ToDecks})
	}
	if err != nil && !s.madeBefore(c, made, err) {
		return err
	}
	return redirect(c, views.ToEditor(made.Name))
}

// copyDeck makes a deck that the visitor sees into one of their own.
func (s *server) copyDeck(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	credit := s.frame(c, "decks").T("deck.copied-from", "Title", pool.Deck.Title)
	if pool.Deck.Credit != "" {
		credit += " " + pool.Deck.Credit
	}
	made, err := teach.Copy(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck, credit, chanceOf(c), s.Now())
	if err != nil && !s.madeBefore(c, made, err) {
		return err
	}
	return redirect(c, views.ToEditor(made.Name)+"?done=copied")
}

// madeBefore tells whether a deck could not be made because the same form made it.
func (s *server) madeBefore(c *fiber.Ctx, d *quiz.Deck, err error) bool {
	if !quiz.Is(err, quiz.Conflict) {
		return false
	}
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), d.Name)
	return err == nil && pool.Deck.OwnedBy(visitor(c).Who())
}

// chanceOf gives the same chance to the same form of a person each time it is sent, so
// that what it makes has the same name and is made once.
func chanceOf(c *fiber.Ctx) *rand.Rand {
	form := formKey(c)
	if form == "" {
		return chance()
	}
	return rand.New(rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "%d %s %s", visitor(c).ID, c.Path(), form))))
}

// formKey is the same for a form each time that it is sent with the same content: its
// random key and the content's hash. Empty for a form without a key.
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

// chance is a source that nobody can foretell.
func chance() *rand.Rand {
	var seed [32]byte
	_, _ = crand.Read(seed[:])
	return rand.New(rand.NewChaCha8(seed))
}

func (s *server) describeForm(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	return show(c, s.describing(c, *pool.Deck, nil))
}

func (s *server) describing(c *fiber.Ctx, d quiz.Deck, p quiz.Problems) views.DeckForm {
	return views.DeckForm{Frame: s.frame(c, "decks"), Deck: d, Problems: p, To: views.ToDescribe(d.Name), Back: views.ToEditor(d.Name), Was: d.Described()}
}

func (s *server) describe(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	d := description(c, *pool.Deck)
	was := field(c, "was")
	err = teach.Describe(c.UserContext(), s.Store, visitor(c).Who(), d, was, s.Now())
	screen := s.describing(c, d, problemsOf(err))
	if len(screen.Problems) > 0 {
		screen.Was = was
		return again(c, screen)
	}
	if quiz.Is(err, quiz.Conflict) { // both are shown, and the next time what was typed holds
		screen.Was, screen.Now = pool.Deck.Described(), pool.Deck
		c.Status(fiber.StatusConflict)
		return show(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToEditor(d.Name))
}

func (s *server) deleteDeck(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	if err := teach.Delete(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToDecks)
}

func (s *server) restoreDeck(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	if err := teach.Restore(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToEditor(pool.Deck.Name))
}

// rowsForm offers to paste a table.
func (s *server) rowsForm(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	return show(c, views.Rows{Frame: s.frame(c, "decks"), Deck: pool.Deck})
}

// addRows keeps the good rows of a table, and shows the others again.
func (s *server) addRows(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	table := field(c, "rows")
	var added int
	var bad []teach.BadRow
	err = s.readInTurn(c, len(table), func(ctx context.Context) (err error) {
		added, bad, err = teach.AddRows(ctx, s.Store, visitor(c).Who(), pool.Deck.ID, table, s.Now())
		return err
	})
	screen := views.Rows{Frame: s.frame(c, "decks"), Deck: pool.Deck, Table: table, Added: added, Bad: bad, Problems: problemsOf(err)}
	switch {
	case len(screen.Problems) > 0:
		return again(c, screen)
	case err != nil:
		return err
	case len(bad) > 0:
		return again(c, screen)
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=rows")
}

func (s *server) bringForm(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	return show(c, views.Bring{Frame: s.frame(c, "decks"), Deck: pool.Deck})
}

// bring reads a text, pasted or as a file.
func (s *server) bring(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	b := brought(c)
	size := len(b.Text) + len(b.Bytes)
	if exchange.IsPacked(b.Bytes) { // what it unpacks to counts
		size = longText
	}
	var id int64
	err = s.readInTurn(c, size, func(ctx context.Context) (err error) {
		id, err = teach.Bring(ctx, s.Store, visitor(c).Who(), pool.Deck, b, s.Now())
		return err
	})
	if p := problemsOf(err); len(p) > 0 {
		return again(c, views.Bring{Frame: s.frame(c, "decks"), Deck: pool.Deck, Form: b, Problems: p})
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToText(pool.Deck.Name, id))
}

// brought reads the form of a text, which has a file and so comes in parts; what
// comes as a plain form has none.
func brought(c *fiber.Ctx) teach.Bringing {
	b := teach.Bringing{
		Source: quiz.Source{Title: formLine(c, "title"), Author: formLine(c, "author"), Address: formLine(c, "address"), Licence: formLine(c, "licence")},
		Text:   formLine(c, "text"), Form: formKey(c),
	}
	if p, ok := c.Locals(partsKey).(*parts); ok && len(p.bytes) > 0 {
		b.File, b.Bytes = p.file, p.bytes
	}
	return b
}

// backTo is the review of a text at an item.
func backTo(c *fiber.Ctx, deck string, id, place int64) templ.SafeURL {
	sort := ""
	if field(c, "sort") == "worth" {
		sort = "worth"
	}
	return views.ToItem(deck, id, sort, place)
}
