//go:build race

package optimizer

// raceSlowdown is the factor by which tests are reduced, because the race detector is
// slow.
const raceSlowdown = 8
