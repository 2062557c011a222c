package edtf

import (
	"strconv"
	"strings"
)

// scanYear parses a year with sign, masks, exponent and significant digits and
// returns its canonical text.
func (c *scanner) scanYear() (string, *SyntaxError) {
	if c.accept('Y') {
		return c.scanLongYear()
	}
	sign := ""
	if c.accept('-') {
		sign = "-"
	}
	start := c.pos
	for c.pos < start+4 {
		if b := c.peek(); b != 'X' && (b < '0' || b > '9') {
			return "", c.fail("a year has four digits, X for each that is not known")
		}
		c.pos++
	}
	digits := c.s[start:c.pos]
	if sign != "" && digits == "0000" {
		c.pos = start
		return "", c.fail("the year 0 has no sign")
	}
	return c.scanSignificant(sign+digits, digits)
}

// scanLongYear parses what follows Y.
func (c *scanner) scanLongYear() (string, *SyntaxError) {
	start := c.pos
	c.accept('-')
	digits, err := c.scanNumber("Y is followed by a year")
	if err != nil {
		return "", err
	}
	if c.accept('E') {
		power, err := c.scanNumber("E is followed by the number of zeros")
		if err != nil {
			return "", err
		}
		zeros, _ := strconv.Atoi(power[:min(len(power), 3)])
		digits += strings.Repeat("0", min(zeros, 20))
	}
	year, bad := strconv.ParseInt(digits, 10, 64)
	if bad != nil || year > maxYear {
		c.pos = start
		return "", c.fail("the year is too far away")
	}
	if year <= 9999 || digits[0] == '0' {
		c.pos = start
		return "", c.fail("Y is for years of more than four digits")
	}
	text := "Y" + digits
	if c.s[start] == '-' {
		text = "Y-" + digits
	}
	return c.scanSignificant(text, digits)
}

// scanSignificant parses S and the number of significant digits, if present.
func (c *scanner) scanSignificant(text, digits string) (string, *SyntaxError) {
	if c.peek() != 'S' {
		return text, nil
	}
	c.pos++
	start := c.pos
	count, err := c.scanNumber("S is followed by the number of digits that count")
	if err != nil {
		return "", err
	}
	n, bad := strconv.Atoi(count)
	switch {
	case masked(digits):
		c.pos = start - 1
		return "", c.fail("a masked year has no significant digits")
	case bad != nil || n < 1 || n > len(digits):
		c.pos = start
		return "", c.fail("the year has not so many digits")
	case n == len(digits):
		return text, nil // all digits are significant, so the year is not rounded
	}
	return text + "S" + strconv.Itoa(n), nil
}

func (c *scanner) scanNumber(expected string) (string, *SyntaxError) {
	start := c.pos
	for b := c.peek(); b >= '0' && b <= '9'; b = c.peek() {
		c.pos++
	}
	if c.pos == start {
		return "", c.fail(expected)
	}
	return c.s[start:c.pos], nil
}
