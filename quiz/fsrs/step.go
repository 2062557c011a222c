package fsrs

import "math"

// Step is the memory after an answer rated r in form f, days after the last
// review (below 1, or no number: the same day).
//
// The answer says with probability q ([Form.Knew]) that the fact was known.
// Stability is the geometric mean of that after knowing and that after not
// knowing, difficulty the linear one, both weighed by q. With [Plain], q is 1
// or 0 and the result is FSRS-6 to the bit. A first meeting is weighed against
// [PriorKnowledge]. Easy counts as good in a form that can be guessed.
//
// A wrong answer of somebody who knew, a slip, passes as hard: in simulation
// that predicts better than good, and a wrong answer never gains more than a
// right one. At a first meeting it passes as good.
//
// It panics if r is no rating.
func (m *FSRS6) Step(mem Memory, days float64, r Rating, f Form) Memory {
	r.must()
	r = f.Heard(r)
	if !mem.Met() {
		return m.first(f.Knew(PriorKnowledge, r != Again), r.pass(Good))
	}
	mem, days = mem.bounded(), atLeastZero(days)
	if days < 1 {
		return m.sameDay(mem, f.Knew(SameDayRecall, r != Again), r.pass(Hard), f)
	}
	recall := m.recall(mem.Stability, days)
	return m.later(mem, recall, f.Knew(recall, r != Again), r.pass(Hard), f)
}

// first is the memory after a first meeting: known with probability q and then
// rated pass.
func (m *FSRS6) first(q float64, pass Rating) Memory {
	return Memory{
		Stability:  geometric(q, m.w[pass-1], m.w[Again-1]),
		Difficulty: linear(q, clampD(m.firstDifficulty(pass)), clampD(m.firstDifficulty(Again))),
	}.bounded()
}

// sameDay is the memory after a review on the day of the last one.
func (m *FSRS6) sameDay(mem Memory, q float64, pass Rating, f Form) Memory {
	var knew, not float64
	if q > 0 {
		knew = f.gained(mem.Stability, m.shortTerm(mem.Stability, pass))
	}
	if q < 1 {
		not = m.shortTerm(mem.Stability, Again)
	}
	return m.mixed(mem, q, pass, knew, not)
}

// later is the memory after a review on a later day, when the chance of recall
// was recall.
func (m *FSRS6) later(mem Memory, recall, q float64, pass Rating, f Form) Memory {
	var knew, not float64
	if q > 0 {
		knew = f.gained(mem.Stability, m.recalled(mem, recall, pass))
	}
	if q < 1 {
		not = m.lapsed(mem, recall)
	}
	return m.mixed(mem, q, pass, knew, not)
}

// mixed joins the stabilities after knowing and after not knowing.
func (m *FSRS6) mixed(mem Memory, q float64, pass Rating, knew, not float64) Memory {
	return Memory{
		Stability:  geometric(q, knew, not),
		Difficulty: linear(q, m.difficulty(mem.Difficulty, pass), m.difficulty(mem.Difficulty, Again)),
	}.bounded()
}

// recalled is S·(1 + e^w8·(11−D)·S^−w9·(e^((1−R)·w10) − 1)·[hard: w15]·[easy: w16]).
func (m *FSRS6) recalled(mem Memory, recall float64, r Rating) float64 {
	gain := m.gain * (11 - mem.Difficulty) * power(mem.Stability, -m.w[9]) *
		(math.Exp((1-recall)*m.w[10]) - 1)
	switch r {
	case Hard:
		gain *= m.w[15]
	case Easy:
		gain *= m.w[16]
	}
	return clampS(mem.Stability * (1 + gain))
}

// lapsed is min(w11·D^−w12·((S+1)^w13 − 1)·e^((1−R)·w14), S/e^(w17·w18)).
func (m *FSRS6) lapsed(mem Memory, recall float64) float64 {
	s := m.w[11] * power(mem.Difficulty, -m.w[12]) *
		(power(mem.Stability+1, m.w[13]) - 1) * math.Exp((1-recall)*m.w[14])
	return clampS(min(s, mem.Stability/m.relapse))
}

// shortTerm is S·e^(w17·(G−3+w18))·S^−w19; a right answer never loses.
func (m *FSRS6) shortTerm(s float64, r Rating) float64 {
	change := math.Exp(m.w[17]*(float64(r)-3+m.w[18])) * power(s, -m.w[19])
	if r != Again {
		change = max(change, 1)
	}
	return clampS(s * change)
}

// firstDifficulty is D0(G) = w4 − e^(w5·(G−1)) + 1, unclamped.
func (m *FSRS6) firstDifficulty(r Rating) float64 {
	return m.w[4] - math.Exp(m.w[5]*float64(r-1)) + 1
}

// difficulty is D' = D + (10−D)·(−w6·(G−3))/9, then drawn to D0(4) by w7.
func (m *FSRS6) difficulty(d float64, r Rating) float64 {
	moved := d + (10-d)*(-m.w[6]*(float64(r)-3))/9
	return clampD(m.w[7]*(m.easiest-moved) + moved)
}

// gained is S·(S'/S)^η for a gain; what is none stays as it is.
func (f Form) gained(before, after float64) float64 {
	if f.Strength == 1 || after <= before {
		return after
	}
	return clampS(before * power(after/before, f.Strength))
}

// geometric is exp(q·ln a + (1−q)·ln b), exactly a or b at the ends, where the
// other may be 0.
func geometric(q, a, b float64) float64 {
	switch q {
	case 1:
		return a
	case 0:
		return b
	}
	return b * power(a/b, q)
}

// linear is q·a + (1−q)·b, exactly a or b at the ends.
func linear(q, a, b float64) float64 {
	switch q {
	case 1:
		return a
	case 0:
		return b
	}
	return q*a + (1-q)*b
}

// power is x^y for positive x, at half the time of math.Pow; the exponents here
// are too small for the difference to reach the twelfth digit.
func power(x, y float64) float64 { return math.Exp(y * math.Log(x)) }

func clampS(s float64) float64 { return bound(s, MinStability, MaxStability) }
func clampD(d float64) float64 { return bound(d, MinDifficulty, MaxDifficulty) }
