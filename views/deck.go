package views

import (
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/find"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// DeckRow is a deck in a list.
type DeckRow struct {
	Name, Title string
	Facts       int
	First, Last int64 // years, astronomical
	Wait        quiz.Waiting
	Met         bool // some card of it was answered
	Mine, Gone  bool // the person made it; and deleted it
	Visible     quiz.Visibility
	Followed    bool
	Fresh       int // facts that came since it was practised
}

// Decks is the library: the shelf, what is open to everybody, and what was looked
// for in both.
type Decks struct {
	Frame
	Rows       []DeckRow
	Open       []find.Deck
	Next       int64  // the last of Open, where more follow
	Typed      string // that is looked for
	Query      find.Query
	FoundDecks []find.Deck
	FoundFacts []find.Fact
	Most       bool // there are more facts than are shown
}

// Title names the page.
func (s Decks) Title() string { return s.T("decks.title") }

// Part shows the list.
func (s Decks) Part() templ.Component { return decks(s) }

// FactRow is a fact of a deck with what the person knows of it.
type FactRow struct {
	Fact   quiz.Fact
	Facets []quiz.Facet // that can be asked
	Ink    float64      // chance that it is recalled today
	Met    bool
}

// Deck is the page of a deck.
type Deck struct {
	Frame
	Deck    *quiz.Deck
	Row     DeckRow
	Facts   []FactRow
	Fading  bool          // what fades first
	Replies []quiz.Report // to what the person reported
	Notices []quiz.Notice // dates that were corrected
	Asides  map[quiz.CardID]int64
	Test    string // the date on which the deck is to be known; empty for none to come
}

// marked says what became of a person's answers when a date was corrected.
func (f Frame) marked(n quiz.Notice) string {
	var out []string
	for _, one := range []struct {
		key string
		n   int
	}{{"notices.better", n.Better}, {"notices.worse", n.Worse}, {"notices.void", n.Void}} {
		if one.n > 0 {
			out = append(out, f.N(one.key, one.n))
		}
	}
	return strings.Join(out, " ")
}

// Title names the page.
func (s Deck) Title() string { return s.Deck.Title }

// Part shows the deck.
func (s Deck) Part() templ.Component { return deck(s) }

// strokes draws the facts of a deck in the person's ink.
func (s Deck) strokes() []kit.Stroke {
	return strokes(s.Frame, s.Facts)
}

func strokes(f Frame, rows []FactRow) []kit.Stroke {
	out := make([]kit.Stroke, len(rows))
	for i, r := range rows {
		out[i] = strokeOf(r.Fact)
		out[i].Ink, out[i].Label = r.Ink, r.Fact.Label
		out[i].Hint = f.Date(r.Fact.Date) + ": " + r.Fact.Event
	}
	return out
}

// strokeOf gives the place of a fact on a time line.
func strokeOf(f quiz.Fact) kit.Stroke {
	s := stroke(f.Date)
	s.Minor = slices.Contains(f.Tags, quiz.Background)
	return s
}

func stroke(d edtf.Date) kit.Stroke {
	lo, hi := d.Fuzzy()
	s := kit.Stroke{
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
	y, _, _ := edtf.Civil(day)
	start := edtf.DayNumber(y, 1, 1)
	return float64(y) + float64(day-start)/float64(edtf.DayNumber(y+1, 1, 1)-start)
}

// year writes a tick of the ruler.
func (f Frame) year(y int) string {
	if y <= 0 {
		return f.T("year.bc", "Year", strconv.Itoa(1-y))
	}
	return strconv.Itoa(y)
}

// size says how many facts a deck has and over which years.
func (f Frame) size(r DeckRow) string {
	facts := f.N("deck.facts", r.Facts)
	if r.Facts == 0 {
		return facts
	}
	return facts + ", " + f.years(r.First, r.Last)
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

// years says from when to when: "1804 to 2022".
func (f Frame) years(first, last int64) string {
	if first == last {
		return f.year(int(first))
	}
	return f.T("years", "First", f.year(int(first)), "Last", f.year(int(last)))
}

// inkClass is the class of an ink bar, in tenths, so that no style is inline.
func inkClass(ink float64) string { return "ink-" + strconv.Itoa(int(min(max(ink, 0), 1)*10+0.5)) }

// known says in words how well a fact is remembered.
func (s Deck) known(r FactRow) string {
	if !r.Met {
		return s.T("fact.new")
	}
	return s.T("percent", "N", percent(r.Ink))
}
