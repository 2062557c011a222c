package web

import "time"

// realTime returns the real time, which is used to measure clients and work and to end connections. Config.Now can
// stand still in tests; this must not.
func realTime() time.Time { return time.Now() }

func realSince(t time.Time) time.Duration { return realTime().Sub(t) }
