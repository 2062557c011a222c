package enrol

import (
	"context"
	"time"

	"chronicle/quiz"
)

// Player keeps who is on which board.
type Player interface {
	JoinBoard(ctx context.Context, who quiz.Who, b quiz.Board, alias string, now time.Time) error
	JoinQuiz(ctx context.Context, who quiz.Who, b quiz.Board, alias string, points int, at, now time.Time) error
}

// Joined is a board that a person is on.
type Joined struct {
	quiz.Board
	Title string // of its deck or class; empty for the site's
	Name  string // of it, in its address
}

// Play puts a person on a board under an alias. One that makes no sense, or that another
// has there, is Invalid at alias.
func Play(ctx context.Context, db Player, who quiz.Who, b quiz.Board, alias string, now time.Time) error {
	alias = quiz.OneLine(alias)
	if err := quiz.CheckAlias(alias).Err(); err != nil {
		return err
	}
	return db.JoinBoard(ctx, who, b, alias, now)
}
