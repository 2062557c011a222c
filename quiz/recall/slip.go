package recall

import (
	"cmp"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Slip is a card that was wrong, with how likely that was.
type Slip struct {
	quiz.CardID
	Share
	Chance float64 // of as many wrong answers or more, by what was expected
	With   []int64 // facts that it was taken for, the most frequent first
}

// Wrong is how many answers were wrong.
func (s Slip) Wrong() int { return s.N - s.Right }

// ExpectedWrong is how many were expected to be.
func (s Slip) ExpectedWrong() float64 { return float64(s.N) - s.Sum }

// Keeps tells whether the card keeps slipping: chance alone hardly does that.
func (s Slip) Keeps() bool { return s.Chance < 0.01 }

// Taken is the fact that it was taken for most; 0 for none.
func (s Slip) Taken() int64 {
	if len(s.With) == 0 {
		return 0
	}
	return s.With[0]
}

// Slips lists cards that were wrong more often than expected, the least probable
// first.
func Slips(all []Answer) []Slip {
	at, chances, with := map[quiz.CardID]*Slip{}, map[quiz.CardID][]float64{}, map[quiz.CardID]map[int64]int{}
	for _, a := range all {
		if a.Confused != 0 {
			if with[a.CardID] == nil {
				with[a.CardID] = map[int64]int{}
			}
			with[a.CardID][a.Confused]++
		}
		if !a.Foreseen() {
			continue
		}
		if at[a.CardID] == nil {
			at[a.CardID] = &Slip{CardID: a.CardID}
		}
		at[a.CardID].Add(a)
		chances[a.CardID] = append(chances[a.CardID], a.Expected)
	}
	var out []Slip
	for id, s := range at {
		if float64(s.Wrong()) <= s.ExpectedWrong() {
			continue
		}
		s.Chance, s.With = fsrs.Tail(chances[id], s.Wrong()), frequent(with[id])
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Slip) int {
		return cmp.Or(cmp.Compare(a.Chance, b.Chance), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	return out
}

func frequent(times map[int64]int) []int64 {
	var out []int64
	for fact := range times {
		out = append(out, fact)
	}
	slices.SortFunc(out, func(a, b int64) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	return out
}

// Confusion is a fact that was taken for another.
type Confusion struct {
	Fact, With int64
	N          int
}

// Confusions lists what was taken for what, the most frequent first. A card that
// was then told from the other rightly begins anew. Answers come oldest first.
func Confusions(all []Answer) []Confusion {
	type pair struct {
		quiz.CardID
		with int64
	}
	times := map[pair]int{}
	for _, a := range all {
		if a.Contrast != 0 && a.Verdict == quiz.Right {
			delete(times, pair{a.CardID, a.Contrast})
		}
		if a.Confused != 0 {
			times[pair{a.CardID, a.Confused}]++
		}
	}
	both := map[Confusion]int{}
	for p, n := range times {
		both[Confusion{Fact: p.Fact, With: p.with}] += n
	}
	var out []Confusion
	for c, n := range both {
		c.N = n
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.With, b.With))
	})
	return out
}
