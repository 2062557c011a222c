package views

import (
	"net/url"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/rank"

	"github.com/a-h/templ"
)

// Board is who has learned how much in a period.
type Board struct {
	Frame
	Board      quiz.Board
	Name       string        // of its deck or class; empty for the site's
	At         templ.SafeURL // its page
	Back       templ.SafeURL // of its class; empty for none
	Quiz       templ.SafeURL // of a quiz's board: the quiz
	QuizFields [][2]string   // of the form that leaves a quiz's board
	Run        string        // that the visitor joins a quiz's board with; empty for none
	Standing   quiz.Standing
	Counts     quiz.Count
	Span       rank.Span
	Period     string
	Current    bool  // the period goes on
	Ends       int64 // the day behind its last; 0 for none
	Zone       string
	Seasons    []string // that are over, the last first
	Goal       ClassGoal
	Mine       []enrol.Joined // boards that the visitor is on
	Hidden     bool           // the visitor is, on every board
	Alias      string         // as typed
	Problems   quiz.Problems
}

// ClassGoal is how far a class is with what it is to know; without Day there is none.
type ClassGoal struct {
	Deck  string
	Known float64
	Want  int // percent
	Learn bool
	Day   int64
}

// Title names the page.
func (s Board) Title() string {
	name := s.Name
	if name == "" {
		name = s.T("name")
	}
	switch {
	case s.Board.Kind == quiz.OfQuiz:
		return s.T("board.title.quiz", "Name", name)
	case s.Current:
		return s.T("board.title."+string(s.Span), "Name", name)
	}
	return s.T("board.title.past", "Name", name, "Period", s.period(s.Period))
}

// Part shows it.
func (s Board) Part() templ.Component { return board(s) }

// period names a period that is over: week 47 of 2026, September to December 2026.
func (f Frame) period(key string) string {
	switch rank.SpanOf(key) {
	case rank.Week:
		return f.T("board.week", "N", key[6:], "Year", key[:4])
	case rank.Term:
		return f.T("board.term."+key[6:], "Year", key[:4])
	}
	return f.T("board.all")
}

// with is the board by another count or in another period.
func (s Board) with(counts quiz.Count, period string) templ.SafeURL {
	v := url.Values{}
	if counts == quiz.Knowledge {
		v.Set("of", string(counts))
	}
	if period != string(rank.Week) {
		v.Set("period", period)
	}
	if len(v) == 0 {
		return s.At
	}
	return s.At + templ.SafeURL("?"+v.Encode())
}

// key is the period as the address has it.
func (s Board) key() string {
	if s.Current {
		return string(s.Span)
	}
	return s.Period
}

// Hundredths writes a number of hundredths: 7.5 for 750.
func Hundredths(n int) string { return strconv.FormatFloat(float64(n)/100, 'f', -1, 64) }

// points writes what a board counts.
func (s Board) points(n int) string {
	if s.Counts == quiz.ByScore {
		return Hundredths(n)
	}
	return strconv.Itoa(n)
}

// toJoined is the page of a board that somebody is on.
func toJoined(b enrol.Joined) templ.SafeURL {
	switch b.Kind {
	case quiz.OfDeck:
		return ToDeckBoard(b.Name)
	case quiz.OfClass:
		return ToClassBoard(b.Name)
	}
	return ToBoard
}

func (s Board) joinedTitle(b enrol.Joined) string {
	if b.Title == "" {
		return s.T("board.site")
	}
	return b.Title
}

// joinTo is where the board is joined; empty where that is not done from its page.
func (s Board) joinTo() templ.SafeURL {
	switch {
	case s.Standing.Joined:
		return ""
	case s.Board.Kind == quiz.OfSite, s.Board.Kind == quiz.OfDeck:
		return s.At + "/join"
	case s.Run != "":
		return ToRunBoard(s.Run)
	}
	return ""
}

// leaveTo is where it is left.
func (s Board) leaveTo() templ.SafeURL {
	switch {
	case !s.Standing.Joined, s.Board.Kind == quiz.OfClass:
		return ""
	case s.Board.Kind == quiz.OfQuiz:
		path, _, _ := strings.Cut(string(s.At), "?")
		return templ.SafeURL(path) + "/leave"
	}
	return s.At + "/leave"
}

// BoardNote is what the page at the end of a sitting says of a board.
type BoardNote struct {
	At, Join templ.SafeURL // empty At for no board
	Joined   bool
	Rank     int // 0 without points
	Points   int
	Score    string // of a quiz
	Players  int
	Alias    string
}
