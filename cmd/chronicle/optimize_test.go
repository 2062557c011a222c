package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"chronicle/quiz/fsrs"
)

// forgetful writes the review log, as CSV, of a learner who forgets much faster than most: cards in turn, each
// started at 0 or −1 and then asked every few days.
func forgetful(cards, rounds int) string {
	rnd := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("review_th,card_id,rating,delta_t,note\n")
	n := 0
	for round := range rounds {
		for card := range cards {
			n++
			days, rating := 1+rnd.IntN(5), 3
			if rnd.Float64() < 0.5 {
				rating = 1
			}
			if round == 0 {
				days = -(card % 2)
			}
			_, _ = fmt.Fprintf(&b, "%d,%d,%d,%d,\"a, b\"\n", n, card, rating, days)
		}
	}
	return b.String()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fitted runs fit, which must print one JSON object and nothing else.
func fitted(t *testing.T, log string) (r parametersJSON, printed string) {
	t.Helper()
	s := chronicle(t, "fit", log)
	if s.status != 0 || s.err != "" || strings.Count(s.out, "\n") != 1 {
		t.Fatalf("status %d, %q, %q", s.status, s.out, s.err)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(s.out), &keys); err != nil || len(keys) != 5 {
		t.Fatalf("%v in %s", err, s.out)
	}
	if err := json.Unmarshal([]byte(s.out), &r); err != nil {
		t.Fatal(err)
	}
	var w []float64
	if err := json.Unmarshal(keys["w"], &w); err != nil || len(w) != 21 || r.W.Validate() != nil {
		t.Fatalf("weights %s: %v", keys["w"], r.W.Validate())
	}
	return r, s.out
}

func TestFitAndPredict(t *testing.T) {
	t.Chdir(t.TempDir())
	log := forgetful(100, 6)
	write(t, "log.csv", log)
	r, printed := fitted(t, "log.csv")
	if r.Items != 500 || !(r.Loss < 0.72) || !(r.Default > r.Loss+0.05) || r.Ms < 0 {
		t.Errorf("it printed %s", printed)
	}
	if again, _ := fitted(t, "log.csv"); again.W != r.W {
		t.Error("twice the same log gives other weights")
	}
	bare, err := json.Marshal(r.W)
	if err != nil {
		t.Fatal(err)
	}
	write(t, "w.json", printed)
	write(t, "bare.json", string(bare))
	s := chronicle(t, "fit", "--predict", "log.csv", "--weights", "w.json")
	if s.status != 0 || s.err != "" {
		t.Fatalf("status %d, %q", s.status, s.err)
	}
	if b := chronicle(t, "fit", "--predict", "log.csv", "--weights", "bare.json"); b.out != s.out {
		t.Error("an array of weights predicts something else")
	}
	if loss := lossOf(t, log, s.out); math.Abs(loss-r.Loss) > 1e-9 {
		t.Errorf("the chances have a log loss of %v, fit told %v", loss, r.Loss)
	}
}

// lossOf returns the mean log loss of probabilities, one per line, for the rows after some days.
func lossOf(t *testing.T, log, chances string) float64 {
	t.Helper()
	lines, sum, n := strings.Split(strings.TrimSpace(chances), "\n"), 0.0, 0
	for _, row := range strings.Split(strings.TrimSpace(log), "\n")[1:] {
		f := strings.Split(row, ",")
		if f[3] == "0" || f[3] == "-1" {
			continue
		}
		p, err := strconv.ParseFloat(lines[n], 64)
		if err != nil {
			t.Fatal(err)
		}
		if f[2] == "1" {
			p = 1 - p
		}
		sum -= math.Log(p)
		n++
	}
	if n != len(lines) {
		t.Fatalf("%d chances for %d rows", len(lines), n)
	}
	return sum / float64(n)
}

func TestFitTargets(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "log.csv", "card_id,review_th,delta_t,rating,target\n7,1,-1,3,1\n8,2,0,3,0\n7,3,2,3,0\n8,4,2,1,1\n7,5,4,3,1\n")
	write(t, "w.json", mustJSON(t, fsrs.DefaultWeights))
	if r, _ := fitted(t, "log.csv"); r.Items != 2 || r.W != fsrs.DefaultWeights || r.Loss != r.Default || r.Loss <= 0 {
		t.Errorf("%+v", r)
	}
	s := chronicle(t, "fit", "--predict", "log.csv", "--weights=w.json")
	m, err := fsrs.New(fsrs.DefaultWeights)
	if err != nil {
		t.Fatal(err)
	}
	good := m.NextMemory(fsrs.Memory{}, 0, fsrs.Good, fsrs.PlainForm)
	want := fmt.Sprintln(fsrs.PriorKnowledge) + fmt.Sprintln(m.Retrievability(good, 2)) + fmt.Sprintln(m.Retrievability(m.NextMemory(good, 2, fsrs.Good, fsrs.PlainForm), 4))
	if s.status != 0 || s.out != want {
		t.Errorf("status %d, it printed %q, want %q; %s", s.status, s.out, want, s.err)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFitOfOneReview(t *testing.T) {
	t.Chdir(t.TempDir())
	for items, text := range []string{"1,1,-1,3\n", "1,1,-1,3\n1,2,5,3\n"} {
		write(t, "log.csv", "card_id,review_th,delta_t,rating\n"+text)
		if r, _ := fitted(t, "log.csv"); r.Items != items || r.W != fsrs.DefaultWeights || r.Loss != r.Default {
			t.Errorf("%+v", r)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "empty.csv", "")
	write(t, "rating.csv", "card_id,review_th,delta_t,rating\n1,1,-1,3\n1,2,1,9\n")
	write(t, "good.csv", "card_id,review_th,delta_t,rating\n1,1,-1,3\n1,2,1,3\n")
	write(t, "good.json", mustJSON(t, fsrs.DefaultWeights))
	chronicle(t, "fit", "empty.csv").fails(t, 1, "empty.csv: line 1: ", "empty")
	chronicle(t, "fit", "rating.csv").fails(t, 1, "rating.csv: line 3: rating is 9, not 1 to 4")
	chronicle(t, "fit", "none.csv").fails(t, 1, "none.csv", "no such file")
	chronicle(t, "fit", ".").fails(t, 1, "is a directory")
	chronicle(t, "fit", "--predict", "rating.csv", "--weights", "good.json").fails(t, 1, "rating.csv: line 3")
	chronicle(t, "fit", "--predict", "none.csv", "--weights", "good.json").fails(t, 1, "none.csv", "no such file")
	chronicle(t, "fit", "--predict", "good.csv", "--weights", "none.json").fails(t, 1, "none.json", "no such file")

	heavy := fsrs.DefaultWeights
	heavy[7] = 0.9
	for text, want := range map[string]string{
		"":                          "no weights",
		"hello":                     "no weights",
		"null":                      "no weights",
		"{}":                        "no weights",
		`{"w":null}`:                "no weights",
		`{"w":"1"}`:                 "no weights",
		`["1"]`:                     "no weights",
		"[1e999]":                   "no weights",
		"[1,2] [3]":                 "no weights",
		"[]":                        "0 weights, not 21",
		"[0.2,1.3]":                 "2 weights, not 21",
		mustJSON(t, heavy):          "w7 is 0.9, not within 0.001 to 0.75",
		`{"w":[` + nulls(21) + `]}`: "w0 is null",
	} {
		write(t, "w.json", text)
		s := chronicle(t, "fit", "--predict", "good.csv", "--weights", "w.json")
		s.fails(t, 1, "w.json: "+want)
		if strings.Contains(s.err, " json:") || strings.Contains(s.err, "fsrs:") {
			t.Errorf("it shows its inside: %q", s.err)
		}
	}
	for _, args := range [][]string{
		{"fit"},
		{"fit", "good.csv", "--predict", "good.csv", "--weights", "good.json"},
		{"fit", "--predict", "good.csv"},
		{"fit", "good.csv", "--weights", "good.json"},
		{"fit", "good.csv", "good.csv"},
	} {
		chronicle(t, args...).fails(t, 2, "chronicle --help says all")
	}
}

func nulls(n int) string { return strings.Join(slices.Repeat([]string{"null"}, n), ",") }

// TestFitStops checks that fit stops when cancelled: before it started, and while it waits for a log that never
// comes.
func TestFitStops(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "log.csv", forgetful(100, 6))
	if err := syscall.Mkfifo("pipe.csv", 0o600); err != nil {
		t.Fatal(err)
	}
	for log, wait := range map[string]time.Duration{"log.csv": 0, "pipe.csv": 50 * time.Millisecond} {
		ctx, stop := context.WithCancel(context.Background())
		if time.AfterFunc(wait, stop); wait == 0 {
			stop()
		}
		var out, errs bytes.Buffer
		ended := make(chan int, 1)
		go func() { ended <- run(ctx, []string{"fit", log}, &out, &errs) }()
		select {
		case status := <-ended:
			said{status, out.String(), errs.String()}.fails(t, 1, "stopped before it was done")
		case <-time.After(10 * time.Second):
			t.Errorf("%s: it goes on", log)
		}
	}
}
