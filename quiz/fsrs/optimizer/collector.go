package optimizer

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

// ReviewRow is a review as it stands in a log.
type ReviewRow struct {
	Line   int            // where it stands, for messages
	Card   string         // whose review it is; not empty
	Time   int64          // place in time over the whole log; no two rows have the same
	Days   float64        // since the card's last review; −1 or 0 at the first
	Rating fsrs.Rating    // 1 to 4
	Target bool           // learned from, or asked for a prediction
	Form   fsrs.Form      // of the question; the zero form is [fsrs.PlainForm]
	Class  fsrs.FormClass // of the form
}

// Collector makes a [Log] of rows. The zero value is ready.
type Collector struct {
	cards map[string]int32
	last  []int64 // each card's latest Order
	rows  []storedRow
	forms map[classedForm]int32
}

// storedRow is a row until all are there.
type storedRow struct {
	order      int64
	card, line int32
	days       float32
	rating     fsrs.Rating
	target     bool
	form       int32
}

// Add takes a row; cards may come in turns, but each card's rows in order of
// time. It returns a [*LogError] for a row that makes no sense.
func (c *Collector) Add(r ReviewRow) error {
	card, met := c.cards[r.Card]
	why := r.validate()
	if why == "" {
		why = c.orderError(r, card, met)
	}
	if why != "" {
		return &LogError{r.Line, why}
	}
	if !met {
		card = c.cardIndex(r.Card)
	}
	c.last[card] = r.Time
	c.rows = append(c.rows, storedRow{r.Time, card, int32(r.Line), float32(max(r.Days, 0)), r.Rating, r.Target, c.formIndex(r)})
	return nil
}

// formIndex is the place of the row's form among all.
func (c *Collector) formIndex(r ReviewRow) int32 {
	g := classedForm{r.Form, r.Class}
	if r.Form == (fsrs.Form{}) || r.Form == fsrs.PlainForm {
		return 0
	}
	at, ok := c.forms[g]
	if !ok {
		if c.forms == nil {
			c.forms = map[classedForm]int32{}
		}
		at = int32(len(c.forms) + 1)
		c.forms[g] = at
	}
	return at
}

// validate says what of the row alone makes no sense; nothing if it does.
func (r ReviewRow) validate() string {
	switch {
	case r.Card == "":
		return "card_id is empty"
	case !r.Rating.IsValid():
		return fmt.Sprintf("rating is %d, not 1 to 4", r.Rating)
	case math.IsNaN(r.Days) || r.Days > fsrs.MaxStability:
		return fmt.Sprintf("delta_t is %v, not a number of days up to %d", r.Days, fsrs.MaxStability)
	case r.Days < 0 && r.Days != -1:
		return fmt.Sprintf("delta_t is %v; time does not run backwards", r.Days)
	case r.Form != fsrs.Form{} && r.Form.Validate() != nil:
		return r.Form.Validate().Error()
	}
	return ""
}

// orderError says why the row cannot come after those before it.
func (c *Collector) orderError(r ReviewRow, card int32, met bool) string {
	switch {
	case len(c.rows) == MaxReviews:
		return fmt.Sprintf("more than %d reviews", MaxReviews)
	case !met && r.Days > 0:
		return fmt.Sprintf("delta_t is %v at the first review of card %s; it has to be -1 or 0 there", r.Days, quoted(r.Card))
	case met && r.Days < 0:
		return fmt.Sprintf("delta_t is %v, but card %s was reviewed before", r.Days, quoted(r.Card))
	case met && r.Time == c.last[card]:
		return fmt.Sprintf("review_th %d of card %s stands there twice", r.Time, quoted(r.Card))
	case met && r.Time < c.last[card]:
		return fmt.Sprintf("review_th %d of card %s comes after %d: out of order", r.Time, quoted(r.Card), c.last[card])
	}
	return ""
}

func (c *Collector) cardIndex(name string) int32 {
	if c.cards == nil {
		c.cards = map[string]int32{}
	}
	card := int32(len(c.last))
	c.cards[strings.Clone(name)] = card // the row's may hold on to a whole line
	c.last = append(c.last, 0)
	return card
}

// Log puts the rows together by card. It returns a [*LogError] for a row that
// has another one's place in time. The collector is empty afterwards.
func (c *Collector) Log() (*Log, error) {
	at, err := timeOrder(c.rows)
	if err != nil {
		return nil, err
	}
	l := &Log{make([]logReview, len(c.rows)), make([]int32, len(c.last)+1), make([]classedForm, len(c.forms)+1)}
	l.forms[0].form = fsrs.PlainForm
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
		l.reviews[next[r.card]] = logReview{r.days, r.rating, r.target, at[i], int32(i), r.form}
		next[r.card]++
	}
	*c = Collector{}
	return l, nil
}

// timeOrder is each row's place in time, from 0.
func timeOrder(rows []storedRow) ([]int32, error) {
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
			return nil, &LogError{int(rows[i].line), fmt.Sprintf("review_th %d is that of line %d too", before.order, before.line)}
		}
	}
	return at, nil
}
