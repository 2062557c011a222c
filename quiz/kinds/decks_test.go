package kinds_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/deckfile"
	"chronicle/quiz/edtf"
)

// shipped returns the decks that come with Chronicle.
func shipped(t testing.TB) []*quiz.Deck {
	t.Helper()
	files, err := fs.Glob(assets.Decks(), "*.deck")
	if err != nil || len(files) == 0 {
		t.Fatal("no deck ships", err)
	}
	var decks []*quiz.Deck
	for _, name := range files {
		text, err := fs.ReadFile(assets.Decks(), name)
		if err != nil {
			t.Fatal(err)
		}
		d, notes := deckfile.ReadDeck(text)
		if d == nil {
			t.Fatal(name, notes)
		}
		decks = append(decks, d)
	}
	return decks
}

// fact parses one line of a small deck: "1813 | event"; "1920 / 1922 | event" with the
// other date of a dispute; "- 1813 | event" for a retired fact.
func fact(id int64, line string) quiz.Fact {
	f := quiz.Fact{ID: id, Key: fmt.Sprint("f", id), Label: "x"}
	line, f.Retired = strings.CutPrefix(line, "- ")
	date, event, _ := strings.Cut(line, " | ")
	date, also, disputed := strings.Cut(date, " / ")
	f.Date, f.Event, f.Disputed = edtf.MustParse(date), event, disputed
	if disputed {
		f.OtherDate = edtf.MustParse(also)
	}
	return f
}

func deck(precision edtf.Precision, lines ...string) *quiz.Deck {
	d := &quiz.Deck{Name: "d", Title: "D", Language: "en", Precision: precision}
	for i, line := range lines {
		d.Facts = append(d.Facts, fact(int64(i+1), line))
	}
	return d
}

// maker generates decks that cover everything that can go wrong with facts.
type maker struct {
	*rand.Rand
	base, spread int64 // earliest year of its dates, and the range of years
	events       []string
}

func pick[T any](m *maker, all ...T) T { return all[m.IntN(len(all))] }

func generate(seed uint64) *quiz.Deck {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 7))}
	m.base = pick[int64](m, 1800, 1900, 1990, -40, -2, 95, 950, 1500)
	m.spread = pick[int64](m, 1, 6, 30, 400)
	d := &quiz.Deck{Name: "d", Title: "D", Language: pick(m, "en", "en", "en", "ru", "az"), Precision: pick(m, quiz.DeckPrecisions...)}
	for i := range pick(m, 1, 2, 3, 5, 8, 13, 21, 34) {
		f := quiz.Fact{ID: int64(i*7%36 + 1), Date: m.date(), Event: m.event(), Retired: m.IntN(20) == 0, Claim: m.IntN(12) == 0}
		if m.IntN(8) == 0 {
			f.Disputed = true
			if m.IntN(6) > 0 {
				f.OtherDate = m.date()
			}
		}
		f.Label, f.Detail, f.Terms = m.label(f.Event), m.detail(), m.terms(f.Event)
		if m.IntN(3) == 0 {
			f.Tags = []string{pick(m, "war", "peace")}
		}
		m.events = append(m.events, f.Event)
		d.Facts = append(d.Facts, f)
	}
	return d
}

func (m *maker) year() int64 { return m.base + m.Int64N(m.spread) }

func written(y int64) string {
	if y < 0 {
		return fmt.Sprintf("-%04d", -y)
	}
	return fmt.Sprintf("%04d", y)
}

// date draws random texts until one is a date.
func (m *maker) date() edtf.Date {
	for {
		if d, err := edtf.Parse(m.dateText()); err == nil {
			return d
		}
	}
}

func (m *maker) dateText() string {
	n := m.year()
	y, later := written(n), written(n+m.Int64N(1+m.spread))
	month, day := fmt.Sprintf("-%02d", 1+m.IntN(12)), fmt.Sprintf("-%02d", 1+m.IntN(28))
	mark := pick(m, "~", "?", "%")
	switch m.IntN(26) {
	case 0, 1, 2, 3:
		return y
	case 4, 5, 6:
		return y + month + day
	case 7, 8:
		return y + month
	case 9:
		return y[:len(y)-1] + "X"
	case 10:
		return y[:len(y)-2] + "XX"
	case 11:
		return y + pick(m, "-21", "-22", "-23", "-24", "-33", "-36")
	case 12, 13:
		return y + "/" + later
	case 14:
		return y + month + day + "/" + later + "-12-30"
	case 15:
		return y + "-03-02/" + y + "-03-20"
	case 16:
		return y + pick(m, "/..", "/")
	case 17:
		return pick(m, "../", "/") + y
	case 18:
		return y + mark
	case 19:
		return y + month + pick(m, "", day) + mark
	case 20:
		return y + "-01" + mark + "/" + later + "-04" + mark
	case 21:
		return pick(m, "["+y+","+later+"]", "{"+y+","+later+"}", "["+y+".."+later+"]")
	case 22:
		return pick(m, "[.."+y+"]", "["+y+"..]", y+"-XX-15", y+month+"-XX", y+"-1X")
	case 23:
		return y[:len(y)-2] + "X" + y[len(y)-1:]
	case 24:
		return y + pick(m, "S2", "S3")
	}
	return written(m.base) + "/" + written(m.base+m.spread) // as long as all other dates together
}

// event returns a new random event, or a wording or part of an earlier one.
func (m *maker) event() string {
	if len(m.events) > 0 && m.IntN(5) == 0 {
		return m.reword(pick(m, m.events...))
	}
	who := pick(m, "Persia", "Russia", "the Khan of Baku", "a small fleet", "the Senate", "Iran", "the Ottoman court",
		"Queen Tamar", "the merchants of Shirvan", "Гейдар Алиев", "Şamaxı", "an envoy")
	does := pick(m, "besieges", "leaves", "buys", "rebuilds", "loses", "founds", "visits", "defends", "signs away", "захватывает")
	what := pick(m, "Derbent", "the old fortress", "Ganja", "a treaty", "the Caspian ports", "Tabriz", "the island",
		"Kars and Erzurum", "its navy", "the first bank", "Гянджа", "an observatory", "21 people", "the march on Baku",
		"the tartar camp", "Persia")
	switch m.IntN(24) {
	case 0:
		return who + " " + does + " " + what + pick(m, " in 1813", " in May", " on 3 April", " in the nineties", " in the 19th century")
	case 1:
		return pick(m, "🙂", "It is", "It was he", "تأسيس مدينة باكو", "سقوط القلعة القديمة", "אנגליה מכריזה מלחמה", "奥斯曼帝国灭亡", "अकबर राजा बनता है")
	case 2:
		return pick(m, "Revolution", "Revolutions end", "War", "War ends", "Coup", "A coup")
	case 3:
		return who + " " + does + " " + what + strings.Repeat(" and "+what, m.IntN(6))
	}
	return who + " " + does + " " + what + pick(m, "", "", " at last", " by night", " without a fight", " with a large army")
}

func (m *maker) reword(event string) string {
	words := strings.Fields(event)
	switch m.IntN(5) {
	case 0:
		return event
	case 1:
		return "The " + strings.ToUpper(event)
	case 2:
		return strings.Join(words[:1+m.IntN(len(words))], " ")
	case 3:
		m.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		return strings.Join(words, " ")
	}
	return event + " " + pick(m, "again", "for it", "with them", "suddenly")
}
