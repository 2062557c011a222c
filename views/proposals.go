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

// ProposalsScreen shows a source text next to its proposals.
type ProposalsScreen struct {
	Frame
	Deck                  *quiz.Deck
	SourceText            authoring.SourceText
	Proposals             []authoring.ProposalItem // of this page
	Sort                  string                   // by worth, or in order of the text
	CurrentPosition       int64                    // the proposal that keyboard shortcuts apply to
	Total                 int
	OpenCount, ReadyCount int
	AcceptedCount         int
	Page, Pages           int
	Before, After         int64              // proposals on the previous and next page; 0 for none
	Form                  authoring.FactForm // submitted values of the current proposal, if they were rejected
	Problems              quiz.Problems
	AlreadyDecided        bool   // decided in another tab; Form has the submitted values
	Words                 string // that were searched for
	Done                  string
}

// Title returns the page title.
func (s ProposalsScreen) Title() string { return s.N("review.title", s.Total) }

// Content returns the page body.
func (s ProposalsScreen) Content() templ.Component { return proposals(s) }

// form returns the field values of a proposal.
func (s ProposalsScreen) form(it authoring.ProposalItem) authoring.FactForm {
	if len(s.Problems) > 0 && it.Position == s.CurrentPosition && s.Form.Date+s.Form.Event != "" {
		return s.Form
	}
	return authoring.NewProposalForm(it, s.Deck.Language)
}

// problem returns the problem in a field of a proposal.
func (s ProposalsScreen) problem(it authoring.ProposalItem, name string) string {
	if it.Position != s.CurrentPosition {
		return ""
	}
	return problemText(s.Frame, s.Problems, name)
}

// refused reports whether the submitted values of a proposal were rejected.
func (s ProposalsScreen) refused(it authoring.ProposalItem) bool {
	return it.Position == s.CurrentPosition && len(s.Problems) > 0 && s.Words == ""
}

// neighbours returns the proposals before and after the current one, 0 for none.
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

// reason says why a proposal needs a check.
func (s ProposalsScreen) reason(m extract.Concern) string {
	switch m.Kind {
	case extract.ConcernYearInferred, extract.ConcernDateInferred:
		return s.T("mark."+concernName(m.Kind), "Text", m.Text)
	case extract.ConcernPronoun, extract.ConcernClaim, extract.ConcernDateLeak:
		return s.T("mark."+concernName(m.Kind), "Text", m.Text)
	}
	return s.T("mark." + concernName(m.Kind))
}

// concernName returns the name of a concern in message keys.
func concernName(k extract.ConcernKind) string { return strings.ReplaceAll(string(k), " ", "-") }

// doubtConcerns returns the concerns because of which a proposal needs a check.
func doubtConcerns(it authoring.ProposalItem) []extract.Concern {
	return slices.DeleteFunc(slices.Clone(it.Concerns), func(m extract.Concern) bool { return m.Kind == extract.ConcernExcerpt })
}

// segment is a part of the text as shown.
type segment struct {
	Text      string
	Kind      string // date, inferred, or why it was excluded; empty for plain text
	URL       templ.SafeURL
	IsCurrent bool // belongs to the current proposal
}

// contextLength is the most text shown before and after the page's proposals, in code points.
const contextLength = 1500

// excerptStart returns the start of the text shown.
func (s ProposalsScreen) excerptStart() int {
	from, _ := s.excerptRange()
	return from
}

// excerptRange returns the range of the text with the page's proposals.
func (s ProposalsScreen) excerptRange() (from, to int) {
	runes := []rune(s.SourceText.Body)
	from, to = len(runes), 0
	for _, it := range s.Proposals {
		from, to = min(from, it.Span.Start), max(to, it.Span.End)
	}
	if s.Sort != "" || len(s.Proposals) == 0 { // in another order the proposals are scattered over the text
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

// segments returns the text of the page, split at its annotations.
func (s ProposalsScreen) segments() []segment {
	runes := []rune(s.SourceText.Body)
	from, to := s.excerptRange()
	items := map[int]authoring.ProposalItem{} // by the position of their date
	for _, it := range s.Proposals {
		if _, ok := items[it.DateSpan.Start]; !ok {
			items[it.DateSpan.Start] = it
		}
	}
	var out []segment
	apart, why := 0, "" // the end of the excluded part, and why it was excluded
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

// blankOnly reports whether a segment has no visible text.
func (g segment) blankOnly() bool { return strings.TrimFunc(g.Text, unicode.IsSpace) == "" }
