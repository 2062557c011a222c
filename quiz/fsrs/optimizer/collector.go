package optimizer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"chronicle/quiz/fsrs"
)

// MaxReviews is the maximum number of reviews in a log: more than anyone answers in a
// lifetime, and few enough to fit in memory.
const MaxReviews = 10_000_000

// ReviewRow is one review as read from a log.
type ReviewRow struct {
	Line   int            // line number, for messages
	Card   string         // name of the card; not empty
	Time   int64          // position in time over the whole log; unique
	Days   float64        // days since the card's last review; −1 or 0 at the first
	Rating fsrs.Rating    // 1 to 4
	Target bool           // used for training or prediction
	Form   fsrs.Form      // form of the question; the zero form means [fsrs.PlainForm]
	Class  fsrs.FormClass // class of the form
}

// Collector builds a [Log] from rows. The zero value is ready to use.
type Collector struct {
	cards map[string]int32
	last  []int64 // latest Time of each card
	rows  []storedRow
	forms map[classedForm]int32
}

// storedRow is a row before the log is built.
type storedRow struct {
	order      int64
	card, line int32
	days       float32
	rating     fsrs.Rating
	target     bool
	form       int32
}

// Add adds a row. The rows of different cards may be interleaved, but each card's rows
// must be in order of time. It returns a [*LogError] if the row is invalid.
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

// formIndex returns the index of the row's form in the log's forms.
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

// validate returns what is wrong with the row by itself, or "".
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

// orderError returns why the row cannot follow the rows before it, or "".
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
	c.cards[strings.Clone(name)] = card // the row's string may reference a whole line
	c.last = append(c.last, 0)
	return card
}

// Log returns the rows grouped by card. It returns a [*LogError] if two rows have the
// same position in time. The collector is empty afterwards.
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

// timeOrder returns each row's position in time, from 0.
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
