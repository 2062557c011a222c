//go:build race

package optimizer

// raceSlowdown is how many times less is tried, since the race detector is that slow.
const raceSlowdown = 8
