package web

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/classreport"
	"chronicle/quiz/extract"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
	"chronicle/quiz/leaderboard"
)

// messages returns the keys of the English catalogue.
var messages = sync.OnceValue(func() map[string]bool {
	text, err := fs.ReadFile(assets.Texts(), "active.en.json")
	if err != nil {
		panic(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		panic(err)
	}
	keys := map[string]bool{}
	for key := range all {
		keys[key] = true
	}
	return keys
})

// made returns the message keys that the code builds at run time, by prefix.
func made() map[string][]string {
	out := map[string][]string{}
	for _, k := range quiz.Kinds {
		out["ask."] = append(out["ask."], string(k))
	}
	for _, f := range quiz.Facets {
		out["facet."] = append(out["facet."], f.String())
		out["card.asks."] = append(out["card.asks."], f.String())
	}
	for r := fsrs.Again; r <= fsrs.Easy; r++ {
		out["rating."] = append(out["rating."], r.String())
	}
	for f := range statuses {
		out["error."] = append(out["error."], string(f))
		out["error.title."] = append(out["error.title."], string(f))
	}
	for day := range 7 {
		out["weekday."] = append(out["weekday."], strconv.Itoa(day))
	}
	for _, k := range quiz.GradedKinds {
		out["kind."] = append(out["kind."], string(k))
	}
	out["ask.stem."] = []string{string(quiz.KindFirst), string(quiz.KindOrder), string(quiz.KindMatch)}
	out["given."] = []string{string(quiz.KindWhenTyped), string(quiz.KindGapTyped), string(quiz.KindPlace)}
	for _, c := range []quiz.BoardMetric{quiz.MetricPractice, quiz.MetricMastered, quiz.MetricScore} {
		out["board.lead."] = append(out["board.lead."], string(c))
		out["board.points."] = append(out["board.points."], string(c))
	}
	out["board.of."] = []string{string(quiz.MetricPractice), string(quiz.MetricMastered)}
	for _, span := range leaderboard.PeriodKinds {
		out["board.title."] = append(out["board.title."], string(span))
		out["board.span."] = append(out["board.span."], string(span))
	}
	out["board.term."] = []string{"1", "2", "3"}
	out["class.boards."] = []string{"yes", "no"}
	out["class.done."] = []string{"saved", "code", "teacher", "removed"}
	out["students.done."] = []string{"removed", "restored", "moved", "erased"}
	out["student.done."] = []string{"alias", "time", "name"}
	out["site.done."] = []string{"policy", "withdrawn", "appointed"}
	out["person.done."] = []string{"role", "signed-out", "mailed"}
	for _, r := range append([]quiz.Role{quiz.RoleGuest}, quiz.AccountRoles...) {
		out["role."] = append(out["role."], string(r), string(r)+".many")
	}
	for _, p := range quiz.SignUpPolicies {
		out["policy."] = append(out["policy."], string(p), string(p)+".what")
	}
	for _, t := range quiz.DataCategories {
		out["kept."] = append(out["kept."], t.Name, t.Name+".what", t.Name+".until")
	}
	for _, a := range quiz.AuditActions {
		out["audit."] = append(out["audit."], string(a))
	}
	out["tidy."] = []string{"classes", "members", "names", "sessions", "resets", "invitations", "quizzes", "notices", "reports", "record", "moved", "accounts", "guests"}
	for _, st := range []classreport.StudentStatus{classreport.StatusNotStarted, classreport.StatusStuck, classreport.StatusFine} {
		out["state."] = append(out["state."], string(st))
	}
	out["goal.done."] = []string{"set", "dropped"}
	for _, d := range append([]quiz.CardActionKind{actionUndone}, quiz.CardActionKinds...) {
		out["care.done."] = append(out["care.done."], string(d))
	}
	for _, w := range quiz.RetentionPresets {
		out["wanted."] = append(out["wanted."], w.Word)
	}
	out["truth."] = []string{kinds.AnswerTrue, kinds.AnswerFalse}
	out["report.reason."] = quiz.ReportReasons
	out["part."] = []string{"day", "month", "season", "quarter", "year", "decade", "century", "from", "to"}
	out["part.state."] = []string{string(grading.PartRight), string(grading.PartMissing), string(grading.PartWrong)}
	out["hint."] = []string{"day", "month", "season", "quarter", "year", "decade", "century", "interval", "interval-day", "interval-month", "term"}
	for _, v := range quiz.Visibilities {
		for _, where := range []string{"visible.", "visible.now.", "visible.short."} {
			out[where] = append(out[where], string(v))
		}
	}
	for _, deed := range []string{
		"add", "edit", "remove", "rows", "keep", "keep-sure", "open", "undo-text", "accept", "hold", "release", "bar", "unbar",
	} {
		out["change."] = append(out["change."], deed, deed+".many")
	}
	out["change."] = append(out["change."], "merge", "split", "select", "skipped")
	for _, way := range []authoring.PastAnswers{authoring.KeepGrades, authoring.RegradeAnswers} {
		out["past."] = append(out["past."], string(way))
	}
	for _, look := range authoring.Issues {
		out["look."] = append(out["look."], string(look))
	}
	for _, m := range extract.ConcernKinds {
		if m != extract.ConcernExcerpt { // is not a doubt
			out["mark."] = append(out["mark."], strings.ReplaceAll(string(m), " ", "-"))
		}
	}
	out["apart."] = []string{string(extract.SkipFootnote), string(extract.SkipSection), string(extract.SkipExcerpt)}
	out["rows.field."] = []string{"date", "event", "label", "term", "detail"}
	out["review.state."] = []string{string(quiz.ProposalAccepted), string(quiz.ProposalSkipped)}
	out["verdict."] = []string{string(quiz.VerdictRight), string(quiz.VerdictPartly), string(quiz.VerdictWrong), string(quiz.VerdictVoid)}
	return out
}

var key = regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.?$`)

// literals returns the string literals in our code that may be keys; said holds those used where only a key is
// valid.
func literals(t *testing.T) (any, said map[string]string) {
	t.Helper()
	any, said = map[string]string{}, map[string]string{}
	for _, floor := range []string{".", "../views", "../quiz", "../cmd", "../storage"} {
		err := filepath.WalkDir(floor, func(name string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ImportSpec:
					return false
				case *ast.BasicLit:
					if s, ok := plain(n); ok {
						any[s] = name
					}
				case *ast.CallExpr:
					if s, ok := spoken(n); ok {
						said[s] = name
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return any, said
}

func plain(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil && key.MatchString(s)
}

// spoken returns the key passed to T, N, Fail and similar functions.
func spoken(c *ast.CallExpr) (string, bool) {
	name, place := "", 0
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	switch name {
	case "T", "N", "With":
	case "Fail", "Failed", "Add":
		place = 1
	default:
		return "", false
	}
	if len(c.Args) <= place {
		return "", false
	}
	return plain(c.Args[place])
}

func TestEveryMessageIsThereAndUsed(t *testing.T) {
	literals, said := literals(t)
	if len(said) < 100 {
		t.Fatalf("only %d keys were found", len(said))
	}
	families := map[string]bool{}
	for k := range messages() {
		families[strings.SplitN(k, ".", 2)[0]] = true
	}
	used := map[string]bool{}
	for begin, ends := range made() {
		if _, ok := literals[begin]; !ok {
			t.Errorf("nothing puts together keys with %q", begin)
		}
		for _, end := range ends {
			used[begin+end] = true
			if !messages()[begin+end] {
				t.Errorf("the catalogue lacks %s", begin+end)
			}
		}
	}
	for s, name := range said {
		if !messages()[s] {
			t.Errorf("%s: the catalogue lacks %s", name, s)
		}
	}
	for s, name := range literals {
		used[s] = true
		family, rest, dotted := strings.Cut(s, ".")
		if !dotted || !families[family] || messages()[s] || fileName(s) {
			continue
		}
		if _, ok := made()[s]; !ok {
			t.Errorf("%s: %q (%s) is no message", name, s, rest)
		}
	}
	for k := range messages() {
		if !used[k] {
			t.Errorf("nothing says %s", k)
		}
	}
}

// fileName reports whether a literal is a file name and not a key.
func fileName(s string) bool {
	for _, ext := range []string{".css", ".js", ".svg", ".png", ".go", ".db", ".deck", ".json"} {
		if strings.HasSuffix(s, ext) {
			return true
		}
	}
	return false
}

var filling = regexp.MustCompile(`\{\{[^}]*\}\}`)

// TestMessagesAreWellFormed checks that placeholders are named by words and that all plural forms have the same
// placeholders.
func TestMessagesAreWellFormed(t *testing.T) {
	text, err := fs.ReadFile(assets.Texts(), "active.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(`^\{\{\.[A-Z][A-Za-z]*\}\}$`)
	for k, m := range all {
		forms := map[string]any{"other": m}
		if plural, ok := m.(map[string]any); ok {
			forms = plural
		}
		for form, value := range forms {
			said, ok := value.(string)
			if !ok || strings.TrimSpace(said) != said || said == "" || form != "one" && form != "other" {
				t.Errorf("%s: %s is %q", k, form, value)
			}
			for _, f := range filling.FindAllString(said, -1) {
				if !word.MatchString(f) {
					t.Errorf("%s: %s", k, f)
				}
			}
		}
	}
}
