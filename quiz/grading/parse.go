package grading

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"

	"golang.org/x/text/unicode/norm"
)

// Patterns of text that people type instead of a date, each with its own error message.
var (
	yearZeroPattern     = regexp.MustCompile(`^(?i)(?:in )?(?:the )?(?:year )?(?:ad )?0{1,3}(?: (?:ad|bc|ce|bce))?$`)
	badMonthPattern     = regexp.MustCompile(`^-?\d{4}[-./](?:1[3-9]|[2-9]\d|00)(?:[-./]\d{1,2})?$|^(?:1[3-9]|[2-9]\d|00?)[./-]\d{4}$`)
	badDayPattern       = regexp.MustCompile(`(?i)^(?:on )?(?:0|00|3[2-9]|[4-9]\d)(?:st|nd|rd|th)? (?:of )?[a-z]{3,}\.?,? \d+$|^-?\d{4}[-./]\d{1,2}[-./](?:00?|3[2-9]|[4-9]\d)$`)
	numericDatePattern  = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-]\d{4}$`)
	relativeDatePattern = regexp.MustCompile(`(?i)\b(?:yesterday|today|tomorrow|now|ago|last|next|this|recently)\b`)
	yearlessPattern     = regexp.MustCompile(`(?i)^(?:on |in )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?` + monthNames + `|` + monthNames + ` \d{1,2}(?:st|nd|rd|th)?|` + monthNames + `)$`)
	spanPattern         = regexp.MustCompile(`(?i)^(.+?) ?(?:–|—|-|/| to | until ) ?(\S.*)$`)
	unitEndingPattern   = regexp.MustCompile(`(?i)(?: [a-z]{3,} \d+)?(?: century)?(?: (?:bc|ad|ce|bce))?$`)
)

const monthNames = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`

// parseTypedDate parses a typed date as one unit or as a span with two ends, without its
// qualifiers. It fails with Invalid and the reason if the text is not such a date.
func parseTypedDate(given string) (edtf.Date, error) {
	text := strings.TrimSpace(norm.NFKC.String(given))
	switch {
	case text == "":
		return edtf.Date{}, invalidAnswer("problem.date.missing")
	case len([]rune(text)) > maxGivenLength:
		return edtf.Date{}, invalidAnswer("problem.given.long", "Max", maxGivenLength)
	case yearZeroPattern.MatchString(text):
		return edtf.Date{}, invalidAnswer("problem.date.zero")
	}
	d, err := edtf.ParseText(text, "en")
	if err != nil && strings.HasSuffix(text, ".") { // at the end of a sentence
		d, err = edtf.ParseText(strings.TrimSuffix(text, "."), "en")
	}
	if err != nil {
		return edtf.Date{}, dateError(text, err)
	}
	d = d.Plain()
	if d.Open() || d.Precision() == edtf.Set {
		return edtf.Date{}, invalidAnswer("problem.date.one")
	}
	return d, nil
}

// ParseDate parses a typed date; it returns the zero date if the text is not a date.
func ParseDate(given string) edtf.Date {
	d, err := parseTypedDate(given)
	if err != nil {
		return edtf.Date{}
	}
	return d
}

// dateError returns the error that explains why a text is not a date.
func dateError(text string, err error) error {
	var two *edtf.AmbiguousError
	if errors.As(err, &two) {
		var readings []string
		for _, r := range two.Readings {
			readings = append(readings, r.Format("en"))
		}
		if len(readings) > 1 {
			return invalidAnswer("problem.date.ambiguous", "Text", text, "First", readings[0], "Second", readings[1])
		}
	}
	reason := err.Error()
	switch parts := numericDatePattern.FindStringSubmatch(text); {
	case relativeDatePattern.MatchString(text):
		return invalidAnswer("problem.date.relative")
	case badDayPattern.MatchString(text), strings.Contains(reason, "there is no such day"), parts != nil && (isMonthNumber(parts[1]) || isMonthNumber(parts[2])):
		return invalidAnswer("problem.date.day")
	case badMonthPattern.MatchString(text), parts != nil:
		return invalidAnswer("problem.date.month")
	case strings.Contains(reason, "comes before"), isReversedSpan(text):
		return invalidAnswer("problem.date.turned")
	case yearlessPattern.MatchString(text):
		return invalidAnswer("problem.date.year")
	}
	if _, word, ok := strings.Cut(reason, "“"); ok {
		word, _, _ = strings.Cut(word, "”")
		return invalidAnswer("problem.date.word", "Word", word)
	}
	return invalidAnswer("problem.date.form")
}

// isMonthNumber reports whether a number can be a month.
func isMonthNumber(n string) bool {
	m, err := strconv.Atoi(n)
	return err == nil && m >= 1 && m <= 12
}

// isReversedSpan reports whether a text is a span whose end comes before its beginning.
func isReversedSpan(text string) bool {
	ends := spanPattern.FindStringSubmatch(text)
	if ends == nil {
		return false
	}
	a, errA := edtf.ParseText(ends[1]+unitEndingPattern.FindString(ends[2]), "en") // "44–49 BC", "25–23 January 2006"
	if unitEndingPattern.FindString(ends[1]) != "" || errA != nil {
		a, errA = edtf.ParseText(ends[1], "en")
	}
	b, errB := edtf.ParseText(ends[2], "en")
	return errA == nil && errB == nil && edtf.Compare(a, b) == edtf.After
}

// ParseYear parses a place on the line of years: a year, or a finer date within it. It
// fails with Invalid if the text is not a year on the line.
func ParseYear(s quiz.YearScale, given string) (int64, error) {
	if strings.TrimSpace(given) == "" {
		return 0, invalidAnswer("problem.place.missing")
	}
	d, err := parseTypedDate(given)
	if err != nil {
		return 0, err
	}
	at, ok := d.CoarsenTo(edtf.Year)
	if !ok {
		return 0, invalidAnswer("problem.place.year")
	}
	if y := yearOf(at.Lo()); y >= s.First && y <= s.Last {
		return y, nil
	}
	return 0, invalidAnswer("problem.place.outside", "First", yearText(s.First), "Last", yearText(s.Last))
}

// yearText formats a year for display.
func yearText(year int64) string {
	_, text := edtf.YearDate(year)
	return text
}
