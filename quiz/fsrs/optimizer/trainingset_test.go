package optimizer

import (
	"context"
	"math"
	"testing"

	"chronicle/quiz/fsrs"
)

func row(card string, order int64, days float64, r fsrs.Rating) ReviewRow {
	return ReviewRow{Line: int(order), Card: card, Time: order, Days: days, Rating: r, Target: days > 0}
}

func TestRecentReviewsWeighMore(t *testing.T) {
	var c Collector
	for _, r := range []ReviewRow{
		row("b", 20, 0, 3), row("a", 10, -1, 1), row("b", 40, 2, 3), row("a", 11, 0, 3),
		row("a", 30, 1, 1), row("b", 41, 0, 2), row("c", 5, 0, 4), row("a", 50, 3, 3),
	} {
		if err := c.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	l, err := c.Log()
	if err != nil {
		t.Fatal(err)
	}
	items := newTrainingSet(l)
	if l.Cards() != 3 || l.Reviews() != 8 || items.count != 3 || len(items.cards) != 2 {
		t.Errorf("%d cards, %d reviews, %d items of %d cards", l.Cards(), l.Reviews(), items.count, len(items.cards))
	}
	got := map[int32]float32{}
	for i, w := range items.weights {
		if w > 0 {
			got[l.reviews[i].row] = w
		}
	}
	if len(got) != 3 || got[4] != 0.25 || got[2] != 0.25+0.75/8 || got[7] != 1 {
		t.Errorf("weights by row: %v", got)
	}
	if w := weight(0, 1); w != 1 {
		t.Errorf("the only one weighs %v", w)
	}
}

// TestSpansEndAtTheLastTarget checks that the last review's effect on memory is not
// part of the loss, and that reviews after the last target are not processed.
func TestSpansEndAtTheLastTarget(t *testing.T) {
	var c Collector
	for i, days := range []float64{0, 1, 2, 4, 9} {
		r := row("a", int64(i), days, fsrs.Good)
		r.Target = i == 2
		if err := c.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	l, err := c.Log()
	if err != nil {
		t.Fatal(err)
	}
	items := newTrainingSet(l)
	if len(items.cards) != 1 || items.cards[0] != (cardSpan{0, 3, 1}) {
		t.Fatalf("spans %v", items.cards)
	}
	m := must(fsrs.DefaultWeights)
	mem := m.NextMemory(m.NextMemory(fsrs.Memory{}, 0, fsrs.Good, fsrs.PlainForm), 1, fsrs.Good, fsrs.PlainForm)
	_, plain, err := items.loss(context.Background(), newModelTerms(fsrs.DefaultWeights))
	if want := -math.Log(m.Retrievability(mem, 2)); err != nil || math.Abs(plain-want) > 1e-12 {
		t.Errorf("loss %v, want %v", plain, want)
	}
}

func TestRareIntervalsAreSkipped(t *testing.T) {
	var c Collector
	n := int64(0)
	add := func(count int, first fsrs.Rating, days float64, then fsrs.Rating) {
		for range count {
			card := string(rune('a' + n))
			n += 10
			for i, r := range []ReviewRow{row(card, n, 0, first), row(card, n+1, 0, 3), row(card, n+2, days, then), row(card, n+3, 5, 1)} {
				if err := c.Add(r); err != nil {
					t.Fatal(i, err)
				}
			}
		}
	}
	add(2, fsrs.Again, 7, fsrs.Good) // too few
	add(3, fsrs.Good, 4, fsrs.Good)
	add(1, fsrs.Good, 4, fsrs.Again)
	add(4, fsrs.Good, 101, fsrs.Good) // too long
	add(3, fsrs.Easy, 101, fsrs.Good)
	add(3, fsrs.Easy, 366, fsrs.Good) // too long
	l, err := c.Log()
	if err != nil {
		t.Fatal(err)
	}
	items := newTrainingSet(l)
	got := items.intervalCounts()
	want := []intervalCount{{firstInterval{fsrs.Good, 4}, 4, 3}, {firstInterval{fsrs.Easy, 101}, 3, 3}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("cells %v, want %v", got, want)
	}
	if r := items.recallShare(); r != 15.0/32 { // the last answer of each card is wrong
		t.Errorf("%v recalled", r)
	}
}
