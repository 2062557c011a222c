//go:build race

package fit

// slowed is how many times less is tried, since the race detector is that slow.
const slowed = 8
