package storage

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// maxQueueCards is how many cards of each sort the queue holds; the rest are only counted.
const maxQueueCards = 4

// maxCompanionFacts limits the known facts offered for questions that put several facts in
// order.
const maxCompanionFacts = 24

// queueFor returns the queue from which the next question is picked. For a quiz attempt it
// holds only the session, because the questions of a quiz are fixed.
func (db *DB) queueFor(tx *gorm.DB, who quiz.Who, deck int64, run string, at study.LearnerTime) (study.Queue, error) {
	if run == "" {
		return db.queue(tx, who, deck, at)
	}
	s, err := scanStudySession(tx, who)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return study.Queue{}, err
	}
	if err == nil && s.QuizAttempt != run { // the attempt was left in the meantime
		return db.queue(tx, who, deck, at)
	}
	return study.Queue{Session: s}, nil
}

// queue builds a person's queue for a deck. It reads all their cards of the deck in one query
// and sorts them here; twelve queries that select the cards in SQL took five times as long.
func (db *DB) queue(tx *gorm.DB, who quiz.Who, deck int64, at study.LearnerTime) (study.Queue, error) {
	p, err := db.learnerCards(tx, who, deck, at)
	if err != nil {
		return study.Queue{}, err
	}
	if p.confusable, err = p.confusableFacts(tx); err != nil {
		return study.Queue{}, err
	}
	d := p.queue()
	if d.NewToday, err = countNewToday(tx, who, at); err != nil {
		return d, err
	}
	g, err := p.applyTestPlan(&d)
	if err != nil {
		return d, err
	}
	d.New = p.newCards(at.Day+int64(d.NewToday), g)
	if len(d.Reviews) > 0 {
		d.KnownFacts = p.knownFacts()
		if d.ConfusedWith, err = confusedWith(tx, who, d.Reviews); err != nil {
			return d, err
		}
	}
	d.Session, err = scanStudySession(tx, who)
	if quiz.Is(err, quiz.NotFound) {
		err = nil
	}
	return d, err
}

// countNewToday counts the cards that a person started today, in all decks.
func countNewToday(tx *gorm.DB, who quiz.Who, at study.LearnerTime) (int, error) {
	return scanOne[int](tx.Raw("SELECT count(*) FROM cards WHERE person = ? AND first_day = ?", who.Person, at.Day))
}

// learnerDay holds what applies to all decks of a person on a day. It is read when first
// needed.
type learnerDay struct {
	tx           *gorm.DB
	who          quiz.Who
	at           study.LearnerTime
	testDates    map[int64]quiz.TestDate // the nearest of each deck
	answerTime   time.Duration
	answersToday map[int64]int // by deck
}

// learnerCards holds a learner's cards for one deck and the facts not yet started.
type learnerCards struct {
	*learnerDay
	deck       int64
	deckFacts  *deckFacts
	cards      []quiz.Card // those whose facet the fact can still be asked for
	suspended  map[quiz.CardID]bool
	started    map[int64]facetSet // by fact: facets that have a card
	inReview   map[int64]facetSet // by fact: facets in the review phase
	askedToday map[int64]facetSet // by fact: facets asked today
	confusable map[int64]bool     // facts confused with one asked today
}

// facetSet is a set of facets, one bit each.
type facetSet uint8

func facetBitOf(f quiz.Facet) facetSet           { return 1 << (f - 1) }
func (s facetSet) has(f quiz.Facet) bool         { return s&facetBitOf(f) != 0 }
func (s facetSet) without(f quiz.Facet) facetSet { return s &^ facetBitOf(f) }

// learnerCards reads a person's cards and suspensions for a deck.
func (db *DB) learnerCards(tx *gorm.DB, who quiz.Who, deck int64, at study.LearnerTime) (*learnerCards, error) {
	all, err := scanCards(tx.Raw("SELECT "+cardColumns+" FROM cards WHERE person = ? AND deck = ?", who.Person, deck))
	if err != nil {
		return nil, err
	}
	aside, err := suspendedCards(tx, who, at.Day)
	if err != nil {
		return nil, err
	}
	shelves, err := db.deckFacts(tx, deck)
	if err != nil {
		return nil, err
	}
	return newLearnerCards(&learnerDay{tx: tx, who: who, at: at}, deck, shelves[deck], all, aside), nil
}

