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

// few is how many cards of each sort lie on a desk; the rest is only counted.
const few = 4

// many is how many facts may stand beside another.
const many = 24

// deskFor is what a question is posed from: of a quiz where the person stands
// in it, for its questions are laid already, else all that lies ready.
func (db *DB) deskFor(tx *gorm.DB, who quiz.Who, deck int64, run string, at study.Moment) (study.Desk, error) {
	if run == "" {
		return db.desk(tx, who, deck, at)
	}
	s, err := sitting(tx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return study.Desk{}, err
	}
	if err == nil && s.Run != run { // it was left meanwhile
		return db.desk(tx, who, deck, at)
	}
	return study.Desk{Sitting: s}, nil
}

// desk reads what lies ready for a person in a deck: all their cards of it in one
// query, and what is made of them here. Twelve queries that leave the cards where they
// are cost five times as much.
func (db *DB) desk(tx *gorm.DB, who quiz.Who, deck int64, at study.Moment) (study.Desk, error) {
	p, err := db.pile(tx, who, deck, at)
	if err != nil {
		return study.Desk{}, err
	}
	if p.near, err = p.confusable(tx); err != nil {
		return study.Desk{}, err
	}
	d := p.desk()
	if d.NewToday, err = metToday(tx, who, at); err != nil {
		return d, err
	}
	g, err := p.bend(&d)
	if err != nil {
		return d, err
	}
	d.Fresh = p.fresh(at.Day+int64(d.NewToday), g)
	if len(d.Reviews) > 0 {
		d.Known = p.known()
		if d.Confused, err = confused(tx, who, d.Reviews); err != nil {
			return d, err
		}
	}
	d.Sitting, err = sitting(tx, who)
	if quiz.Is(err, quiz.Missing) {
		err = nil
	}
	return d, err
}

// metToday counts the cards that a person met today for the first time, in all decks.
func metToday(tx *gorm.DB, who quiz.Who, at study.Moment) (int, error) {
	return scanOne[int](tx.Raw("SELECT count(*) FROM cards WHERE person = ? AND first_day = ?", who.Person, at.Day))
}

// morning is what holds for all decks of a person on a day, read when it is asked for.
type morning struct {
	tx      *gorm.DB
	who     quiz.Who
	at      study.Moment
	goals   map[int64]quiz.Goal // the nearest of each deck
	takes   time.Duration
	answers map[int64]int // of today, by deck
}

// pile is what a person has of a deck, and what there is of it to be had.
type pile struct {
	*morning
	deck   int64
	shelf  *shelf
	cards  []quiz.Card // those whose fact still asks for them
	asides map[quiz.CardID]bool
	had    map[int64]facets // by fact: those that have a card
	firm   map[int64]facets // those in memory
	today  map[int64]facets // those that were asked today
	near   map[int64]bool   // facts that were mixed up with one that was asked today
}

// facets is a set of sides of a fact, a bit for each.
type facets uint8

func bit(f quiz.Facet) facets            { return 1 << (f - 1) }
func (s facets) has(f quiz.Facet) bool   { return s&bit(f) != 0 }
func (s facets) but(f quiz.Facet) facets { return s &^ bit(f) }

// pile reads it.
func (db *DB) pile(tx *gorm.DB, who quiz.Who, deck int64, at study.Moment) (*pile, error) {
	all, err := scanCards(tx.Raw("SELECT "+cardColumns+" FROM cards WHERE person = ? AND deck = ?", who.Person, deck))
	if err != nil {
		return nil, err
	}
	aside, err := asidesOf(tx, who, at.Day)
	if err != nil {
		return nil, err
	}
	shelves, err := db.shelved(tx, deck)
	if err != nil {
		return nil, err
	}
	return newPile(&morning{tx: tx, who: who, at: at}, deck, shelves[deck], all, aside), nil
}

