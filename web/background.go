package web

import (
	"sync"
	"time"
)

// backgroundJobs does what nobody waits for, one thing after another, and nothing for good
// while there is nothing to be done.
type backgroundJobs struct {
	mu          sync.Mutex
	pending     []backgroundJob
	pendingKeys map[any]bool // what waits
	running     bool
	onPanic     func(p any) // is told of a panic, which stops nothing else
}

// pauseBetweenJobs is how long is waited after each thing, so that pages come in between.
const pauseBetweenJobs = 15 * time.Millisecond

// maxPendingJobs is how much waits at most; what comes then is left, and asked for again.
const maxPendingJobs = 5000

// backgroundJob is one thing to be done.
type backgroundJob struct {
	key any
	do  func()
}

// add does it later; what waits already, by its key, is not done twice.
func (m *backgroundJobs) add(key any, do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.pending) >= maxPendingJobs || m.pendingKeys[key] {
		return
	}
	if m.pendingKeys == nil {
		m.pendingKeys = map[any]bool{}
	}
	m.pendingKeys[key] = true
	m.pending = append(m.pending, backgroundJob{key, do})
	if !m.running {
		m.running = true
		go m.run()
	}
}

func (m *backgroundJobs) run() {
	for {
		m.mu.Lock()
		if len(m.pending) == 0 {
			m.running = false
			m.mu.Unlock()
			return
		}
		next := m.pending[0]
		m.pending = m.pending[1:]
		m.mu.Unlock()
		m.runSafely(next.do)
		m.mu.Lock()
		delete(m.pendingKeys, next.key) // now, not before: until it is done it is known to be coming
		m.mu.Unlock()
		time.Sleep(pauseBetweenJobs)
	}
}

func (m *backgroundJobs) runSafely(do func()) {
	defer func() {
		if p := recover(); p != nil {
			m.onPanic(p)
		}
	}()
	do()
}
