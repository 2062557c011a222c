package fsrs

import "testing"

var sink Next

var benched = Card{Phase: PhaseReview, Memory: Memory{12.5, 5.3}, LastDay: 100, Reps: 7}

func TestAnswerAllocatesNothing(t *testing.T) {
	s := Default()
	for _, f := range []Form{Plain, Choice(4)} {
		for r := Again; r <= Easy; r++ {
			for _, c := range []Card{{}, benched} {
				if n := testing.AllocsPerRun(100, func() { sink = s.Answer(c, 112, r, f, 42) }); n != 0 {
					t.Errorf("%v %v of %v allocates %v times", c.Phase, r, f, n)
				}
			}
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	for _, c := range []struct {
		name string
		form Form
	}{{"plain", Plain}, {"choice", Choice(4)}} {
		b.Run(c.name, func(b *testing.B) {
			s, i := Default(), uint64(0)
			b.ReportAllocs()
			for b.Loop() {
				i++
				sink = s.Answer(benched, 112, Rating(i%4)+1, c.form, i)
			}
		})
	}
}

func BenchmarkPreview(b *testing.B) {
	s := Default()
	b.ReportAllocs()
	for b.Loop() {
		p := s.Preview(benched, 112, Plain, 42)
		sink = p[2]
	}
}
