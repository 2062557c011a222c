package storage_test

import (
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// BenchmarkAnswerAssigned is an answer of somebody who has met the deck: without an
// assignment, and on the way to one.
func BenchmarkAnswerAssigned(b *testing.B) {
	eachBench(b, func(b *testing.B, db *storage.DB) {
		s := newSchool(b, db)
		l := seeded(s.joins("Aysel"), 3)
		l.SaveSettings(baku, 200)
		l.StartSession()
		answer := func() { // and when all is done, the next day begins
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
