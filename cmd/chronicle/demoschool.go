package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
	"chronicle/storage"
)

// Size of the demo school: 2,000 students have 100 teachers and 300 classes, each with its own deck.
const (
	schoolStudents  = 2000
	schoolPerAdult  = 20 // students per teacher
	schoolClasses   = 3  // per teacher
	schoolJoins     = 5  // classes per student
	schoolFacts     = 200
	schoolAnswers   = 5000 // per student and year
	schoolDays      = 365
	schoolDaysAhead = 30 // days until the target date of the assignments
)

// school is a simulated school.
type school struct {
	db      *storage.DB
	to      streams
	chance  *rand.Rand
	zone    string
	now     time.Time
	begun   time.Time
	hash    string // password hash of all teachers
	classes []assignedClass
	loaded  int
}

// assignedClass is a class with its assignment.
type assignedClass struct {
	class quiz.Class
	deck  *quiz.Deck
}

// fill creates the school and prints how to open it.
func (s *school) fill(ctx context.Context, students, answers int) error {
	teachers := max(1, students/schoolPerAdult)
	for t := range teachers {
		if err := s.teacher(ctx, t); err != nil {
			return err
		}
	}
	_, _ = fmt.Fprintf(s.to.err, "%d teachers with %d classes and decks\n", teachers, len(s.classes))
	lives := make(chan studentYear, 4)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	failed := make(chan error, 1)
	go func() { // the simulation runs while the database writes
		defer close(lives)
		for i := range students {
			l, err := s.student(ctx, i, answers)
			if err != nil {
				failed <- err
				return
			}
			select {
			case lives <- l:
			case <-ctx.Done():
				failed <- ctx.Err()
				return
			}
		}
	}()
	n := 0
	for l := range lives {
		if err := s.db.ImportReviews(ctx, system, l.person, l.log, s.now); err != nil {
			return err
		}
		s.loaded += len(l.log)
		if n++; n%100 == 0 {
			_, _ = fmt.Fprintf(s.to.err, "%d students, %d answers\n", n, s.loaded)
		}
	}
	select {
	case err := <-failed:
		return err
	default:
	}
	if err := s.db.AnalyzeTables(ctx, system); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.to.out, "A school of %d students, who gave %d answers about %d decks of %d facts.\nSign in as %s 1 to %s %d with the password %s.\n",
		students, s.loaded, len(s.classes), schoolFacts, "Teacher", "Teacher", teachers, demoPassword)
	return err
}

// teacher creates a teacher with classes, each with an assigned deck.
func (s *school) teacher(ctx context.Context, number int) error {
	form := quiz.SignUp{Alias: fmt.Sprint("Teacher ", number+1), Email: fmt.Sprintf("teacher%d@demo.invalid", number+1), AsTeacher: true}
	id, err := s.db.CreateAccount(ctx, system, form, quiz.RoleTeacher, s.zone, s.hash, s.begun)
	if err != nil {
		return err
	}
	who := quiz.Who{Person: id, Role: quiz.RoleTeacher}
	for n := range schoolClasses {
		at := number*schoolClasses + n
		deck := s.deck(at)
		if err := s.db.CreateDeck(ctx, who, deck, s.begun); err != nil {
			return err
		}
		pool, err := s.db.DeckIndex(ctx, who, deck.ID)
		if err != nil {
			return err
		}
		class, err := classroom.CreateClass(ctx, s.db, who, quiz.Class{Title: fmt.Sprintf("Class %d%c", 5+at%7, 'A'+at%26), Zone: s.zone, BoardsEnabled: true}, fmt.Sprint("school-", at), s.chance, s.begun)
		if err != nil {
			return err
		}
		cal := class.Calendar()
		a := quiz.Assignment{
			Class: class.ID, Deck: deck.ID, StartDay: cal.Day(s.begun), TargetDay: cal.Day(s.now) + schoolDaysAhead,
			TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: demoMinutes, ExtendLateJoiners: true,
		}
		if err := s.db.SaveAssignment(ctx, who, &a, s.begun); err != nil {
			return err
		}
		s.classes = append(s.classes, assignedClass{class: class, deck: pool.Deck})
	}
	return nil
}

// Parts of the generated facts.
var (
	schoolPlaces = []string{"Arvand", "Belomor", "Ciraz", "Dorvat", "Elmira", "Feodal", "Garabagh Gate", "Hazri", "Ildar", "Javad", "Kelbar", "Lenkor", "Mirzal", "Nizami Cross", "Ordub", "Pirsag", "Qubad", "Ravand", "Sabran", "Turyan"}
	schoolEvents = []string{
		"gets its charter", "opens a school", "burns down", "builds a bridge over its river", "is joined to the railway",
		"elects its first council", "founds a museum", "is hit by an earthquake", "signs a treaty of friendship", "raises new walls",
	}
)

// deck generates a deck in which no date and no event occurs twice.
func (s *school) deck(number int) *quiz.Deck {
	d := &quiz.Deck{
		Name: fmt.Sprint("school-deck-", number), Title: fmt.Sprintf("Towns of the valley, part %d", number+1), About: "Made up, to look around in.",
		Language: "en", Precision: edtf.Year, Visibility: quiz.VisibilityPublic, Licence: "CC0-1.0",
	}
	years := s.chance.Perm(600)
	for i := range schoolFacts {
		place, event := schoolPlaces[i%len(schoolPlaces)], schoolEvents[i/len(schoolPlaces)]
		d.Facts = append(d.Facts, quiz.Fact{
			Key: fmt.Sprint("f", i), Date: edtf.MustParse(strconv.Itoa(1400 + years[i])), Label: place + ", " + strconv.Itoa(i+1),
			Event: "The town of " + place + " " + event,
		})
	}
	return d
}

