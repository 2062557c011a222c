package views

import (
	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/rank"
)

// boards are the screens about who learned how much.
func (g gallery) boards() []Sample {
	site := Board{Frame: g.nobody, Board: quiz.Board{Kind: quiz.OfSite}, At: ToBoard, Counts: quiz.Practice, Span: rank.Week, Period: "2026-W20", Current: true, Ends: g.cal.Day(g.now) + 5, Zone: "Asia/Baku", Alias: "Amber Heron"}
	many := quiz.Standing{Players: 10_000, Joined: true, Places: []quiz.Ranked{
		{Rank: 1, Alias: "Dilara <b>", Points: 1400, Days: 7, Cleared: 210},
		{Rank: 2, Alias: "Chidi", Points: 1380, Days: 7, Cleared: 190},
		{Rank: 2, Alias: "Emil", Points: 1380, Days: 6, Cleared: 120},
		{Rank: 4811, Alias: "Farid", Points: 91, Days: 1, Cleared: 3, Apart: true},
		{Rank: 4812, Alias: "Aysel", Points: 90, Days: 1, Me: true},
		{Rank: 4812, Alias: "Bogdan", Points: 90, Days: 2},
	}}
	mine := site
	mine.Frame, mine.Standing, mine.Seasons = g.guest, many, []string{"2026-W19", "2026-W09", "2026-T1", "2025-T3"}
	mine.Mine = []enrol.Joined{{Board: site.Board}, {Board: quiz.Board{Kind: quiz.OfDeck, ID: 1}, Title: "Roads & <bridges>", Name: "roads"}, {Board: quiz.Board{Kind: quiz.OfClass, ID: 1}, Title: "History <10B>", Name: "class"}}
	deck := mine
	deck.Board, deck.Name, deck.At, deck.Counts, deck.Span, deck.Period = quiz.Board{Kind: quiz.OfDeck, ID: 1}, "Roads & <bridges>", ToDeckBoard("roads"), quiz.Knowledge, rank.All, "all"
	deck.Ends = 0
	past := mine
	past.Current, past.Ends, past.Span, past.Period, past.Hidden = false, 0, rank.Term, "2026-T1", true
	taken := site
	taken.Frame, taken.Alias = g.guest, "Aysel"
	taken.Problems.Add("alias", "problem.alias.board")
	class := mine
	class.Board, class.Name, class.At, class.Back = quiz.Board{Kind: quiz.OfClass, ID: 1}, "History <10B>", ToClassBoard("class"), ToClass("class")
	class.Span, class.Period, class.Standing.Players, class.Standing.Places = rank.Term, "2026-T2", 1, many.Places[4:5]
	class.Goal = ClassGoal{Deck: "Roads & <bridges>", Known: 0.64, Want: 80, Day: g.cal.Day(g.now) + 9}
	learn := class
	learn.Goal.Learn, learn.Standing = true, quiz.Standing{Joined: true}
	one := quiz.Quiz{Seed: 7, Length: 10}
	score := Board{
		Frame: g.guest, Board: quiz.Board{Kind: quiz.OfQuiz, ID: 1, Quiz: one.Key()}, Name: "Roads & <bridges>", At: ToQuizBoard("roads", one), Quiz: ToSameQuiz("roads", one), QuizFields: [][2]string{{"seed", "7"}, {"length", "10"}},
		Counts: quiz.ByScore, Span: rank.All, Period: "all", Current: true, Standing: quiz.Standing{Players: 2, Joined: true, Places: []quiz.Ranked{{Rank: 1, Alias: "Aysel", Points: 950, Me: true}, {Rank: 2, Alias: "Emil", Points: 733}}},
	}
	open := score
	open.Run, open.Standing, open.Alias = "run", quiz.Standing{}, "Aysel"
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
