//go:build !race

package optimizer

const raceSlowdown = 1
