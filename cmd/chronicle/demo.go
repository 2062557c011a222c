package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/account"
	"chronicle/quiz/classroom"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/web"

	"github.com/google/uuid"
)

// demoCommand creates a class with simulated students.
type demoCommand struct {
	databaseFlag
	School   bool   `help:"Make a whole school instead, with a year of answers: 2,000 students, 100 teachers, 300 decks, 10 million answers. It takes some minutes and some GB."`
	Students int    `help:"How many students; 24 when not given, 2,000 of a school." default:"-1"`
	Answers  int    `help:"How many answers a student of a school gave; ${default} when not given." default:"5000"`
	Days     int    `help:"For how many days they have practised; ${default} when not given." default:"18"`
	Deck     string `help:"The name of the deck that is assigned; ${default} when not given." default:"azerbaijan-russia"`
	Seed     uint64 `help:"The same seed makes the same class; ${default} when not given." default:"1"`
	Zone     string `help:"Time zone of the class; ${default} when not given." default:"Asia/Baku"`
}

// Sign-in of the demo teacher.
const (
	demoTeacher   = "Demo teacher"
	demoPassword  = "turtle-lantern-41"
	demoEmail     = "teacher@demo.invalid"
	demoMinutes   = 10
	demoStudents  = 24
	demoDaysAhead = 10 // days until the target date
)

// Run creates the class and prints how to open it.
func (d *demoCommand) Run(ctx context.Context, to streams) error {
	if d.Students < 0 {
		d.Students = demoStudents
		if d.School {
			d.Students = schoolStudents
		}
	}
	if d.Days < 0 || d.Days > 60 || !d.School && d.Students > quiz.MaxStudents || d.Students > 100*schoolStudents {
		return fmt.Errorf("--students goes from 0 to %d, of a school to %d, --days from 0 to 60", quiz.MaxStudents, 100*schoolStudents)
	}
	if d.Answers < 0 || d.Answers > 100_000 {
		return errors.New("--answers goes from 0 to 100,000")
	}
	db, err := storage.Open(ctx, d.Database)
	if err != nil {
		return err
	}
	err = d.fill(ctx, to, db)
	return errors.Join(err, db.Close())
}

func (d *demoCommand) fill(ctx context.Context, to streams, db *storage.DB) error {
	if people, err := db.CountPeople(ctx, quiz.Who{Role: quiz.RoleSystem}); err != nil {
		return err
	} else if people > 0 { // everyone knows the demo password
		return errors.New("the demo wants a database of its own: there are people in this one")
	}
	if err := saveShippedDecks(ctx, db); err != nil {
		return err
	}
	now := time.Now()
	source := rand.NewChaCha8([32]byte(binary.LittleEndian.AppendUint64(make([]byte, 24), d.Seed)))
	chance := rand.New(source)
	if d.School {
		hash, err := web.HashPassword(ctx, demoPassword)
		if err != nil {
			return err
		}
		db.SetBoardZone(d.Zone)
		s := school{db: db, to: to, chance: chance, zone: d.Zone, now: now, begun: now.AddDate(0, 0, -schoolDays), hash: hash}
		return s.fill(ctx, d.Students, d.Answers)
	}
	begun := now.AddDate(0, 0, -d.Days)
	teacher, err := demoSignUp(ctx, db, d.Zone, begun)
	if err != nil {
		return err
	}
	class, err := classroom.CreateClass(ctx, db, teacher, quiz.Class{Title: "History 10B", Zone: d.Zone, BoardsEnabled: true}, uuid.NewString(), chance, begun)
	if err != nil {
		return err
	}
	pool, err := db.DeckIndexByName(ctx, teacher, d.Deck)
	if err != nil {
		return fmt.Errorf("there is no deck named %q", d.Deck)
	}
	cal := class.Calendar()
	a := quiz.Assignment{
		Class: class.ID, Deck: pool.Deck.ID, StartDay: cal.Day(begun), TargetDay: cal.Day(now) + demoDaysAhead,
		TargetKind: quiz.TargetPercentKnown, Target: 70, MinutesPerDay: demoMinutes, ExtendLateJoiners: true,
	}
	if err := db.SaveAssignment(ctx, teacher, &a, begun); err != nil {
		return err
	}
	answers := 0
	for i := range d.Students {
		p := demoStudent{db: db, class: class, pool: pool, source: source, chance: chance, diligence: min(1, 0.25+0.95*chance.Float64()), talent: 0.6 + 0.9*chance.Float64()}
		if i%9 == 4 {
			p.diligence = 0 // never starts
		}
		n, err := p.simulate(ctx, begun, now)
		if err != nil {
			return err
		}
		answers += n
	}
	_, err = fmt.Fprintf(to.out, "The class %s has %d students, who gave %d answers.\nSign in as %s with the password %s.\n",
		class.Title, d.Students, answers, demoTeacher, demoPassword)
	return err
}

