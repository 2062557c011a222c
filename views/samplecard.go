package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"
)

// cards are states of the page about one card.
func (g gallery) cards() []Sample {
	person := quiz.Person{Settings: quiz.Beginning("Asia/Baku")}
	at := study.At(person, g.now)
	fact, _ := g.pool.Deck.Fact(4)
	known := quiz.Card{
		CardID: quiz.CardID{Fact: 4, Facet: quiz.When}, DueDay: at.Day + 9, Due: at.Cal.Start(at.Day + 9), Version: 3,
		Memory: fsrs.Card{
			Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: 12.4, Difficulty: 5.3}, LastDay: at.Day - 3, Reps: 3, Lapses: 1, Learned: true,
		},
	}
	answer := func(kind quiz.Kind, verdict quiz.Verdict, ago int64, expected float64) quiz.Review {
		r := quiz.Review{
			Question: quiz.Question{Kind: kind, Fact: 4, Facet: quiz.When, Dated: edtf.MustParse("1871")}, Verdict: verdict,
			Day: at.Day - ago, At: at.Cal.Start(at.Day - ago).Add(9 * time.Hour), Expected: expected, After: known,
		}
		r.After.DueDay = r.Day + 4
		return r
	}
	first := answer(quiz.WhenChoice, quiz.Right, 12, -1)
	first.After.Memory.Phase, first.After.Due, first.After.DueDay = fsrs.PhaseLearning, first.At.Add(10*time.Minute), first.Day
	log := []quiz.Review{answer(quiz.WhenTyped, quiz.Wrong, 3, 0.87), answer(quiz.Flip, quiz.Right, 8, 0.91), first}
	page := Card{Frame: g.learner, Deck: g.pool.Deck, Fact: fact, Card: known, At: at, Log: log, Slip: recall.Slip{Chance: 1}, Day: "2026-05-21"}
	aside, fresh, wrong := page, page, page
	wrong.Slip.CardID, wrong.Slip.Chance, wrong.With = known.CardID, 0.002, g.pool.Deck.Facts[0]
	wrong.Slip.N, wrong.Slip.Right, wrong.Slip.Sum = 9, 3, 7.6
	aside.Aside, aside.Done, aside.Undo = quiz.Never, quiz.Suspend, 7
	fresh.Card, fresh.Log, fresh.Aside = quiz.Card{CardID: known.CardID}, nil, at.Day+1
	wrong.Day, wrong.Problems = "<b>", quiz.Care{Deed: quiz.SetDue}.Check(at.Day)
	return []Sample{{"card", page}, {"card-aside", aside}, {"card-new", fresh}, {"card-problem", wrong}}
}

// goals are states of the page on which a test is set.
func (g gallery) goals() []Sample {
	at := study.At(quiz.Person{Settings: quiz.Beginning("Asia/Baku")}, g.now)
	none := Goal{
		Frame: g.learner, Deck: g.pool.Deck, Cal: at.Cal, Day: "2026-05-26", Minutes: "10",
		Choices: []Choice{{5, 0.61}, {10, 0.784}, {20, 0.9}, {40, 0.95}},
	}
	set := none
	set.Goal, set.PerDay = quiz.Goal{Deck: 1, Day: at.Day + 14, Minutes: 10}, 66
	set.Expected, set.Foretold, set.Done = study.Expected{Now: 0.41, Share: 0.784, Low: 0.7, High: 0.85}, recall.Share{N: 120, Right: 102, Sum: 104.6}, "set"
	over, wrong := set, none
	over.Over, over.Done = true, ""
	wrong.Day, wrong.Minutes, wrong.Problems, wrong.Choices = "<i>", "many", quiz.Goal{}.Check(at.Day), nil
	return []Sample{{"goal-new", none}, {"goal", set}, {"goal-over", over}, {"goal-problems", wrong}}
}
