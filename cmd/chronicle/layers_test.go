package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers lists the layers, highest first; a package imports only from its own layer and those below.
var layers = []string{"cmd", "web", "views", "storage", "quiz", "assets"}

// exclusiveImports lists which layers may import external packages: the first rule with a matching prefix applies.
// Tests may import more.
var exclusiveImports = []struct {
	made          string
	floors, tests []string
}{
	{"github.com/gofiber", []string{"web"}, nil},
	{"github.com/valyala", []string{"web"}, nil},
	{"github.com/a-h/templ", []string{"views", "web"}, nil},
	{"gorm.io", []string{"storage"}, nil},
	{"github.com/pressly/goose", []string{"storage"}, nil},
	{"modernc.org", []string{"storage"}, []string{"cmd"}},
	{"github.com/jackc", []string{"storage"}, []string{"cmd"}},
	{"database/sql", []string{"storage"}, []string{"cmd"}},
	{"github.com/chromedp", nil, []string{"cmd"}},
	{"pgregory.net/rapid", nil, layers},
	// quiz uses no file, network, process or randomness that was not passed in.
	{"os", []string{"cmd", "storage"}, layers},
	{"net/mail", []string{"quiz"}, nil},
	{"net/url", []string{"cmd", "web", "views", "storage", "quiz"}, layers},
	{"github.com/wneessen/go-mail", []string{"cmd"}, nil},
	{"github.com/emersion/go-smtp", nil, []string{"cmd"}},
	{"net", []string{"cmd", "web"}, []string{"storage"}},
	{"crypto/rand", []string{"web"}, layers},
}

// forbiddenImports lists imports that are forbidden although they point downwards.
var forbiddenImports = []struct{ from, to string }{
	{"web", "storage"},
	{"views", "storage"},
	{"storage", "assets"},
	{"quiz", "assets"},
	{"views/kit", "quiz"},
	{"views/kit", "assets"},
}

// stdOnly lists folders that may import only the standard library.
var stdOnly = []string{"quiz/edtf", "quiz/fsrs"}

// source is one file with what the rules need.
type source struct {
	file    string // from the root: "web/deck.go"
	name    string // of its package
	imports []string
}

func (s source) folder() string { return path.Dir(s.file) }
func (s source) layer() string  { return strings.SplitN(s.file, "/", 2)[0] }

// test reports whether a file is a test or belongs to a package that only tests import.
func (s source) test() bool {
	return strings.HasSuffix(s.file, "_test.go") || forTests(s.folder()) || s.folder() == "cmd/chronicle/e2e"
}

// forTests reports whether a folder is a test helper: pgtest, storagetest.
func forTests(folder string) bool { return strings.HasSuffix(folder, "test") }

