package authoring

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
	"chronicle/quiz/extract"
	"chronicle/quiz/textfile"

	"golang.org/x/text/unicode/norm"
)

// CreateDeck creates a deck owned by the person from its description. The name in
// its URL cannot be guessed. It returns Invalid with problems if the description is
// not valid.
func CreateDeck(ctx context.Context, db DeckStore, who quiz.Who, d quiz.Deck, chance *rand.Rand, now time.Time) (*quiz.Deck, error) {
	d = d.Clean()
	if p := d.Validate(); len(p) > 0 {
		return nil, invalidError(p)
	}
	d.Name = slug(d.Title, 40, "deck") + "-" + randomSuffix(chance)
	return &d, db.CreateDeck(ctx, who, &d, now)
}

// CopyDeck creates a private deck owned by the person from a deck that they can
// see. Facts and sources are copied unchanged, and credit says where they come
// from.
func CopyDeck(ctx context.Context, db DeckStore, who quiz.Who, of *quiz.Deck, credit string, chance *rand.Rand, now time.Time) (*quiz.Deck, error) {
	d := quiz.Deck{
		Title: of.Title, About: of.About, Language: of.Language, Precision: of.Precision, Licence: of.Licence, Credit: truncate(quiz.OneLine(credit), quiz.MaxCredit),
		Sources: of.Sources, Visibility: quiz.VisibilityPrivate,
	}
	for _, f := range of.Facts {
		if f.Retired {
			continue
		}
		f.ID, f.Deck, f.Revision, f.Text = 0, 0, 0, 0
		d.Facts = append(d.Facts, f)
	}
	d.Name = slug(d.Title, 40, "deck") + "-" + randomSuffix(chance)
	return &d, db.CreateDeck(ctx, who, &d, now)
}

// randomSuffix returns 50 random bits as part of a URL.
func randomSuffix(chance *rand.Rand) string {
	const letters = "abcdefghijkmnpqrstuvwxyz23456789"
	out := make([]byte, 10)
	for i := range out {
		out[i] = letters[chance.IntN(len(letters))]
	}
	return string(out)
}

// UpdateDescription changes the description of a deck but not its facts. It returns
// Conflict if the description has changed since the form was made.
func UpdateDescription(ctx context.Context, db DeckStore, who quiz.Who, d quiz.Deck, was string, now time.Time) error {
	d = d.Clean()
	if p := d.Validate(); len(p) > 0 {
		return invalidError(p)
	}
	return db.UpdateDeck(ctx, who, &d, was, now)
}

// DeleteDeck hides a deck from everyone except its owner, who can restore it.
// People who are already studying it can finish what they started.
func DeleteDeck(ctx context.Context, db DeckStore, who quiz.Who, deck int64, now time.Time) error {
	return db.SetDeckDeleted(ctx, who, deck, now, now)
}

// RestoreDeck restores a deleted deck.
func RestoreDeck(ctx context.Context, db DeckStore, who quiz.Who, deck int64, now time.Time) error {
	return db.SetDeckDeleted(ctx, who, deck, time.Time{}, now)
}

// RemoveSourceText removes a text from the deck's list. Facts made from it remain.
func RemoveSourceText(ctx context.Context, db DeckStore, who quiz.Who, deck, text int64, now time.Time) error {
	return db.SetSourceTextRemoved(ctx, who, deck, text, now)
}

// RestoreSourceText restores a removed text.
func RestoreSourceText(ctx context.Context, db DeckStore, who quiz.Who, deck, text int64) error {
	return db.SetSourceTextRemoved(ctx, who, deck, text, time.Time{})
}

func invalidError(p quiz.Problems) error { return &quiz.Error{Kind: quiz.Invalid, Problems: p} }

// slug returns a name for URLs made from s, of about most bytes, or none if s has
// no usable letter or digit.
func slug(s string, most int, none string) string {
	var out strings.Builder
	dash := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if to, ok := latinLetters[r]; ok {
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

// latinLetters maps letters of the supported languages that NFKD does not decompose
// to a plain letter.
var latinLetters = map[rune]rune{'ə': 'e', 'ı': 'i', 'ß': 's', 'ø': 'o', 'æ': 'a', 'đ': 'd', 'ł': 'l'}

// SourceTextForm is the form for importing a text.
type SourceTextForm struct {
	Source      quiz.Source
	FormKey     string // random key of the form, the same on every submission; empty for none
	Text        string // pasted text
	FileName    string // set if a file was uploaded
	FileContent []byte
}

// AddSourceText reads a text for a deck and saves it with its proposals, all open.
// If the same form was sent before, it returns the ID of the text saved then. It
// returns Invalid with problems on title, author, address, licence, text or file; a
// text without dates is invalid.
func AddSourceText(ctx context.Context, db DeckStore, who quiz.Who, d *quiz.Deck, b SourceTextForm, now time.Time) (id int64, err error) {
	b.Source.Title, b.Source.Author = quiz.OneLine(b.Source.Title), quiz.OneLine(b.Source.Author)
	b.Source.URL, b.Source.Licence = strings.TrimSpace(b.Source.URL), quiz.OneLine(b.Source.Licence)
	if b.FormKey != "" {
		if id, err := db.SourceTextByForm(ctx, who, d.ID, b.FormKey); err == nil || !quiz.Is(err, quiz.NotFound) {
			return id, err
		}
	}
	p := b.Source.Validate()
	if b.FileName != "" && strings.TrimSpace(b.Text) != "" {
		p.Add("file", "bring.problem.both")
		return 0, invalidError(p)
	}
	field := "text"
	name, content := "text.txt", []byte(b.Text)
	if b.FileName != "" {
		field, name, content = "file", b.FileName, b.FileContent
	}
	body, err := textfile.ReadText(ctx, name, content)
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
		return 0, invalidError(p)
	}
	found, err := extract.ExtractProposals(ctx, body, d.Language)
	if err != nil {
		return 0, err
	}
	if len(found.Proposals) == 0 {
		p.Add(field, "bring.problem.no-dates")
		return 0, invalidError(p)
	}
	b.Source.Key = slug(b.Source.Title, 40, "text")
	items := make([]ProposalItem, len(found.Proposals))
	for i, one := range found.Proposals {
		items[i] = ProposalItem{Position: int64(i+1) * PositionGap, ProposalState: quiz.ProposalState{Status: quiz.ProposalOpen}, Proposal: one}
	}
	id, err = db.AddSourceText(ctx, who, SourceText{
		Deck: d.ID, Source: b.Source, Language: d.Language, FormKey: b.FormKey, Body: body, Highlights: FindHighlights(found), Created: now,
	}, items)
	if quiz.Is(err, quiz.Conflict) { // another server handled the same form first
		return db.SourceTextByForm(ctx, who, d.ID, b.FormKey)
	}
	return id, err
}

// FindHighlights returns the skipped parts and the dates of a text.
func FindHighlights(t extract.Extraction) []Highlight {
	var out []Highlight
	for _, c := range t.Skipped {
		out = append(out, Highlight{c.Span, string(c.Reason)})
	}
	for _, e := range t.Expressions {
		what := "date"
		if e.IsInferred() {
			what = "inferred"
		}
		out = append(out, Highlight{e.Span, what})
	}
	return out
}

// UnusedKey returns want, or want with a number appended if it is taken.
func UnusedKey(want string, taken func(string) bool) string {
	if !taken(want) {
		return want
	}
	for n := 2; ; n++ {
		if key := want + "-" + strconv.Itoa(n); !taken(key) {
			return key
		}
	}
}

// truncate shortens s to at most most characters, at a space if possible.
func truncate(s string, most int) string {
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
