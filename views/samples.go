package views

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/find"
	"chronicle/quiz/fsrs"
	"chronicle/views/kit"
)

// Sample is a named state of a screen.
type Sample struct {
	Name   string
	Screen Screen
}

// Samples are states of every screen, with made-up data that never changes:
// what a look at all pages and the golden files are made from.
func Samples(words *Words, assets func(string) string) []Sample {
	g := gallery{
		guest:  Frame{Words: words, Assets: assets, Who: quiz.Who{Person: 1, Role: quiz.Guest}},
		nobody: Frame{Words: words, Assets: assets},
		pool:   ask.NewPool(sampleDeck()),
		now:    time.Date(2026, 5, 12, 15, 0, 0, 0, time.UTC),
		cal:    quiz.NewCalendar("Asia/Baku"),
	}
	g.learner = g.guest
	g.learner.Who.Role, g.learner.Alias = quiz.Learner, "Leyla <3"
	var all []Sample
	for _, some := range [][]Sample{g.fronts(), g.decks(), g.studies(), g.kinds(), g.quizzes(), g.progress(), g.persons(), g.cards(), g.goals(), g.teaching(), g.classes(), g.boards(), g.sites(), g.troubles()} {
		all = append(all, some...)
	}
	return all
}

// gallery holds what the samples share.
type gallery struct {
	guest, nobody, learner Frame
	pool                   *ask.Pool
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
	disputed.Disputed, disputed.Also = true, edtf.MustParse("1873")
	claim := fact(5, "rumour", "1902-03-04", "A newspaper reports that a tunnel is planned", "Tunnel rumour")
	claim.Claim = true
	return &quiz.Deck{
		ID: 1, Name: "roads", Title: "Roads & <bridges>", About: "How a town came by its roads.", Language: "en",
		Precision: edtf.Day, Licence: "CC BY 4.0", Credit: "Made up for samples.",
		Sources: []quiz.Source{{Key: "book", Title: "A Town’s Roads", Author: "A. Writer", Address: "https://example.org/roads", Licence: "CC BY 4.0"}},
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
		Name: "roads", Title: g.pool.Deck.Title, Facts: 8, First: -43, Last: 2001, Met: true,
		Wait: quiz.Waiting{Due: 3, Steps: 1, New: 5, Fresh: 9},
	}
}

// facts have every shade of ink.
func (g gallery) facts() []FactRow {
	facts := g.pool.Facts()
	rows := make([]FactRow, len(facts))
	for i, f := range facts {
		rows[i] = FactRow{Fact: f, Facets: g.pool.Facets(f.ID), Ink: float64(i) / 7, Met: i > 0}
	}
	return rows
}

func (g gallery) fronts() []Sample {
	calendar := make([]kit.Square, 14)
	for i := range calendar {
		calendar[i] = kit.Square{Name: "2026-05-01: 3 answers", Level: i % 5, Out: i > 10}
	}
	today := Today{
		Frame: g.guest, Decks: []DeckRow{g.row()}, Due: 3, Steps: 1, New: 5, Minutes: 2, Facts: 7, Recall: 0.84, After: 0.96,
		Line: g.facts(), First: -43, Last: 2001, Resume: "roads", Days: 2, Answers: 31, Calendar: calendar,
		Weeks: []kit.Bar{{Label: "Today", Name: "Tue 2026-05-12", Value: 3, Now: true}, {Name: "Wed 2026-05-13", Value: 7}},
	}
	today.Quiz = quiz.Sitting{Run: "run", Place: 2, Quiz: quiz.Quiz{Asks: make([]quiz.Asked, 10)}, Token: "waiting"}
	done, learning := today, today
	done.Quiz = quiz.Sitting{}
	done.Due, done.Steps, done.New, done.Next, done.Frame = 0, 0, 0, "The next one is due tomorrow.", g.learner
	learning.Due, learning.Steps = 1, 1
	told := done
	told.Notices = g.notices()
	return []Sample{
		{"welcome", Welcome{Frame: g.nobody, Decks: []DeckRow{g.row()}, Line: g.facts()}},
		{"welcome-empty", Welcome{Frame: g.nobody}},
		{"today", today},
		{"today-learning", learning},
		{"today-done", done},
		{"today-told", told},
		{"keys", Keys{g.guest}},
		{"how", How{g.guest}},
	}
}

