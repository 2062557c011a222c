package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"chronicle/quiz/fsrs"
	"chronicle/quiz/fsrs/optimizer"
)

// fitCommand trains FSRS parameters on a review log, or predicts the recall of each review.
type fitCommand struct {
	Predict string `help:"Print the chance of a right answer for each review of this log that is a target, instead of training." placeholder:"FILE"`
	Weights string `help:"Predict with these weights: what this command printed, or a JSON array of 21 numbers." placeholder:"FILE"`
	Log     string `arg:"" optional:"" help:"A CSV file with columns card_id, review_th (order in time), delta_t (days; -1 or 0 at a card's first review), rating (1 to 4) and perhaps target (1: learn from it)."`
}

// Validate checks which arguments can be combined.
func (c *fitCommand) Validate() error {
	switch {
	case c.Log == "" && c.Predict == "":
		return errors.New("a log is needed")
	case c.Log != "" && c.Predict != "":
		return errors.New("either a log to learn from or --predict, not both")
	case (c.Predict == "") != (c.Weights == ""):
		return errors.New("--predict and --weights belong together")
	}
	return nil
}

// parametersJSON is the printed result, which can be read again for predictions.
type parametersJSON struct {
	W       fsrs.Weights `json:"w"`
	Ms      int64        `json:"trainMs"`
	Items   int          `json:"items"`
	Loss    float64      `json:"logLoss"`
	Default float64      `json:"logLossDefault"`
}

// fitSeed is the seed for grouping cards, so that the same log gives the same parameters.
const fitSeed = 1

// Run prints the parameters as one JSON object, or one probability per line.
func (c *fitCommand) Run(ctx context.Context, to streams) error {
	if c.Predict != "" {
		return plainError(c.predict(ctx, to.out))
	}
	log, err := readLog(ctx, c.Log)
	if err != nil {
		return plainError(err)
	}
	from := time.Now()
	r, err := runCancellable(ctx, func() (optimizer.FitResult, error) { return optimizer.FitWeights(ctx, log, fitSeed) })
	if err != nil {
		return plainError(err)
	}
	return json.NewEncoder(to.out).Encode(parametersJSON{r.Weights, time.Since(from).Milliseconds(), r.ReviewCount, r.Loss, r.DefaultLoss})
}

func (c *fitCommand) predict(ctx context.Context, to io.Writer) error {
	w, err := readWeights(ctx, c.Weights)
	if err != nil {
		return err
	}
	model, err := fsrs.New(w)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Weights, plainWeight(err))
	}
	log, err := readLog(ctx, c.Predict)
	if err != nil {
		return err
	}
	chances, err := optimizer.Predict(ctx, log, model)
	if err != nil {
		return err
	}
	out, line := bufio.NewWriter(to), []byte(nil)
	for _, p := range chances {
		line = append(strconv.AppendFloat(line[:0], p, 'f', -1, 64), '\n')
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// plainError replaces context.Canceled by a readable error.
func plainError(err error) error {
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped before it was done")
	}
	return err
}

// plainWeight removes the package name from an error about a parameter.
func plainWeight(err error) error {
	var e *fsrs.WeightError
	if errors.As(err, &e) {
		return fmt.Errorf("w%d is %v, not within %v to %v", e.Index, e.Value, e.Min, e.Max)
	}
	return err
}

func readLog(ctx context.Context, name string) (*optimizer.Log, error) {
	return readFileContext(ctx, name, func(f io.Reader) (*optimizer.Log, error) { return optimizer.ReadLog(ctx, f) })
}

func readWeights(ctx context.Context, name string) (fsrs.Weights, error) {
	return readFileContext(ctx, name, func(f io.Reader) (fsrs.Weights, error) {
		const most = 1 << 20
		text, err := io.ReadAll(io.LimitReader(f, most))
		if err != nil {
			return fsrs.Weights{}, err
		}
		return parseWeights(text)
	})
}

// readFileContext reads a file; it stops waiting for a pipe when ctx ends.
func readFileContext[T any](ctx context.Context, name string, read func(io.Reader) (T, error)) (T, error) {
	return runCancellable(ctx, func() (T, error) {
		var none T
		f, err := os.Open(name)
		if err != nil {
			return none, err
		}
		defer func() { _ = f.Close() }()
		value, err := read(f)
		if err != nil {
			return none, named(name, err)
		}
		return value, nil
	})
}

// runCancellable runs a function that may be slow to notice the end of ctx, and returns without waiting for it
// then.
func runCancellable[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := do()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// named prefixes an error with the file name if it is missing.
func named(name string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// parseWeights parses the output of fit or an array of 21 numbers.
func parseWeights(text []byte) (fsrs.Weights, error) {
	var w fsrs.Weights
	var kept struct {
		W []*float64 `json:"w"`
	}
	if json.Unmarshal(text, &kept) != nil && json.Unmarshal(text, &kept.W) != nil || kept.W == nil {
		return w, errors.New("no weights: it has to be what chronicle fit printed, or a JSON array of 21 numbers")
	}
	if len(kept.W) != len(w) {
		return w, fmt.Errorf("%d weights, not %d", len(kept.W), len(w))
	}
	for i, x := range kept.W {
		if x == nil {
			return w, fmt.Errorf("w%d is null, not a number", i)
		}
		w[i] = *x
	}
	return w, nil
}
