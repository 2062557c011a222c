package e2e

import "testing"

// TestProgress checks that the progress page shows past practice, opens its tables, and starts quizzes of a period
// and of confused facts.
func TestProgress(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		b.missOne()
		b.follow("a.button.primary", "Continue")
		b.practise()
		p.server.age(9)

		b.open("/")
		b.follow(".menu a", "Progress")
		b.wants("h1", "Progress")
		b.wants(".lead", "of your ")
		b.wants("figcaption", "day of practice")
		b.fits()

		b.pressNth(".as-table summary", 0)
		b.wants(".as-table caption", "")
		if rows := eval[int](b, `document.querySelector(".as-table[open] tbody").rows.length`); rows == 0 {
			t.Error("the table that was opened is empty")
		}
		b.fits()

		b.follow(".periods li:nth-child(2) button", "to")
		if s := b.asking(); s.Count == "" {
			t.Errorf("practice of a period asks %+v", s)
		}
		b.open("/progress")
		if b.has(".rowed form button", "Tell apart") {
			b.follow(".rowed li:has(form) button", "Tell apart")
			s := b.asking()
			if len(s.Options) != 2 {
				t.Errorf("what is mixed up is asked as %+v", s)
			}
			b.right(s)
		} else {
			t.Error("nothing is mixed up, though one answer was wrong")
		}
	})
}

// tourProgress shows the progress page with its tables closed and open.
func (b *tab) tourProgress(show func(string)) {
	b.t.Helper()
	b.open("/progress")
	show("progress")
	for _, d := range eval[[]int](b, `[...document.querySelectorAll(".as-table summary").keys()]`) {
		b.pressNth(".as-table summary", d)
	}
	show("progress-tables")
}
