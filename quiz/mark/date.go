package mark

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
)

// State is how one part of a typed date stands to the right one.
type State string

// The states.
const (
	PartRight   State = "right"
	PartMissing State = "missing"
	PartWrong   State = "wrong"
)

// Part is one part of a date: day, month, season, quarter, year, decade or
// century, or of a span from and to.
type Part struct {
	Name  string
	State State
}

// typedDate judges a typed date by how it lies to the right one. The same at
// the precision asked, or finer, is right. Coarser but true, or only one end of
// a span, is partly right; so is a year within the tolerance, and what the
// source's own doubt allows. Everything else is wrong.
func typedDate(q quiz.Question, given string) (Mark, error) {
	if said(q, given) {
		return Mark{Verdict: quiz.Right, Rating: fsrs.Good, Form: Form(q), Score: corrected(1, q.Scale.Constant), Parts: partsOf(q.Right, q.Right)}, nil
	}
	d, err := readDate(given)
	if err != nil {
		return Mark{}, err
	}
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q), Parts: partsOf(q.Right, d)}
	credit := 0.0
	switch states := count(m.Parts); {
	case all(m.Parts, PartRight):
		m.Verdict, credit = quiz.Right, 1
	case !q.Also.IsZero() && all(partsOf(q.Also.Plain(), d), PartRight):
		m.Verdict, m.Parts, credit = quiz.Right, nil, 1
	case states[PartWrong] == 0 && narrow(d) && (covers(d, q.Right) || states[PartRight] > 0 && (isSpan(q.Right) || isWinter(q.Right, d))):
		m.Verdict, credit = quiz.Partly, float64(states[PartRight])/float64(len(m.Parts))
	default:
		if away, ok := near(q, d); ok {
			m.Verdict, m.Away, credit = quiz.Partly, away, quiz.NearYear
			m.Form = fsrs.Near(covered(q, 1))
		}
	}
	m.Score = corrected(credit, q.Scale.Constant)
	switch {
	case m.Verdict == quiz.Right:
		m.Rating = fsrs.Good
	case credit >= leastHard:
		m.Rating = fsrs.Hard
	}
	return m, nil
}

// leastHard is the share of a date that has to be known for it to count as
// remembered with trouble: of a day its year.
const leastHard = 1.0 / 3

// said tells whether the text is the right date as Chronicle writes it in the
// deck's language.
func said(q quiz.Question, given string) bool {
	for _, one := range q.Accepted {
		if quiz.Fold(one) == quiz.Fold(given) {
			return true
		}
	}
	return false
}

// narrow tells whether a coarser date still says something: within a century
// or so.
func narrow(d edtf.Date) bool { return d.Hi()-d.Lo() < 37_000 }

// near tells whether a year lies within the tolerance, or a date within what
// the source's doubt allows, and how many years away it is.
func near(q quiz.Question, d edtf.Date) (away float64, ok bool) {
	if q.Doubt != q.Doubt.Plain() && d.Precision() <= q.Right.Precision() && mayBe(q.Doubt, d) {
		return 0, true
	}
	at, isYear := d.At(edtf.Year)
	if !isYear || q.Right.Precision() != edtf.Year {
		return 0, false
	}
	away = float64(yearOf(at.Lo()) - yearOf(q.Right.Lo()))
	return away, max(away, -away) <= q.Scale.Tolerance
}

// mayBe tells whether a date may be the one that the source doubts; of a span
// each end that is given.
func mayBe(doubt, d edtf.Date) bool {
	from, isSpan := doubt.Start()
	if !isSpan {
		return !edtf.Disjoint(d, doubt)
	}
	to, _ := doubt.End()
	a, both := d.Start()
	if !both {
		return !edtf.Disjoint(d, from) || !edtf.Disjoint(d, to)
	}
	b, _ := d.End()
	return !edtf.Disjoint(a, from) && !edtf.Disjoint(b, to)
}

func yearOf(day int64) int64 {
	y, _, _ := edtf.Civil(day)
	return y
}

// nothing is a date that was not given.
var nothing edtf.Date

// partsOf holds a date beside the right one, part by part.
func partsOf(right, given edtf.Date) []Part {
	switch p := right.Precision(); {
	case right.IsZero():
		return nil
	case isSpan(right):
		return endsOf(right, given)
	case p == edtf.Day:
		return units(right, given, edtf.Day, edtf.Month, edtf.Year)
	case p == edtf.Month, p == edtf.Season, p == edtf.Quarter:
		return units(right, given, p, edtf.Year)
	case p == edtf.Interval:
		return units(right, given, edtf.Century)
	default:
		return units(right, given, p)
	}
}

// isSpan tells whether a date has two ends; a century is said as one.
func isSpan(d edtf.Date) bool { return d.Precision() == edtf.Interval && d.Century() == 0 }

