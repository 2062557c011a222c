package fsrs

import "math"

// NextMemory returns the memory after an answer rated r in form f, the given number of
// days after the last review (below 1 or NaN: the same day).
//
// The fact was known with probability q ([Form.PosteriorKnown]). The new stability is
// the geometric mean of those after knowing and after not knowing, the new difficulty
// the arithmetic mean, both weighted by q. With [PlainForm], q is 1 or 0 and the
// result is exactly FSRS-6. A first answer is weighed against [PriorKnowledge]. In a
// form that can be guessed, easy counts as good.
//
// A slip (a wrong answer although the fact was known) counts as hard: in simulation
// that predicts better than good, and a wrong answer never gains more than a right
// one. At a first answer a slip counts as good.
//
// NextMemory panics if r is not a valid rating.
func (m *FSRS6) NextMemory(mem Memory, days float64, r Rating, f Form) Memory {
	r.mustBeValid()
	r = f.EffectiveRating(r)
	if !mem.IsSet() {
		return m.firstMemory(f.PosteriorKnown(PriorKnowledge, r != Again), r.passRating(Good))
	}
	mem, days = mem.clamped(), nonNegative(days)
	if days < 1 {
		return m.sameDayMemory(mem, f.PosteriorKnown(SameDayRecall, r != Again), r.passRating(Hard), f)
	}
	recall := m.retrievability(mem.Stability, days)
	return m.laterMemory(mem, recall, f.PosteriorKnown(recall, r != Again), r.passRating(Hard), f)
}

// firstMemory returns the memory after a first answer: known with probability q, and
// rated pass if known.
func (m *FSRS6) firstMemory(q float64, pass Rating) Memory {
	return Memory{
		Stability:  mixGeometric(q, m.w[pass-1], m.w[Again-1]),
		Difficulty: mixLinear(q, clampDifficulty(m.firstDifficulty(pass)), clampDifficulty(m.firstDifficulty(Again))),
	}.clamped()
}

// sameDayMemory returns the memory after a review on the same day as the last one.
func (m *FSRS6) sameDayMemory(mem Memory, q float64, pass Rating, f Form) Memory {
	var knew, not float64
	if q > 0 {
		knew = f.boostStability(mem.Stability, m.stabilitySameDay(mem.Stability, pass))
	}
	if q < 1 {
		not = m.stabilitySameDay(mem.Stability, Again)
	}
	return m.mixedMemory(mem, q, pass, knew, not)
}

// laterMemory returns the memory after a review on a later day, when the chance of
// recall was recall.
func (m *FSRS6) laterMemory(mem Memory, recall, q float64, pass Rating, f Form) Memory {
	var knew, not float64
	if q > 0 {
		knew = f.boostStability(mem.Stability, m.stabilityAfterRecall(mem, recall, pass))
	}
	if q < 1 {
		not = m.stabilityAfterLapse(mem, recall)
	}
	return m.mixedMemory(mem, q, pass, knew, not)
}

// mixedMemory combines the stabilities after knowing and after not knowing.
func (m *FSRS6) mixedMemory(mem Memory, q float64, pass Rating, knew, not float64) Memory {
	return Memory{
		Stability:  mixGeometric(q, knew, not),
		Difficulty: mixLinear(q, m.nextDifficulty(mem.Difficulty, pass), m.nextDifficulty(mem.Difficulty, Again)),
	}.clamped()
}

// stabilityAfterRecall is S·(1 + e^w8·(11−D)·S^−w9·(e^((1−R)·w10) − 1)·[hard: w15]·[easy: w16]).
func (m *FSRS6) stabilityAfterRecall(mem Memory, recall float64, r Rating) float64 {
	gain := m.recallGain * (11 - mem.Difficulty) * pow(mem.Stability, -m.w[9]) *
		(math.Exp((1-recall)*m.w[10]) - 1)
	switch r {
	case Hard:
		gain *= m.w[15]
	case Easy:
		gain *= m.w[16]
	}
	return clampStability(mem.Stability * (1 + gain))
}

// stabilityAfterLapse is min(w11·D^−w12·((S+1)^w13 − 1)·e^((1−R)·w14), S/e^(w17·w18)).
func (m *FSRS6) stabilityAfterLapse(mem Memory, recall float64) float64 {
	s := m.w[11] * pow(mem.Difficulty, -m.w[12]) *
		(pow(mem.Stability+1, m.w[13]) - 1) * math.Exp((1-recall)*m.w[14])
	return clampStability(min(s, mem.Stability/m.minLapseFactor))
}

// stabilitySameDay is S·e^(w17·(G−3+w18))·S^−w19; a right answer never loses.
func (m *FSRS6) stabilitySameDay(s float64, r Rating) float64 {
	change := math.Exp(m.w[17]*(float64(r)-3+m.w[18])) * pow(s, -m.w[19])
	if r != Again {
		change = max(change, 1)
	}
	return clampStability(s * change)
}

// firstDifficulty is D0(G) = w4 − e^(w5·(G−1)) + 1, unclamped.
func (m *FSRS6) firstDifficulty(r Rating) float64 {
	return m.w[4] - math.Exp(m.w[5]*float64(r-1)) + 1
}

// nextDifficulty is D' = D + (10−D)·(−w6·(G−3))/9, then moved towards D0(4) by w7.
func (m *FSRS6) nextDifficulty(d float64, r Rating) float64 {
	moved := d + (10-d)*(-m.w[6]*(float64(r)-3))/9
	return clampDifficulty(m.w[7]*(m.easiestDifficulty-moved) + moved)
}

// boostStability is S·(S'/S)^η for a gain. A loss is returned unchanged.
func (f Form) boostStability(before, after float64) float64 {
	if f.Strength == 1 || after <= before {
		return after
	}
	return clampStability(before * pow(after/before, f.Strength))
}

// mixGeometric returns exp(q·ln a + (1−q)·ln b). At q = 1 or 0 it is exactly a or b,
// and the other may be 0.
func mixGeometric(q, a, b float64) float64 {
	switch q {
	case 1:
		return a
	case 0:
		return b
	}
	return b * pow(a/b, q)
}

// mixLinear returns q·a + (1−q)·b, exactly a or b at the ends.
func mixLinear(q, a, b float64) float64 {
	switch q {
	case 1:
		return a
	case 0:
		return b
	}
	return q*a + (1-q)*b
}

// pow returns x^y for positive x in half the time of math.Pow. The exponents here are
// too small for the difference to reach the twelfth digit.
func pow(x, y float64) float64 { return math.Exp(y * math.Log(x)) }

func clampStability(s float64) float64  { return clamp(s, MinStability, MaxStability) }
func clampDifficulty(d float64) float64 { return clamp(d, MinDifficulty, MaxDifficulty) }
