package authoring

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/extract"
)

// maxDetail is how much of the source's words is shown after an answer.
const maxDetail = 600

// NewProposalForm is the form that a proposal fills.
func NewProposalForm(it ProposalItem, lang string) FactForm {
	return FactForm{
		Date: FormatDate(it.Date, lang), Event: it.Event, Label: it.Label, Terms: strings.Join(it.Terms, "\n"), Detail: truncate(it.Quote, maxDetail),
		Claim: it.HasConcern(extract.ConcernClaim),
	}
}

// IsReady tells whether an item can be kept without a look: it is open, without
// doubt, and makes a fact.
func IsReady(it ProposalItem, lang string) bool {
	if it.Status != quiz.ProposalOpen || !it.IsReady() {
		return false
	}
	_, p := NewProposalForm(it, lang).parse(quiz.Fact{}, lang)
	return len(p) == 0
}

// findProposal finds an item of a desk.
func (d EditInput) findProposal(place int64) (ProposalItem, error) {
	for _, it := range d.Proposals {
		if it.Position == place {
			return it, nil
		}
	}
	return ProposalItem{}, quiz.NewError(quiz.NotFound, "error.missing")
}

// makeFact is the fact that a form makes of an item.
func (d EditInput) makeFact(it ProposalItem, form FactForm, t SourceText, k *keySet) (quiz.Fact, quiz.Problems) {
	f, p := form.parse(quiz.Fact{Source: t.Source.Key, Section: truncate(it.Heading, 120), Span: it.Span, Text: t.ID}, d.Deck.Language)
	if len(p) > 0 {
		return f, p
	}
	return k.assignKey(f), nil
}

// AcceptProposal makes a fact of an open item, as the form says it. Invalid with problems
// as in Add; Conflict if the item was decided already.
func AcceptProposal(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, form FactForm, now time.Time) error {
	return db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		it, err := d.findProposal(place)
		if err != nil {
			return EditResult{}, err
		}
		f, p := d.makeFact(it, form, t, newKeySet(d.Deck))
		if len(p) > 0 {
			return EditResult{}, invalidError(p)
		}
		if it.Status != quiz.ProposalOpen {
			kept, err := findFact(d.Deck, it.FactKey)
			if err == nil && it.Status == quiz.ProposalAccepted && kept.Event == f.Event && kept.Date == f.Date { // a second tap
				return EditResult{}, nil
			}
			return EditResult{}, quiz.NewError(quiz.Conflict, "error.item.decided")
		}
		if isFull(d.Deck) {
			return EditResult{}, quiz.NewError(quiz.Invalid, "error.deck.full")
		}
		return EditResult{Change: quiz.Change{
			Action: "keep", Facts: []quiz.FactChange{{After: f}},
			Proposals: []quiz.ProposalChange{{Position: place, Before: it.ProposalState, After: quiz.ProposalState{Status: quiz.ProposalAccepted, FactKey: f.Key}}},
		}}, nil
	})
}

// AcceptReadyProposals keeps all open items that need no look, in one change.
func AcceptReadyProposals(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, now time.Time) error {
	return db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		r := EditResult{Change: quiz.Change{Action: "keep-sure"}}
		keys, has := newKeySet(d.Deck), facts(d.Deck)
		for _, it := range d.Proposals {
			if !IsReady(it, d.Deck.Language) {
				continue
			}
			if has+len(r.Facts) >= quiz.MaxFacts {
				return EditResult{}, quiz.NewError(quiz.Invalid, "error.deck.full")
			}
			f, _ := d.makeFact(it, NewProposalForm(it, d.Deck.Language), t, keys)
			r.Facts = append(r.Facts, quiz.FactChange{After: f})
			r.Proposals = append(r.Proposals, quiz.ProposalChange{Position: it.Position, Before: it.ProposalState, After: quiz.ProposalState{Status: quiz.ProposalAccepted, FactKey: f.Key}})
		}
		return r, nil
	})
}

// SkipProposal sets an open item aside. Conflict if it was kept meanwhile.
func SkipProposal(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, now time.Time) error {
	return setProposalStatus(ctx, db, who, t, place, quiz.ProposalSkipped, now)
}

// ReopenProposal opens an item again that was skipped or kept; the fact that it became
// is asked no longer.
func ReopenProposal(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, now time.Time) error {
	return setProposalStatus(ctx, db, who, t, place, quiz.ProposalOpen, now)
}

