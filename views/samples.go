package views

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
	"chronicle/quiz/search"
	"chronicle/views/kit"
)

// Sample is a named state of a screen.
type Sample struct {
	Name   string
	Screen Screen
}

// Samples returns states of every screen with fixed sample data. The page gallery and the golden files are made
// from them.
func Samples(words *Words, assets func(string) string) []Sample {
	g := gallery{
		guest:  Frame{Words: words, Assets: assets, Who: quiz.Who{Person: 1, Role: quiz.RoleGuest}},
		nobody: Frame{Words: words, Assets: assets},
		index:  kinds.NewDeckIndex(sampleDeck()),
		now:    time.Date(2026, 5, 12, 15, 0, 0, 0, time.UTC),
		cal:    quiz.NewCalendar("Asia/Baku"),
	}
	g.learner = g.guest
	g.learner.Who.Role, g.learner.Alias = quiz.RoleLearner, "Leyla <3"
	var all []Sample
	for _, some := range [][]Sample{g.fronts(), g.decks(), g.studies(), g.kinds(), g.quizzes(), g.progress(), g.persons(), g.cards(), g.testDates(), g.authoring(), g.classes(), g.boards(), g.siteScreens(), g.errors()} {
		all = append(all, some...)
	}
	return all
}

// gallery holds what the samples share.
type gallery struct {
	guest, nobody, learner Frame
	index                  *kinds.DeckIndex
	now                    time.Time
	cal                    quiz.Calendar
}

func sampleDeck() *quiz.Deck {
	terms := map[string][]quiz.Term{
		"station": {{Text: "river", Accepted: []string{"stream"}}}, "gate": {{Text: "flood"}}, "tram": {{Text: "market square"}},
	}
	fact := func(id int64, key, date, event, label string) quiz.Fact {
		return quiz.Fact{
			ID: id, Deck: 1, Key: key, Date: edtf.MustParse(date), Event: event, Label: label,
			Detail: "A sentence shown after the answer.", Source: "book", Section: "Roads", Tags: []string{"road"},
			Terms: terms[key],
		}
	}
	disputed := fact(4, "bridge", "1871", "The iron bridge over the river is opened", "Iron bridge")
	disputed.Disputed, disputed.OtherDate = true, edtf.MustParse("1873")
	claim := fact(5, "rumour", "1902-03-04", "A newspaper reports that a tunnel is planned", "Tunnel rumour")
	claim.Claim = true
	return &quiz.Deck{
		ID: 1, Name: "roads", Title: "Roads & <bridges>", About: "How a town came by its roads.", Language: "en",
		Precision: edtf.Day, Licence: "CC BY 4.0", Credit: "Made up for samples.",
		Sources: []quiz.Source{{Key: "book", Title: "A Town’s Roads", Author: "A. Writer", URL: "https://example.org/roads", Licence: "CC BY 4.0"}},
		Facts: []quiz.Fact{
			fact(1, "road", "-0043", "The first road reaches the town", "First road"),
			fact(2, "gate", "1804/1813", "The town gate is rebuilt after the flood", "Town gate"),
			fact(3, "station", "1860~", "The railway station is built by the river", "Station"),
			disputed, claim,
			fact(6, "tram", "1902-05-06", "The first tram leaves the market square", "First tram"),
			fact(7, "strike", "199X", "Drivers strike again and again for better pay", "Strikes"),
			fact(8, "ring", "2001/..", "Lorries have to take the new ring road", "Ring road"),
		},
	}
}

func (g gallery) row() DeckRow {
	return DeckRow{
		Name: "roads", Title: g.index.Deck.Title, Facts: 8, FirstYear: -43, LastYear: 2001, Started: true,
		Queue: quiz.QueueCounts{Due: 3, Learning: 1, New: 5, NewBeyondLimit: 9},
	}
}

// facts returns facts with every level of recall.
func (g gallery) facts() []FactRow {
	facts := g.index.Facts()
	rows := make([]FactRow, len(facts))
	for i, f := range facts {
		rows[i] = FactRow{Fact: f, Facets: g.index.AskableFacets(f.ID), Recall: float64(i) / 7, Started: i > 0}
	}
	return rows
}

