package stats

import (
	"cmp"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// WeakCard is a card that was answered wrong more often than expected.
type WeakCard struct {
	quiz.CardID
	RecallShare
	Probability  float64 // chance of at least this many wrong answers, given what was expected
	ConfusedWith []int64 // facts it was confused with, most frequent first
}

// WrongCount returns how many answers were wrong.
func (s WeakCard) WrongCount() int { return s.Count - s.Right }

// ExpectedWrongCount returns how many answers were expected to be wrong.
func (s WeakCard) ExpectedWrongCount() float64 { return float64(s.Count) - s.ExpectedSum }

// IsWeak reports whether the wrong answers are unlikely to be chance: the probability is
// below 1 %.
func (s WeakCard) IsWeak() bool { return s.Probability < 0.01 }

// MostConfusedWith returns the fact it was most often confused with; 0 for none.
func (s WeakCard) MostConfusedWith() int64 {
	if len(s.ConfusedWith) == 0 {
		return 0
	}
	return s.ConfusedWith[0]
}

// FindWeakCards returns the cards that were wrong more often than expected, least
// probable first.
func FindWeakCards(all []ReviewOutcome) []WeakCard {
	at, chances, with := map[quiz.CardID]*WeakCard{}, map[quiz.CardID][]float64{}, map[quiz.CardID]map[int64]int{}
	for _, a := range all {
		if a.ConfusedWith != 0 {
			if with[a.CardID] == nil {
				with[a.CardID] = map[int64]int{}
			}
			with[a.CardID][a.ConfusedWith]++
		}
		if !a.HasExpectation() {
			continue
		}
		if at[a.CardID] == nil {
			at[a.CardID] = &WeakCard{CardID: a.CardID}
		}
		at[a.CardID].Add(a)
		chances[a.CardID] = append(chances[a.CardID], a.Expected)
	}
	var out []WeakCard
	for id, s := range at {
		if float64(s.WrongCount()) <= s.ExpectedWrongCount() {
			continue
		}
		s.Probability, s.ConfusedWith = fsrs.PoissonBinomialTail(chances[id], s.WrongCount()), byFrequency(with[id])
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b WeakCard) int {
		return cmp.Or(cmp.Compare(a.Probability, b.Probability), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	return out
}

func byFrequency(times map[int64]int) []int64 {
	var out []int64
	for fact := range times {
		out = append(out, fact)
	}
	slices.SortFunc(out, func(a, b int64) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	return out
}

// Confusion is a fact that was confused with another.
type Confusion struct {
	Fact, ConfusedWith int64
	Count              int
}

// FindConfusions returns which facts were confused with which, most frequent first. A
// right answer to a contrast question about the two resets the count. Reviews must be
// ordered oldest first.
func FindConfusions(all []ReviewOutcome) []Confusion {
	type pair struct {
		quiz.CardID
		with int64
	}
	times := map[pair]int{}
	for _, a := range all {
		if a.ContrastFact != 0 && a.Verdict == quiz.VerdictRight {
			delete(times, pair{a.CardID, a.ContrastFact})
		}
		if a.ConfusedWith != 0 {
			times[pair{a.CardID, a.ConfusedWith}]++
		}
	}
	both := map[Confusion]int{}
	for p, n := range times {
		both[Confusion{Fact: p.Fact, ConfusedWith: p.with}] += n
	}
	var out []Confusion
	for c, n := range both {
		c.Count = n
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.ConfusedWith, b.ConfusedWith))
	})
	return out
}