// asidesOf are the cards that a person has put aside.
func asidesOf(tx *gorm.DB, who quiz.Who, day int64) (map[quiz.CardID]bool, error) {
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

// newPile is made of the cards that a person has of a deck.
func newPile(m *morning, deck int64, sh *shelf, all []quiz.Card, asides map[quiz.CardID]bool) *pile {
	p := &pile{morning: m, deck: deck, shelf: sh, asides: asides, had: map[int64]facets{}, firm: map[int64]facets{}, today: map[int64]facets{}}
	for _, c := range all {
		p.had[c.Fact] |= bit(c.Facet)
		if c.Memory.Phase == fsrs.PhaseReview {
			p.firm[c.Fact] |= bit(c.Facet)
		}
		if c.Memory.LastDay == m.at.Day {
			p.today[c.Fact] |= bit(c.Facet)
		}
		if sh.facets(c.Fact).has(c.Facet) {
			p.cards = append(p.cards, c)
		}
	}
	return p
}

// lies tells whether a card can be asked today: it is not put aside, and no other side
// of its fact was asked today.
func (p *pile) lies(c quiz.Card) bool {
	return p.today[c.Fact].but(c.Facet) == 0 && !p.asides[c.CardID]
}

// desk sorts the cards that can be asked today.
func (p *pile) desk() study.Desk {
	var d study.Desk
	steps, end := uint8(len(study.Scheduler.Learning)), p.at.End
	due := map[int64]bool{} // of two facets that are due, one is asked today
	for _, c := range p.cards {
		if !p.lies(c) {
			continue
		}
		switch {
		case c.Memory.Phase == fsrs.PhaseReview && c.DueDay <= p.at.Day:
			d.Reviews = append(d.Reviews, c)
			due[c.Fact] = true
		case c.Learning():
			if !c.Due.After(p.at.Now) {
				d.Steps = append(d.Steps, c)
			} else if !c.Due.After(p.at.Now.Add(study.Ahead)) {
				d.Later = append(d.Later, c)
			}
			if c.Due.Before(end) {
				due[c.Fact] = true
				if c.Memory.Phase == fsrs.PhaseLearning && c.Memory.Step < steps {
					d.Extra += int(steps) - 1 - int(c.Memory.Step)
				}
			}
		}
	}
	d.Due = len(due)
	for _, f := range quiz.Facets {
		d.FreshAll += len(p.unmet(f))
	}
	d.Steps, d.Reviews, d.Later = p.first(d.Steps), p.first(d.Reviews), p.first(d.Later)
	return d
}

// first are the few of the cards that come first: the longest due, and what was mixed
// up with something asked today after all others.
func (p *pile) first(cards []quiz.Card) []quiz.Card {
	last := func(c quiz.Card) int {
		if p.near[c.Fact] && c.Memory.Phase == fsrs.PhaseReview {
			return 1
		}
		return 0
	}
	slices.SortFunc(cards, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.DueDay, b.DueDay), a.Due.Compare(b.Due), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	return cards[:min(few, len(cards))]
}

// unmet lists, in the order of the deck, the facts of which a side is new: the date when
// it was never asked; the event on a day after the date was, or at once if the date
// cannot be asked; and a term when both are in memory.
func (p *pile) unmet(f quiz.Facet) []stub {
	var out []stub
	for _, s := range p.shelf.stubs {
		before := s.facets & (bit(f) - 1) // the sides that come first
		if s.facets.has(f) && !p.had[s.fact].has(f) && p.today[s.fact] == 0 && p.firm[s.fact]&before == before &&
			!p.asides[quiz.CardID{Fact: s.fact, Facet: f}] {
			out = append(out, s)
		}
	}
	return out
}

// fresh lists new cards of the years of a goal; the sides of facts take turns, so that a
// deck is met whole before its last date was asked. The turn goes on from day to day:
// with two new cards a day the third side has its turn as well.
func (p *pile) fresh(turn int64, g quiz.Goal) []quiz.CardID {
	var lists [][]quiz.CardID
	for _, f := range quiz.Facets {
		lists = append(lists, p.freshOf(f, g))
	}
	var out []quiz.CardID
	for ; len(out) < few; turn++ {
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

func (p *pile) freshOf(f quiz.Facet, g quiz.Goal) []quiz.CardID {
	var first, last []quiz.CardID
	lo, hi := g.Days()
	for _, s := range p.unmet(f) {
		switch id := (quiz.CardID{Fact: s.fact, Facet: f}); {
		case s.lo < lo || s.hi > hi:
		case p.near[s.fact]:
			last = append(last, id)
		default:
			first = append(first, id)
		}
	}
	all := append(first, last...)
	return all[:min(few, len(all))]
}

// known lists facts that may stand beside another in an order: those whose date is in
// memory, and which were not asked today already, the next due first.
func (p *pile) known() []int64 {
	var cards []quiz.Card
	for _, c := range p.cards {
		if c.Facet == quiz.When && c.Memory.Phase == fsrs.PhaseReview && c.Memory.LastDay < p.at.Day && p.lies(c) {
			cards = append(cards, c)
		}
	}
	slices.SortFunc(cards, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(a.DueDay, b.DueDay), cmp.Compare(a.Fact, b.Fact))
	})
	var out []int64
	for _, c := range cards[:min(many, len(cards))] {
		out = append(out, c.Fact)
	}
	return out
}

// confusions lists what cards were last taken for, as long as they were not
// told from it rightly since.
const confusions = `SELECT r.fact, r.facet, r.confused FROM reviews r
	WHERE r.person = @who AND r.fact IN @facts AND r.confused <> 0 AND ` + stands + `
	AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.person = r.person AND l.fact = r.fact AND l.facet = r.facet
		AND l.contrast = r.confused AND l.contrast <> 0 AND l.id > r.id AND l.verdict = 'right'
		AND NOT EXISTS (SELECT 1 FROM undos u WHERE u.review = l.id))
	ORDER BY r.id DESC`

func confused(tx *gorm.DB, who quiz.Who, cards []quiz.Card) (map[quiz.CardID]int64, error) {
	var facts []int64
	for _, c := range cards {
		facts = append(facts, c.Fact)
	}
	var rows []struct {
		Fact     int64
		Facet    uint8
		Confused int64
	}
	err := tx.Raw(confusions, map[string]any{"who": who.Person, "facts": facts}).Scan(&rows).Error
	out := map[quiz.CardID]int64{}
	for _, r := range rows {
		id := quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}
		if out[id] == 0 {
			out[id] = r.Confused
		}
	}
	return out, err
}

// confusable are the facts that were taken for one that was asked today, or it for
// them, in the last months: they come after all others, since what was just seen of the
// one would help or mislead with the other.
func (p *pile) confusable(tx *gorm.DB) (map[int64]bool, error) {
	if len(p.today) == 0 {
		return nil, nil
	}
	var pairs []struct{ Fact, Confused int64 }
	err := tx.Raw("SELECT DISTINCT x.fact, x.confused FROM reviews x WHERE x.person = ? AND x.confused <> 0 AND x.day > ?",
		p.who.Person, p.at.Day-60).Scan(&pairs).Error
	near := map[int64]bool{}
	for _, pair := range pairs {
		if p.today[pair.Fact] != 0 {
			near[pair.Confused] = true
		}
		if p.today[pair.Confused] != 0 {
			near[pair.Fact] = true
		}
	}
	return near, err
}

// steps counts the facts with a learning step that is to come today.
func (p *pile) steps() int {
	facts := map[int64]bool{}
	for _, c := range p.cards {
		if c.Learning() && c.Due.Before(p.at.End) && p.lies(c) {
			facts[c.Fact] = true
		}
	}
	return len(facts)
}
