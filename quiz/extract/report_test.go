package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

var misses = flag.Bool("misses", false, "print what is missed and what is found wrongly, of the known half")

// gold is an annotated text: ⟦text|EDTF|kind⟧ in the text and, after a line of
// dashes, the facts worth asking, each as EDTF, a tab and words of its sentence.
type gold struct {
	name  string
	text  string
	dates []Expression
	facts []goldFact
}

type goldFact struct {
	date  edtf.Date
	words string
}

func readGold(t testing.TB, path string) gold {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body, facts, _ := strings.Cut(string(content), "\n----\n")
	g := gold{name: strings.TrimSuffix(filepath.Base(path), ".txt")}
	var text strings.Builder
	n := 0
	add := func(s string) {
		text.WriteString(s)
		n += utf8.RuneCountInString(s)
	}
	for body != "" {
		before, rest, found := strings.Cut(body, "⟦")
		add(before)
		if !found {
			break
		}
		mark, after, _ := strings.Cut(rest, "⟧")
		parts := strings.Split(mark, "|")
		if len(parts) != 3 {
			t.Fatalf("%s: %q", path, mark)
		}
		from := n
		add(parts[0])
		g.dates = append(g.dates, Expression{
			Span: quiz.Span{Start: from, End: n}, Text: parts[0], Date: edtf.MustParse(parts[1]), Kind: ExpressionKind(parts[2]),
		})
		body = after
	}
	g.text = text.String()
	for line := range strings.Lines(facts) {
		date, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok {
			g.facts = append(g.facts, goldFact{edtf.MustParse(date), words})
		}
	}
	return g
}

func corpus(t testing.TB, half string) []gold {
	t.Helper()
	paths, err := filepath.Glob("testdata/" + half + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []gold
	for _, path := range paths {
		if filepath.Base(path) != "traps.txt" {
			all = append(all, readGold(t, path))
		}
	}
	if len(all) < 5 {
		t.Fatalf("%d texts of the half %s", len(all), half)
	}
	return all
}

// tally holds the counts of one kind.
type tally struct{ right, found, wanted int }

func (c tally) precision() float64 { return float64(c.right) / float64(max(1, c.found)) }
func (c tally) recall() float64    { return float64(c.right) / float64(max(1, c.wanted)) }
func (c tally) f1() float64 {
	return 2 * float64(c.right) / float64(max(1, c.found+c.wanted))
}

func (c tally) String() string {
	return fmt.Sprintf("P %.3f  R %.3f  F1 %.3f  (%d right, %d found, %d wanted)", c.precision(), c.recall(), c.f1(), c.right, c.found, c.wanted)
}

func sameDays(a, b edtf.Date) bool { return a.Lo() == b.Lo() && a.Hi() == b.Hi() }

func overlap(a, b quiz.Span) bool { return a.Start < b.End && b.Start < a.End }

// compareDates counts by kind. A found date counts under the kind of the annotation
// it matches, or else under its own.
func compareDates(g gold, found []Expression, by map[ExpressionKind]tally, tell func(string, ...any)) (all tally) {
	used := map[int]bool{}
	for _, e := range found {
		kind, right := e.Kind, false
		met := ""
		for i, want := range g.dates {
			if used[i] || !overlap(e.Span, want.Span) {
				continue
			}
			kind, met = want.Kind, want.Date.String()
			if right = sameDays(e.Date, want.Date); right {
				used[i] = true
				break
			}
		}
		c := by[kind]
		c.found++
		all.found++
		if right {
			c.right++
			all.right++
		} else {
			tell("%s: found %q as %s, wanted %q", g.name, e.Text, e.Date, met)
		}
		by[kind] = c
	}
	for i, want := range g.dates {
		c := by[want.Kind]
		c.wanted++
		all.wanted++
		by[want.Kind] = c
		if !used[i] {
			tell("%s: missed %q, %s (%s)", g.name, want.Text, want.Date, want.Kind)
		}
	}
	return all
}

// compareFacts counts the worthwhile facts that are proposed, and the proposals
// with at least ReadyScore that are worthwhile.
func compareFacts(g gold, t Extraction, tell func(string, ...any)) (c tally) {
	used := map[int]bool{}
	for _, p := range t.Proposals {
		right := false
		for i, want := range g.facts {
			if strings.Contains(oneLine(p.Quote), oneLine(want.words)) && !edtf.Disjoint(p.Date, want.date) {
				right = true
				used[i] = true
			}
		}
		c.found++
		if right {
			c.right++
		} else {
			tell("%s: proposed %s %q (%.2f)", g.name, p.Date, p.Event, p.Score)
		}
	}
	for i, want := range g.facts {
		if !used[i] {
			tell("%s: not proposed %s %q", g.name, want.date, want.words)
		}
	}
	c.wanted = len(g.facts)
	return c
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var kinds = []ExpressionKind{KindDay, KindMonth, KindYear, KindRange, KindDecade, KindCentury, KindSeason, KindPart, KindImplied, KindRelative, KindLife, KindEra}

// TestReport prints precision, recall and F1 and checks them against the targets.
func TestReport(t *testing.T) {
	for _, half := range []string{"known", "unseen"} {
		tell := func(string, ...any) {}
		if *misses && half == "known" {
			tell = t.Logf
		}
		by := map[ExpressionKind]tally{}
		var dates, facts tally
		foundFacts := 0
		for _, g := range corpus(t, half) {
			text := readIn(t, g.text)
			c := compareDates(g, text.Expressions, by, tell)
			dates = tally{dates.right + c.right, dates.found + c.found, dates.wanted + c.wanted}
			f := compareFacts(g, text, tell)
			facts = tally{facts.right + f.right, facts.found + f.found, facts.wanted + f.wanted}
			foundFacts += g.recalled(text)
		}
		t.Logf("%s half: dates %s", half, dates)
		for _, k := range kinds {
			t.Logf("  %-9s %s", k, by[k])
		}
		recall := float64(foundFacts) / float64(facts.wanted)
		t.Logf("%s half: facts worth asking: recall %.3f, precision of all proposed %.3f (%d)", half, recall, facts.precision(), facts.found)
		if dates.f1() < 0.92 || dates.precision() < 0.94 || by[KindImplied].recall() < 0.88 || recall < 0.85 {
			t.Errorf("%s half: below what is to be reached", half)
		}
	}
}

// recalled counts the annotated facts that are proposed.
func (g gold) recalled(t Extraction) (n int) {
	for _, want := range g.facts {
		for _, p := range t.Proposals {
			if strings.Contains(oneLine(p.Quote), oneLine(want.words)) && !edtf.Disjoint(p.Date, want.date) {
				n++
				break
			}
		}
	}
	return n
}

// TestKnownTraps checks that no date is found where there is none.
func TestKnownTraps(t *testing.T) {
	for _, path := range []string{"testdata/traps.txt", "testdata/unseen/traps.txt"} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(content)) {
			n++
			for _, e := range dates(t, strings.TrimSpace(line)) {
				if path == "testdata/traps.txt" || !*misses {
					t.Errorf("%s:%d: found %q as %s in %q", path, n, e.Text, e.Date, strings.TrimSpace(line))
				}
			}
		}
		if n < 90 {
			t.Errorf("%s has %d lines", path, n)
		}
	}
}
