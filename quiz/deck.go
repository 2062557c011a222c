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

// Deck is a set of facts on one topic.
type Deck struct {
	ID         int64
	Name       string // its name in the URL
	Title      string
	About      string
	Language   string         // language of its facts, such as "en"
	Precision  edtf.Precision // the finest precision of dates asked for
	Licence    string
	Credit     string
	Sources    []Source
	Facts      []Fact // ordered by date
	Version    int64  // increases with every change
	Owner      int64  // the person who created it; 0 for built-in decks
	Visibility Visibility
	Deleted    time.Time // zero unless deleted
}

// Visibility says who can see a deck.
type Visibility string

// The visibilities. VisibilityLink means everyone who has the URL, which cannot be
// guessed.
const (
	VisibilityPrivate Visibility = "me"
	VisibilityLink    Visibility = "link"
	VisibilityPublic  Visibility = "everybody"
)

// Visibilities lists all visibilities, the most private first.
var Visibilities = []Visibility{VisibilityPrivate, VisibilityLink, VisibilityPublic}

// Limits of a deck's texts, in characters.
const (
	maxDeckTitle = 120
	maxDeckAbout = 1000
	MaxCredit    = 300
	maxLicence   = 80
	maxURL       = 500
)

// Limits per deck, and of decks per person.
const (
	MaxFacts = 5000
	MaxTexts = 200
	MaxDecks = 300
)

// DescriptionDigest returns a short hash of the deck's description. It changes
// whenever the description changes.
func (d Deck) DescriptionDigest() string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q", []string{d.Title, d.About, d.Language, d.Precision.String(), d.Licence, d.Credit, string(d.Visibility)})
	return strconv.FormatUint(h.Sum64(), 36)
}

// VisibleTo reports whether a person may open the deck's page.
func (d *Deck) VisibleTo(who Who) bool {
	return d.OwnedBy(who) || d.Deleted.IsZero() && d.Visibility != VisibilityPrivate
}

// OwnedBy reports whether a person may change the deck.
func (d *Deck) OwnedBy(who Who) bool {
	return who.Role == RoleSystem || d.Owner != 0 && d.Owner == who.Person
}

// Clean trims the texts and normalises their spelling.
func (d Deck) Clean() Deck {
	for _, s := range []*string{&d.Title, &d.Language, &d.Licence, &d.Credit} {
		*s = OneLine(*s)
	}
	d.About = strings.TrimSpace(norm.NFC.String(d.About))
	return d
}

// OneLine returns s in Unicode form NFC, without line breaks and with single spaces.
func OneLine(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// Validate returns the problems with the deck's description. The fields are title,
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

// Validate returns the problems with a source. The fields are title, author, licence
// and address.
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

// Source is a text that a teacher added.
type Source struct {
	Key, Title, Author, URL, Licence string
}

// SourceOf returns the source of a fact.
func (d *Deck) SourceOf(f Fact) (Source, bool) {
	for _, s := range d.Sources {
		if s.Key == f.Source {
			return s, true
		}
	}
	return Source{}, false
}

// Fact returns the fact with the given ID.
func (d *Deck) Fact(id int64) (Fact, bool) {
	for _, f := range d.Facts {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// YearRange returns the first and last year of the facts, ignoring open ends. Years
// are astronomical, so 0 is 1 BC. Without facts both are 0.
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
