package edtf

import (
	"fmt"
	"strconv"
	"strings"
)

// scanner parses one unit from left to right.
type scanner struct {
	s      string
	pos    int
	offset int // position of s in the whole input
}

func (c *scanner) fail(reason string) *SyntaxError { return newSyntaxError(c.offset+c.pos, reason) }

func (c *scanner) peek() byte {
	if c.pos < len(c.s) {
		return c.s[c.pos]
	}
	return 0
}

func (c *scanner) accept(b byte) bool {
	if c.pos < len(c.s) && c.s[c.pos] == b {
		c.pos++
		return true
	}
	return false
}

// qualifier parses a qualifier if there is one.
func (c *scanner) qualifier() qualifier {
	q := qualifierOf(c.peek())
	if q != 0 {
		c.pos++
	}
	return q
}

// scanUnit parses a year, a year and month, or a year, month and day.
func scanUnit(s string, offset int) (unit, *SyntaxError) {
	c := &scanner{s: s, offset: offset}
	var u unit
	for part := range 3 {
		if part > 0 && !c.accept('-') {
			break
		}
		if err := c.scanPart(&u, part); err != nil {
			return unit{}, err
		}
		if c.pos == len(c.s) {
			break
		}
	}
	if c.pos < len(c.s) {
		return unit{}, c.fail(c.describeSurplus())
	}
	if _, _, ok := u.bounds(); !ok {
		c.pos = strings.LastIndexByte(s, '-') + 1
		return unit{}, c.fail("there is no such day")
	}
	return u, nil
}

// scanPart parses one part with the qualifiers before and after it. A qualifier
// after a part applies to everything to its left.
func (c *scanner) scanPart(u *unit, part int) (err *SyntaxError) {
	before := c.qualifier()
	switch part {
	case 0:
		u.year, err = c.scanYear()
	case 1:
		if long := strings.TrimLeft(u.year, "-"); len(long) > 4 {
			return c.fail("a long or rounded year has no months")
		}
		u.month, err = c.scanMonth()
	default:
		if u.isSeason() || u.isQuarter() {
			return c.fail("a season or quarter has no days")
		}
		u.day, err = c.twoDigits("a day", 1, 31)
	}
	if err != nil {
		return err
	}
	u.qualifiers[part] |= before
	behind := c.qualifier()
	for i := range part + 1 {
		u.qualifiers[i] |= behind
	}
	return nil
}

// describeSurplus explains what follows a complete unit.
func (c *scanner) describeSurplus() string {
	switch b := c.peek(); {
	case b == 'T' || b == ' ':
		return "a time of day is not kept"
	case qualifierOf(b) != 0:
		return "one mark of doubt is enough (% is both ? and ~)"
	case b >= '0' && b <= '9' && c.pos == 4:
		return "a year has four digits; a longer one begins with Y"
	}
	return fmt.Sprintf("the date should end before %q", c.s[c.pos:])
}

func (c *scanner) scanMonth() (string, *SyntaxError) {
	start := c.pos
	text, err := c.twoDigits("a month", 1, 36)
	if err != nil {
		return "", err
	}
	n, bad := strconv.Atoi(text)
	if bad == nil && n > 12 && (n < 21 || n > 24) && n < 33 {
		c.pos = start
		return "", c.fail("a month is 01 to 12, a season 21 to 24, a quarter 33 to 36")
	}
	return text, nil
}

// twoDigits parses a two-digit number, possibly with masked digits.
func (c *scanner) twoDigits(what string, low, high int) (string, *SyntaxError) {
	start := c.pos
	for c.pos < start+2 {
		if b := c.peek(); b != 'X' && (b < '0' || b > '9') {
			return "", c.fail(what + " has two digits, X for each that is not known")
		}
		c.pos++
	}
	text := c.s[start:c.pos]
	if n, err := strconv.Atoi(text); err == nil && (n < low || n > high) {
		c.pos = start
		return "", c.fail(fmt.Sprintf("%s is %02d to %02d", what, low, high))
	}
	return text, nil
}
