package views

import (
	"context"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/edtf"
	"chronicle/quiz/extract"
	"chronicle/quiz/kinds"
)

// sampleText is a text with everything that the proposals page can show.
const sampleText = `The iron bridge was opened on 3 May 1871.[1] On 10 June the ferry stopped.
Trams
The town had trams from 1902 to 1931. A paper claimed that a tunnel was dug in 1904.
References
A paper, 1950`

// authoring returns the screens of deck authors.
func (g gallery) authoring() []Sample {
	f := g.learner
	f.Who.Role = quiz.RoleTeacher
	d := *g.index.Deck
	d.Owner, d.Visibility = f.Who.Person, quiz.VisibilityLink
	pool := kinds.NewDeckIndex(&d)
	edit := EditorScreen{Frame: f, Index: pool, Reports: 2, SourceTexts: []authoring.SourceTextSummary{{ID: 1, Title: "A Town’s <Roads>", OpenCount: 3, AcceptedCount: 2}, {ID: 2, Title: "More"}}}
	for _, fact := range pool.Facts() {
		r := EditorRow{Fact: fact, Issues: authoring.FindIssues(pool, fact, fact.ID == 6)}
		for _, look := range r.Issues {
			edit.CountIssue(look)
		}
		edit.Rows = append(edit.Rows, r)
	}
	empty := EditorScreen{Frame: f, Index: kinds.NewDeckIndex(&quiz.Deck{Name: "empty", Title: "Nothing yet", Visibility: quiz.VisibilityPrivate}), Done: "undone"}
	deleted := edit
	deleted.Index, deleted.Rows, deleted.Issue, deleted.Done = kinds.NewDeckIndex(&quiz.Deck{Name: "gone", Title: "Gone", Visibility: quiz.VisibilityPublic, Deleted: g.now}), edit.Rows[:2], "claim", "removed"
	edit.LastChange = quiz.Change{ID: 3, Action: "edit", Facts: []quiz.FactChange{{After: edit.Rows[0].Fact}}}
	edit.Others = []quiz.Deck{{Name: "other", Title: "Another <deck>"}}
	edit.SourceTexts = append(edit.SourceTexts, authoring.SourceTextSummary{ID: 3, Title: "A <removed> one", Removed: true})
	nothing := edit
	nothing.MoveProblem, nothing.LastChange = nothing.T("move.none"), quiz.Change{ID: 4, Action: "rows", Facts: make([]quiz.FactChange, 7)}
	fact, _ := d.Fact(6)
	one := FactScreen{Frame: f, Index: pool, Fact: fact, Form: authoring.NewFactForm(fact, "en"), Questions: authoring.PreviewQuestions(pool, fact), Issues: []authoring.Issue{authoring.IssueFewOptions}, Done: "saved"}
	held := one
	held.Fact.DisabledKinds, held.Fact.ExcludedDistractors = []quiz.Kind{quiz.KindOrder}, []quiz.ExcludedDistractor{{Term: "a <term>"}, {Fact: edit.Rows[1].Fact.Key}, {Fact: "gone"}}
	held.LastChange, held.Done = quiz.Change{ID: 5, Action: "bar", Facts: []quiz.FactChange{{After: fact}}}, "barred"
	redated := one
	redated.Done = ""
	redated.Problems.Add("past", "problem.past", "People", 12)
	changed := one
	changed.Changed, changed.Done, changed.Form.Event = true, "", "What somebody <typed> meanwhile"
	changed.Problems.Add("event", "problem.clash", "Text", fact.Event)
	bad := FactScreen{Frame: f, Index: pool, Form: authoring.FactForm{Date: "soon", Event: "In 1900"}}
	bad.Problems.Add("date", "problem.date.form")
	bad.Problems.Add("event", "problem.leak", "Words", "1900")
	gap, _ := pool.Generate(quiz.CardID{Fact: 6, Facet: quiz.FacetTerm}, quiz.KindGapTyped, 4, 1)
	gone := gap
	gone.Fact = 99
	inbox := InboxScreen{Frame: f, Index: pool, Reports: []quiz.QuestionReport{
		{ID: 1, Question: gap, Given: "square <market>", Reason: "two-right", Note: "Is it not the <same>?"},
		{ID: 2, Question: gone, Reason: "unclear"},
		{ID: 3, Question: gap, Reason: "date", ClosedAt: g.now},
	}}
	refused := inbox
	refused.ReportID, refused.Reply, refused.Problems = 1, "Far too <long>", quiz.ValidateReply(string(make([]rune, quiz.MaxReportNote+1)))
	unread := SourceTextScreen{Frame: f, Deck: &d, Form: authoring.SourceTextForm{Source: quiz.Source{Title: "A <text>", Author: "A. Writer"}, Text: "Nothing"}}
	unread.Problems.Add("text", "bring.problem.no-dates")
	wrong := DeckFormScreen{Frame: f, Deck: quiz.Deck{Language: "?"}, Action: ToDecks, Back: ToDecks}
	wrong.Problems = wrong.Deck.Validate()
	return append([]Sample{
		{"deck-new", DeckFormScreen{Frame: f, Deck: quiz.Deck{Language: "en", Precision: edtf.Day, Visibility: quiz.VisibilityPrivate}, Action: ToDecks, Back: ToDecks}},
		{"deck-new-wrong", wrong},
		{"deck-changed", DeckFormScreen{Frame: f, Deck: d, Action: ToDeckForm("roads"), Back: ToEditor("roads"), FormDigest: "x", CurrentVersion: &d}},
		{"edit-nothing-chosen", nothing},
		{"fact-held", held},
		{"fact-redated", redated},
		{"deck-about", DeckFormScreen{Frame: f, Deck: d, Action: ToDeckForm("roads"), Back: ToEditor("roads")}},
		{"edit", edit},
		{"edit-empty", empty},
		{"edit-deleted", deleted},
		{"fact", one},
		{"fact-changed", changed},
		{"fact-new-wrong", bad},
		{"inbox", inbox},
		{"inbox-refused", refused},
		{"inbox-empty", InboxScreen{Frame: f, Index: pool, Done: "closed"}},
		{"rows", FactTableScreen{Frame: f, Deck: &d}},
		{"rows-bad", FactTableScreen{Frame: f, Deck: &d, Added: 2, Rejected: []authoring.RejectedRow{{Line: 3, Text: "soon\tIt <stops>", Problems: bad.Problems}}}},
		{"bring", SourceTextScreen{Frame: f, Deck: &d}},
		{"bring-no-dates", unread},
	}, g.proposals(f, &d)...)
}

