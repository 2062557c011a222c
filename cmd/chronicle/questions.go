package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
	"chronicle/views"
)

// questionsCommand prints generated questions of a deck for checking.
type questionsCommand struct {
	databaseFlag
	Deck  string `arg:"" help:"A shipped deck’s name, a deck file, or a deck of --database."`
	Seed  uint64 `help:"The same seed gives the same questions." default:"1"`
	Count int    `help:"How many." default:"10"`
	Kind  string `help:"Of this kind only." placeholder:"KIND"`
	JSON  bool   `name:"json" help:"One JSON object a line, with the answer and what proves it."`
}

// Run prints the questions.
func (c *questionsCommand) Run(ctx context.Context, to streams) error {
	kindList := quiz.Kinds
	if c.Kind != "" {
		if !slices.Contains(kindList, quiz.Kind(c.Kind)) {
			return fmt.Errorf("there is no kind %q; the kinds are %s", c.Kind, join(kindList))
		}
		kindList = []quiz.Kind{quiz.Kind(c.Kind)}
	}
	if c.Count < 0 {
		return fmt.Errorf("--count is %d, below 0", c.Count)
	}
	d, err := c.findDeck(ctx, to, c.Deck)
	if err != nil {
		return err
	}
	numberFacts(d)
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		return err
	}
	return c.print(to, kinds.NewDeckIndex(d), kindList, words.English())
}

func join(kindList []quiz.Kind) string {
	var out []string
	for _, k := range kindList {
		out = append(out, string(k))
	}
	return strings.Join(out, ", ")
}

// numberFacts assigns IDs to facts read from a file, as a database would.
func numberFacts(d *quiz.Deck) {
	for i := range d.Facts {
		if d.Facts[i].ID == 0 {
			d.Facts[i].ID = int64(i + 1)
		}
	}
}

// print picks facts and kinds at random until there are enough questions; it stops when the deck has no more.
func (c *questionsCommand) print(to streams, p *kinds.DeckIndex, kindList []quiz.Kind, words *views.Words) error {
	rnd := rand.New(rand.NewPCG(c.Seed, 1))
	facts := p.Facts()
	out := json.NewEncoder(to.out)
	out.SetEscapeHTML(false)
	for made, tries := 0, 0; made < c.Count; tries++ {
		if len(facts) == 0 || tries > 1000*(made+1) {
			return fmt.Errorf("the deck proves only %d of %d questions", made, c.Count)
		}
		k := kindList[rnd.IntN(len(kindList))]
		f := facts[rnd.IntN(len(facts))]
		facet := quiz.Facets[rnd.IntN(len(quiz.Facets))]
		most := 3 + rnd.IntN(3)
		q, ok := p.Generate(quiz.CardID{Fact: f.ID, Facet: kinds.FacetOf(k, facet)}, k, most, rnd.Uint64())
		if !ok {
			continue
		}
		made++
		if !c.JSON {
			if _, err := fmt.Fprintln(to.out, questionText(words, q)); err != nil {
				return err
			}
			continue
		}
		if err := out.Encode(newQuestionJSON(p, words, q)); err != nil {
			return err
		}
	}
	return nil
}

// questionText formats a question in one line, the right answer last.
func questionText(words *views.Words, q quiz.Question) string {
	var options []string
	for _, o := range q.Options {
		options = append(options, o.Text)
	}
	text := string(q.Kind) + "\t" + words.StemText(q)
	if len(options) > 0 {
		text += "\t" + strings.Join(options, " | ")
	}
	return text + "\t" + fmt.Sprint(answerOf(q))
}

// questionJSON is a question as JSON. Answer holds the indexes of the right options; for ordering and matching,
// the position of each; for typed answers, the text or EDTF; for a flashcard, its back.
type questionJSON struct {
	Kind      quiz.Kind    `json:"kind"`
	Facet     string       `json:"facet"`
	Stem      string       `json:"stem"`
	Precision string       `json:"precision"`
	Options   []optionJSON `json:"options"`
	Dates     []optionJSON `json:"dates,omitempty"`
	Shown     *optionJSON  `json:"shown,omitempty"`
	Answer    any          `json:"answer"`
	Accepted  []string     `json:"accepted"`
	Scale     *scaleJSON   `json:"scale,omitempty"`
	Fact      int64        `json:"fact"`
	Facts     []factJSON   `json:"facts"`
	Proof     []proofJSON  `json:"proof"`
}

