package views

import (
	"math"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/mark"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Told is what an answer was judged to be.
type Told struct {
	Studying
	Review quiz.Review
	Mark   mark.Mark // of the same answer, with its parts
	Fact   quiz.Fact
	Lure   quiz.Fact // whose date, event or term was given instead; zero for none
	Source quiz.Source
	Now    time.Time
	Cal    quiz.Calendar
}

// Title says the verdict, for those who hear the page.
func (s Told) Title() string { return s.verdict() }

// Part shows the verdict.
func (s Told) Part() templ.Component { return told(s) }

func (s Told) verdict() string {
	if s.Review.Question.Kind == quiz.Flip {
		return s.T("rating." + s.Review.Rating.String())
	}
	return s.T("verdict." + string(s.Review.Verdict))
}

// again says when the card comes back.
func (s Told) again() string {
	if s.Review.Run != "" {
		return ""
	}
	return s.T("told.again", "When", s.When(s.Review.After.Due, s.Now, s.Cal))
}

// answer is the right answer in a few words.
func (s Told) answer() string {
	q := s.Review.Question
	switch {
	case !s.passed():
	case q.Kind == quiz.Order:
		return s.T("told.order.is")
	case q.Kind == quiz.Match:
		return s.T("told.match.is")
	}
	switch q.Kind {
	case quiz.Order:
		return s.T("told.pairs", "N", s.Mark.Hits, "Of", s.Mark.Of)
	case quiz.Match:
		return s.T("told.matches", "N", s.Mark.Hits, "Of", s.Mark.Of)
	case quiz.GapChoice, quiz.GapTyped:
		return s.T("told.term", "Term", q.Term)
	case quiz.Between:
		return s.T("told.between", "Length", q.Options[q.Answer].Text)
	case quiz.First:
		return s.T("told.first", "Label", s.fact(q.Options[q.Answer].Fact).Label)
	}
	return s.T("told.right", "Date", s.Date(s.Fact.Date), "Label", s.Fact.Label)
}

// passed tells whether no answer was given.
func (s Told) passed() bool { return s.Review.Chosen < 0 && s.Review.Given == "" }

// name is the label before a detail where several facts are spoken of.
func (s Told) name() string {
	switch s.Review.Question.Kind {
	case quiz.First, quiz.Order, quiz.Match, quiz.Between, quiz.During:
		return s.Fact.Label + ": "
	}
	return ""
}

func (s Told) fact(id int64) quiz.Fact {
	f, _ := s.Pool.Deck.Fact(id)
	return f
}

// lines explain the answer: what the lure really was, how far away it lay.
func (s Told) lines() []string {
	q := s.Review.Question
	var out []string
	add := func(key string, pairs ...any) { out = append(out, s.T(key, pairs...)) }
	switch q.Kind {
	case quiz.Place:
		out = append(out, s.distance()...)
	case quiz.WhenTyped:
		switch {
		case s.Mark.Away != 0:
			out = append(out, s.away())
		case s.Review.Verdict == quiz.Partly && q.Doubt != q.Doubt.Plain():
			add("told.doubt", "Date", s.Date(q.Doubt))
		}
	case quiz.Order:
		if s.Mark.Hits > 0 && s.Review.Score == 0 {
			add("told.chance")
		}
	case quiz.GapTyped:
		if s.Mark.Slip {
			add("told.slip", "Given", s.Review.Given)
		}
		if len(q.Accepted) > 0 {
			add("told.accepted", "Spellings", strings.Join(q.Accepted, ", "))
		}
	case quiz.Truth:
		if q.Answer == 1 {
			add("told.truth.false", "When", raised(q.Shown.Text), "Event", s.fact(q.Shown.Fact).Event)
		}
		return out
	}
	if s.Lure.ID != 0 {
		if lure := s.lure(); lure != "" {
			out = append(out, lure)
		}
	}
	return out
}

// lure says what the chosen wrong answer really was.
func (s Told) lure() string {
	q := s.Review.Question
	switch q.Kind {
	case quiz.WhenChoice:
		return join(s.T("told.lure.when", "Chosen", q.Options[s.Review.Chosen].Text, "Event", s.Lure.Event), s.exactly())
	case quiz.WhatChoice, quiz.During:
		return s.T("told.lure.what", "Chosen", q.Options[s.Review.Chosen].Text, "When", s.Lure.Date.When(s.Lang()))
	case quiz.WhenTyped:
		return s.T("told.lure.typed", "When", s.Lure.Date.When(s.Lang()), "Event", s.Lure.Event)
	case quiz.GapChoice:
		return s.T("told.lure.term", "Chosen", q.Options[s.Review.Chosen].Text, "Event", s.Lure.Event, "When", s.Lure.Date.When(s.Lang()))
	case quiz.GapTyped:
		return s.T("told.lure.term", "Chosen", s.Review.Given, "Event", s.Lure.Event, "When", s.Lure.Date.When(s.Lang()))
	}
	return ""
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// exactly adds the lure's full date where the option showed less of it.
func (s Told) exactly() string {
	full := s.Date(s.Lure.Date)
	if full == s.Review.Question.Options[s.Review.Chosen].Text {
		return ""
	}
	return s.T("told.exactly", "Date", full)
}

// away says how many years a typed year was off.
func (s Told) away() string {
	if s.Mark.Away < 0 {
		return s.N("told.early", int(math.Round(-s.Mark.Away)))
	}
	return s.N("told.late", int(math.Round(s.Mark.Away)))
}

// distance says how far away something was placed, and what counts.
func (s Told) distance() []string {
	if s.Review.Given == "" {
		return nil
	}
	within := s.N("told.tolerance", int(s.Review.Question.Scale.Tolerance))
	if s.Mark.Away == 0 {
		return []string{s.T("told.exact"), within}
	}
	return []string{s.away(), within}
}

// datesOf are the facts whose dates an answer needs beside one another.
func (s Told) datesOf() []quiz.Fact {
	q := s.Review.Question
	var ids []int64
	switch q.Kind {
	case quiz.First, quiz.During:
		for _, o := range q.Options {
			ids = append(ids, o.Fact)
		}
	case quiz.Between:
		ids = []int64{q.Fact, q.Shown.Fact}
	}
	var out []quiz.Fact
	for _, f := range s.Pool.Facts() { // by date
		for _, id := range ids {
			if f.ID == id {
				out = append(out, f)
			}
		}
	}
	return out
}

// placer is the line with where the event was put and where it belongs.
func (s Told) placer(size kit.PlacerSize) kit.PlacerSpec {
	q := s.Review.Question
	spec := kit.PlacerSpec{
		Size: size, First: int(q.Scale.First), Last: int(q.Scale.Last), Judged: true, Good: s.Review.Verdict == quiz.Right,
		From: decimalYear(q.Right.Lo()), To: decimalYear(q.Right.Hi() + 1), Slack: q.Scale.Tolerance, Answer: s.Date(s.Fact.Date),
	}
	if year, err := mark.Year(q.Scale, s.Review.Given); err == nil {
		spec.At, spec.Put = int(year), true
	}
	return spec
}

// optionClass marks the right and the chosen option.
func (s Told) optionClass(i int) string {
	switch {
	case i == s.Review.Question.Answer:
		return "right"
	case i == s.Review.Chosen:
		return "wrong"
	}
	return "other"
}

// lineRow is an event of an order or a match as it was judged.
type lineRow struct {
	fact        quiz.Fact
	event, date string
	given       string // the date that was chosen
	put         int    // the place it was put, from 1; 0 for none
	right       bool
}

// line lists the events of an order in time.
func (s Told) line() []lineRow {
	q := s.Review.Question
	put := map[string]int{}
	if s.Review.Given != "" {
		for place, i := range strings.Split(s.Review.Given, ",") {
			put[i] = place + 1
		}
	}
	var rows []lineRow
	for _, i := range q.Order {
		rows = append(rows, lineRow{
			fact: s.fact(q.Options[i].Fact), event: q.Options[i].Text, put: put[strconv.Itoa(i)], right: i < len(s.Mark.Each) && s.Mark.Each[i],
		})
	}
	return rows
}

// matched lists the events of a match in the order of their dates.
func (s Told) matched() []lineRow {
	q := s.Review.Question
	given := strings.Split(s.Review.Given, ",")
	rows := make([]lineRow, len(q.Dates))
	for i, o := range q.Options {
		row := lineRow{event: o.Text, date: q.Dates[q.Order[i]].Text, right: i < len(s.Mark.Each) && s.Mark.Each[i]}
		if i < len(given) {
			if d, err := strconv.Atoi(given[i]); err == nil && d >= 0 && d < len(q.Dates) {
				row.given = q.Dates[d].Text
			}
		}
		rows[q.Order[i]] = row
	}
	return rows
}

func icon(right bool) string {
	if right {
		return "check"
	}
	return "cross"
}

func partIcon(s mark.State) string {
	if s == mark.PartMissing {
		return "half"
	}
	return icon(s == mark.PartRight)
}

// inked draws the deck in ink, with the fact that was asked for. In a quiz only
// what was asked is named: the others may come yet.
func (s Studying) inked(shown []int64, asked int64) []kit.Stroke {
	facts := s.Pool.Facts()
	named := map[int64]bool{asked: true}
	for _, id := range shown {
		named[id] = true
	}
	out := make([]kit.Stroke, len(facts))
	for i, f := range facts {
		out[i] = strokeOf(f)
		out[i].Ink = s.Ink[f.ID]
		if s.Sitting.Run == "" || named[f.ID] {
			out[i].Label = f.Label
			out[i].Hint = s.Date(f.Date) + ": " + f.Event
		}
		if f.ID == asked {
			out[i].Focus, out[i].Ink = true, 1
		}
	}
	return out
}
