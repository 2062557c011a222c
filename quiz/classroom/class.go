// Package classroom manages classes: their join codes, students, sign-in cards and
// assignments.
package classroom

import (
	"context"
	"math/rand/v2"
	"strings"
	"time"

	"chronicle/quiz"
)

// ClassSummary is a class in a person's list.
type ClassSummary struct {
	quiz.Class
	IsTeacher       bool // otherwise they are a student of it
	StudentCount    int
	AssignmentCount int
}

// ClassTeacher is a teacher of a class.
type ClassTeacher struct {
	Person int64
	Alias  string
	Owner  bool // created the class
}

// NewStudent is a student whom a teacher adds. SecretHash is the hash of the sign-in
// card's secret. RealName is the name the teacher knows them by; it is optional.
type NewStudent struct{ Alias, SecretHash, RealName string }

// ClassStore stores classes.
type ClassStore interface {
	CreateClass(ctx context.Context, who quiz.Who, c *quiz.Class, now time.Time) error
	UpdateClass(ctx context.Context, who quiz.Who, c quiz.Class) error
	SetJoinCode(ctx context.Context, who quiz.Who, class int64, code string) error
	AddStudents(ctx context.Context, who quiz.Who, class int64, added []NewStudent, now time.Time) error
	SetSignInCards(ctx context.Context, who quiz.Who, class int64, hashes map[int64]string, now time.Time) error
	RenameStudent(ctx context.Context, who quiz.Who, class, student int64, alias string) error
	JoinClass(ctx context.Context, who quiz.Who, class int64, alias string, now time.Time) error
}

// maxCodeTries is the maximum number of join codes tried until one is free.
const maxCodeTries = 20

// CreateClass creates a class of the teacher with a unique join code. It fails with
// Invalid and Problems if a field is not valid.
func CreateClass(ctx context.Context, db ClassStore, who quiz.Who, c quiz.Class, name string, chance *rand.Rand, now time.Time) (quiz.Class, error) {
	c = c.Clean()
	if err := c.Validate().Err(); err != nil {
		return c, err
	}
	c.Name = name
	err := tryJoinCodes(chance, func(code string) error {
		c.JoinCode = code
		return db.CreateClass(ctx, who, &c, now)
	})
	return c, err
}

// RenewJoinCode replaces the join code of a class; the old one stops working.
func RenewJoinCode(ctx context.Context, db ClassStore, who quiz.Who, class int64, chance *rand.Rand) error {
	return tryJoinCodes(chance, func(code string) error { return db.SetJoinCode(ctx, who, class, code) })
}

func tryJoinCodes(chance *rand.Rand, keep func(code string) error) (err error) {
	for range maxCodeTries {
		if err = keep(quiz.NewJoinCode(chance)); !quiz.Is(err, quiz.Conflict) {
			return err
		}
	}
	return err
}

// UpdateClass changes the title and time zone of a class. It fails with Conflict if the
// class was changed since the version in c.
func UpdateClass(ctx context.Context, db ClassStore, who quiz.Who, c quiz.Class) error {
	c = c.Clean()
	if err := c.Validate().Err(); err != nil {
		return err
	}
	return db.UpdateClass(ctx, who, c)
}

// JoinClass adds the person to a class as a student. An alias that is not valid or
// already taken in the class fails with Invalid at the field alias.
func JoinClass(ctx context.Context, db ClassStore, who quiz.Who, class int64, alias string, now time.Time) error {
	alias = quiz.OneLine(alias)
	if err := quiz.ValidateAlias(alias).Err(); err != nil {
		return err
	}
	return db.JoinClass(ctx, who, class, alias, now)
}

// RenameStudent changes a student's alias.
func RenameStudent(ctx context.Context, db ClassStore, who quiz.Who, class, student int64, alias string) error {
	alias = quiz.OneLine(alias)
	if err := quiz.ValidateAlias(alias).Err(); err != nil {
		return err
	}
	return db.RenameStudent(ctx, who, class, student, alias)
}

// SignInCard is the content of a student's sign-in card. The secret is not stored; only
// its hash is.
type SignInCard struct{ Alias, Secret string }

// AddStudents adds students by their aliases, one per line, each optionally followed by
// = and a real name, and returns their sign-in cards. hash computes the hash of a secret
// to store. An error is Invalid at the field aliases and names the line.
func AddStudents(ctx context.Context, db ClassStore, who quiz.Who, class int64, lines string, hash func(string) string, chance *rand.Rand, now time.Time) ([]SignInCard, error) {
	added, err := parseAliases(lines)
	if err != nil {
		return nil, err
	}
	var cards []SignInCard
	for i := range added {
		secret := quiz.NewCardSecret(chance)
		cards = append(cards, SignInCard{added[i].Alias, secret})
		added[i].SecretHash = hash(secret)
	}
	return cards, db.AddStudents(ctx, who, class, added, now)
}

func parseAliases(lines string) ([]NewStudent, error) {
	var p quiz.Problems
	var out []NewStudent
	seen := map[string]bool{}
	for i, line := range strings.Split(lines, "\n") {
		first, rest, _ := strings.Cut(line, "=")
		alias, name := quiz.OneLine(first), quiz.OneLine(rest)
		if alias == "" {
			continue
		}
		if wrong := quiz.ValidateAlias(alias); len(wrong) > 0 {
			key := wrong[0].Key
			p.Add("aliases", "problem.aliases.line", "N", i+1, "Alias", shorten(alias))
			p = append(p, quiz.Problem{Field: "line", Key: key, Args: wrong[0].Args})
			return nil, p.Err()
		}
		if seen[quiz.FoldName(alias)] {
			p.Add("aliases", "problem.aliases.twice", "N", i+1, "Alias", alias)
			return nil, p.Err()
		}
		seen[quiz.FoldName(alias)] = true
		if wrong := quiz.ValidateRealName(name); len(wrong) > 0 {
			p.Add("aliases", "problem.aliases.line", "N", i+1, "Alias", shorten(name))
			p = append(p, quiz.Problem{Field: "line", Key: wrong[0].Key, Args: wrong[0].Args})
			return nil, p.Err()
		}
		out = append(out, NewStudent{Alias: alias, RealName: name})
	}
	switch {
	case len(out) == 0:
		p.Add("aliases", "problem.aliases.empty")
	case len(out) > quiz.MaxStudents:
		p.Add("aliases", "problem.aliases.many", "Max", quiz.MaxStudents)
	}
	return out, p.Err()
}

// shorten truncates a line to 40 characters for a message.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// RenewSignInCards creates new sign-in cards for students of a class; their old cards
// stop working.
func RenewSignInCards(ctx context.Context, db ClassStore, who quiz.Who, class int64, students []quiz.Student, hash func(string) string, chance *rand.Rand, now time.Time) ([]SignInCard, error) {
	var cards []SignInCard
	hashes := map[int64]string{}
	for _, s := range students {
		secret := quiz.NewCardSecret(chance)
		cards = append(cards, SignInCard{s.Alias, secret})
		hashes[s.ID] = hash(secret)
	}
	return cards, db.SetSignInCards(ctx, who, class, hashes, now)
}