// demoSignUp creates the teacher.
func demoSignUp(ctx context.Context, db *storage.DB, zone string, now time.Time) (quiz.Who, error) {
	hash, err := web.HashPassword(ctx, demoPassword)
	if err != nil {
		return quiz.Who{}, err
	}
	guest, err := db.CreateGuest(ctx, quiz.Who{}, zone, now)
	if err != nil {
		return quiz.Who{}, err
	}
	form := quiz.SignUp{Alias: demoTeacher, Password: demoPassword, Email: demoEmail, AsTeacher: true}
	if err := account.SignUpGuest(ctx, db, guest.Who(), form, hash, now); err != nil {
		return quiz.Who{}, err
	}
	return quiz.Who{Person: guest.ID, Role: quiz.RoleTeacher}, nil
}

// demoStudent is a simulated student.
type demoStudent struct {
	db        *storage.DB
	class     quiz.Class
	pool      *kinds.DeckIndex
	source    *rand.ChaCha8
	chance    *rand.Rand // per random source
	diligence float64    // probability of practising on a day
	talent    float64    // factor on the memory's duration compared with the model
}

// simulate joins the class, practises day by day and returns the number of answers.
func (p *demoStudent) simulate(ctx context.Context, begun, now time.Time) (answers int, err error) {
	guest, err := p.db.CreateGuest(ctx, quiz.Who{}, p.class.Zone, begun)
	if err != nil {
		return 0, err
	}
	for {
		err = classroom.JoinClass(ctx, p.db, guest.Who(), p.class.ID, quiz.SuggestAlias(p.chance), begun)
		if !quiz.Is(err, quiz.Invalid) { // the alias is taken
			break
		}
	}
	for day := begun.Truncate(24 * time.Hour).Add(13 * time.Hour); err == nil && day.Before(now); day = day.AddDate(0, 0, 1) {
		if day.Before(begun) || p.chance.Float64() >= p.diligence {
			continue
		}
		var n int
		n, err = p.studyOnce(ctx, guest.Who(), day.Add(time.Duration(p.chance.IntN(240))*time.Minute), now)
		answers += n
	}
	return answers, err
}

// studyOnce simulates one study session of at most the assignment's minutes.
func (p *demoStudent) studyOnce(ctx context.Context, who quiz.Who, at, now time.Time) (answers int, err error) {
	if at.After(now) {
		return 0, nil
	}
	end := at.Add(demoMinutes * time.Minute)
	s, err := study.StartSession(ctx, p.db, who, study.SessionOptions{Deck: p.pool.Deck.ID, Token: p.token()}, at)
	for err == nil && s.HasQuestion() && at.Before(end) {
		took := time.Duration(3000+p.chance.IntN(9000)) * time.Millisecond
		at = at.Add(took + 2*time.Second)
		var a quiz.Answer
		if a, err = p.answer(ctx, who, s, at); err != nil {
			break
		}
		a.Duration = took
		if _, err = study.SubmitAnswer(ctx, p.db, who, a, p.token(), at); err != nil {
			break
		}
		answers++
		s, err = p.db.StudySession(ctx, who)
	}
	return answers, err
}

func (p *demoStudent) token() string { return uuid.Must(uuid.NewRandomFromReader(p.source)).String() }

// answer answers correctly with the card's retrievability as probability, and otherwise gives a close distractor.
func (p *demoStudent) answer(ctx context.Context, who quiz.Who, s quiz.StudySession, at time.Time) (quiz.Answer, error) {
	q := s.Question
	a := grading.RightAnswer(q)
	a.Token = s.Token
	card, err := p.db.Card(ctx, who, quiz.CardID{Fact: q.Fact, Facet: q.Facet})
	if err != nil {
		return a, err
	}
	known := fsrs.PriorKnowledge
	if !card.IsNew() {
		days := float64(p.class.Calendar().Day(at) - card.State.LastDay)
		known = fsrs.SameDayRecall
		if days > 0 {
			known = study.DefaultScheduler.Model.Retrievability(card.State.Memory, days/p.talent)
		}
	}
	if p.chance.Float64() < known {
		return a, nil
	}
	return p.makeWrong(q, a), nil
}

// makeWrong makes an answer wrong, preferring the closest distractors.
func (p *demoStudent) makeWrong(q quiz.Question, a quiz.Answer) quiz.Answer {
	switch {
	case q.Kind == quiz.KindFlashcard:
		a.Rating = fsrs.Again
	case q.Kind.IsChoice():
		a.ChosenOption = p.chance.IntN(len(q.Options))
	case q.Kind == quiz.KindWhenTyped:
		facts := p.pool.Facts()
		for i, f := range facts {
			if f.ID == q.Fact {
				near := facts[(i+1+p.chance.IntN(2)*p.chance.IntN(3))%len(facts)]
				a.Given = near.Date.String()
			}
		}
	default:
		a.ChosenOption, a.Given, a.DontKnow = -1, "", true
	}
	return a
}
