package authoring

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"
)

// RejectedRow is a table row that was not added, as it was written.
type RejectedRow struct {
	Line     int // in the text, from 1
	Text     string
	Problems quiz.Problems
}

// TableColumns are the columns of a fact table in their default order. A header row
// may give another order.
var TableColumns = []string{"when", "what", "label", "terms", "tags", "detail"}

// columnAliases maps the names allowed in a header row to columns.
var columnAliases = map[string]string{
	"when": "when", "date": "when", "edtf": "when", "year": "when", "what": "what", "event": "what", "what happened": "what", "fact": "what",
	"label": "label", "name": "label", "terms": "terms", "term": "terms", "tags": "tags", "tag": "tags", "detail": "detail", "note": "detail", "notes": "detail",
}

// maxRows is the maximum number of rows in one table.
const maxRows = 2000

// AddFactRows creates facts from the rows of a table, either tab-separated as
// copied from a spreadsheet or CSV. Rows that are invalid or duplicate a fact of
// the deck are returned with their problems; the others are added as one change.
func AddFactRows(ctx context.Context, db DeckStore, who quiz.Who, deck int64, text string, now time.Time) (added int, bad []RejectedRow, err error) {
	rows, bad, err := parseRows(ctx, text)
	if err != nil {
		return 0, nil, err
	}
	if len(rows)+len(bad) == 0 {
		var p quiz.Problems
		p.Add("rows", "problem.rows.none")
		return 0, nil, invalidError(p)
	}
	malformed := bad
	err = db.EditDeck(ctx, who, deck, 0, now, func(d EditInput) (EditResult, error) {
		added, bad = 0, slices.Clone(malformed) // the transaction may be retried
		r := EditResult{Change: quiz.Change{Action: "rows"}}
		keys, said := newKeySet(d.Deck), map[string]bool{}
		for _, f := range d.Deck.Facts {
			if !f.Retired {
				said[duplicateKey(f)] = true
			}
		}
		has := facts(d.Deck)
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return EditResult{}, err
			}
			f, p := row.form.parse(quiz.Fact{}, d.Deck.Language)
			switch {
			case len(p) > 0:
			case said[duplicateKey(f)]:
				p.Add("event", "problem.rows.twice")
			case has+len(r.Facts) >= quiz.MaxFacts:
				p.Add("event", "error.deck.full")
			}
			if len(p) > 0 {
				bad = append(bad, RejectedRow{row.line, row.text, p})
				continue
			}
			f = keys.assignKey(f)
			said[duplicateKey(f)] = true
			r.Facts = append(r.Facts, quiz.FactChange{After: f})
		}
		added = len(r.Facts)
		return r, nil
	})
	slices.SortStableFunc(bad, func(a, b RejectedRow) int { return a.Line - b.Line })
	return added, bad, err
}

// duplicateKey returns a key that is equal for facts with the same date and event.
func duplicateKey(f quiz.Fact) string { return f.Date.String() + "\t" + quiz.FoldName(f.Event) }

type tableRow struct {
	line int
	text string
	form FactForm
}

// parseRows reads the rows of a table; bad holds the rows that cannot be read.
func parseRows(ctx context.Context, text string) (rows []tableRow, bad []RejectedRow, err error) {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, cellSeparator(text)
	columns := TableColumns
	lines := strings.Split(text, "\n")
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, bad, nil
		}
		if err != nil {
			var where *csv.ParseError
			errors.As(err, &where)
			var p quiz.Problems
			p.Add("event", "problem.rows.form")
			return rows, append(bad, RejectedRow{where.StartLine, strings.Join(lines[max(0, where.StartLine-1):], "\n"), p}), nil
		}
		if named, ok := parseHeader(cells); n == 0 && ok {
			columns = named
			continue
		}
		line, _ := r.FieldPos(0)
		end, _ := r.FieldPos(len(cells) - 1)
		end += strings.Count(cells[len(cells)-1], "\n")
		raw := strings.Join(lines[line-1:min(end, len(lines))], "\n")
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if len(rows) >= maxRows {
			var p quiz.Problems
			p.Add("event", "problem.rows.many", "Max", maxRows)
			return rows, append(bad, RejectedRow{line, strings.Join(lines[line-1:], "\n"), p}), nil
		}
		rows = append(rows, tableRow{line, raw, newFormFromCells(columns, cells)})
	}
}

// cellSeparator returns the separator of the cells: tab if the first line has one,
// otherwise comma or semicolon, whichever is more frequent there.
func cellSeparator(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	if strings.Contains(first, "\t") {
		return '\t'
	}
	if strings.Count(first, ";") > strings.Count(first, ",") {
		return ';'
	}
	return ','
}

// parseHeader parses a header row. It must name at least the date and the event.
func parseHeader(cells []string) ([]string, bool) {
	var out []string
	for _, c := range cells {
		out = append(out, columnAliases[strings.ToLower(quiz.OneLine(c))])
	}
	return out, slices.Contains(out, "when") && slices.Contains(out, "what")
}

func newFormFromCells(columns, cells []string) FactForm {
	var form FactForm
	for i, c := range cells {
		if i >= len(columns) {
			break
		}
		switch columns[i] {
		case "when":
			form.Date = c
		case "what":
			form.Event = c
		case "label":
			form.Label = c
		case "terms":
			form.Terms = c
		case "tags":
			form.Tags = c
		case "detail":
			form.Detail = c
		}
	}
	return form
}
