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
	ID         int64
	Name       string // the word in its address
	Title      string
	About      string
	Language   string         // of its facts: "en"
	Precision  edtf.Precision // the finest date that is asked for
	Licence    string
	Credit     string
	Sources    []Source
	Facts      []Fact // in order of date
	Version    int64  // grows with every change
	Owner      int64  // the person who made it; 0 for those that ship
	Visibility Visibility
	Deleted    time.Time // zero as long as it is there
}

// Visibility says who sees a deck.
type Visibility string

// The visibilities. VisibilityLink is for whoever was given the address, which cannot
// be guessed.
const (
	VisibilityPrivate Visibility = "me"
	VisibilityLink    Visibility = "link"
	VisibilityPublic  Visibility = "everybody"
)

// Visibilities are all of them, the most private first.
var Visibilities = []Visibility{VisibilityPrivate, VisibilityLink, VisibilityPublic}

// Limits of a deck's texts, in characters.
const (
	maxDeckTitle = 120
	maxDeckAbout = 1000
	MaxCredit    = 300
	maxLicence   = 80
	maxURL       = 500
)

// How many facts and texts a deck can have, and how many decks a person.
const (
	MaxFacts = 5000
	MaxTexts = 200
	MaxDecks = 300
)

// DescriptionDigest is a short name of the deck's description: another one for every
// change of it.
func (d Deck) DescriptionDigest() string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q", []string{d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, string(d.Visibility)})
	return strconv.FormatUint(h.Sum64(), 36)
}

// VisibleTo tells whether a person may open the deck's page.
func (d *Deck) VisibleTo(who Who) bool {
	return d.OwnedBy(who) || d.Deleted.IsZero() && d.Visibility != VisibilityPrivate
}

// OwnedBy tells whether a person may change the deck.
func (d *Deck) OwnedBy(who Who) bool {
	return who.Role == RoleSystem || d.Owner != 0 && d.Owner == who.Person
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

// Validate says what is wrong with the description of a deck; fields are title,
// about, language, precision, licence, credit and visible.
func (d Deck) Validate() Problems {
	var p Problems
	validateText(&p, "title", d.Title, maxDeckTitle, true)
	validateText(&p, "licence", d.Licence, maxLicence, false)
	validateText(&p, "credit", d.Credit, MaxCredit, false)
	validateText(&p, "about", strings.Join(strings.Fields(d.About), " "), maxDeckAbout, false)
	if _, err := language.Parse(d.Language); err != nil {
		p.Add("language", "file.language")
	}
	if d.Precision == edtf.NoPrecision {
		p.Add("precision", "problem.choose")
	}
	switch d.Visibility {
	case VisibilityPrivate, VisibilityLink, VisibilityPublic:
	default:
		p.Add("visible", "problem.choose")
	}
	return p
}

// Validate says what is wrong with a source; fields are those of its form.
func (s Source) Validate() Problems {
	var p Problems
	validateText(&p, "title", s.Title, maxDeckTitle, true)
	validateText(&p, "author", s.Author, maxDeckTitle, false)
	validateText(&p, "licence", s.Licence, maxLicence, false)
	validateText(&p, "address", s.URL, maxURL, false)
	if s.URL != "" && !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
		p.Add("address", "file.address")
	}
	return p
}

// Source is a text that a teacher brought.
type Source struct {
	Key, Title, Author, URL, Licence string
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

// YearRange are the first and the last year of the facts, open ends left out;
// astronomical, so that 0 is 1 BC. Without facts both are zero.
func (d *Deck) YearRange() (first, last int64) {
	for _, f := range d.Facts {
		for _, day := range []int64{f.Date.Lo(), f.Date.Hi()} {
			if day == edtf.MinDay || day == edtf.MaxDay {
				continue
			}
			y, _, _ := edtf.CivilDate(day)
			if first == 0 && last == 0 {
				first, last = y, y
			}
			first, last = min(first, y), max(last, y)
		}
	}
	return first, last
}
