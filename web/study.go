package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

type studyStore interface {
	study.SessionStore
	study.AnswerStore
	study.UndoStore
	LastAnswerToken(ctx context.Context, who quiz.Who) (token, run string, err error)
	Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error)
}

// newToken returns a token for a question. It is random and sorts by time.
func newToken() string { return uuid.Must(uuid.NewV7()).String() }

// startStudySession starts a study session of a deck. A new visitor becomes a guest.
func (s *server) startStudySession(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), field(c, "deck"))
	if err != nil {
		return err
	}
	p, err := s.ensureGuest(c)
	if err != nil {
		return err
	}
	start := study.SessionOptions{Deck: pool.Deck.ID, Flashcards: field(c, "flips") != "", KeepMode: field(c, "resume") != "", Token: newToken()}
	if _, err := study.StartSession(c.UserContext(), s.Store, p.Who(), start, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// showStudy shows the current question, or the end page when there is none.
func (s *server) showStudy(c *fiber.Ctx) error {
	st, err := s.studyFrame(c)
	if quiz.Is(err, quiz.NotFound) {
		return redirect(c, views.ToToday)
	}
	if err != nil {
		return err
	}
	if !st.Session.HasQuestion() && st.Session.QuizAttempt != "" {
		return redirect(c, views.ToQuizResult(st.Session.QuizAttempt))
	}
	if !st.Session.HasQuestion() {
		return s.showSessionEnd(c, st)
	}
	if st.Session.Question.DeckVersion != st.Index.Deck.Version {
		return s.remakeQuestion(c, st)
	}
	a := views.QuestionScreen{StudyFrame: st}
	a.Arrangement, a.GivenText = arrangementFrom(c, st.Frame, st.Session.Question)
	return s.showQuestion(c, showScreen, a)
}

// showQuestion sends the question with the deck's ruler, which is cached.
func (s *server) showQuestion(c *fiber.Ctx, send func(*fiber.Ctx, views.Screen) error, a views.QuestionScreen) error {
	key := rulerKey{a.Index, a.Lang()}
	drawn, ok := s.rulers.Get(key)
	if !ok {
		var err error
		if drawn, err = views.DrawRuler(c.UserContext(), a.Frame, a.Index); err != nil {
			return err
		}
		s.rulers.Add(key, drawn)
	}
	a.Ruler = drawn
	return send(c, a)
}

// remakeQuestion replaces the current question after the deck was corrected.
func (s *server) remakeQuestion(c *fiber.Ctx, st views.StudyFrame) error {
	start := study.SessionOptions{Deck: st.Session.Deck, KeepMode: true, RemakeQuestion: true, Token: newToken()}
	if _, err := study.StartSession(c.UserContext(), s.Store, visitor(c).Who(), start, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// studyFrame returns the parts shared by every screen of the study session, or NotFound without a session.
func (s *server) studyFrame(c *fiber.Ctx) (views.StudyFrame, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	st := views.StudyFrame{Frame: s.bareFrame(c)}
	var err error
	if st.Session, err = s.Store.StudySession(ctx, who); err != nil {
		return st, err
	}
	if st.Index, err = s.Store.DeckIndex(ctx, who, st.Session.Deck); err != nil {
		return st, err
	}
	last, run, err := s.Store.LastAnswerToken(ctx, who)
	if run == st.Session.QuizAttempt { // an answer of another session cannot be undone here
		st.UndoToken = last
	}
	if err != nil {
		return st, err
	}
	care, err := s.Store.LastCardAction(ctx, who)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return st, err
	}
	if err == nil && !care.At.Before(st.Session.StartedAt) {
		st.UndoAction = care.ID
	}
	st.DoneAction = cardActionKindOf(c.Query("done"))
	if st.Session.HasQuestion() {
		st.ReportURL = views.ToReport
		if st.Session.QuizAttempt == "" { // the questions of a quiz are fixed
			st.CardName = questionName(st.Session)
		}
	}
	st.Reported = c.Query("reported") != ""
	return st, nil
}

// showFlashcardBack shows the back of a flashcard.
func (s *server) showFlashcardBack(c *fiber.Ctx) error {
	st, err := s.studyFrame(c)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	if err != nil || !st.Session.HasQuestion() || st.Session.Question.Kind != quiz.KindFlashcard {
		return redirect(c, views.ToStudy)
	}
	screen, err := s.flashcardBackScreen(c, st)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) flashcardBackScreen(c *fiber.Ctx, st views.StudyFrame) (views.FlashcardBackScreen, error) {
	q, at := st.Session.Question, s.learnerTime(c)
	card, err := s.Store.Card(c.UserContext(), visitor(c).Who(), quiz.CardID{Fact: q.Fact, Facet: q.Facet})
	if err != nil {
		return views.FlashcardBackScreen{}, err
	}
	k, err := s.recallByFactIn(c, at, st.Index.Deck.ID)
	st.RecallByFact = k.all()
	fact, _ := st.Index.Deck.Fact(q.Fact)
	source, _ := st.Index.Deck.SourceOf(fact)
	st.CardURL = views.ToCard(st.Index.Deck.Name, fact.Key, q.Facet)
	if err != nil {
		return views.FlashcardBackScreen{}, err
	}
	next, err := study.PreviewDueTimes(c.UserContext(), s.Store, visitor(c).Who(), card, at)
	return views.FlashcardBackScreen{StudyFrame: st, Fact: fact, Source: source, Now: at.Now, Cal: at.Calendar, NextDue: next}, err
}

// showFeedback shows the feedback on an answer. An undone answer has none.
func (s *server) showFeedback(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	r, err := s.Store.ReviewByToken(ctx, who, param(c, "token"))
	if err != nil {
		return err
	}
	if r.Undone || r.LeadToken != "" {
		return redirect(c, views.ToStudy)
	}
	st, err := s.studyFrame(c)
	if err != nil && !quiz.Is(err, quiz.NotFound) { // after signing in there may be no study session
		return err
	}
	if st.Index == nil || r.Deck != st.Session.Deck {
		if st.Index, err = s.Store.DeckIndex(ctx, who, r.Deck); err != nil {
			return err
		}
	}
	screen, err := s.feedbackScreen(c, st, r)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) feedbackScreen(c *fiber.Ctx, st views.StudyFrame, r quiz.Review) (views.FeedbackScreen, error) {
	at := s.learnerTime(c)
	k, err := s.recallByFactIn(c, at, st.Index.Deck.ID)
	st.RecallByFact, st.ShowsFeedback = k.all(), true
	if st.UndoToken != r.Token {
		st.UndoToken = ""
	}
	st.ReportURL, st.CardName, st.UndoAction = views.ToReportOf(r.Token), r.Token, 0
	if f, ok := st.Index.Deck.Fact(r.Question.Fact); ok && !f.Retired {
		st.CardURL = views.ToCard(st.Index.Deck.Name, f.Key, r.Question.Facet)
	} else {
		st.CardName = ""
	}
	screen := views.FeedbackScreen{StudyFrame: st, Review: r, Grade: regradeForDisplay(r), Now: r.At, Cal: at.Calendar}
	screen.Fact, _ = st.Index.Deck.Fact(r.Question.Fact)
	screen.Source, _ = st.Index.Deck.SourceOf(screen.Fact)
	if r.ConfusedWith != 0 {
		screen.ConfusedFact, _ = st.Index.Deck.Fact(r.ConfusedWith)
	}
	return screen, err
}

// regradeForDisplay returns the grade of the answer with its parts.
func regradeForDisplay(r quiz.Review) grading.Grade {
	passed := r.Question.Kind != quiz.KindFlashcard && r.ChosenOption < 0 && r.Given == ""
	m, _ := grading.GradeAnswer(r.Question, quiz.Answer{ChosenOption: r.ChosenOption, Given: r.Given, DontKnow: passed, Rating: r.Rating, Duration: r.Duration, StrictSpelling: r.Verdict == quiz.VerdictWrong})
	return m
}

// undoAnswer undoes the last answer.
func (s *server) undoAnswer(c *fiber.Ctx) error {
	_, err := study.UndoAnswer(c.UserContext(), s.Store, visitor(c).Who(), field(c, "token"), newToken(), s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// showSessionEnd shows the summary of the study session.
func (s *server) showSessionEnd(c *fiber.Ctx, st views.StudyFrame) error {
	ctx, p := c.UserContext(), visitor(c)
	at := s.learnerTime(c)
	screen := views.SessionEndScreen{StudyFrame: st, Deck: st.Index.Deck}
	reviews, err := s.Store.Reviews(ctx, p.Who(), st.Session.StartedAt)
	if err != nil {
		return err
	}
	sumAnswers(&screen, reviews)
	cards, err := s.Store.Cards(ctx, p.Who())
	if err != nil {
		return err
	}
	asides, err := s.Store.Suspensions(ctx, p.Who(), at.Day)
	if err != nil {
		return err
	}
	screen.NextDueText = nextDueText(screen.Frame, "end.next", study.BurySiblings(cards, asides, at), st.Index.Deck.ID, at)
	wait, err := s.Store.QueueCounts(ctx, p.Who(), st.Index.Deck.ID, p.NewPerDay, at)
	if err != nil {
		return err
	}
	screen.DueCount, screen.NewBeyondLimit, screen.PlannedForTest = wait.Due+wait.New, wait.NewBeyondLimit-wait.New, wait.PlannedForTest
	if !st.Index.Deck.OwnedBy(p.Who()) { // one's own deck earns no points
		if screen.BoardSummary, err = s.boardNote(c, s.deckBoardPage(st.Index)); err != nil {
			return err
		}
	}
	if screen.PlannedForTest {
		if screen.Assignment, err = s.planningAssignment(c, st.Index.Deck.ID, at.Day); err != nil {
			return err
		}
	}
	return showScreen(c, screen)
}

// maxHardFacts is the number of hardest facts on the end page.
const maxHardFacts = 3

// sumAnswers counts the answers of the session and finds the hardest facts.
func sumAnswers(e *views.SessionEndScreen, reviews []quiz.Review) {
	kept, misses := map[int64]bool{}, map[int64]int{}
	for _, r := range reviews {
		if r.Undone || r.Deck != e.Deck.ID || r.LeadToken != "" {
			continue
		}
		e.Answers++
		if r.Verdict == quiz.VerdictRight {
			e.Right++
			kept[r.Question.Fact] = true
		} else if r.Rating == fsrs.Again { // in an ordering question another fact may have been wrong
			misses[r.Question.Fact]++
		}
	}
	e.FactsLearned = len(kept)
	for id, n := range misses {
		if f, ok := e.Deck.Fact(id); ok {
			e.HardFacts = append(e.HardFacts, views.HardFact{Fact: f, Misses: n})
		}
	}
	slices.SortFunc(e.HardFacts, func(a, b views.HardFact) int {
		return cmp.Or(cmp.Compare(b.Misses, a.Misses), cmp.Compare(a.Fact.ID, b.Fact.ID))
	})
	e.HardFacts = e.HardFacts[:min(len(e.HardFacts), maxHardFacts)]
}
