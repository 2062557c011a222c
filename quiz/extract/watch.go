package extract

import "context"

// contextWatch tells a loop over a text when the context of the reading has ended.
type contextWatch struct {
	ctx       context.Context
	stepsLeft int // steps to go before the context is asked again
	err       error
}

// checkInterval is how many steps are taken between two looks at the context. A step
// is a rune, a word or a line, and takes a few microseconds at most.
const checkInterval = 1000

// isDone counts steps, and tells whether the context has ended. Once it has, the
// context is not asked again, so that all loops end at their next step.
func (w *contextWatch) isDone(steps int) bool {
	if w.stepsLeft -= steps; w.stepsLeft > 0 || w.err != nil {
		return w.err != nil
	}
	w.stepsLeft = checkInterval
	w.err = w.ctx.Err()
	return w.err != nil
}