// suspendedCards returns the cards that a person has suspended or buried.
func suspendedCards(tx *gorm.DB, who quiz.Who, day int64) (map[quiz.CardID]bool, error) {
	var rows []struct {
		Fact  int64
		Facet uint8
	}
	err := tx.Raw("SELECT fact, facet FROM asides WHERE person = ? AND until > ?", who.Person, day).Scan(&rows).Error
	out := make(map[quiz.CardID]bool, len(rows))
	for _, a := range rows {
		out[quiz.CardID{Fact: a.Fact, Facet: quiz.Facet(a.Facet)}] = true
	}
	return out, err
}

// newLearnerCards groups a person's cards of a deck.
func newLearnerCards(m *learnerDay, deck int64, sh *deckFacts, all []quiz.Card, asides map[quiz.CardID]bool) *learnerCards {
	p := &learnerCards{learnerDay: m, deck: deck, deckFacts: sh, suspended: asides, started: map[int64]facetSet{}, inReview: map[int64]facetSet{}, askedToday: map[int64]facetSet{}}
	for _, c := range all {
		p.started[c.Fact] |= facetBitOf(c.Facet)
		if c.State.Phase == fsrs.PhaseReview {
			p.inReview[c.Fact] |= facetBitOf(c.Facet)
		}
		if c.State.LastDay == m.at.Day {
			p.askedToday[c.Fact] |= facetBitOf(c.Facet)
		}
		if sh.facetsOf(c.Fact).has(c.Facet) {
			p.cards = append(p.cards, c)
		}
	}
	return p
}

// isAskable reports whether a card can be asked today: it is not suspended or buried, and no
// other facet of its fact was asked today.
func (p *learnerCards) isAskable(c quiz.Card) bool {
	return p.askedToday[c.Fact].without(c.Facet) == 0 && !p.suspended[c.CardID]
}

// queue sorts the cards that can be asked today into a queue.
func (p *learnerCards) queue() study.Queue {
	var d study.Queue
	steps, end := uint8(len(study.DefaultScheduler.Learning)), p.at.DayEnd
	due := map[int64]bool{} // only one facet of a fact is asked per day
	for _, c := range p.cards {
		if !p.isAskable(c) {
			continue
		}
		switch {
		case c.State.Phase == fsrs.PhaseReview && c.DueDay <= p.at.Day:
			d.Reviews = append(d.Reviews, c)
			due[c.Fact] = true
		case c.IsLearning():
			if !c.Due.After(p.at.Now) {
				d.Learning = append(d.Learning, c)
			} else if !c.Due.After(p.at.Now.Add(study.LearnAheadLimit)) {
				d.LearnAhead = append(d.LearnAhead, c)
			}
			if c.Due.Before(end) {
				due[c.Fact] = true
				if c.State.Phase == fsrs.PhaseLearning && c.State.Step < steps {
					d.ExtraAnswers += int(steps) - 1 - int(c.State.Step)
				}
			}
		}
	}
	d.DueCount = len(due)
	for _, f := range quiz.Facets {
		d.NewTotal += len(p.newFacts(f))
	}
	d.Learning, d.Reviews, d.LearnAhead = p.firstCards(d.Learning), p.firstCards(d.Reviews), p.firstCards(d.LearnAhead)
	return d
}

// firstCards returns the first maxQueueCards cards: the longest due first, but those confused
// with a fact asked today last.
func (p *learnerCards) firstCards(cards []quiz.Card) []quiz.Card {
	last := func(c quiz.Card) int {
		if p.confusable[c.Fact] && c.State.Phase == fsrs.PhaseReview {
			return 1
		}
		return 0
	}
	slices.SortFunc(cards, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.DueDay, b.DueDay), a.Due.Compare(b.Due), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	return cards[:min(maxQueueCards, len(cards))]
}

// newFacts lists, in the order of the deck, the facts of which facet f can be started: its
// earlier facets are in the review phase, no facet of the fact was asked today, and the card is
// not suspended or buried.
func (p *learnerCards) newFacts(f quiz.Facet) []deckFact {
	var out []deckFact
	for _, s := range p.deckFacts.facts {
		before := s.facets & (facetBitOf(f) - 1) // the facets that come first
		if s.facets.has(f) && !p.started[s.fact].has(f) && p.askedToday[s.fact] == 0 && p.inReview[s.fact]&before == before &&
			!p.suspended[quiz.CardID{Fact: s.fact, Facet: f}] {
			out = append(out, s)
		}
	}
	return out
}

