package teach

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/exchange"
	"chronicle/quiz/extract"

	"golang.org/x/text/unicode/norm"
)

// Create makes a deck of the person's own from its description; the name in its
// address cannot be guessed. Invalid with problems where the description makes
// no sense.
func Create(ctx context.Context, db Store, who quiz.Who, d quiz.Deck, chance *rand.Rand, now time.Time) (*quiz.Deck, error) {
	d = d.Clean()
	if p := d.Check(); len(p) > 0 {
		return nil, invalid(p)
	}
	d.Name = slug(d.Title, 40, "deck") + "-" + tail(chance)
	return &d, db.MakeDeck(ctx, who, &d, now)
}

// Copy makes a deck of the person's own out of one that they see: its facts and
// sources as they are, and the credit says where they come from.
func Copy(ctx context.Context, db Store, who quiz.Who, of *quiz.Deck, credit string, chance *rand.Rand, now time.Time) (*quiz.Deck, error) {
	d := quiz.Deck{
		Title: of.Title, About: of.About, Language: of.Language, Precision: of.Precision, Licence: of.Licence, Credit: cut(quiz.OneLine(credit), quiz.CreditMax),
		Sources: of.Sources, Visible: quiz.ToMe,
	}
	for _, f := range of.Facts {
		if f.Retired {
			continue
		}
		f.ID, f.Deck, f.Revision, f.Text = 0, 0, 0, 0
		d.Facts = append(d.Facts, f)
	}
	d.Name = slug(d.Title, 40, "deck") + "-" + tail(chance)
	return &d, db.MakeDeck(ctx, who, &d, now)
}

// tail is 50 bits of chance as a part of an address.
func tail(chance *rand.Rand) string {
	const letters = "abcdefghijkmnpqrstuvwxyz23456789"
	out := make([]byte, 10)
	for i := range out {
		out[i] = letters[chance.IntN(len(letters))]
	}
	return string(out)
}

// Describe changes the description of a deck; its facts stay as they are. It is a
// Conflict if the description is no longer the one that was changed.
func Describe(ctx context.Context, db Store, who quiz.Who, d quiz.Deck, was string, now time.Time) error {
	d = d.Clean()
	if p := d.Check(); len(p) > 0 {
		return invalid(p)
	}
	return db.SetDeck(ctx, who, &d, was, now)
}

// Delete takes a deck away from everybody but its owner, who can bring it back.
// Whoever is in the middle of it goes on with what they began.
func Delete(ctx context.Context, db Store, who quiz.Who, deck int64, now time.Time) error {
	return db.SetDeleted(ctx, who, deck, now, now)
}

// Restore brings a deleted deck back.
func Restore(ctx context.Context, db Store, who quiz.Who, deck int64, now time.Time) error {
	return db.SetDeleted(ctx, who, deck, time.Time{}, now)
}

// RemoveText takes a text off the deck's list; the facts from it stay.
func RemoveText(ctx context.Context, db Store, who quiz.Who, deck, text int64, now time.Time) error {
	return db.SetTextRemoved(ctx, who, deck, text, now)
}

// RestoreText brings a removed text back.
func RestoreText(ctx context.Context, db Store, who quiz.Who, deck, text int64) error {
	return db.SetTextRemoved(ctx, who, deck, text, time.Time{})
}

func invalid(p quiz.Problems) error { return &quiz.Error{Fault: quiz.Invalid, Problems: p} }

// slug is a name for addresses made of a text, at most so long; none where no letter of
// it can stand in one.
func slug(s string, most int, none string) string {
	var out strings.Builder
	dash := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if to, ok := latin[r]; ok {
			r = to
		}
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if dash && out.Len() > 0 {
				out.WriteByte('-')
			}
			out.WriteRune(r)
			dash = false
		case unicode.IsMark(r):
		default:
			dash = true
		}
		if out.Len() >= most {
			break
		}
	}
	if out.Len() == 0 {
		return none
	}
	return strings.Trim(out.String(), "-")
}

