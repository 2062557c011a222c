// Package grading grades answers and determines what each answer means for a card's
// memory state.
package grading

import (
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// How long a right answer may take before its rating becomes Hard. Slow right answers
// are forgotten sooner; time never makes an answer right or wrong.
const (
	slowChoice = 25 * time.Second
	slowTyped  = 60 * time.Second // typing and moving items takes longer
)

// Grade is the result of grading an answer.
type Grade struct {
	Verdict                quiz.Verdict
	Rating                 fsrs.Rating
	Form                   fsrs.Form
	Score                  float64          // 1 for right; see quiz.Review
	Parts                  []DatePart       // of a typed date
	RightPairs, TotalPairs int              // right pairs and all pairs of an order or match question
	OptionsRight           []bool           // by option of an order or match question, whether it is in its right place
	Companions             []CompanionGrade // grades of the other facts in an order or match question
	ConfusedWith           int64            // the fact whose date, event or term was given instead; 0 for none
	TypoForgiven           bool             // one typo was forgiven
	YearsOff               float64          // of a place or a near year: years from the right one, negative if too early
}

// CompanionGrade is the grade of a fact that appeared in the question together with the
// one asked for.
type CompanionGrade struct {
	Fact int64
	Grade
}

// GradeAnswer grades an answer to a question. It fails with Invalid, naming the field,
// if the answer makes no sense: an option that was not offered, an order with a repeated
// item, a text that is not a date. Such an answer is not wrong: nothing is saved, and
// the question stays open.
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

// gradeDontKnow grades "I don't know": wrong, with a score of 0.
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
	case q.Kind == quiz.KindFirst && m.ConfusedWith == q.Fact: // the two events were confused either way
		m.ConfusedWith = q.Options[1-a.ChosenOption].Fact
	case q.Kind == quiz.KindTrueFalse && q.ShownOption.Fact != q.Fact: // the shown fact's date was taken for that of the asked fact
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

// FormOf returns the guessing parameters of a question, with initial values that are
// used until parameters are fitted to answers.
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

// FormClassOf returns the class of a question kind. Effects are fitted per class.
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

// subtractConstantScore rescales a credit so that the best constant answer earns 0 on
// average and a right answer still earns 1. It returns 0 if the constant answer always
// earns full credit.
func subtractConstantScore(credit, constant float64) float64 {
	if constant > 1-1e-9 {
		return 0
	}
	return (credit - constant) / (1 - constant)
}

// invalidAnswer returns the Invalid error for an answer that makes no sense.
func invalidAnswer(key string, pairs ...any) error {
	var p quiz.Problems
	p.Add("given", key, pairs...)
	return &quiz.Error{Kind: quiz.Invalid, Key: key, Problems: p}
}

// gradeTypedTerm grades a typed term by its accepted spellings. If strict, no typo is
// forgiven.
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

// maxGivenLength is the maximum length of a typed answer, in characters.
const maxGivenLength = 100

// minTypoLength is the length of a term, in characters, from which one typo is forgiven:
// in a shorter word one letter makes a different word.
const minTypoLength = 5

// isForgivenTypo reports whether a text is one typo away from a term that is long
// enough. Typos in digits or Roman numerals are never forgiven.
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

// differInRomanNumeral reports whether two texts differ in a Roman numeral, as Alexander
// II and Alexander III do, or in the number of words.
func differInRomanNumeral(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] && (strings.Trim(x[i], "ivxlcdm") == "" || strings.Trim(y[i], "ivxlcdm") == "") {
			return true
		}
	}
	return len(x) != len(y)
}

// WithEffects returns the grade with the fitted effects of a question kind applied to
// its form and to those of its companions.
func (m Grade) WithEffects(e fsrs.Effects, k quiz.Kind) Grade {
	m.Form = e.Apply(FormClassOf(k), m.Form)
	m.Companions = slices.Clone(m.Companions)
	for i := range m.Companions {
		m.Companions[i].Form = e.Apply(FormClassOf(k), m.Companions[i].Form)
	}
	return m
}
