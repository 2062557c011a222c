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
	Answer    int         `json:"answer"`
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
	edtf.Day, edtf.Month, edtf.Season, edtf.Quarter, edtf.Year, edtf.Decade, edtf.Century, edtf.Interval, edtf.Set,
}

func questionText(q quiz.Question) string {
	if q.Kind == "" {
		return ""
	}
	r := questionRow{
		Kind: string(q.Kind), Facet: uint8(q.Facet), Fact: q.Fact, Stem: q.Stem,
		Precision: q.Precision.String(), Answer: q.Answer, Back: q.Back, Version: q.Version,
	}
	for _, o := range q.Options {
		r.Options = append(r.Options, optionRow{o.Text, o.Date.String(), o.Fact, o.Relation.String()})
	}
	return jsonText(r)
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
	}
	for _, o := range r.Options {
		date, err := edtf.Parse(o.Date)
		if err != nil {
			return quiz.Question{}, fmt.Errorf("a kept question: %w", err)
		}
		q.Options = append(q.Options, quiz.Option{Text: o.Text, Date: date, Fact: o.Fact, Relation: named(relations, o.Relation)})
	}
	return q, nil
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
