package leaderboard

import (
	"context"
	"time"

	"chronicle/quiz"
)

// MemberStore keeps who is on which board.
type MemberStore interface {
	JoinBoard(ctx context.Context, who quiz.Who, b quiz.BoardID, alias string, now time.Time) error
	JoinQuizBoard(ctx context.Context, who quiz.Who, b quiz.BoardID, alias string, points int, at, now time.Time) error
}

// JoinedBoard is a board that a person is on.
type JoinedBoard struct {
	quiz.BoardID
	Title string // of its deck or class; empty for the site's
	Name  string // of it, in its address
}

// JoinBoard puts a person on a board under an alias. One that makes no sense, or that another
// has there, is Invalid at alias.
func JoinBoard(ctx context.Context, db MemberStore, who quiz.Who, b quiz.BoardID, alias string, now time.Time) error {
	alias = quiz.OneLine(alias)
	if err := quiz.ValidateAlias(alias).Err(); err != nil {
		return err
	}
	return db.JoinBoard(ctx, who, b, alias, now)
}