func setProposalStatus(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, to quiz.ProposalStatus, now time.Time) error {
	return db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		it, err := d.findProposal(place)
		if err != nil || it.Status == to {
			return EditResult{}, err
		}
		if to == quiz.ProposalSkipped && it.Status != quiz.ProposalOpen {
			return EditResult{}, quiz.NewError(quiz.Conflict, "error.item.decided")
		}
		r := EditResult{Change: quiz.Change{Action: string(to)}}
		r.setStatus(d, it, to)
		return r, nil
	})
}

// setStatus changes an item's state; the fact that it was kept as is retired.
func (r *EditResult) setStatus(d EditInput, it ProposalItem, to quiz.ProposalStatus) {
	r.Proposals = append(r.Proposals, quiz.ProposalChange{Position: it.Position, Before: it.ProposalState, After: quiz.ProposalState{Status: to}})
	if before, err := findFact(d.Deck, it.FactKey); err == nil && it.Status == quiz.ProposalAccepted && before.Text != 0 { // one typed by hand is none of its
		after := before
		after.Retired = true
		r.Facts = append(r.Facts, quiz.FactChange{Before: before, After: after})
	}
}

// UndoImport takes a whole import back: all its facts are asked no longer, all its
// items are open, and those that were added since are gone. It is one change, and can be undone itself.
func UndoImport(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, now time.Time) error {
	return db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		r := EditResult{Change: quiz.Change{Action: "undo-text"}}
		for _, it := range d.Proposals {
			switch {
			case it.Position%PositionGap != 0:
				r.setStatus(d, it, "")
			case it.Status != quiz.ProposalOpen:
				r.setStatus(d, it, quiz.ProposalOpen)
			}
		}
		return r, nil
	})
}

// MergeProposals joins an item with the one before it that is open: that one gets the
// finer date and all terms, and this one is skipped. It gives the place of what
// they became.
func MergeProposals(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, now time.Time) (joinedAt int64, err error) {
	err = db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		it, err := d.findProposal(place)
		if err != nil || it.Status != quiz.ProposalOpen {
			return EditResult{}, err
		}
		var into ProposalItem
		for _, one := range d.Proposals {
			if one.Position < place && one.Status == quiz.ProposalOpen {
				into = one
			}
		}
		if into.Position == 0 {
			return EditResult{}, quiz.NewError(quiz.Invalid, "error.merge.none")
		}
		joined, room := into, false
		if joined.Position, room = d.freePosition(into.Position, place); !room {
			return EditResult{}, quiz.NewError(quiz.Invalid, "error.split.full")
		}
		joinedAt = joined.Position
		for _, term := range it.Terms {
			if !slices.Contains(joined.Terms, term) {
				joined.Terms = append(slices.Clone(joined.Terms), term)
			}
		}
		if isFiner(it.Date, into.Date) {
			joined.Date, joined.DateSpan = it.Date, it.DateSpan
		}
		if it.Span != into.Span {
			joined.Quote = strings.TrimSpace(into.Quote + " " + it.Quote)
		}
		joined.Event = strings.TrimSuffix(truncate(joinEvents(into.Event, it.Event), 200), "…")
		joined.Terms = slices.DeleteFunc(joined.Terms, func(term string) bool { return !strings.Contains(joined.Event, term) })
		joined.Concerns = append(slices.Clone(joined.Concerns), it.Concerns...)
		r := EditResult{Change: quiz.Change{Action: "merge"}, NewProposals: []ProposalItem{joined}}
		r.setStatus(d, into, quiz.ProposalSkipped)
		r.setStatus(d, it, quiz.ProposalSkipped)
		return r, nil
	})
	return joinedAt, err
}

func isFiner(a, b edtf.Date) bool { return a.Hi()-a.Lo() < b.Hi()-b.Lo() }

func joinEvents(a, b string) string {
	if strings.Contains(a, b) {
		return a
	}
	if strings.Contains(b, a) {
		return b
	}
	return strings.TrimRight(a, ". ") + "; " + b
}

