package extract

import "context"

// contextWatch lets a loop over a text check whether the context has ended.
type contextWatch struct {
	ctx       context.Context
	stepsLeft int // steps until the context is checked again
	err       error
}

// checkInterval is the number of steps between two checks of the context. A step is
// a rune, a word or a line, and takes a few microseconds at most.
const checkInterval = 1000

// isDone counts steps and reports whether the context has ended. After that, the
// context is not checked again, so all loops end at their next step.
func (w *contextWatch) isDone(steps int) bool {
	if w.stepsLeft -= steps; w.stepsLeft > 0 || w.err != nil {
		return w.err != nil
	}
	w.stepsLeft = checkInterval
	w.err = w.ctx.Err()
	return w.err != nil
}
