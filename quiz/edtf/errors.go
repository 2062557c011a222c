package edtf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError says why a text is not a date, and where.
type SyntaxError struct {
	Input  string
	Offset int    // in bytes from the start of Input, up to its length
	Reason string // in English, for users
}

// Error gives the position in characters, counted from 1.
func (e *SyntaxError) Error() string {
	place := utf8.RuneCountInString(e.Input[:min(e.Offset, len(e.Input))]) + 1
	return fmt.Sprintf("date %q, character %d: %s", shorten(e.Input), place, e.Reason)
}

// AmbiguousError is the error for a text that can mean more than one date.
type AmbiguousError struct {
	Input    string
	Readings []Date
}

// Error lists the readings.
func (e *AmbiguousError) Error() string {
	readings := make([]string, len(e.Readings))
	for i, d := range e.Readings {
		readings[i] = d.Format("en")
	}
	return fmt.Sprintf("date %q can mean %s", e.Input, strings.Join(readings, " or "))
}

func shorten(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
