package grading

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
)

// PartState is how one part of a typed date stands to the right one.
type PartState string

// The states.
const (
	PartRight   PartState = "right"
	PartMissing PartState = "missing"
	PartWrong   PartState = "wrong"
)

// DatePart is one part of a date: day, month, season, quarter, year, decade or
// century, or of a span from and to.
type DatePart struct {
	Name  string
	State PartState
}

// gradeTypedDate judges a typed date by how it lies to the right one. The same at
// the precision asked, or finer, is right. Coarser but true, or only one end of
// a span, is partly right; so is a year within the tolerance, and what the
// source's own doubt allows. Everything else is wrong.
func gradeTypedDate(q quiz.Question, given string) (Grade, error) {
	if matchesWording(q, given) {
		return Grade{Verdict: quiz.VerdictRight, Rating: fsrs.Good, Form: FormOf(q), Score: subtractConstantScore(1, q.Scale.Constant), Parts: compareParts(q.RightDate, q.RightDate)}, nil
	}
	d, err := parseTypedDate(given)
	if err != nil {
		return Grade{}, err
	}
	m := Grade{Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: FormOf(q), Parts: compareParts(q.RightDate, d)}
	credit := 0.0
	switch states := countStates(m.Parts); {
	case allAre(m.Parts, PartRight):
		m.Verdict, credit = quiz.VerdictRight, 1
	case !q.OtherDate.IsZero() && allAre(compareParts(q.OtherDate.Plain(), d), PartRight):
		m.Verdict, m.Parts, credit = quiz.VerdictRight, nil, 1
	case states[PartWrong] == 0 && isNarrow(d) && (coversDate(d, q.RightDate) || states[PartRight] > 0 && (isSpan(q.RightDate) || isWinter(q.RightDate, d))):
		m.Verdict, credit = quiz.VerdictPartly, float64(states[PartRight])/float64(len(m.Parts))
	default:
		if away, ok := isNear(q, d); ok {
			m.Verdict, m.YearsOff, credit = quiz.VerdictPartly, away, quiz.NearYearCredit
			m.Form = fsrs.NearForm(coveredShare(q, 1))
		}
	}
	m.Score = subtractConstantScore(credit, q.Scale.Constant)
	switch {
	case m.Verdict == quiz.VerdictRight:
		m.Rating = fsrs.Good
	case credit >= minHardShare:
		m.Rating = fsrs.Hard
	}
	return m, nil
}

// minHardShare is the share of a date that has to be known for it to count as
// remembered with trouble: of a day its year.
const minHardShare = 1.0 / 3

// matchesWording tells whether the text is the right date as Chronicle writes it in the
// deck's language.
func matchesWording(q quiz.Question, given string) bool {
	for _, one := range q.Accepted {
		if quiz.FoldName(one) == quiz.FoldName(given) {
			return true
		}
	}
	return false
}

// isNarrow tells whether a coarser date still says something: within a century
// or so.
func isNarrow(d edtf.Date) bool { return d.Hi()-d.Lo() < 37_000 }

// isNear tells whether a year lies within the tolerance, or a date within what
// the source's doubt allows, and how many years away it is.
func isNear(q quiz.Question, d edtf.Date) (away float64, ok bool) {
	if q.UncertainDate != q.UncertainDate.Plain() && d.Precision() <= q.RightDate.Precision() && allowedByDoubt(q.UncertainDate, d) {
		return 0, true
	}
	at, isYear := d.CoarsenTo(edtf.Year)
	if !isYear || q.RightDate.Precision() != edtf.Year {
		return 0, false
	}
	away = float64(yearOf(at.Lo()) - yearOf(q.RightDate.Lo()))
	return away, max(away, -away) <= q.Scale.Tolerance
}

// allowedByDoubt tells whether a date may be the one that the source doubts; of a span
// each end that is given.
func allowedByDoubt(doubt, d edtf.Date) bool {
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
	y, _, _ := edtf.CivilDate(day)
	return y
}

// noDate is a date that was not given.
var noDate edtf.Date

// compareParts holds a date beside the right one, part by part.
func compareParts(right, given edtf.Date) []DatePart {
	switch p := right.Precision(); {
	case right.IsZero():
		return nil
	case isSpan(right):
		return compareEnds(right, given)
	case p == edtf.Day:
		return compareUnits(right, given, edtf.Day, edtf.Month, edtf.Year)
	case p == edtf.Month, p == edtf.Season, p == edtf.Quarter:
		return compareUnits(right, given, p, edtf.Year)
	case p == edtf.Interval:
		return compareUnits(right, given, edtf.Century)
	default:
		return compareUnits(right, given, p)
	}
}

// isSpan tells whether a date has two ends; a century is said as one.
func isSpan(d edtf.Date) bool { return d.Precision() == edtf.Interval && d.Century() == 0 }

// isWinter tells whether a year is that of a season which reaches into the next.
func isWinter(right, given edtf.Date) bool {
	return right.Precision() == edtf.Season && given.Precision() == edtf.Year
}

