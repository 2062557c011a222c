package views

import (
	"slices"
	"strings"
	"unicode"

	"chronicle/quiz"
	"chronicle/quiz/extract"
	"chronicle/quiz/teach"

	"github.com/a-h/templ"
)

// Review is a text beside the facts that it proposes.
type Review struct {
	Frame
	Deck          *quiz.Deck
	Text          teach.Text
	Items         []teach.Item // of this page
	Sort          string       // worth, or in order of the text
	At            int64        // the item that keys speak of
	All           int
	Open, Sure    int
	Kept          int
	Page, Pages   int
	Before, After int64          // items of the pages before and after; 0 for none
	Form          teach.FactForm // what was typed for the item at At, where it was refused
	Problems      quiz.Problems
	Decided       bool   // another tab decided of it; Form is what was typed here
	Words         string // that were looked for
	Done          string
}

// Title names the page.
func (s Review) Title() string { return s.N("review.title", s.All) }

// Part shows the review.
func (s Review) Part() templ.Component { return review(s) }

// form is what the fields of an item hold.
func (s Review) form(it teach.Item) teach.FactForm {
	if len(s.Problems) > 0 && it.Place == s.At && s.Form.When+s.Form.Event != "" {
		return s.Form
	}
	return teach.Proposed(it, s.Deck.Language)
}

// problem is what is wrong with a field of an item.
func (s Review) problem(it teach.Item, name string) string {
	if it.Place != s.At {
		return ""
	}
	return on(s.Frame, s.Problems, name)
}

// refused tells whether something is wrong with what was typed for an item.
func (s Review) refused(it teach.Item) bool {
	return it.Place == s.At && len(s.Problems) > 0 && s.Words == ""
}

// neighbours are the items before and after the one at At, 0 for none.
func (s Review) neighbours() (before, after int64) {
	for i, it := range s.Items {
		if it.Place != s.At {
			continue
		}
		before, after = s.Before, s.After
		if i > 0 {
			before = s.Items[i-1].Place
		}
		if i+1 < len(s.Items) {
			after = s.Items[i+1].Place
		}
	}
	return before, after
}

// reason says in words why an item wants a look.
func (s Review) reason(m extract.Mark) string {
	switch m.Kind {
	case extract.YearInferred, extract.DateInferred:
		return s.T("mark."+name(m.Kind), "Text", m.Text)
	case extract.Pronoun, extract.Claim, extract.Leaks:
		return s.T("mark."+name(m.Kind), "Text", m.Text)
	}
	return s.T("mark." + name(m.Kind))
}

// name is a mark's name in keys of messages.
func name(k extract.MarkKind) string { return strings.ReplaceAll(string(k), " ", "-") }

// doubts are the marks that say that an item wants a look.
func doubts(it teach.Item) []extract.Mark {
	return slices.DeleteFunc(slices.Clone(it.Marks), func(m extract.Mark) bool { return m.Kind == extract.Excerpted })
}

// segment is a part of the text as it is shown.
type segment struct {
	Text string
	What string // date, inferred, or why it was set apart; empty for plain text
	To   templ.SafeURL
	At   bool // belongs to the item at At
}

// around is how much of the text is shown before and after the page's items, at
// most, in code points.
const around = 1500

// near is where the part of the text that is shown begins.
func (s Review) near() int {
	from, _ := s.part()
	return from
}

// part is the range of the text that belongs to the page's items.
func (s Review) part() (from, to int) {
	runes := []rune(s.Text.Body)
	from, to = len(runes), 0
	for _, it := range s.Items {
		from, to = min(from, it.Span.Start), max(to, it.Span.End)
	}
	if s.Sort != "" || len(s.Items) == 0 { // what belongs together stands apart in the text
		from, to = 0, len(runes)
		for _, it := range s.Items {
			if it.Place == s.At {
				from, to = it.Span.Start, it.Span.End
			}
		}
	}
	if s.Page == 0 && s.Sort == "" {
		from = 0
	}
	if s.Page == s.Pages-1 && s.Sort == "" {
		to = len(runes)
	}
	for i := 0; from > 0 && i < around && (i < 80 || runes[from-1] != '\n'); i++ {
		from--
	}
	for i := 0; to < len(runes) && i < around && (i < 80 || runes[to] != '\n'); i++ {
		to++
	}
	return from, to
}

// segments is the text of the page, cut at its marks.
func (s Review) segments() []segment {
	runes := []rune(s.Text.Body)
	from, to := s.part()
	items := map[int]teach.Item{} // by where their date stands
	for _, it := range s.Items {
		if _, ok := items[it.When.Start]; !ok {
			items[it.When.Start] = it
		}
	}
	var out []segment
	apart, why := 0, "" // the end of what was set apart, and why it was
	add := func(a, b int, what string, to templ.SafeURL, at bool) {
		if a < b {
			out = append(out, segment{Text: string(runes[a:b]), What: what, To: to, At: at})
		}
	}
	marks := slices.Clone(s.Text.Marks)
	slices.SortStableFunc(marks, func(a, b teach.Mark) int { return a.Span.Start - b.Span.Start })
	at := from
	for _, m := range marks {
		a, b := max(m.Span.Start, from), min(m.Span.End, to)
		if a >= b {
			continue
		}
		if m.What != "date" && m.What != "inferred" {
			add(at, a, "", "", false)
			at, apart, why = max(at, a), max(apart, b), m.What
			continue
		}
		if a < at {
			continue
		}
		if apart > at {
			add(at, min(a, apart), why, "", false)
			at = min(a, apart)
		}
		add(at, a, "", "", false)
		it, ok := items[m.Span.Start]
		link := templ.SafeURL("")
		if ok {
			link = ToItem(s.Deck.Name, s.Text.ID, s.Sort, it.Place)
		}
		add(a, b, m.What, link, ok && it.Place == s.At)
		at = b
	}
	if apart > at {
		add(at, min(apart, to), why, "", false)
		at = max(at, min(apart, to))
	}
	add(at, to, "", "", false)
	return out
}

// blankOnly tells whether a segment shows nothing.
func (g segment) blankOnly() bool { return strings.TrimFunc(g.Text, unicode.IsSpace) == "" }
