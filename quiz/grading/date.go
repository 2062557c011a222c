package grading

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
)

// PartState is how one part of a typed date compares to the right date.
type PartState string

// The states.
const (
	PartRight   PartState = "right"
	PartMissing PartState = "missing"
	PartWrong   PartState = "wrong"
)

// DatePart is one part of a date: day, month, season, quarter, year, decade or century;
// or from and to of a span.
type DatePart struct {
	Name  string
	State PartState
}

// gradeTypedDate grades a typed date by comparing it to the right one. A date that is
// the same at the precision asked, or finer, is right. One that is coarser but true, or
// only one end of a span, is partly right; so is a year within the tolerance, or a date
// that the source's uncertainty allows. Everything else is wrong.
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

// minHardShare is the share of a date that must be right for the rating Hard instead of
// Again: for a day, its year.
const minHardShare = 1.0 / 3

// matchesWording reports whether the text is the right date as Chronicle writes it in
// the deck's language.
func matchesWording(q quiz.Question, given string) bool {
	for _, one := range q.Accepted {
		if quiz.FoldName(one) == quiz.FoldName(given) {
			return true
		}
	}
	return false
}

// isNarrow reports whether a coarser date is still specific: it spans about a century at
// most.
func isNarrow(d edtf.Date) bool { return d.Hi()-d.Lo() < 37_000 }

// isNear reports whether a year is within the tolerance, or a date within the source's
// uncertainty, and how many years away it is.
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

// allowedByDoubt reports whether a date is possible given the source's uncertainty; for
// a span, each end that is given.
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

// compareParts compares a date to the right one, part by part.
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

// isSpan reports whether a date has two ends. A century counts as one unit.
func isSpan(d edtf.Date) bool { return d.Precision() == edtf.Interval && d.Century() == 0 }

// isWinter reports whether right is a season and given a year: a winter extends into the
// next year.
func isWinter(right, given edtf.Date) bool {
	return right.Precision() == edtf.Season && given.Precision() == edtf.Year
}

// compareUnits compares the given parts of two dates. If the given date is the same as
// the right one or within it, all parts are right.
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

// coversDate reports whether one date includes all days of another. A century may be
// counted from its year 0 or 1.
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

// compareUnit compares one part alone: the month of 25 October 1812 is that of 24
// October 1813. A part that is not given is missing, unless what is given rules it out.
func compareUnit(right, given edtf.Date, p edtf.Precision) PartState {
	if given.IsZero() {
		return PartMissing
	}
	at, ok := given.CoarsenTo(p)
	switch {
	case p == edtf.Season && given.Precision() != edtf.Season: // a month does not determine the season in both hemispheres
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

// leavesOpen reports whether a given date that does not contain a month (or day) is
// consistent with the right month (or day), whatever its year.
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

// unitText returns one part of a date as a number or name, without the coarser parts.
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
