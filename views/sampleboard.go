package views

import (
	"chronicle/quiz"
	"chronicle/quiz/leaderboard"
)

// boards returns the leaderboard screens.
func (g gallery) boards() []Sample {
	site := BoardScreen{Frame: g.nobody, Board: quiz.BoardID{Kind: quiz.BoardKindSite}, URL: ToBoard, Metric: quiz.MetricPractice, PeriodKind: leaderboard.PeriodWeek, Period: "2026-W20", Current: true, Ends: g.cal.Day(g.now) + 5, Zone: "Asia/Baku", Alias: "Amber Heron"}
	many := quiz.Leaderboard{PlayerCount: 10_000, Joined: true, Standings: []quiz.Standing{
		{Rank: 1, Alias: "Dilara <b>", Points: 1400, PracticeDays: 7, DueRecalled: 210},
		{Rank: 2, Alias: "Chidi", Points: 1380, PracticeDays: 7, DueRecalled: 190},
		{Rank: 2, Alias: "Emil", Points: 1380, PracticeDays: 6, DueRecalled: 120},
		{Rank: 4811, Alias: "Farid", Points: 91, PracticeDays: 1, DueRecalled: 3, AfterGap: true},
		{Rank: 4812, Alias: "Aysel", Points: 90, PracticeDays: 1, IsMe: true},
		{Rank: 4812, Alias: "Bogdan", Points: 90, PracticeDays: 2},
	}}
	mine := site
	mine.Frame, mine.Standing, mine.PastPeriods = g.guest, many, []string{"2026-W19", "2026-W09", "2026-T1", "2025-T3"}
	mine.JoinedBoards = []leaderboard.JoinedBoard{{BoardID: site.Board}, {BoardID: quiz.BoardID{Kind: quiz.BoardKindDeck, ID: 1}, Title: "Roads & <bridges>", Name: "roads"}, {BoardID: quiz.BoardID{Kind: quiz.BoardKindClass, ID: 1}, Title: "History <10B>", Name: "class"}}
	deck := mine
	deck.Board, deck.Name, deck.URL, deck.Metric, deck.PeriodKind, deck.Period = quiz.BoardID{Kind: quiz.BoardKindDeck, ID: 1}, "Roads & <bridges>", ToDeckBoard("roads"), quiz.MetricMastered, leaderboard.PeriodAllTime, "all"
	deck.Ends = 0
	past := mine
	past.Current, past.Ends, past.PeriodKind, past.Period, past.Hidden = false, 0, leaderboard.PeriodTerm, "2026-T1", true
	taken := site
	taken.Frame, taken.Alias = g.guest, "Aysel"
	taken.Problems.Add("alias", "problem.alias.board")
	class := mine
	class.Board, class.Name, class.URL, class.Back = quiz.BoardID{Kind: quiz.BoardKindClass, ID: 1}, "History <10B>", ToClassBoard("class"), ToClass("class")
	class.PeriodKind, class.Period, class.Standing.PlayerCount, class.Standing.Standings = leaderboard.PeriodTerm, "2026-T2", 1, many.Standings[4:5]
	class.Target = ClassTarget{Deck: "Roads & <bridges>", Known: 0.64, Target: 80, TargetDay: g.cal.Day(g.now) + 9}
	learn := class
	learn.Target.ByCards, learn.Standing = true, quiz.Leaderboard{Joined: true}
	one := quiz.Quiz{Seed: 7, Length: 10}
	score := BoardScreen{
		Frame: g.guest, Board: quiz.BoardID{Kind: quiz.BoardKindQuiz, ID: 1, QuizKey: one.Key()}, Name: "Roads & <bridges>", URL: ToQuizBoard("roads", one), Quiz: ToSameQuiz("roads", one), QuizFields: [][2]string{{"seed", "7"}, {"length", "10"}},
		Metric: quiz.MetricScore, PeriodKind: leaderboard.PeriodAllTime, Period: "all", Current: true, Standing: quiz.Leaderboard{PlayerCount: 2, Joined: true, Standings: []quiz.Standing{{Rank: 1, Alias: "Aysel", Points: 950, IsMe: true}, {Rank: 2, Alias: "Emil", Points: 733}}},
	}
	open := score
	open.QuizAttempt, open.Standing, open.Alias = "run", quiz.Leaderboard{}, "Aysel"
	open.Problems.Add("alias", "problem.alias.board")
	return []Sample{
		{"board-none", site},
		{"board", mine},
		{"board-deck", deck},
		{"board-past", past},
		{"board-taken", taken},
		{"board-class", class},
		{"board-class-none", learn},
		{"board-quiz", score},
		{"board-quiz-join", open},
	}
}
