package storage_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/edtf"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

const story = `The Treaty of Lune was signed on 3 May 1815 by the king. On 10 June it was ratified in the capital.
The Lune Canal was opened in 1832. The railway reached Lune in October 1848, and a bridge was built in 1851.
The minister claimed that a tunnel had been dug in 1860. Queen Ada of Lune died on 2 March 1871.`

// author is a person with a deck of their own and a text in it.
type author struct {
	t    *testing.T
	db   *storage.DB
	who  quiz.Who
	deck *quiz.Deck
	// myDecks is another deck of theirs, without facts.
	myDecks *quiz.Deck
	text    int64
	now     time.Time
}

func newAuthor(t *testing.T, db *storage.DB, name string) *author {
	t.Helper()
	ctx := context.Background()
	p, err := db.CreateGuest(ctx, quiz.Who{}, "UTC", storagetest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SignUpGuest(ctx, p.Who(), quiz.SignUp{Alias: name, Email: name + "@example.org", AsTeacher: true}, "hash", now); err != nil {
		t.Fatal(err)
	}
	a := &author{t: t, db: db, who: quiz.Who{Person: p.ID, Role: quiz.RoleTeacher}, now: storagetest.Noon}
	a.deck, err = authoring.CreateDeck(ctx, db, a.who, quiz.Deck{Title: "Tarixçə: Lünə", Language: "en", Precision: edtf.Day, Visibility: quiz.VisibilityPublic},
		rand.New(rand.NewPCG(1, uint64(p.ID))), a.now)
	if err != nil {
		t.Fatal(err)
	}
	a.myDecks, err = authoring.CreateDeck(ctx, db, a.who, quiz.Deck{Title: "Another", Language: "en", Precision: edtf.Day, Visibility: quiz.VisibilityPrivate},
		rand.New(rand.NewPCG(2, uint64(p.ID))), a.now)
	if err != nil {
		t.Fatal(err)
	}
	a.text, err = authoring.AddSourceText(ctx, db, a.who, a.deck, authoring.SourceTextForm{Source: quiz.Source{Title: "A History"}, Text: story}, a.now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// read returns the deck with all its facts, and the text with its proposals.
func (a *author) read() (*quiz.Deck, authoring.SourceText, []authoring.ProposalItem) {
	a.t.Helper()
	pool, err := a.db.DeckIndex(context.Background(), a.who, a.deck.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	text, items, err := a.db.SourceText(context.Background(), a.who, a.deck.ID, a.text)
	if err != nil {
		a.t.Fatal(err)
	}
	return pool.Deck, text, items
}

// undo undoes the last change of the deck.
func (a *author) undo() {
	a.t.Helper()
	if became, err := authoring.UndoChange(context.Background(), a.db, a.who, a.deck.ID, 0, 0, a.now); err != nil || became != authoring.UndoDone {
		a.t.Fatal(became, err)
	}
}
