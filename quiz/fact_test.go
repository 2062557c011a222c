package quiz

import (
	"errors"
	"io"
	"strings"
	"testing"

	"chronicle/quiz/edtf"
)

func TestIsValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "azerbaijan-russia": true, "1813": true, "a-1-b": true, strings.Repeat("a", 64): true,
		"": false, "A": false, "a_b": false, "a--b": false, "-a": false, "a-": false, "a b": false, "ə": false,
		"a\n": false, "a/b": false, "..": false, strings.Repeat("a", 65): false,
	} {
		if IsValidName(name) != want {
			t.Errorf("%q is good: %v", name, !want)
		}
	}
}

func TestFactValidate(t *testing.T) {
	good := Fact{Key: "a", Date: edtf.MustParse("1813"), Event: "Persia signs a treaty", Label: "Treaty"}
	cases := []struct {
		name   string
		change func(f *Fact)
		want   string
	}{
		{"good", func(*Fact) {}, ""},
		{"all of it", func(f *Fact) {
			f.Detail, f.Disputed, f.OtherDate, f.Claim = "In 1813, on 24 October.", true, edtf.MustParse("1814"), true
			f.Terms = []Term{{Text: "Persia", Accepted: []string{"Iran"}}, {Text: "treaty"}}
		}, ""},
		{"key", func(f *Fact) { f.Key = "A b" }, "fact problem.name"},
		{"no date", func(f *Fact) { f.Date = edtf.Date{} }, "date problem.date.empty"},
		{"no event", func(f *Fact) { f.Event = "" }, "event problem.empty"},
		{"no label", func(f *Fact) { f.Label = "" }, "label problem.empty"},
		{"an event of 200", func(f *Fact) { f.Event = strings.Repeat("ə", 200) }, ""},
		{"an event of 201", func(f *Fact) { f.Event = strings.Repeat("ə", 201) }, "event problem.long"},
		{"a label of 61", func(f *Fact) { f.Label = strings.Repeat("ə", 61) }, "label problem.long"},
		{"a detail of 601", func(f *Fact) { f.Detail = strings.Repeat("ə", 601) }, "detail problem.long"},
		{"a direction mark", func(f *Fact) { f.Event += "\u202E" }, "event problem.invisible"},
		{"a line break", func(f *Fact) { f.Detail = "a\nb" }, "detail problem.invisible"},
		{"leak", func(f *Fact) { f.Event = "Persia signs the treaty of 1813" }, "event problem.leak"},
		{"leak in the label", func(f *Fact) { f.Label = "October treaty" }, "label problem.leak"},
		{"term", func(f *Fact) { f.Terms = []Term{{Text: "Iran"}} }, "term problem.term"},
		{"term in another case", func(f *Fact) { f.Terms = []Term{{Text: "persia"}} }, "term problem.term"},
		{"also", func(f *Fact) { f.OtherDate = edtf.MustParse("1814") }, "also problem.also"},
		{"nothing at all", func(f *Fact) { *f = Fact{} }, "fact problem.name, date problem.date.empty, event problem.empty, label problem.empty"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := good
			c.change(&f)
			if got := problemKeys(f.Validate()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFactAcceptsDate(t *testing.T) {
	disputed := Fact{Date: edtf.MustParse("1920"), OtherDate: edtf.MustParse("1922~")}
	for date, want := range map[string]bool{
		"1920": true, "192X": true, "1920-05-01": true, "1919": false, "1921~": true, "1922": true, "1923": true,
		"1918": false, "1930": false, "1910/..": true, "../1919": false,
	} {
		if disputed.AcceptsDate(edtf.MustParse(date)) != want {
			t.Errorf("%s is met: %v", date, !want)
		}
	}
}

func TestDeck(t *testing.T) {
	d := &Deck{
		Sources: []Source{{Key: "s", Title: "S"}},
		Facts: []Fact{
			{ID: 1, Date: edtf.MustParse("-0043-03-15"), Source: "s"},
			{ID: 2, Date: edtf.MustParse("1813/1828"), Source: "x"},
			{ID: 3, Date: edtf.MustParse("1922/..")},
		},
	}
	if first, last := d.YearRange(); first != -43 || last != 1922 {
		t.Errorf("years %d to %d", first, last)
	}
	if first, last := (&Deck{}).YearRange(); first != 0 || last != 0 {
		t.Errorf("years of nothing: %d to %d", first, last)
	}
	if s, ok := d.SourceOf(d.Facts[0]); !ok || s.Title != "S" {
		t.Errorf("source %+v, %v", s, ok)
	}
	if _, ok := d.SourceOf(d.Facts[1]); ok {
		t.Error("a source that is not there")
	}
	if f, ok := d.Fact(2); !ok || f.Source != "x" {
		t.Errorf("fact %+v, %v", f, ok)
	}
	if _, ok := d.Fact(9); ok {
		t.Error("a fact that is not there")
	}
}

func TestErrors(t *testing.T) {
	err := WrapError(Unavailable, "error.busy", io.EOF)
	if !Is(err, Unavailable) || Is(err, NotFound) || !errors.Is(err, io.EOF) || err.Error() != "busy: error.busy: EOF" {
		t.Errorf("%v", err)
	}
	if !Is(errors.Join(io.EOF, NewError(NotFound, "")), NotFound) || Is(nil, NotFound) || Is(io.EOF, NotFound) {
		t.Error("a wrapped fault is not found, or one that is not there is")
	}
	var p Problems
	if p.Err() != nil {
		t.Error("no problems are an error")
	}
	p.Add("a", "first", "Max", 3)
	p.Add("a", "second")
	if one, ok := p.ForField("a"); !ok || one.Key != "first" || one.Args["Max"] != 3 || !Is(p.Err(), Invalid) {
		t.Errorf("%+v, %v, %v", one, ok, p.Err())
	}
	if _, ok := p.ForField("b"); ok {
		t.Error("a problem of another field")
	}
}
