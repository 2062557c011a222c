// Package mark judges answers and turns them into what the memory learns.
package grading

import (
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// How long a right answer may take before it counts as hard. Slow right answers
// are forgotten sooner; time refines, it never decides.
const (
	slowChoice = 25 * time.Second
	slowTyped  = 60 * time.Second // writing and moving take their time
)

// Grade is what an answer was judged to be.
type Grade struct {
	Verdict                quiz.Verdict
	Rating                 fsrs.Rating
	Form                   fsrs.Form
	Score                  float64          // 1 for right; see quiz.Review
	Parts                  []DatePart       // of a typed date
	RightPairs, TotalPairs int              // pairs of an order or a match that stand right, of all
	OptionsRight           []bool           // of the options of an order or a match: which stand right
	Companions             []CompanionGrade // what an order or a match says of the other facts
	ConfusedWith           int64            // the fact whose date, event or term was given instead; 0 for none
	TypoForgiven           bool             // one slip of typing was forgiven
	YearsOff               float64          // of a place or a near year: years from the right one, below 0 for too early
}

// CompanionGrade is what an answer says of a fact that stood beside the one asked for.
type CompanionGrade struct {
	Fact int64
	Grade
}

// GradeAnswer judges an answer to a question. It fails with Invalid, and says at
// which field, when the answer makes no sense: an option that was not offered,
// an order with a repeat, a text that is no date. Such an answer is not wrong:
// nothing is kept of it, and the question waits.
func GradeAnswer(q quiz.Question, a quiz.Answer) (Grade, error) {
	m, err := gradeAnswer(q, a)
	if err != nil {
		return Grade{}, err
	}
	if m.Rating == fsrs.Good && q.Kind != quiz.KindFlashcard && a.Duration > slowThreshold(q.Kind) {
		m.Rating = fsrs.Hard
	}
	return m, nil
}

func slowThreshold(k quiz.Kind) time.Duration {
	if k.IsChoice() {
		return slowChoice
	}
	return slowTyped
}

func gradeAnswer(q quiz.Question, a quiz.Answer) (Grade, error) {
	switch {
	case q.Kind == quiz.KindFlashcard:
		return gradeFlashcard(a)
	case a.DontKnow:
		return gradeDontKnow(q), nil
	case q.Kind.IsChoice():
		return gradeChoice(q, a)
	case q.Kind == quiz.KindWhenTyped:
		return gradeTypedDate(q, a.Given)
	case q.Kind == quiz.KindGapTyped:
		return gradeTypedTerm(q, a.Given, a.StrictSpelling)
	case q.Kind == quiz.KindPlace:
		return gradePlace(q, a.Given)
	case q.Kind == quiz.KindOrder:
		return gradeOrder(q, a.Given)
	case q.Kind == quiz.KindMatch:
		return gradeMatch(q, a.Given)
	}
	return Grade{}, quiz.NewError(quiz.Invalid, "error.option")
}

// gradeDontKnow is "I do not know": wrong, at no cost.
func gradeDontKnow(q quiz.Question) Grade {
	m := Grade{Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: FormOf(q), OptionsRight: make([]bool, len(q.Options))}
	m.Parts = compareParts(q.RightDate, noDate)
	switch n := len(q.Options); q.Kind {
	case quiz.KindOrder:
		m.TotalPairs = n * (n - 1) / 2
	case quiz.KindMatch:
		m.TotalPairs = n
	}
	return m
}

func gradeChoice(q quiz.Question, a quiz.Answer) (Grade, error) {
	if a.ChosenOption < 0 || a.ChosenOption >= len(q.Options) {
		return Grade{}, quiz.NewError(quiz.Invalid, "error.option")
	}
	if a.ChosenOption == q.RightOption {
		return Grade{Verdict: quiz.VerdictRight, Rating: fsrs.Good, Form: FormOf(q), Score: 1}, nil
	}
	m := Grade{Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: FormOf(q), ConfusedWith: q.Options[a.ChosenOption].Fact}
	switch {
	case q.Kind == quiz.KindFirst && m.ConfusedWith == q.Fact: // the other one came first, or did not
		m.ConfusedWith = q.Options[1-a.ChosenOption].Fact
	case q.Kind == quiz.KindTrueFalse && q.ShownOption.Fact != q.Fact: // its date was taken for the asked one's
		m.ConfusedWith = q.ShownOption.Fact
	}
	if m.ConfusedWith == q.Fact {
		m.ConfusedWith = 0
	}
	return m, nil
}

func gradeFlashcard(a quiz.Answer) (Grade, error) {
	if a.Rating < fsrs.Again || a.Rating > fsrs.Easy {
		return Grade{}, quiz.NewError(quiz.Invalid, "error.rating")
	}
	m := Grade{Verdict: quiz.VerdictRight, Rating: a.Rating, Form: fsrs.PlainForm, Score: 1}
	if a.Rating == fsrs.Again {
		m.Verdict, m.Score = quiz.VerdictWrong, 0
	}
	return m, nil
}

// FormOf gives how a question can be guessed, with the start values that hold
// until answers fit better ones.
func FormOf(q quiz.Question) fsrs.Form {
	switch q.Kind {
	case quiz.KindFlashcard:
		return fsrs.PlainForm
	case quiz.KindFirst, quiz.KindTrueFalse:
		return fsrs.EitherForm()
	case quiz.KindWhenTyped, quiz.KindGapTyped:
		return fsrs.RecallForm()
	case quiz.KindPlace:
		return fsrs.NearForm(coveredShare(q, 1))
	case quiz.KindOrder:
		return fsrs.OrderForm(len(q.Options))
	case quiz.KindMatch:
		return fsrs.MatchForm(len(q.Options))
	}
	return fsrs.ChoiceForm(len(q.Options))
}

// FormClassOf gives the sort of form that a kind of question is, whose effects are fitted
// together.
func FormClassOf(k quiz.Kind) fsrs.FormClass {
	switch k {
	case quiz.KindFlashcard:
		return fsrs.ClassSelfGraded
	case quiz.KindFirst, quiz.KindTrueFalse:
		return fsrs.ClassEither
	case quiz.KindWhenTyped, quiz.KindGapTyped:
		return fsrs.ClassTyped
	case quiz.KindPlace:
		return fsrs.ClassNear
	case quiz.KindOrder:
		return fsrs.ClassOrder
	case quiz.KindMatch:
		return fsrs.ClassMatch
	}
	return fsrs.ClassChoice
}

// subtractConstantScore takes off what the best constant answer earns, so that it earns
// nothing on average.
func subtractConstantScore(credit, constant float64) float64 {
	if constant > 1-1e-9 {
		return 0
	}
	return (credit - constant) / (1 - constant)
}

// invalidAnswer is the error of an answer that makes no sense.
func invalidAnswer(key string, pairs ...any) error {
	var p quiz.Problems
	p.Add("given", key, pairs...)
	return &quiz.Error{Kind: quiz.Invalid, Key: key, Problems: p}
}

// gradeTypedTerm judges a term by its spellings.
func gradeTypedTerm(q quiz.Question, given string, strict bool) (Grade, error) {
	plain := quiz.NormalizeTermNoArticle(given)
	switch {
	case strings.TrimSpace(given) == "":
		return Grade{}, invalidAnswer("problem.term.missing")
	case len([]rune(given)) > maxGivenLength:
		return Grade{}, invalidAnswer("problem.given.long", "Max", maxGivenLength)
	case plain == "":
		return Grade{}, invalidAnswer("problem.term.none")
	}
	m := Grade{Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: FormOf(q)}
	for _, spelling := range append([]string{q.Term}, q.Accepted...) {
		want := quiz.NormalizeTermNoArticle(spelling)
		slip := plain != want && !strict && len(q.ConfusableTerms) == 0 && isForgivenTypo(plain, want)
		if plain == want || slip {
			m.Verdict, m.Rating, m.Score = quiz.VerdictRight, fsrs.Good, 1
			m.TypoForgiven = slip
		}
		if plain == want {
			break
		}
	}
	return m, nil
}

// maxGivenLength is how long a typed answer may be, in characters.
const maxGivenLength = 100

// minTypoLength is the length, in letters, from which a slip is forgiven: in a
// shorter word one letter makes another word.
const minTypoLength = 5

// isForgivenTypo tells whether a text is one slip away from a term that is long
// enough for it. Figures are never forgiven.
func isForgivenTypo(plain, want string) bool {
	if len([]rune(want)) < minTypoLength || !quiz.OneTypoApart(plain, want) {
		return false
	}
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	return digits(plain) == digits(want) && !differInRomanNumeral(plain, want)
}

// differInRomanNumeral tells whether two texts differ in a Roman figure: Alexander II is not
// Alexander III.
func differInRomanNumeral(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] && (strings.Trim(x[i], "ivxlcdm") == "" || strings.Trim(y[i], "ivxlcdm") == "") {
			return true
		}
	}
	return len(x) != len(y)
}

// WithEffects is the mark with the effects that a kind of question turned out to have.
func (m Grade) WithEffects(e fsrs.Effects, k quiz.Kind) Grade {
	m.Form = e.Apply(FormClassOf(k), m.Form)
	m.Companions = slices.Clone(m.Companions)
	for i := range m.Companions {
		m.Companions[i].Form = e.Apply(FormClassOf(k), m.Companions[i].Form)
	}
	return m
}
