package kinds

import (
	"math/rand/v2"
	"slices"

	"chronicle/quiz"
)

// defaultKinds are the kinds of a quiz for which none were chosen, as often as they
// are to come: what is recalled and ordered more than what is chosen.
var defaultKinds = []quiz.Kind{
	quiz.KindWhenChoice, quiz.KindOrder, quiz.KindWhenTyped, quiz.KindWhatChoice, quiz.KindPlace, quiz.KindFirst, quiz.KindGapChoice,
	quiz.KindWhenTyped, quiz.KindMatch, quiz.KindDuring, quiz.KindTrueFalse, quiz.KindTimeBetween, quiz.KindGapTyped,
}

// BuildQuiz gives the places of a quiz: as many different facts of the deck as it is
// long, in the kinds that were chosen, each as often as the facts allow. The
// same quiz on the same deck gives the same places. What an earlier question
// shows beside its fact is not asked later, nor is another wording of it. There
// may be fewer places than wanted where the deck does not prove as many. Of a quiz
// of some years only facts are asked that lie within them, whatever their doubt, and of
// some facts only these.
func (p *DeckIndex) BuildQuiz(q quiz.Quiz) []quiz.QuizItem {
	rnd := rand.New(rand.NewPCG(q.Seed, uint64(len(p.items))))
	kinds := slices.Clone(q.Kinds)
	if len(kinds) == 0 {
		kinds = slices.Clone(defaultKinds)
	}
	slices.SortFunc(kinds, func(a, b quiz.Kind) int { return slices.Index(quiz.Kinds, a) - slices.Index(quiz.Kinds, b) })
	rnd.Shuffle(len(kinds), func(a, b int) { kinds[a], kinds[b] = kinds[b], kinds[a] })
	l := quizBuilder{p: p, quiz: q, shown: map[int64]bool{}}
	first, last := q.DayRange()
	for _, background := range []bool{false, true} {
		for _, i := range rnd.Perm(len(p.items)) {
			within := p.items[i].lo >= first && p.items[i].hi <= last
			within = within && (len(q.FactKeys) == 0 || slices.Contains(q.FactKeys, p.items[i].Key))
			if within && slices.Contains(p.items[i].Tags, quiz.BackgroundTag) == background {
				l.queue = append(l.queue, i)
			}
		}
	}
	// A kind that finds no fact any more leaves its turns to the others.
	for turn := 0; len(l.items) < q.Length && len(kinds) > 0; turn++ {
		at := turn % len(kinds)
		if !l.addQuestion(kinds[at]) {
			gone := kinds[at]
			kinds = slices.DeleteFunc(kinds, func(k quiz.Kind) bool { return k == gone })
			turn = at - 1
		}
	}
	rnd.Shuffle(len(l.items), func(a, b int) { l.items[a], l.items[b] = l.items[b], l.items[a] })
	return l.items
}

// quizBuilder is a quiz in the making.
type quizBuilder struct {
	p     *DeckIndex
	quiz  quiz.Quiz
	queue []int          // items that were not asked yet
	shown map[int64]bool // facts whose answer some question shows
	items []quiz.QuizItem
}

// maxTriesPerKind is how many facts are tried for one kind, so that a kind that a
// large deck hardly allows does not cost a look at all of it.
const maxTriesPerKind = 200

// addQuestion asks the first fact of the queue that allows the kind.
func (l *quizBuilder) addQuestion(k quiz.Kind) bool {
	for at, i := range l.queue[:min(len(l.queue), maxTriesPerKind)] {
		it := &l.p.items[i]
		if l.shown[it.ID] {
			continue
		}
		facet := FacetOf(k, quiz.FacetWhen)
		q, ok := l.p.QuizQuestion(l.quiz, quiz.QuizItem{CardID: quiz.CardID{Fact: it.ID, Facet: facet}, Kind: k})
		if !ok {
			continue
		}
		tells := append(q.AffectedFacts(), q.ShownOption.Fact) // whose date the verdict tells
		if k == quiz.KindFirst || k == quiz.KindDuring {
			for _, o := range q.Options {
				tells = append(tells, o.Fact)
			}
		}
		if slices.ContainsFunc(tells, func(f int64) bool { return l.shown[f] }) {
			continue
		}
		for _, f := range tells {
			if f == 0 {
				continue
			}
			l.shown[f] = true
			for _, t := range l.p.items[l.p.itemByFact[f]].sameEvent {
				l.shown[l.p.items[t].ID] = true
			}
		}
		l.queue = slices.Delete(slices.Clone(l.queue), at, at+1)
		l.items = append(l.items, quiz.QuizItem{CardID: quiz.CardID{Fact: it.ID, Facet: facet}, Kind: k})
		return true
	}
	return false
}

// maxQuizOptions is how many options and events the questions of a quiz have.
const maxQuizOptions = 4

// QuizQuestion makes one place of a quiz; false when the deck was corrected and
// does not prove it any more. What was missed is asked by choosing where the
// kind cannot be made.
func (p *DeckIndex) QuizQuestion(q quiz.Quiz, a quiz.QuizItem) (quiz.Question, bool) {
	if a.ContrastFact != 0 {
		return p.GenerateWith(a.CardID, a.Kind, 2, Constraints{ContrastFact: a.ContrastFact}, q.Seed)
	}
	out, ok := p.Generate(a.CardID, a.Kind, maxQuizOptions, q.Seed)
	if !ok && q.RepeatsMissed {
		return p.Generate(a.CardID, FirstKind(a.Facet), maxQuizOptions, q.Seed)
	}
	return out, ok
}

// ContrastItems gives the questions by which two facts are told from one another, from
// either side where the deck proves it; none where it proves nothing.
func (p *DeckIndex) ContrastItems(a, b int64, seed uint64) []quiz.QuizItem {
	var out []quiz.QuizItem
	try := func(fact, other int64, kind quiz.Kind) bool {
		id := quiz.CardID{Fact: fact, Facet: FacetOf(kind, quiz.FacetWhen)}
		one := quiz.QuizItem{CardID: id, Kind: kind, ContrastFact: other}
		_, ok := p.QuizQuestion(quiz.Quiz{Seed: seed}, one)
		if ok {
			out = append(out, one)
		}
		return ok
	}
	for _, facet := range quiz.Facets {
		there, back := try(a, b, FirstKind(facet)), try(b, a, FirstKind(facet))
		if facet == quiz.FacetWhen && !there && !back {
			try(a, b, quiz.KindFirst)
		}
	}
	return out
}