func (g gallery) decks() []Sample {
	deck := Deck{Frame: g.guest, Deck: g.pool.Deck, Row: g.row(), Facts: g.facts()}
	q, _ := g.pool.Make(quiz.CardID{Fact: 6, Facet: quiz.When}, quiz.WhenChoice, 4, 7)
	answered := deck
	answered.Replies = []quiz.Report{{Question: q, Reason: "date", Reply: "Thank you, <mended>."}}
	answered.Notices = g.notices()[:1]
	followed := deck
	shared := *g.pool.Deck
	shared.Owner = 77
	followed.Deck, followed.Row.Followed, followed.Row.Fresh = &shared, true, 3
	open := followed
	open.Row.Followed, open.Row.Fresh = false, 0
	empty := deck
	empty.Deck, empty.Facts, empty.Fading = &quiz.Deck{Name: "empty", Title: "Nothing yet"}, nil, true
	return []Sample{
		{"decks", Decks{Frame: g.guest, Rows: []DeckRow{g.row()}}},
		{"decks-empty", Decks{Frame: g.guest}},
		{"decks-open", Decks{Frame: g.guest, Rows: []DeckRow{g.row()}, Open: g.listed(), Next: 4}},
		{"decks-found", g.found()},
		{"decks-found-nothing", Decks{Frame: g.guest, Typed: "<nothing>"}},
		{"deck", deck},
		{"deck-empty", empty},
		{"deck-reply", answered},
		{"deck-followed", followed},
		{"deck-to-follow", open},
	}
}

// sitting is a place in study with the question of that kind.
func (g gallery) sitting(id quiz.CardID, kind quiz.Kind) Studying {
	q, _ := g.pool.Make(id, kind, 4, 7)
	bare := g.guest
	bare.Bare = true
	return Studying{
		Frame: bare, Pool: g.pool, Undo: "earlier", Ink: map[int64]float64{2: 0.9, 6: 0.4},
		Card: "waits", Sitting: quiz.Sitting{Deck: 1, Done: 2, Left: 6, Token: "waiting", Question: q, Fading: true},
	}
}

func (g gallery) studies() []Sample {
	when := g.sitting(quiz.CardID{Fact: 6, Facet: quiz.When}, quiz.WhenChoice)
	what := g.sitting(quiz.CardID{Fact: 4, Facet: quiz.What}, quiz.WhatChoice)
	flip := g.sitting(quiz.CardID{Fact: 4, Facet: quiz.When}, quiz.Flip)
	tram, _ := g.pool.Deck.Fact(6)
	bridge, _ := g.pool.Deck.Fact(4)
	next := [4]time.Time{}
	for i := range next {
		next[i] = g.now.Add(time.Duration(i*i*i*200) * time.Hour / 4)
	}
	ended := Ended{
		Studying: flip, Deck: g.pool.Deck, Right: 8, Answers: 11, Facts: 6, Next: "The next card of this deck is due tomorrow.",
		Fresh: 3, Hard: []HardFact{{bridge, 2}, {tram, 1}},
	}
	ended.Sitting.Token = ""
	nothing, more := ended, ended
	nothing.Answers, nothing.Hard, nothing.Undo = 0, nil, ""
	more.Due, more.Frame = 4, g.learner
	return []Sample{
		{"asking-when", g.asking(when, "")},
		{"asking-what", g.asking(what, "")},
		{"asking-again", g.asking(when, g.guest.T("error.option"))},
		{"asking-flip", g.asking(flip, "")},
		{"back", Back{Studying: flip, Fact: bridge, Now: g.now, Cal: g.cal, Next: next}},
		{"told-right", g.told(when, tram, true)},
		{"told-wrong-when", g.told(when, tram, false)},
		{"told-wrong-what", g.told(what, bridge, false)},
		{"ended", ended},
		{"ended-nothing", nothing},
		{"ended-more", more},
	}
}

func (g gallery) asking(s Studying, problem string) Asking {
	ruler, _ := DrawRuler(context.Background(), s.Frame, g.pool)
	return Asking{Studying: s, Ruler: ruler, Problem: problem}
}

// told is the verdict on an answer to the question that waits.
func (g gallery) told(s Studying, fact quiz.Fact, right bool) Told {
	q := s.Sitting.Question
	s.Told = true
	t := Told{Studying: s, Fact: fact, Source: g.pool.Deck.Sources[0], Now: g.now, Cal: g.cal}
	t.Review = quiz.Review{
		Question: q, Chosen: q.Answer, Verdict: quiz.Right, Rating: fsrs.Good,
		After: quiz.Card{Due: g.now.Add(10 * time.Minute)},
	}
	if !right {
		t.Review.Chosen, t.Review.Verdict, t.Review.Rating = (q.Answer+1)%len(q.Options), quiz.Wrong, fsrs.Again
		t.Lure, _ = g.pool.Deck.Fact(q.Options[t.Review.Chosen].Fact)
	}
	return t
}

