package views

import (
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/stats"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// ProgressScreen shows past practice and the forecast of due cards.
type ProgressScreen struct {
	Frame
	Facts           int     // started so far
	AllSuspended    bool    // all of them are suspended
	Recall          float64 // mean recall today
	Timeline        []FactRow
	First, Last     int64 // years
	Periods         []PracticePeriod
	NamesDecks      bool // periods are of several decks and name them
	RecallShare     stats.RecallShare
	TimeBuckets     []stats.TimeBucket
	Monthly         bool // buckets are months, not weeks
	KindShares      []stats.KindShare
	CalibrationBins []stats.CalibrationBin
	ForecastBars    []kit.Bar
	Calendar        []kit.Square
	Days            int                // days with practice in the last half year
	Answers         int                // in the last half year
	PracticeDays    []quiz.PracticeDay // of the last half year, newest first
	PracticeTime    stats.PracticeTime
	WeakFacts       []WeakFact
	Confusions      []ConfusedFacts
	TrainingResult  quiz.TrainingResult // parameters last trained on the person's answers
	Cal             quiz.Calendar
}

// trainingText says what the optimizer learned about the person's memory.
func (s ProgressScreen) trainingText() string {
	key := "progress.weights.not"
	if s.TrainingResult.Adopted {
		key = "progress.weights.taken"
	}
	loss := func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
	return s.T(key, "N", s.TrainingResult.ReviewCount, "Day", s.Cal.Date(s.Cal.Day(s.TrainingResult.At)).Format(time.DateOnly),
		"Loss", loss(s.TrainingResult.Loss), "Before", loss(s.TrainingResult.PreviousLoss))
}

// PracticePeriod is a part of the timeline that can be practised.
type PracticePeriod struct {
	stats.TimelinePeriod
	Deck, Title string
}

// WeakFact is a fact that was wrong more often than expected.
type WeakFact struct {
	stats.WeakCard
	Deck         *quiz.Deck
	Fact         quiz.Fact
	ConfusedWith []quiz.Fact // facts it was confused with
}

// ConfusedFacts is a fact that was taken for another.
type ConfusedFacts struct {
	Deck               *quiz.Deck
	Fact, ConfusedWith quiz.Fact
	Count              int
	CanContrast        bool // the deck has a question that tells them apart
}

// Title returns the page title.
func (s ProgressScreen) Title() string { return s.T("progress.title") }

// Content returns the page body.
func (s ProgressScreen) Content() templ.Component { return progress(s) }

// hasEnoughAnswers reports whether there are enough answers for a chart; fewer would show only chance.
func (s ProgressScreen) hasEnoughAnswers() bool { return s.RecallShare.Count >= stats.MinChartAnswers }

// calibrationText says whether the expected recall matched the actual one.
func (s ProgressScreen) calibrationText() string {
	low, high := s.RecallShare.Interval()
	switch e := s.RecallShare.Expected(); {
	case e < low:
		return s.T("progress.better")
	case e > high:
		return s.T("progress.worse")
	}
	return s.T("progress.agrees")
}

func (f Frame) shareText(v float64) string { return f.T("percent", "N", percent(v)) }

// percentAxis formats whole percent on an axis.
func (f Frame) percentAxis(n int) string { return f.T("percent", "N", n) }

// recallRange formats a share with its interval.
func (f Frame) recallRange(s stats.RecallShare) string {
	low, high := s.Interval()
	return f.T("progress.range", "Share", percent(s.Rate()), "Low", percent(low), "High", percent(high))
}

func shareOf(s stats.RecallShare, label string) kit.ShareBar {
	low, high := s.Interval()
	return kit.ShareBar{Label: label, Share: s.Rate(), Low: low, High: high, Expected: s.Expected(), Count: s.Count}
}

// Day formats a day number as a date.
func (f Frame) Day(day int64) string {
	d, err := edtf.Parse(time.Unix(day*86400, 0).UTC().Format(time.DateOnly))
	if err != nil {
		return ""
	}
	return f.Date(d)
}

// time names a week or a month.
func (s ProgressScreen) time(t stats.TimeBucket) string {
	if !s.Monthly {
		return s.Day(t.FirstDay)
	}
	d, err := edtf.Parse(time.Unix(t.FirstDay*86400, 0).UTC().Format("2006-01"))
	if err != nil {
		return ""
	}
	return s.Date(d)
}

func (s ProgressScreen) timeHead() string {
	if s.Monthly {
		return s.T("progress.month")
	}
	return s.T("progress.week")
}

// times labels the first and last bar, where there is room for a date.
func (s ProgressScreen) times() []kit.ShareBar {
	var out []kit.ShareBar
	for i, t := range s.TimeBuckets {
		label := ""
		if i == 0 || i == len(s.TimeBuckets)-1 {
			label = s.time(t)
		}
		out = append(out, shareOf(t.RecallShare, label))
	}
	return out
}

func (s ProgressScreen) timesTable() kit.ChartTable {
	t := s.table("progress.held", s.timeHead())
	for _, one := range s.TimeBuckets {
		if one.Count == 0 {
			continue
		}
		t.Rows = append(t.Rows, s.row(s.time(one), one.RecallShare))
	}
	return t
}

func (s ProgressScreen) table(caption, first string) kit.ChartTable {
	return kit.ChartTable{
		Open: s.T("progress.table"), Caption: s.T(caption),
		Heads: []string{first, s.T("progress.n"), s.T("progress.right"), s.T("progress.expected")},
	}
}

func (s ProgressScreen) row(name string, one stats.RecallShare) []string {
	return []string{name, strconv.Itoa(one.Count), s.recallRange(one), s.shareText(one.Expected())}
}

func (s ProgressScreen) bins() []kit.ShareBar {
	var out []kit.ShareBar
	for _, b := range s.CalibrationBins {
		out = append(out, shareOf(b.RecallShare, ""))
	}
	return out
}

func (s ProgressScreen) binsTable() kit.ChartTable {
	t := s.table("progress.calibration", s.T("progress.bin"))
	for _, b := range s.CalibrationBins {
		name := s.T("progress.bin.range", "From", percent(b.From), "To", percent(b.To))
		t.Rows = append(t.Rows, s.row(name, b.RecallShare))
	}
	return t
}

func (s ProgressScreen) aheadTable() kit.ChartTable {
	t := kit.ChartTable{Open: s.T("progress.table"), Caption: s.T("progress.ahead"), Heads: []string{s.T("today.day"), s.T("today.cards")}}
	for _, b := range s.ForecastBars {
		t.Rows = append(t.Rows, []string{b.Name, strconv.Itoa(b.Value)})
	}
	return t
}

func (s ProgressScreen) daysTable() kit.ChartTable {
	t := kit.ChartTable{
		Open: s.T("progress.table"), Caption: s.T("today.half-year"),
		Heads: []string{s.T("today.day"), s.T("progress.n"), s.T("progress.right"), s.T("progress.time")},
	}
	for _, d := range s.PracticeDays {
		t.Rows = append(t.Rows, []string{
			s.Cal.Date(d.Day).Format(time.DateOnly), strconv.Itoa(d.Answers), strconv.Itoa(d.Correct), s.durationText(d.Duration),
		})
	}
	return t
}

// forecastTotal returns the number of cards due in the coming days.
func (s ProgressScreen) forecastTotal() int {
	n := 0
	for _, b := range s.ForecastBars {
		n += b.Value
	}
	return n
}

// span names a period.
func (s ProgressScreen) span(p PracticePeriod) string { return s.yearRange(p.FromYear, p.ToYear) }

// durationText formats a duration in words.
func (f Frame) durationText(d time.Duration) string {
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

// weakFactText says how often a card was wrong, and how often that was expected.
func (s ProgressScreen) weakFactText(one WeakFact) string {
	expected := strconv.FormatFloat(one.ExpectedWrongCount(), 'f', 1, 64)
	return s.N("progress.slip", one.Count, "Wrong", one.WrongCount(), "Expected", expected, "Facet", s.T("facet."+one.Facet.String()))
}

func (f Frame) factName(fact quiz.Fact) string {
	return f.T("progress.fact", "Label", fact.Label, "Date", f.Date(fact.Date))
}

// confusedWithText names the facts that a fact was confused with.
func (s ProgressScreen) confusedWithText(facts []quiz.Fact) string {
	out := ""
	for i, f := range facts {
		if i > 0 {
			out += "; "
		}
		out += s.factName(f)
	}
	return out
}
