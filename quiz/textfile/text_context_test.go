package textfile

import (
	"context"
	"errors"
	"strings"
	"testing"
)

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

// TestReadDeckStopsWithContext checks that reading stops with the context's error,
// wherever the context ends.
func TestReadDeckStopsWithContext(t *testing.T) {
	long := strings.Repeat("In 1941 *the* [war](x) began.\n", 10_000)
	for name, content := range map[string]string{
		"a.txt": long, "utf16.txt": in16(long, true), "a.md": long + "```\ncode\n```\n<p>" + long, "a.html": "<p>" + long + strings.Repeat("<p>a", 2000),
		"a.docx": docx(t, strings.Repeat(said("In 1941 it began."), 2000)),
	} {
		all := &countingContext{Context: t.Context(), maxCalls: 1 << 60}
		if _, err := ReadText(all, name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if all.calls < 8 {
			t.Errorf("%s asks %d times", name, all.calls)
		}
		for most := 0; most < all.calls; most += 1 + all.calls/12 {
			ctx := &countingContext{Context: t.Context(), maxCalls: most}
			if text, err := ReadText(ctx, name, []byte(content)); !errors.Is(err, context.Canceled) || text != "" {
				t.Fatalf("%s after %d of %d: %d bytes, %v", name, most, all.calls, len(text), err)
			}
			if ctx.calls > most+20 {
				t.Errorf("%s asks %d times after its context has ended", name, ctx.calls-most)
			}
		}
	}
}
