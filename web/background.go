package web

import (
	"sync"
	"time"
)

// backgroundJobs runs jobs outside requests, one at a time. It has no goroutine while no job is pending.
type backgroundJobs struct {
	mu          sync.Mutex
	pending     []backgroundJob
	pendingKeys map[any]bool // keys of pending jobs
	running     bool
	onPanic     func(p any) // called after a panic; the remaining jobs still run
}

// pauseBetweenJobs is the pause after each job, which leaves time for requests.
const pauseBetweenJobs = 15 * time.Millisecond

// maxPendingJobs limits the pending jobs. Further ones are dropped and requested again later.
const maxPendingJobs = 5000

// backgroundJob is one pending job.
type backgroundJob struct {
	key any
	do  func()
}

// add queues a job unless one with the same key is pending.
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
		delete(m.pendingKeys, next.key) // only now, so that a running job still counts as pending
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
