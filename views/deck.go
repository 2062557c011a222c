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
	FirstYear, LastYear int64 // years, astronomical
	Queue               quiz.QueueCounts
	Started             bool // some card of it was answered
	Mine, Deleted       bool // the person made it; and deleted it
	Visibility          quiz.Visibility
	Followed            bool
	NewFacts            int // facts that came since it was practised
}

// LibraryScreen is the library: the shelf, what is open to everybody, and what was looked
// for in both.
type LibraryScreen struct {
	Frame
	Rows         []DeckRow
	PublicDecks  []search.DeckHit
	Next         int64  // the last of Open, where more follow
	SearchText   string // that is looked for
	Query        search.Query
	DeckHits     []search.DeckHit
	FactHits     []search.FactHit
	HasMoreFacts bool // there are more facts than are shown
}

// Title names the page.
func (s LibraryScreen) Title() string { return s.T("decks.title") }

// Content shows the list.
func (s LibraryScreen) Content() templ.Component { return decks(s) }

// FactRow is a fact of a deck with what the person knows of it.
type FactRow struct {
	Fact    quiz.Fact
	Facets  []quiz.Facet // that can be asked
	Recall  float64      // chance that it is recalled today
	Started bool
}

// DeckScreen is the page of a deck.
type DeckScreen struct {
	Frame
	Deck         *quiz.Deck
	Row          DeckRow
	Facts        []FactRow
	WeakestFirst bool                  // what fades first
	Replies      []quiz.QuestionReport // to what the person reported
	Notices      []quiz.Notice         // dates that were corrected
	Suspensions  map[quiz.CardID]int64
	TestDate     string // the date on which the deck is to be known; empty for none to come
}

// noticeText says what became of a person's answers when a date was corrected.
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

// Title names the page.
func (s DeckScreen) Title() string { return s.Deck.Title }

// Content shows the deck.
func (s DeckScreen) Content() templ.Component { return deck(s) }

// strokes draws the facts of a deck in the person's ink.
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

// factStroke gives the place of a fact on a time line.
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
	// A year or less is a moment on a line of centuries, not a span.
	if hi-lo <= 366 {
		s.To, s.SoftTo, s.SoftFrom = s.From, s.From, s.From
	}
	return s
}

// decimalYear is a day number as a year with its fraction.
func decimalYear(day int64) float64 {
	if day <= edtf.MinDay || day >= edtf.MaxDay {
		return 0
	}
	y, _, _ := edtf.CivilDate(day)
	start := edtf.DayNumber(y, 1, 1)
	return float64(y) + float64(day-start)/float64(edtf.DayNumber(y+1, 1, 1)-start)
}

// tickYear writes a tick of the ruler.
func (f Frame) tickYear(y int) string {
	if y <= 0 {
		return f.T("year.bc", "Year", strconv.Itoa(1-y))
	}
	return strconv.Itoa(y)
}

// deckSize says how many facts a deck has and over which years.
func (f Frame) deckSize(r DeckRow) string {
	facts := f.N("deck.facts", r.Facts)
	if r.Facts == 0 {
		return facts
	}
	return facts + ", " + f.yearRange(r.FirstYear, r.LastYear)
}

// credits says who made a source, and under which licence, as far as is known.
func credits(s quiz.Source) string {
	out := ""
	for _, part := range []string{s.Author, s.Licence} {
		if part != "" {
			out += ", " + part
		}
	}
	return out
}

// yearRange says from when to when: "1804 to 2022".
func (f Frame) yearRange(first, last int64) string {
	if first == last {
		return f.tickYear(int(first))
	}
	return f.T("years", "First", f.tickYear(int(first)), "Last", f.tickYear(int(last)))
}

// recallClass is the class of an ink bar, in tenths, so that no style is inline.
func recallClass(ink float64) string { return "ink-" + strconv.Itoa(int(min(max(ink, 0), 1)*10+0.5)) }

// recallText says in words how well a fact is remembered.
func (s DeckScreen) recallText(r FactRow) string {
	if !r.Started {
		return s.T("fact.new")
	}
	return s.T("percent", "N", percent(r.Recall))
}
