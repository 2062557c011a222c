package enrol

import (
	"context"
	"math/rand/v2"
	"strings"
	"time"

	"chronicle/quiz"
)

// Listed is a class in a person's list.
type Listed struct {
	quiz.Class
	Teaches     bool // else they are a student of it
	Students    int
	Assignments int
}

// Colleague is a teacher of a class.
type Colleague struct {
	Person int64
	Alias  string
	Owner  bool // made the class
}

// Newcomer is a student whom a teacher adds, with what is kept of their card.
// Name is under which the teacher knows them, if it is to be kept.
type Newcomer struct{ Alias, Hash, Name string }

// Classer keeps classes.
type Classer interface {
	MakeClass(ctx context.Context, who quiz.Who, c *quiz.Class, now time.Time) error
	SetClass(ctx context.Context, who quiz.Who, c quiz.Class) error
	SetCode(ctx context.Context, who quiz.Who, class int64, code string) error
	AddStudents(ctx context.Context, who quiz.Who, class int64, added []Newcomer, now time.Time) error
	SetPasses(ctx context.Context, who quiz.Who, class int64, hashes map[int64]string, now time.Time) error
	RenameStudent(ctx context.Context, who quiz.Who, class, student int64, alias string) error
	JoinClass(ctx context.Context, who quiz.Who, class int64, alias string, now time.Time) error
}

// codeTries is how often another code is tried where one is taken.
const codeTries = 20

// Found makes a class of the teacher, with a join code that no other has. What makes no
// sense is Invalid, with its Problems.
func Found(ctx context.Context, db Classer, who quiz.Who, c quiz.Class, name string, chance *rand.Rand, now time.Time) (quiz.Class, error) {
	c = c.Clean()
	if err := c.Check().Err(); err != nil {
		return c, err
	}
	c.Name = name
	err := anew(chance, func(code string) error {
		c.Code = code
		return db.MakeClass(ctx, who, &c, now)
	})
	return c, err
}

// Recode gives a class another join code; the old one stops working.
func Recode(ctx context.Context, db Classer, who quiz.Who, class int64, chance *rand.Rand) error {
	return anew(chance, func(code string) error { return db.SetCode(ctx, who, class, code) })
}

func anew(chance *rand.Rand, keep func(code string) error) (err error) {
	for range codeTries {
		if err = keep(quiz.NewCode(chance)); !quiz.Is(err, quiz.Conflict) {
			return err
		}
	}
	return err
}

// Rename changes the title and the zone of a class; a Conflict if it was changed since
// the version that it has.
func Rename(ctx context.Context, db Classer, who quiz.Who, c quiz.Class) error {
	c = c.Clean()
	if err := c.Check().Err(); err != nil {
		return err
	}
	return db.SetClass(ctx, who, c)
}

// Enter makes the person a student of a class. An alias that makes no sense, or that
// another of the class has, is Invalid at alias.
func Enter(ctx context.Context, db Classer, who quiz.Who, class int64, alias string, now time.Time) error {
	alias = quiz.OneLine(alias)
	if err := quiz.CheckAlias(alias).Err(); err != nil {
		return err
	}
	return db.JoinClass(ctx, who, class, alias, now)
}

// CallStudent gives a student another alias.
func CallStudent(ctx context.Context, db Classer, who quiz.Who, class, student int64, alias string) error {
	alias = quiz.OneLine(alias)
	if err := quiz.CheckAlias(alias).Err(); err != nil {
		return err
	}
	return db.RenameStudent(ctx, who, class, student, alias)
}

// Card is what stands on a student's sign-in card. Its secret is nowhere else.
type Card struct{ Alias, Secret string }

// Admit adds students by their aliases, one a line, perhaps with = and a real name, and gives their sign-in cards. hash
// makes what is kept of a secret. What is wrong is Invalid at aliases, with the line.
func Admit(ctx context.Context, db Classer, who quiz.Who, class int64, lines string, hash func(string) string, chance *rand.Rand, now time.Time) ([]Card, error) {
	added, err := readAliases(lines)
	if err != nil {
		return nil, err
	}
	var cards []Card
	for i := range added {
		secret := quiz.NewSecret(chance)
		cards = append(cards, Card{added[i].Alias, secret})
		added[i].Hash = hash(secret)
	}
	return cards, db.AddStudents(ctx, who, class, added, now)
}

func readAliases(lines string) ([]Newcomer, error) {
	var p quiz.Problems
	var out []Newcomer
	seen := map[string]bool{}
	for i, line := range strings.Split(lines, "\n") {
		first, rest, _ := strings.Cut(line, "=")
		alias, name := quiz.OneLine(first), quiz.OneLine(rest)
		if alias == "" {
			continue
		}
		if wrong := quiz.CheckAlias(alias); len(wrong) > 0 {
			key := wrong[0].Key
			p.Add("aliases", "problem.aliases.line", "N", i+1, "Alias", cut(alias))
			p = append(p, quiz.Problem{Field: "line", Key: key, Args: wrong[0].Args})
			return nil, p.Err()
		}
		if seen[quiz.Fold(alias)] {
			p.Add("aliases", "problem.aliases.twice", "N", i+1, "Alias", alias)
			return nil, p.Err()
		}
		seen[quiz.Fold(alias)] = true
		if wrong := quiz.CheckRealName(name); len(wrong) > 0 {
			p.Add("aliases", "problem.aliases.line", "N", i+1, "Alias", cut(name))
			p = append(p, quiz.Problem{Field: "line", Key: wrong[0].Key, Args: wrong[0].Args})
			return nil, p.Err()
		}
		out = append(out, Newcomer{Alias: alias, Name: name})
	}
	switch {
	case len(out) == 0:
		p.Add("aliases", "problem.aliases.empty")
	case len(out) > quiz.MaxStudents:
		p.Add("aliases", "problem.aliases.many", "Max", quiz.MaxStudents)
	}
	return out, p.Err()
}

// cut keeps what a message shows of a line short.
func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Renew makes new sign-in cards for students of a class; those they had stop working.
func Renew(ctx context.Context, db Classer, who quiz.Who, class int64, students []quiz.Student, hash func(string) string, chance *rand.Rand, now time.Time) ([]Card, error) {
	var cards []Card
	hashes := map[int64]string{}
	for _, s := range students {
		secret := quiz.NewSecret(chance)
		cards = append(cards, Card{s.Alias, secret})
		hashes[s.ID] = hash(secret)
	}
	return cards, db.SetPasses(ctx, who, class, hashes, now)
}
