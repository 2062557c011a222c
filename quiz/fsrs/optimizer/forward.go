package optimizer

import (
	"math"
	"slices"

	"chronicle/quiz/fsrs"
)

// The branch that computed the new stability. The reverse pass has to take the same
// one.
const (
	branchPassed           = iota
	branchLapsed           // by the lapse formula
	branchCapped           // a lapse, limited to a fraction of the previous stability
	branchSameDay          // on the same day, by the same-day formula
	branchSameDayUnchanged // on the same day, where a right answer never lowers stability
)

// laterReview is one review after the first, with the values that the reverse pass
// needs.
type laterReview struct {
	s, d, days float64 // stability and difficulty before, and days since the last review
	x, lnX, r  float64 // 1 + factor·t/S, its logarithm, and recall
	slope      float64 // derivative of the loss with respect to recall
	lnS        float64 // ln S; for a lapse ln(S+1)
	lnD        float64 // for a lapse: ln D
	change     float64 // the gain without its bonus; for a lapse the new stability; on the same day the factor S'/S
	base       float64 // the part of change with e^((1−R)·w10); for a lapse the factor of (S+1)^w13 − 1
	moved      float64 // difficulty before it is moved towards D0(4)
	rating     uint8   // G−1
	branch     uint8
	fixedS     bool // clamped: the gradient is 0
	fixedD     bool
	mixed      int32 // index in the tape's mixes; −1 for a review in the plain form
}

// tape runs over a card forwards, recording each step, and then backwards for the
// gradient. It is reused for the next card.
type tape struct {
	forms []fsrs.Form // forms of the log
	steps []laterReview
	mixes []mixedReview
	first firstReview
}

// minRecall and maxRecall are the bounds of recall in the loss.
const minRecall, maxRecall = 1e-7, 1 - 1e-7

// forward returns Σ weight·BCE and Σ BCE over the card's reviews that have a weight.
// It does not compute the memory after the last review, which nothing uses.
func (t *tape) forward(m *modelTerms, card []logReview, weights []float32) (weighted, plain float64) {
	s, d := t.firstMemory(m, card[0])
	t.steps, t.mixes = slices.Grow(t.steps[:0], len(card)), t.mixes[:0]
	for i := 1; i < len(card); i++ {
		t.steps = append(t.steps, laterReview{s: s, d: d, days: float64(card[i].days), rating: uint8(card[i].rating - 1), mixed: -1})
		now := &t.steps[i-1]
		if now.days > 0 {
			now.setRecall(m)
			if weight := float64(weights[i]); weight != 0 {
				bce := t.loss(m, now, card[i], weight)
				weighted += weight * bce
				plain += bce
			}
		}
		switch {
		case i == len(card)-1:
		case card[i].form == 0:
			s, d = now.nextMemory(m)
		default:
			s, d = t.mixedMemory(m, now, t.forms[card[i].form])
		}
	}
	return weighted, plain
}

// loss returns the BCE of an answer in its form and stores its derivative with respect
// to recall.
func (t *tape) loss(m *modelTerms, p *laterReview, r logReview, weight float64) float64 {
	if r.form == 0 {
		return p.loss(m, weight)
	}
	return p.lossInForm(t.forms[r.form], weight)
}

// setRecall sets R = (1 + factor·t/S)^(−w20).
func (p *laterReview) setRecall(m *modelTerms) {
	p.x = 1 + m.factor*p.days/p.s
	p.lnX = math.Log(p.x)
	p.r = math.Exp(-m.w[20] * p.lnX)
}

// loss returns the BCE of the answer and stores its weighted derivative with respect
// to recall.
func (p *laterReview) loss(m *modelTerms, weight float64) float64 {
	switch r := clamp(p.r, minRecall, maxRecall); {
	case r != p.r && p.rating > 0:
		return -math.Log(r)
	case r != p.r:
		return -math.Log(1 - r)
	case p.rating > 0:
		p.slope = -weight / r
		return m.w[20] * p.lnX // −ln R
	default:
		p.slope = weight / (1 - r)
		return -math.Log(1 - r)
	}
}

// nextMemory returns stability and difficulty after the review.
func (p *laterReview) nextMemory(m *modelTerms) (s, d float64) {
	switch {
	case p.days < 1:
		s = p.sameDayStability(m)
	case p.rating == 0:
		s = p.lapseStability(m)
	default:
		s = p.passStability(m)
	}
	p.moved = p.d + (10-p.d)*m.difficultyStep[p.rating]
	d = m.w[7]*(m.easiestDifficulty-p.moved) + p.moved
	s1, d1 := clamp(s, fsrs.MinStability, fsrs.MaxStability), clamp(d, fsrs.MinDifficulty, fsrs.MaxDifficulty)
	p.fixedS, p.fixedD = s1 != s, d1 != d
	return s1, d1
}

func (p *laterReview) passStability(m *modelTerms) float64 {
	p.branch = branchPassed
	p.lnS = math.Log(p.s)
	scale := m.recallGain * (11 - p.d) * math.Exp(-m.w[9]*p.lnS)
	p.base = scale * math.Exp((1-p.r)*m.w[10])
	p.change = p.base - scale
	return p.s * (1 + p.change*m.passBonus[p.rating])
}

func (p *laterReview) lapseStability(m *modelTerms) float64 {
	p.lnS, p.lnD = math.Log(p.s+1), math.Log(p.d)
	p.base = m.w[11] * math.Exp((1-p.r)*m.w[14]-m.w[12]*p.lnD)
	p.change = p.base * (math.Exp(m.w[13]*p.lnS) - 1)
	if most := p.s * m.lapseFactor; most < p.change {
		p.branch = branchCapped
		return most
	}
	p.branch = branchLapsed
	return p.change
}

func (p *laterReview) sameDayStability(m *modelTerms) float64 {
	p.lnS = math.Log(p.s)
	p.change = math.Exp(m.sameDayTerm[p.rating] - m.w[19]*p.lnS)
	if p.rating > 0 && p.change < 1 {
		p.branch = branchSameDayUnchanged
		return p.s
	}
	p.branch = branchSameDay
	return p.s * p.change
}

// clamp returns x limited to least and most.
func clamp(x, least, most float64) float64 { return max(least, min(x, most)) }
