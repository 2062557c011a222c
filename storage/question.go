package storage

import (
	"encoding/json"
	"fmt"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// questionRow is a question as JSON, with names that outlive the code's.
type questionRow struct {
	Kind      string      `json:"kind"`
	Facet     uint8       `json:"facet"`
	Fact      int64       `json:"fact"`
	Stem      string      `json:"stem"`
	Precision string      `json:"precision"`
	Options   []optionRow `json:"options,omitempty"`
	Dates     []optionRow `json:"dates,omitempty"`
	Answer    int         `json:"answer"`
	Order     []int       `json:"order,omitempty"`
	Shown     *optionRow  `json:"shown,omitempty"`
	Dated     string      `json:"dated,omitempty"`
	Right     string      `json:"right,omitempty"`
	Doubt     string      `json:"doubt,omitempty"`
	Also      string      `json:"also,omitempty"`
	Term      string      `json:"term,omitempty"`
	Accepted  []string    `json:"accepted,omitempty"`
	Terms     []string    `json:"terms,omitempty"`
	Scale     *quiz.Scale `json:"scale,omitempty"`
	Contrast  int64       `json:"contrast,omitempty"`
	Back      string      `json:"back,omitempty"`
	Version   int64       `json:"version"`
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

func questionText(q quiz.Question) string {
	if q.Kind == "" {
		return ""
	}
	r := questionRow{
		Kind: string(q.Kind), Facet: uint8(q.Facet), Fact: q.Fact, Stem: q.Stem,
		Precision: q.Precision.String(), Answer: q.Answer, Back: q.Back, Version: q.Version,
	}
	r.Dated, r.Right, r.Doubt, r.Also = q.Dated.String(), q.Right.String(), q.Doubt.String(), q.Also.String()
	r.Order, r.Term, r.Accepted, r.Terms, r.Contrast = q.Order, q.Term, q.Accepted, q.Terms, q.Contrast
	r.Options, r.Dates = optionRows(q.Options), optionRows(q.Dates)
	if q.Shown != (quiz.Option{}) {
		r.Shown = &optionRows([]quiz.Option{q.Shown})[0]
	}
	if !q.Scale.IsZero() {
		r.Scale = &q.Scale
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

func questionOf(text string) (quiz.Question, error) {
	var r questionRow
	if text == "" {
		return quiz.Question{}, nil
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return quiz.Question{}, fmt.Errorf("a kept question: %w", err)
	}
	q := quiz.Question{
		Kind: quiz.Kind(r.Kind), Facet: quiz.Facet(r.Facet), Fact: r.Fact, Stem: r.Stem,
		Precision: named(precisions, r.Precision), Answer: r.Answer, Back: r.Back, Version: r.Version,
		Order: r.Order, Term: r.Term, Accepted: r.Accepted, Terms: r.Terms, Contrast: r.Contrast,
	}
	if r.Scale != nil {
		q.Scale = *r.Scale
	}
	read := dates{}
	q.Dated, q.Right, q.Doubt, q.Also = read.date(r.Dated), read.date(r.Right), read.date(r.Doubt), read.date(r.Also)
	q.Options, q.Dates = read.options(r.Options), read.options(r.Dates)
	if r.Shown != nil {
		q.Shown = read.options([]optionRow{*r.Shown})[0]
	}
	if read.err != nil {
		return quiz.Question{}, fmt.Errorf("a kept question: %w", read.err)
	}
	return q, nil
}

// dates reads kept dates until one fails.
type dates struct{ err error }

func (r *dates) date(text string) edtf.Date {
	if text == "" || r.err != nil {
		return edtf.Date{}
	}
	d, err := edtf.Parse(text)
	r.err = err
	return d
}

func (r *dates) options(rows []optionRow) []quiz.Option {
	var out []quiz.Option
	for _, o := range rows {
		out = append(out, quiz.Option{Text: o.Text, Date: r.date(o.Date), Fact: o.Fact, Relation: named(relations, o.Relation)})
	}
	return out
}

// named finds the constant of that name.
func named[T fmt.Stringer](all []T, name string) T {
	for _, one := range all {
		if one.String() == name {
			return one
		}
	}
	var none T
	return none
}
