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

// maxDetail is the maximum length of the source quotation shown after an answer, in
// characters.
const maxDetail = 600

// NewProposalForm returns a form filled with the values of a proposal.
func NewProposalForm(it ProposalItem, lang string) FactForm {
	return FactForm{
		Date: FormatDate(it.Date, lang), Event: it.Event, Label: it.Label, Terms: strings.Join(it.Terms, "\n"), Detail: truncate(it.Quote, maxDetail),
		Claim: it.HasConcern(extract.ConcernClaim),
	}
}

// IsReady reports whether a proposal can be accepted without checking: it is open,
// has no concerns and makes a valid fact.
func IsReady(it ProposalItem, lang string) bool {
	if it.Status != quiz.ProposalOpen || !it.IsReady() {
		return false
	}
	_, p := NewProposalForm(it, lang).parse(quiz.Fact{}, lang)
	return len(p) == 0
}

// findProposal returns the proposal at a position.
func (d EditInput) findProposal(place int64) (ProposalItem, error) {
	for _, it := range d.Proposals {
		if it.Position == place {
			return it, nil
		}
	}
	return ProposalItem{}, quiz.NewError(quiz.NotFound, "error.missing")
}

// makeFact makes a fact from a proposal and its form.
func (d EditInput) makeFact(it ProposalItem, form FactForm, t SourceText, k *keySet) (quiz.Fact, quiz.Problems) {
	f, p := form.parse(quiz.Fact{Source: t.Source.Key, Section: truncate(it.Heading, 120), Span: it.Span, Text: t.ID}, d.Deck.Language)
	if len(p) > 0 {
		return f, p
	}
	return k.assignKey(f), nil
}

// AcceptProposal makes a fact from an open proposal and its form. It returns
// Invalid with problems as AddFact does, and Conflict if the proposal was already
// decided.
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
			if err == nil && it.Status == quiz.ProposalAccepted && kept.Event == f.Event && kept.Date == f.Date { // the same form was sent twice
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

// AcceptReadyProposals accepts all proposals that are ready, in one change.
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

// SkipProposal skips an open proposal. It returns Conflict if the proposal was
// accepted before.
func SkipProposal(ctx context.Context, db DeckStore, who quiz.Who, t SourceText, place int64, now time.Time) error {
	return setProposalStatus(ctx, db, who, t, place, quiz.ProposalSkipped, now)
}

// ReopenProposal reopens a skipped or accepted proposal. The fact made from it is
// retired.
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

// setStatus changes the status of a proposal. If it was accepted, its fact is
// retired.
func (r *EditResult) setStatus(d EditInput, it ProposalItem, to quiz.ProposalStatus) {
	r.Proposals = append(r.Proposals, quiz.ProposalChange{Position: it.Position, Before: it.ProposalState, After: quiz.ProposalState{Status: to}})
	if before, err := findFact(d.Deck, it.FactKey); err == nil && it.Status == quiz.ProposalAccepted && before.Text != 0 { // a fact without a text was typed by hand
		after := before
		after.Retired = true
		r.Facts = append(r.Facts, quiz.FactChange{Before: before, After: after})
	}
}

// UndoImport undoes a whole import in one change: it retires the facts made from
// the text, reopens all its proposals and removes proposals that were added later.
// It can itself be undone.
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

// MergeProposals merges an open proposal with the open one before it. The merged
// proposal has the more precise date and the terms of both; the two originals are
// skipped. It returns the position of the merged proposal.
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

// SplitProposal inserts a copy of a proposal after it, for a sentence that contains
// two facts.
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

// ProposeSelection makes an open proposal from words selected in the text. Its date
// is the first one in the words, or else that of a nearby proposal.
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

// maxSelection is the maximum length of a selection in bytes.
const maxSelection = 4000

// FindWords finds words in a text, separated by any white space. It returns the
// first match at or after near, or else the first match anywhere.
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

// matchWords reports whether the words occur at position i, and where they end.
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
