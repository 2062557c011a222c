package authoring

import (
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// TestFormatDateParsesBack checks that formatted dates parse back to the same date
// in every language.
func TestFormatDateParsesBack(t *testing.T) {
	for _, lang := range []string{"en", "az", "ru", "de"} {
		for _, s := range []string{
			"1941-05-08", "1941-05", "1941", "1804/1813", "194X", "1701/1800", "1941~", "-0043", "1941-21", "[..1990]", "1922/..", "1941-01~/1941-04~",
			"1944-06-05/1944-06-06", "1941-05/1941-06", "2013-34", "[1667,1668]", "../1990",
		} {
			d := edtf.MustParse(s)
			if back, p := ParseDate(FormatDate(d, lang), lang); back != d || p.Key != "" {
				t.Errorf("%s: %s is written %q and read as %s", lang, s, FormatDate(d, lang), back)
			}
		}
	}
}

func TestAssignKey(t *testing.T) {
	k := newKeySet(&quiz.Deck{Facts: []quiz.Fact{{Key: "red-army", Retired: true}}})
	for label, want := range map[string]string{"Red Army": "red-army-2", "Гюлистан": "fact", "Əliyev’s": "eliyev-s"} {
		if got := k.assignKey(quiz.Fact{Label: label}).Key; got != want || !quiz.IsValidName(got) {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
	long := k.assignKey(quiz.Fact{Label: strings.Repeat("word ", 30)}).Key
	if !quiz.IsValidName(long) {
		t.Error(long)
	}
}

func TestNewFactForm(t *testing.T) {
	f := quiz.Fact{
		Key: "a", Date: edtf.MustParse("1813-10-24"), Event: "A treaty is signed at Gulistan", Label: "Gulistan", Detail: "More.",
		Terms: []quiz.Term{{Text: "Gulistan", Accepted: []string{"Гюлистан", "Gülüstan"}}, {Text: "treaty"}}, Tags: []string{"war", "peace"}, Claim: true,
	}
	got, p := NewFactForm(f, "en").parse(f, "en")
	if len(p) > 0 || !sameFact(f, got) {
		t.Errorf("%+v, %v", got, p)
	}
	bad := FactForm{Date: "", Event: strings.Repeat("x", 201), Label: "In 1900", Terms: "missing"}
	_, p = bad.parse(quiz.Fact{}, "en")
	for _, field := range []string{"date", "event", "label", "term"} {
		if _, ok := p.ForField(field); !ok {
			t.Errorf("nothing is said of the %s: %v", field, p)
		}
	}
}
