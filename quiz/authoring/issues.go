package authoring

import (
	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

// Issue is a reason to look at a fact of a deck.
type Issue string

// The looks.
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

// Issues are in the order of the editor's filters.
var Issues = []Issue{IssueReported, IssueDateLeak, IssueContradiction, IssueDuplicate, IssueNoSource, IssueClaim, IssueFewOptions, IssueDisabledKinds}

// FindIssues are the reasons to look at a fact; it is reported where nobody dealt with a
// report on it.
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

// maxPreviewOptions is how many options a preview shows.
const maxPreviewOptions = 4

// PreviewQuestions are the questions that a fact yields, one of each kind that is proven.
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
