package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/extract"
	"chronicle/quiz/textfile"
	"chronicle/views"
)

// extractCommand prints the proposals or dates found in a text.
type extractCommand struct {
	Dates    bool   `help:"Print every date expression instead of facts."`
	Language string `help:"The language of the text." default:"en"`
	File     string `arg:"" help:"A text: .txt, .md, .html or .docx."`
}

type dateJSON struct {
	Start    int    `json:"start"` // in code points
	End      int    `json:"end"`
	Text     string `json:"text"`
	EDTF     string `json:"edtf"`
	Kind     string `json:"kind"`
	Relation string `json:"relation,omitempty"` // before, after, since, until, by
	Second   string `json:"second,omitempty"`   // alternative reading
	From     string `json:"from,omitempty"`     // what the year was inferred from
}

type proposalJSON struct {
	EDTF     string   `json:"edtf"`
	Event    string   `json:"event"`
	Label    string   `json:"label"`
	Terms    []string `json:"terms,omitempty"`
	Quote    string   `json:"quote"`
	Start    int      `json:"start"` // of the quote, in code points
	End      int      `json:"end"`
	Score    float64  `json:"score"`
	Concerns []string `json:"marks"`
	Second   string   `json:"second,omitempty"`
}

// Run prints one JSON object per line, in text order.
func (c *extractCommand) Run(ctx context.Context, to streams) error {
	text, err := c.read(ctx)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(to.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if c.Dates {
		all, err := extract.FindDates(ctx, text, c.Language)
		if err != nil {
			return err
		}
		for _, x := range all {
			if err := enc.Encode(dateJSON{
				x.Span.Start, x.Span.End, x.Text, x.Date.String(), string(x.Kind), string(x.Preposition), x.SecondDate.String(), x.InferredFromText,
			}); err != nil {
				return err
			}
		}
		return out.Flush()
	}
	found, err := extract.ExtractProposals(ctx, text, c.Language)
	if err != nil {
		return err
	}
	for _, p := range found.Proposals {
		marks := make([]string, len(p.Concerns))
		for i, m := range p.Concerns {
			marks[i] = string(m.Kind)
		}
		if err := enc.Encode(proposalJSON{
			p.Date.String(), p.Event, p.Label, p.Terms, p.Quote, p.Span.Start, p.Span.End, math.Round(p.Score*100) / 100, marks, p.SecondDate.String(),
		}); err != nil {
			return err
		}
	}
	return out.Flush()
}

// read reads the file. Plain text is not modified, so that positions refer to the original file.
func (c *extractCommand) read(ctx context.Context) (string, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(io.LimitReader(f, textfile.MaxTextBytes+1))
	if err != nil {
		return "", err
	}
	text, err := textfile.ReadText(ctx, c.File, content)
	if err != nil {
		return "", fmt.Errorf("%s: %s", c.File, message(err))
	}
	if textfile.IsPlain(c.File, content) {
		return string(content), nil
	}
	return text, nil
}

// message returns the text of an error for people.
func message(err error) string {
	var known *quiz.Error
	if words, e := views.LoadCatalogue(assets.Texts()); e == nil && errors.As(err, &known) {
		return words.English().T(known.Key)
	}
	return err.Error()
}
