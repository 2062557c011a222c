//go:build !race

package fit

const slowed = 1
