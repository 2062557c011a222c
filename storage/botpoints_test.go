package storage_test

import (
	"context"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/leaderboard"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// recalls answers like a learner: right with the probability of recalling the card or guessing.
func recalls(l *storagetest.Learner, s quiz.StudySession) quiz.Answer {
	card, err := l.DB.Card(context.Background(), l.Who(), quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet})
	chance := fsrs.PriorKnowledge
	if err == nil && !card.IsNew() {
		chance = fsrs.SameDayRecall
		if days := l.Time().Day - card.State.LastDay; days > 0 {
			chance = study.DefaultScheduler.Model.Retrievability(card.State.Memory, float64(days))
		}
	}
	if n := len(s.Question.Options); n > 0 {
		chance += (1 - chance) / float64(n)
	}
	if l.Rand.Float64() < chance {
		return storagetest.Right(s)
	}
	return storagetest.Wrong(s)
}

// day practises until the queue is empty, with at most most answers that take that long each.
func day(t *testing.T, l *storagetest.Learner, deck int64, most int, took time.Duration, answer func(*storagetest.Learner, quiz.StudySession) quiz.Answer) {
	t.Helper()
	l.Deck = deck
	for s := l.StartSession(); s.HasQuestion() && most > 0; s = l.Session() {
		l.Now = l.Now.Add(took)
		a := answer(l, s)
		a.Duration = took
		l.Answer(a)
		most--
	}
	l.Now = l.Now.Add(24 * time.Hour).Truncate(24 * time.Hour).Add(12 * time.Hour)
}

