package edtf

import (
	"strconv"
	"strings"
)

// span reads an interval with both ends: a named period, or two dates with a dash
// or words between. Doubt in front belongs to both ends.
func (r *reader) span(s string) (string, bool) {
	q, rest := r.doubt(s)
	if text, ok := r.period(rest); ok {
		return doubtfulSpan(text, q)
	}
	if inner, ok := strings.CutPrefix(rest, r.g.between); ok {
		return r.cut(inner, []string{r.g.and}, q)
	}
	if inner, ok := strings.CutPrefix(rest, r.g.from); ok {
		return r.cut(inner, r.g.to, q)
	}
	if text, ok := r.cut(rest, []string{"–", "-"}, q); ok {
		return text, true
	}
	return r.cut(rest, r.g.to, q)
}

// cut tries every place where a separator stands.
func (r *reader) cut(s string, separators []string, q doubt) (string, bool) {
	for _, sep := range separators {
		for at := 0; ; {
			i := strings.Index(s[at:], sep)
			if i < 0 {
				break
			}
			a, b := s[:at+i], s[at+i+len(sep):]
			at += i + len(sep)
			if len(a) > maxUnit || len(b) > maxUnit {
				continue
			}
			if text, ok := r.ends(a, b); ok {
				return doubtfulSpan(text, q)
			}
		}
	}
	return "", false
}

// doubtfulSpan doubts both ends of an interval and checks it.
func doubtfulSpan(text string, q doubt) (string, bool) {
	v, err := scan(text)
	if err != nil {
		return "", false
	}
	s := &v.spans[0]
	for i := range 3 {
		if i < s.a.unit.parts() {
			s.a.unit.doubt[i] |= q
		}
		if i < s.b.unit.parts() {
			s.b.unit.doubt[i] |= q
		}
	}
	return v.text(), true
}

// ends reads two dates, of which one may leave out what the other says.
func (r *reader) ends(a, b string) (string, bool) {
	for _, try := range []func(a, b string) (string, string, bool){
		r.lastEra, r.lastDigits, r.both, r.sameMonthDays, r.lastYearOf, r.monthFirst, r.periods,
	} {
		first, second, ok := try(a, b)
		if !ok {
			continue
		}
		if text := first + "/" + second; valid(text) {
			return text, true
		}
	}
	return "", false
}

func valid(text string) bool {
	_, err := scan(text)
	return err == nil
}

// both reads two complete dates.
func (r *reader) both(a, b string) (first, second string, ok bool) {
	if first, ok = r.unit(a); !ok {
		return "", "", false
	}
	second, ok = r.unit(b)
	return first, second, ok
}

// lastEra reads 49–44 BC.
func (r *reader) lastEra(a, b string) (first, second string, ok bool) {
	if !allDigits(a) || allDigits(b) {
		return "", "", false
	}
	lo, hi, ok := r.years(a + "–" + b)
	return yearText(lo), yearText(hi), ok
}

// lastDigits reads 1804–13.
func (r *reader) lastDigits(a, b string) (first, second string, ok bool) {
	if !allDigits(a) || !allDigits(b) || len(b) > 2 || len(a) < 3 || len(a) > 4 {
		return "", "", false
	}
	lo, _ := strconv.ParseInt(a, 10, 64)
	hi, _ := strconv.ParseInt(a[:len(a)-len(b)]+b, 10, 64)
	return yearText(lo), yearText(hi), hi > lo
}

// sameMonthDays reads 23–25 January 2006.
func (r *reader) sameMonthDays(a, b string) (first, second string, ok bool) {
	day := strings.TrimRight(r.g.bare(a), "stndrh")
	second, ok = r.unit(b)
	u, err := scanUnit(second, 0)
	if !ok || err != nil || !allDigits(day) || len(day) > 2 || u.parts() != 3 || u.doubt != [3]doubt{} {
		return "", "", false
	}
	u.day = pad(day)
	return u.text(), second, true
}

// lastYearOf reads January–April 2009, 18 August – 15 September 1951.
func (r *reader) lastYearOf(a, b string) (first, second string, ok bool) {
	m := r.g.days.lastYear.FindStringSubmatch(b)
	if m == nil {
		return "", "", false
	}
	return r.both(a+" "+m[1], b)
}

// monthFirst reads January 23–25, 2006.
func (r *reader) monthFirst(a, b string) (first, second string, ok bool) {
	m := r.g.days.monthDay.FindStringSubmatch(r.g.bare(a))
	y := r.g.days.dayYear.FindStringSubmatch(b)
	if m == nil || y == nil {
		return "", "", false
	}
	return r.both(m[1]+" "+m[2]+" "+y[2], m[1]+" "+b)
}
