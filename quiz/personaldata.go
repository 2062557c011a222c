package quiz

import (
	"strings"
	"time"
)

const oneDay = 24 * time.Hour

// Retention periods. A background job purges what is older. The data page shows them.
const (
	SessionIdleLimit     = 90 * oneDay      // a signed-in browser session, since its last use; a guest's lasts SessionMaxAge
	SessionMaxAge        = 365 * oneDay     // any browser session, since it started
	GuestRetention       = 30 * oneDay      // a guest without a browser session, sign-in card or class
	MembershipRetention  = 400 * oneDay     // a student who left, and all students of an archived class
	RealNameRetention    = 30 * oneDay      // the real names of those students
	AccountRetention     = 3 * 365 * oneDay // an unused account
	QuizAttemptRetention = 400 * oneDay     // a quiz attempt
	NoticeRetention      = 90 * oneDay      // a notice of a correction, after it was read
	ReportRetention      = 365 * oneDay     // a question report, after it was closed
	InvitationRetention  = 30 * oneDay      // an invitation, after it ended
	AuditLogRetention    = 2 * 365 * oneDay // an entry of the audit log
)

// DataCategory is a category of personal data, with the tables that hold it.
type DataCategory struct {
	Name   string // used in message keys
	Tables []DataTable
}

// DataTable lists the columns of a database table that hold personal data. A column is
// written as name or name:kind. The kinds are time (an instant), day (a day number)
// and secret (never exported).
type DataTable struct{ Name, Columns string }

// DataColumn is one column of a DataTable.
type DataColumn struct{ Name, Kind string }

// ParseColumns splits Columns into names and kinds.
func (t DataTable) ParseColumns() []DataColumn {
	var out []DataColumn
	for _, one := range strings.Fields(t.Columns) {
		name, kind, _ := strings.Cut(one, ":")
		out = append(out, DataColumn{name, kind})
	}
	return out
}

// DataCategories are all personal data that the site stores. The data page, the export
// and the erasure are driven by it, and a test compares it with the database schema.
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

// PersonalDataExport is the export of a person's data: the rows of each table in
// DataCategories, with instants in RFC 3339 and days as dates, the names of the decks
// and facts that they refer to, and the columns whose content is secret.
type PersonalDataExport struct {
	CreatedAt     time.Time
	Tables        map[string][]map[string]any
	Decks         map[string]string // title by deck ID
	Facts         map[string]string // date and event by fact ID
	SecretColumns []string
}

// Document returns the export with the key names used in the exported file.
func (h PersonalDataExport) Document() map[string]any {
	return map[string]any{"made": h.CreatedAt.Format(time.RFC3339), "kept": h.Tables, "decks": h.Decks, "facts": h.Facts, "secret": h.SecretColumns}
}

// PurgeCount is how many entries of a category were purged, or would be.
type PurgeCount struct {
	Category string // last part of the message key
	Count    int
}