// newCards lists new cards of the test date's years. Facets take turns, so that a learner does
// not see all dates before the first event. The turn continues from day to day: with two new
// cards a day the third facet gets its turn as well.
func (p *learnerCards) newCards(turn int64, g quiz.TestDate) []quiz.CardID {
	var lists [][]quiz.CardID
	for _, f := range quiz.Facets {
		lists = append(lists, p.newCardsOf(f, g))
	}
	var out []quiz.CardID
	for ; len(out) < maxQueueCards; turn++ {
		if !slices.ContainsFunc(lists, func(l []quiz.CardID) bool { return len(l) > 0 }) {
			break
		}
		from := int(turn % int64(len(lists)))
		for len(lists[from]) == 0 {
			from = (from + 1) % len(lists)
		}
		out = append(out, lists[from][0])
		lists[from] = lists[from][1:]
	}
	return out
}

func (p *learnerCards) newCardsOf(f quiz.Facet, g quiz.TestDate) []quiz.CardID {
	var first, last []quiz.CardID
	lo, hi := g.DayRange()
	for _, s := range p.newFacts(f) {
		switch id := (quiz.CardID{Fact: s.fact, Facet: f}); {
		case s.lo < lo || s.hi > hi:
		case p.confusable[s.fact]:
			last = append(last, id)
		default:
			first = append(first, id)
		}
	}
	all := append(first, last...)
	return all[:min(maxQueueCards, len(all))]
}

// knownFacts lists facts that can join another in an ordering question: their date is in the
// review phase and was not asked today. The next due come first.
func (p *learnerCards) knownFacts() []int64 {
	var cards []quiz.Card
	for _, c := range p.cards {
		if c.Facet == quiz.FacetWhen && c.State.Phase == fsrs.PhaseReview && c.State.LastDay < p.at.Day && p.isAskable(c) {
			cards = append(cards, c)
		}
	}
	slices.SortFunc(cards, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(a.DueDay, b.DueDay), cmp.Compare(a.Fact, b.Fact))
	})
	var out []int64
	for _, c := range cards[:min(maxCompanionFacts, len(cards))] {
		out = append(out, c.Fact)
	}
	return out
}

// selectConfusions lists which fact each card was last confused with, unless a later question
// that contrasted the two was answered right.
const selectConfusions = `SELECT r.fact, r.facet, r.confused FROM reviews r
	WHERE r.person = @who AND r.fact IN @facts AND r.confused <> 0 AND ` + notUndoneSQL + `
	AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.person = r.person AND l.fact = r.fact AND l.facet = r.facet
		AND l.contrast = r.confused AND l.contrast <> 0 AND l.id > r.id AND l.verdict = 'right'
		AND NOT EXISTS (SELECT 1 FROM undos u WHERE u.review = l.id))
	ORDER BY r.id DESC`

func confusedWith(tx *gorm.DB, who quiz.Who, cards []quiz.Card) (map[quiz.CardID]int64, error) {
	var facts []int64
	for _, c := range cards {
		facts = append(facts, c.Fact)
	}
	var rows []struct {
		Fact     int64
		Facet    uint8
		Confused int64
	}
	err := tx.Raw(selectConfusions, map[string]any{"who": who.Person, "facts": facts}).Scan(&rows).Error
	out := map[quiz.CardID]int64{}
	for _, r := range rows {
		id := quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}
		if out[id] == 0 {
			out[id] = r.Confused
		}
	}
	return out, err
}

// confusableFacts returns the facts that were confused with a fact asked today in the last 60
// days. They are asked last, because the other fact's answer would help or mislead.
func (p *learnerCards) confusableFacts(tx *gorm.DB) (map[int64]bool, error) {
	if len(p.askedToday) == 0 {
		return nil, nil
	}
	var pairs []struct{ Fact, Confused int64 }
	err := tx.Raw("SELECT DISTINCT x.fact, x.confused FROM reviews x WHERE x.person = ? AND x.confused <> 0 AND x.day > ?",
		p.who.Person, p.at.Day-60).Scan(&pairs).Error
	near := map[int64]bool{}
	for _, pair := range pairs {
		if p.askedToday[pair.Fact] != 0 {
			near[pair.Confused] = true
		}
		if p.askedToday[pair.Confused] != 0 {
			near[pair.Fact] = true
		}
	}
	return near, err
}

// countLearningFacts counts the facts with a learning step due today.
func (p *learnerCards) countLearningFacts() int {
	facts := map[int64]bool{}
	for _, c := range p.cards {
		if c.IsLearning() && c.Due.Before(p.at.DayEnd) && p.isAskable(c) {
			facts[c.Fact] = true
		}
	}
	return len(facts)
}
