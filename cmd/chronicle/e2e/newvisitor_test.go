package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz"
)

// TestNewVisitor practises the first ten cards as a new visitor and finds the progress again.
func TestNewVisitor(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.wants("h1", "Remember when.")
		b.settle()
		t.Logf("first load: %d bytes, fonts apart", b.received())
		if b.received() > 60_000 {
			t.Errorf("first load: %d bytes, more than 60 kB", b.received())
		}
		b.fits()
		b.follow("button.primary", "Practise now")

		missed := b.missOne()
		b.follow("a.button.primary", "Continue")
		b.hit(b.asking())
		b.follow("a.button.primary", "Continue")
		b = b.leaveAndComeBack()
		answers, end := b.practise()
		b.ended(end, answers+2, missed)
		b.follow("a.button.primary", "Go to Today")
		b.showsProgress()

		b.close()
		b = p.tab()
		b.open("/")
		b.showsProgress()
		if n := p.server.counted(); n != answers+2 {
			t.Errorf("%d answers were kept, want %d", n, answers+2)
		}
	})
}

// missOne answers the first question of a first session wrongly.
func (b *tab) missOne() quiz.Fact {
	b.t.Helper()
	s := b.asking()
	if s.Count != "1 of 20" {
		b.t.Errorf("the first question is %q", s.Count)
	}
	return b.miss(s)
}

// miss answers a question wrongly and reads the feedback.
func (b *tab) miss(s screen) quiz.Fact {
	b.t.Helper()
	right, fact := solve(b.t, s)
	wrong := (right + 1) % len(s.Options)
	told := b.answer(s, wrong)
	if told.Word != "Wrong." || told.Verdict != "wrong" {
		b.t.Errorf("the verdict on a wrong answer is %q (%s)", told.Word, told.Verdict)
	}
	b.explained(told, fact, right)
	chosen := told.Options[wrong]
	if !strings.Contains(chosen.Class, "wrong") || chosen.Heard != "your answer" || !chosen.Icon {
		b.t.Errorf("the chosen option is not marked: %+v", chosen)
	}
	if want := "You chose " + s.Options[wrong].Text + "."; s.Kind == "when-choice" {
		if !strings.Contains(told.Feedback, want) || !b.typeDistractor(told.Feedback, s.Options[wrong].Text) {
			b.t.Errorf("the lure %q is not explained: %s", s.Options[wrong].Text, told.Feedback)
		}
	} else if want := fmt.Sprintf("You chose “%s”. That was %s.", s.Options[wrong].Text, factOf(b.t, s.Options[wrong].Text).Date.FormatWithPreposition("en")); !strings.Contains(told.Feedback, want) {
		b.t.Errorf("the lure is not explained by %q: %s", want, told.Feedback)
	}
	return fact
}

// typeDistractor reports whether a text names an event that really has that date.
func (b *tab) typeDistractor(text, date string) bool {
	d := dateOf(b.t, date)
	return slices.ContainsFunc(theDeck().Facts, func(f quiz.Fact) bool {
		return f.AcceptsDate(d) && strings.Contains(text, "That was another event: "+f.Event+".")
	})
}

// hit answers a question rightly.
func (b *tab) hit(s screen) {
	b.t.Helper()
	right, fact := solve(b.t, s)
	told := b.answer(s, right)
	if told.Word != "Right." || told.Verdict != "right" {
		b.t.Errorf("the verdict on a right answer is %q (%s)", told.Word, told.Verdict)
	}
	b.explained(told, fact, right)
	if strings.Contains(told.Feedback, "You chose") {
		b.t.Errorf("a right answer is explained as a wrong one: %s", told.Feedback)
	}
	b.wants(".actions", "You will see it again ")
}

// explained checks what all feedback shows: the right option, its date and label, the detail and the citation.
func (b *tab) explained(told screen, fact quiz.Fact, right int) {
	b.t.Helper()
	if o := told.Options[right]; !strings.Contains(o.Class, "right") || o.Heard != "the right answer" || !o.Icon {
		b.t.Errorf("the right option is not marked: %+v", o)
	}
	if !strings.Contains(told.Head, fact.Date.Format("en")) || !strings.Contains(told.Head, fact.Label) {
		b.t.Errorf("the verdict says %q, without %q or %q", told.Head, fact.Date.Format("en"), fact.Label)
	}
	if !strings.Contains(told.Feedback, fact.Detail) {
		b.t.Errorf("the verdict lacks the detail %q: %s", fact.Detail, told.Feedback)
	}
	source, _ := theDeck().SourceOf(fact)
	if !strings.Contains(told.Place, "“"+source.Title+"”") || !strings.Contains(told.Place, "in “"+fact.Section+"”") {
		b.t.Errorf("the source's place is %q, not in %q of %q", told.Place, fact.Section, source.Title)
	}
}

// leaveAndComeBack leaves an open question, by the button and by closing the tab, and finds the same one.
func (b *tab) leaveAndComeBack() *tab {
	b.t.Helper()
	before := b.asking()
	b.follow("a.button", "Leave")
	b.wants("h2", "Your memory")
	b.follow("button.primary", "Practise now")
	if now := b.asking(); !now.same(before) || now.Count != before.Count {
		b.t.Errorf("after leaving, %+v waits, not %+v", now, before)
	}
	b.close()
	again := b.p.tab()
	again.open("/")
	again.follow("button.primary", "Practise now")
	if now := again.asking(); !now.same(before) || now.Count != before.Count {
		b.t.Errorf("in a new tab, %+v waits, not %+v", now, before)
	}
	return again
}

// ended checks the end page of a first session with one fact missed once.
func (b *tab) ended(end screen, answers int, missed quiz.Fact) {
	b.t.Helper()
	if end.Head != "You got 10 facts right" {
		b.t.Errorf("the end says %q", end.Head)
	}
	if want := fmt.Sprintf("%d answers, %d right.", answers, answers-1); !strings.Contains(end.Lead, want) {
		b.t.Errorf("the end says %q, not %q", end.Lead, want)
	}
	if !strings.Contains(end.Lead, "The next card of this deck is due ") {
		b.t.Errorf("the end does not say when the next is due: %q", end.Lead)
	}
	b.wants(".hard li", missed.Event)
	b.wants(".hard li", "missed once")
	b.wants(".quiet", "new cards for later")
	if !end.Undo {
		b.t.Error("the last answer cannot be undone at the end")
	}
}

// showsProgress checks the Today page after a first session.
func (b *tab) showsProgress() {
	b.t.Helper()
	b.fits()
	b.wants("h2", "Your memory, ")
	b.wants(".lead", "of your 10 facts today")
	b.wants(".decks a", theDeck().Title)
	b.wants(".decks .chip", "Done today")
	b.wants("h2", "Next two weeks")
	b.wants("h2", "Half a year of practice")
	b.wants("figcaption", "One day of practice")
	if n := eval[int](b, `[...document.querySelectorAll(".timeline")].filter((e) => e.checkVisibility()).length`); n != 1 {
		b.t.Errorf("Today shows %d memory lines", n)
	}
	if n := eval[int](b, `document.querySelectorAll(".calendar .level-2, .calendar .level-1").length`); n != 1 {
		b.t.Errorf("the calendar marks %d days", n)
	}
}
