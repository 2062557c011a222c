package grading_test

import (
	"cmp"
	"errors"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
)

const (
	typedTable = "testdata/typed-dates.tsv"
	fewestRows = 300
)

// typedRow is one case: what was typed for a fact's date and how it is graded.
type typedRow struct {
	line                                     int
	fact, questionText, typed, verdict, part string
	also, tolerance                          string
}

// stands maps placeholders in the table to texts that are not visible in it.
var stands = map[string]string{"<empty>": "", "<spaces>": "   ", "<400 digits>": strings.Repeat("9", 400)}

// typedRows reads the table; a repeated row is an error.
func typedRows(t *testing.T) []typedRow {
	t.Helper()
	text, err := os.ReadFile(typedTable)
	if err != nil {
		t.Fatal(err)
	}
	var rows []typedRow
	seen := map[string]int{}
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) < 5 || len(c) > 7 {
			t.Fatalf("line %d has %d columns", i+1, len(c))
		}
		c = append(c, "-", "-")
		row := typedRow{i + 1, c[0], c[1], c[2], c[3], c[4], c[5], c[6]}
		key := strings.Join([]string{row.fact, row.questionText, row.typed, row.also, row.tolerance}, "\t")
		if seen[key] > 0 {
			t.Errorf("line %d repeats line %d", row.line, seen[key])
		}
		seen[key] = row.line
		rows = append(rows, row)
	}
	return rows
}

// date parses a date of the table.
func (r typedRow) date(t *testing.T, text string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(text)
	if err != nil {
		t.Fatalf("line %d: %v", r.line, err)
	}
	return d
}

// question returns the question about the row's fact, the only one in its deck.
func (r typedRow) question(t *testing.T) quiz.Question {
	t.Helper()
	f := quiz.Fact{ID: 1, Key: "f", Label: "x", Event: "Persia signs a treaty", Date: r.date(t, r.fact)}
	if r.also != "-" {
		f.OtherDate, f.Disputed = r.date(t, r.also), true
	}
	at := slices.IndexFunc(quiz.DeckPrecisions, func(p edtf.Precision) bool { return p.String() == r.questionText })
	if at < 0 {
		t.Fatalf("line %d: no deck asks for %q", r.line, r.questionText)
	}
	deck := &quiz.Deck{Name: "d", Title: "D", Language: "en", Precision: quiz.DeckPrecisions[at], Facts: []quiz.Fact{f}}
	q, ok := kinds.NewDeckIndex(deck).Generate(quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, quiz.KindWhenTyped, 0, 1)
	if !ok {
		t.Fatalf("line %d: %s is not asked for", r.line, r.fact)
	}
	if r.tolerance != "-" {
		years, err := strconv.ParseFloat(r.tolerance, 64)
		if err != nil {
			t.Fatalf("line %d: %v", r.line, err)
		}
		q.Scale.Tolerance = years
	}
	return q
}

// graded returns the verdict and the parts in the notation of the table.
func (r typedRow) graded(t *testing.T) (verdict, parts string) {
	t.Helper()
	typed, ok := stands[r.typed]
	if !ok {
		typed = r.typed
	}
	m, err := grading.GradeAnswer(r.question(t), quiz.Answer{Given: typed, ChosenOption: -1})
	if err != nil {
		return r.refused(t, m, err), "-"
	}
	var list []string
	for _, p := range m.Parts {
		list = append(list, p.Name+"="+string(p.State))
	}
	return string(m.Verdict), cmp.Or(strings.Join(list, ","), "-")
}

// refused returns the message key of an answer that was rejected without a grade.
func (r typedRow) refused(t *testing.T, m grading.Grade, err error) string {
	t.Helper()
	var bad *quiz.Error
	if !errors.As(err, &bad) || bad.Kind != quiz.Invalid || !reflect.DeepEqual(m, grading.Grade{}) {
		t.Errorf("line %d: %q gives %+v, %v", r.line, r.typed, m, err)
		return ""
	}
	if p, ok := bad.Problems.ForField("given"); !ok || p.Key != bad.Key {
		t.Errorf("line %d: %q is refused as %s with %+v", r.line, r.typed, bad.Key, bad.Problems)
	}
	return "no: " + bad.Key
}

// TestGradeTypedDate checks that each row of the table is graded as people who know the
// rules would grade it.
func TestGradeTypedDate(t *testing.T) {
	rows := typedRows(t)
	if len(rows) < fewestRows {
		t.Fatalf("%s has %d rows, fewer than %d", typedTable, len(rows), fewestRows)
	}
	for _, r := range rows {
		if verdict, parts := r.graded(t); verdict != r.verdict || parts != r.part {
			t.Errorf("line %d: %s asked by %s, typed %q: got %s %s, want %s %s",
				r.line, r.fact, r.questionText, r.typed, verdict, parts, r.verdict, r.part)
		}
	}
}
