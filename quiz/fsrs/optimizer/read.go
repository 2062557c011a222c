package optimizer

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"chronicle/quiz/fsrs"
)

// column is a column of a log; its value is its index in columns.
type column int

const (
	cardColumn column = iota
	orderColumn
	daysColumn
	ratingColumn
	targetColumn // optional
)

var columns = [...]string{"card_id", "review_th", "delta_t", "rating", "target"}

// ReadLog reads a log as CSV. The first line names the columns: card_id, review_th
// (the review's number in time over the whole log), delta_t (days since the card's
// last review, −1 or 0 at its first), rating (1 to 4) and optionally target (1 for
// reviews used for training or prediction, otherwise 0). Without target, all reviews
// with a delta_t above 0 are used. Other columns are ignored.
//
// It returns a [*LogError] for invalid input, and ctx's error when ctx ends.
func ReadLog(ctx context.Context, from io.Reader) (*Log, error) {
	r := csv.NewReader(from)
	r.ReuseRecord = true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, &LogError{1, "the file is empty; its first line has to name the columns"}
	}
	if err != nil {
		return nil, csvLineError(err, header, 0)
	}
	where, width, err := findColumns(header), len(header), error(nil)
	if err = where.missing(); err != nil {
		return nil, err
	}
	var c Collector
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return c.Log()
		}
		if err != nil {
			return nil, csvLineError(err, record, width)
		}
		line, _ := r.FieldPos(0)
		row, err := where.row(record, line)
		if err == nil {
			err = c.Add(row)
		}
		if err != nil {
			return nil, err
		}
	}
}

// csvLineError describes an error of the CSV reader in plain words.
func csvLineError(err error, record []string, width int) error {
	var e *csv.ParseError
	switch {
	case !errors.As(err, &e):
		return err
	case errors.Is(err, csv.ErrFieldCount):
		return &LogError{e.Line, fmt.Sprintf("%d fields, but the first line has %d", len(record), width)}
	}
	return &LogError{e.StartLine, "a quotation mark is not closed or stands inside a field"}
}

// columnIndexes are the indexes of the columns in a record; −1 if missing.
type columnIndexes [len(columns)]int

// findColumns finds the columns in the header, ignoring case.
func findColumns(header []string) columnIndexes {
	var where columnIndexes
	for c, name := range columns {
		where[c] = -1
		for i, title := range header {
			title = strings.TrimSpace(strings.TrimPrefix(title, "\ufeff"))
			if where[c] < 0 && strings.EqualFold(title, name) {
				where[c] = i
			}
		}
	}
	return where
}

func (f columnIndexes) missing() error {
	for c, name := range columns[:targetColumn] {
		if f[c] < 0 {
			return &LogError{1, "there is no column " + name + "; card_id, review_th, delta_t and rating are needed"}
		}
	}
	return nil
}

// row parses a record that has as many fields as the header.
func (f columnIndexes) row(record []string, line int) (ReviewRow, error) {
	r := ReviewRow{Line: line, Card: strings.TrimSpace(record[f[cardColumn]])}
	rating, target := int64(0), int64(0)
	for _, number := range [...]struct {
		column      column
		to          *int64
		least, most int64
	}{
		{orderColumn, &r.Time, math.MinInt64, math.MaxInt64},
		{ratingColumn, &rating, int64(fsrs.Again), int64(fsrs.Easy)},
		{targetColumn, &target, 0, 1},
	} {
		if f[number.column] < 0 {
			continue
		}
		text := record[f[number.column]]
		n, ok := parseWhole(text)
		switch {
		case !ok:
			return r, &LogError{line, fmt.Sprintf("%s is %s, not a whole number", columns[number.column], quoted(text))}
		case n < number.least || n > number.most:
			return r, &LogError{line, fmt.Sprintf("%s is %d, not %d to %d", columns[number.column], n, number.least, number.most)}
		}
		*number.to = n
	}
	text := record[f[daysColumn]]
	days, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(days) || math.IsInf(days, 0) {
		return r, &LogError{line, fmt.Sprintf("delta_t is %s, not a number of days", quoted(text))}
	}
	r.Rating, r.Days = fsrs.Rating(rating), days
	r.Target = target == 1 || f[targetColumn] < 0 && days > 0
	return r, nil
}

// parseWhole parses a whole number, which may be written as 3.0.
func parseWhole(text string) (int64, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	const exact = 1 << 53
	x, err := strconv.ParseFloat(text, 64)
	return int64(x), err == nil && x == math.Trunc(x) && math.Abs(x) <= exact
}
