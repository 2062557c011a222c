package views

import (
	"net/url"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/leaderboard"

	"github.com/a-h/templ"
)

// BoardScreen is who has learned how much in a period.
type BoardScreen struct {
	Frame
	Board        quiz.BoardID
	Name         string        // of its deck or class; empty for the site's
	URL          templ.SafeURL // its page
	Back         templ.SafeURL // of its class; empty for none
	Quiz         templ.SafeURL // of a quiz's board: the quiz
	QuizFields   [][2]string   // of the form that leaves a quiz's board
	QuizAttempt  string        // that the visitor joins a quiz's board with; empty for none
	Standing     quiz.Leaderboard
	Metric       quiz.BoardMetric
	PeriodKind   leaderboard.PeriodKind
	Period       string
	Current      bool  // the period goes on
	Ends         int64 // the day behind its last; 0 for none
	Zone         string
	PastPeriods  []string // that are over, the last first
	Target       ClassTarget
	JoinedBoards []leaderboard.JoinedBoard // boards that the visitor is on
	Hidden       bool                      // the visitor is, on every board
	Alias        string                    // as typed
	Problems     quiz.Problems
}

// ClassTarget is how far a class is with what it is to know; without Day there is none.
type ClassTarget struct {
	Deck      string
	Known     float64
	Target    int // percent
	ByCards   bool
	TargetDay int64
}

// Title names the page.
func (s BoardScreen) Title() string {
	name := s.Name
	if name == "" {
		name = s.T("name")
	}
	switch {
	case s.Board.Kind == quiz.BoardKindQuiz:
		return s.T("board.title.quiz", "Name", name)
	case s.Current:
		return s.T("board.title."+string(s.PeriodKind), "Name", name)
	}
	return s.T("board.title.past", "Name", name, "Period", s.periodName(s.Period))
}

// Content shows it.
func (s BoardScreen) Content() templ.Component { return board(s) }

// periodName names a period that is over: week 47 of 2026, September to December 2026.
func (f Frame) periodName(key string) string {
	switch leaderboard.ParsePeriodKind(key) {
	case leaderboard.PeriodWeek:
		return f.T("board.week", "N", key[6:], "Year", key[:4])
	case leaderboard.PeriodTerm:
		return f.T("board.term."+key[6:], "Year", key[:4])
	}
	return f.T("board.all")
}

// linkWith is the board by another count or in another period.
func (s BoardScreen) linkWith(counts quiz.BoardMetric, period string) templ.SafeURL {
	v := url.Values{}
	if counts == quiz.MetricMastered {
		v.Set("of", string(counts))
	}
	if period != string(leaderboard.PeriodWeek) {
		v.Set("period", period)
	}
	if len(v) == 0 {
		return s.URL
	}
	return s.URL + templ.SafeURL("?"+v.Encode())
}

// periodParam is the period as the address has it.
func (s BoardScreen) periodParam() string {
	if s.Current {
		return string(s.PeriodKind)
	}
	return s.Period
}

// FormatHundredths writes a number of hundredths: 7.5 for 750.
func FormatHundredths(n int) string { return strconv.FormatFloat(float64(n)/100, 'f', -1, 64) }

// points writes what a board counts.
func (s BoardScreen) points(n int) string {
	if s.Metric == quiz.MetricScore {
		return FormatHundredths(n)
	}
	return strconv.Itoa(n)
}

// toBoard is the page of a board that somebody is on.
func toBoard(b leaderboard.JoinedBoard) templ.SafeURL {
	switch b.Kind {
	case quiz.BoardKindDeck:
		return ToDeckBoard(b.Name)
	case quiz.BoardKindClass:
		return ToClassBoard(b.Name)
	}
	return ToBoard
}

func (s BoardScreen) boardTitle(b leaderboard.JoinedBoard) string {
	if b.Title == "" {
		return s.T("board.site")
	}
	return b.Title
}

// joinTo is where the board is joined; empty where that is not done from its page.
func (s BoardScreen) joinTo() templ.SafeURL {
	switch {
	case s.Standing.Joined:
		return ""
	case s.Board.Kind == quiz.BoardKindSite, s.Board.Kind == quiz.BoardKindDeck:
		return s.URL + "/join"
	case s.QuizAttempt != "":
		return ToAttemptBoard(s.QuizAttempt)
	}
	return ""
}

// leaveTo is where it is left.
func (s BoardScreen) leaveTo() templ.SafeURL {
	switch {
	case !s.Standing.Joined, s.Board.Kind == quiz.BoardKindClass:
		return ""
	case s.Board.Kind == quiz.BoardKindQuiz:
		path, _, _ := strings.Cut(string(s.URL), "?")
		return templ.SafeURL(path) + "/leave"
	}
	return s.URL + "/leave"
}

// BoardSummary is what the page at the end of a sitting says of a board.
type BoardSummary struct {
	URL, JoinURL templ.SafeURL // empty At for no board
	Joined       bool
	Rank         int // 0 without points
	Points       int
	Score        string // of a quiz
	Players      int
	Alias        string
}
