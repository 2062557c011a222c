package storage_test

import (
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// BenchmarkAnswerAssigned measures an answer of a learner who has started the whole deck, with
// and without an assignment.
func BenchmarkAnswerAssigned(b *testing.B) {
	eachBench(b, func(b *testing.B, db *storage.DB) {
		s := newSchool(b, db)
		l := seeded(s.joins("Aysel"), 3)
		l.SaveSettings(baku, 200)
		l.StartSession()
		answer := func() { // continues on the next day when the queue is empty
			w := l.Session()
			for !w.HasQuestion() {
				l.Now = l.Now.Add(20 * time.Hour)
				w = l.StartSession()
			}
			l.Now = l.Now.Add(8 * time.Second)
			l.Answer(storagetest.Right(w))
		}
		for range 300 {
			answer()
		}
		b.Run("free", func(b *testing.B) {
			for b.Loop() {
				answer()
			}
		})
		s.now = l.Now
		s.assigns(func(a *quiz.Assignment) { a.TargetDay += 300 })
		b.Run("assigned", func(b *testing.B) {
			for b.Loop() {
				answer()
			}
		})
	})
}
