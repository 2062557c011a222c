package views

import (
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/search"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// DeckRow is a deck in a list.
type DeckRow struct {
	Name, Title         string
	Facts               int
	FirstYear, LastYear int64 // astronomical years
	Queue               quiz.QueueCounts
	Started             bool // at least one of its cards was answered
	Mine, Deleted       bool // the person created it; and deleted it
	Visibility          quiz.Visibility
	Followed            bool
	NewFacts            int // facts added since it was last practised
}

// LibraryScreen is the library: the visitor's decks, the public ones, and search results from both.
type LibraryScreen struct {
	Frame
	Rows         []DeckRow
	PublicDecks  []search.DeckHit
	Next         int64  // the last of PublicDecks when more follow; 0 otherwise
	SearchText   string // search text
	Query        search.Query
	DeckHits     []search.DeckHit
	FactHits     []search.FactHit
	HasMoreFacts bool // more facts match than are shown
}

// Title returns the page title.
func (s LibraryScreen) Title() string { return s.T("decks.title") }

// Content returns the page body.
func (s LibraryScreen) Content() templ.Component { return decks(s) }

// FactRow is a fact of a deck with the person's recall of it.
type FactRow struct {
	Fact    quiz.Fact
	Facets  []quiz.Facet // that can be asked
	Recall  float64      // retrievability today
	Started bool
}

// DeckScreen is the page of a deck.
type DeckScreen struct {
	Frame
	Deck         *quiz.Deck
	Row          DeckRow
	Facts        []FactRow
	WeakestFirst bool                  // sorted by recall, lowest first
	Replies      []quiz.QuestionReport // to the person's reports
	Notices      []quiz.Notice         // corrected dates
	Suspensions  map[quiz.CardID]int64
	TestDate     string // upcoming test date; empty for none
}

// noticeText says how the correction of a date affected a person's answers.
func (f Frame) noticeText(n quiz.Notice) string {
	var out []string
	for _, one := range []struct {
		key string
		n   int
	}{{"notices.better", n.NowRight}, {"notices.worse", n.NowWrong}, {"notices.void", n.NowVoid}} {
		if one.n > 0 {
			out = append(out, f.N(one.key, one.n))
		}
	}
	return strings.Join(out, " ")
}

// Title returns the page title.
func (s DeckScreen) Title() string { return s.Deck.Title }

// Content returns the page body.
func (s DeckScreen) Content() templ.Component { return deck(s) }

// strokes returns the timeline marks of the deck's facts, shaded by the person's recall.
func (s DeckScreen) strokes() []kit.TimelineMark {
	return timelineStrokes(s.Frame, s.Facts)
}

func timelineStrokes(f Frame, rows []FactRow) []kit.TimelineMark {
	out := make([]kit.TimelineMark, len(rows))
	for i, r := range rows {
		out[i] = factStroke(r.Fact)
		out[i].Strength, out[i].Label = r.Recall, r.Fact.Label
		out[i].Hint = f.Date(r.Fact.Date) + ": " + r.Fact.Event
	}
	return out
}

// factStroke returns the timeline mark of a fact.
func factStroke(f quiz.Fact) kit.TimelineMark {
	s := dateStroke(f.Date)
	s.Minor = slices.Contains(f.Tags, quiz.BackgroundTag)
	return s
}

func dateStroke(d edtf.Date) kit.TimelineMark {
	lo, hi := d.WidenedBounds()
	s := kit.TimelineMark{
		From: decimalYear(d.Lo()), To: decimalYear(d.Hi() + 1), SoftFrom: decimalYear(lo), SoftTo: decimalYear(hi + 1),
		OpenFrom: d.Lo() == edtf.MinDay, OpenTo: d.Hi() == edtf.MaxDay,
	}
	if s.OpenTo {
		s.To, s.SoftTo = s.From, s.SoftFrom
	}
	if s.OpenFrom {
		s.From, s.SoftFrom = s.To, s.SoftTo
	}
	// On a timeline of centuries a year or less is drawn as a moment, not a span.
	if hi-lo <= 366 {
		s.To, s.SoftTo, s.SoftFrom = s.From, s.From, s.From
	}
	return s
}

// decimalYear converts a day number to a year with its fraction.
func decimalYear(day int64) float64 {
	if day <= edtf.MinDay || day >= edtf.MaxDay {
		return 0
	}
	y, _, _ := edtf.CivilDate(day)
	start := edtf.DayNumber(y, 1, 1)
	return float64(y) + float64(day-start)/float64(edtf.DayNumber(y+1, 1, 1)-start)
}

// tickYear formats a year of the ruler.
func (f Frame) tickYear(y int) string {
	if y <= 0 {
		return f.T("year.bc", "Year", strconv.Itoa(1-y))
	}
	return strconv.Itoa(y)
}

// deckSize says how many facts a deck has and which years they cover.
func (f Frame) deckSize(r DeckRow) string {
	facts := f.N("deck.facts", r.Facts)
	if r.Facts == 0 {
		return facts
	}
	return facts + ", " + f.yearRange(r.FirstYear, r.LastYear)
}

// credits names the author and licence of a source, as far as known.
func credits(s quiz.Source) string {
	out := ""
	for _, part := range []string{s.Author, s.Licence} {
		if part != "" {
			out += ", " + part
		}
	}
	return out
}

// yearRange formats a range of years: "1804 to 2022".
func (f Frame) yearRange(first, last int64) string {
	if first == last {
		return f.tickYear(int(first))
	}
	return f.T("years", "First", f.tickYear(int(first)), "Last", f.tickYear(int(last)))
}

// recallClass returns the CSS class of a recall bar, in tenths, which avoids inline styles.
func recallClass(ink float64) string { return "ink-" + strconv.Itoa(int(min(max(ink, 0), 1)*10+0.5)) }

// recallText describes the recall of a fact in words.
func (s DeckScreen) recallText(r FactRow) string {
	if !r.Started {
		return s.T("fact.new")
	}
	return s.T("percent", "N", percent(r.Recall))
}