// broken lists the rules that the files break.
func broken(all []source) []string {
	var out []string
	folders := map[string]string{} // by package name
	for _, s := range all {
		for _, to := range s.imports {
			if why := forbidden(s, to); why != "" {
				out = append(out, fmt.Sprintf("%s imports %s: %s", s.file, to, why))
			}
		}
		name := strings.TrimSuffix(s.name, "_test")
		if slices.Contains([]string{"util", "utils", "common", "helpers", "helper", "models", "services", "misc", "base"}, name) {
			out = append(out, s.file+": a package named "+name)
		}
		if other, ok := folders[name]; ok && other != s.folder() && name != "main" {
			out = append(out, fmt.Sprintf("%s: the package name %s is that of %s too", s.file, name, other))
		}
		folders[name] = s.folder()
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// forbidden says why a file may not have an import; empty if it may.
func forbidden(s source, to string) string {
	ours, isOurs := strings.CutPrefix(to, "chronicle/")
	if slices.Contains(stdOnly, s.folder()) && !s.test() && (isOurs || strings.Contains(to, ".")) {
		return "it knows nothing but Go"
	}
	if !isOurs {
		return isGenerated(s, to)
	}
	from, target := slices.Index(layers, s.layer()), slices.Index(layers, strings.SplitN(ours, "/", 2)[0])
	switch {
	case from < 0 || target < 0:
		return "it is on no floor"
	case forTests(ours):
		if !s.test() {
			return "that is for tests"
		}
		return ""
	case target < from && !s.test():
		return "a floor looks down"
	case target < from && layers[target] != "assets" && ours != "storage":
		return "a floor looks down, in tests too"
	case s.test():
		return ""
	}
	for _, n := range forbiddenImports {
		if within(s.folder(), n.from) && within(ours, n.to) {
			return n.from + " never knows " + n.to
		}
	}
	return ""
}

func within(folder, above string) bool {
	return folder == above || strings.HasPrefix(folder, above+"/")
}

func isGenerated(s source, to string) string {
	for _, a := range exclusiveImports {
		if !within(to, a.made) {
			continue
		}
		if slices.Contains(a.floors, s.layer()) || s.test() && slices.Contains(a.tests, s.layer()) {
			return ""
		}
		return "that is known elsewhere only"
	}
	return ""
}

func TestLayerRulesFail(t *testing.T) {
	file := func(name, pkg string, imports ...string) source { return source{name, pkg, imports} }
	for _, c := range []struct {
		want string // part of the one complaint; empty for none
		all  []source
	}{
		{"web never knows storage", []source{file("web/deck.go", "web", "chronicle/storage")}},
		{"", []source{file("web/deck_test.go", "web", "chronicle/storage", "chronicle/storage/storagetest")}},
		{"that is for tests", []source{file("web/deck.go", "web", "chronicle/storage/storagetest")}},
		{"a floor looks down", []source{file("quiz/deck.go", "quiz", "chronicle/web")}},
		{"a floor looks down", []source{file("quiz/study/take.go", "study", "chronicle/storage")}},
		{"a floor looks down", []source{file("storage/deck.go", "storage", "chronicle/views")}},
		{"a floor looks down", []source{file("views/deck.go", "views", "chronicle/cmd/chronicle")}},
		{"a floor looks down", []source{file("assets/embed.go", "assets", "chronicle/quiz")}},
		{"in tests too", []source{file("quiz/deck_test.go", "quiz", "chronicle/web")}},
		{"views never knows storage", []source{file("views/deck.go", "views", "chronicle/storage")}},
		{"views/kit never knows quiz", []source{file("views/kit/field.go", "kit", "chronicle/quiz/edtf")}},
		{"known elsewhere", []source{file("quiz/deck.go", "quiz", "gorm.io/gorm")}},
		{"known elsewhere", []source{file("views/deck.go", "views", "github.com/gofiber/fiber/v2")}},
		{"known elsewhere", []source{file("cmd/chronicle/main.go", "main", "github.com/a-h/templ")}},
		{"known elsewhere", []source{file("web/deck.go", "web", "modernc.org/sqlite")}},
		{"known elsewhere", []source{file("web/deck.go", "web", "database/sql")}},
		{"known elsewhere", []source{file("quiz/fact.go", "quiz", "pgregory.net/rapid")}},
		{"known elsewhere", []source{file("quiz/fact.go", "quiz", "os")}},
		{"known elsewhere", []source{file("quiz/fact.go", "quiz", "net/http")}},
		{"nothing but Go", []source{file("quiz/edtf/parse.go", "edtf", "golang.org/x/text/language")}},
		{"nothing but Go", []source{file("quiz/fsrs/step.go", "fsrs", "chronicle/quiz")}},
		{"", []source{file("quiz/fsrs/step_test.go", "fsrs", "pgregory.net/rapid")}},
		{"a package named helpers", []source{file("quiz/helpers/a.go", "helpers")}},
		{"the package name kinds is that of", []source{file("quiz/kinds/a.go", "kinds"), file("web/kinds/a.go", "kinds")}},
		{"on no floor", []source{file("lib/a.go", "lib", "chronicle/quiz")}},
		{"", []source{file("web/deck.go", "web", "chronicle/quiz", "chronicle/views", "github.com/a-h/templ", "net/http")}},
		{"", []source{file("storage/deck.go", "storage", "chronicle/quiz/study", "gorm.io/gorm")}},
	} {
		got := broken(c.all)
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%v: complaints %q, want %q", c.all, got, c.want)
		}
	}
}

// parsed is a parsed file of the module.
type parsed struct {
	source
	tree *ast.File
	set  *token.FileSet
}

// moduleFiles parses every Go file; it does not use "go list", whose inputs the test cache would not track.
func moduleFiles(t *testing.T) []parsed {
	t.Helper()
	var all []parsed
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("../..", name)
		if err != nil {
			return err
		}
		p := parsed{source{file: filepath.ToSlash(rel), name: tree.Name.Name}, tree, set}
		for _, i := range tree.Imports {
			p.imports = append(p.imports, strings.Trim(i.Path.Value, `"`))
		}
		all = append(all, p)
		return nil
	})
	if err != nil || len(all) < 50 {
		t.Fatalf("read %d files: %v", len(all), err)
	}
	return all
}