func (g gallery) persons() []Sample {
	form := quiz.SignUp{Alias: "</a><script>", Email: "nobody", Teaches: true, Password: "short"}
	person := quiz.Person{ID: 1, Role: quiz.Learner, Alias: "Leyla <3", Settings: quiz.Beginning("Asia/Baku")}
	var problems quiz.Problems
	problems.Add("zone", "problem.zone")
	problems.Add("new", "problem.new", "Max", quiz.MaxNewPerDay)
	problems.Add("start", "problem.start", "Max", quiz.LatestDayStart)
	problems.Add("kinds", "problem.kinds.none")
	return []Sample{
		{"sign-up", SignUp{Frame: g.nobody}},
		{"sign-up-guest", SignUp{Frame: g.guest, Facts: 12}},
		{"sign-up-problems", SignUp{Frame: g.guest, Form: form, Problems: form.Check(), Facts: 1}},
		{"sign-in", SignIn{Frame: g.guest, Facts: 12}},
		{"sign-in-wrong", SignIn{Frame: g.nobody, Name: "Leyla", Problem: "sign-in.wrong"}},
		{"settings", Settings{Frame: g.learner, Person: person, Zone: "Asia/Baku", New: "10", Wanted: "steady", Share: "90", Start: "4", Rest: quiz.Weekdays(0).With(time.Sunday), Unwanted: []quiz.Kind{quiz.Order}, Strict: true, Years: g.years(), Zones: []string{"Asia/Baku", "UTC"}, Saved: true, Changed: true}},
		{"settings-problems", Settings{Frame: g.guest, Person: person, Zone: "Mars", New: "many", Wanted: "own", Share: "<x>", Start: "25", Unwanted: quiz.Scored, Years: g.years()[:1], Problems: problems, Policy: quiz.ToAll}},
		{"settings-card", Settings{Frame: g.guest, Person: person, Zone: "Asia/Baku", New: "10", Years: g.years(), Class: "History <10B>", Student: quiz.Student{Alias: "Aysel <b>", Card: g.now}}},
		{"settings-class", Settings{Frame: g.guest, Person: person, Zone: "Asia/Baku", New: "10", Years: g.years(), Class: "History <10B>", Student: quiz.Student{Alias: "Aysel <b>"}, Policy: quiz.Closed}},
	}
}

func (g gallery) troubles() []Sample {
	return []Sample{
		{"missing", Trouble{Frame: g.nobody, Head: "error.title.missing", Text: "error.missing", Go: ToToday, Verb: "error.go.today"}},
		{"broken", Trouble{Frame: g.guest, Head: "error.title.internal", Text: "error.internal", ID: "3fa9c1", Go: ToToday, Verb: "error.go.today"}},
	}
}

func (g gallery) listed() []find.Deck {
	return []find.Deck{{ID: 3, Name: "rivers", Title: "Rivers & <lakes>", Facts: 12, First: 1801, Last: 1990}, {ID: 4, Name: "none", Title: "No facts yet"}}
}

func (g gallery) found() Decks {
	s := Decks{Frame: g.guest, Typed: "bridge 1871", Query: find.Read("bridge 1871"), FoundDecks: g.listed(), Most: true}
	for _, f := range g.pool.Facts()[:3] {
		s.FoundFacts = append(s.FoundFacts, find.Fact{Fact: f, Deck: "roads", Title: "Roads & <rails>", Language: "en"})
	}
	return s
}

func (g gallery) notices() []quiz.Notice {
	one := quiz.Notice{
		Deck: "roads", Title: "Roads & <rails>", Language: "en", Event: "The <iron> bridge opens", Before: edtf.MustParse("1871"),
		After: edtf.MustParse("1872-05"), Better: 1, Worse: 2, Void: 1, At: g.now,
	}
	two := one
	two.Better, two.Worse, two.Void = 0, 0, 0
	return []quiz.Notice{one, two}
}

func (g gallery) years() []Year {
	return []Year{{"relaxed", 80, 1200, 4, 91}, {"steady", 90, 1900, 6, 96}, {"thorough", 95, 0, 1, 0}}
}
