package fsrs

import "testing"

var sink NextState

var benched = CardState{Phase: PhaseReview, Memory: Memory{12.5, 5.3}, LastDay: 100, Reps: 7}

func TestAnswerCardAllocatesNothing(t *testing.T) {
	s := Default()
	for _, f := range []Form{PlainForm, ChoiceForm(4)} {
		for r := Again; r <= Easy; r++ {
			for _, c := range []CardState{{}, benched} {
				if n := testing.AllocsPerRun(100, func() { sink = s.AnswerCard(c, 112, r, f, 42) }); n != 0 {
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
	}{{"plain", PlainForm}, {"choice", ChoiceForm(4)}} {
		b.Run(c.name, func(b *testing.B) {
			s, i := Default(), uint64(0)
			b.ReportAllocs()
			for b.Loop() {
				i++
				sink = s.AnswerCard(benched, 112, Rating(i%4)+1, c.form, i)
			}
		})
	}
}

func BenchmarkPreview(b *testing.B) {
	s := Default()
	b.ReportAllocs()
	for b.Loop() {
		p := s.PreviewAnswers(benched, 112, PlainForm, 42)
		sink = p[2]
	}
}
