package edtf

import (
	"strconv"
	"strings"
)

// readUnit parses one date and returns its EDTF, or false if s is not a date.
func (r *reader) readUnit(s string) (string, bool) {
	if len(s) > maxUnit {
		return "", false
	}
	if m := r.grammar.days.doubts.FindStringSubmatch(s); m != nil {
		return r.readMixedQualifiers(m[1], m[2])
	}
	q, rest := r.cutQualifier(s)
	if plain, ok := strings.CutSuffix(rest, "?"); ok && plain != "" {
		q, rest = q|uncertain, plain
	}
	if text, ok := r.readPlain(r.grammar.cutPreposition(rest)); ok {
		return addQualifier(text, q)
	}
	text := strings.ToUpper(s)
	_, err := scanUnit(text, 0)
	return text, err == nil
}

// cutQualifier removes words of uncertainty from the start.
func (r *reader) cutQualifier(s string) (qualifier, string) {
	q, rest := qualifier(0), r.grammar.cutPreposition(s)
	for {
		next, possibly := cutPrefix(rest, r.grammar.possibly)
		next, about := cutPrefix(next, r.grammar.about)
		if !possibly && !about {
			return q, rest
		}
		if possibly {
			q |= uncertain
		}
		if about {
			q |= approximate
		}
		rest = r.grammar.cutPreposition(next)
	}
}

// readPlain tries the rules. The result must be an existing date.
func (r *reader) readPlain(s string) (string, bool) {
	for _, rule := range r.grammar.rules {
		m := rule.re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		text := rule.build(r, m)
		if text == "" {
			continue
		}
		_, err := scanUnit(text, 0)
		if err == nil {
			return text, true
		}
		r.problem = err.Reason + " (" + text + ")"
	}
	return "", false
}

// addQualifier adds a qualifier to all parts of a unit.
func addQualifier(text string, q qualifier) (string, bool) {
	u, err := scanUnit(text, 0)
	if err != nil {
		return "", false
	}
	for i := range u.parts() {
		u.qualifiers[i] |= q
	}
	return u.text(), true
}

// readMixedQualifiers parses the list that gives the qualifier of each part.
func (r *reader) readMixedQualifiers(s, list string) (string, bool) {
	text, ok := r.readUnit(s)
	if !ok {
		return "", false
	}
	u, _ := scanUnit(text, 0)
	for item := range strings.SplitSeq(list, "; ") {
		name, kind, _ := strings.Cut(item, " ")
		part, okPart := r.grammar.partOf[name]
		q := r.grammar.doubtOf[kind]
		if !okPart || q == 0 || part >= u.parts() {
			return "", false
		}
		u.qualifiers[part] |= q
	}
	return u.text(), true
}

// readYear parses a year with its era. Without an era it must have three or four
// digits.
func (r *reader) readYear(s string) (int64, bool) {
	digits := strings.Trim(s, "abcde. ")
	before, after, _ := strings.Cut(s, digits)
	n, err := strconv.ParseInt(digits, 10, 64)
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	switch {
	case err != nil || n == 0:
		return 0, false
	case before == "" && after == "":
		return n, len(digits) == 3 || len(digits) == 4
	case r.grammar.bc[after] && before == "":
		return 1 - n, true
	case r.grammar.ad[after] && before == "" || r.grammar.ad[before] && after == "":
		return n, true
	}
	return 0, false
}

// tensText returns the mask of "1990s" or "1700s" (see namedTens).
func tensText(number string, era bool) string {
	n, _ := strconv.ParseInt(number, 10, 64)
	if n%10 != 0 || n < 10 || len(number) < 3 && !era {
		return ""
	}
	text := yearText(n)
	if tensAreDecade(n) {
		return text[:3] + "X"
	}
	return text[:2] + "XX"
}

// maskOf returns the mask that covers exactly the given range of years.
func (r *reader) maskOf(s string) string {
	lo, hi, ok := r.readYears(s)
	if !ok {
		return ""
	}
	for masked := 1; masked <= 4; masked++ {
		text := yearText(lo)
		if len(text) < masked || text[0] == 'Y' {
			return ""
		}
		if lo < 0 || hi < 0 {
			text = "-" + strings.TrimLeft(yearText(hi), "-")
		}
		mask := text[:len(text)-masked] + "XXXX"[:masked]
		if a, b := yearRange(mask); a == lo && b == hi {
			return mask
		}
	}
	return ""
}

// readYears parses two years separated by a dash; the first may omit the era.
func (r *reader) readYears(s string) (lo, hi int64, ok bool) {
	a, b, found := strings.Cut(s, "–")
	if !found {
		a, b, found = strings.Cut(s, "-")
	}
	hi, okB := r.readYear(b)
	if !found || !okB {
		return 0, 0, false
	}
	if allDigits(a) {
		a += strings.TrimLeft(b, "0123456789")
	}
	lo, ok = r.readYear(a)
	return lo, hi, ok
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// number parses digits found by a pattern.
func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
