package kinds

import (
	"math/rand/v2"
	"slices"

	"chronicle/quiz"
)

// defaultKinds are the question kinds of a quiz for which none were chosen. Kinds that
// ask for recall or ordering outnumber multiple-choice kinds.
var defaultKinds = []quiz.Kind{
	quiz.KindWhenChoice, quiz.KindOrder, quiz.KindWhenTyped, quiz.KindWhatChoice, quiz.KindPlace, quiz.KindFirst, quiz.KindGapChoice,
	quiz.KindWhenTyped, quiz.KindMatch, quiz.KindDuring, quiz.KindTrueFalse, quiz.KindTimeBetween, quiz.KindGapTyped,
}

// BuildQuiz returns the items of a quiz: up to q.Length different facts of the deck,
// with the chosen kinds in equal turns as far as the facts allow. The same quiz on the
// same deck gives the same items. A fact whose answer an earlier question shows is not
// asked later, nor is another wording of it. There are fewer items than requested if the
// deck cannot prove enough questions. If the quiz has a year range, only facts whose
// event is certainly within it are asked; if it has fact keys, only those facts.
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
	// A kind that finds no more facts leaves its turns to the other kinds.
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

// quizBuilder holds the state of BuildQuiz.
type quizBuilder struct {
	p     *DeckIndex
	quiz  quiz.Quiz
	queue []int          // items not asked yet
	shown map[int64]bool // facts whose answer is shown by some question
	items []quiz.QuizItem
}

// maxTriesPerKind limits how many facts are tried for one kind, so that a kind that a
// large deck hardly allows does not search the whole deck.
const maxTriesPerKind = 200

// addQuestion adds a question about the first fact in the queue that allows the kind. It
// returns false if none does.
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
		tells := append(q.AffectedFacts(), q.ShownOption.Fact) // facts whose date the feedback shows
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

// maxQuizOptions is the maximum number of options or events in a quiz question.
const maxQuizOptions = 4

// QuizQuestion generates the question of one quiz item. It returns false if the deck was
// corrected and no longer proves the question. In a quiz that repeats missed facts, a
// kind that cannot be generated is replaced by the first choice kind of the facet.
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

// ContrastItems returns quiz items that contrast two facts, from either side where the
// deck proves it. The result is empty if the deck proves none.
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
