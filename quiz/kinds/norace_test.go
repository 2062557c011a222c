//go:build !race

package kinds_test

const raceSlowdown = 1