type optionJSON struct {
	Text string `json:"text"`
	Date string `json:"edtf"`
	Fact int64  `json:"fact"`
}

// scaleJSON is in years.
type scaleJSON struct {
	First     int64   `json:"first"`
	Last      int64   `json:"last"`
	Tolerance float64 `json:"tolerance"`
	Constant  float64 `json:"constant"`
}

// factJSON has day numbers, with 1970-01-01 as 0 and ±2^60 for an open end.
type factJSON struct {
	ID    int64  `json:"id"`
	Date  string `json:"edtf"`
	Lo    int64  `json:"lo"`
	Hi    int64  `json:"hi"`
	Event string `json:"event"`
	Label string `json:"label"`
}

type proofJSON struct {
	Fact     int64  `json:"fact"`
	Relation string `json:"relation"`
	Other    int64  `json:"other"`
}

func newQuestionJSON(p *kinds.DeckIndex, words *views.Words, q quiz.Question) questionJSON {
	out := questionJSON{
		Kind: q.Kind, Facet: q.Facet.String(), Stem: words.StemText(q), Precision: q.Precision.String(), Fact: q.Fact,
		Options: options(q.Options), Answer: answerOf(q), Accepted: accepted(q),
	}
	if len(q.Dates) > 0 {
		out.Dates = options(q.Dates)
	}
	if q.ShownOption != (quiz.Option{}) {
		out.Shown = &options([]quiz.Option{q.ShownOption})[0]
	}
	if !q.Scale.IsZero() {
		out.Scale = &scaleJSON{q.Scale.First, q.Scale.Last, q.Scale.Tolerance, q.Scale.Constant}
	}
	seen := map[int64]bool{0: true}
	use := func(id int64) {
		if f, ok := p.Deck.Fact(id); ok && !seen[id] {
			seen[id] = true
			out.Facts = append(out.Facts, factJSON{f.ID, f.Date.String(), f.Date.Lo(), f.Date.Hi(), f.Event, f.Label})
		}
	}
	use(q.Fact)
	for _, o := range append(slices.Clone(q.Options), q.ShownOption) {
		use(o.Fact)
	}
	for _, g := range q.Proof() {
		out.Proof = append(out.Proof, proofJSON{g.Fact, g.Relation, g.OtherFact})
	}
	return out
}

func options(all []quiz.Option) []optionJSON {
	out := []optionJSON{}
	for _, o := range all {
		out = append(out, optionJSON{o.Text, o.Date.String(), o.Fact})
	}
	return out
}

func answerOf(q quiz.Question) any {
	switch {
	case q.Kind.IsChoice():
		return []int{q.RightOption}
	case len(q.RightOrder) > 0:
		return q.RightOrder
	case q.Kind == quiz.KindFlashcard:
		return q.BackText
	case q.Kind == quiz.KindGapTyped:
		return q.Term
	}
	return q.RightDate.String()
}

// accepted returns other right answers to a typed question, or the accepted span of years of a placing question.
func accepted(q quiz.Question) []string {
	if q.Kind == quiz.KindPlace {
		from, _ := edtf.YearDate(yearOf(q.RightDate.Lo()) - int64(q.Scale.Tolerance))
		to, _ := edtf.YearDate(yearOf(q.RightDate.Hi()) + int64(q.Scale.Tolerance))
		return []string{from.String() + "/" + to.String()}
	}
	out := append([]string{}, q.Accepted...)
	if !q.OtherDate.IsZero() {
		out = append(out, q.OtherDate.String())
	}
	return out
}

func yearOf(day int64) int64 {
	y, _, _ := edtf.CivilDate(day)
	return y
}
