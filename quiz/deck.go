package quiz

import "chronicle/quiz/edtf"

// Deck is facts on one subject.
type Deck struct {
	ID        int64
	Name      string // the word in its address
	Title     string
	About     string
	Language  string         // of its facts: "en"
	Precision edtf.Precision // the finest date that is asked for
	Licence   string
	Credit    string
	Sources   []Source
	Facts     []Fact // in order of date
	Version   int64  // grows with every change
}

// Source is a text that a teacher brought.
type Source struct {
	Key, Title, Author, Address, Licence string
}

// SourceOf gives the source of a fact.
func (d *Deck) SourceOf(f Fact) (Source, bool) {
	for _, s := range d.Sources {
		if s.Key == f.Source {
			return s, true
		}
	}
	return Source{}, false
}

// Fact gives the fact of that number.
func (d *Deck) Fact(id int64) (Fact, bool) {
	for _, f := range d.Facts {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// Years are the first and the last year of the facts, open ends left out;
// astronomical, so that 0 is 1 BC. Without facts both are zero.
func (d *Deck) Years() (first, last int64) {
	for _, f := range d.Facts {
		for _, day := range []int64{f.Date.Lo(), f.Date.Hi()} {
			if day == edtf.MinDay || day == edtf.MaxDay {
				continue
			}
			y, _, _ := edtf.Civil(day)
			if first == 0 && last == 0 {
				first, last = y, y
			}
			first, last = min(first, y), max(last, y)
		}
	}
	return first, last
}