// latin are letters of our languages that have no plain letter inside.
var latin = map[rune]rune{'ə': 'e', 'ı': 'i', 'ß': 's', 'ø': 'o', 'æ': 'a', 'đ': 'd', 'ł': 'l'}

// Bringing is the form that brings a text.
type Bringing struct {
	Source quiz.Source
	Form   string // its random key, the same each time that it is sent; empty for none
	Text   string // pasted
	File   string // the name of a file, where one is brought
	Bytes  []byte
}

// Bring reads a text for a deck and keeps it with all it proposes, all open; a form that
// was sent before gives the text that it brought then.
// Invalid with problems on title, author, address, licence, text or file; text
// without dates brings nothing.
func Bring(ctx context.Context, db Store, who quiz.Who, d *quiz.Deck, b Bringing, now time.Time) (id int64, err error) {
	b.Source.Title, b.Source.Author = quiz.OneLine(b.Source.Title), quiz.OneLine(b.Source.Author)
	b.Source.Address, b.Source.Licence = strings.TrimSpace(b.Source.Address), quiz.OneLine(b.Source.Licence)
	if b.Form != "" {
		if id, err := db.TextOfForm(ctx, who, d.ID, b.Form); err == nil || !quiz.Is(err, quiz.Missing) {
			return id, err
		}
	}
	p := b.Source.Check()
	if b.File != "" && strings.TrimSpace(b.Text) != "" {
		p.Add("file", "bring.problem.both")
		return 0, invalid(p)
	}
	field := "text"
	name, content := "text.txt", []byte(b.Text)
	if b.File != "" {
		field, name, content = "file", b.File, b.Bytes
	}
	body, err := exchange.ReadText(ctx, name, content)
	var known *quiz.Error
	switch {
	case errors.As(err, &known):
		key := known.Key
		if key == "bring.problem.empty" && field == "text" {
			key = "bring.problem.nothing"
		}
		p.Add(field, key)
	case err != nil:
		return 0, err
	}
	if len(p) > 0 {
		return 0, invalid(p)
	}
	found, err := extract.Read(ctx, body, d.Language)
	if err != nil {
		return 0, err
	}
	if len(found.Proposals) == 0 {
		p.Add(field, "bring.problem.no-dates")
		return 0, invalid(p)
	}
	b.Source.Key = slug(b.Source.Title, 40, "text")
	items := make([]Item, len(found.Proposals))
	for i, one := range found.Proposals {
		items[i] = Item{Place: int64(i+1) * Gap, ItemState: quiz.ItemState{State: quiz.Open}, Proposal: one}
	}
	id, err = db.PutText(ctx, who, Text{
		Deck: d.ID, Source: b.Source, Language: d.Language, Form: b.Form, Body: body, Marks: Marks(found), Created: now,
	}, items)
	if quiz.Is(err, quiz.Conflict) { // another server was faster with the same form
		return db.TextOfForm(ctx, who, d.ID, b.Form)
	}
	return id, err
}

// Marks are the dates of a text and what was set apart, in order and apart.
func Marks(t extract.Text) []Mark {
	var out []Mark
	for _, c := range t.Cleaned {
		out = append(out, Mark{c.Span, string(c.Why)})
	}
	for _, e := range t.Expressions {
		what := "date"
		if e.Inferred() {
			what = "inferred"
		}
		out = append(out, Mark{e.Span, what})
	}
	return out
}

// FreeKey is a name that is not taken, the wanted one or with a number behind.
func FreeKey(want string, taken func(string) bool) string {
	if !taken(want) {
		return want
	}
	for n := 2; ; n++ {
		if key := want + "-" + strconv.Itoa(n); !taken(key) {
			return key
		}
	}
}

// cut shortens a text to so many characters, at a space.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	r := []rune(s)[:most-1]
	short := string(r)
	if i := strings.LastIndexByte(short, ' '); i > most/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}
