package extract

import "context"

// watch tells a loop over a text when the context of the reading has ended.
type watch struct {
	ctx  context.Context
	left int // steps to go before the context is asked again
	err  error
}

// stride is how many steps are taken between two looks at the context. A step
// is a rune, a word or a line, and takes a few microseconds at most.
const stride = 1000

// over counts steps, and tells whether the context has ended. Once it has, the
// context is not asked again, so that all loops end at their next step.
func (w *watch) over(steps int) bool {
	if w.left -= steps; w.left > 0 || w.err != nil {
		return w.err != nil
	}
	w.left = stride
	w.err = w.ctx.Err()
	return w.err != nil
}
