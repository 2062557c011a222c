package leaderboard

import (
	"context"
	"time"

	"chronicle/quiz"
)

// MemberStore stores the members of leaderboards.
type MemberStore interface {
	JoinBoard(ctx context.Context, who quiz.Who, b quiz.BoardID, alias string, now time.Time) error
	JoinQuizBoard(ctx context.Context, who quiz.Who, b quiz.BoardID, alias string, points int, at, now time.Time) error
}

// JoinedBoard is a leaderboard that a person has joined.
type JoinedBoard struct {
	quiz.BoardID
	Title string // title of its deck or class; empty for the site's leaderboard
	Name  string // the name in its address
}

// JoinBoard adds a person to a leaderboard under an alias. An alias that is not valid or
// already taken there fails with Invalid at the field alias.
func JoinBoard(ctx context.Context, db MemberStore, who quiz.Who, b quiz.BoardID, alias string, now time.Time) error {
	alias = quiz.OneLine(alias)
	if err := quiz.ValidateAlias(alias).Err(); err != nil {
		return err
	}
	return db.JoinBoard(ctx, who, b, alias, now)
}
