package fit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"chronicle/quiz/fsrs"
)

// MaxReviews is how many reviews a log may have: more than anybody answers in
// a life, and few enough to be held in memory.
const MaxReviews = 10_000_000

// Row is a review as it stands in a log.
type Row struct {
	Line   int         // where it stands, for messages
	Card   string      // whose review it is; not empty
	Order  int64       // place in time over the whole log; no two rows have the same
	Days   float64     // since the card's last review; −1 or 0 at the first
	Rating fsrs.Rating // 1 to 4
	Target bool        // learned from, or asked for a prediction
	Form   fsrs.Form   // of the question; the zero form is [fsrs.Plain]
	Class  fsrs.Class  // of the form
}

// Collector makes a [Log] of rows. The zero value is ready.
type Collector struct {
	cards map[string]int32
	last  []int64 // each card's latest Order
	rows  []kept
	forms map[given]int32
}

// kept is a row until all are there.
type kept struct {
	order      int64
	card, line int32
	days       float32
	rating     fsrs.Rating
	target     bool
	form       int32
}

// Add takes a row; cards may come in turns, but each card's rows in order of
// time. It returns a [*LineError] for a row that makes no sense.
func (c *Collector) Add(r Row) error {
	card, met := c.cards[r.Card]
	why := r.wrong()
	if why == "" {
		why = c.misplaced(r, card, met)
	}
	if why != "" {
		return &LineError{r.Line, why}
	}
	if !met {
		card = c.meet(r.Card)
	}
	c.last[card] = r.Order
	c.rows = append(c.rows, kept{r.Order, card, int32(r.Line), float32(max(r.Days, 0)), r.Rating, r.Target, c.form(r)})
	return nil
}

// form is the place of the row's form among all.
func (c *Collector) form(r Row) int32 {
	g := given{r.Form, r.Class}
	if r.Form == (fsrs.Form{}) || r.Form == fsrs.Plain {
		return 0
	}
	at, ok := c.forms[g]
	if !ok {
		if c.forms == nil {
			c.forms = map[given]int32{}
		}
		at = int32(len(c.forms) + 1)
		c.forms[g] = at
	}
	return at
}

// wrong says what of the row alone makes no sense; nothing if it does.
func (r Row) wrong() string {
	switch {
	case r.Card == "":
		return "card_id is empty"
	case !r.Rating.Valid():
		return fmt.Sprintf("rating is %d, not 1 to 4", r.Rating)
	case math.IsNaN(r.Days) || r.Days > fsrs.MaxStability:
		return fmt.Sprintf("delta_t is %v, not a number of days up to %d", r.Days, fsrs.MaxStability)
	case r.Days < 0 && r.Days != -1:
		return fmt.Sprintf("delta_t is %v; time does not run backwards", r.Days)
	case r.Form != fsrs.Form{} && r.Form.Check() != nil:
		return r.Form.Check().Error()
	}
	return ""
}

// misplaced says why the row cannot come after those before it.
func (c *Collector) misplaced(r Row, card int32, met bool) string {
	switch {
	case len(c.rows) == MaxReviews:
		return fmt.Sprintf("more than %d reviews", MaxReviews)
	case !met && r.Days > 0:
		return fmt.Sprintf("delta_t is %v at the first review of card %s; it has to be -1 or 0 there", r.Days, short(r.Card))
	case met && r.Days < 0:
		return fmt.Sprintf("delta_t is %v, but card %s was reviewed before", r.Days, short(r.Card))
	case met && r.Order == c.last[card]:
		return fmt.Sprintf("review_th %d of card %s stands there twice", r.Order, short(r.Card))
	case met && r.Order < c.last[card]:
		return fmt.Sprintf("review_th %d of card %s comes after %d: out of order", r.Order, short(r.Card), c.last[card])
	}
	return ""
}

func (c *Collector) meet(name string) int32 {
	if c.cards == nil {
		c.cards = map[string]int32{}
	}
	card := int32(len(c.last))
	c.cards[strings.Clone(name)] = card // the row's may hold on to a whole line
	c.last = append(c.last, 0)
	return card
}

// Log puts the rows together by card. It returns a [*LineError] for a row that
// has another one's place in time. The collector is empty afterwards.
func (c *Collector) Log() (*Log, error) {
	at, err := places(c.rows)
	if err != nil {
		return nil, err
	}
	l := &Log{make([]review, len(c.rows)), make([]int32, len(c.last)+1), make([]given, len(c.forms)+1)}
	l.forms[0].form = fsrs.Plain
	for g, at := range c.forms {
		l.forms[at] = g
	}
	for _, r := range c.rows {
		l.starts[r.card+1]++
	}
	for i := range c.last {
		l.starts[i+1] += l.starts[i]
	}
	next := slices.Clone(l.starts)
	for i, r := range c.rows {
		l.reviews[next[r.card]] = review{r.days, r.rating, r.target, at[i], int32(i), r.form}
		next[r.card]++
	}
	*c = Collector{}
	return l, nil
}

// places is each row's place in time, from 0.
func places(rows []kept) ([]int32, error) {
	byTime := make([]int32, len(rows))
	for i := range byTime {
		byTime[i] = int32(i)
	}
	slices.SortFunc(byTime, func(a, b int32) int {
		return cmp.Or(cmp.Compare(rows[a].order, rows[b].order), cmp.Compare(a, b))
	})
	at := make([]int32, len(rows))
	for place, i := range byTime {
		at[i] = int32(place)
		if place == 0 {
			continue
		}
		if before := rows[byTime[place-1]]; before.order == rows[i].order {
			return nil, &LineError{int(rows[i].line), fmt.Sprintf("review_th %d is that of line %d too", before.order, before.line)}
		}
	}
	return at, nil
}
