//go:build !race

package ask_test

const slowed = 1
