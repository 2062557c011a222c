// Chronicle is a tool for learning what happened when.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"chronicle/storage"

	"github.com/alecthomas/kong"
)

// commands lists the commands and their flags.
type commands struct {
	Serve     serveCommand     `cmd:"" help:"Serve Chronicle to browsers."`
	Deck      deckCommands     `cmd:"" help:"List, export and check decks."`
	Questions questionsCommand `cmd:"" help:"Print questions that a deck proves."`
	Extract   extractCommand   `cmd:"" help:"Print the dated facts that a text tells."`
	Fit       fitCommand       `cmd:"" help:"Train the memory model on a log of reviews, or predict one."`
	Rebuild   rebuildCommand   `cmd:"" help:"Make everybody's cards from the log of answers again."`
	Person    personCommands   `cmd:"" help:"Look after people: list, add, give a role, reset a password, export, erase."`
	Site      siteCommands     `cmd:"" help:"Look after the site: how it stands, who may sign up, classes, what is too old."`
	Backup    backupCommand    `cmd:"" help:"Copy the SQLite database to a file, also while a server is using it."`
	Restore   restoreCommand   `cmd:"" help:"Make a backup the SQLite database, while no server is using it."`
	Check     checkCommand     `cmd:"" help:"Check the database for damage."`
	Demo      demoCommand      `cmd:"" help:"Make a class that has practised for some weeks, to look around in."`

	Version kong.VersionFlag `help:"Print the versions of the program and of the newest database schema it knows."`
}

// databaseFlag is the flag shared by the commands that use a database.
type databaseFlag struct {
	Database string `help:"A file for SQLite, or a postgres:// address; ${default} when not given." env:"CHRONICLE_DATABASE" default:"chronicle.db" placeholder:"FILE|ADDRESS"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// errSilent exits with status 1 after everything was printed.
var errSilent = errors.New("")

// streams holds the outputs of a command.
type streams struct{ out, err io.Writer }

// run runs a command and returns the exit status: 0 for success, 1 for failure, 2 for a usage error.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 0 || len(args) == 1 && (args[0] == "--help" || args[0] == "-h") {
		return helpAll(ctx, out, errs)
	}
	command, status, err := parse(ctx, args, out, errs)
	if status >= 0 { // help was printed
		return status
	}
	if err != nil {
		_, _ = fmt.Fprintf(errs, "chronicle: %v (chronicle --help says all)\n", err)
		return 2
	}
	if err := command.Run(); err != nil {
		if !errors.Is(err, errSilent) {
			_, _ = fmt.Fprintf(errs, "chronicle: %v\n", err)
		}
		return 1
	}
	return 0
}

// helpAll prints the list of commands, then each one with its flags.
func helpAll(ctx context.Context, out, errs io.Writer) int {
	for _, of := range [][]string{
		{},
		{"serve"},
		{"deck", "list"},
		{"deck", "export"},
		{"deck", "check"},
		{"deck", "reports"},
		{"questions"},
		{"extract"},
		{"fit"},
		{"rebuild"},
		{"person", "list"},
		{"person", "add"},
		{"person", "role"},
		{"person", "reset"},
		{"person", "export"},
		{"person", "erase"},
		{"site", "show"},
		{"site", "sign-up"},
		{"site", "invite"},
		{"site", "classes"},
		{"site", "tidy"},
		{"backup"},
		{"restore"},
		{"check"},
		{"demo"},
	} {
		if _, status, err := parse(ctx, append(of, "--help"), out, errs); status != 0 {
			_, _ = fmt.Fprintln(errs, err)
			return 1
		}
		_, _ = fmt.Fprintln(out)
	}
	return 0
}

// parse parses the arguments; status is −1 unless the program should exit.
func parse(ctx context.Context, args []string, out, errs io.Writer) (command *kong.Context, status int, err error) {
	var cli commands
	status = -1
	parser, err := kong.New(&cli,
		kong.Name("chronicle"),
		kong.Description("Learn what happened when: practise dated facts in a browser."),
		kong.Writers(out, errs),
		kong.Exit(func(code int) { status = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{out, errs}),
		kong.Vars{"version": fmt.Sprintf("chronicle %s, schema %d", programVersion(), storage.SchemaVersion())},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		panic(err) // the command definitions are invalid
	}
	command, err = parser.Parse(args)
	return command, status, err
}