// dailyPointsIn returns a person's points on a board, day by day.
func dailyPointsIn(t *testing.T, db *storage.DB, who quiz.Who, board string) []int {
	t.Helper()
	rows, err := db.Reads().Query("SELECT points FROM tallies WHERE person = " + number(who.Person) + " AND board = '" + board + "' ORDER BY day")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// TestBotsGetNoPoints checks that no bot earns more than an honest learner on as many days, and
// that honest answers earn nearly all possible points and are not treated as a bot's.
func TestBotsGetNoPoints(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const days = 3
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		site := quiz.BoardID{Kind: quiz.BoardKindSite}
		made := 0
		player := func(newPerDay int) *storagetest.Learner {
			made++
			l := seeded(learner(t, db), uint64(made))
			l.SaveSettings(baku, newPerDay)
			if err := db.JoinBoard(ctx, l.Who(), site, "Player "+number(int64(made)), l.Now); err != nil {
				t.Fatal(err)
			}
			return l
		}
		points := func(l *storagetest.Learner) int {
			n := 0
			for _, one := range dailyPointsIn(t, db, l.Who(), site.String()) {
				n += leaderboard.CapPoints(one)
			}
			if got := standingsIn(t, db, l.Who(), site, quiz.MetricPractice); got != n {
				t.Errorf("%d points on the board, %d in its days", got, n)
			}
			return n
		}
		honest := player(quiz.DefaultNewPerDay)
		for range days {
			day(t, honest, honest.Deck, 200, 8*time.Second, recalls)
		}
		most := points(honest)
		if most < days*leaderboard.DailyCap*85/100 {
			t.Errorf("honest days earn %d of %d", most, days*leaderboard.DailyCap)
		}
		if n := count(t, db, "gains WHERE quick AND person = "+number(honest.Person.ID)); n != 0 {
			t.Errorf("%d honest answers are taken for a bot's", n)
		}
		most = max(most, days*leaderboard.DailyCap) // an honest learner can reach the daily cap
		right := func(_ *storagetest.Learner, s quiz.StudySession) quiz.Answer { return storagetest.Right(s) }
		guess := func(l *storagetest.Learner, s quiz.StudySession) quiz.Answer { return l.GuessAnswer(s) }

		tireless := player(quiz.MaxNewPerDay) // answers all day long
		for range days {
			day(t, tireless, tireless.Deck, 120, 3*time.Second, guess)
		}
		shares := player(quiz.MaxNewPerDay) // knows all answers from others
		for range days {
			day(t, shares, shares.Deck, 100, 4*time.Second, right)
		}
		for name, l := range map[string]*storagetest.Learner{"tireless": tireless, "shares": shares} {
			if n := points(l); n > most {
				t.Errorf("%s has %d, an honest learner %d", name, n, most)
			}
		}
		hasty := player(quiz.MaxNewPerDay) // answers in 200 ms
		day(t, hasty, hasty.Deck, 60, 200*time.Millisecond, right)
		if n := points(hasty); n > 60 { // the very first answer has no earlier one to be too close to
			t.Errorf("hasty has %d", n)
		}
		if n := count(t, db, "gains WHERE quick AND person = "+number(hasty.Person.ID)); n < 20 {
			t.Errorf("only %d hasty answers are noted", n)
		}

		looks := player(quiz.DefaultNewPerDay) // answers wrong, sees the solution and undoes the answer
		for range 2 {
			for s := looks.StartSession(); s.HasQuestion(); s = looks.Session() {
				looks.Now = looks.Now.Add(3 * time.Second)
				r := looks.Answer(storagetest.Wrong(s))
				if s, err := looks.UndoAnswer(r.Token); err != nil || !s.HasQuestion() {
					t.Fatal(err)
				}
				looks.Now = looks.Now.Add(3 * time.Second)
				looks.Answer(storagetest.Right(looks.Session()))
			}
			looks.Now = looks.Now.Add(24 * time.Hour)
		}
		if n := points(looks); n != 0 {
			t.Errorf("looking first earns %d", n)
		}

		repeats := player(quiz.DefaultNewPerDay) // practises what it already knows
		day(t, repeats, repeats.Deck, 200, 8*time.Second, right)
		before := points(repeats)
		repeats.Now = repeats.Now.Add(-20 * time.Hour)
		for seed := range uint64(3) {
			for s := repeats.StartQuiz(quiz.Quiz{Seed: seed, Length: 20}); s.HasQuestion(); s = repeats.Session() {
				repeats.Now = repeats.Now.Add(3 * time.Second)
				a := storagetest.Right(s)
				a.Duration = 3 * time.Second
				repeats.Answer(a)
			}
		}
		if n := points(repeats); n > leaderboard.DailyCap || n < before {
			t.Errorf("from %d to %d by quizzes of one day", before, n)
		}

		trivial := player(quiz.MaxNewPerDay) // has its own public deck
		who := quiz.Who{Person: trivial.Person.ID, Role: quiz.RoleLearner}
		deck := trivialDeck(t, db)
		if err := db.CreateDeck(ctx, who, deck, trivial.Now); err != nil {
			t.Fatal(err)
		}
		day(t, trivial, deck.ID, 200, 3*time.Second, right)
		if n := points(trivial); n != 0 {
			t.Errorf("a deck of one's own earns %d", n)
		}
		if n := count(t, db, "gains WHERE person = "+number(who.Person)); n == 0 {
			t.Error("the deck was not practised")
		}
		for range 10 { // ten accounts: none of them earns more
			l := player(quiz.MaxNewPerDay)
			day(t, l, l.Deck, 25, 3*time.Second, right)
			if n := points(l); n > leaderboard.DailyCap {
				t.Errorf("one of ten has %d", n)
			}
		}
	})
}

// trivialDeck returns a public deck with copies of some facts.
func trivialDeck(t *testing.T, db *storage.DB) *quiz.Deck {
	t.Helper()
	whole := storagetest.Deck(t, db)
	d := &quiz.Deck{Name: "trivial", Title: "Trivial", Language: "en", Precision: whole.Precision, Visibility: quiz.VisibilityPublic}
	for _, f := range whole.Facts[:20] {
		f.ID, f.Source = 0, ""
		d.Facts = append(d.Facts, f)
	}
	return d
}

// standingsIn returns a person's all-time points on a board.
func standingsIn(t *testing.T, db *storage.DB, who quiz.Who, b quiz.BoardID, counts quiz.BoardMetric) int {
	t.Helper()
	s, err := db.Leaderboard(context.Background(), who, b, counts, string(leaderboard.PeriodAllTime))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Standings {
		if p.IsMe {
			return p.Points
		}
	}
	return 0
}
