package optimizer

// backward is the state of the reverse pass: the derivatives of the loss with respect
// to the memory between two reviews and to the values that all reviews share.
type backward struct {
	s, d            float64 // with respect to stability and difficulty
	factor, easiest float64
	g               *gradient
}

// reverse adds the derivatives of the loss of the last forward pass to g.
func (t *tape) reverse(m *modelTerms, g *gradient) {
	b := backward{g: g}
	for i := len(t.steps) - 1; i >= 0; i-- {
		p := &t.steps[i]
		r := p.slope
		if i < len(t.steps)-1 {
			if p.mixed < 0 {
				r += b.step(m, p)
			} else {
				r += b.mix(m, &t.mixes[p.mixed])
			}
		}
		if r != 0 {
			b.recall(m, p, r)
		}
	}
	b.begin(m, t.first)
	g[4] += b.easiest
	g[5] -= b.easiest * 3 * m.easeTerm[3]
	g[20] += b.factor * m.decaySlope
}

// step propagates the gradient from the memory after a review to the memory before it,
// and returns the derivative with respect to recall.
func (b *backward) step(m *modelTerms, p *laterReview) (r float64) {
	s, d := b.s, b.d
	b.s, b.d = 0, 0
	if !p.fixedD {
		b.difficulty(m, p, d)
	}
	if p.fixedS || s == 0 {
		return 0
	}
	switch p.branch {
	case branchPassed:
		return b.pass(m, p, s)
	case branchLapsed:
		return b.lapse(m, p, s)
	case branchCapped:
		b.s += s * m.lapseFactor
		b.g[17] -= s * p.s * m.lapseFactor * m.w[18]
		b.g[18] -= s * p.s * m.lapseFactor * m.w[17]
	case branchSameDay:
		b.sameDay(m, p, s)
	case branchSameDayUnchanged:
		b.s += s
	}
	return 0
}

// difficulty propagates through D' = w7·(D0(4) − moved) + moved, with moved = D +
// (10−D)·pull.
func (b *backward) difficulty(m *modelTerms, p *laterReview, d float64) {
	b.g[7] += d * (m.easiestDifficulty - p.moved)
	b.easiest += d * m.w[7]
	d *= 1 - m.w[7]
	b.d += d * (1 - m.difficultyStep[p.rating])
	b.g[6] -= d * (10 - p.d) * (float64(p.rating) - 2) / 9
}

// pass propagates through S' = S·(1 + change·bonus).
func (b *backward) pass(m *modelTerms, p *laterReview, s float64) (r float64) {
	bonus := m.passBonus[p.rating]
	b.s += s * (1 + p.change*bonus*(1-m.w[9]))
	s *= p.s
	switch p.rating {
	case 1:
		b.g[15] += s * p.change
	case 3:
		b.g[16] += s * p.change
	}
	s *= bonus
	b.g[8] += s * p.change
	b.d -= s * p.change / (11 - p.d)
	b.g[9] -= s * p.change * p.lnS
	b.g[10] += s * p.base * (1 - p.r)
	return -s * p.base * m.w[10]
}

// lapse propagates through S' = base·((S+1)^w13 − 1), with base =
// w11·D^−w12·e^((1−R)·w14).
func (b *backward) lapse(m *modelTerms, p *laterReview, s float64) (r float64) {
	power := p.base + p.change // base·(S+1)^w13
	b.s += s * power * m.w[13] / (p.s + 1)
	b.g[13] += s * power * p.lnS
	s *= p.change
	b.g[11] += s / m.w[11]
	b.d -= s * m.w[12] / p.d
	b.g[12] -= s * p.lnD
	b.g[14] += s * (1 - p.r)
	return -s * m.w[14]
}

// sameDay propagates through S' = S·e^(w17·(G−3+w18) − w19·ln S).
func (b *backward) sameDay(m *modelTerms, p *laterReview, s float64) {
	s *= p.change
	b.s += s * (1 - m.w[19])
	s *= p.s
	b.g[17] += s * (float64(p.rating) - 2 + m.w[18])
	b.g[18] += s * m.w[17]
	b.g[19] -= s * p.lnS
}

// recall propagates through R = x^(−w20), with x = 1 + factor·t/S.
func (b *backward) recall(m *modelTerms, p *laterReview, r float64) {
	byX := -r * m.w[20] * p.r / p.x * p.days / p.s // with respect to factor
	b.factor += byX
	b.s -= byX * m.factor / p.s
	b.g[20] -= r * p.r * p.lnX
}
