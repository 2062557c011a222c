package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"
)

// cards returns states of the card page.
func (g gallery) cards() []Sample {
	person := quiz.Person{Settings: quiz.DefaultSettings("Asia/Baku")}
	at := study.NewLearnerTime(person, g.now)
	fact, _ := g.index.Deck.Fact(4)
	known := quiz.Card{
		CardID: quiz.CardID{Fact: 4, Facet: quiz.FacetWhen}, DueDay: at.Day + 9, Due: at.Calendar.DayStart(at.Day + 9), Version: 3,
		State: fsrs.CardState{
			Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: 12.4, Difficulty: 5.3}, LastDay: at.Day - 3, Reps: 3, Lapses: 1, Learned: true,
		},
	}
	answer := func(kind quiz.Kind, verdict quiz.Verdict, ago int64, expected float64) quiz.Review {
		r := quiz.Review{
			Question: quiz.Question{Kind: kind, Fact: 4, Facet: quiz.FacetWhen, FactDate: edtf.MustParse("1871")}, Verdict: verdict,
			Day: at.Day - ago, At: at.Calendar.DayStart(at.Day - ago).Add(9 * time.Hour), Expected: expected, CardAfter: known,
		}
		r.CardAfter.DueDay = r.Day + 4
		return r
	}
	first := answer(quiz.KindWhenChoice, quiz.VerdictRight, 12, -1)
	first.CardAfter.State.Phase, first.CardAfter.Due, first.CardAfter.DueDay = fsrs.PhaseLearning, first.At.Add(10*time.Minute), first.Day
	log := []quiz.Review{answer(quiz.KindWhenTyped, quiz.VerdictWrong, 3, 0.87), answer(quiz.KindFlashcard, quiz.VerdictRight, 8, 0.91), first}
	page := CardScreen{Frame: g.learner, Deck: g.index.Deck, Fact: fact, Card: known, Time: at, Reviews: log, WeakCard: stats.WeakCard{Probability: 1}, Day: "2026-05-21"}
	aside, fresh, wrong := page, page, page
	wrong.WeakCard.CardID, wrong.WeakCard.Probability, wrong.ConfusedWith = known.CardID, 0.002, g.index.Deck.Facts[0]
	wrong.WeakCard.Count, wrong.WeakCard.Right, wrong.WeakCard.ExpectedSum = 9, 3, 7.6
	aside.SuspendedUntil, aside.DoneAction, aside.UndoAction = quiz.NeverDay, quiz.ActionSuspend, 7
	fresh.Card, fresh.Reviews, fresh.SuspendedUntil = quiz.Card{CardID: known.CardID}, nil, at.Day+1
	wrong.Day, wrong.Problems = "<b>", quiz.CardAction{Kind: quiz.ActionReschedule}.Validate(at.Day)
	return []Sample{{"card", page}, {"card-aside", aside}, {"card-new", fresh}, {"card-problem", wrong}}
}

// testDates returns states of the test date page.
func (g gallery) testDates() []Sample {
	at := study.NewLearnerTime(quiz.Person{Settings: quiz.DefaultSettings("Asia/Baku")}, g.now)
	none := TestDateScreen{
		Frame: g.learner, Deck: g.index.Deck, Cal: at.Calendar, Day: "2026-05-26", Minutes: "10",
		Choices: []TestMinutesChoice{{5, 0.61}, {10, 0.784}, {20, 0.9}, {40, 0.95}},
	}
	set := none
	set.TestDate, set.AnswersPerDay = quiz.TestDate{Deck: 1, Day: at.Day + 14, Minutes: 10}, 66
	set.Forecast, set.ForecastAccuracy, set.Done = study.TestForecast{KnownToday: 0.41, KnownOnDay: 0.784, Low: 0.7, High: 0.85}, stats.RecallShare{Count: 120, Right: 102, ExpectedSum: 104.6}, "set"
	over, wrong := set, none
	over.IsPast, over.Done = true, ""
	wrong.Day, wrong.Minutes, wrong.Problems, wrong.Choices = "<i>", "many", quiz.TestDate{}.Validate(at.Day), nil
	return []Sample{{"goal-new", none}, {"goal", set}, {"goal-over", over}, {"goal-problems", wrong}}
}
