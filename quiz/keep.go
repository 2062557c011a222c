package quiz

import (
	"strings"
	"time"
)

const dayLong = 24 * time.Hour

// How long things are kept. A job deletes what is older; see the page of what is kept.
const (
	SessionIdle    = 90 * dayLong      // a browser that is signed in, unused; a guest's lasts SessionTotal
	SessionTotal   = 365 * dayLong     // and in all
	GuestKept      = 30 * dayLong      // a guest whom no browser, card or class knows any more
	MemberKept     = 400 * dayLong     // who left a class, and all who were in one that is over
	NameKept       = 30 * dayLong      // their real names
	AccountKept    = 3 * 365 * dayLong // an account that nobody used
	RunKept        = 400 * dayLong     // quizzes as they were laid
	NoticeKept     = 90 * dayLong      // what one was told of corrections, after it was read
	ReportKept     = 365 * dayLong     // what one reported of a question, after it was answered
	InvitationKept = 30 * dayLong      // after its end
	AuditKept      = 2 * 365 * dayLong // the record
)

// Topic is a sort of things that are kept of a person, with the tables that hold it.
type Topic struct {
	Name   string // of its messages
	Tables []Table
}

// Table is what a table of the database holds of a person. A column is written as name or name:kind;
// the kinds are time (an instant), day (a day number), and secret, which is never handed
// out.
type Table struct{ Name, Columns string }

// Column is one of them.
type Column struct{ Name, Kind string }

// List splits the columns.
func (t Table) List() []Column {
	var out []Column
	for _, one := range strings.Fields(t.Columns) {
		name, kind, _ := strings.Cut(one, ":")
		out = append(out, Column{name, kind})
	}
	return out
}

// Topics are all that is kept of people: the page that tells of it, what is handed out
// to them and what is deleted for them are made from it, and a test holds it against the
// schema.
var Topics = []Topic{
	{"person", []Table{
		{"persons", "id role alias alias_key email email_key password:secret zone new_per_day created:time retention day_start rest_days unwanted strict weights hidden seen:time"},
		{"sessions", "hash:secret person created:time seen:time"},
		{"passes", "person hash:secret class made:time used:time"},
		{"resets", "person hash:secret until:time mailed"},
	}},
	{"answers", []Table{
		{"reviews", "id person token deck fact facet kind question chosen verdict rating guess ease strength slip at:time day:day zone utc_offset took model card_before card_after lead run given score confused contrast day_start fuzz expected"},
		{"undos", "review person at:time"},
		{"remarks", "review change person fact verdict rating score guess ease strength slip"},
		{"sittings", "person deck flips started:time day:day done still token posed:time question fading run place"},
		{"cares", "id person fact facet deed day:day review undone at:time"},
		{"goals", "person deck day:day minutes"},
	}},
	{"memory", []Table{
		{"cards", "person fact facet deck phase step stability difficulty last_day:day first_day:day reps lapses learned due:time due_day:day version"},
		{"asides", "person fact facet until:day"},
		{"days", "person day:day answers correct took"},
		{"weights", "id person body items loss before better at:time"},
	}},
	{"quizzes", []Table{{"runs", "person id deck quiz started:time"}}},
	{"reports", []Table{
		{"reports", "id person token deck fact question given reason note at:time closed:time reply"},
		{"notices", "person change fact before after better worse void at:time seen:time"},
	}},
	{"boards", []Table{
		{"players", "person board alias alias_key joined:time"},
		{"gains", "person fact facet day:day deck token at:time points proof quick"},
		{"tallies", "person board day:day points answers cleared"},
		{"scores", "person board counts period points days cleared reached:time shown"},
	}},
	{"students", []Table{
		{"students", "id class person alias alias_key since:time gone:time by_self"},
		{"extras", "student assignment days"},
	}},
	{"names", []Table{{"names", "student name at:time"}}},
	{"teachers", []Table{
		{"teachers", "person class since:time"},
		{"classes", "id name title code zone owner quiz quiz_day:day created:time archived:time version boards"},
		{"decks", "id name title about language date_precision licence credit digest version owner visible deleted:time changed:time words"},
		{"changes", "id deck text person what body undone at:time marked"},
		{"follows", "person deck since:time"},
	}},
	{"audits", []Table{{"audits", "id at:time person alias subject deed note"}}},
}

// Handed is all that is kept of a person, as it is handed out: each table of Topics with
// its rows, instants in RFC 3339 and days as dates; the decks and facts that numbers in
// it name; and the columns whose content is secret.
type Handed struct {
	Made   time.Time
	Kept   map[string][]map[string]any
	Decks  map[string]string // by number: the title
	Facts  map[string]string // by number: the date and the event
	Secret []string
}

// Document is all of it with the names that stand in the file.
func (h Handed) Document() map[string]any {
	return map[string]any{"made": h.Made.Format(time.RFC3339), "kept": h.Kept, "decks": h.Decks, "facts": h.Facts, "secret": h.Secret}
}

// Tidying is what was deleted, or would be, since it is older than it is kept.
type Tidying struct {
	What string // the last part of a message's key
	N    int
}