func (g gallery) fronts() []Sample {
	calendar := make([]kit.Square, 14)
	for i := range calendar {
		calendar[i] = kit.Square{Name: "2026-05-01: 3 answers", Level: i % 5, OutOfRange: i > 10}
	}
	today := TodayScreen{
		Frame: g.guest, Decks: []DeckRow{g.row()}, Due: 3, Learning: 1, New: 5, Minutes: 2, Facts: 7, Recall: 0.84, RecallAfter: 0.96,
		Timeline: g.facts(), First: -43, Last: 2001, ResumeDeck: "roads", Days: 2, Answers: 31, Calendar: calendar,
		DueBars: []kit.Bar{{Label: "Today", Name: "Tue 2026-05-12", Value: 3, Current: true}, {Name: "Wed 2026-05-13", Value: 7}},
	}
	today.QuizSession = quiz.StudySession{QuizAttempt: "run", QuizIndex: 2, Quiz: quiz.Quiz{Items: make([]quiz.QuizItem, 10)}, Token: "waiting"}
	done, learning := today, today
	done.QuizSession = quiz.StudySession{}
	done.Due, done.Learning, done.New, done.NextDueText, done.Frame = 0, 0, 0, "The next one is due tomorrow.", g.learner
	learning.Due, learning.Learning = 1, 1
	told := done
	told.Notices = g.notices()
	return []Sample{
		{"welcome", WelcomeScreen{Frame: g.nobody, Decks: []DeckRow{g.row()}, Timeline: g.facts()}},
		{"welcome-empty", WelcomeScreen{Frame: g.nobody}},
		{"today", today},
		{"today-learning", learning},
		{"today-done", done},
		{"today-told", told},
		{"keys", KeysScreen{g.guest}},
		{"how", HowScreen{g.guest}},
	}
}

func (g gallery) decks() []Sample {
	deck := DeckScreen{Frame: g.guest, Deck: g.index.Deck, Row: g.row(), Facts: g.facts()}
	q, _ := g.index.Generate(quiz.CardID{Fact: 6, Facet: quiz.FacetWhen}, quiz.KindWhenChoice, 4, 7)
	answered := deck
	answered.Replies = []quiz.QuestionReport{{Question: q, Reason: "date", Reply: "Thank you, <mended>."}}
	answered.Notices = g.notices()[:1]
	followed := deck
	shared := *g.index.Deck
	shared.Owner = 77
	followed.Deck, followed.Row.Followed, followed.Row.NewFacts = &shared, true, 3
	open := followed
	open.Row.Followed, open.Row.NewFacts = false, 0
	empty := deck
	empty.Deck, empty.Facts, empty.WeakestFirst = &quiz.Deck{Name: "empty", Title: "Nothing yet"}, nil, true
	return []Sample{
		{"decks", LibraryScreen{Frame: g.guest, Rows: []DeckRow{g.row()}}},
		{"decks-empty", LibraryScreen{Frame: g.guest}},
		{"decks-open", LibraryScreen{Frame: g.guest, Rows: []DeckRow{g.row()}, PublicDecks: g.listed(), Next: 4}},
		{"decks-found", g.searchResults()},
		{"decks-found-nothing", LibraryScreen{Frame: g.guest, SearchText: "<nothing>"}},
		{"deck", deck},
		{"deck-empty", empty},
		{"deck-reply", answered},
		{"deck-followed", followed},
		{"deck-to-follow", open},
	}
}

// studyFrame returns a study session with a question of that kind.
func (g gallery) studyFrame(id quiz.CardID, kind quiz.Kind) StudyFrame {
	q, _ := g.index.Generate(id, kind, 4, 7)
	bare := g.guest
	bare.Minimal = true
	return StudyFrame{
		Frame: bare, Index: g.index, UndoToken: "earlier", RecallByFact: map[int64]float64{2: 0.9, 6: 0.4},
		CardName: "waits", Session: quiz.StudySession{Deck: 1, AnswerCount: 2, Remaining: 6, Token: "waiting", Question: q, IsDueReview: true},
	}
}

