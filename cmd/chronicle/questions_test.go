package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz"
)

// printed is a line of `chronicle questions --json`, as another program reads it.
type printed struct {
	Kind, Facet, Stem, Precision string
	Options                      []struct {
		Text, Edtf string
		Fact       int64
	}
	Answer   any
	Accepted []string
	Facts    []struct {
		ID           int64
		Edtf         string
		Lo, Hi       int64
		Event, Label string
	}
	Proof []struct {
		Fact, Other int64
		Relation    string
	}
}

func questions(t *testing.T, args ...string) []printed {
	t.Helper()
	s := chronicle(t, append([]string{"questions", "azerbaijan-russia", "--json"}, args...)...)
	if s.status != 0 || s.err != "" {
		t.Fatalf("%v: status %d, %s", args, s.status, s.err)
	}
	var out []printed
	for line := range strings.Lines(s.out) {
		var p printed
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, p)
	}
	return out
}

func TestQuestionsAsJSON(t *testing.T) {
	for _, k := range quiz.Kinds {
		all := questions(t, "--seed", "4", "--count", "40", "--kind", string(k))
		if len(all) != 40 {
			t.Errorf("%d questions of %s", len(all), k)
		}
		for _, p := range all {
			if p.Kind != string(k) || p.Facet == "" || p.Stem == "" || p.Precision == "" || p.Answer == nil || len(p.Facts) == 0 || len(p.Proof) == 0 {
				t.Errorf("%+v", p)
			}
			p.holds(t)
		}
	}
}

// holds checks the claims of the line by day numbers alone.
func (p printed) holds(t *testing.T) {
	t.Helper()
	days := map[int64][2]int64{}
	for _, f := range p.Facts {
		days[f.ID] = [2]int64{f.Lo, f.Hi}
	}
	for _, g := range p.Proof {
		a, knowsA := days[g.Fact]
		b, knowsB := days[g.Other]
		if !knowsA || !knowsB && g.Other != 0 {
			t.Errorf("the proof speaks of facts that are not listed: %+v", p)
		}
		if knowsB && (g.Relation == "before" && a[1] >= b[0] || g.Relation == "after" && a[0] <= b[1]) {
			t.Errorf("%d is not %s %d: %+v", g.Fact, g.Relation, g.Other, p)
		}
	}
	switch answer := p.Answer.(type) {
	case string:
		if answer == "" {
			t.Errorf("no answer: %+v", p)
		}
	case []any:
		for _, place := range answer {
			if n, ok := place.(float64); !ok || n < 0 || int(n) >= len(p.Options) {
				t.Errorf("the answer %v of %d options", p.Answer, len(p.Options))
			}
		}
		if p.Kind == string(quiz.KindOrder) {
			for i := 1; i < len(answer); i++ {
				a, b := p.Options[int(answer[i-1].(float64))].Fact, p.Options[int(answer[i].(float64))].Fact
				if days[a][1] >= days[b][0] {
					t.Errorf("the order %v is not one: %+v", answer, p)
				}
			}
		}
	default:
		t.Errorf("the answer is %T", answer)
	}
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	one := chronicle(t, "questions", "azerbaijan-russia", "--seed", "9", "--count", "200", "--json")
	two := chronicle(t, "questions", "azerbaijan-russia", "--seed", "9", "--count", "200", "--json")
	other := chronicle(t, "questions", "azerbaijan-russia", "--seed", "10", "--count", "200", "--json")
	if one.out != two.out || one.out == other.out || strings.Count(one.out, "\n") != 200 {
		t.Errorf("same: %v, other: %v, %d lines", one.out == two.out, one.out == other.out, strings.Count(one.out, "\n"))
	}
	plain := chronicle(t, "questions", "azerbaijan-russia", "--seed", "9", "--count", "5")
	if plain.status != 0 || strings.Count(plain.out, "\n") != 5 || strings.Contains(plain.out, "{") {
		t.Errorf("%+v", plain)
	}
}

func TestQuestionsOfAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two.deck")
	text := "deck: two\ntitle: Two\n\nsource: book\ntitle: Book\n\nfact: a\ndate: 1813\nevent: Persia signs a treaty\nlabel: Treaty\nsource: book\n\n" +
		"fact: b\ndate: 1828\nevent: Russia buys an island\nlabel: Island\nsource: book\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := chronicle(t, "questions", file, "--count", "30", "--json")
	if s.status != 0 || strings.Count(s.out, "\n") != 30 {
		t.Errorf("status %d, %s", s.status, s.err)
	}
	if !slices.ContainsFunc(strings.Split(s.out, "\n"), func(line string) bool { return strings.Contains(line, `"fact":2`) }) {
		t.Error("the facts of a file have no numbers")
	}
	s = chronicle(t, "questions", file, "--count", "3", "--kind", "order")
	s.fails(t, 1, "the deck proves only 0 of 3 questions")
}

func TestQuestionsThatCannotBe(t *testing.T) {
	chronicle(t, "questions", "azerbaijan-russia", "--kind", "riddle").fails(t, 1, `no kind "riddle"`, "when-choice", "flip")
	chronicle(t, "questions", "nowhere").fails(t, 1, `no deck "nowhere"`)
	chronicle(t, "questions", "azerbaijan-russia", "--count=-1").fails(t, 1, "--count is -1")
	chronicle(t, "questions", "azerbaijan-russia", "--seed", "x").fails(t, 2, "--seed")
	chronicle(t, "deck", "reports", "azerbaijan-russia", "--database", filepath.Join(t.TempDir(), "none.db")).fails(t, 1, "there is no database")
}