// compareUnits compares the parts of a date, from the finest to the coarsest. What
// says the same days, or less than a unit of them, is right in all parts.
func compareUnits(right, given edtf.Date, parts ...edtf.Precision) []DatePart {
	out := make([]DatePart, len(parts))
	for i, p := range parts {
		out[i] = DatePart{p.String(), compareUnit(right, given, p)}
		if coversDate(right, given) {
			out[i].State = PartRight
		}
	}
	return out
}

// coversDate tells whether one date has all days of another. A century has them by
// either way of counting it.
func coversDate(whole, part edtf.Date) bool {
	if whole.IsZero() || part.IsZero() {
		return false
	}
	n := whole.Century()
	if n != 0 && n == part.Century() {
		return true
	}
	if n > 1 {
		return isWithin(part, 100*n-100, 100*n-1) || isWithin(part, 100*n-99, 100*n)
	}
	return whole.Lo() <= part.Lo() && part.Hi() <= whole.Hi()
}

func isWithin(d edtf.Date, first, last int64) bool {
	return edtf.DayNumber(first, 1, 1) <= d.Lo() && d.Hi() <= edtf.DayNumber(last, 12, 31)
}

// compareUnit compares one part alone: the month of 25 October 1812 is that of
// 24 October 1813. What is not said is missing, unless what is said excludes it.
func compareUnit(right, given edtf.Date, p edtf.Precision) PartState {
	if given.IsZero() {
		return PartMissing
	}
	at, ok := given.CoarsenTo(p)
	switch {
	case p == edtf.Season && given.Precision() != edtf.Season: // no month tells a season in both hemispheres
		return missingIf(leavesOpen(right, given, p))
	case p == edtf.Year && right.Precision() == edtf.Season && given.Precision() == edtf.Season:
		return rightIf(right.String()[:len(right.String())-3] == given.String()[:len(given.String())-3]) // winters have two years
	case ok && p == edtf.Year:
		return rightIf(yearOf(at.Lo()) == yearOf(right.Lo()))
	case ok && p > edtf.Year:
		return rightIf(at.Lo() == right.Lo() && at.Hi() == right.Hi())
	case ok:
		return rightIf(unitText(at, p) == unitText(right, p))
	case p >= edtf.Year:
		return missingIf(coversDate(given, right))
	}
	return missingIf(leavesOpen(right, given, p))
}

// leavesOpen tells whether a date that is finer than a year, or than a month, leaves
// open that the month, or the day, is the right one; whatever its year.
func leavesOpen(right, given edtf.Date, p edtf.Precision) bool {
	_, month, day := edtf.CivilDate(right.Lo())
	_, last, _ := edtf.CivilDate(right.Hi())
	_, from, fromDay := edtf.CivilDate(given.Lo())
	_, to, toDay := edtf.CivilDate(given.Hi())
	if p == edtf.Day {
		_, oneMonth := given.CoarsenTo(edtf.Month)
		return !oneMonth || fromDay <= day && day <= toDay
	}
	_, oneYear := given.CoarsenTo(edtf.Year)
	return !oneYear || from <= last && month <= to
}

// unitText is a part as a number or name of its own, without what is coarser.
func unitText(d edtf.Date, p edtf.Precision) string {
	_, month, day := edtf.CivilDate(d.Lo())
	switch p {
	case edtf.Day:
		return strconv.Itoa(day)
	case edtf.Month:
		return strconv.Itoa(month)
	}
	text := d.String()
	return text[len(text)-2:] // season and quarter
}

// compareEnds compares the ends of a span.
func compareEnds(right, given edtf.Date) []DatePart {
	from, _ := right.Start()
	to, _ := right.End()
	parts := []DatePart{{"from", PartMissing}, {"to", PartMissing}}
	a, both := given.Start()
	switch {
	case given.IsZero():
	case edtf.Compare(given, right) == edtf.Same:
		parts[0].State, parts[1].State = PartRight, PartRight
	case both && given.Century() == 0:
		b, _ := given.End()
		parts[0].State, parts[1].State = compareEnd(from, a), compareEnd(to, b)
	case coversDate(given, right):
	case compareEnd(from, given) == PartRight:
		parts[0].State = PartRight
	case compareEnd(to, given) == PartRight:
		parts[1].State = PartRight
	default:
		parts[0].State = PartWrong
	}
	return parts
}

func compareEnd(right, given edtf.Date) PartState {
	if coversDate(right, given) {
		return PartRight
	}
	return missingIf(coversDate(given, right))
}

func rightIf(is bool) PartState {
	if is {
		return PartRight
	}
	return PartWrong
}

func missingIf(is bool) PartState {
	if is {
		return PartMissing
	}
	return PartWrong
}

func countStates(parts []DatePart) map[PartState]int {
	n := map[PartState]int{}
	for _, p := range parts {
		n[p.State]++
	}
	return n
}

func allAre(parts []DatePart, s PartState) bool {
	return len(parts) > 0 && countStates(parts)[s] == len(parts)
}
