package fsrs

import "time"

// nextStep returns the step that a card at step waits for after rating r, and for how
// long; stays is false if the card moves to review. Again returns to the first step.
// Hard repeats the step; at the first step it waits for the mean of the first two (or
// 1.5 times the only one). Good moves to the next step. Easy leaves the steps.
func nextStep(steps []time.Duration, step int, r Rating) (next int, wait time.Duration, stays bool) {
	if len(steps) == 0 || r == Easy {
		return 0, 0, false
	}
	step = min(step, len(steps)-1) // the list of steps may have become shorter
	switch {
	case r == Again:
		return 0, steps[0], true
	case r == Hard:
		return step, hardWait(steps, step), true
	case step+1 < len(steps):
		return step + 1, steps[step+1], true
	}
	return 0, 0, false
}

func hardWait(steps []time.Duration, step int) time.Duration {
	switch {
	case step > 0:
		return steps[step]
	case len(steps) == 1:
		return steps[0] + steps[0]/2
	}
	return (steps[0] + steps[1]) / 2
}

// waitForStep moves the card to a step of a phase. The wait is at least a second.
func waitForStep(c CardState, phase Phase, step int, wait time.Duration) NextState {
	c.Phase, c.Step = phase, uint8(step)
	return NextState{Card: c, Wait: max(wait, time.Second)}
}
