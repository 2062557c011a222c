package views

import (
	"net/url"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/leaderboard"

	"github.com/a-h/templ"
)

// BoardScreen is a leaderboard in one period.
type BoardScreen struct {
	Frame
	Board        quiz.BoardID
	Name         string        // of its deck or class; empty for the site's
	URL          templ.SafeURL // of the leaderboard
	Back         templ.SafeURL // of its class; empty for none
	Quiz         templ.SafeURL // of the quiz, on a quiz's leaderboard
	QuizFields   [][2]string   // hidden fields of the form that leaves a quiz's leaderboard
	QuizAttempt  string        // with which the visitor can join a quiz's leaderboard; empty for none
	Standing     quiz.Leaderboard
	Metric       quiz.BoardMetric
	PeriodKind   leaderboard.PeriodKind
	Period       string
	Current      bool  // the period is still running
	Ends         int64 // the day after its last; 0 for none
	Zone         string
	PastPeriods  []string // newest first
	Target       ClassTarget
	JoinedBoards []leaderboard.JoinedBoard // leaderboards that the visitor has joined
	Hidden       bool                      // the visitor is hidden on every leaderboard
	Alias        string                    // as typed
	Problems     quiz.Problems
}

// ClassTarget is the progress of a class towards its assignment; Day is 0 when there is none.
type ClassTarget struct {
	Deck      string
	Known     float64
	Target    int // percent
	ByCards   bool
	TargetDay int64
}

// Title returns the page title.
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

// Content returns the page body.
func (s BoardScreen) Content() templ.Component { return board(s) }

// periodName names a past period: week 47 of 2026, September to December 2026.
func (f Frame) periodName(key string) string {
	switch leaderboard.ParsePeriodKind(key) {
	case leaderboard.PeriodWeek:
		return f.T("board.week", "N", key[6:], "Year", key[:4])
	case leaderboard.PeriodTerm:
		return f.T("board.term."+key[6:], "Year", key[:4])
	}
	return f.T("board.all")
}

// linkWith returns the URL of the leaderboard with another metric or period.
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

// periodParam returns the period as a URL parameter.
func (s BoardScreen) periodParam() string {
	if s.Current {
		return string(s.PeriodKind)
	}
	return s.Period
}

// FormatHundredths formats a number of hundredths: 7.5 for 750.
func FormatHundredths(n int) string { return strconv.FormatFloat(float64(n)/100, 'f', -1, 64) }

// points formats a value of the leaderboard's metric.
func (s BoardScreen) points(n int) string {
	if s.Metric == quiz.MetricScore {
		return FormatHundredths(n)
	}
	return strconv.Itoa(n)
}

// toBoard returns the URL of a joined leaderboard.
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

// joinTo returns the URL for joining the leaderboard; empty where its page has no such form.
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

// leaveTo returns the URL for leaving the leaderboard.
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

// BoardSummary is the leaderboard summary at the end of a study session.
type BoardSummary struct {
	URL, JoinURL templ.SafeURL // empty when there is no leaderboard
	Joined       bool
	Rank         int // 0 without points
	Points       int
	Score        string // of a quiz
	Players      int
	Alias        string
}
