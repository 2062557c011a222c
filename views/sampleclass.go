package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/classroom"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"
)

// classes returns the screens about classes.
func (g gallery) classes() []Sample {
	teacher := g.learner
	teacher.Who.Role = quiz.RoleTeacher
	c := quiz.Class{ID: 1, Name: "class", Title: "History <10B>", JoinCode: "KURA-4F7-K2M", Zone: "Asia/Baku", Owner: 1, Version: 3}
	over := c
	over.Title, over.Archived = "History 9A", g.now
	list := []classroom.ClassSummary{{Class: c, IsTeacher: true, StudentCount: 24, AssignmentCount: 1}, {Class: over, IsTeacher: true}}
	about := ClassFormScreen{Frame: teacher, Class: c, Zones: []string{"Asia/Baku"}, Done: "code", Teachers: []classroom.ClassTeacher{{Person: 1, Alias: "Leyla <3", Owner: true}, {Person: 2, Alias: "Rauf"}}}
	clash := about
	clash.Done, clash.CurrentVersion, clash.Teacher = "", &over, "nobody"
	clash.Problems.Add("teacher", "problem.teacher.none")
	ended := about
	ended.Class, ended.Done = over, ""
	bad := ClassFormScreen{Frame: teacher, Class: quiz.Class{Zone: "Mars/Base"}}
	bad.Problems = bad.Class.Validate()
	students := StudentsScreen{Frame: teacher, Class: c, Cal: g.cal, Current: []quiz.Student{
		{ID: 1, Alias: "Aysel <b>"}, {ID: 2, Alias: "Bogdan", HasAccount: true}, {ID: 3, Alias: "Chidi", CardMadeAt: g.now}, {ID: 4, Alias: "Dilara", CardMadeAt: g.now, CardUsed: true},
	}, Former: []quiz.Student{{ID: 5, Alias: "Emil", LeftAt: g.now}}, HasRealName: map[int64]bool{1: true}, Done: "removed"}
	revealed := students
	revealed.RealNames = map[int64]string{1: "Real <name>"}
	wrong := students
	wrong.Done, wrong.Aliases = "", "Farid\nbogdan"
	wrong.Problems.Add("aliases", "problem.aliases.line", "N", 2, "Alias", "bogdan")
	wrong.Problems.Add("line", "problem.alias.invisible")
	sheet := SignInCardsScreen{Frame: teacher, Class: c, Origin: "https://example.org", Cards: []classroom.SignInCard{{Alias: "Aysel <b>", Secret: "7KQM-2PXT-9WHA"}, {Alias: "Bogdan", Secret: "2222-3333-4444"}}}
	return append([]Sample{
		{"classes-none", ClassesScreen{Frame: g.guest}},
		{"classes-none-teacher", ClassesScreen{Frame: teacher, CanTeach: true}},
		{"classes", ClassesScreen{Frame: teacher, All: list, CanTeach: true}},
		{"classes-assign", ClassesScreen{Frame: teacher, All: list[:1], CanTeach: true, Deck: g.index.Deck}},
		{"classes-student", ClassesScreen{Frame: g.guest, All: []classroom.ClassSummary{{Class: c, StudentCount: 24}}}},
		{"class-new", ClassFormScreen{Frame: teacher, Class: quiz.Class{Zone: "Asia/Baku"}, Zones: []string{"Asia/Baku"}}},
		{"class-new-problems", bad},
		{"class-about", about},
		{"class-about-changed", clash},
		{"class-about-over", ended},
		{"class-code", JoinCodeScreen{Frame: teacher, Class: c, Origin: "https://example.org"}},
		{"students-none", StudentsScreen{Frame: teacher, Class: c, Cal: g.cal}},
		{"students", students},
		{"students-names", revealed},
		{"students-problems", wrong},
		{"sheet", sheet},
	}, append(append(g.joining(c, over), g.assigning(teacher, c)...), g.classReports(teacher, c)...)...)
}

