package storage

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// few is how many cards of each sort are read; the rest is only counted.
const few = 4

// The parts of the queries below. Facets of one fact are kept off the same
// day: a card waits while another facet of its fact was answered today.
const (
	learning = "c.phase IN (1, 3)"
	present  = "NOT EXISTS (SELECT 1 FROM asides a WHERE a.person = @who AND a.fact = c.fact AND a.facet = c.facet AND a.until > @day)"
	askable  = "EXISTS (SELECT 1 FROM facts f WHERE f.id = c.fact AND NOT f.retired AND f.facets & (1 << CAST(c.facet - 1 AS INTEGER)) <> 0)"
	apart    = "NOT EXISTS (SELECT 1 FROM cards o WHERE o.person = @who AND o.fact = c.fact AND o.facet <> c.facet AND o.last_day = @day)"
	dueToday = "(c.phase = 2 AND c.due_day <= @day OR " + learning + " AND c.due < @end)"
	// Whatever comes up today was set for today or before; a step that is asked
	// ahead of its time may be tomorrow's. The index needs to be told.
	ofDeck = " FROM cards c WHERE c.person = @who AND c.deck = @deck AND c.due_day <= @day + 1 AND " + askable + " AND " + apart + " AND " + present + " AND "
)

// countDue counts facts: of two facets that are due, one is asked today.
const countDue = "SELECT count(DISTINCT c.fact)" + ofDeck + dueToday

// countExtra counts the answers that cards being learned need beyond one each.
const countExtra = "SELECT coalesce(sum(@steps - 1 - c.step), 0)" + ofDeck + dueToday + " AND c.phase = 1 AND c.step < @steps"

// deskFor is what a question is posed from: of a quiz where the person stands
// in it, for its questions are laid already, else all that lies ready.
func deskFor(tx *gorm.DB, who quiz.Who, deck int64, run string, at study.Moment) (study.Desk, error) {
	if run == "" {
		return desk(tx, who, deck, at)
	}
	s, err := sitting(tx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return study.Desk{}, err
	}
	if err == nil && s.Run != run { // it was left meanwhile
		return desk(tx, who, deck, at)
	}
	return study.Desk{Sitting: s}, nil
}

// desk reads what lies ready for a person in a deck.
func desk(tx *gorm.DB, who quiz.Who, deck int64, at study.Moment) (study.Desk, error) {
	q := deskQuery{tx: tx, args: map[string]any{
		"who": who.Person, "deck": deck, "day": at.Day, "now": ms(at.Now), "end": ms(at.End),
		"ahead": ms(at.Now.Add(study.Ahead)), "few": few, "many": many, "steps": len(study.Scheduler.Learning),
	}}
	q.args["near"] = q.near()
	q.args["first"], q.args["last"] = quiz.Goal{}.Days()
	d := study.Desk{
		Steps:   q.cards(learning + " AND c.due <= @now"),
		Reviews: q.cards("c.phase = 2 AND c.due_day <= @day"),
		Later:   q.cards(learning + " AND c.due > @now AND c.due <= @ahead"),
	}
	d.Due = q.count(countDue)
	d.Extra = q.count(countExtra)
	d.NewToday = q.count("SELECT count(*) FROM cards WHERE person = @who AND first_day = @day")
	d.FreshAll = q.countFresh()
	q.bend(&d, who, deck, at)
	d.Fresh = q.fresh(at.Day + int64(d.NewToday))
	if len(d.Reviews) > 0 {
		q.scan(&d.Known, knownDates)
		d.Confused = q.confused(d.Reviews)
	}
	if q.err != nil {
		return d, q.err
	}
	s, err := sitting(tx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return d, err
	}
	d.Sitting = s
	return d, nil
}

// knownDates lists facts that may stand beside another in an order: those whose
// date is in memory, and which were not asked today already.
const knownDates = "SELECT c.fact FROM cards c WHERE c.person = @who AND c.deck = @deck AND c.facet = 1 AND c.phase = 2" +
	" AND c.last_day < @day AND " + askable + " AND " + apart + " AND " + present + " ORDER BY c.due_day, c.fact LIMIT @many"

// many is how many facts may stand beside another.
const many = 24

// confusions lists what cards were last taken for, as long as they were not
// told from it rightly since.
const confusions = `SELECT r.fact, r.facet, r.confused FROM reviews r
	WHERE r.person = @who AND r.fact IN @facts AND r.confused <> 0 AND ` + stands + `
	AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.person = r.person AND l.fact = r.fact AND l.facet = r.facet
		AND l.contrast = r.confused AND l.contrast <> 0 AND l.id > r.id AND l.verdict = 'right'
		AND NOT EXISTS (SELECT 1 FROM undos u WHERE u.review = l.id))
	ORDER BY r.id DESC`

func (q *deskQuery) confused(cards []quiz.Card) map[quiz.CardID]int64 {
	var facts []int64
	for _, c := range cards {
		facts = append(facts, c.Fact)
	}
	var rows []struct {
		Fact     int64
		Facet    uint8
		Confused int64
	}
	q.args["facts"] = facts
	q.scan(&rows, confusions)
	out := map[quiz.CardID]int64{}
	for _, r := range rows {
		id := quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}
		if out[id] == 0 {
			out[id] = r.Confused
		}
	}
	return out
}

