package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"
	"chronicle/quiz/survey"
)

// classes are the screens about classes.
func (g gallery) classes() []Sample {
	teacher := g.learner
	teacher.Who.Role = quiz.Teacher
	c := quiz.Class{ID: 1, Name: "class", Title: "History <10B>", Code: "KURA-4F7-K2M", Zone: "Asia/Baku", Owner: 1, Version: 3}
	over := c
	over.Title, over.Archived = "History 9A", g.now
	list := []enrol.Listed{{Class: c, Teaches: true, Students: 24, Assignments: 1}, {Class: over, Teaches: true}}
	about := ClassForm{Frame: teacher, Class: c, Zones: []string{"Asia/Baku"}, Done: "code", Teachers: []enrol.Colleague{{Person: 1, Alias: "Leyla <3", Owner: true}, {Person: 2, Alias: "Rauf"}}}
	clash := about
	clash.Done, clash.Now, clash.Teacher = "", &over, "nobody"
	clash.Problems.Add("teacher", "problem.teacher.none")
	ended := about
	ended.Class, ended.Done = over, ""
	bad := ClassForm{Frame: teacher, Class: quiz.Class{Zone: "Mars/Base"}}
	bad.Problems = bad.Class.Check()
	students := Students{Frame: teacher, Class: c, Cal: g.cal, In: []quiz.Student{
		{ID: 1, Alias: "Aysel <b>"}, {ID: 2, Alias: "Bogdan", Account: true}, {ID: 3, Alias: "Chidi", Card: g.now}, {ID: 4, Alias: "Dilara", Card: g.now, Used: true},
	}, Gone: []quiz.Student{{ID: 5, Alias: "Emil", Gone: g.now}}, Named: map[int64]bool{1: true}, Done: "removed"}
	revealed := students
	revealed.Names = map[int64]string{1: "Real <name>"}
	wrong := students
	wrong.Done, wrong.Aliases = "", "Farid\nbogdan"
	wrong.Problems.Add("aliases", "problem.aliases.line", "N", 2, "Alias", "bogdan")
	wrong.Problems.Add("line", "problem.alias.invisible")
	sheet := Sheet{Frame: teacher, Class: c, Origin: "https://example.org", Cards: []enrol.Card{{Alias: "Aysel <b>", Secret: "7KQM-2PXT-9WHA"}, {Alias: "Bogdan", Secret: "2222-3333-4444"}}}
	return append([]Sample{
		{"classes-none", Classes{Frame: g.guest}},
		{"classes-none-teacher", Classes{Frame: teacher, Teaches: true}},
		{"classes", Classes{Frame: teacher, All: list, Teaches: true}},
		{"classes-assign", Classes{Frame: teacher, All: list[:1], Teaches: true, Deck: g.pool.Deck}},
		{"classes-student", Classes{Frame: g.guest, All: []enrol.Listed{{Class: c, Students: 24}}}},
		{"class-new", ClassForm{Frame: teacher, Class: quiz.Class{Zone: "Asia/Baku"}, Zones: []string{"Asia/Baku"}}},
		{"class-new-problems", bad},
		{"class-about", about},
		{"class-about-changed", clash},
		{"class-about-over", ended},
		{"class-code", ClassCode{Frame: teacher, Class: c, Origin: "https://example.org"}},
		{"students-none", Students{Frame: teacher, Class: c, Cal: g.cal}},
		{"students", students},
		{"students-names", revealed},
		{"students-problems", wrong},
		{"sheet", sheet},
	}, append(append(g.joining(c, over), g.assigning(teacher, c)...), g.surveys(teacher, c)...)...)
}

// joining are the screens of who comes into a class.
func (g gallery) joining(c, over quiz.Class) []Sample {
	code := Code{Frame: g.nobody, Code: "kura", Problem: "problem.code"}
	join := Join{Frame: g.nobody, Class: c, Name: "Amber Heron"}
	taken := Join{Frame: g.guest, Class: c, Name: "Aysel", Here: "Bogdan <b>", Kept: true}
	taken.Problems.Add("alias", "problem.alias.class")
	pass := Pass{Frame: g.guest, Facts: 3, Problem: "problem.card"}
	tasks := g.tasks(c)
	own := OwnClass{Frame: g.guest, Class: c, Student: quiz.Student{Alias: "Aysel"}, Alias: "Aysel", Teachers: []enrol.Colleague{{Alias: "Leyla"}, {Alias: "Rauf"}}, Assigned: tasks, Quiz: "/decks/roads/quiz?seed=1", Done: "alias"}
	bare := OwnClass{Frame: g.guest, Class: over, Student: quiz.Student{Alias: "Aysel"}, Alias: "x\u200b", Teachers: own.Teachers[:1]}
	bare.Problems = quiz.CheckAlias(bare.Alias)
	return []Sample{
		{"join", Code{Frame: g.nobody}},
		{"join-problems", code},
		{"join-class", join},
		{"join-taken", taken},
		{"join-in", Join{Frame: g.guest, Class: c, In: true, Here: "Bogdan"}},
		{"join-over", Join{Frame: g.nobody, Class: over}},
		{"join-teaches", Join{Frame: g.learner, Class: c, Teaches: true}},
		{"card-sign-in", Pass{Frame: g.learner, Alias: "Leyla <3"}},
		{"card-sign-in-problems", pass},
		{"own-class", own},
		{"own-class-over", bare},
	}
}

