// Package survey tells what a class remembers: who has not begun, who is stuck, what
// is hard.
package survey

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// Pupil is a student with what is known of them in the deck of an assignment. Nothing
// of other decks is looked at but how long answers take them.
type Pupil struct {
	quiz.Student
	Tuning    quiz.Tuning
	Retention float64
	Joined    int64       // the class's day on which they came
	Extra     int         // days that they were given
	Cards     []quiz.Card // of the assignment, in memory
	Answers   int         // in the last days, see Lately
	Right     int         // of them
	Pace      time.Duration
}

// Lately is over how many days answers are counted.
const Lately = 7

// Mix is a fact that was taken for another.
type Mix struct {
	Fact, With int64
	People     int // who did so
}

// Wrong is a wrong answer that a class gave about a fact.
type Wrong struct {
	Facet   quiz.Facet // that was asked
	With    int64      // the fact whose date, event or term was given; 0 for none
	Given   string     // what was typed, where it is of no fact
	People  int
	Answers int
}

// Class is what a survey is made of.
type Class struct {
	quiz.Assignment
	Facts  []quiz.Fact // that are asked for, in order of date
	Facets map[int64]int
	Pupils []Pupil
	Mixes  []Mix
	Today  int64 // the class's day
}

// State is how a student stands.
type State string

// The states. Fine is what is to be expected at that point; Stuck wants a teacher.
const (
	NotBegun State = "not-begun"
	Stuck    State = "stuck"
	Fine     State = "fine"
)

// Why says why somebody is stuck.
type Why string

// The reasons.
const (
	Away    Why = "away"    // not seen for days while cards fade
	Missing Why = "missing" // most answers are wrong of late
	Late    Why = "late"    // the goal is far at this pace
)

// Reasons are all of them.
var Reasons = []Why{Away, Missing, Late}

// furthest is how many days ahead the way is imagined at most: later ones change little.
const furthest = 120

// When somebody counts as stuck.
const (
	awayDays  = 4    // without an answer
	fewRight  = 0.5  // of the answers of late
	fewTold   = 10   // answers of late that tell something
	farBehind = 0.15 // of what is to be known, below the goal
)

// Row is a student with how they stand.
type Row struct {
	Pupil
	Day      int64          // by which they are to know it
	Inks     []float64      // by fact: the mean chance of recall of its cards that were met; −1 where none was
	Known    float64        // mean ink of all facts, 0 for what was not met
	Learned  int            // cards
	Due      int            // cards that fade today
	Seen     int64          // the day of the last answer; 0 without one
	Expected study.Expected // Share, Low and High are of facts, as Known is
	Pending  bool           // it is not worked out yet
	State    State
	Why      Why
	OnTrack  bool // what is expected is the goal or more
}

// Column is a fact with how the class knows it.
type Column struct {
	quiz.Fact
	Known float64 // mean ink of all students
	Held  float64 // mean ink of those who have met it
	Met   int     // students who have met it
	Mixed Mix     // with what most mix it up; the zero Mix for nothing
}

// Report is how a class stands.
type Report struct {
	Class
	Cards   int // that can be learned
	Rows    []Row
	Columns []Column
	Met     int     // students who have begun
	OnTrack int     // students
	Pending int     // students of whom it is not worked out yet what to expect
	Share   float64 // mean of what is expected of all; of who has not begun nothing is
	Known   float64 // mean of what all know now
}

// Foreteller gives what is expected of a student's way; it may remember. It is false for
// what is not worked out yet.
type Foreteller func(p Pupil, r study.Ready, s *fsrs.Scheduler) (study.Expected, bool)

// Unforetold is for those who do not ask.
func Unforetold(Pupil, study.Ready, *fsrs.Scheduler) (study.Expected, bool) {
	return study.Expected{}, true
}

// Foretell imagines the way anew.
func Foretell(p Pupil, r study.Ready, s *fsrs.Scheduler) (study.Expected, bool) {
	return study.Roughly(r, s, uint64(p.ID)), true
}