// near lists the facts that were taken for one that was asked today, or it for them,
// in the last months: they come after all others, since what was just seen of the
// one would help or mislead with the other.
func (q *deskQuery) near() []int64 {
	var pairs []struct{ Fact, Confused int64 }
	q.scan(&pairs, "SELECT DISTINCT x.fact, x.confused FROM reviews x WHERE x.person = @who AND x.confused <> 0 AND x.day > @day - 60")
	facts := []int64{0}
	for _, p := range pairs {
		facts = append(facts, p.Fact, p.Confused)
	}
	var today []int64
	q.args["facts"] = facts
	q.scan(&today, "SELECT DISTINCT fact FROM cards WHERE person = @who AND fact IN @facts AND last_day = @day")
	near := []int64{0}
	for _, p := range pairs {
		if slices.Contains(today, p.Fact) {
			near = append(near, p.Confused)
		}
		if slices.Contains(today, p.Confused) {
			near = append(near, p.Fact)
		}
	}
	return near
}

// A fact is new when its date was never asked; its other side becomes new on a
// day after the date was, or at once if its date cannot be asked, and its term
// when both are in memory.
const (
	freshWhen = ` FROM facts f WHERE f.deck = @deck AND NOT f.retired AND f.facets & 1 <> 0
		AND NOT EXISTS (SELECT 1 FROM asides a WHERE a.person = @who AND a.fact = f.id AND a.facet = 1 AND a.until > @day)
		AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.fact = f.id AND (c.facet = 1 OR c.last_day = @day))`
	freshWhat = ` FROM facts f WHERE f.deck = @deck AND NOT f.retired AND f.facets & 2 <> 0
		AND NOT EXISTS (SELECT 1 FROM asides a WHERE a.person = @who AND a.fact = f.id AND a.facet = 2 AND a.until > @day)
		AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.fact = f.id AND (c.facet = 2 OR c.last_day = @day))
		AND (f.facets & 1 = 0 OR EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.fact = f.id AND c.facet = 1 AND c.phase = 2))`
	freshTerm = ` FROM facts f WHERE f.deck = @deck AND NOT f.retired AND f.facets & 4 <> 0
		AND NOT EXISTS (SELECT 1 FROM asides a WHERE a.person = @who AND a.fact = f.id AND a.facet = 3 AND a.until > @day)
		AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.fact = f.id AND (c.facet = 3 OR c.last_day = @day))
		AND (f.facets & 1 = 0 OR EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.fact = f.id AND c.facet = 1 AND c.phase = 2))
		AND (f.facets & 2 = 0 OR EXISTS (SELECT 1 FROM cards c WHERE c.person = @who AND c.fact = f.id AND c.facet = 2 AND c.phase = 2))`
)

// freshOnes are the queries for new cards, in the order of their facets.
var freshOnes = []string{freshWhen, freshWhat, freshTerm}

func (q *deskQuery) countFresh() int {
	n := 0
	for _, where := range freshOnes {
		n += q.count("SELECT count(*)" + where)
	}
	return n
}

// deskQuery runs queries until one fails.
type deskQuery struct {
	tx   *gorm.DB
	args map[string]any
	err  error
}

func (q *deskQuery) scan(into any, query string) {
	if q.err == nil {
		q.err = q.tx.Raw(query, q.args).Scan(into).Error
	}
}

func (q *deskQuery) count(query string) int {
	var n int
	q.scan(&n, query)
	return n
}

func (q *deskQuery) cards(where string) []quiz.Card {
	var rows []cardRow
	q.scan(&rows, "SELECT "+cardColumns+ofDeck+where+" ORDER BY CASE WHEN c.phase = 2 AND c.fact IN @near THEN 1 ELSE 0 END, c.due_day, c.due, c.fact LIMIT @few")
	cards := make([]quiz.Card, len(rows))
	for i, r := range rows {
		cards[i] = r.card()
	}
	return cards
}

// fresh lists new cards; the sides of facts take turns, so that a deck is met
// whole before its last date was asked. The turn goes on from day to day: with
// two new cards a day the third side has its turn as well.
func (q *deskQuery) fresh(turn int64) []quiz.CardID {
	var lists [][]quiz.CardID
	for i, where := range freshOnes {
		lists = append(lists, q.freshOf(quiz.Facets[i], where))
	}
	var out []quiz.CardID
	for ; len(out) < few; turn++ {
		left := slices.DeleteFunc(slices.Clone(lists), func(l []quiz.CardID) bool { return len(l) == 0 })
		if len(left) == 0 {
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

func (q *deskQuery) freshOf(facet quiz.Facet, where string) []quiz.CardID {
	var ids []int64
	q.scan(&ids, "SELECT f.id"+where+" AND f.lo >= @first AND f.hi <= @last ORDER BY CASE WHEN f.id IN @near THEN 1 ELSE 0 END, f.place LIMIT @few")
	out := make([]quiz.CardID, len(ids))
	for i, id := range ids {
		out[i] = quiz.CardID{Fact: id, Facet: facet}
	}
	return out
}
