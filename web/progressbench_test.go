package web

import (
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage/storagetest"
)

// BenchmarkProgress measures the progress page after a year of practice: 20,000 answers.
func BenchmarkProgress(b *testing.B) {
	h := open(b)
	browser := h.browser()
	browser.begin(false)
	l := storagetest.NewLearner(b, h.db, "Asia/Baku", h.deck.ID)
	l.Person = browser.who()
	for seed := uint64(1); len(yearOf(b, h, l)) < 20_000; seed++ {
		for range 25 {
			l.Now = l.Now.Add(19 * time.Hour)
			s := l.StartQuiz(quiz.Quiz{Seed: seed, Length: quiz.MaxQuizLength})
			for ; s.HasQuestion(); s = l.Session() {
				l.Now = l.Now.Add(10 * time.Second)
				l.Answer(l.GuessAnswer(s))
			}
			seed++
		}
	}
	h.now.Store(l.Now.UnixMilli())
	for b.Loop() {
		browser.get("/progress").want(b, 200)
	}
	b.ReportMetric(float64(len(yearOf(b, h, l))), "answers")
}

func yearOf(b *testing.B, h *testServer, l *storagetest.Learner) []time.Time {
	b.Helper()
	all, err := h.db.ReviewOutcomes(b.Context(), l.Who(), l.Now.AddDate(0, 0, -progressDays))
	if err != nil {
		b.Fatal(err)
	}
	var out []time.Time
	for _, a := range all {
		out = append(out, a.At)
	}
	return out
}
