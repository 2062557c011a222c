//go:build race

package kinds_test

// raceSlowdown is the factor by which trials are reduced, because the race detector is slow.
const raceSlowdown = 18
