package web

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"chronicle/quiz"

	"pgregory.net/rapid"
)

// TestTextQueue checks that each person reads one text at a time, that long texts are read one at a time, and that
// nobody is left in the queue, however texts arrive and give up.
func TestTextQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newTextQueue()
		var own [4]atomic.Int32
		var long, short atomic.Int32
		var all sync.WaitGroup
		for range rapid.IntRange(1, 60).Draw(t, "texts") {
			person := rapid.IntRange(0, len(own)-1).Draw(t, "person")
			size := rapid.SampledFrom([]int{10, longTextBytes - 1, longTextBytes, 1_000_000}).Draw(t, "size")
			ctx, cancel := context.WithCancel(context.Background())
			if rapid.IntRange(0, 4).Draw(t, "gives up") == 0 {
				cancel()
			}
			all.Go(func() {
				defer cancel()
				done, err := r.ofPerson(ctx, int64(person))
				if err != nil {
					return
				}
				defer done()
				leave, err := r.inLane(ctx, size)
				if err != nil {
					return
				}
				lane, most := &short, int32(cap(r.short))
				if size >= longTextBytes {
					lane, most = &long, 1
				}
				if own[person].Add(1) > 1 || lane.Add(1) > most {
					t.Error("two are read that must not be read at once")
				}
				own[person].Add(-1)
				lane.Add(-1)
				leave()
			})
		}
		all.Wait()
		if len(r.people) != 0 || len(r.long) != 0 || len(r.short) != 0 {
			t.Errorf("%d people are left, %d long, %d short", len(r.people), len(r.long), len(r.short))
		}
	})
}

// TestShortTextsDoNotWait checks that a short text does not wait for another person's long one.
func TestShortTextsDoNotWait(t *testing.T) {
	r := newTextQueue()
	ctx := context.Background()
	done, err := r.ofPerson(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	leave, err := r.inLane(ctx, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	short, err := r.inLane(ctx, 1000)
	if err != nil {
		t.Fatal(err)
	}
	short()
	over, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := r.inLane(over, 1_000_000); !errors.Is(err, context.Canceled) {
		t.Errorf("a second long text: %v", err)
	}
	if _, err := r.ofPerson(over, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a second text of the same person: %v", err)
	}
	leave()
	done()
}

// TestHashingIsBounded checks the limit of passwords waiting to be hashed.
func TestHashingIsBounded(t *testing.T) {
	h := newHasher()
	for range hashWaiting {
		h.waiting <- struct{}{}
	}
	if _, err := h.hash(context.Background(), secretWords); !quiz.Is(err, quiz.Unavailable) {
		t.Errorf("one more: %v", err)
	}
	if _, err := h.matches(context.Background(), "", secretWords); !quiz.Is(err, quiz.Unavailable) {
		t.Errorf("one more to compare: %v", err)
	}
}
