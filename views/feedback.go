package views

import (
	"math"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/grading"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// FeedbackScreen is the feedback on an answer.
type FeedbackScreen struct {
	StudyFrame
	Review       quiz.Review
	Grade        grading.Grade // of the same answer, with its parts
	Fact         quiz.Fact
	ConfusedFact quiz.Fact // whose date, event or term was given instead; zero for none
	Source       quiz.Source
	Now          time.Time
	Cal          quiz.Calendar
}

// Title returns the verdict, so that screen readers announce it first.
func (s FeedbackScreen) Title() string { return s.verdict() }

// Content returns the page body.
func (s FeedbackScreen) Content() templ.Component { return feedback(s) }

func (s FeedbackScreen) verdict() string {
	if s.Review.Question.Kind == quiz.KindFlashcard {
		return s.T("rating." + s.Review.Rating.String())
	}
	return s.T("verdict." + string(s.Review.Verdict))
}

// nextDueText says when the card is due again.
func (s FeedbackScreen) nextDueText() string {
	if s.Review.QuizAttempt != "" {
		return ""
	}
	return s.T("told.again", "When", s.When(s.Review.CardAfter.Due, s.Now, s.Cal))
}

// answer returns the right answer in a few words.
func (s FeedbackScreen) answer() string {
	q := s.Review.Question
	switch {
	case !s.passed():
	case q.Kind == quiz.KindOrder:
		return s.T("told.order.is")
	case q.Kind == quiz.KindMatch:
		return s.T("told.match.is")
	}
	switch q.Kind {
	case quiz.KindOrder:
		return s.T("told.pairs", "N", s.Grade.RightPairs, "Of", s.Grade.TotalPairs)
	case quiz.KindMatch:
		return s.T("told.matches", "N", s.Grade.RightPairs, "Of", s.Grade.TotalPairs)
	case quiz.KindGapChoice, quiz.KindGapTyped:
		return s.T("told.term", "Term", q.Term)
	case quiz.KindTimeBetween:
		return s.T("told.between", "Length", q.Options[q.RightOption].Text)
	case quiz.KindFirst:
		return s.T("told.first", "Label", s.fact(q.Options[q.RightOption].Fact).Label)
	}
	return s.T("told.right", "Date", s.Date(s.Fact.Date), "Label", s.Fact.Label)
}

// passed reports whether no answer was given.
func (s FeedbackScreen) passed() bool { return s.Review.ChosenOption < 0 && s.Review.Given == "" }

// name returns the label before a detail where several facts are mentioned.
func (s FeedbackScreen) name() string {
	switch s.Review.Question.Kind {
	case quiz.KindFirst, quiz.KindOrder, quiz.KindMatch, quiz.KindTimeBetween, quiz.KindDuring:
		return s.Fact.Label + ": "
	}
	return ""
}

func (s FeedbackScreen) fact(id int64) quiz.Fact {
	f, _ := s.Index.Deck.Fact(id)
	return f
}

// lines explains the answer: what the distractor really was, how far off the answer was.
func (s FeedbackScreen) lines() []string {
	q := s.Review.Question
	var out []string
	add := func(key string, pairs ...any) { out = append(out, s.T(key, pairs...)) }
	switch q.Kind {
	case quiz.KindPlace:
		out = append(out, s.placeText()...)
	case quiz.KindWhenTyped:
		switch {
		case s.Grade.YearsOff != 0:
			out = append(out, s.yearsOffText())
		case s.Review.Verdict == quiz.VerdictPartly && q.UncertainDate != q.UncertainDate.Plain():
			add("told.doubt", "Date", s.Date(q.UncertainDate))
		}
	case quiz.KindOrder:
		if s.Grade.RightPairs > 0 && s.Review.Score == 0 {
			add("told.chance")
		}
	case quiz.KindGapTyped:
		if s.Grade.TypoForgiven {
			add("told.slip", "Given", s.Review.Given)
		}
		if len(q.Accepted) > 0 {
			add("told.accepted", "Spellings", strings.Join(q.Accepted, ", "))
		}
	case quiz.KindTrueFalse:
		if q.RightOption == 1 {
			add("told.truth.false", "When", capitalized(q.ShownOption.Text), "Event", s.fact(q.ShownOption.Fact).Event)
		}
		return out
	}
	if s.ConfusedFact.ID != 0 {
		if lure := s.confusedText(); lure != "" {
			out = append(out, lure)
		}
	}
	return out
}

// confusedText says what the chosen distractor really was.
func (s FeedbackScreen) confusedText() string {
	q := s.Review.Question
	switch q.Kind {
	case quiz.KindWhenChoice:
		return join(s.T("told.lure.when", "Chosen", q.Options[s.Review.ChosenOption].Text, "Event", s.ConfusedFact.Event), s.exactDateText())
	case quiz.KindWhatChoice, quiz.KindDuring:
		return s.T("told.lure.what", "Chosen", q.Options[s.Review.ChosenOption].Text, "When", s.ConfusedFact.Date.FormatWithPreposition(s.Lang()))
	case quiz.KindWhenTyped:
		return s.T("told.lure.typed", "When", s.ConfusedFact.Date.FormatWithPreposition(s.Lang()), "Event", s.ConfusedFact.Event)
	case quiz.KindGapChoice:
		return s.T("told.lure.term", "Chosen", q.Options[s.Review.ChosenOption].Text, "Event", s.ConfusedFact.Event, "When", s.ConfusedFact.Date.FormatWithPreposition(s.Lang()))
	case quiz.KindGapTyped:
		return s.T("told.lure.term", "Chosen", s.Review.Given, "Event", s.ConfusedFact.Event, "When", s.ConfusedFact.Date.FormatWithPreposition(s.Lang()))
	}
	return ""
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// exactDateText adds the distractor's full date where the option showed less of it.
func (s FeedbackScreen) exactDateText() string {
	full := s.Date(s.ConfusedFact.Date)
	if full == s.Review.Question.Options[s.Review.ChosenOption].Text {
		return ""
	}
	return s.T("told.exactly", "Date", full)
}

// yearsOffText says how many years off a typed year was.
func (s FeedbackScreen) yearsOffText() string {
	if s.Grade.YearsOff < 0 {
		return s.N("told.early", int(math.Round(-s.Grade.YearsOff)))
	}
	return s.N("told.late", int(math.Round(s.Grade.YearsOff)))
}

// placeText says how far off a placed year was, and which years count as right.
func (s FeedbackScreen) placeText() []string {
	if s.Review.Given == "" {
		return nil
	}
	within := s.N("told.tolerance", int(s.Review.Question.Scale.Tolerance))
	if s.Grade.YearsOff == 0 {
		return []string{s.T("told.exact"), within}
	}
	return []string{s.yearsOffText(), within}
}

// comparedFacts returns the facts whose dates the feedback compares.
func (s FeedbackScreen) comparedFacts() []quiz.Fact {
	q := s.Review.Question
	var ids []int64
	switch q.Kind {
	case quiz.KindFirst, quiz.KindDuring:
		for _, o := range q.Options {
			ids = append(ids, o.Fact)
		}
	case quiz.KindTimeBetween:
		ids = []int64{q.Fact, q.ShownOption.Fact}
	}
	var out []quiz.Fact
	for _, f := range s.Index.Facts() { // by date
		for _, id := range ids {
			if f.ID == id {
				out = append(out, f)
			}
		}
	}
	return out
}

// placer returns the line that shows where the event was placed and where it belongs.
func (s FeedbackScreen) placer(size kit.PlacerSize) kit.PlacerSpec {
	q := s.Review.Question
	spec := kit.PlacerSpec{
		Size: size, First: int(q.Scale.First), Last: int(q.Scale.Last), Judged: true, IsRight: s.Review.Verdict == quiz.VerdictRight,
		From: decimalYear(q.RightDate.Lo()), To: decimalYear(q.RightDate.Hi() + 1), Tolerance: q.Scale.Tolerance, Answer: s.Date(s.Fact.Date),
	}
	if year, err := grading.ParseYear(q.Scale, s.Review.Given); err == nil {
		spec.Year, spec.IsPlaced = int(year), true
	}
	return spec
}

// optionClass returns the CSS class of the right or the chosen option.
func (s FeedbackScreen) optionClass(i int) string {
	switch {
	case i == s.Review.Question.RightOption:
		return "right"
	case i == s.Review.ChosenOption:
		return "wrong"
	}
	return "other"
}

// orderRow is an event of an ordering or matching question with its grade.
type orderRow struct {
	fact        quiz.Fact
	event, date string
	given       string // the date that was chosen
	put         int    // the position it was given, from 1; 0 for none
	right       bool
}

// orderRows lists the events of an ordering question by date.
func (s FeedbackScreen) orderRows() []orderRow {
	q := s.Review.Question
	put := map[string]int{}
	if s.Review.Given != "" {
		for place, i := range strings.Split(s.Review.Given, ",") {
			put[i] = place + 1
		}
	}
	var rows []orderRow
	for _, i := range q.RightOrder {
		rows = append(rows, orderRow{
			fact: s.fact(q.Options[i].Fact), event: q.Options[i].Text, put: put[strconv.Itoa(i)], right: i < len(s.Grade.OptionsRight) && s.Grade.OptionsRight[i],
		})
	}
	return rows
}

// matchRows lists the events of a matching question by date.
func (s FeedbackScreen) matchRows() []orderRow {
	q := s.Review.Question
	given := strings.Split(s.Review.Given, ",")
	rows := make([]orderRow, len(q.Dates))
	for i, o := range q.Options {
		row := orderRow{event: o.Text, date: q.Dates[q.RightOrder[i]].Text, right: i < len(s.Grade.OptionsRight) && s.Grade.OptionsRight[i]}
		if i < len(given) {
			if d, err := strconv.Atoi(given[i]); err == nil && d >= 0 && d < len(q.Dates) {
				row.given = q.Dates[d].Text
			}
		}
		rows[q.RightOrder[i]] = row
	}
	return rows
}

func icon(right bool) string {
	if right {
		return "check"
	}
	return "cross"
}

func partIcon(s grading.PartState) string {
	if s == grading.PartMissing {
		return "half"
	}
	return icon(s == grading.PartRight)
}

// timelineStrokes returns the timeline marks of the deck with the asked fact highlighted. In a quiz only facts
// already asked are labelled: the others may still come.
func (s StudyFrame) timelineStrokes(shown []int64, asked int64) []kit.TimelineMark {
	facts := s.Index.Facts()
	named := map[int64]bool{asked: true}
	for _, id := range shown {
		named[id] = true
	}
	out := make([]kit.TimelineMark, len(facts))
	for i, f := range facts {
		out[i] = factStroke(f)
		out[i].Strength = s.RecallByFact[f.ID]
		if s.Session.QuizAttempt == "" || named[f.ID] {
			out[i].Label = f.Label
			out[i].Hint = s.Date(f.Date) + ": " + f.Event
		}
		if f.ID == asked {
			out[i].Focus, out[i].Strength = true, 1
		}
	}
	return out
}