// Of surveys a class.
func Of(c Class, foretell Foreteller) Report {
	r := Report{Class: c, Columns: make([]Column, len(c.Facts))}
	at := make(map[int64]int, len(c.Facts))
	for i, f := range c.Facts {
		at[f.ID] = i
		r.Cards += c.Facets[f.ID]
		r.Columns[i].Fact = f
	}
	for _, p := range c.Pupils {
		row := rowOf(c, p, at, r.Cards, foretell)
		for i, ink := range row.Inks {
			if ink >= 0 {
				r.Columns[i].Known += ink
				r.Columns[i].Held += ink
				r.Columns[i].Met++
			}
		}
		r.Known += row.Known
		if row.State != NotBegun {
			r.Met++
			r.Share += row.Expected.Share
		}
		if row.Pending {
			r.Pending++
		}
		if row.OnTrack {
			r.OnTrack++
		}
		r.Rows = append(r.Rows, row)
	}
	r.Known /= float64(max(1, len(c.Pupils)))
	r.Share /= float64(max(1, len(c.Pupils)-r.Pending))
	for i := range r.Columns {
		r.Columns[i].Known /= float64(max(1, len(c.Pupils)))
		r.Columns[i].Held /= float64(max(1, r.Columns[i].Met))
	}
	for _, m := range c.Mixes {
		if i, ok := at[m.Fact]; ok && m.People > r.Columns[i].Mixed.People {
			r.Columns[i].Mixed = m
		}
	}
	return r
}

func rowOf(c Class, p Pupil, at map[int64]int, cards int, foretell Foreteller) Row {
	s := study.SchedulerOf(p.Tuning, p.Retention)
	row := Row{Pupil: p, Day: c.DayFor(p.Joined, p.Extra), Inks: make([]float64, len(c.Facts)), State: NotBegun}
	met := make([]float64, len(c.Facts))
	for i := range row.Inks {
		row.Inks[i] = -1
	}
	for _, card := range p.Cards {
		i, ok := at[card.Fact]
		if !ok {
			continue
		}
		met[i]++
		row.Inks[i] = max(0, row.Inks[i])
		row.Inks[i] += (card.Shown(s.Model, c.Today) - row.Inks[i]) / met[i]
		row.Seen = max(row.Seen, card.Memory.LastDay)
		row.State = Fine
		if card.Memory.Phase == fsrs.PhaseReview {
			row.Learned++
		}
		if card.IsDue(c.Today) {
			row.Due++
		}
	}
	known := 0
	for _, ink := range row.Inks {
		if ink >= 0 {
			row.Known += ink / float64(len(c.Facts))
			known++
		}
	}
	if row.State == Fine {
		way := wayOf(c, p, row, cards)
		e, ready := foretell(p, way, s)
		row.Expected, row.Pending = ofFacts(e, len(c.Facts), known, len(p.Cards), way.Fresh), !ready
		row.OnTrack = ready && c.reached(row, cards)
		row.Why = whyStuck(c, row, cards)
	}
	if row.Why != "" {
		row.State = Stuck
	}
	return row
}

// ofFacts turns shares of cards into shares of facts: of new cards as many are the
// first of their fact as of all that are left.
func ofFacts(e study.Expected, facts, known, cards, fresh int) study.Expected {
	if e.Met <= 0 || facts == 0 {
		return e
	}
	covered := float64(known)
	if fresh > 0 {
		met := e.Met*float64(cards+fresh) - float64(cards)
		covered += float64(facts-known) * max(0, met) / float64(fresh)
	}
	by := min(1, covered/float64(facts)) / e.Met
	e.Share, e.Low, e.High = min(1, e.Share*by), min(1, e.Low*by), min(1, e.High*by)
	return e
}

// wayOf is the way of a student to the day if they go on as in the last days, and at
// most with the minutes of the assignment.
func wayOf(c Class, p Pupil, row Row, cards int) study.Ready {
	r := study.Ready{Cards: p.Cards, Fresh: max(0, cards-len(p.Cards)), Today: c.Today, Pace: p.Pace}
	r = r.For(c.Goal(min(max(row.Day, c.Today), c.Today+furthest)))
	days := min(Lately, c.Today-max(c.Start, p.Joined)+1)
	if days >= 2 { // on the first day nothing is known of a habit
		habit := max(1, int(float64(p.Answers)/float64(days)+0.5))
		r.PerDay = min(r.PerDay, habit)
		r.Budget = min(r.Budget, r.PerDay)
	}
	return r
}

// reached tells whether what is expected of a student is the goal or more.
func (c Class) reached(row Row, cards int) bool {
	return c.missing(row, cards) <= 0
}

