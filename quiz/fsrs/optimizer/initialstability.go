package optimizer

import (
	"math"

	"chronicle/quiz/fsrs"
)

// initialStabilities are the first stabilities of the four ratings, in days.
type initialStabilities [4]float64

const minInitialStability, maxInitialStability = 0.001, 100

// firstStabilities fits the first stabilities to the answers of the cells. Mean is the
// recall over all answers. Ratings without cells are derived from the others; without
// any cells the defaults are returned.
func firstStabilities(cells []intervalCount, mean float64) initialStabilities {
	var s initialStabilities
	var count [4]int
	for from, i := 0, 0; i < len(cells); from = i {
		g := cells[i].rating - 1
		for ; i < len(cells) && cells[i].rating-1 == g; i++ {
			count[g] += cells[i].count
		}
		usual := fsrs.DefaultWeights[g]
		s[g] = firstStability(cells[from:i], mean, func(s float64) float64 {
			return math.Pow(math.Log(s/usual)/weightSigmas[g], 2)
		})
	}
	s.enforceOrder(count)
	s.fillMissing()
	return s
}

// firstStability minimises Σ n·BCE(ŷ, R(t; S)) + pull(S) over S in days, with ŷ =
// (recalled + mean)/(n + 1). The reference implementation uses the pull |S −
// default|/16, which has little effect on a stability that is based on only three
// answers.
func firstStability(cells []intervalCount, mean float64, pull func(s float64) float64) float64 {
	m := newModelTerms(fsrs.DefaultWeights)
	loss := func(lnS float64) float64 {
		s := math.Exp(lnS)
		sum := pull(s)
		for _, c := range cells {
			n := float64(c.count)
			y := (float64(c.recalled) + mean) / (n + 1)
			r := math.Pow(1+m.factor*float64(c.days)/s, -m.w[20])
			r = clamp(r, minRecall, maxRecall)
			sum -= n * (y*math.Log(r) + (1-y)*math.Log(1-r))
		}
		return sum
	}
	return math.Exp(minimize(loss, math.Log(minInitialStability), math.Log(maxInitialStability)))
}

// minimize returns where f, which must have a single minimum, is lowest between a and
// b, to 1e-9.
func minimize(f func(float64) float64, a, b float64) float64 {
	golden := (math.Sqrt(5) - 1) / 2
	c, d := b-golden*(b-a), a+golden*(b-a)
	fc, fd := f(c), f(d)
	for b-a > 1e-9 {
		if fc < fd {
			b, d, fd = d, c, fc
			c = b - golden*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + golden*(b-a)
			fd = f(d)
		}
	}
	return (a + b) / 2
}

// enforceOrder makes the known stabilities increase from again to easy. Where two of
// them do not, the one of the rarer rating is set to the other.
func (s *initialStabilities) enforceOrder(count [4]int) {
	for _, p := range [...][2]int{{0, 1}, {1, 2}, {2, 3}, {0, 2}, {1, 3}, {0, 3}} {
		low, high := p[0], p[1]
		if s[low] == 0 || s[high] == 0 || s[low] <= s[high] {
			continue
		}
		if count[low] > count[high] {
			s[high] = s[low]
		} else {
			s[low] = s[high]
		}
	}
}

// Missing stabilities are interpolated by their logarithms: hard is 0.41 of again plus
// 0.59 of good, and good is 0.46 of hard plus 0.54 of easy.
const hardByAgain, goodByEasy = 0.41, 0.54

// fillMissing derives the stabilities that are 0 from the others.
func (s *initialStabilities) fillMissing() {
	known, last := 0, 0
	var l [4]float64 // logarithms
	var has [4]bool
	for g := range s {
		if s[g] > 0 {
			l[g], has[g], last = math.Log(s[g]), true, g
			known++
		}
	}
	if known < 2 {
		s.scaleDefaults(known, last)
		return
	}
	const a, e = hardByAgain, goodByEasy
	if !has[1] && !has[2] {
		l[1], has[1] = (a*l[0]+(1-a)*e*l[3])/(a+e-a*e), true
	}
	for range 2 { // the second round uses what the first one found
		l[1], has[1] = firstKnown(has[1], l[1], has[0] && has[2], a*l[0]+(1-a)*l[2], has[2] && has[3], (l[2]-e*l[3])/(1-e))
		l[2], has[2] = firstKnown(has[2], l[2], has[1] && has[3], (1-e)*l[1]+e*l[3], has[0] && has[1], (l[1]-a*l[0])/(1-a))
		l[0], has[0] = firstKnown(has[0], l[0], has[1] && has[2], (l[1]-(1-a)*l[2])/a, false, 0)
		l[3], has[3] = firstKnown(has[3], l[3], has[1] && has[2], (l[2]-(1-e)*l[1])/e, false, 0)
	}
	for g := range s {
		s[g] = clamp(math.Exp(l[g]), minInitialStability, maxInitialStability)
	}
}

// firstKnown returns the first of three values that is known.
func firstKnown(hasA bool, a float64, hasB bool, b float64, hasC bool, c float64) (float64, bool) {
	switch {
	case hasA:
		return a, true
	case hasB:
		return b, true
	case hasC:
		return c, true
	}
	return 0, false
}

// scaleDefaults sets all stabilities to the defaults, scaled to match the known one if
// there is exactly one.
func (s *initialStabilities) scaleDefaults(known, which int) {
	by := 1.0
	if known == 1 {
		by = s[which] / fsrs.DefaultWeights[which]
	}
	for g := range s {
		s[g] = clamp(fsrs.DefaultWeights[g]*by, minInitialStability, maxInitialStability)
	}
}
