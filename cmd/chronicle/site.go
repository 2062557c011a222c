package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/web"
)

// siteCommands manage the site from the command line.
type siteCommands struct {
	Show    siteShowCommand    `cmd:"" help:"Print how the site stands: people, classes, storage, who may sign up."`
	SignUp  siteSignUpCommand  `cmd:"" help:"Say who may sign up: everybody, who is invited, or nobody."`
	Invite  siteInviteCommand  `cmd:"" help:"Print the code of a new invitation."`
	Classes siteClassesCommand `cmd:"" help:"List the classes with their teachers."`
	Tidy    sitePurgeCommand   `cmd:"" help:"Delete what is older than it is kept; a running server does so every day."`
}

type siteShowCommand struct{ databaseFlag }

func (s *siteShowCommand) Run(ctx context.Context, to streams) error {
	return s.withDatabase(ctx, func(db *storage.DB) error {
		if err := db.Ping(ctx); err != nil {
			return err
		}
		n, err := db.SiteStats(ctx, system, time.Now())
		if err != nil {
			return err
		}
		policy, err := db.SignUpPolicy(ctx, system)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(to.out, 0, 4, 2, ' ', 0)
		_, _ = fmt.Fprintf(out, "database\t%s answers, %.1f MB\n", storage.RedactAddress(s.Database), float64(n.DatabaseBytes)/1e6)
		for _, r := range []quiz.Role{quiz.RoleAdmin, quiz.RoleTeacher, quiz.RoleLearner, quiz.RoleGuest} {
			_, _ = fmt.Fprintf(out, "%ss\t%d\n", r, n.People[r])
		}
		_, _ = fmt.Fprintf(out, "classes\t%d, with %d students\ndecks\t%d, with %d facts\nanswers\t%d\nsign-up\t%s\ninvitations\t%d\n",
			n.Classes, n.Students, n.Decks, n.Facts, n.Reviews, policy, n.Invitations)
		return out.Flush()
	})
}

type siteSignUpCommand struct {
	databaseFlag
	Policy string `arg:"" enum:"open,invitation,closed" help:"open, invitation or closed."`
}

func (s *siteSignUpCommand) Run(ctx context.Context, to streams) error {
	return s.withDatabase(ctx, func(db *storage.DB) error {
		if err := db.SetSignUpPolicy(ctx, system, quiz.SignUpPolicy(s.Policy), time.Now()); err != nil {
			return err
		}
		_, err := fmt.Fprintf(to.out, "sign-up at %s: %s\n", storage.RedactAddress(s.Database), s.Policy)
		return err
	})
}

type siteInviteCommand struct {
	databaseFlag
	Role string `help:"What they become; ${default} when not given." enum:"learner,teacher" default:"teacher" placeholder:"learner|teacher"`
	Uses int    `help:"How many people it lets in; ${default} when not given." default:"1"`
}

func (s *siteInviteCommand) Run(ctx context.Context, to streams) error {
	return s.withDatabase(ctx, func(db *storage.DB) error {
		code, hash := web.NewSecretCode()
		if err := db.CreateInvitation(ctx, system, quiz.Invitation{Role: quiz.Role(s.Role), MaxUses: s.Uses}, hash, time.Now()); err != nil {
			return err
		}
		_, err := fmt.Fprintf(to.out, "The code %s lets %d sign up as %s at /sign-up, for 30 days.\n", code, s.Uses, s.Role)
		return err
	})
}

type siteClassesCommand struct {
	databaseFlag
	Find string `help:"Only those whose title holds this, or with this code." placeholder:"TEXT"`
}

func (s *siteClassesCommand) Run(ctx context.Context, to streams) error {
	return s.withDatabase(ctx, func(db *storage.DB) error {
		out := tabwriter.NewWriter(to.out, 0, 4, 2, ' ', 0)
		_, _ = fmt.Fprintln(out, "TITLE\tSTUDENTS\tTEACHERS\tCODE\tSTATE")
		for after := int64(0); ; {
			some, err := db.AllClasses(ctx, system, s.Find, after)
			if err != nil {
				return err
			}
			for _, c := range some {
				state := "goes on"
				if !c.Archived.IsZero() {
					state = "over"
				}
				_, _ = fmt.Fprintf(out, "%s\t%d\t%s\t%s\t%s\n", c.Title, c.Students, c.Teachers, c.JoinCode, state)
				after = c.ID
			}
			if len(some) == 0 {
				return out.Flush()
			}
		}
	})
}

type sitePurgeCommand struct {
	databaseFlag
	DryRun bool `help:"Only say what would be deleted."`
}

func (s *sitePurgeCommand) Run(ctx context.Context, to streams) error {
	return s.withDatabase(ctx, func(db *storage.DB) error {
		done, err := db.PurgeExpired(ctx, system, s.DryRun, time.Now())
		if err != nil {
			return err
		}
		verb := "deleted"
		if s.DryRun {
			verb = "would be deleted"
		}
		for _, d := range done {
			_, _ = fmt.Fprintf(to.out, "%s: %d %s\n", d.Category, d.Count, verb)
		}
		if len(done) == 0 {
			_, err = fmt.Fprintln(to.out, "Nothing is older than it is kept.")
		}
		return err
	})
}
