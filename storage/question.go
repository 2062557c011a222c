package storage

import (
	"encoding/json"
	"fmt"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// questionRow is the JSON form of a question. Its names must not change with the code.
type questionRow struct {
	Kind            string          `json:"kind"`
	Facet           uint8           `json:"facet"`
	Fact            int64           `json:"fact"`
	Stem            string          `json:"stem"`
	Precision       string          `json:"precision"`
	Options         []optionRow     `json:"options,omitempty"`
	Dates           []optionRow     `json:"dates,omitempty"`
	RightOption     int             `json:"answer"`
	RightOrder      []int           `json:"order,omitempty"`
	ShownOption     *optionRow      `json:"shown,omitempty"`
	FactDate        string          `json:"dated,omitempty"`
	RightDate       string          `json:"right,omitempty"`
	UncertainDate   string          `json:"doubt,omitempty"`
	OtherDate       string          `json:"also,omitempty"`
	Term            string          `json:"term,omitempty"`
	Accepted        []string        `json:"accepted,omitempty"`
	ConfusableTerms []string        `json:"terms,omitempty"`
	YearScale       *quiz.YearScale `json:"scale,omitempty"`
	ContrastFact    int64           `json:"contrast,omitempty"`
	BackText        string          `json:"back,omitempty"`
	DeckVersion     int64           `json:"version"`
}

type optionRow struct {
	Text     string `json:"text"`
	Date     string `json:"edtf"`
	Fact     int64  `json:"fact"`
	Relation string `json:"relation"`
}

var relations = []edtf.Relation{edtf.Before, edtf.After, edtf.Same, edtf.Within, edtf.Contains, edtf.Overlaps, edtf.Maybe}

var precisions = []edtf.Precision{
	edtf.Day, edtf.Month, edtf.Season, edtf.Quarter, edtf.Year, edtf.Decade, edtf.Century, edtf.Millennium, edtf.Interval, edtf.Set,
}

func questionJSON(q quiz.Question) string {
	if q.Kind == "" {
		return ""
	}
	r := questionRow{
		Kind: string(q.Kind), Facet: uint8(q.Facet), Fact: q.Fact, Stem: q.Stem,
		Precision: q.Precision.String(), RightOption: q.RightOption, BackText: q.BackText, DeckVersion: q.DeckVersion,
	}
	r.FactDate, r.RightDate, r.UncertainDate, r.OtherDate = q.FactDate.String(), q.RightDate.String(), q.UncertainDate.String(), q.OtherDate.String()
	r.RightOrder, r.Term, r.Accepted, r.ConfusableTerms, r.ContrastFact = q.RightOrder, q.Term, q.Accepted, q.ConfusableTerms, q.ContrastFact
	r.Options, r.Dates = optionRows(q.Options), optionRows(q.Dates)
	if q.ShownOption != (quiz.Option{}) {
		r.ShownOption = &optionRows([]quiz.Option{q.ShownOption})[0]
	}
	if !q.Scale.IsZero() {
		r.YearScale = &q.Scale
	}
	return jsonText(r)
}

func optionRows(options []quiz.Option) []optionRow {
	var out []optionRow
	for _, o := range options {
		out = append(out, optionRow{o.Text, o.Date.String(), o.Fact, o.Relation.String()})
	}
	return out
}

func parseQuestion(text string) (quiz.Question, error) {
	var r questionRow
	if text == "" {
		return quiz.Question{}, nil
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return quiz.Question{}, fmt.Errorf("a kept question: %w", err)
	}
	q := quiz.Question{
		Kind: quiz.Kind(r.Kind), Facet: quiz.Facet(r.Facet), Fact: r.Fact, Stem: r.Stem,
		Precision: byName(precisions, r.Precision), RightOption: r.RightOption, BackText: r.BackText, DeckVersion: r.DeckVersion,
		RightOrder: r.RightOrder, Term: r.Term, Accepted: r.Accepted, ConfusableTerms: r.ConfusableTerms, ContrastFact: r.ContrastFact,
	}
	if r.YearScale != nil {
		q.Scale = *r.YearScale
	}
	read := dateReader{}
	q.FactDate, q.RightDate, q.UncertainDate, q.OtherDate = read.date(r.FactDate), read.date(r.RightDate), read.date(r.UncertainDate), read.date(r.OtherDate)
	q.Options, q.Dates = read.options(r.Options), read.options(r.Dates)
	if r.ShownOption != nil {
		q.ShownOption = read.options([]optionRow{*r.ShownOption})[0]
	}
	if read.err != nil {
		return quiz.Question{}, fmt.Errorf("a kept question: %w", read.err)
	}
	return q, nil
}

// dateReader parses stored dates until one fails.
type dateReader struct{ err error }

func (r *dateReader) date(text string) edtf.Date {
	if text == "" || r.err != nil {
		return edtf.Date{}
	}
	d, err := edtf.Parse(text)
	r.err = err
	return d
}

func (r *dateReader) options(rows []optionRow) []quiz.Option {
	var out []quiz.Option
	for _, o := range rows {
		out = append(out, quiz.Option{Text: o.Text, Date: r.date(o.Date), Fact: o.Fact, Relation: byName(relations, o.Relation)})
	}
	return out
}

// byName returns the constant with that name, or the zero value.
func byName[T fmt.Stringer](all []T, name string) T {
	for _, one := range all {
		if one.String() == name {
			return one
		}
	}
	var none T
	return none
}
