package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/views"
	"chronicle/web"
)

// personCommands manage accounts from the command line.
type personCommands struct {
	List   personListCommand   `cmd:"" help:"List those who have an account."`
	Add    personAddCommand    `cmd:"" help:"Make an account and print the code with which its password is chosen."`
	Role   personRoleCommand   `cmd:"" help:"Make somebody a learner, a teacher or an administrator."`
	Reset  personResetCommand  `cmd:"" help:"Print a code with which somebody chooses another password."`
	Export personExportCommand `cmd:"" help:"Print all that is kept of somebody, as JSON."`
	Erase  personEraseCommand  `cmd:"" help:"Delete all that is kept of somebody."`
}

var system = quiz.Who{Role: quiz.RoleSystem}

// withDatabase runs a function on the database of the flag, which a server may be using.
func (d databaseFlag) withDatabase(ctx context.Context, deed func(db *storage.DB) error) error {
	if _, err := os.Stat(d.Database); err != nil && !storage.IsPostgres(d.Database) {
		return fmt.Errorf("there is no database %s: say with --database which one the server has", d.Database)
	}
	db, err := storage.OpenShared(ctx, d.Database)
	if err != nil {
		return err
	}
	return errors.Join(plainProblems(deed(db)), db.Close())
}

// plainProblems returns validation problems with the texts shown on pages.
func plainProblems(err error) error {
	var known *quiz.Error
	if !errors.As(err, &known) {
		return err
	}
	catalogue, e := views.LoadCatalogue(assets.Texts())
	if e != nil {
		return e
	}
	words := catalogue.English()
	if len(known.Problems) > 0 {
		p := known.Problems[0]
		return errors.New(p.Field + ": " + words.TextWith(p.Key, p.Args))
	}
	if known.Key == "" {
		return err
	}
	return errors.New(words.T(known.Key))
}

// person finds a person who has an account.
func person(ctx context.Context, db *storage.DB, name string) (quiz.Person, error) {
	p, err := db.PersonByName(ctx, system, name)
	if quiz.Is(err, quiz.NotFound) {
		return p, fmt.Errorf("there is nobody with the alias or e-mail %q", name)
	}
	return p, err
}

type personListCommand struct {
	databaseFlag
	Find string `help:"Only those whose alias or e-mail holds this." placeholder:"TEXT"`
	Role string `help:"Only learners, teachers or administrators." enum:"learner,teacher,admin," default:"" placeholder:"ROLE"`
}

func (p *personListCommand) Run(ctx context.Context, to streams) error {
	return p.withDatabase(ctx, func(db *storage.DB) error {
		out := tabwriter.NewWriter(to.out, 0, 4, 2, ' ', 0)
		_, _ = fmt.Fprintln(out, "ALIAS\tROLE\tE-MAIL\tSINCE\tSEEN\tCLASSES\tDECKS")
		for after := int64(0); ; {
			some, err := db.Accounts(ctx, system, p.Find, quiz.Role(p.Role), after)
			if err != nil {
				return err
			}
			for _, one := range some {
				_, _ = fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%d\t%d\n", one.Alias, one.Role, one.Email, one.Created.Format(time.DateOnly), one.LastSeen.Format(time.DateOnly), one.Classes, one.Decks)
				after = one.ID
			}
			if len(some) == 0 {
				return out.Flush()
			}
		}
	})
}

type personAddCommand struct {
	databaseFlag
	Alias string `arg:"" help:"What they are called."`
	Role  string `help:"What they are; ${default} when not given." enum:"learner,teacher,admin" default:"teacher" placeholder:"learner|teacher|admin"`
	Email string `help:"Of teachers and administrators."`
	Zone  string `help:"Their time zone; ${default} when not given." env:"CHRONICLE_ZONE" default:"Asia/Baku"`
}

func (p *personAddCommand) Run(ctx context.Context, to streams) error {
	return p.withDatabase(ctx, func(db *storage.DB) error {
		form := quiz.SignUp{Alias: p.Alias, Email: p.Email, AsTeacher: p.Role != string(quiz.RoleLearner)}.Clean()
		if err := form.ValidateWithoutPassword().Err(); err != nil {
			return err
		}
		if !quiz.IsKnownZone(p.Zone) {
			return fmt.Errorf("--zone: there is no time zone %q", p.Zone)
		}
		id, err := db.CreateAccount(ctx, system, form, quiz.Role(p.Role), p.Zone, "", time.Now())
		if err != nil {
			return err
		}
		return printResetCode(ctx, to, db, quiz.Person{ID: id, Alias: form.Alias})
	})
}

// printResetCode prints a code with which a person can choose a password.
func printResetCode(ctx context.Context, to streams, db *storage.DB, p quiz.Person) error {
	code, hash := web.NewSecretCode()
	if err := db.CreateResetCode(ctx, system, p.ID, hash, time.Now().Add(quiz.ResetCodeLifetime), time.Now()); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to.out, "%s chooses a password at /reset-password with the code %s, until tomorrow.\n", p.Alias, code)
	return err
}

type personRoleCommand struct {
	databaseFlag
	Name  string `arg:"" help:"Alias or e-mail."`
	Role  string `arg:"" enum:"learner,teacher,admin" help:"learner, teacher or admin."`
	Email string `help:"Their address, where none is kept or it is another now."`
}

func (p *personRoleCommand) Run(ctx context.Context, to streams) error {
	return p.withDatabase(ctx, func(db *storage.DB) error {
		one, err := person(ctx, db, p.Name)
		if err != nil {
			return err
		}
		if err := db.SetRole(ctx, system, one.ID, quiz.Role(p.Role), p.Email, time.Now()); err != nil {
			return err
		}
		_, err = fmt.Fprintf(to.out, "%s: %s\n", one.Alias, p.Role)
		return err
	})
}

type personResetCommand struct {
	databaseFlag
	Name string `arg:"" help:"Alias or e-mail."`
}

func (p *personResetCommand) Run(ctx context.Context, to streams) error {
	return p.withDatabase(ctx, func(db *storage.DB) error {
		one, err := person(ctx, db, p.Name)
		if err != nil {
			return err
		}
		return printResetCode(ctx, to, db, one)
	})
}

type personExportCommand struct {
	databaseFlag
	Name string `arg:"" help:"Alias or e-mail."`
}

func (p *personExportCommand) Run(ctx context.Context, to streams) error {
	return p.withDatabase(ctx, func(db *storage.DB) error {
		one, err := person(ctx, db, p.Name)
		if err != nil {
			return err
		}
		h, err := db.ExportAccount(ctx, system, one.ID, time.Now())
		if err != nil {
			return err
		}
		out := json.NewEncoder(to.out)
		out.SetIndent("", "  ")
		return out.Encode(h.Document())
	})
}

type personEraseCommand struct {
	databaseFlag
	Name string `arg:"" help:"Alias or e-mail."`
	Yes  bool   `help:"It is meant: nobody can bring it back."`
}

func (p *personEraseCommand) Run(ctx context.Context, to streams) error {
	return p.withDatabase(ctx, func(db *storage.DB) error {
		one, err := person(ctx, db, p.Name)
		if err != nil {
			return err
		}
		if !p.Yes {
			return fmt.Errorf("all that is kept of %s (%s) would be deleted for ever; say --yes if that is meant", one.Alias, one.Role)
		}
		if err := db.EraseAccount(ctx, system, one.ID, time.Now()); err != nil {
			return err
		}
		_, err = fmt.Fprintf(to.out, "%s is erased.\n", one.Alias)
		return err
	})
}
