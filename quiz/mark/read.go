package mark

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"

	"golang.org/x/text/unicode/norm"
)

// What people type instead of a date, and what is to be said of it.
var (
	yearZero = regexp.MustCompile(`^(?i)(?:in )?(?:the )?(?:year )?(?:ad )?0{1,3}(?: (?:ad|bc|ce|bce))?$`)
	noMonth  = regexp.MustCompile(`^-?\d{4}[-./](?:1[3-9]|[2-9]\d|00)(?:[-./]\d{1,2})?$|^(?:1[3-9]|[2-9]\d|00?)[./-]\d{4}$`)
	noDay    = regexp.MustCompile(`(?i)^(?:on )?(?:0|00|3[2-9]|[4-9]\d)(?:st|nd|rd|th)? (?:of )?[a-z]{3,}\.?,? \d+$|^-?\d{4}[-./]\d{1,2}[-./](?:00?|3[2-9]|[4-9]\d)$`)
	numbers  = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-]\d{4}$`)
	relative = regexp.MustCompile(`(?i)\b(?:yesterday|today|tomorrow|now|ago|last|next|this|recently)\b`)
	noYear   = regexp.MustCompile(`(?i)^(?:on |in )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?` + monthNames + `|` + monthNames + ` \d{1,2}(?:st|nd|rd|th)?|` + monthNames + `)$`)
	twoEnds  = regexp.MustCompile(`(?i)^(.+?) ?(?:–|—|-|/| to | until ) ?(\S.*)$`)
	endings  = regexp.MustCompile(`(?i)(?: [a-z]{3,} \d+)?(?: century)?(?: (?:bc|ad|ce|bce))?$`)
)

const monthNames = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`

// readDate reads a typed date as one unit or one span with two ends, its doubt
// left out. What is none fails with Invalid and says why.
func readDate(given string) (edtf.Date, error) {
	text := strings.TrimSpace(norm.NFKC.String(given))
	switch {
	case text == "":
		return edtf.Date{}, invalid("problem.date.missing")
	case len([]rune(text)) > longestGiven:
		return edtf.Date{}, invalid("problem.given.long", "Max", longestGiven)
	case yearZero.MatchString(text):
		return edtf.Date{}, invalid("problem.date.zero")
	}
	d, err := edtf.Read(text, "en")
	if err != nil && strings.HasSuffix(text, ".") { // as the end of a sentence
		d, err = edtf.Read(strings.TrimSuffix(text, "."), "en")
	}
	if err != nil {
		return edtf.Date{}, unread(text, err)
	}
	d = d.Plain()
	if d.Open() || d.Precision() == edtf.Set {
		return edtf.Date{}, invalid("problem.date.one")
	}
	return d, nil
}

// Date is a typed date as it was read; the zero date for what is none.
func Date(given string) edtf.Date {
	d, err := readDate(given)
	if err != nil {
		return edtf.Date{}
	}
	return d
}

// unread says why a text is no date.
func unread(text string, err error) error {
	var two *edtf.AmbiguousError
	if errors.As(err, &two) {
		var readings []string
		for _, r := range two.Readings {
			readings = append(readings, r.In("en"))
		}
		if len(readings) > 1 {
			return invalid("problem.date.ambiguous", "Text", text, "First", readings[0], "Second", readings[1])
		}
	}
	reason := err.Error()
	switch parts := numbers.FindStringSubmatch(text); {
	case relative.MatchString(text):
		return invalid("problem.date.relative")
	case noDay.MatchString(text), strings.Contains(reason, "there is no such day"), parts != nil && (small(parts[1]) || small(parts[2])):
		return invalid("problem.date.day")
	case noMonth.MatchString(text), parts != nil:
		return invalid("problem.date.month")
	case strings.Contains(reason, "comes before"), turned(text):
		return invalid("problem.date.turned")
	case noYear.MatchString(text):
		return invalid("problem.date.year")
	}
	if _, word, ok := strings.Cut(reason, "“"); ok {
		word, _, _ = strings.Cut(word, "”")
		return invalid("problem.date.word", "Word", word)
	}
	return invalid("problem.date.form")
}

// small tells whether a number may be a month.
func small(n string) bool {
	m, err := strconv.Atoi(n)
	return err == nil && m >= 1 && m <= 12
}

// turned tells whether a text is a span whose end comes before its beginning.
func turned(text string) bool {
	ends := twoEnds.FindStringSubmatch(text)
	if ends == nil {
		return false
	}
	a, errA := edtf.Read(ends[1]+endings.FindString(ends[2]), "en") // "44–49 BC", "25–23 January 2006"
	if endings.FindString(ends[1]) != "" || errA != nil {
		a, errA = edtf.Read(ends[1], "en")
	}
	b, errB := edtf.Read(ends[2], "en")
	return errA == nil && errB == nil && edtf.Compare(a, b) == edtf.After
}

// Year reads where an event was placed: a year, or a finer date in it.
func Year(s quiz.Scale, given string) (int64, error) {
	if strings.TrimSpace(given) == "" {
		return 0, invalid("problem.place.missing")
	}
	d, err := readDate(given)
	if err != nil {
		return 0, err
	}
	at, ok := d.At(edtf.Year)
	if !ok {
		return 0, invalid("problem.place.year")
	}
	if y := yearOf(at.Lo()); y >= s.First && y <= s.Last {
		return y, nil
	}
	return 0, invalid("problem.place.outside", "First", inYears(s.First), "Last", inYears(s.Last))
}

// inYears writes a year for people.
func inYears(year int64) string {
	_, text := edtf.YearDate(year)
	return text
}