// missing is the share by which what is expected of a student is below the goal.
func (c Class) missing(row Row, cards int) float64 {
	if c.Aim == quiz.ToLearn {
		if row.Learned >= c.Want {
			return 0
		}
		if c.Today >= row.Day {
			return 1
		}
		return (float64(c.Want) - row.Expected.Met*float64(cards)) / float64(max(1, c.Want))
	}
	return float64(c.Want)/100 - row.Expected.Share - 0.005 // as it is rounded
}

func whyStuck(c Class, row Row, cards int) Why {
	switch {
	case c.Today >= row.Day, c.Today < c.Start: // it is over, or still to begin
		return ""
	case c.Today-row.Seen >= awayDays && (row.Due > 0 || !row.OnTrack && !row.Pending):
		return Away
	case row.Answers >= fewTold && float64(row.Right) < fewRight*float64(row.Answers):
		return Missing
	case !row.Pending && c.missing(row, cards) > farBehind && c.Today > max(c.Start, row.Joined)+1:
		return Late
	}
	return ""
}

// In lists the students of a state.
func (r Report) In(s State) []Row {
	return slices.DeleteFunc(slices.Clone(r.Rows), func(row Row) bool { return row.State != s })
}

// Hard is why a fact is to be taught again.
type Hard string

// The reasons.
const (
	Confused Hard = "mixed" // many take it for the same other
	Unmet    Hard = "unmet" // most have not met it, while most others are met
	Faded    Hard = "faded" // it was met, and is not known
)

// Hards are all of them.
var Hards = []Hard{Confused, Unmet, Faded}

// Lesson is a fact that is to be taught again.
type Lesson struct {
	Column
	Why   Hard
	Share float64 // of those who have begun that mix it up, have not met it or know it
}

// When a fact is to be taught again.
const (
	manyMix   = 0.25
	manyUnmet = 0.5
	oddUnmet  = 0.34 // of the facts at most
	paleClass = 0.6
	leastMet  = 2 // students
)

// Lessons lists what is hard for the class, the hardest first, and at most so many.
func (r Report) Lessons(most int) []Lesson {
	begun := float64(max(1, r.Met))
	unmet := 0
	for _, c := range r.Columns {
		if float64(r.Met-c.Met) >= manyUnmet*begun {
			unmet++
		}
	}
	var out []Lesson
	for _, c := range r.Columns {
		l := Lesson{Column: c}
		switch {
		case c.Mixed.People >= leastMet && float64(c.Mixed.People) >= manyMix*float64(c.Met):
			l.Why, l.Share = Confused, float64(c.Mixed.People)/float64(max(c.Met, c.Mixed.People)) // somebody may have forgotten it by hand
		case c.Met >= leastMet && c.Held < paleClass:
			l.Why, l.Share = Faded, c.Held
		case r.Met >= leastMet && float64(r.Met-c.Met) >= manyUnmet*begun && float64(unmet) <= oddUnmet*float64(len(r.Columns)):
			l.Why, l.Share = Unmet, float64(r.Met-c.Met)/begun
		default:
			continue
		}
		out = append(out, l)
	}
	weight := func(l Lesson) float64 {
		switch l.Why {
		case Confused:
			return 1 + l.Share
		case Faded:
			return 1 - l.Share
		}
		return l.Share / 2
	}
	slices.SortStableFunc(out, func(a, b Lesson) int { return cmp.Compare(weight(b), weight(a)) })
	return out[:min(most, len(out))]
}

// Fading lists facts that the class is about to forget, the palest first: most of those
// who have begun have met them.
func (r Report) Fading(most int) []quiz.Fact {
	var some []Column
	for _, c := range r.Columns {
		if c.Met > 0 && 2*c.Met >= r.Met {
			some = append(some, c)
		}
	}
	slices.SortStableFunc(some, func(a, b Column) int { return cmp.Compare(a.Held, b.Held) })
	var out []quiz.Fact
	for _, c := range some[:min(most, len(some))] {
		out = append(out, c.Fact)
	}
	return out
}

// Within is how many questions the class answers in that time, at the mean pace of
// those who have begun.
func (r Report) Within(d time.Duration) int {
	var pace time.Duration
	n := 0
	for _, row := range r.Rows {
		if row.State != NotBegun {
			pace += row.Pace
			n++
		}
	}
	if n == 0 {
		return quiz.QuizLeast
	}
	return min(max(int(d/(pace/time.Duration(n))), quiz.QuizLeast), quiz.QuizMost)
}