// alias returns a unique alias. Some numbers spell words that are not allowed in aliases.
func (s *school) alias(number int) string {
	for n := number + 1; ; n += 100 * schoolStudents {
		if alias := fmt.Sprintf("%s %d", quiz.SuggestAlias(s.chance), n); len(quiz.ValidateAlias(alias)) == 0 {
			return alias
		}
	}
}

// studentYear is a student's year of practice.
type studentYear struct {
	person int64
	log    []quiz.Review
}

// student creates a student who joins some classes and practises their assignments.
func (s *school) student(ctx context.Context, number, answers int) (studentYear, error) {
	guest, err := s.db.CreateGuest(ctx, quiz.Who{}, s.zone, s.begun)
	if err != nil {
		return studentYear{}, err
	}
	var decks []*quiz.Deck
	for n := range min(schoolJoins, len(s.classes)) {
		t := s.classes[(number+n*(len(s.classes)/schoolJoins+1))%len(s.classes)]
		if err := classroom.JoinClass(ctx, s.db, guest.Who(), t.class.ID, s.alias(number), s.begun); err != nil {
			return studentYear{}, err
		}
		decks = append(decks, t.deck)
	}
	if number%4 == 0 {
		if err := s.db.JoinBoard(ctx, guest.Who(), quiz.BoardID{Kind: quiz.BoardKindSite}, s.alias(number), s.begun); err != nil {
			return studentYear{}, err
		}
	}
	r := schoolLearner{school: s, person: guest, decks: decks, cards: map[quiz.CardID]quiz.Card{}, talent: 0.6 + 0.9*s.chance.Float64()}
	for day := range schoolDays {
		left := schoolDays - day
		want := max(0, answers-len(r.log)) / left // evenly over the remaining days, whatever was missed before
		if number%9 != 4 || day > schoolDays/2 {
			r.day(s.begun.Truncate(24*time.Hour).AddDate(0, 0, day).Add(time.Duration(11*60+s.chance.IntN(300))*time.Minute), want+s.chance.IntN(want+1)-want/2)
		}
	}
	return studentYear{guest.ID, r.log}, nil
}

// schoolLearner simulates a student's practice.
type schoolLearner struct {
	*school
	person       quiz.Person
	decks        []*quiz.Deck
	cards        map[quiz.CardID]quiz.Card
	log          []quiz.Review
	talent       float64
	learnedFacts int // facts started so far, in all decks
}

// day simulates that many answers: due cards first, then new ones.
func (r *schoolLearner) day(at time.Time, want int) {
	today := study.NewLearnerTime(r.person, at).Day
	var due []quiz.Card
	for _, c := range r.cards {
		if c.DueDay <= today {
			due = append(due, c)
		}
	}
	slices.SortFunc(due, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(a.DueDay, b.DueDay), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	for _, c := range due[:min(len(due), max(0, want))] {
		at = r.answer(c, at)
		want--
	}
	for ; want > 1 && r.learnedFacts < 2*schoolFacts*len(r.decks); r.learnedFacts++ {
		deck := r.decks[r.learnedFacts%len(r.decks)]
		n := r.learnedFacts / len(r.decks)
		c := quiz.Card{CardID: quiz.CardID{Fact: deck.Facts[n%schoolFacts].ID, Facet: quiz.Facets[n/schoolFacts]}, Deck: deck.ID}
		for range 4 { // until the learning steps are done
			at = r.answer(c, at)
			want--
			if c = r.cards[c.CardID]; !c.IsLearning() {
				break
			}
			at = at.Add(time.Minute)
		}
	}
}

// answer simulates one answer and returns when the next one can follow.
func (r *schoolLearner) answer(c quiz.Card, at time.Time) time.Time {
	took := time.Duration(3000+r.chance.IntN(9000)) * time.Millisecond
	at = at.Add(took + 2*time.Second)
	m := study.NewLearnerTime(r.person, at)
	q := quiz.Question{Kind: quiz.KindWhenTyped, Facet: c.Facet, Fact: c.Fact, RightOption: -1, DeckVersion: 1}
	form := fsrs.RecallForm()
	if c.Facet == quiz.FacetWhat || c.IsNew() {
		q.Kind, form = quiz.KindWhenChoice, fsrs.ChoiceForm(4)
		if c.Facet == quiz.FacetWhat {
			q.Kind = quiz.KindWhatChoice
		}
	}
	known := fsrs.PriorKnowledge
	if !c.IsNew() {
		known = fsrs.SameDayRecall
		if days := c.State.ElapsedDays(m.Day); days >= 1 {
			known = study.DefaultScheduler.Model.Retrievability(c.State.Memory, float64(days)/r.talent)
		}
	}
	review := quiz.Review{
		Token: "school-" + strconv.Itoa(len(r.log)), Deck: c.Deck, Question: q, ChosenOption: -1, Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: form, Duration: took, CardBefore: c,
	}
	switch {
	case r.chance.Float64() < known+(1-known)*form.Guess:
		review.Verdict, review.Rating, review.Score = quiz.VerdictRight, fsrs.Good, 1
	default:
		review.ConfusedWith = r.confusableFact(c)
	}
	review = study.SimulateReview(review, m)
	r.cards[c.CardID] = review.CardAfter
	r.log = append(r.log, review)
	return at
}

// confusableFact returns a fact near another one in its deck, for which it is mistaken.
func (r *schoolLearner) confusableFact(c quiz.Card) int64 {
	for _, d := range r.decks {
		if d.ID == c.Deck {
			at := slices.IndexFunc(d.Facts, func(f quiz.Fact) bool { return f.ID == c.Fact })
			return d.Facts[(at+1+r.chance.IntN(3))%len(d.Facts)].ID
		}
	}
	return 0
}
