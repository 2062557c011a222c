package optimizer

import (
	"math"

	"chronicle/quiz/fsrs"
)

// If an answer can be guessed or be a slip, the fact was known with probability q
// only, see [fsrs.FSRS6.NextMemory]. The memory after it is a mix of those after
// knowing and after not knowing: the geometric mean of stability and the arithmetic
// mean of difficulty.

// mixedReview is a review in such a form.
type mixedReview struct {
	knew, not   laterReview // both branches
	q, slope    float64     // the probability, and its derivative with respect to recall
	plain       float64     // stability after knowing, before the gain is raised to the power of strength
	strength    float64     // 1 if it is not raised
	sKnew, sNot float64     // stability after each branch
	dKnew, dNot float64
	after       float64 // stability of the mix
	fixed       bool    // the raised gain was clamped: its gradient is 0
}

// mixedMemory returns stability and difficulty after a review in a form.
func (t *tape) mixedMemory(m *modelTerms, p *laterReview, f fsrs.Form) (s, d float64) {
	right := p.rating > 0
	x := mixedReview{knew: *p, not: *p, strength: 1}
	x.not.rating = 0
	x.knew.rating = effectiveRating(f, p.rating, fsrs.Hard)
	x.q, x.slope = posteriorKnown(f, fsrs.SameDayRecall, right)
	if p.days < 1 {
		x.slope = 0
	} else {
		x.q, x.slope = posteriorKnown(f, p.r, right)
	}
	x.plain, x.dKnew = x.knew.nextMemory(m)
	x.sNot, x.dNot = x.not.nextMemory(m)
	x.sKnew = x.plain
	if f.Strength != 1 && x.plain > p.s {
		x.strength = f.Strength
		raised := p.s * math.Pow(x.plain/p.s, f.Strength)
		x.sKnew = clamp(raised, fsrs.MinStability, fsrs.MaxStability)
		x.fixed = x.sKnew != raised
	}
	x.after = math.Exp(x.q*math.Log(x.sKnew) + (1-x.q)*math.Log(x.sNot))
	p.mixed = int32(len(t.mixes))
	t.mixes = append(t.mixes, x)
	return x.after, x.q*x.dKnew + (1-x.q)*x.dNot
}

// effectiveRating returns G−1 for the branch in which the fact was known. A wrong
// answer was then a slip and counts as slip.
func effectiveRating(f fsrs.Form, rating uint8, slip fsrs.Rating) uint8 {
	if rating == 0 {
		return uint8(slip - 1)
	}
	return uint8(f.EffectiveRating(fsrs.Rating(rating+1)) - 1)
}

// posteriorKnown returns [fsrs.Form.PosteriorKnown] and its derivative with respect to
// recall.
func posteriorKnown(f fsrs.Form, recall float64, right bool) (q, slope float64) {
	k, byRecall := knownProbability(f, recall)
	q = f.PosteriorKnown(recall, right)
	if right {
		whole := f.Guess*(1-k) + (1-f.Slip)*k
		return q, f.Guess * (1 - f.Slip) / (whole * whole) * byRecall
	}
	whole := f.Slip*k + (1-f.Guess)*(1-k)
	return q, f.Slip * (1 - f.Guess) / (whole * whole) * byRecall
}

// knownProbability returns [fsrs.Form.KnownProbability] and its derivative.
func knownProbability(f fsrs.Form, recall float64) (k, slope float64) {
	recall = clamp(recall, minRecall, maxRecall)
	k = f.KnownProbability(recall)
	return k, k * (1 - k) / (recall * (1 - recall))
}

// lossInForm returns the BCE of an answer in a form and stores its weighted derivative
// with respect to recall.
func (p *laterReview) lossInForm(f fsrs.Form, weight float64) float64 {
	k, slope := knownProbability(f, p.r)
	chance := f.Guess + (1-f.Guess-f.Slip)*k
	sure := clamp(chance, minRecall, maxRecall)
	if sure == chance && clamp(p.r, minRecall, maxRecall) == p.r {
		p.slope = weight * (1 - f.Guess - f.Slip) * slope
		if p.rating > 0 {
			p.slope /= -sure
		} else {
			p.slope /= 1 - sure
		}
	}
	if p.rating > 0 {
		return -math.Log(sure)
	}
	return -math.Log(1 - sure)
}

// mix propagates the gradient from the memory after a review in a form to the memory
// before it. It returns the derivative with respect to recall.
func (b *backward) mix(m *modelTerms, x *mixedReview) (r float64) {
	s, d := b.s*x.after, b.d // with respect to ln S of the mix, and to D
	byQ := s*math.Log(x.sKnew/x.sNot) + d*(x.dKnew-x.dNot)
	atKnew := s * x.q // with respect to ln S after knowing
	if x.fixed {
		atKnew = 0
	}
	b.s, b.d = atKnew*x.strength/x.plain, d*x.q
	r = b.step(m, &x.knew)
	beforeS, beforeD := b.s+atKnew*(1-x.strength)/x.knew.s, b.d
	b.s, b.d = s*(1-x.q)/x.sNot, d*(1-x.q)
	r += b.step(m, &x.not)
	b.s, b.d = b.s+beforeS, b.d+beforeD
	return r + byQ*x.slope
}

// firstReview is a card's first review.
type firstReview struct {
	pass           uint8   // G−1 of the branch in which the fact was known
	q              float64 // probability of that branch; in the plain form 1, or 0 for again
	s              float64 // first stability
	fixedD, fixedN bool    // difficulty after knowing, and after not knowing, was clamped
}

// firstMemory returns stability and difficulty after a first review.
func (t *tape) firstMemory(m *modelTerms, r logReview) (s, d float64) {
	f := fsrs.PlainForm
	if r.form != 0 {
		f = t.forms[r.form]
	}
	one := &t.first
	*one = firstReview{pass: effectiveRating(f, uint8(r.rating-1), fsrs.Good), q: f.PosteriorKnown(fsrs.PriorKnowledge, r.rating != fsrs.Again)}
	var knew, not float64
	knew, one.fixedD = m.first(one.pass)
	not, one.fixedN = m.first(0)
	switch one.q {
	case 1:
		one.s = m.w[one.pass]
	case 0:
		one.s = m.w[0]
	default:
		one.s = math.Exp(one.q*math.Log(m.w[one.pass]) + (1-one.q)*math.Log(m.w[0]))
	}
	return one.s, one.q*knew + (1-one.q)*not
}

// first returns the first difficulty after a rating, and whether it was clamped.
func (m *modelTerms) first(g uint8) (d float64, fixed bool) {
	d0 := m.w[4] - m.easeTerm[g] + 1
	d = clamp(d0, fsrs.MinDifficulty, fsrs.MaxDifficulty)
	return d, d != d0
}

// begin propagates the gradient from the memory after the first review to the weights.
func (b *backward) begin(m *modelTerms, one firstReview) {
	s := b.s * one.s
	b.g[one.pass] += s * one.q / m.w[one.pass]
	b.g[0] += s * (1 - one.q) / m.w[0]
	if !one.fixedD {
		b.firstDifficulty(m, one.pass, b.d*one.q)
	}
	if !one.fixedN {
		b.firstDifficulty(m, 0, b.d*(1-one.q))
	}
}

// firstDifficulty propagates through D0(G) = w4 − e^(w5·(G−1)) + 1.
func (b *backward) firstDifficulty(m *modelTerms, g uint8, d float64) {
	b.g[4] += d
	b.g[5] -= d * float64(g) * m.easeTerm[g]
}