// SplitProposal puts a copy of an item behind it, for a sentence that tells two things.
func SplitProposal(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, now time.Time) error {
	return db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		it, err := d.findProposal(place)
		if err != nil {
			return EditResult{}, err
		}
		next := place + PositionGap
		for _, one := range d.Proposals {
			if one.Position > place {
				next = min(next, one.Position)
			}
		}
		twin, room := it, false
		twin.ProposalState = quiz.ProposalState{Status: quiz.ProposalOpen}
		if twin.Position, room = d.freePosition(place, next); !room {
			return EditResult{}, quiz.NewError(quiz.Invalid, "error.split.full")
		}
		return EditResult{Change: quiz.Change{Action: "split"}, NewProposals: []ProposalItem{twin}}, nil
	})
}

// ProposeSelection makes an open item of words that were selected in the text. Its date
// is the first one in or near the words.
func ProposeSelection(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, span quiz.Span, now time.Time) (place int64, err error) {
	runes := []rune(t.Body)
	if span.Start < 0 || span.End > len(runes) || span.Start >= span.End || span.End-span.Start > 2000 {
		return 0, quiz.NewError(quiz.Invalid, "error.select")
	}
	words := quiz.OneLine(string(runes[span.Start:span.End]))
	p := extract.Proposal{Event: truncate(words, 200), Label: strings.TrimSuffix(truncate(words, 48), "…"), Quote: words, Span: span, Score: 1}
	found, err := extract.ExtractProposals(ctx, words, t.Language)
	if err != nil {
		return 0, err
	}
	if len(found.Proposals) > 0 {
		one := found.Proposals[0]
		p.Date, p.SecondDate, p.Event, p.Label, p.Terms = one.Date, one.SecondDate, one.Event, one.Label, one.Terms
		for _, m := range one.Concerns {
			p.Concerns = append(p.Concerns, extract.Concern{Kind: m.Kind, Text: m.Text, Span: span})
		}
	}
	borrow := func(it ProposalItem) {
		p.Date, p.DateSpan = it.Date, it.DateSpan
		p.Concerns = append(p.Concerns, extract.Concern{Kind: extract.ConcernDateInferred, Text: it.Date.Format(t.Language), Span: it.DateSpan})
	}
	err = db.EditDeck(ctx, who, t.Deck, t.ID, now, func(d EditInput) (EditResult, error) {
		after, next := int64(0), int64(len(d.Proposals)+2)*PositionGap
		for _, it := range d.Proposals {
			if it.Span.Start <= span.Start {
				after = max(after, it.Position)
			}
		}
		for _, it := range d.Proposals {
			if it.Position > after {
				next = min(next, it.Position)
			}
			if p.Date.IsZero() && it.Position >= after {
				borrow(it)
			}
		}
		if p.Date.IsZero() {
			borrow(d.Proposals[len(d.Proposals)-1])
		}
		var room bool
		if place, room = d.freePosition(after, next); !room {
			return EditResult{}, quiz.NewError(quiz.Invalid, "error.split.full")
		}
		return EditResult{
			Change: quiz.Change{Action: "select"}, NewProposals: []ProposalItem{{Position: place, ProposalState: quiz.ProposalState{Status: quiz.ProposalOpen}, Proposal: p}},
		}, nil
	})
	return place, err
}

// maxSelection is how much can be selected, in bytes.
const maxSelection = 4000

// FindWords finds words in a text, whatever stands between them for a space, at or
// after a place before anywhere else.
func FindWords(body, words string, near int) (quiz.Span, bool) {
	want := strings.Fields(words)
	if len(want) == 0 || len(words) > maxSelection {
		return quiz.Span{}, false
	}
	runes := []rune(body)
	first := quiz.Span{}
	for i := range runes {
		if end, ok := matchWords(runes, i, want); ok {
			if i >= near {
				return quiz.Span{Start: i, End: end}, true
			}
			if first.IsZero() {
				first = quiz.Span{Start: i, End: end}
			}
		}
	}
	return first, !first.IsZero()
}

// matchWords tells whether words stand at a place of a text, and where they end.
func matchWords(runes []rune, i int, want []string) (end int, ok bool) {
	for n, w := range want {
		if n > 0 {
			from := i
			for i < len(runes) && unicode.IsSpace(runes[i]) {
				i++
			}
			if i == from {
				return 0, false
			}
		}
		for _, r := range w {
			if i >= len(runes) || runes[i] != r {
				return 0, false
			}
			i++
		}
	}
	return i, true
}
