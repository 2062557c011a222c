//go:build race

package ask_test

// slowed is how many times less is tried, since the race detector is that slow.
const slowed = 18
