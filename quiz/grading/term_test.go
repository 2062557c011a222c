package grading_test

import (
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/grading"
)

// TestGradeTypedTerm checks that terms are compared without case, accents and
// punctuation, in every accepted spelling, and that one typo is forgiven where it cannot
// mean another term.
func TestGradeTypedTerm(t *testing.T) {
	t.Parallel()
	gabala := quiz.Question{Kind: quiz.KindGapTyped, Term: "Gabala", Accepted: []string{"Qəbələ", "Габала", "Габалинская РЛС"}}
	iran := quiz.Question{Kind: quiz.KindGapTyped, Term: "Iran", Accepted: []string{"Иран", "Persia"}}
	union := quiz.Question{Kind: quiz.KindGapTyped, Term: "Soviet Union", Accepted: []string{"USSR", "СССР", "SSRİ"}}
	petersburg := quiz.Question{Kind: quiz.KindGapTyped, Term: "Saint Petersburg", Accepted: []string{"St. Petersburg"}}
	war := quiz.Question{Kind: quiz.KindGapTyped, Term: "Nagorno-Karabakh", Accepted: []string{"Dağlıq Qarabağ"}}
	party := quiz.Question{Kind: quiz.KindGapTyped, Term: "Army 1905"}
	known := gabala
	known.ConfusableTerms = []string{"gabula"} // another term of the deck, one typo away from both
	const right, slip, wrong = "right", "right, one slip", "wrong"
	for _, c := range []struct {
		q     quiz.Question
		typed string
		want  string
	}{
		{gabala, "Gabala", right},
		{gabala, "gabala", right},
		{gabala, "  GABALA  ", right},
		{gabala, "«Gabala».", right},
		{gabala, "Qəbələ", right},
		{gabala, "qebele", right},
		{gabala, "QƏBƏLƏ", right},
		{gabala, "габала", right},
		{gabala, "Габалинская рлс", right},
		{gabala, "Габалинская РЛС!", right},
		{gabala, "Gbaala", slip},
		{gabala, "Gabal", slip},
		{gabala, "Gaballa", slip},
		{gabala, "Gabela", slip},
		{gabala, "Габола", slip},
		{gabala, "Gbal", wrong},
		{gabala, "Gebela", wrong},
		{gabala, "Gabala radar", wrong},
		{gabala, "Baku", wrong},
		{gabala, "Ga ba la", wrong},
		{known, "Gabula", wrong},
		{known, "Gabala", right},
		{known, "Gabalo", wrong},
		{iran, "Iran", right},
		{iran, "the Iran", right},
		{iran, "Iraq", wrong},
		{iran, "Irn", wrong},
		{iran, "Persia", right},
		{iran, "Perisa", slip},
		{iran, "Иран", right},
		{union, "the Soviet Union", right},
		{union, "A Soviet  union", right},
		{union, "soviet-union", right},
		{union, "sovjet union", slip},
		{union, "Soviet", wrong},
		{union, "USSR", right},
		{union, "U.S.S.R.", wrong},
		{union, "ussr", right},
		{union, "USSA", wrong},
		{union, "ssri", right},
		{union, "the", wrong},
		{petersburg, "St Petersburg", right},
		{petersburg, "st.petersburg", right},
		{petersburg, "Saint-Petersburg", right},
		{petersburg, "Petersburg", wrong},
		{war, "nagorno karabakh", right},
		{war, "Nagorno–Karabakh", right},
		{war, "daglıq qarabag", right},
		{war, "DAGLIQ QARABAG", right},
		{war, "Nagorno Karabach", slip},
		{party, "army 1905", right},
		{party, "army 1906", wrong},
		{party, "army 190", wrong},
		{party, "arny 1905", slip},
	} {
		m, err := grading.GradeAnswer(c.q, quiz.Answer{Given: c.typed, ChosenOption: -1})
		got := string(m.Verdict)
		if m.TypoForgiven {
			got += ", one slip"
		}
		if err != nil || got != c.want {
			t.Errorf("%q for %q is %s (%v), want %s", c.typed, c.q.Term, got, err, c.want)
		}
		want := c.want // strict spelling forgives nothing
		if m.TypoForgiven {
			want = wrong
		}
		if m, err := grading.GradeAnswer(c.q, quiz.Answer{Given: c.typed, ChosenOption: -1, StrictSpelling: true}); err != nil || m.TypoForgiven || string(m.Verdict) != want {
			t.Errorf("strictly, %q for %q is %s (%v), want %s", c.typed, c.q.Term, m.Verdict, err, want)
		}
	}
	for _, typed := range []string{"", " \t ", "…?!", "«»", "🙂"} {
		if _, err := grading.GradeAnswer(gabala, quiz.Answer{Given: typed, ChosenOption: -1}); !quiz.Is(err, quiz.Invalid) {
			t.Errorf("%q is judged", typed)
		}
	}
}

// FuzzOneTypoApart compares OneTypoApart with the optimal string alignment distance.
func FuzzOneTypoApart(f *testing.F) {
	for _, pair := range [][2]string{{"", ""}, {"a", ""}, {"ab", "ba"}, {"abc", "acb"}, {"abcd", "abdd"}, {"аб", "ба"}, {"aab", "aba"}, {"abab", "baba"}} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 60 {
			return
		}
		if got, want := quiz.OneTypoApart(a, b), alignment([]rune(a), []rune(b)) <= 1; got != want {
			t.Errorf("%q and %q: %v, want %v", a, b, got, want)
		}
	})
}

// alignment returns the optimal string alignment distance, by the textbook table.
func alignment(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			other := 1
			if a[i-1] == b[j-1] {
				other = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+other)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
