package views

import (
	"context"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/extract"
	"chronicle/quiz/teach"
)

// sampleText is a text with everything that a review can show.
const sampleText = `The iron bridge was opened on 3 May 1871.[1] On 10 June the ferry stopped.
Trams
The town had trams from 1902 to 1931. A paper claimed that a tunnel was dug in 1904.
References
A paper, 1950`

// teaching are the screens of whoever makes a deck.
func (g gallery) teaching() []Sample {
	f := g.learner
	f.Who.Role = quiz.Teacher
	d := *g.pool.Deck
	d.Owner, d.Visible = f.Who.Person, quiz.ByLink
	pool := ask.NewPool(&d)
	edit := Editor{Frame: f, Pool: pool, Reports: 2, Texts: []teach.Brought{{ID: 1, Title: "A Town’s <Roads>", Open: 3, Kept: 2}, {ID: 2, Title: "More"}}}
	for _, fact := range pool.Facts() {
		r := EditRow{Fact: fact, Looks: teach.Looks(pool, fact, fact.ID == 6)}
		for _, look := range r.Looks {
			edit.Count(look)
		}
		edit.Rows = append(edit.Rows, r)
	}
	empty := Editor{Frame: f, Pool: ask.NewPool(&quiz.Deck{Name: "empty", Title: "Nothing yet", Visible: quiz.ToMe}), Done: "undone"}
	deleted := edit
	deleted.Pool, deleted.Rows, deleted.Look, deleted.Done = ask.NewPool(&quiz.Deck{Name: "gone", Title: "Gone", Visible: quiz.ToEverybody, Deleted: g.now}), edit.Rows[:2], "claim", "removed"
	edit.Last = quiz.Change{ID: 3, What: "edit", Facts: []quiz.FactChange{{After: edit.Rows[0].Fact}}}
	edit.Others = []quiz.Deck{{Name: "other", Title: "Another <deck>"}}
	edit.Texts = append(edit.Texts, teach.Brought{ID: 3, Title: "A <removed> one", Removed: true})
	nothing := edit
	nothing.Moved, nothing.Last = nothing.T("move.none"), quiz.Change{ID: 4, What: "rows", Facts: make([]quiz.FactChange, 7)}
	fact, _ := d.Fact(6)
	one := FactEdit{Frame: f, Pool: pool, Fact: fact, Form: teach.FormOf(fact, "en"), Asks: teach.Asks(pool, fact), Looks: []teach.Look{teach.FewOptions}, Done: "saved"}
	held := one
	held.Fact.Held, held.Fact.Bars = []quiz.Kind{quiz.Order}, []quiz.Bar{{Term: "a <term>"}, {Fact: edit.Rows[1].Fact.Key}, {Fact: "gone"}}
	held.Last, held.Done = quiz.Change{ID: 5, What: "bar", Facts: []quiz.FactChange{{After: fact}}}, "barred"
	redated := one
	redated.Done = ""
	redated.Problems.Add("past", "problem.past", "People", 12)
	changed := one
	changed.Changed, changed.Done, changed.Form.Event = true, "", "What somebody <typed> meanwhile"
	changed.Problems.Add("event", "problem.clash", "Text", fact.Event)
	bad := FactEdit{Frame: f, Pool: pool, Form: teach.FactForm{When: "soon", Event: "In 1900"}}
	bad.Problems.Add("date", "problem.date.form")
	bad.Problems.Add("event", "problem.leak", "Words", "1900")
	gap, _ := pool.Make(quiz.CardID{Fact: 6, Facet: quiz.TermOut}, quiz.GapTyped, 4, 1)
	gone := gap
	gone.Fact = 99
	inbox := Inbox{Frame: f, Pool: pool, Reports: []quiz.Report{
		{ID: 1, Question: gap, Given: "square <market>", Reason: "two-right", Note: "Is it not the <same>?"},
		{ID: 2, Question: gone, Reason: "unclear"},
		{ID: 3, Question: gap, Reason: "date", Closed: g.now},
	}}
	refused := inbox
	refused.At, refused.Reply, refused.Problems = 1, "Far too <long>", quiz.CheckReply(string(make([]rune, quiz.NoteMax+1)))
	unread := Bring{Frame: f, Deck: &d, Form: teach.Bringing{Source: quiz.Source{Title: "A <text>", Author: "A. Writer"}, Text: "Nothing"}}
	unread.Problems.Add("text", "bring.problem.no-dates")
	wrong := DeckForm{Frame: f, Deck: quiz.Deck{Language: "?"}, To: ToDecks, Back: ToDecks}
	wrong.Problems = wrong.Deck.Check()
	return append([]Sample{
		{"deck-new", DeckForm{Frame: f, Deck: quiz.Deck{Language: "en", Precision: edtf.Day, Visible: quiz.ToMe}, To: ToDecks, Back: ToDecks}},
		{"deck-new-wrong", wrong},
		{"deck-changed", DeckForm{Frame: f, Deck: d, To: ToDescribe("roads"), Back: ToEditor("roads"), Was: "x", Now: &d}},
		{"edit-nothing-chosen", nothing},
		{"fact-held", held},
		{"fact-redated", redated},
		{"deck-about", DeckForm{Frame: f, Deck: d, To: ToDescribe("roads"), Back: ToEditor("roads")}},
		{"edit", edit},
		{"edit-empty", empty},
		{"edit-deleted", deleted},
		{"fact", one},
		{"fact-changed", changed},
		{"fact-new-wrong", bad},
		{"inbox", inbox},
		{"inbox-refused", refused},
		{"inbox-empty", Inbox{Frame: f, Pool: pool, Done: "closed"}},
		{"rows", Rows{Frame: f, Deck: &d}},
		{"rows-bad", Rows{Frame: f, Deck: &d, Added: 2, Bad: []teach.BadRow{{Line: 3, Text: "soon\tIt <stops>", Problems: bad.Problems}}}},
		{"bring", Bring{Frame: f, Deck: &d}},
		{"bring-no-dates", unread},
	}, g.reviews(f, &d)...)
}

// reviews are the states of a review.
func (g gallery) reviews(f Frame, d *quiz.Deck) []Sample {
	found, _ := extract.Read(context.Background(), sampleText, "en")
	t := teach.Text{ID: 1, Deck: 1, Source: quiz.Source{Key: "book", Title: "A Town’s <Roads>"}, Language: "en", Body: sampleText, Marks: teach.Marks(found)}
	items := make([]teach.Item, len(found.Proposals))
	for i, p := range found.Proposals {
		items[i] = teach.Item{Place: int64(i+1) * teach.Gap, ItemState: quiz.ItemState{State: quiz.Open}, Proposal: p}
	}
	items[0].State, items[0].Fact = quiz.Kept, "bridge"
	r := Review{Frame: f, Deck: d, Text: t, Items: items, At: items[1].Place, All: len(items), Open: len(items) - 1, Sure: 1, Kept: 1, Pages: 1}
	refused := r
	refused.Form = teach.FactForm{When: "soon", Event: "It <stops>"}
	refused.Problems.Add("date", "problem.date.form")
	refused.Sort = "worth"
	missing := r
	missing.Words, missing.Done = "not in the text", "nothing"
	missing.Problems.Add("words", "problem.words")
	missing.Pages, missing.Before, missing.After = 3, 1, 9
	over := r
	over.Items = []teach.Item{items[0]}
	over.At, over.All, over.Open, over.Sure = items[0].Place, 1, 0, 0
	return []Sample{{"review", r}, {"review-refused", refused}, {"review-words", missing}, {"review-done", over}}
}
