package optimizer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz/fsrs"
)

const header = "card_id,review_th,delta_t,rating\n"

func read(text string) (*Log, error) { return ReadLog(context.Background(), strings.NewReader(text)) }

// listed returns the log's reviews as text, in the order of rows.
func listed(l *Log) string {
	lines := make([]string, l.Reviews())
	for c := range l.Cards() {
		for _, r := range l.card(c) {
			lines[r.row] = fmt.Sprintf("%d: %v %d %v %d", c, r.days, r.rating, r.target, r.at)
		}
	}
	return strings.Join(lines, "; ")
}

func TestReadLog(t *testing.T) {
	const plain = "0: 0 3 false 0; 1: 0 1 false 1; 0: 2 4 true 2; 1: 0 2 false 3"
	for name, c := range map[string]struct{ text, want string }{
		"cards in turns":      {header + "a,1,-1,3\nb,2,0,1\na,3,2,4\nb,4,0,2\n", plain},
		"no line at the end":  {header + "a,1,-1,3\nb,2,0,1\na,3,2,4\nb,4,0,2", plain},
		"from Windows":        {"\ufeff" + strings.ReplaceAll(header+"a,1,-1,3\nb,2,0,1\na,3,2,4\nb,4,0,2\n", "\n", "\r\n"), plain},
		"card by card":        {header + "a,1,-1,3\na,3,2,4\nb,2,0,1\nb,4,0,2\n", "0: 0 3 false 0; 0: 2 4 true 2; 1: 0 1 false 1; 1: 0 2 false 3"},
		"other columns":       {"x,Rating,delta_t , CARD_ID,review_th\nq,3,-1,a,1\nq,1,0,b,2\n,4,2,a,3\n\"q\nq\",2,0,b,4\n", plain},
		"written as decimals": {header + "a,1.0,-1.0,3.0\n b ,2,0.0,1\n\na,3e3,2.0,4.0\nb,4000,0,2\n", plain},
		"target":              {strings.TrimSpace(header) + ",target\na,1,-1,3,1\nb,2,0,1,0\na,3,2,4,0\nb,4,0,2,1\n", "0: 0 3 true 0; 1: 0 1 false 1; 0: 2 4 false 2; 1: 0 2 true 3"},
		"hours":               {header + "a,1,0,3\na,2,0.25,3\n", "0: 0 3 false 0; 0: 0.25 3 true 1"},
		"nothing yet":         {header, ""},
	} {
		l, err := read(c.text)
		if err != nil || listed(l) != c.want {
			t.Errorf("%s: %v", name, err)
			if err == nil {
				t.Errorf("%s: %s, want %s", name, listed(l), c.want)
			}
		}
	}
}

func TestReadLogNamesLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                                        "line 1: the file is empty; its first line has to name the columns",
		"card_id,review_th,rating\na,1,3\n":                       "line 1: there is no column delta_t; card_id, review_th, delta_t and rating are needed",
		"a,1,-1,3\n":                                              "line 1: there is no column card_id; card_id, review_th, delta_t and rating are needed",
		"PK\x03\x04\x00\xff\n":                                    "line 1: there is no column card_id; card_id, review_th, delta_t and rating are needed",
		header + "a,1,-1,0\n":                                     "line 2: rating is 0, not 1 to 4",
		header + "a,1,-1,3\n\na,2,1,9\n":                          "line 4: rating is 9, not 1 to 4",
		header + "a,1,-1,-7\n":                                    "line 2: rating is -7, not 1 to 4",
		header + "a,1,-1,259\n":                                   "line 2: rating is 259, not 1 to 4",
		header + "a,1,-1,good\n":                                  `line 2: rating is "good", not a whole number`,
		header + "a,1,-1,2.5\n":                                   `line 2: rating is "2.5", not a whole number`,
		header + "a,1,-1,NaN\n":                                   `line 2: rating is "NaN", not a whole number`,
		header + "a,1,-1,\n":                                      `line 2: rating is "", not a whole number`,
		header + "a,x,-1,3\n":                                     `line 2: review_th is "x", not a whole number`,
		header + "a,1e30,-1,3\n":                                  `line 2: review_th is "1e30", not a whole number`,
		header + "a,1,NaN,3\n":                                    `line 2: delta_t is "NaN", not a number of days`,
		header + "a,1,-1,3\na,2,+Inf,3\n":                         `line 3: delta_t is "+Inf", not a number of days`,
		header + "a,1,soon,3\n":                                   `line 2: delta_t is "soon", not a number of days`,
		header + "a,1,-2,3\n":                                     "line 2: delta_t is -2; time does not run backwards",
		header + "a,1,-1,3\na,2,-0.5,3\n":                         "line 3: delta_t is -0.5; time does not run backwards",
		header + "a,1,-1,3\na,2,-1,3\n":                           `line 3: delta_t is -1, but card "a" was reviewed before`,
		header + "a,1,-1,3\na,2,40000,3\n":                        "line 3: delta_t is 40000, not a number of days up to 36500",
		header + "a,1,5,3\n":                                      `line 2: delta_t is 5 at the first review of card "a"; it has to be -1 or 0 there`,
		header + ",1,-1,3\n":                                      "line 2: card_id is empty",
		header + "a,2,-1,3\na,1,1,3\n":                            `line 3: review_th 1 of card "a" comes after 2: out of order`,
		header + "a,2,-1,3\na,2,1,3\n":                            `line 3: review_th 2 of card "a" stands there twice`,
		header + "a,2,-1,3\nb,1,-1,3\nc,2,0,3":                    "line 4: review_th 2 is that of line 2 too",
		header + "a,1,-1\n":                                       "line 2: 3 fields, but the first line has 4",
		header + "a,1,-1,3,5\n":                                   "line 2: 5 fields, but the first line has 4",
		header + "a,1,-1,3\n\"a,2,1,3\nb,3\n":                     "line 3: a quotation mark is not closed or stands inside a field",
		header + "a\"b,1,-1,3\n":                                  "line 2: a quotation mark is not closed or stands inside a field",
		"card_id,review_th,delta_t,rating,target\na,1,-1,3,2\n":   "line 2: target is 2, not 0 to 1",
		"card_id,review_th,delta_t,rating,target\na,1,-1,3,yes\n": `line 2: target is "yes", not a whole number`,
		header + "\"a\nb\",1,3," + "3\n":                          `line 2: delta_t is 3 at the first review of card "a\nb"; it has to be -1 or 0 there`,
		header + strings.Repeat("long", 50) + ",1,3,3\n":          `line 2: delta_t is 3 at the first review of card "` + strings.Repeat("long", 10) + `…"; it has to be -1 or 0 there`,
	} {
		_, err := read(text)
		var e *LogError
		if !errors.As(err, &e) || err.Error() != want {
			t.Errorf("%q\n gives %v\n want  %s", text, err, want)
		}
	}
}

