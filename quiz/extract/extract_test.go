package extract

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

func readIn(t testing.TB, text string) Extraction {
	t.Helper()
	got, err := ExtractProposals(context.Background(), text, "en")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func dates(t testing.TB, text string) []Expression {
	t.Helper()
	got, err := FindDates(context.Background(), text, "en")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestExpressions lists sentences with all dates found in them, in order.
func TestExpressions(t *testing.T) {
	cases := map[string]string{
		"It was signed on 24 October 1813.":                                          "1813-10-24",
		"It was signed on October 24, 1813, in a village.":                           "1813-10-24",
		"On the 8th of June, 2007, he spoke.":                                        "2007-06-08",
		"The war (1804–13) was long.":                                                "1804/1813",
		"He came on 23–25 January 2006.":                                             "2006-01-23/2006-01-25",
		"He came on January 23–25, 2006.":                                            "2006-01-23/2006-01-25",
		"It was built between 2007 and 2009.":                                        "2007/2009",
		"It lasted from 1922 to 1991.":                                               "1922/1991",
		"They met from 18 August – 15 September 1951.":                               "1951-08-18/1951-09-15",
		"Fighting went on from December 1941 to February 1942.":                      "1941-12/1942-02",
		"In the 1990s and in the early 2000s it grew.":                               "199X 2000~/2003~",
		"The 18th and 19th centuries were calm.":                                     "1701/1800 1801/1900",
		"The early 20th century was not.":                                            "1901~/1933~",
		"In the spring of 1921 it ended; the winter of 1941–42 was cold.":            "1921-21 1941-24",
		"In the second quarter of 2013 it fell.":                                     "2013-34",
		"About 1300 the town was walled.":                                            "1300~",
		"Caesar was killed on 15 March 44 BC, and Augustus died in AD 14.":           "-0043-03-15 0014",
		"From 49 to 45 BC there was war; 334–323 BC too.":                            "-0048/-0044 -0333/-0322",
		"Ivan Petrov (12 May 1938 – 27 March 2022) was a poet.":                      "1938-05-12/2022-03-27",
		"It fell on 7 November [O.S. 25 October] 1917.":                              "1917-11-07",
		"The treaty of 1920 was broken that year, and two years later ended.":        "1920 1920 1922",
		"On 6 June 1944 they landed. The following day they dug in.":                 "1944-06-06 1944-06-07",
		"On 30 November 1939 it began. On 5 December it went on, and in March ended": "1939-11-30 1939-12-05 1940-03",
		"In May and June 1940 it fell. The following month was quiet.":               "1940-05 1940-06 1940-07",
		"On 5 and 9 June 1944 it rained.":                                            "1944-06-05 1944-06-09",
		"At the end of 1942 it turned; by mid-1943 it was lost.":                     "1942-09~/1942-12~ 1943-05~/1943-08~",
		"It was dated 2007-06-08 and 13.6.2007.":                                     "2007-06-08 2007-06-13",
		"It has run since 2001, and until 1918 did not exist.":                       "2001 1918",
		"It has been so since 1999–present.":                                         "1999/..",
	}
	for text, want := range cases {
		var got []string
		for _, e := range dates(t, text) {
			got = append(got, e.Date.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

// TestInferredYears checks that a date without a year takes it from the main
// narrative.
func TestInferredYears(t *testing.T) {
	text := "The war began on 30 November 1939.\n\nOn 5 December the line was reached (it had been built from 1920). On 13 March it ended."
	var last Expression
	for _, e := range dates(t, text) {
		last = e
	}
	if last.Date.String() != "1940-03-13" || last.SecondDate.String() != "1939-03-13" || last.InferredFromText != "5 December" {
		t.Errorf("%s, or %s, from %q", last.Date, last.SecondDate, last.InferredFromText)
	}
}

// TestExcerptsAreSkipped checks that excerpts of linked pages are skipped and the
// sentence around them continues.
func TestExcerptsAreSkipped(t *testing.T) {
	text := "In 1920 the country was taken by the\nRed Army\nThe Red Army was the army of the Soviets, founded in 1918 and named again in 1946 ...\nand lost its freedom.\nSee also\nOther armies of 1900"
	got := readIn(t, text)
	if len(got.Proposals) == 0 || got.Proposals[0].Event != "The country was taken by the Red Army and lost its freedom" {
		t.Fatalf("%+v", got.Proposals)
	}
	why := map[SkipReason]int{}
	for _, c := range got.Skipped {
		why[c.Reason]++
	}
	if why[SkipExcerpt] != 1 || why[SkipSection] != 2 {
		t.Errorf("%v", why)
	}
	for _, p := range got.Proposals[1:] {
		if !p.HasConcern(ConcernExcerpt) {
			t.Errorf("%q is taken for the text itself", p.Event)
		}
	}
}

func TestProposals(t *testing.T) {
	cases := map[string]string{
		"Infantry took Bardia on 5 January 1941 and Tobruk on 22 January.":                        "1941-01-05 Infantry took Bardia | 1941-01-22 Infantry took Tobruk",
		"Heydar Aliyev (10 May 1923 – 12 December 2003) was a politician.":                        "1923-05-10 Heydar Aliyev is born | 2003-12-12 Heydar Aliyev dies",
		"The minister visited Baku in 2006. He signed a treaty there on 3 May 2007.":              "2006 The minister visited Baku | 2007-05-03 He signed a treaty there",
		"Peter Stone ruled the town in 1700. He died in 1712 after a long illness.":               "1700 Peter Stone ruled the town | 1712 Peter Stone died after a long illness",
		"According to the paper, the king fled in 1640 to the north.":                             "1640 According to the paper, the king fled to the north",
		"1953 saw the death of Stalin.":                                                           "1953 The death of Stalin",
		"However, on 28 November 2003, a protocol was signed; in 2004 the office of it was shut.": "2003-11-28 A protocol was signed | 2004 The office of it was shut",
	}
	for text, want := range cases {
		var got []string
		for _, p := range readIn(t, text).Proposals {
			got = append(got, p.Date.String()+" "+p.Event)
		}
		if strings.Join(got, " | ") != want {
			t.Errorf("%q:\n%s, want\n%s", text, strings.Join(got, " | "), want)
		}
	}
}

func TestConcerns(t *testing.T) {
	text := "The Treaty of Lune was signed on 3 May 1815 in the town of Lune. On 10 June it was ratified by the king. " +
		"The minister claimed that the army fled in 1816 to the hills. The Treaty of Lune was signed in May 1815 in the town of Lune. " +
		"The Treaty of Lune was signed in 1820 in the town of Lune, a paper says."
	all := map[ConcernKind]int{}
	for _, p := range readIn(t, text).Proposals {
		for _, m := range p.Concerns {
			all[m.Kind]++
		}
	}
	for _, kind := range []ConcernKind{ConcernYearInferred, ConcernPronoun, ConcernClaim, ConcernDuplicate, ConcernContradiction} {
		if all[kind] == 0 {
			t.Errorf("nothing is marked %q: %v", kind, all)
		}
	}
}

// check checks that, for any text, positions are inside it, in order and without
// overlap, and that events containing a date have the concern for it.
func check(t *testing.T, text string) {
	t.Helper()
	begin := time.Now()
	defer func() {
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%s for %q", took, text)
		}
	}()
	n := utf8.RuneCountInString(text)
	runes := []rune(text)
	got := readIn(t, text)
	at := 0
	for _, e := range got.Expressions {
		if e.Span.Start < at || e.Span.End <= e.Span.Start || e.Span.End > n || e.Text != string(runes[e.Span.Start:e.Span.End]) {
			t.Fatalf("%+v in %q", e, text)
		}
		if e.Date.IsZero() {
			t.Fatalf("%q has no date in %q", e.Text, text)
		}
		at = e.Span.End
	}
	for _, p := range got.Proposals {
		if p.Span.Start < 0 || p.Span.End > n || p.Span.Start >= p.Span.End || p.Date.IsZero() || p.Event == "" || p.Score < 0 || p.Score > 1 {
			t.Fatalf("%+v in %q", p, text)
		}
		if utf8.RuneCountInString(p.Event) > maxEvent {
			t.Fatalf("%q is long", p.Event)
		}
		if quiz.FindDateWords(p.Event) != "" && !p.HasConcern(ConcernDateLeak) {
			t.Fatalf("%q tells its date", p.Event)
		}
		for _, term := range p.Terms {
			if !strings.Contains(p.Event, term) {
				t.Fatalf("%q is not in %q", term, p.Event)
			}
		}
	}
}

func FuzzExtractProposals(f *testing.F) {
	for _, seed := range []string{
		"On 24 October 1813 it was signed (1804–13).", "A\nA is ...\n.", "(((1941", "5 and 9 June", "the end of the year", "1. 2. 1900s–1950s BC",
		"[1][2] In 1920, X (born 3 May 1900 – d. 1950) was", "that that year year", "from 1 to 2 May – 3 June 1900",
		strings.Repeat("in 1941 and ", 50), "Ə ə İ ı 1918-ci il", "\u200b\ufeff1920\u00ad", "See also\n\nX ...",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) && len(text) <= 4000 {
			check(t, text)
		}
	})
}

// TestVeryLargeTexts checks that extremely large texts are handled.
func TestVeryLargeTexts(t *testing.T) {
	cases := map[string]string{
		"empty":        "",
		"no dates":     strings.Repeat("Nothing happened here and nobody came. ", 100),
		"one sentence": "In 1941 " + strings.Repeat("word ", 100_000) + "and in 1942 it ended.",
		"5,000 dates":  strings.Repeat("On 24 October 1813 the Treaty of Gulistan was signed by Iran and Russia. ", 5000),
		"brackets":     strings.Repeat("(in 1941 ", 5000),
		"no spaces":    strings.Repeat("1941-", 40_000),
		"excerpts":     strings.Repeat("Word of a link\nWord of a link is a thing ...\n", 4000),
		"dashes":       strings.Repeat("1941–", 5000),
		"days":         strings.Repeat("5 and 6 and ", 5000),
	}
	for name, text := range cases {
		got := readIn(t, text)
		if (name == "empty" || name == "no dates") && len(got.Expressions)+len(got.Proposals) > 0 {
			t.Errorf("%s: %d dates", name, len(got.Expressions))
		}
		if name == "5,000 dates" && (len(got.Expressions) != 5000 || len(got.Proposals) != 1) {
			t.Errorf("%d dates, %d proposals", len(got.Expressions), len(got.Proposals))
		}
	}
}

func TestKindsHaveNames(t *testing.T) {
	for _, e := range dates(t, "In 1941, on 3 May 1942, in June 1943 and in the 1950s.") {
		if fmt.Sprint(e.Kind) == "" || e.Date == (edtf.Date{}) {
			t.Errorf("%+v", e)
		}
	}
}

func BenchmarkExtractProposals(b *testing.B) {
	var text strings.Builder
	for _, g := range corpus(b, "known") {
		text.WriteString(g.text)
	}
	long := strings.Repeat(text.String(), 100_000/text.Len()+1)
	b.SetBytes(int64(len(long)))
	b.ReportAllocs()
	for b.Loop() {
		readIn(b, long)
	}
}
