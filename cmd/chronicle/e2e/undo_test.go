package e2e

import "testing"

// TestUndo undoes answers one by one to the very first question, and answers again.
func TestUndo(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		var asked []screen
		for i := range 5 {
			s := b.asking()
			asked = append(asked, s)
			right, _ := solve(t, s)
			if i%2 == 1 {
				right = (right + 1) % len(s.Options)
			}
			b.answer(s, right)
			if i < 4 {
				b.follow("a.button.primary", "Continue")
			}
		}
		for i := len(asked) - 1; i >= 0; i-- {
			b.follow("button", "Undo")
			s := b.asking()
			if !s.same(asked[i]) || s.Count != asked[i].Count {
				t.Fatalf("undo %d brought %+v, not %+v", len(asked)-i, s, asked[i])
			}
			if n := p.server.counted(); n != i {
				t.Errorf("%d answers stand after %d undos of %d", n, len(asked)-i, len(asked))
			}
		}
		if b.has("button", "Undo") {
			t.Error("there is still something to undo before the first answer")
		}
		for i := range 3 {
			s := b.asking()
			if s.number() != i+1 {
				t.Errorf("after undoing all and %d answers: %q", i, s.Count)
			}
			right, _ := solve(t, s)
			if told := b.answer(s, right); told.Verdict != "right" {
				t.Errorf("the verdict is %q", told.Verdict)
			}
			b.follow("a.button.primary", "Continue")
		}
		if n := p.server.counted(); n != 3 {
			t.Errorf("%d answers stand, want 3", n)
		}
	})
}