// TestReadLogPassesErrors checks that an error of the reader is returned unchanged.
func TestReadLogPassesErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	from := io.MultiReader(strings.NewReader(header+"a,1,-1,3\n"), failing{broken})
	if _, err := ReadLog(context.Background(), from); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestReadLogStopsWithContext(t *testing.T) {
	text := header
	for i := range 5000 {
		text += fmt.Sprintf("a,%d,0,3\n", i)
	}
	for looks := range 5 {
		ctx := &impatient{context.Background(), looks}
		if _, err := ReadLog(ctx, strings.NewReader(text)); !errors.Is(err, context.Canceled) {
			t.Errorf("after %d looks: %v", looks, err)
		}
	}
}

func TestPredictKnowsWhatCameBefore(t *testing.T) {
	l, err := read("card_id,review_th,delta_t,rating,target\n" +
		"a,1,-1,1,0\nb,2,-1,3,1\na,3,0,3,1\nb,4,5,1,1\na,5,3,4,0\nb,6,2,3,1\na,7,9,1,1\n")
	if err != nil {
		t.Fatal(err)
	}
	m := must(fsrs.DefaultWeights)
	after := func(days []float64, ratings ...fsrs.Rating) (mem fsrs.Memory) {
		for i, r := range ratings {
			mem = m.NextMemory(mem, days[i], r, fsrs.PlainForm)
		}
		return mem
	}
	want := []float64{
		fsrs.PriorKnowledge, fsrs.SameDayRecall,
		m.Retrievability(after([]float64{0}, 3), 5),
		m.Retrievability(after([]float64{0, 5}, 3, 1), 2),
		m.Retrievability(after([]float64{0, 0, 3}, 1, 3, 4), 9),
	}
	if got := predicted(t, l, fsrs.DefaultWeights); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// FuzzReadLog checks that a valid log can be trained on and predicted, and that an
// error for an invalid one is a single line with a valid line number.
func FuzzReadLog(f *testing.F) {
	for _, text := range []string{
		"", header, header + "a,1,-1,3\nb,2,0,1\na,3,2,4\nb,4,0.5,2\n", header + "a,1,NaN,9\n", header + "\"a\nb\",1,3,3\n",
		"target,card_id,review_th,delta_t,rating\n1,a,1,-1,3\n1,a,2,36500,1\n", "\ufeffRATING, card_id,review_th,delta_t\n3.0,\"\"\"\",1e3,1e-300\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := read(text)
		if err != nil {
			var e *LogError
			if !errors.As(err, &e) || e.Line < 1 || e.Line > 1+strings.Count(text, "\n") || strings.ContainsAny(err.Error(), "\n\r") {
				t.Fatalf("%q", err)
			}
			return
		}
		r, err := FitWeights(context.Background(), l, 1)
		if err != nil || r.Weights.Validate() != nil || !(r.Loss <= r.DefaultLoss) || math.IsInf(r.DefaultLoss, 0) || r.ReviewCount > l.Reviews() {
			t.Fatalf("%+v, %v", r, err)
		}
		for _, p := range predicted(t, l, r.Weights) {
			if !(p > 0 && p < 1) {
				t.Fatalf("a chance of %v", p)
			}
		}
	})
}
