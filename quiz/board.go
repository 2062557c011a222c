package quiz

import (
	"strconv"
	"strings"
)

// BoardKind is what a board is of.
type BoardKind string

// The kinds of boards.
const (
	BoardKindSite  BoardKind = "site"
	BoardKindDeck  BoardKind = "deck"
	BoardKindClass BoardKind = "class"
	BoardKindQuiz  BoardKind = "quiz"
)

// BoardID names a board: the site's, or that of a deck, a class or a shared quiz.
type BoardID struct {
	Kind    BoardKind
	ID      int64  // of the deck or the class
	QuizKey string // what tells the quiz from others of its deck
}

// String is the board's key, as it is kept: site, deck/12, class/3, quiz/12/1x2y.
func (b BoardID) String() string {
	switch b.Kind {
	case BoardKindDeck, BoardKindClass:
		return string(b.Kind) + "/" + strconv.FormatInt(b.ID, 10)
	case BoardKindQuiz:
		return string(b.Kind) + "/" + strconv.FormatInt(b.ID, 10) + "/" + b.QuizKey
	}
	return string(BoardKindSite)
}

// ParseBoardID reads a key; false for what is none.
func ParseBoardID(key string) (BoardID, bool) {
	kind, rest, _ := strings.Cut(key, "/")
	id, name, _ := strings.Cut(rest, "/")
	b := BoardID{Kind: BoardKind(kind), QuizKey: name}
	b.ID, _ = strconv.ParseInt(id, 10, 64)
	return b, b.String() == key
}

// BoardMetric is what a board counts.
type BoardMetric string

// The counts: memory gained by practice, or facts held. A quiz's board counts its score.
const (
	MetricPractice BoardMetric = "practice"
	MetricMastered BoardMetric = "knowledge"
	MetricScore    BoardMetric = "score"
)

// Standing is a line of a board.
type Standing struct {
	Rank         int // those with as many points share it
	Alias        string
	Points       int
	PracticeDays int // with practice
	DueRecalled  int // due cards that were known
	IsMe         bool
	AfterGap     bool // there are others between the line before and this one
}

// Leaderboard is a board as one person sees it.
type Leaderboard struct {
	Standings   []Standing // the first three, the person, and two above and below
	PlayerCount int        // on the board in that period
	Joined      bool       // the person is on it
}
