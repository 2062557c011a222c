package edtf

import (
	"strconv"
	"strings"
)

// unit reads one date and gives its EDTF; false if s is none.
func (r *reader) unit(s string) (string, bool) {
	if len(s) > maxUnit {
		return "", false
	}
	if m := r.g.days.doubts.FindStringSubmatch(s); m != nil {
		return r.mixed(m[1], m[2])
	}
	q, rest := r.doubt(s)
	if plain, ok := strings.CutSuffix(rest, "?"); ok && plain != "" {
		q, rest = q|uncertain, plain
	}
	if text, ok := r.plain(r.g.bare(rest)); ok {
		return doubtful(text, q)
	}
	text := strings.ToUpper(s)
	_, err := scanUnit(text, 0)
	return text, err == nil
}

// doubt takes the words of doubt from the beginning.
func (r *reader) doubt(s string) (doubt, string) {
	q, rest := doubt(0), r.g.bare(s)
	for {
		next, possibly := cutAny(rest, r.g.possibly)
		next, about := cutAny(next, r.g.about)
		if !possibly && !about {
			return q, rest
		}
		if possibly {
			q |= uncertain
		}
		if about {
			q |= approximate
		}
		rest = r.g.bare(next)
	}
}

// plain tries the rules; what they build must be a date that exists.
func (r *reader) plain(s string) (string, bool) {
	for _, rule := range r.g.rules {
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

// doubtful adds a doubt to all parts of a unit.
func doubtful(text string, q doubt) (string, bool) {
	u, err := scanUnit(text, 0)
	if err != nil {
		return "", false
	}
	for i := range u.parts() {
		u.doubt[i] |= q
	}
	return u.text(), true
}

// mixed reads the list that names the doubt of each part.
func (r *reader) mixed(s, list string) (string, bool) {
	text, ok := r.unit(s)
	if !ok {
		return "", false
	}
	u, _ := scanUnit(text, 0)
	for item := range strings.SplitSeq(list, "; ") {
		name, kind, _ := strings.Cut(item, " ")
		part, okPart := r.g.partOf[name]
		q := r.g.doubtOf[kind]
		if !okPart || q == 0 || part >= u.parts() {
			return "", false
		}
		u.doubt[part] |= q
	}
	return u.text(), true
}

// year reads a year with its era; without one it has three or four digits.
func (r *reader) year(s string) (int64, bool) {
	digits := strings.Trim(s, "abcde. ")
	before, after, _ := strings.Cut(s, digits)
	n, err := strconv.ParseInt(digits, 10, 64)
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	switch {
	case err != nil || n == 0:
		return 0, false
	case before == "" && after == "":
		return n, len(digits) == 3 || len(digits) == 4
	case r.g.bc[after] && before == "":
		return 1 - n, true
	case r.g.ad[after] && before == "" || r.g.ad[before] && after == "":
		return n, true
	}
	return 0, false
}

// tensText gives the mask of "1990s" and "1700s" (see namedTens).
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

// maskOf finds the mask that covers two years exactly.
func (r *reader) maskOf(s string) string {
	lo, hi, ok := r.years(s)
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

// years reads two years with a dash between, of which the first may lack the era.
func (r *reader) years(s string) (lo, hi int64, ok bool) {
	a, b, found := strings.Cut(s, "–")
	if !found {
		a, b, found = strings.Cut(s, "-")
	}
	hi, okB := r.year(b)
	if !found || !okB {
		return 0, 0, false
	}
	if allDigits(a) {
		a += strings.TrimLeft(b, "0123456789")
	}
	lo, ok = r.year(a)
	return lo, hi, ok
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// number reads digits that a pattern has found.
func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
