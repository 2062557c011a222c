package quiz

import (
	"strconv"
	"strings"
)

// BoardKind is what a board is of.
type BoardKind string

// The kinds of boards.
const (
	OfSite  BoardKind = "site"
	OfDeck  BoardKind = "deck"
	OfClass BoardKind = "class"
	OfQuiz  BoardKind = "quiz"
)

// Board names a board: the site's, or that of a deck, a class or a shared quiz.
type Board struct {
	Kind BoardKind
	ID   int64  // of the deck or the class
	Quiz string // what tells the quiz from others of its deck
}

// String is the board's key, as it is kept: site, deck/12, class/3, quiz/12/1x2y.
func (b Board) String() string {
	switch b.Kind {
	case OfDeck, OfClass:
		return string(b.Kind) + "/" + strconv.FormatInt(b.ID, 10)
	case OfQuiz:
		return string(b.Kind) + "/" + strconv.FormatInt(b.ID, 10) + "/" + b.Quiz
	}
	return string(OfSite)
}

// BoardOf reads a key; false for what is none.
func BoardOf(key string) (Board, bool) {
	kind, rest, _ := strings.Cut(key, "/")
	id, name, _ := strings.Cut(rest, "/")
	b := Board{Kind: BoardKind(kind), Quiz: name}
	b.ID, _ = strconv.ParseInt(id, 10, 64)
	return b, b.String() == key
}

// Count is what a board counts.
type Count string

// The counts: memory gained by practice, or facts held. A quiz's board counts its score.
const (
	Practice  Count = "practice"
	Knowledge Count = "knowledge"
	ByScore   Count = "score"
)

// Ranked is a line of a board.
type Ranked struct {
	Rank    int // those with as many points share it
	Alias   string
	Points  int
	Days    int // with practice
	Cleared int // due cards that were known
	Me      bool
	Apart   bool // there are others between the line before and this one
}

// Standing is a board as one person sees it.
type Standing struct {
	Places  []Ranked // the first three, the person, and two above and below
	Players int      // on the board in that period
	Joined  bool     // the person is on it
}