// joining returns the screens for joining a class.
func (g gallery) joining(c, over quiz.Class) []Sample {
	code := EnterCodeScreen{Frame: g.nobody, Code: "kura", Problem: "problem.code"}
	join := JoinClassScreen{Frame: g.nobody, Class: c, Name: "Amber Heron"}
	taken := JoinClassScreen{Frame: g.guest, Class: c, Name: "Aysel", CurrentStudent: "Bogdan <b>", CanReturn: true}
	taken.Problems.Add("alias", "problem.alias.class")
	pass := SignInCardScreen{Frame: g.guest, Facts: 3, Problem: "problem.card"}
	tasks := g.assignments(c)
	own := StudentClassScreen{Frame: g.guest, Class: c, Student: quiz.Student{Alias: "Aysel"}, Alias: "Aysel", Teachers: []classroom.ClassTeacher{{Alias: "Leyla"}, {Alias: "Rauf"}}, Assignments: tasks, QuizPath: "/decks/roads/quiz?seed=1", Done: "alias"}
	bare := StudentClassScreen{Frame: g.guest, Class: over, Student: quiz.Student{Alias: "Aysel"}, Alias: "x\u200b", Teachers: own.Teachers[:1]}
	bare.Problems = quiz.ValidateAlias(bare.Alias)
	return []Sample{
		{"join", EnterCodeScreen{Frame: g.nobody}},
		{"join-problems", code},
		{"join-class", join},
		{"join-taken", taken},
		{"join-in", JoinClassScreen{Frame: g.guest, Class: c, IsMember: true, CurrentStudent: "Bogdan"}},
		{"join-over", JoinClassScreen{Frame: g.nobody, Class: over}},
		{"join-teaches", JoinClassScreen{Frame: g.learner, Class: c, IsTeacher: true}},
		{"card-sign-in", SignInCardScreen{Frame: g.learner, Alias: "Leyla <3"}},
		{"card-sign-in-problems", pass},
		{"own-class", own},
		{"own-class-over", bare},
	}
}

// assignments returns a student's assignments.
func (g gallery) assignments(c quiz.Class) []AssignmentProgress {
	day := g.cal.Day(g.now)
	a := classroom.StudentAssignment{
		Assignment: quiz.Assignment{ID: 1, Deck: 1, StartDay: day - 3, TargetDay: day + 11, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 10},
		ClassName:  c.Name, ClassTitle: c.Title, DeckName: "roads", DeckTitle: "Roads & <bridges>", Language: "en",
	}
	b := a
	b.TargetKind, b.Target, b.FromYear, b.ToYear, b.TargetDay, b.MinutesPerDay = quiz.TargetCardsLearned, 12, -44, 1902, day+1, 1
	return []AssignmentProgress{{StudentAssignment: a, Days: 11, Cards: 20, Known: 0.34, Learned: 4}, {StudentAssignment: b, Days: 1, Cards: 14, Known: 0.1, Learned: 5}}
}

