package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/mark"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

type studyStore interface {
	study.Sitter
	study.Taker
	study.Undoer
	LastToken(ctx context.Context, who quiz.Who) (token, run string, err error)
	Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error)
}

// newToken names a question as it was posed; it is random, and sorts by time.
func newToken() string { return uuid.Must(uuid.NewV7()).String() }

// begin sits the visitor down to a deck; a stranger becomes a guest.
func (s *server) begin(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), field(c, "deck"))
	if err != nil {
		return err
	}
	p, err := s.welcome(c)
	if err != nil {
		return err
	}
	start := study.Start{Deck: pool.Deck.ID, Flips: field(c, "flips") != "", Resume: field(c, "resume") != "", Token: newToken()}
	if _, err := study.Begin(c.UserContext(), s.Store, p.Who(), start, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// study shows the question that waits, or that none does.
func (s *server) study(c *fiber.Ctx) error {
	st, err := s.studying(c)
	if quiz.Is(err, quiz.Missing) {
		return redirect(c, views.ToToday)
	}
	if err != nil {
		return err
	}
	if !st.Sitting.Waits() && st.Sitting.Run != "" {
		return redirect(c, views.ToResult(st.Sitting.Run))
	}
	if !st.Sitting.Waits() {
		return s.ended(c, st)
	}
	if st.Sitting.Question.Version != st.Pool.Deck.Version {
		return s.askAnew(c, st)
	}
	a := views.Asking{Studying: st}
	a.Put, a.Given = arranged(c, st.Frame, st.Sitting.Question)
	return s.ask(c, show, a)
}

// ask sends the question with the deck's ruler, which is drawn once.
func (s *server) ask(c *fiber.Ctx, send func(*fiber.Ctx, views.Screen) error, a views.Asking) error {
	key := ruler{a.Pool, a.Lang()}
	drawn, ok := s.rulers.Get(key)
	if !ok {
		var err error
		if drawn, err = views.DrawRuler(c.UserContext(), a.Frame, a.Pool); err != nil {
			return err
		}
		s.rulers.Add(key, drawn)
	}
	a.Ruler = drawn
	return send(c, a)
}

// askAnew poses another question where the deck was corrected while one waited.
func (s *server) askAnew(c *fiber.Ctx, st views.Studying) error {
	start := study.Start{Deck: st.Sitting.Deck, Resume: true, Anew: true, Token: newToken()}
	if _, err := study.Begin(c.UserContext(), s.Store, visitor(c).Who(), start, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// studying is what every screen of the sitting shows; Missing without one.
func (s *server) studying(c *fiber.Ctx) (views.Studying, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	st := views.Studying{Frame: s.bare(c)}
	var err error
	if st.Sitting, err = s.Store.Sitting(ctx, who); err != nil {
		return st, err
	}
	if st.Pool, err = s.Store.Pool(ctx, who, st.Sitting.Deck); err != nil {
		return st, err
	}
	last, run, err := s.Store.LastToken(ctx, who)
	if run == st.Sitting.Run { // an answer of another sitting is not undone from here
		st.Undo = last
	}
	if err != nil {
		return st, err
	}
	care, err := s.Store.LastCare(ctx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return st, err
	}
	if err == nil && !care.At.Before(st.Sitting.Started) {
		st.UndoCare = care.ID
	}
	st.Done = deedOf(c.Query("done"))
	if st.Sitting.Waits() {
		st.Report = views.ToReport
		if st.Sitting.Run == "" { // the places of a quiz are laid
			st.Card = posed(st.Sitting)
		}
	}
	st.Reported = c.Query("reported") != ""
	return st, nil
}

// back shows a flashcard's other side.
func (s *server) back(c *fiber.Ctx) error {
	st, err := s.studying(c)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	if err != nil || !st.Sitting.Waits() || st.Sitting.Question.Kind != quiz.Flip {
		return redirect(c, views.ToStudy)
	}
	screen, err := s.backOf(c, st)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) backOf(c *fiber.Ctx, st views.Studying) (views.Back, error) {
	q, at := st.Sitting.Question, s.moment(c)
	card, err := s.Store.Card(c.UserContext(), visitor(c).Who(), quiz.CardID{Fact: q.Fact, Facet: q.Facet})
	if err != nil {
		return views.Back{}, err
	}
	k, err := s.inksIn(c, at, st.Pool.Deck.ID)
	st.Ink = k.all()
	fact, _ := st.Pool.Deck.Fact(q.Fact)
	source, _ := st.Pool.Deck.SourceOf(fact)
	st.About = views.ToCard(st.Pool.Deck.Name, fact.Key, q.Facet)
	if err != nil {
		return views.Back{}, err
	}
	next, err := study.Preview(c.UserContext(), s.Store, visitor(c).Who(), card, at)
	return views.Back{Studying: st, Fact: fact, Source: source, Now: at.Now, Cal: at.Cal, Next: next}, err
}

// told shows what an answer was judged to be. An answer that was taken back is
// gone from here.
func (s *server) told(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	r, err := s.Store.ReviewOf(ctx, who, param(c, "token"))
	if err != nil {
		return err
	}
	if r.Undone || r.Lead != "" {
		return redirect(c, views.ToStudy)
	}
	st, err := s.studying(c)
	if err != nil && !quiz.Is(err, quiz.Missing) { // after signing in one may sit nowhere
		return err
	}
	if st.Pool == nil || r.Deck != st.Sitting.Deck {
		if st.Pool, err = s.Store.Pool(ctx, who, r.Deck); err != nil {
			return err
		}
	}
	screen, err := s.toldOf(c, st, r)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) toldOf(c *fiber.Ctx, st views.Studying, r quiz.Review) (views.Told, error) {
	at := s.moment(c)
	k, err := s.inksIn(c, at, st.Pool.Deck.ID)
	st.Ink, st.Told = k.all(), true
	if st.Undo != r.Token {
		st.Undo = ""
	}
	st.Report, st.Card, st.UndoCare = views.ToReportOf(r.Token), r.Token, 0
	if f, ok := st.Pool.Deck.Fact(r.Question.Fact); ok && !f.Retired {
		st.About = views.ToCard(st.Pool.Deck.Name, f.Key, r.Question.Facet)
	} else {
		st.Card = ""
	}
	screen := views.Told{Studying: st, Review: r, Mark: marked(r), Now: r.At, Cal: at.Cal}
	screen.Fact, _ = st.Pool.Deck.Fact(r.Question.Fact)
	screen.Source, _ = st.Pool.Deck.SourceOf(screen.Fact)
	if r.Confused != 0 {
		screen.Lure, _ = st.Pool.Deck.Fact(r.Confused)
	}
	return screen, err
}

// marked is how the answer was judged, with its parts.
func marked(r quiz.Review) mark.Mark {
	passed := r.Question.Kind != quiz.Flip && r.Chosen < 0 && r.Given == ""
	m, _ := mark.Answer(r.Question, quiz.Answer{Chosen: r.Chosen, Given: r.Given, Passed: passed, Rating: r.Rating, Took: r.Took, Strict: r.Verdict == quiz.Wrong})
	return m
}

// undo takes the last answer back.
func (s *server) undo(c *fiber.Ctx) error {
	_, err := study.Undo(c.UserContext(), s.Store, visitor(c).Who(), field(c, "token"), newToken(), s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// ended shows what the sitting brought.
func (s *server) ended(c *fiber.Ctx, st views.Studying) error {
	ctx, p := c.UserContext(), visitor(c)
	at := s.moment(c)
	screen := views.Ended{Studying: st, Deck: st.Pool.Deck}
	reviews, err := s.Store.Reviews(ctx, p.Who(), st.Sitting.Started)
	if err != nil {
		return err
	}
	sum(&screen, reviews)
	cards, err := s.Store.Cards(ctx, p.Who())
	if err != nil {
		return err
	}
	asides, err := s.Store.Asides(ctx, p.Who(), at.Day)
	if err != nil {
		return err
	}
	screen.Next = nextDue(screen.Frame, "end.next", study.Apart(cards, asides, at), st.Pool.Deck.ID, at)
	wait, err := s.Store.Waiting(ctx, p.Who(), st.Pool.Deck.ID, p.NewPerDay, at)
	if err != nil {
		return err
	}
	screen.Due, screen.Fresh, screen.Bent = wait.Due+wait.New, wait.Fresh-wait.New, wait.Bent
	if !st.Pool.Deck.OwnedBy(p.Who()) { // one's own deck earns nothing
		if screen.Note, err = s.boardNote(c, s.deckBoard(st.Pool)); err != nil {
			return err
		}
	}
	if screen.Bent {
		if screen.Task, err = s.taskFor(c, st.Pool.Deck.ID, at.Day); err != nil {
			return err
		}
	}
	return show(c, screen)
}

// hardest is how many facts the end page names.
const hardest = 3

// sum counts the answers of the sitting and finds what was hardest.
func sum(e *views.Ended, reviews []quiz.Review) {
	kept, misses := map[int64]bool{}, map[int64]int{}
	for _, r := range reviews {
		if r.Undone || r.Deck != e.Deck.ID || r.Lead != "" {
			continue
		}
		e.Answers++
		if r.Verdict == quiz.Right {
			e.Right++
			kept[r.Question.Fact] = true
		} else if r.Rating == fsrs.Again { // in an order another may have stood wrong
			misses[r.Question.Fact]++
		}
	}
	e.Facts = len(kept)
	for id, n := range misses {
		if f, ok := e.Deck.Fact(id); ok {
			e.Hard = append(e.Hard, views.HardFact{Fact: f, Misses: n})
		}
	}
	slices.SortFunc(e.Hard, func(a, b views.HardFact) int {
		return cmp.Or(cmp.Compare(b.Misses, a.Misses), cmp.Compare(a.Fact.ID, b.Fact.ID))
	})
	e.Hard = e.Hard[:min(len(e.Hard), hardest)]
}
