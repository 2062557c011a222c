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
	d, err := readDate(given)
	if err != nil {
		return Mark{}, err
	}
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q), Parts: partsOf(q.Right, d)}
	credit := 0.0
	switch states := count(m.Parts); {
	case states[PartRight] == len(m.Parts), !q.Also.IsZero() && all(partsOf(q.Also.Plain(), d), PartRight), said(q, given):
		m.Verdict, credit = quiz.Right, 1
		if !all(m.Parts, PartRight) {
			m.Parts = nil // the other date of a dispute
		}
	case states[PartWrong] == 0 && narrow(d):
		m.Verdict, credit = quiz.Partly, float64(states[PartRight])/float64(len(m.Parts))
	default:
		if away, ok := near(q, d); ok {
			m.Verdict, m.Away, credit = quiz.Partly, away, 0.5
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
		if quiz.Plain(one) == quiz.Plain(given) {
			return true
		}
	}
	return false
}

// narrow tells whether a coarser date still says something: within a century
// or so.
func narrow(d edtf.Date) bool { return d.Hi()-d.Lo() < 36_600 }

// near tells whether a year lies within the tolerance, or a date within what
// the source's doubt allows, and how many years away it is.
func near(q quiz.Question, d edtf.Date) (away float64, ok bool) {
	if d.Precision() <= q.Right.Precision() && q.Doubt != q.Doubt.Plain() && !edtf.Disjoint(d, q.Doubt) {
		return 0, true
	}
	at, isYear := d.At(edtf.Year)
	if !isYear || q.Right.Precision() != edtf.Year {
		return 0, false
	}
	away = float64(yearOf(at.Lo()) - yearOf(q.Right.Lo()))
	return away, max(away, -away) <= q.Scale.Tolerance
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
	case p == edtf.Interval && century(right) == 0:
		return endsOf(right, given)
	case p == edtf.Day:
		return units(right, given, edtf.Day, edtf.Month, edtf.Year)
	case p == edtf.Month, p == edtf.Season, p == edtf.Quarter:
		return units(right, given, p, edtf.Year)
	case p == edtf.Interval:
		return []Part{{edtf.Century.String(), unit(right, given)}}
	default:
		return []Part{{p.String(), unit(right, given)}}
	}
}

// units compares the parts of a date, from the finest to the coarsest.
func units(right, given edtf.Date, parts ...edtf.Precision) []Part {
	out := make([]Part, len(parts))
	for i, p := range parts {
		out[i] = Part{p.String(), component(right, given, p)}
	}
	return out
}

// component compares one part alone: the month of 25 October 1812 is that of
// 24 October 1813.
func component(right, given edtf.Date, p edtf.Precision) State {
	switch {
	case given.IsZero():
		return PartMissing
	case p == edtf.Year:
		at, ok := given.At(edtf.Year)
		if p := right.Precision(); p == edtf.Season && given.Precision() == edtf.Season {
			return same(right.String()[:len(right.String())-3] == given.String()[:len(given.String())-3]) // winters have two years
		}
		if !ok {
			return missingIf(given.Lo() <= right.Lo() && right.Hi() <= given.Hi())
		}
		return same(yearOf(at.Lo()) == yearOf(right.Lo()))
	}
	at, ok := given.At(p)
	if p == edtf.Season && given.Precision() != edtf.Season {
		ok = false // no month tells a season in both hemispheres
	}
	if !ok {
		// Nothing is said of this part: it is missing, unless what is said excludes it.
		coarser, has := given.At(edtf.Year)
		if has && p == edtf.Day {
			if month, has := given.At(edtf.Month); has {
				coarser = month
			}
		}
		return missingIf(!has || coarser == given || given.Lo() <= right.Hi() && right.Lo() <= given.Hi())
	}
	return same(number(at, p) == number(right, p))
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

// unit compares a date that has one part only.
func unit(right, given edtf.Date) State {
	if given.IsZero() {
		return PartMissing
	}
	if at, ok := given.At(right.Precision()); ok && at == right || edtf.Compare(given, right) == edtf.Same {
		return PartRight
	}
	if n := century(right); n != 0 && (n == century(given) || right.Precision() == edtf.Interval && given.Lo() >= right.Lo() && given.Hi() <= right.Hi()) {
		return PartRight
	}
	return missingIf(given.Lo() <= right.Lo() && right.Hi() <= given.Hi())
}

// century is the number of the century that a date names, whether it is counted
// from its year 0 or, as people do, from its year 1; 0 for every other date.
func century(d edtf.Date) int64 {
	first, last := yearOf(d.Lo()), yearOf(d.Hi())
	whole := d.Lo() == edtf.DayNumber(first, 1, 1) && d.Hi() == edtf.DayNumber(last, 12, 31) && last-first == 99
	switch {
	case !whole:
		return 0
	case first > 0 && first%100 == 1, first > 0 && first%100 == 0:
		return first/100 + 1
	case first < 0 && (-last)%100 == 0, first < 0 && (-last-1)%100 == 0:
		return -(-last+99)/100 - 1
	}
	return 0
}

// endsOf compares the ends of a span.
func endsOf(right, given edtf.Date) []Part {
	from, _ := right.Start()
	to, _ := right.End()
	parts := []Part{{"from", PartMissing}, {"to", PartMissing}}
	if a, ok := given.Start(); ok {
		b, _ := given.End()
		parts[0].State, parts[1].State = end(from, a), end(to, b)
		return parts
	}
	switch {
	case given.IsZero(), given.Lo() <= right.Lo() && right.Hi() <= given.Hi():
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
	if at, ok := given.At(right.Precision()); ok && at == right || edtf.Compare(given, right) == edtf.Same {
		return PartRight
	}
	return missingIf(given.Lo() <= right.Lo() && right.Hi() <= given.Hi())
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