func TestLayers(t *testing.T) {
	var all []source
	for _, p := range moduleFiles(t) {
		if p.layer() != "scripts" {
			all = append(all, p.source)
		}
	}
	for _, why := range broken(all) {
		t.Error(why)
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, p := range moduleFiles(t) {
		if strings.HasSuffix(p.file, "_templ.go") {
			continue
		}
		lines := p.set.File(p.tree.Package).LineCount()
		reason := len(p.tree.Comments) > 0 && strings.Contains(p.tree.Comments[0].Text(), "long because")
		if lines > 400 && !reason {
			t.Errorf("%s has %d lines and no word on why it is long", p.file, lines)
		}
	}
	screens, err := filepath.Glob("../../views/*.templ")
	if err != nil || len(screens) == 0 {
		t.Fatalf("no screens found: %v", err)
	}
	for _, file := range screens {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > 400 {
			t.Errorf("%s has %d lines", file, lines)
		}
	}
}

// passedInOnly lists calls that only cmd and tests may make: everything else gets the values passed in. Exceptions
// are listed with each call.
var passedInOnly = map[string][]string{
	"time.Now":   {"web/realtime.go"}, // connection deadlines must not stand still with a test's clock
	"time.Since": nil, "time.Until": nil, "time.Local": nil,
	"os.Getenv": nil, "os.LookupEnv": nil, "os.Environ": nil, "os.Args": nil, "os.Exit": nil,
	"signal.Notify": nil, "signal.NotifyContext": nil,
}

func TestClockAndEnvironmentArePassedIn(t *testing.T) {
	for _, p := range moduleFiles(t) {
		if p.layer() == "cmd" || p.layer() == "scripts" || p.test() {
			continue
		}
		ast.Inspect(p.tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok {
					name := x.Name + "." + s.Sel.Name
					if where, watched := passedInOnly[name]; watched && !slices.Contains(where, p.file) {
						t.Errorf("%s: %s", p.set.Position(n.Pos()), name)
					}
				}
			}
			return true
		})
	}
	for name, where := range passedInOnly {
		for _, file := range where {
			if text, err := os.ReadFile("../../" + file); err != nil || !strings.Contains(string(text), name) {
				t.Errorf("%s is allowed in %s, which has none", name, file)
			}
		}
	}
}

func TestQuizTypesHaveNoTags(t *testing.T) {
	for _, p := range moduleFiles(t) {
		if p.layer() != "quiz" {
			continue
		}
		ast.Inspect(p.tree, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok && f.Tag != nil {
				t.Errorf("%s: a struct tag %s", p.set.Position(f.Pos()), f.Tag.Value)
			}
			return true
		})
	}
}
