package storage

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"gorm.io/gorm"
)

// maxBatch is how many waiting writes share a commit; more bring no gain.
const maxBatch = 64

// writer is the only writer of an SQLite database. Each commit waits for the disk, so writes
// that arrive while one is running are joined into the next commit. Each runs in its own
// savepoint, so that one that fails does not affect the others.
type writer struct {
	db      *gorm.DB
	pending chan *job
	check   func() error // run before each commit: checks that the file was not moved
	stop    sync.Once
	done    chan struct{}
	closing sync.RWMutex // held for reading while a job is enqueued
	closed  bool
}

type job struct {
	ctx   context.Context
	write func(tx *gorm.DB) error
	err   error
	done  chan struct{}
}

func newWriter(db *gorm.DB, check func() error) *writer {
	q := &writer{db: db, pending: make(chan *job, maxBatch), check: check, done: make(chan struct{})}
	go q.run()
	return q
}

var errClosed = errors.New("the database is closing")

// do runs deed and waits until it is on disk.
func (q *writer) do(ctx context.Context, deed func(tx *gorm.DB) error) error {
	j := &job{ctx: ctx, write: deed, done: make(chan struct{})}
	if err := q.enqueue(j); err != nil {
		return err
	}
	// Once the job is enqueued, wait for its outcome even if ctx ends: the caller must not be
	// told that nothing was saved if it was.
	<-j.done
	return j.err
}

func (q *writer) enqueue(j *job) error {
	q.closing.RLock()
	defer q.closing.RUnlock()
	if q.closed {
		return errClosed
	}
	select {
	case q.pending <- j:
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

// close finishes the enqueued jobs and accepts no more.
func (q *writer) close() {
	q.stop.Do(func() {
		q.closing.Lock()
		q.closed = true
		close(q.pending)
		q.closing.Unlock()
	})
	<-q.done
}

func (q *writer) run() {
	defer close(q.done)
	for first := range q.pending {
		batch := append(make([]*job, 0, maxBatch), first)
	fill:
		for len(batch) < maxBatch {
			select {
			case j, ok := <-q.pending:
				if !ok {
					break fill
				}
				batch = append(batch, j)
			default:
				break fill
			}
		}
		q.commit(batch)
	}
}

// commit runs a batch in one transaction and then reports the result to every job.
func (q *writer) commit(batch []*job) {
	err := q.check()
	if err == nil {
		err = q.db.Transaction(func(tx *gorm.DB) error {
			for _, j := range batch {
				if err := j.run(tx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for _, j := range batch {
		if err != nil && j.err == nil {
			j.err = err
		}
		close(j.done)
	}
}

// run runs one write in a savepoint; the error it returns ends the batch.
func (j *job) run(tx *gorm.DB) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil
	}
	if err := tx.Exec("SAVEPOINT deed").Error; err != nil {
		return err
	}
	j.err = j.recoverPanic(tx)
	end := "RELEASE deed"
	if j.err != nil {
		end = "ROLLBACK TO deed; RELEASE deed"
	}
	return tx.Exec(end).Error
}

var errWritePanic = errors.New("panic while writing")

// recoverPanic turns a panic of one write into its error, since others share the writer. A
// write that has started is not canceled, since SQLite would roll back the transaction that it
// shares with others.
func (j *job) recoverPanic(tx *gorm.DB) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errWritePanic, p)
		}
	}()
	return j.write(tx.WithContext(context.WithoutCancel(j.ctx)))
}
