package views

import (
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/recall"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Progress is what practice came to so far, and what it is going to ask.
type Progress struct {
	Frame
	Facts       int     // met so far
	Aside       bool    // all of them is put aside
	Recall      float64 // share of them remembered today
	Line        []FactRow
	First, Last int64 // years
	Periods     []Period
	Named       bool // periods are of several decks, which they name
	All         recall.Share
	Times       []recall.Time
	Monthly     bool // times are months, not weeks
	Forms       []recall.Form
	Bins        []recall.Bin
	Ahead       []kit.Bar
	Calendar    []kit.Square
	Days        int        // with practice, of the half year
	Answers     int        // in the half year
	Practised   []quiz.Day // of the half year, the last first
	Spent       recall.Spent
	Slips       []Slip
	Mixed       []Mixed
	Trial       quiz.Trial // weights that were learned last from the person's answers
	Cal         quiz.Calendar
}

// weights says what was learned of how the person's memory fades.
func (s Progress) weights() string {
	key := "progress.weights.not"
	if s.Trial.Better {
		key = "progress.weights.taken"
	}
	loss := func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
	return s.T(key, "N", s.Trial.Items, "Day", s.Cal.Date(s.Cal.Day(s.Trial.At)).Format(time.DateOnly),
		"Loss", loss(s.Trial.Loss), "Before", loss(s.Trial.Before))
}

// Period is a part of the line that can be practised.
type Period struct {
	recall.Period
	Deck, Title string
}

// Slip is a fact that was wrong more often than expected.
type Slip struct {
	recall.Slip
	Deck *quiz.Deck
	Fact quiz.Fact
	With []quiz.Fact // what it was taken for
}

// Mixed is a fact that was taken for another.
type Mixed struct {
	Deck       *quiz.Deck
	Fact, With quiz.Fact
	N          int
	Told       bool // the deck proves a question that tells them apart
}

// Title names the page.
func (s Progress) Title() string { return s.T("progress.title") }

// Part shows it.
func (s Progress) Part() templ.Component { return progress(s) }

// enough tells whether there is enough to be drawn; of fewer answers a chart would
// tell of chance.
func (s Progress) enough() bool { return s.All.N >= recall.Least }

// agrees says whether memory was expected rightly.
func (s Progress) agrees() string {
	low, high := s.All.Interval()
	switch e := s.All.Expected(); {
	case e < low:
		return s.T("progress.better")
	case e > high:
		return s.T("progress.worse")
	}
	return s.T("progress.agrees")
}

func (f Frame) share(v float64) string { return f.T("percent", "N", percent(v)) }

// whole writes whole percent on an axis.
func (f Frame) whole(n int) string { return f.T("percent", "N", n) }

// ranged is a share with the range in which it lies.
func (f Frame) ranged(s recall.Share) string {
	low, high := s.Interval()
	return f.T("progress.range", "Share", percent(s.Rate()), "Low", percent(low), "High", percent(high))
}

func shareOf(s recall.Share, label string) kit.Share {
	low, high := s.Interval()
	return kit.Share{Label: label, Share: s.Rate(), Low: low, High: high, Beside: s.Expected(), N: s.N}
}

// Day is a day, by its number, as people write it.
func (f Frame) Day(day int64) string {
	d, err := edtf.Parse(time.Unix(day*86400, 0).UTC().Format(time.DateOnly))
	if err != nil {
		return ""
	}
	return f.Date(d)
}

// time names a week or a month.
func (s Progress) time(t recall.Time) string {
	if !s.Monthly {
		return s.Day(t.Day)
	}
	d, err := edtf.Parse(time.Unix(t.Day*86400, 0).UTC().Format("2006-01"))
	if err != nil {
		return ""
	}
	return s.Date(d)
}

func (s Progress) timeHead() string {
	if s.Monthly {
		return s.T("progress.month")
	}
	return s.T("progress.week")
}

// times are named at both ends, where there is room for a date.
func (s Progress) times() []kit.Share {
	var out []kit.Share
	for i, t := range s.Times {
		label := ""
		if i == 0 || i == len(s.Times)-1 {
			label = s.time(t)
		}
		out = append(out, shareOf(t.Share, label))
	}
	return out
}

func (s Progress) timesTable() kit.Table {
	t := s.table("progress.held", s.timeHead())
	for _, one := range s.Times {
		if one.N == 0 {
			continue
		}
		t.Rows = append(t.Rows, s.row(s.time(one), one.Share))
	}
	return t
}

func (s Progress) table(caption, first string) kit.Table {
	return kit.Table{
		Open: s.T("progress.table"), Caption: s.T(caption),
		Heads: []string{first, s.T("progress.n"), s.T("progress.right"), s.T("progress.expected")},
	}
}

func (s Progress) row(name string, one recall.Share) []string {
	return []string{name, strconv.Itoa(one.N), s.ranged(one), s.share(one.Expected())}
}

func (s Progress) bins() []kit.Share {
	var out []kit.Share
	for _, b := range s.Bins {
		out = append(out, shareOf(b.Share, ""))
	}
	return out
}

func (s Progress) binsTable() kit.Table {
	t := s.table("progress.calibration", s.T("progress.bin"))
	for _, b := range s.Bins {
		name := s.T("progress.bin.range", "From", percent(b.From), "To", percent(b.To))
		t.Rows = append(t.Rows, s.row(name, b.Share))
	}
	return t
}

func (s Progress) aheadTable() kit.Table {
	t := kit.Table{Open: s.T("progress.table"), Caption: s.T("progress.ahead"), Heads: []string{s.T("today.day"), s.T("today.cards")}}
	for _, b := range s.Ahead {
		t.Rows = append(t.Rows, []string{b.Name, strconv.Itoa(b.Value)})
	}
	return t
}

func (s Progress) daysTable() kit.Table {
	t := kit.Table{
		Open: s.T("progress.table"), Caption: s.T("today.half-year"),
		Heads: []string{s.T("today.day"), s.T("progress.n"), s.T("progress.right"), s.T("progress.time")},
	}
	for _, d := range s.Practised {
		t.Rows = append(t.Rows, []string{
			s.Cal.Date(d.Day).Format(time.DateOnly), strconv.Itoa(d.Answers), strconv.Itoa(d.Correct), s.took(d.Took),
		})
	}
	return t
}

// load is how many cards the coming days ask.
func (s Progress) load() int {
	n := 0
	for _, b := range s.Ahead {
		n += b.Value
	}
	return n
}

// span names a period.
func (s Progress) span(p Period) string { return s.years(p.From, p.To) }

// took writes a time as people tell it.
func (f Frame) took(d time.Duration) string {
	switch m := int(d.Round(time.Minute) / time.Minute); {
	case d == 0:
		return f.T("progress.unmeasured")
	case d < time.Minute:
		return f.T("progress.seconds", "N", max(1, int(d.Round(time.Second)/time.Second)))
	case m < 60:
		return f.T("progress.minutes", "N", m)
	default:
		return f.T("progress.hours", "Hours", m/60, "Minutes", m%60)
	}
}

// slipped says how often a card was wrong, and how often that was expected.
func (s Progress) slipped(one Slip) string {
	expected := strconv.FormatFloat(one.ExpectedWrong(), 'f', 1, 64)
	return s.N("progress.slip", one.N, "Wrong", one.Wrong(), "Expected", expected, "Facet", s.T("facet."+one.Facet.String()))
}

func (f Frame) named(fact quiz.Fact) string {
	return f.T("progress.fact", "Label", fact.Label, "Date", f.Date(fact.Date))
}

// others names what a fact was taken for.
func (s Progress) others(facts []quiz.Fact) string {
	out := ""
	for i, f := range facts {
		if i > 0 {
			out += "; "
		}
		out += s.named(f)
	}
	return out
}