// isWinter tells whether a year is that of a season which reaches into the next.
func isWinter(right, given edtf.Date) bool {
	return right.Precision() == edtf.Season && given.Precision() == edtf.Year
}

// units compares the parts of a date, from the finest to the coarsest. What
// says the same days, or less than a unit of them, is right in all parts.
func units(right, given edtf.Date, parts ...edtf.Precision) []Part {
	out := make([]Part, len(parts))
	for i, p := range parts {
		out[i] = Part{p.String(), component(right, given, p)}
		if covers(right, given) {
			out[i].State = PartRight
		}
	}
	return out
}

// covers tells whether one date has all days of another. A century has them by
// either way of counting it.
func covers(whole, part edtf.Date) bool {
	if whole.IsZero() || part.IsZero() {
		return false
	}
	n := whole.Century()
	if n != 0 && n == part.Century() {
		return true
	}
	if n > 1 {
		return within(part, 100*n-100, 100*n-1) || within(part, 100*n-99, 100*n)
	}
	return whole.Lo() <= part.Lo() && part.Hi() <= whole.Hi()
}

func within(d edtf.Date, first, last int64) bool {
	return edtf.DayNumber(first, 1, 1) <= d.Lo() && d.Hi() <= edtf.DayNumber(last, 12, 31)
}

// component compares one part alone: the month of 25 October 1812 is that of
// 24 October 1813. What is not said is missing, unless what is said excludes it.
func component(right, given edtf.Date, p edtf.Precision) State {
	if given.IsZero() {
		return PartMissing
	}
	at, ok := given.At(p)
	switch {
	case p == edtf.Season && given.Precision() != edtf.Season: // no month tells a season in both hemispheres
		return missingIf(meets(right, given, p))
	case p == edtf.Year && right.Precision() == edtf.Season && given.Precision() == edtf.Season:
		return same(right.String()[:len(right.String())-3] == given.String()[:len(given.String())-3]) // winters have two years
	case ok && p == edtf.Year:
		return same(yearOf(at.Lo()) == yearOf(right.Lo()))
	case ok && p > edtf.Year:
		return same(at.Lo() == right.Lo() && at.Hi() == right.Hi())
	case ok:
		return same(number(at, p) == number(right, p))
	case p >= edtf.Year:
		return missingIf(covers(given, right))
	}
	return missingIf(meets(right, given, p))
}

// meets tells whether a date that is finer than a year, or than a month, leaves
// open that the month, or the day, is the right one; whatever its year.
func meets(right, given edtf.Date, p edtf.Precision) bool {
	_, month, day := edtf.Civil(right.Lo())
	_, last, _ := edtf.Civil(right.Hi())
	_, from, fromDay := edtf.Civil(given.Lo())
	_, to, toDay := edtf.Civil(given.Hi())
	if p == edtf.Day {
		_, oneMonth := given.At(edtf.Month)
		return !oneMonth || fromDay <= day && day <= toDay
	}
	_, oneYear := given.At(edtf.Year)
	return !oneYear || from <= last && month <= to
}

// number is a part as a number or name of its own, without what is coarser.
func number(d edtf.Date, p edtf.Precision) string {
	_, month, day := edtf.Civil(d.Lo())
	switch p {
	case edtf.Day:
		return strconv.Itoa(day)
	case edtf.Month:
		return strconv.Itoa(month)
	}
	text := d.String()
	return text[len(text)-2:] // season and quarter
}

// endsOf compares the ends of a span.
func endsOf(right, given edtf.Date) []Part {
	from, _ := right.Start()
	to, _ := right.End()
	parts := []Part{{"from", PartMissing}, {"to", PartMissing}}
	a, both := given.Start()
	switch {
	case given.IsZero():
	case edtf.Compare(given, right) == edtf.Same:
		parts[0].State, parts[1].State = PartRight, PartRight
	case both && given.Century() == 0:
		b, _ := given.End()
		parts[0].State, parts[1].State = end(from, a), end(to, b)
	case covers(given, right):
	case end(from, given) == PartRight:
		parts[0].State = PartRight
	case end(to, given) == PartRight:
		parts[1].State = PartRight
	default:
		parts[0].State = PartWrong
	}
	return parts
}

func end(right, given edtf.Date) State {
	if covers(right, given) {
		return PartRight
	}
	return missingIf(covers(given, right))
}

func same(is bool) State {
	if is {
		return PartRight
	}
	return PartWrong
}

func missingIf(is bool) State {
	if is {
		return PartMissing
	}
	return PartWrong
}

func count(parts []Part) map[State]int {
	n := map[State]int{}
	for _, p := range parts {
		n[p.State]++
	}
	return n
}

func all(parts []Part, s State) bool { return len(parts) > 0 && count(parts)[s] == len(parts) }
