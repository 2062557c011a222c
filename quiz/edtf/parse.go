package edtf

import "strings"

// maxInput is the maximum length of input for Parse, in bytes.
const maxInput = 200

// Parse parses strict EDTF. Errors are of type *SyntaxError and give the position.
// The result has canonical text.
func Parse(s string) (Date, error) {
	v, err := scan(s)
	if err != nil {
		err.Input = s
		return Date{}, err
	}
	return v.date(), nil
}

// MustParse is like Parse but panics on errors. Use it for texts known to be valid.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// newSyntaxError returns an error without the input, which Parse adds.
func newSyntaxError(offset int, reason string) *SyntaxError {
	return &SyntaxError{Offset: offset, Reason: reason}
}

// scan splits a whole EDTF text into its parts and checks it.
func scan(s string) (value, *SyntaxError) {
	switch {
	case s == "":
		return value{}, newSyntaxError(0, "there is no date")
	case len(s) > maxInput:
		return value{}, newSyntaxError(maxInput, "the date is too long")
	case s[0] == '[' || s[0] == '{':
		return scanSet(s)
	case strings.IndexByte(s, '/') >= 0:
		return scanInterval(s)
	}
	u, err := scanUnit(s, 0)
	return unitValue(u), err
}

func scanInterval(s string) (value, *SyntaxError) {
	slash := strings.IndexByte(s, '/')
	if second := strings.IndexByte(s[slash+1:], '/'); second >= 0 {
		return value{}, newSyntaxError(slash+1+second, "an interval has one slash")
	}
	a, err := scanEnd(s[:slash], 0)
	if err != nil {
		return value{}, err
	}
	b, err := scanEnd(s[slash+1:], slash+1)
	if err != nil {
		return value{}, err
	}
	sp := span{a, b}
	return value{interval, []span{sp}}, sp.check(slash + 1)
}

func scanEnd(s string, offset int) (side, *SyntaxError) {
	switch s {
	case "":
		return side{end: unknown}, nil
	case "..":
		return side{end: open}, nil
	}
	u, err := scanUnit(s, offset)
	return side{known, u}, err
}

// check rejects a span without a known side and one that ends before it starts.
func (s span) check(offset int) *SyntaxError {
	if s.a.end != known && s.b.end != known {
		return newSyntaxError(0, "one end at least must be known")
	}
	lo, _, _ := s.a.bound(false)
	hi, _, _ := s.b.bound(true)
	if lo > hi {
		return newSyntaxError(offset, "the end comes before the beginning")
	}
	return nil
}

func scanSet(s string) (value, *SyntaxError) {
	closing := byte(']')
	if s[0] == '{' {
		closing = '}'
	}
	if len(s) == 1 || s[len(s)-1] != closing {
		return value{}, newSyntaxError(len(s), "the set is not closed with "+string(closing))
	}
	v := value{form: valueForm(s[0])}
	offset := 1
	members := strings.Split(s[1:len(s)-1], ",")
	for i, text := range members {
		m, err := scanMember(text, offset)
		if err != nil {
			return value{}, err
		}
		if m.a.end == open && i > 0 {
			return value{}, newSyntaxError(offset, "only the first member may have an open beginning")
		}
		if m.b.end == open && i < len(members)-1 {
			return value{}, newSyntaxError(offset+len(text)-2, "only the last member may have an open end")
		}
		v.spans = append(v.spans, m)
		offset += len(text) + 1
	}
	return v, nil
}

func scanMember(s string, offset int) (span, *SyntaxError) {
	before, after, isRange := strings.Cut(s, "..")
	if !isRange {
		u, err := scanUnit(s, offset)
		return span{a: side{known, u}}, err
	}
	a, err := scanRim(before, offset)
	if err != nil {
		return span{}, err
	}
	behind := offset + len(before) + 2
	b, err := scanRim(after, behind)
	if err != nil {
		return span{}, err
	}
	m := span{a, b}
	if a.end != known && b.end != known {
		return span{}, newSyntaxError(offset, "one end at least must be known")
	}
	return m, m.check(behind)
}

// scanRim parses one side of a range in a set. An empty side means open.
func scanRim(s string, offset int) (side, *SyntaxError) {
	if s == "" {
		return side{end: open}, nil
	}
	u, err := scanUnit(s, offset)
	return side{known, u}, err
}
