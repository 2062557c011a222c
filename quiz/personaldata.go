package quiz

import (
	"strings"
	"time"
)

const oneDay = 24 * time.Hour

// How long things are kept. A job deletes what is older; see the page of what is kept.
const (
	SessionIdleLimit     = 90 * oneDay      // a browser that is signed in, unused; a guest's lasts SessionMaxAge
	SessionMaxAge        = 365 * oneDay     // and in all
	GuestRetention       = 30 * oneDay      // a guest whom no browser, card or class knows any more
	MembershipRetention  = 400 * oneDay     // who left a class, and all who were in one that is over
	RealNameRetention    = 30 * oneDay      // their real names
	AccountRetention     = 3 * 365 * oneDay // an account that nobody used
	QuizAttemptRetention = 400 * oneDay     // quizzes as they were laid
	NoticeRetention      = 90 * oneDay      // what one was told of corrections, after it was read
	ReportRetention      = 365 * oneDay     // what one reported of a question, after it was answered
	InvitationRetention  = 30 * oneDay      // after its end
	AuditLogRetention    = 2 * 365 * oneDay // the record
)

// DataCategory is a sort of things that are kept of a person, with the tables that hold it.
type DataCategory struct {
	Name   string // of its messages
	Tables []DataTable
}

// DataTable is what a table of the database holds of a person. A column is written as name or name:kind;
// the kinds are time (an instant), day (a day number), and secret, which is never handed
// out.
type DataTable struct{ Name, Columns string }

// DataColumn is one of them.
type DataColumn struct{ Name, Kind string }

// ParseColumns splits the columns.
func (t DataTable) ParseColumns() []DataColumn {
	var out []DataColumn
	for _, one := range strings.Fields(t.Columns) {
		name, kind, _ := strings.Cut(one, ":")
		out = append(out, DataColumn{name, kind})
	}
	return out
}

// DataCategories are all that is kept of people: the page that tells of it, what is handed out
// to them and what is deleted for them are made from it, and a test holds it against the
// schema.
var DataCategories = []DataCategory{
	{"person", []DataTable{
		{"persons", "id role alias alias_key email email_key password:secret zone new_per_day created:time retention day_start rest_days unwanted strict weights hidden seen:time"},
		{"sessions", "hash:secret person created:time seen:time"},
		{"passes", "person hash:secret class made:time used:time"},
		{"resets", "person hash:secret until:time mailed"},
	}},
	{"answers", []DataTable{
		{"reviews", "id person token deck fact facet kind question chosen verdict rating guess ease strength slip at:time day:day zone utc_offset took model card_before card_after lead run given score confused contrast day_start fuzz expected"},
		{"undos", "review person at:time"},
		{"remarks", "review change person fact verdict rating score guess ease strength slip"},
		{"sittings", "person deck flips started:time day:day done still token posed:time question fading run place"},
		{"cares", "id person fact facet deed day:day review undone at:time"},
		{"goals", "person deck day:day minutes"},
	}},
	{"memory", []DataTable{
		{"cards", "person fact facet deck phase step stability difficulty last_day:day first_day:day reps lapses learned due:time due_day:day version"},
		{"asides", "person fact facet until:day"},
		{"days", "person day:day answers correct took"},
		{"weights", "id person body items loss before better at:time"},
	}},
	{"quizzes", []DataTable{{"runs", "person id deck quiz started:time"}}},
	{"reports", []DataTable{
		{"reports", "id person token deck fact question given reason note at:time closed:time reply"},
		{"notices", "person change fact before after better worse void at:time seen:time"},
	}},
	{"boards", []DataTable{
		{"players", "person board alias alias_key joined:time"},
		{"gains", "person fact facet day:day deck token at:time points proof quick"},
		{"tallies", "person board day:day points answers cleared"},
		{"scores", "person board counts period points days cleared reached:time shown"},
	}},
	{"students", []DataTable{
		{"students", "id class person alias alias_key since:time gone:time by_self"},
		{"extras", "student assignment days"},
	}},
	{"names", []DataTable{{"names", "student name at:time"}}},
	{"teachers", []DataTable{
		{"teachers", "person class since:time"},
		{"classes", "id name title code zone owner quiz quiz_day:day created:time archived:time version boards"},
		{"decks", "id name title about language date_precision licence credit digest version owner visible deleted:time changed:time words"},
		{"changes", "id deck text person what body undone at:time marked"},
		{"follows", "person deck since:time"},
	}},
	{"audits", []DataTable{{"audits", "id at:time person alias subject deed note"}}},
}

// PersonalDataExport is all that is kept of a person, as it is handed out: each table of Topics with
// its rows, instants in RFC 3339 and days as dates; the decks and facts that numbers in
// it name; and the columns whose content is secret.
type PersonalDataExport struct {
	CreatedAt     time.Time
	Tables        map[string][]map[string]any
	Decks         map[string]string // by number: the title
	Facts         map[string]string // by number: the date and the event
	SecretColumns []string
}

// Document is all of it with the names that stand in the file.
func (h PersonalDataExport) Document() map[string]any {
	return map[string]any{"made": h.CreatedAt.Format(time.RFC3339), "kept": h.Tables, "decks": h.Decks, "facts": h.Facts, "secret": h.SecretColumns}
}

// PurgeCount is what was deleted, or would be, since it is older than it is kept.
type PurgeCount struct {
	Category string // the last part of a message's key
	Count    int
}
