package quiz

import (
	"strconv"
	"strings"
)

// BoardKind says what a leaderboard covers.
type BoardKind string

// The kinds of boards.
const (
	BoardKindSite  BoardKind = "site"
	BoardKindDeck  BoardKind = "deck"
	BoardKindClass BoardKind = "class"
	BoardKindQuiz  BoardKind = "quiz"
)

// BoardID identifies a leaderboard: the site's, or that of a deck, a class or a shared
// quiz.
type BoardID struct {
	Kind    BoardKind
	ID      int64  // ID of the deck or class
	QuizKey string // the quiz's Key within its deck
}

// String returns the board's key as it is stored: site, deck/12, class/3 or
// quiz/12/1x2y.
func (b BoardID) String() string {
	switch b.Kind {
	case BoardKindDeck, BoardKindClass:
		return string(b.Kind) + "/" + strconv.FormatInt(b.ID, 10)
	case BoardKindQuiz:
		return string(b.Kind) + "/" + strconv.FormatInt(b.ID, 10) + "/" + b.QuizKey
	}
	return string(BoardKindSite)
}

// ParseBoardID parses a board's key. It returns false if the key is not valid.
func ParseBoardID(key string) (BoardID, bool) {
	kind, rest, _ := strings.Cut(key, "/")
	id, name, _ := strings.Cut(rest, "/")
	b := BoardID{Kind: BoardKind(kind), QuizKey: name}
	b.ID, _ = strconv.ParseInt(id, 10, 64)
	return b, b.String() == key
}

// BoardMetric is what a leaderboard counts.
type BoardMetric string

// The metrics of a leaderboard: points for practice, or facts mastered. A quiz's
// leaderboard counts its score.
const (
	MetricPractice BoardMetric = "practice"
	MetricMastered BoardMetric = "knowledge"
	MetricScore    BoardMetric = "score"
)

// Standing is one row of a leaderboard.
type Standing struct {
	Rank         int // equal points share a rank
	Alias        string
	Points       int
	PracticeDays int // days with practice
	DueRecalled  int // due cards answered correctly
	IsMe         bool
	AfterGap     bool // rows are left out before this one
}

// Leaderboard is a board as shown to one person.
type Leaderboard struct {
	Standings   []Standing // the top three, and the person with two rows above and below
	PlayerCount int        // players on the board in this period
	Joined      bool       // the person has joined the board
}
