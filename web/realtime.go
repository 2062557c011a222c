package web

import "time"

// realTime is the time by which clients and work are measured and connections end.
// Config.Now can stand still, as in tests; these must not.
func realTime() time.Time { return time.Now() }

func realSince(t time.Time) time.Duration { return realTime().Sub(t) }
