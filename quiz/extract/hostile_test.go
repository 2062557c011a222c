package extract

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// hostile holds pieces that make a text slow to read when repeated.
var hostile = []string{
	"1941; ", "44 BC–", "44 BC-", "(", ")", "[", "\"", "1", "11", "1.", "1,1", ". ", "? ", "May ", "1 May ", "In May ", "that year ",
	"two days later ", "the following day ", "1801–1844 ", "(1801–1844) ", "early ", "between ", "from 1941 to ", "century ", "19th century ",
	"1940s ", "- 1941\n", "1941\n", "1941\n\n", "| 1941 | a |\n", "# 1941\n", "Ivan ", "Ivan Ivanov ", "he ", "a, ", "A", "\n", " ", "\u00a0",
	"\u0301", "e\u0301", "\u00ad", "\u200b", "1941–", "1-1-", "5 and 6 and ", "In 1941 ", "(in 1941 ", "the 1941 ", "1941, and ", "1941 (",
	") 1941 (", "1941. ", "1941.", "* 1941 ", " * ", "in 1941, and took ", "Ivan (1941) ", "In 1941 the king Ivan was crowned ",
	"In 1941 the king Ivan was crowned. ", "On 5 May 1941 it fell (", "In 1941 (it fell. And so. On. ", "Ivan Ivanov (12 May 1938 – 27 March 2022) ",
	"Ivan Petrov from 3 May 1920 to 4 June 1930 was a president; ", "Word of a link\nWord of a link is a thing ...\n", "a ...\n", "A\n", "[1]",
	"References\n", "= A =\nIn 1941 it fell.\n", "'s ", "a'", "#", "a#", "://", "@", "a.bc", "or and ", "then ", "(:", "the king, who took, ", "rest of ",
	"on in by at ", "Mr. ", "A. ", "本", "Иван 1941 ", "10 мая 1941 года ", "1941-ci il ",
}

// repeat repeats a piece up to n bytes.
func repeat(piece string, n int) string { return strings.Repeat(piece, n/len(piece)) }

// TestExtractHardTexts checks that difficult input is read quickly. It measures
// nothing because machines differ: with quadratic time it would run for hours.
func TestExtractHardTexts(t *testing.T) {
	const n = 1_000_000
	for what, text := range map[string]string{
		"brackets behind a full stop": "It fell in 1941." + repeat("(", n),
		"quotes behind a full stop":   "It fell in 1941." + repeat("\" ", n),
		"notes behind a long line":    repeat("a", n/2) + repeat("[1", n/2),
		"months before a far year":    repeat("in May, so ", n) + "1941",
		"a sentence without an end":   repeat("and in 1941 the army of the king went to the town ", n),
		"one word":                    repeat("a", n),
		"one number":                  repeat("1", n),
		"empty lines":                 "Word of a link\n" + repeat("\n", n/2) + repeat("Word a thing ...\n\n\n", n/2),
		"openers":                     repeat("then then then then then then then then then then 1941 ", n/4),
	} {
		if got := readIn(t, text); len(got.Expressions) > maxDates || len(got.Proposals) > maxProposals {
			t.Errorf("%s: %d dates, %d proposals", what, len(got.Expressions), len(got.Proposals))
		}
	}
}

// TestExtractHostileTextsIsFast checks that memory grows linearly with the length
// of a text, at no more than a few thousand bytes per byte of text.
func TestExtractHostileTextsIsFast(t *testing.T) {
	const n, most, growth = 10_000, 4_200, 3 // with the race detector; half as much without it
	for _, piece := range hostile {
		once, twice := timeTaken(t, repeat(piece, n)), timeTaken(t, repeat(piece, 2*n))
		if once/n > most || twice/(2*n) > most {
			t.Errorf("%q takes %d bytes for each of its own, then %d", piece, once/n, twice/(2*n))
		}
		if once > 1<<20 && twice > growth*once {
			t.Errorf("%q takes %d bytes, and twice that long %d", piece, once, twice)
		}
	}
}

