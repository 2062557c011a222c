//go:build !race

package e2e

// raced tells that the tests look for data races, and so the program does too.
const raced = false
