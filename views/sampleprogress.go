package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/stats"
	"chronicle/views/kit"
)

// progress returns the progress page with many, few and no answers.
func (g gallery) progress() []Sample {
	few := ProgressScreen{
		Frame: g.guest, Facts: 7, Recall: 0.84, Timeline: g.facts(), First: -43, Last: 2001, Days: 2, Answers: 31,
		Calendar:     []kit.Square{{Name: "2026-05-01: 3 answers", Level: 1}},
		ForecastBars: []kit.Bar{{Label: "Today", Name: "Tue 2026-05-12", Value: 3, Current: true}, {Name: "Wed 2026-05-13", Value: 7}},
		Periods: []PracticePeriod{
			{stats.TimelinePeriod{FromYear: -100, ToYear: -1, Facts: 1, RecallSum: 0.2}, "roads", "Roads & <bridges>"},
			{stats.TimelinePeriod{FromYear: 1800, ToYear: 1899, Facts: 3, RecallSum: 1.5}, "roads", "Roads & <bridges>"},
		},
		PracticeTime: stats.PracticeTime{Week: 11 * time.Minute, Total: 3 * time.Hour, Answers: 700, StreakDays: 1},
	}
	few.RecallShare = stats.NewRecallShare(g.answers(4))
	much := few
	much.Cal = g.cal
	much.PracticeDays = []quiz.PracticeDay{{Day: 20585, Answers: 31, Correct: 24, Duration: 7 * time.Minute}, {Day: 20580, Answers: 3, Correct: 3}}
	much.TrainingResult = quiz.TrainingResult{ReviewCount: 640, Loss: 0.3121, PreviousLoss: 0.3304, Adopted: true, At: g.now}
	much.NamesDecks, much.Frame = true, g.learner
	answers := g.answers(90)
	much.RecallShare, much.KindShares, much.CalibrationBins = stats.NewRecallShare(answers), stats.GroupByKind(answers), stats.CalibrationBins(answers)
	much.TimeBuckets, much.Monthly = stats.GroupByTime(answers)
	tram, _ := g.index.Deck.Fact(6)
	bridge, _ := g.index.Deck.Fact(4)
	slip := stats.WeakCard{RecallShare: stats.RecallShare{Count: 6, Right: 2, ExpectedSum: 5.4}, Probability: 0.001}
	slip.Facet = quiz.FacetWhen
	mild := slip
	mild.Right, mild.Probability = 5, 0.4
	much.WeakFacts = []WeakFact{{slip, g.index.Deck, tram, []quiz.Fact{bridge}}, {mild, g.index.Deck, bridge, nil}}
	much.Confusions = []ConfusedFacts{{g.index.Deck, tram, bridge, 3, true}, {g.index.Deck, bridge, tram, 1, false}}
	months := much
	months.TimeBuckets, months.Monthly = stats.GroupByTime(append(g.answers(30), stats.ReviewOutcome{Expected: 0.5, Day: 20522, Rating: fsrs.Good}))
	return []Sample{
		{"progress", much},
		{"progress-months", months},
		{"progress-few", few},
		{"progress-empty", ProgressScreen{Frame: g.guest}},
	}
}

// answers returns answers on the first days of May 2026, most of them right.
func (g gallery) answers(n int) []stats.ReviewOutcome {
	var out []stats.ReviewOutcome
	for i := range n {
		a := stats.ReviewOutcome{Day: 20577 + int64(i%12), Expected: 0.55 + float64(i%9)/20, Rating: fsrs.Good, Kind: quiz.GradedKinds[i%3]}
		if i%6 == 0 {
			a.Rating = fsrs.Again
		}
		out = append(out, a)
	}
	return out
}