// timeTaken returns the number of bytes allocated to read a text.
func timeTaken(t *testing.T, text string) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	readIn(t, text)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// countingContext is a context that ends after a number of calls.
type countingContext struct {
	context.Context
	calls, maxCalls int
}

func (a *countingContext) Err() error {
	if a.calls++; a.calls > a.maxCalls {
		return context.Canceled
	}
	return nil
}

// countContextCalls counts how often reading a text checks the context.
func countContextCalls(t *testing.T, text string) int {
	ctx := &countingContext{Context: t.Context(), maxCalls: 1 << 60}
	if _, err := ExtractProposals(ctx, text, "en"); err != nil {
		t.Fatal(err)
	}
	return ctx.calls
}

// TestExtractStopsWithContext checks that reading stops and checks no further,
// wherever the context ends.
func TestExtractStopsWithContext(t *testing.T) {
	var prose strings.Builder
	for _, g := range corpus(t, "known") {
		prose.WriteString(g.text)
	}
	for _, text := range []string{
		prose.String(), repeat("In 1941 the king Ivan was crowned. ", 10_000), repeat("1941; ", 5_000), repeat("1941\n\n", 5_000),
		repeat("Word of a link\nWord of a link is a thing ...\n", 10_000), repeat("a ...\n", 5_000),
	} {
		all := countContextCalls(t, text)
		for most := 0; most < all; most += 1 + all/40 {
			ctx := &countingContext{Context: t.Context(), maxCalls: most}
			got, err := ExtractProposals(ctx, text, "en")
			if !errors.Is(err, context.Canceled) || got.Expressions != nil || got.Proposals != nil {
				t.Fatalf("%d dates, %v", len(got.Expressions), err)
			}
			if ctx.calls != most+1 {
				t.Fatalf("asked %d times, %d after it had ended", ctx.calls, ctx.calls-most)
			}
		}
	}
}

func TestEndedContext(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	for ctx, want := range map[context.Context]error{cancelled: context.Canceled, late: context.DeadlineExceeded} {
		if _, err := ExtractProposals(ctx, "In 1941 it fell.", "en"); !errors.Is(err, want) {
			t.Errorf("Read: %v, want %v", err, want)
		}
		if _, err := FindDates(ctx, "In 1941 it fell.", "en"); !errors.Is(err, want) {
			t.Errorf("Dates: %v, want %v", err, want)
		}
	}
}

// TestExtractChecksContextOften checks that the context is checked regularly: twice
// as often for twice the text, and at least once every few intervals for any text.
func TestExtractChecksContextOften(t *testing.T) {
	const n = 10_000
	for _, piece := range hostile {
		if strings.Trim(piece, " \n\u00a0\u00ad\u200b") == "" {
			continue // nothing remains after splitting it into lines
		}
		text := repeat(piece, n)
		once, twice := countContextCalls(t, text), countContextCalls(t, text+text)
		if least := len([]rune(text)) / (4 * checkInterval); once < least {
			t.Errorf("%q asks %d times, want %d", piece, once, least)
		}
		if twice < once*3/2 || twice > once*5/2 {
			t.Errorf("%q asks %d times, and twice that long %d times", piece, once, twice)
		}
	}
}

// TestHostileMixes checks that positions are inside the text for any mix of hostile
// pieces.
func TestHostileMixes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		some := rapid.SliceOfN(rapid.SampledFrom(hostile), 1, 8).Draw(r, "pieces")
		order := rapid.SliceOfN(rapid.IntRange(0, len(some)-1), 1, 200).Draw(r, "order")
		var text strings.Builder
		for _, i := range order {
			text.WriteString(some[i])
		}
		check(t, text.String())
	})
}

func BenchmarkHostile(b *testing.B) {
	for _, piece := range []string{"1941; ", "44 BC–", "(in 1941 ", "In 1941 (it fell. And so. On. ", "In 1941 the king Ivan was crowned ", "(", "1941\n"} {
		text := repeat(piece, 1_000_000)
		b.Run(strings.TrimSpace(piece), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				readIn(b, text)
			}
		})
	}
}