func (g gallery) studies() []Sample {
	when := g.studyFrame(quiz.CardID{Fact: 6, Facet: quiz.FacetWhen}, quiz.KindWhenChoice)
	what := g.studyFrame(quiz.CardID{Fact: 4, Facet: quiz.FacetWhat}, quiz.KindWhatChoice)
	flip := g.studyFrame(quiz.CardID{Fact: 4, Facet: quiz.FacetWhen}, quiz.KindFlashcard)
	tram, _ := g.index.Deck.Fact(6)
	bridge, _ := g.index.Deck.Fact(4)
	next := [4]time.Time{}
	for i := range next {
		next[i] = g.now.Add(time.Duration(i*i*i*200) * time.Hour / 4)
	}
	ended := SessionEndScreen{
		StudyFrame: flip, Deck: g.index.Deck, Right: 8, Answers: 11, FactsLearned: 6, NextDueText: "The next card of this deck is due tomorrow.",
		NewBeyondLimit: 3, HardFacts: []HardFact{{bridge, 2}, {tram, 1}},
	}
	ended.Session.Token = ""
	nothing, more := ended, ended
	nothing.Answers, nothing.HardFacts, nothing.UndoToken = 0, nil, ""
	more.DueCount, more.Frame = 4, g.learner
	return []Sample{
		{"asking-when", g.questionScreen(when, "")},
		{"asking-what", g.questionScreen(what, "")},
		{"asking-again", g.questionScreen(when, g.guest.T("error.option"))},
		{"asking-flip", g.questionScreen(flip, "")},
		{"back", FlashcardBackScreen{StudyFrame: flip, Fact: bridge, Now: g.now, Cal: g.cal, NextDue: next}},
		{"told-right", g.feedback(when, tram, true)},
		{"told-wrong-when", g.feedback(when, tram, false)},
		{"told-wrong-what", g.feedback(what, bridge, false)},
		{"ended", ended},
		{"ended-nothing", nothing},
		{"ended-more", more},
	}
}

func (g gallery) questionScreen(s StudyFrame, problem string) QuestionScreen {
	ruler, _ := DrawRuler(context.Background(), s.Frame, g.index)
	return QuestionScreen{StudyFrame: s, Ruler: ruler, Problem: problem}
}

// feedback returns the feedback on an answer to the current question.
func (g gallery) feedback(s StudyFrame, fact quiz.Fact, right bool) FeedbackScreen {
	q := s.Session.Question
	s.ShowsFeedback = true
	t := FeedbackScreen{StudyFrame: s, Fact: fact, Source: g.index.Deck.Sources[0], Now: g.now, Cal: g.cal}
	t.Review = quiz.Review{
		Question: q, ChosenOption: q.RightOption, Verdict: quiz.VerdictRight, Rating: fsrs.Good,
		CardAfter: quiz.Card{Due: g.now.Add(10 * time.Minute)},
	}
	if !right {
		t.Review.ChosenOption, t.Review.Verdict, t.Review.Rating = (q.RightOption+1)%len(q.Options), quiz.VerdictWrong, fsrs.Again
		t.ConfusedFact, _ = g.index.Deck.Fact(q.Options[t.Review.ChosenOption].Fact)
	}
	return t
}

