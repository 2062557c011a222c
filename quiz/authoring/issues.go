package authoring

import (
	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

// Issue is a reason to check a fact of a deck.
type Issue string

// The issues.
const (
	IssueReported      Issue = "reported"
	IssueDateLeak      Issue = "leak"
	IssueContradiction Issue = "contradiction"
	IssueDuplicate     Issue = "duplicate"
	IssueNoSource      Issue = "no-source"
	IssueClaim         Issue = "claim"
	IssueFewOptions    Issue = "few-options"
	IssueDisabledKinds Issue = "held"
)

// Issues lists all issues in the order of the editor's filters.
var Issues = []Issue{IssueReported, IssueDateLeak, IssueContradiction, IssueDuplicate, IssueNoSource, IssueClaim, IssueFewOptions, IssueDisabledKinds}

// FindIssues returns the reasons to check a fact. Set reported if a report on it is
// still open.
func FindIssues(p *kinds.DeckIndex, f quiz.Fact, reported bool) []Issue {
	var out []Issue
	same, other := false, false
	for _, t := range p.SameEventFacts(f.ID) {
		apart := !f.AcceptsDate(t.Date) && (t.OtherDate.IsZero() || edtf.Disjoint(f.Date, t.OtherDate))
		same, other = same || !apart, other || apart
	}
	for _, one := range []struct {
		is   bool
		look Issue
	}{
		{reported, IssueReported},
		{quiz.FindDateWords(f.Event) != "" || quiz.FindDateWords(f.Label) != "", IssueDateLeak},
		{other, IssueContradiction},
		{same, IssueDuplicate},
		{f.Source == "", IssueNoSource},
		{f.Claim, IssueClaim},
		{!p.HasChoice(f.ID), IssueFewOptions},
		{len(f.DisabledKinds) > 0, IssueDisabledKinds},
	} {
		if one.is {
			out = append(out, one.look)
		}
	}
	return out
}

// maxPreviewOptions is the number of options in a preview.
const maxPreviewOptions = 4

// PreviewQuestions generates the questions for a fact, one of each kind that is
// possible.
func PreviewQuestions(p *kinds.DeckIndex, f quiz.Fact) []quiz.Question {
	var out []quiz.Question
	for _, k := range quiz.Kinds {
		q, ok := p.Generate(quiz.CardID{Fact: f.ID, Facet: kinds.FacetOf(k, quiz.FacetWhen)}, k, maxPreviewOptions, 1)
		if ok {
			out = append(out, q)
		}
	}
	return out
}
