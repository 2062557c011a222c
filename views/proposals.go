package views

import (
	"slices"
	"strings"
	"unicode"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/extract"

	"github.com/a-h/templ"
)

// ProposalsScreen is a text beside the facts that it proposes.
type ProposalsScreen struct {
	Frame
	Deck                  *quiz.Deck
	SourceText            authoring.SourceText
	Proposals             []authoring.ProposalItem // of this page
	Sort                  string                   // worth, or in order of the text
	CurrentPosition       int64                    // the item that keys speak of
	Total                 int
	OpenCount, ReadyCount int
	AcceptedCount         int
	Page, Pages           int
	Before, After         int64              // items of the pages before and after; 0 for none
	Form                  authoring.FactForm // what was typed for the item at At, where it was refused
	Problems              quiz.Problems
	AlreadyDecided        bool   // another tab decided of it; Form is what was typed here
	Words                 string // that were looked for
	Done                  string
}

// Title names the page.
func (s ProposalsScreen) Title() string { return s.N("review.title", s.Total) }

// Content shows the review.
func (s ProposalsScreen) Content() templ.Component { return proposals(s) }

// form is what the fields of an item hold.
func (s ProposalsScreen) form(it authoring.ProposalItem) authoring.FactForm {
	if len(s.Problems) > 0 && it.Position == s.CurrentPosition && s.Form.Date+s.Form.Event != "" {
		return s.Form
	}
	return authoring.NewProposalForm(it, s.Deck.Language)
}

// problem is what is wrong with a field of an item.
func (s ProposalsScreen) problem(it authoring.ProposalItem, name string) string {
	if it.Position != s.CurrentPosition {
		return ""
	}
	return problemText(s.Frame, s.Problems, name)
}

// refused tells whether something is wrong with what was typed for an item.
func (s ProposalsScreen) refused(it authoring.ProposalItem) bool {
	return it.Position == s.CurrentPosition && len(s.Problems) > 0 && s.Words == ""
}

// neighbours are the items before and after the one at At, 0 for none.
func (s ProposalsScreen) neighbours() (before, after int64) {
	for i, it := range s.Proposals {
		if it.Position != s.CurrentPosition {
			continue
		}
		before, after = s.Before, s.After
		if i > 0 {
			before = s.Proposals[i-1].Position
		}
		if i+1 < len(s.Proposals) {
			after = s.Proposals[i+1].Position
		}
	}
	return before, after
}

// reason says in words why an item wants a look.
func (s ProposalsScreen) reason(m extract.Concern) string {
	switch m.Kind {
	case extract.ConcernYearInferred, extract.ConcernDateInferred:
		return s.T("mark."+concernName(m.Kind), "Text", m.Text)
	case extract.ConcernPronoun, extract.ConcernClaim, extract.ConcernDateLeak:
		return s.T("mark."+concernName(m.Kind), "Text", m.Text)
	}
	return s.T("mark." + concernName(m.Kind))
}

// concernName is a mark's name in keys of messages.
func concernName(k extract.ConcernKind) string { return strings.ReplaceAll(string(k), " ", "-") }

// doubtConcerns are the marks that say that an item wants a look.
func doubtConcerns(it authoring.ProposalItem) []extract.Concern {
	return slices.DeleteFunc(slices.Clone(it.Concerns), func(m extract.Concern) bool { return m.Kind == extract.ConcernExcerpt })
}

// segment is a part of the text as it is shown.
type segment struct {
	Text      string
	Kind      string // date, inferred, or why it was set apart; empty for plain text
	URL       templ.SafeURL
	IsCurrent bool // belongs to the item at At
}

// contextLength is how much of the text is shown before and after the page's items, at
// most, in code points.
const contextLength = 1500

// excerptStart is where the part of the text that is shown begins.
func (s ProposalsScreen) excerptStart() int {
	from, _ := s.excerptRange()
	return from
}

// excerptRange is the range of the text that belongs to the page's items.
func (s ProposalsScreen) excerptRange() (from, to int) {
	runes := []rune(s.SourceText.Body)
	from, to = len(runes), 0
	for _, it := range s.Proposals {
		from, to = min(from, it.Span.Start), max(to, it.Span.End)
	}
	if s.Sort != "" || len(s.Proposals) == 0 { // what belongs together stands apart in the text
		from, to = 0, len(runes)
		for _, it := range s.Proposals {
			if it.Position == s.CurrentPosition {
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
	for i := 0; from > 0 && i < contextLength && (i < 80 || runes[from-1] != '\n'); i++ {
		from--
	}
	for i := 0; to < len(runes) && i < contextLength && (i < 80 || runes[to] != '\n'); i++ {
		to++
	}
	return from, to
}

// segments is the text of the page, cut at its marks.
func (s ProposalsScreen) segments() []segment {
	runes := []rune(s.SourceText.Body)
	from, to := s.excerptRange()
	items := map[int]authoring.ProposalItem{} // by where their date stands
	for _, it := range s.Proposals {
		if _, ok := items[it.DateSpan.Start]; !ok {
			items[it.DateSpan.Start] = it
		}
	}
	var out []segment
	apart, why := 0, "" // the end of what was set apart, and why it was
	add := func(a, b int, what string, to templ.SafeURL, at bool) {
		if a < b {
			out = append(out, segment{Text: string(runes[a:b]), Kind: what, URL: to, IsCurrent: at})
		}
	}
	marks := slices.Clone(s.SourceText.Highlights)
	slices.SortStableFunc(marks, func(a, b authoring.Highlight) int { return a.Span.Start - b.Span.Start })
	at := from
	for _, m := range marks {
		a, b := max(m.Span.Start, from), min(m.Span.End, to)
		if a >= b {
			continue
		}
		if m.Kind != "date" && m.Kind != "inferred" {
			add(at, a, "", "", false)
			at, apart, why = max(at, a), max(apart, b), m.Kind
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
			link = ToProposal(s.Deck.Name, s.SourceText.ID, s.Sort, it.Position)
		}
		add(a, b, m.Kind, link, ok && it.Position == s.CurrentPosition)
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