func (g gallery) persons() []Sample {
	form := quiz.SignUp{Alias: "</a><script>", Email: "nobody", AsTeacher: true, Password: "short"}
	person := quiz.Person{ID: 1, Role: quiz.RoleLearner, Alias: "Leyla <3", Settings: quiz.DefaultSettings("Asia/Baku")}
	var problems quiz.Problems
	problems.Add("zone", "problem.zone")
	problems.Add("new", "problem.new", "Max", quiz.MaxNewPerDay)
	problems.Add("start", "problem.start", "Max", quiz.MaxDayStart)
	problems.Add("kinds", "problem.kinds.none")
	return []Sample{
		{"sign-up", SignUpScreen{Frame: g.nobody}},
		{"sign-up-guest", SignUpScreen{Frame: g.guest, Facts: 12}},
		{"sign-up-problems", SignUpScreen{Frame: g.guest, Form: form, Problems: form.Validate(), Facts: 1}},
		{"sign-in", SignInScreen{Frame: g.guest, Facts: 12}},
		{"sign-in-wrong", SignInScreen{Frame: g.nobody, Name: "Leyla", Problem: "sign-in.wrong"}},
		{"settings", SettingsScreen{Frame: g.learner, Person: person, Zone: "Asia/Baku", NewPerDay: "10", RetentionPreset: "steady", RetentionPercent: "90", DayStart: "4", RestDays: quiz.Weekdays(0).With(time.Sunday), AvoidedKinds: []quiz.Kind{quiz.KindOrder}, StrictSpelling: true, RetentionChoices: g.years(), Zones: []string{"Asia/Baku", "UTC"}, Saved: true, PasswordChanged: true}},
		{"settings-problems", SettingsScreen{Frame: g.guest, Person: person, Zone: "Mars", NewPerDay: "many", RetentionPreset: "own", RetentionPercent: "<x>", DayStart: "25", AvoidedKinds: quiz.GradedKinds, RetentionChoices: g.years()[:1], Problems: problems, Policy: quiz.SignUpOpen}},
		{"settings-card", SettingsScreen{Frame: g.guest, Person: person, Zone: "Asia/Baku", NewPerDay: "10", RetentionChoices: g.years(), StudentClass: "History <10B>", Student: quiz.Student{Alias: "Aysel <b>", CardMadeAt: g.now}}},
		{"settings-class", SettingsScreen{Frame: g.guest, Person: person, Zone: "Asia/Baku", NewPerDay: "10", RetentionChoices: g.years(), StudentClass: "History <10B>", Student: quiz.Student{Alias: "Aysel <b>"}, Policy: quiz.SignUpClosed}},
	}
}

func (g gallery) errors() []Sample {
	return []Sample{
		{"missing", ErrorScreen{Frame: g.nobody, Head: "error.title.missing", Text: "error.missing", NextURL: ToToday, NextLabel: "error.go.today"}},
		{"broken", ErrorScreen{Frame: g.guest, Head: "error.title.internal", Text: "error.internal", ID: "3fa9c1", NextURL: ToToday, NextLabel: "error.go.today"}},
	}
}

func (g gallery) listed() []search.DeckHit {
	return []search.DeckHit{{ID: 3, Name: "rivers", Title: "Rivers & <lakes>", Facts: 12, First: 1801, Last: 1990}, {ID: 4, Name: "none", Title: "No facts yet"}}
}

func (g gallery) searchResults() LibraryScreen {
	s := LibraryScreen{Frame: g.guest, SearchText: "bridge 1871", Query: search.ParseQuery("bridge 1871"), DeckHits: g.listed(), HasMoreFacts: true}
	for _, f := range g.index.Facts()[:3] {
		s.FactHits = append(s.FactHits, search.FactHit{Fact: f, DeckName: "roads", DeckTitle: "Roads & <rails>", Language: "en"})
	}
	return s
}

func (g gallery) notices() []quiz.Notice {
	one := quiz.Notice{
		Deck: "roads", Title: "Roads & <rails>", Language: "en", Event: "The <iron> bridge opens", Before: edtf.MustParse("1871"),
		After: edtf.MustParse("1872-05"), NowRight: 1, NowWrong: 2, NowVoid: 1, At: g.now,
	}
	two := one
	two.NowRight, two.NowWrong, two.NowVoid = 0, 0, 0
	return []quiz.Notice{one, two}
}

func (g gallery) years() []RetentionChoice {
	return []RetentionChoice{{"relaxed", 80, 1200, 4, 91}, {"steady", 90, 1900, 6, 96}, {"thorough", 95, 0, 1, 0}}
}