// assigning returns the screens of an assignment.
func (g gallery) assigning(f Frame, c quiz.Class) []Sample {
	day := g.cal.Day(g.now)
	fresh := AssignmentScreen{
		Frame: f, Class: c, Deck: g.index.Deck, Facts: 8, Cards: 20, TargetKind: quiz.TargetPercentKnown, ExtendLateJoiners: true, Assignment: quiz.Assignment{TargetDay: day + 14},
		Start: "2026-05-12", TargetDay: "2026-05-26", KnownPercent: "80", Minutes: "10",
		Choices: []MinutesChoice{{Minutes: 5, Known: 0.61, Learned: 12}, {Minutes: 10, Known: 0.84, Learned: 20, ReachesTarget: true}},
	}
	private := *g.index.Deck
	private.Visibility = quiz.VisibilityPrivate
	short := fresh
	short.Deck, short.Minutes, short.Shortfall = &private, "5", MinutesChoice{Minutes: 5, Known: 0.61, Learned: 12}
	never := short
	never.TargetKind, never.Choices, never.Shortfall = quiz.TargetCardsLearned, nil, MinutesChoice{Minutes: 1, Learned: 1}
	kept := fresh
	kept.Assignment = quiz.Assignment{ID: 4, TargetDay: day + 14, Version: 2}
	kept.Others = []quiz.Class{{Name: "other", Title: "History <10C>"}}
	clash := kept
	clash.CurrentVersion = &quiz.Assignment{StartDay: day, TargetDay: day + 20, TargetKind: quiz.TargetCardsLearned, Target: 12, MinutesPerDay: 15}
	bad := fresh
	bad.Choices, bad.TargetDay, bad.KnownPercent, bad.From, bad.Minutes = nil, "soon", "150", "x", "many"
	bad.Problems = quiz.Assignment{TargetKind: quiz.TargetPercentKnown, FromYear: quiz.MaxQuizYear + 1}.Validate(quiz.Assignment{}, day, 20)
	return []Sample{
		{"assign-deck", ChooseDeckScreen{Frame: f, Class: c, Decks: []DeckRow{g.row()}}},
		{"assign-deck-none", ChooseDeckScreen{Frame: f, Class: c}},
		{"assign", fresh},
		{"assign-short", short},
		{"assign-never", never},
		{"assignment", kept},
		{"assignment-changed", clash},
		{"assign-problems", bad},
	}
}

