package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/recall"
	"chronicle/views/kit"
)

// progress is the page with much, with a few answers and with none.
func (g gallery) progress() []Sample {
	few := Progress{
		Frame: g.guest, Facts: 7, Recall: 0.84, Line: g.facts(), First: -43, Last: 2001, Days: 2, Answers: 31,
		Calendar: []kit.Square{{Name: "2026-05-01: 3 answers", Level: 1}},
		Ahead:    []kit.Bar{{Label: "Today", Name: "Tue 2026-05-12", Value: 3, Now: true}, {Name: "Wed 2026-05-13", Value: 7}},
		Periods: []Period{
			{recall.Period{From: -100, To: -1, Facts: 1, Sum: 0.2}, "roads", "Roads & <bridges>"},
			{recall.Period{From: 1800, To: 1899, Facts: 3, Sum: 1.5}, "roads", "Roads & <bridges>"},
		},
		Spent: recall.Spent{Week: 11 * time.Minute, All: 3 * time.Hour, Answers: 700, Row: 1},
	}
	few.All = recall.Of(g.answers(4))
	much := few
	much.Cal = g.cal
	much.Practised = []quiz.Day{{Day: 20585, Answers: 31, Correct: 24, Took: 7 * time.Minute}, {Day: 20580, Answers: 3, Correct: 3}}
	much.Trial = quiz.Trial{Items: 640, Loss: 0.3121, Before: 0.3304, Better: true, At: g.now}
	much.Named, much.Frame = true, g.learner
	answers := g.answers(90)
	much.All, much.Forms, much.Bins = recall.Of(answers), recall.Forms(answers), recall.Bins(answers)
	much.Times, much.Monthly = recall.Times(answers)
	tram, _ := g.pool.Deck.Fact(6)
	bridge, _ := g.pool.Deck.Fact(4)
	slip := recall.Slip{Share: recall.Share{N: 6, Right: 2, Sum: 5.4}, Chance: 0.001}
	slip.Facet = quiz.When
	mild := slip
	mild.Right, mild.Chance = 5, 0.4
	much.Slips = []Slip{{slip, g.pool.Deck, tram, []quiz.Fact{bridge}}, {mild, g.pool.Deck, bridge, nil}}
	much.Mixed = []Mixed{{g.pool.Deck, tram, bridge, 3, true}, {g.pool.Deck, bridge, tram, 1, false}}
	months := much
	months.Times, months.Monthly = recall.Times(append(g.answers(30), recall.Answer{Expected: 0.5, Day: 20522, Rating: fsrs.Good}))
	return []Sample{
		{"progress", much},
		{"progress-months", months},
		{"progress-few", few},
		{"progress-empty", Progress{Frame: g.guest}},
	}
}

// answers are some on the first days of May 2026, most of them right.
func (g gallery) answers(n int) []recall.Answer {
	var out []recall.Answer
	for i := range n {
		a := recall.Answer{Day: 20577 + int64(i%12), Expected: 0.55 + float64(i%9)/20, Rating: fsrs.Good, Kind: quiz.Scored[i%3]}
		if i%6 == 0 {
			a.Rating = fsrs.Again
		}
		out = append(out, a)
	}
	return out
}
