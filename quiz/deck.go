package quiz

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz/edtf"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

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
	Owner     int64  // the person who made it; 0 for those that ship
	Visible   Visibility
	Deleted   time.Time // zero as long as it is there
}

// Visibility says who sees a deck.
type Visibility string

// The visibilities. ByLink is for whoever was given the address, which cannot
// be guessed.
const (
	ToMe        Visibility = "me"
	ByLink      Visibility = "link"
	ToEverybody Visibility = "everybody"
)

// Visibilities are all of them, the most private first.
var Visibilities = []Visibility{ToMe, ByLink, ToEverybody}

// Limits of a deck's texts, in characters.
const (
	titleMax   = 120
	aboutMax   = 1000
	CreditMax  = 300
	licenceMax = 80
	addressMax = 500
)

// How many facts and texts a deck can have, and how many decks a person.
const (
	MaxFacts = 5000
	MaxTexts = 200
	MaxDecks = 300
)

// Described is a short name of the deck's description: another one for every
// change of it.
func (d Deck) Described() string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q", []string{d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, string(d.Visible)})
	return strconv.FormatUint(h.Sum64(), 36)
}

// SeenBy tells whether a person may open the deck's page.
func (d *Deck) SeenBy(who Who) bool {
	return d.OwnedBy(who) || d.Deleted.IsZero() && d.Visible != ToMe
}

// OwnedBy tells whether a person may change the deck.
func (d *Deck) OwnedBy(who Who) bool {
	return who.Role == System || d.Owner != 0 && d.Owner == who.Person
}

// Clean trims what people type by accident and writes it in one way.
func (d Deck) Clean() Deck {
	for _, s := range []*string{&d.Title, &d.Language, &d.Licence, &d.Credit} {
		*s = OneLine(*s)
	}
	d.About = strings.TrimSpace(norm.NFC.String(d.About))
	return d
}

// OneLine is a text in one writing, without line breaks and spaces to spare.
func OneLine(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// Check says what is wrong with the description of a deck; fields are title,
// about, language, precision, licence, credit and visible.
func (d Deck) Check() Problems {
	var p Problems
	checkText(&p, "title", d.Title, titleMax, true)
	checkText(&p, "licence", d.Licence, licenceMax, false)
	checkText(&p, "credit", d.Credit, CreditMax, false)
	checkText(&p, "about", strings.Join(strings.Fields(d.About), " "), aboutMax, false)
	if _, err := language.Parse(d.Language); err != nil {
		p.Add("language", "file.language")
	}
	if d.Precision == edtf.NoPrecision {
		p.Add("precision", "problem.choose")
	}
	switch d.Visible {
	case ToMe, ByLink, ToEverybody:
	default:
		p.Add("visible", "problem.choose")
	}
	return p
}

// Check says what is wrong with a source; fields are those of its form.
func (s Source) Check() Problems {
	var p Problems
	checkText(&p, "title", s.Title, titleMax, true)
	checkText(&p, "author", s.Author, titleMax, false)
	checkText(&p, "licence", s.Licence, licenceMax, false)
	checkText(&p, "address", s.Address, addressMax, false)
	if s.Address != "" && !strings.HasPrefix(s.Address, "https://") && !strings.HasPrefix(s.Address, "http://") {
		p.Add("address", "file.address")
	}
	return p
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