// classReports returns the class report screens.
func (g gallery) classReports(f Frame, c quiz.Class) []Sample {
	day := g.cal.Day(g.now)
	a := quiz.Assignment{ID: 4, Class: 1, Deck: 1, StartDay: day - 10, TargetDay: day + 10, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 10, ExtendLateJoiners: true}
	data := classreport.ReportInput{Assignment: a, Facts: g.index.Facts(), Facets: map[int64]int{}, Today: day, Confusions: []classreport.ClassConfusion{{Fact: 6, With: 5, People: 2}}}
	for i, fact := range data.Facts {
		data.Facets[fact.ID] = len(g.index.AskableFacets(fact.ID))
		for n := range 5 {
			if len(data.Students) <= n {
				alias := []string{"Aysel <b>", "Bogdan", "Chidi", "Dilara", "Emil"}[n]
				data.Students = append(data.Students, classreport.StudentInput{Student: quiz.Student{ID: int64(n + 1), Alias: alias}, DesiredRetention: 0.9, JoinedDay: day - 10, Pace: 9 * time.Second, RecentAnswers: 40 * n, RecentRight: 15 * n})
			}
			if n > 0 && (i+n)%4 > 0 {
				data.Students[n].Cards = append(data.Students[n].Cards, quiz.Card{
					CardID: quiz.CardID{Fact: fact.ID, Facet: quiz.FacetWhen}, Version: 1, DueDay: day + int64(i) - 2,
					State: fsrs.CardState{Phase: fsrs.PhaseReview, LastDay: day - int64(n), Memory: fsrs.Memory{Stability: float64(1 + i), Difficulty: 5}},
				})
			}
		}
	}
	data.Students[3].ExtensionDays = 4
	foretell := func(p classreport.StudentInput, _ study.TestPlanInput, _ *fsrs.Scheduler) (study.TestForecast, bool) {
		share := 0.55 + 0.09*float64(p.ID%4)
		return study.TestForecast{KnownToday: share - 0.1, KnownOnDay: share, Low: share - 0.05, High: share + 0.05, LearnedOnDay: 0.9}, true
	}
	r := classreport.BuildReport(data, foretell)
	page := ClassReportScreen{Frame: f, Class: c, Students: 5, Assignments: []quiz.Assignment{a}, Decks: map[int64]string{a.Deck: "Roads"}, Deck: g.index.Deck, Report: r, Rows: r.Rows, Page: 1, Pages: 1, FactsToReteach: r.FactsToReteach(5), Today: day, Cal: g.cal}
	numbers := page
	b := a
	b.ID, b.Deck, b.TargetDay = 5, a.Deck+1, day+30
	numbers.ShowNumbers, numbers.Sort, numbers.Page, numbers.Pages, numbers.RemovedAssignment = true, "known", 2, 3, 9
	numbers.Assignments, numbers.Decks = []quiz.Assignment{a, b}, map[int64]string{a.Deck: "Roads", b.Deck: "Bridges"}
	soon := page
	soon.Report = classreport.BuildReport(data, func(p classreport.StudentInput, r study.TestPlanInput, m *fsrs.Scheduler) (study.TestForecast, bool) {
		e, _ := foretell(p, r, m)
		return e, p.ID%2 == 0
	})
	soon.Rows = soon.Report.Rows
	over := page
	over.Report.TargetDay = day
	row := r.Rows[2]
	one := StudentScreen{
		Frame: f, Class: c, Student: row.Student, Assignments: []TitledAssignment{{a, "Roads"}, {b, "Bridges"}}, Assignment: a, Deck: g.index.Deck, Row: row, Cards: r.Cards,
		HardestFacts: []FactRecall{{data.Facts[0], 0.21}, {data.Facts[3], 0.6}}, RecallShare: stats.RecallShare{Count: 60, Right: 50, ExpectedSum: 52}, Cal: g.cal, Today: day, Alias: row.Alias, Days: "0", Done: "time",
		Others:      []quiz.Class{{Name: "other", Title: "History 10C"}},
		TimeBuckets: []stats.TimeBucket{{FirstDay: day - 14, RecallShare: stats.RecallShare{Count: 20, Right: 15, ExpectedSum: 17}}, {FirstDay: day - 7, RecallShare: stats.RecallShare{Count: 40, Right: 35, ExpectedSum: 35}}},
	}
	one.CanResetPassword, one.HasRealName, one.CanActFor = true, true, true
	few := one
	few.RealName, few.TypedName, few.CanActFor = "Real <name>", "Real <name>", false
	few.Row, few.Done, few.RecallShare, few.TimeBuckets, few.Others, few.Days = r.Rows[0], "", stats.RecallShare{Count: 3, Right: 2, ExpectedSum: 2.5}, nil, nil, "many"
	few.Problems.Add("days", "problem.assign.days", "Max", quiz.MaxExtensionDays)
	gone := StudentScreen{Frame: f, Class: c, Student: quiz.Student{ID: 9, Alias: "Farid", LeftAt: g.now}}
	fact := ClassFactScreen{Frame: f, Class: c, Assignment: a, Deck: g.index.Deck, Column: r.Columns[2], FactIndex: 2, Report: r, OtherWrong: 3, Wrongs: []WrongAnswerRow{
		{WrongAnswer: classreport.WrongAnswer{Facet: quiz.FacetWhen, ConfusedWith: 5, People: 2, Answers: 3}, Fact: data.Facts[1]}, {WrongAnswer: classreport.WrongAnswer{Facet: quiz.FacetTerm, Given: "<i>lake", People: 1, Answers: 1}},
	}}
	quiet := fact
	quiet.Wrongs, quiet.OtherWrong, quiet.Report.Rows = nil, 0, nil
	return []Sample{
		{"survey-empty", ClassReportScreen{Frame: f, Class: c, Cal: g.cal, Today: day}},
		{"survey-nothing", ClassReportScreen{Frame: f, Class: c, Students: 3, Cal: g.cal, Today: day}},
		{"survey", page},
		{"survey-numbers", numbers},
		{"survey-pending", soon},
		{"survey-over", over},
		{"student", one},
		{"student-few", few},
		{"student-gone", gone},
		{"student-no-assignment", StudentScreen{Frame: f, Class: c, Student: row.Student, Alias: row.Alias}},
		{"class-fact", fact},
		{"class-fact-quiet", quiet},
	}
}