// proposals returns states of the proposals page.
func (g gallery) proposals(f Frame, d *quiz.Deck) []Sample {
	found, _ := extract.ExtractProposals(context.Background(), sampleText, "en")
	t := authoring.SourceText{ID: 1, Deck: 1, Source: quiz.Source{Key: "book", Title: "A Town’s <Roads>"}, Language: "en", Body: sampleText, Highlights: authoring.FindHighlights(found)}
	items := make([]authoring.ProposalItem, len(found.Proposals))
	for i, p := range found.Proposals {
		items[i] = authoring.ProposalItem{Position: int64(i+1) * authoring.PositionGap, ProposalState: quiz.ProposalState{Status: quiz.ProposalOpen}, Proposal: p}
	}
	items[0].Status, items[0].FactKey = quiz.ProposalAccepted, "bridge"
	r := ProposalsScreen{Frame: f, Deck: d, SourceText: t, Proposals: items, CurrentPosition: items[1].Position, Total: len(items), OpenCount: len(items) - 1, ReadyCount: 1, AcceptedCount: 1, Pages: 1}
	refused := r
	refused.Form = authoring.FactForm{Date: "soon", Event: "It <stops>"}
	refused.Problems.Add("date", "problem.date.form")
	refused.Sort = "worth"
	missing := r
	missing.Words, missing.Done = "not in the text", "nothing"
	missing.Problems.Add("words", "problem.words")
	missing.Pages, missing.Before, missing.After = 3, 1, 9
	over := r
	over.Proposals = []authoring.ProposalItem{items[0]}
	over.CurrentPosition, over.Total, over.OpenCount, over.ReadyCount = items[0].Position, 1, 0, 0
	return []Sample{{"review", r}, {"review-refused", refused}, {"review-words", missing}, {"review-done", over}}
}
