package web

import (
	"sync"
	"time"
)

// meanwhile does what nobody waits for, one thing after another, and nothing for good
// while there is nothing to be done.
type meanwhile struct {
	mu      sync.Mutex
	waiting []func()
	busy    bool
	broke   func(p any) // is told of a panic, which stops nothing else
}

// breath is how long is waited after each thing, so that pages come in between.
const breath = 15 * time.Millisecond

// mostWaiting is how much waits at most; what comes then is left, and asked for again.
const mostWaiting = 5000

func (m *meanwhile) add(do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.waiting) >= mostWaiting {
		return
	}
	m.waiting = append(m.waiting, do)
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
		do := m.waiting[0]
		m.waiting = m.waiting[1:]
		m.mu.Unlock()
		m.safely(do)
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