// tasks are what a student is to know.
func (g gallery) tasks(c quiz.Class) []AssignedRow {
	day := g.cal.Day(g.now)
	a := enrol.Assigned{
		Assignment: quiz.Assignment{ID: 1, Deck: 1, Start: day - 3, Day: day + 11, Aim: quiz.ToKnow, Want: 80, Minutes: 10},
		Class:      c.Name, ClassTitle: c.Title, DeckName: "roads", DeckTitle: "Roads & <bridges>", Language: "en",
	}
	b := a
	b.Aim, b.Want, b.From, b.To, b.Day, b.Minutes = quiz.ToLearn, 12, -44, 1902, day+1, 1
	return []AssignedRow{{Assigned: a, Days: 11, Cards: 20, Known: 0.34, Learned: 4}, {Assigned: b, Days: 1, Cards: 14, Known: 0.1, Learned: 5}}
}

// assigning are the screens of an assignment.
func (g gallery) assigning(f Frame, c quiz.Class) []Sample {
	day := g.cal.Day(g.now)
	fresh := Assign{
		Frame: f, Class: c, Deck: g.pool.Deck, Facts: 8, Cards: 20, Aim: quiz.ToKnow, Late: true, Assignment: quiz.Assignment{Day: day + 14},
		Start: "2026-05-12", By: "2026-05-26", Known: "80", Minutes: "10",
		Choices: []AssignChoice{{Minutes: 5, Known: 0.61, Learned: 12}, {Minutes: 10, Known: 0.84, Learned: 20, Enough: true}},
	}
	private := *g.pool.Deck
	private.Visible = quiz.ToMe
	short := fresh
	short.Deck, short.Minutes, short.Short = &private, "5", AssignChoice{Minutes: 5, Known: 0.61, Learned: 12}
	never := short
	never.Aim, never.Choices, never.Short = quiz.ToLearn, nil, AssignChoice{Minutes: 1, Learned: 1}
	kept := fresh
	kept.Assignment = quiz.Assignment{ID: 4, Day: day + 14, Version: 2}
	kept.Others = []quiz.Class{{Name: "other", Title: "History <10C>"}}
	clash := kept
	clash.Now = &quiz.Assignment{Start: day, Day: day + 20, Aim: quiz.ToLearn, Want: 12, Minutes: 15}
	bad := fresh
	bad.Choices, bad.By, bad.Known, bad.From, bad.Minutes = nil, "soon", "150", "x", "many"
	bad.Problems = quiz.Assignment{Aim: quiz.ToKnow, From: quiz.QuizYear + 1}.Check(quiz.Assignment{}, day, 20)
	return []Sample{
		{"assign-deck", AssignDeck{Frame: f, Class: c, Decks: []DeckRow{g.row()}}},
		{"assign-deck-none", AssignDeck{Frame: f, Class: c}},
		{"assign", fresh},
		{"assign-short", short},
		{"assign-never", never},
		{"assignment", kept},
		{"assignment-changed", clash},
		{"assign-problems", bad},
	}
}

