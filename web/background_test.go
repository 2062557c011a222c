package web

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// TestBackgroundJobs checks that pending jobs run once, in order, and continue after a panic.
func TestBackgroundJobs(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var done []string
	begin, ended := make(chan bool), make(chan bool)
	m := backgroundJobs{onPanic: func(p any) { done = append(done, p.(string)) }}
	do := func(name string) func() {
		return func() {
			mu.Lock()
			defer mu.Unlock()
			done = append(done, name)
		}
	}
	m.add(1, func() { <-begin; do("first")() })
	m.add(1, do("first, while it is done"))
	m.add(2, func() { panic("broke") })
	m.add(3, do("third"))
	m.add(3, do("third again"))
	m.add(4, func() { close(ended) })
	close(begin)
	<-ended
	if want := []string{"first", "broke", "third"}; !slices.Equal(done, want) {
		t.Errorf("%q was done", done)
	}
	again := make(chan bool)
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(pauseBetweenJobs) { // once it has run it can be added again
		m.add(1, sync.OnceFunc(func() { again <- true }))
		select {
		case <-again:
			return
		default:
		}
	}
	t.Error("what was done once is never done again")
}
