package web

import (
	"sync"
	"time"
)

// meanwhile does what nobody waits for, one thing after another, and nothing for good
// while there is nothing to be done.
type meanwhile struct {
	mu      sync.Mutex
	waiting []waiting
	known   map[any]bool // what waits
	busy    bool
	broke   func(p any) // is told of a panic, which stops nothing else
}

// breath is how long is waited after each thing, so that pages come in between.
const breath = 15 * time.Millisecond

// mostWaiting is how much waits at most; what comes then is left, and asked for again.
const mostWaiting = 5000

// waiting is one thing to be done.
type waiting struct {
	key any
	do  func()
}

// add does it later; what waits already, by its key, is not done twice.
func (m *meanwhile) add(key any, do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.waiting) >= mostWaiting || m.known[key] {
		return
	}
	if m.known == nil {
		m.known = map[any]bool{}
	}
	m.known[key] = true
	m.waiting = append(m.waiting, waiting{key, do})
	if !m.busy {
		m.busy = true
		go m.run()
	}
}

func (m *meanwhile) run() {
	for {
		m.mu.Lock()
		if len(m.waiting) == 0 {
			m.busy = false
			m.mu.Unlock()
			return
		}
		next := m.waiting[0]
		m.waiting = m.waiting[1:]
		m.mu.Unlock()
		m.safely(next.do)
		m.mu.Lock()
		delete(m.known, next.key) // now, not before: until it is done it is known to be coming
		m.mu.Unlock()
		time.Sleep(breath)
	}
}

func (m *meanwhile) safely(do func()) {
	defer func() {
		if p := recover(); p != nil {
			m.broke(p)
		}
	}()
	do()
}