// surveys are the pages about how a class stands.
func (g gallery) surveys(f Frame, c quiz.Class) []Sample {
	day := g.cal.Day(g.now)
	a := quiz.Assignment{ID: 4, Class: 1, Deck: 1, Start: day - 10, Day: day + 10, Aim: quiz.ToKnow, Want: 80, Minutes: 10, Late: true}
	data := survey.Class{Assignment: a, Facts: g.pool.Facts(), Facets: map[int64]int{}, Today: day, Mixes: []survey.Mix{{Fact: 6, With: 5, People: 2}}}
	for i, fact := range data.Facts {
		data.Facets[fact.ID] = len(g.pool.Facets(fact.ID))
		for n := range 5 {
			if len(data.Pupils) <= n {
				alias := []string{"Aysel <b>", "Bogdan", "Chidi", "Dilara", "Emil"}[n]
				data.Pupils = append(data.Pupils, survey.Pupil{Student: quiz.Student{ID: int64(n + 1), Alias: alias}, Retention: 0.9, Joined: day - 10, Pace: 9 * time.Second, Answers: 40 * n, Right: 15 * n})
			}
			if n > 0 && (i+n)%4 > 0 {
				data.Pupils[n].Cards = append(data.Pupils[n].Cards, quiz.Card{
					CardID: quiz.CardID{Fact: fact.ID, Facet: quiz.When}, Version: 1, DueDay: day + int64(i) - 2,
					Memory: fsrs.Card{Phase: fsrs.PhaseReview, LastDay: day - int64(n), Memory: fsrs.Memory{Stability: float64(1 + i), Difficulty: 5}},
				})
			}
		}
	}
	data.Pupils[3].Extra = 4
	foretell := func(p survey.Pupil, _ study.Ready, _ *fsrs.Scheduler) (study.Expected, bool) {
		share := 0.55 + 0.09*float64(p.ID%4)
		return study.Expected{Now: share - 0.1, Share: share, Low: share - 0.05, High: share + 0.05, Met: 0.9}, true
	}
	r := survey.Of(data, foretell)
	page := Survey{Frame: f, Class: c, Students: 5, Assignments: []quiz.Assignment{a}, Decks: map[int64]string{a.Deck: "Roads"}, Deck: g.pool.Deck, Report: r, Shown: r.Rows, Page: 1, Pages: 1, Lessons: r.Lessons(5), Today: day, Cal: g.cal}
	numbers := page
	b := a
	b.ID, b.Deck, b.Day = 5, a.Deck+1, day+30
	numbers.Numbers, numbers.Sort, numbers.Page, numbers.Pages, numbers.Dropped = true, "known", 2, 3, 9
	numbers.Assignments, numbers.Decks = []quiz.Assignment{a, b}, map[int64]string{a.Deck: "Roads", b.Deck: "Bridges"}
	soon := page
	soon.Report = survey.Of(data, func(p survey.Pupil, r study.Ready, m *fsrs.Scheduler) (study.Expected, bool) {
		e, _ := foretell(p, r, m)
		return e, p.ID%2 == 0
	})
	soon.Shown = soon.Report.Rows
	over := page
	over.Report.Day = day
	row := r.Rows[2]
	one := Student{
		Frame: f, Class: c, Student: row.Student, Assignments: []Named{{a, "Roads"}, {b, "Bridges"}}, Assignment: a, Deck: g.pool.Deck, Row: row, Cards: r.Cards,
		Hard: []HardInk{{data.Facts[0], 0.21}, {data.Facts[3], 0.6}}, All: recall.Share{N: 60, Right: 50, Sum: 52}, Cal: g.cal, Today: day, Alias: row.Alias, Days: "0", Done: "time",
		Others: []quiz.Class{{Name: "other", Title: "History 10C"}},
		Times:  []recall.Time{{Day: day - 14, Share: recall.Share{N: 20, Right: 15, Sum: 17}}, {Day: day - 7, Share: recall.Share{N: 40, Right: 35, Sum: 35}}},
	}
	one.Resets, one.Named, one.StandsFor = true, true, true
	few := one
	few.Name, few.NameTyped, few.StandsFor = "Real <name>", "Real <name>", false
	few.Row, few.Done, few.All, few.Times, few.Others, few.Days = r.Rows[0], "", recall.Share{N: 3, Right: 2, Sum: 2.5}, nil, nil, "many"
	few.Problems.Add("days", "problem.assign.days", "Max", quiz.MostExtra)
	gone := Student{Frame: f, Class: c, Student: quiz.Student{ID: 9, Alias: "Farid", Gone: g.now}}
	fact := ClassFact{Frame: f, Class: c, Assignment: a, Deck: g.pool.Deck, Column: r.Columns[2], Place: 2, Report: r, Other: 3, Wrongs: []Wrong{
		{Wrong: survey.Wrong{Facet: quiz.When, With: 5, People: 2, Answers: 3}, Fact: data.Facts[1]}, {Wrong: survey.Wrong{Facet: quiz.TermOut, Given: "<i>lake", People: 1, Answers: 1}},
	}}
	quiet := fact
	quiet.Wrongs, quiet.Other, quiet.Report.Rows = nil, 0, nil
	return []Sample{
		{"survey-empty", Survey{Frame: f, Class: c, Cal: g.cal, Today: day}},
		{"survey-nothing", Survey{Frame: f, Class: c, Students: 3, Cal: g.cal, Today: day}},
		{"survey", page},
		{"survey-numbers", numbers},
		{"survey-pending", soon},
		{"survey-over", over},
		{"student", one},
		{"student-few", few},
		{"student-gone", gone},
		{"student-no-assignment", Student{Frame: f, Class: c, Student: row.Student, Alias: row.Alias}},
		{"class-fact", fact},
		{"class-fact-quiet", quiet},
	}
}
