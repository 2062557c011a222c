package web

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage/storagetest"
)

const secretWords = "correct horse battery"

// signUp creates a person with that alias.
func (b *browser) signUp(alias string) {
	b.h.t.Helper()
	b.post("/sign-up", "alias", alias, "password", secretWords).sends(b.h.t, "/")
}

func TestSignUpRefuses(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.browser().signUp("Leyla")
	type form struct{ alias, password, email, teaches string }
	cases := map[string]struct {
		form
		field string
	}{
		"nothing":              {form{}, "alias"},
		"no alias":             {form{"", secretWords, "", ""}, "alias"},
		"spaces":               {form{" \t ", secretWords, "", ""}, "alias"},
		"no password":          {form{"Rashad", "", "", ""}, "password"},
		"short password":       {form{"Rashad", "1234567", "", ""}, "password"},
		"common password":      {form{"Rashad", "Password1", "", ""}, "password"},
		"password is alias":    {form{"Rashad Aliyev", "rashad aliyev1", "", ""}, "password"},
		"teacher, no e-mail":   {form{"Rashad", secretWords, "", "yes"}, "email"},
		"teacher, no address":  {form{"Rashad", secretWords, "me@localhost", "yes"}, "email"},
		"teacher, two":         {form{"Rashad", secretWords, "a@b.co, c@d.co", "yes"}, "email"},
		"teacher, with a name": {form{"Rashad", secretWords, "R <a@b.co>", "yes"}, "email"},
		"taken":                {form{"Leyla", "another secret", "", ""}, "alias"},
		"taken, other case":    {form{"  LEYLA ", "another secret", "", ""}, "alias"},
		"taken, wide letters":  {form{"Ｌｅｙｌａ", "another secret", "", ""}, "alias"},
		"at":                   {form{"me@home", secretWords, "", ""}, "alias"},
		"long alias":           {form{strings.Repeat("ə", 10_000), secretWords, "", ""}, "alias"},
		"long password":        {form{"Rashad", strings.Repeat("pw", 5_000), "", ""}, "password"},
		"long e-mail":          {form{"Rashad", secretWords, strings.Repeat("a", 10_000) + "@b.co", "yes"}, "email"},
		"right to left":        {form{nasty["right to left"], secretWords, "", ""}, "alias"},
		"zero width":           {form{nasty["zero width"], secretWords, "", ""}, "alias"},
		"NUL":                  {form{nasty["NUL"], secretWords, "", ""}, "alias"},
		"broken UTF-8":         {form{nasty["broken UTF-8"], secretWords, "", ""}, "alias"},
		"markup as e-mail":     {form{"Rashad", secretWords, nasty["markup"], "yes"}, "email"},
		"markup as alias":      {form{nasty["markup"] + strings.Repeat("!", 40), secretWords, "", ""}, "alias"},
	}
	for name, c := range cases {
		b := h.browser()
		page := b.post("/sign-up", "alias", c.alias, "password", c.password, "email", c.email, "teaches", c.teaches).want(t, 422)
		for _, field := range []string{"alias", "password", "email"} {
			bad := attr(named(page.doc, field)[0], "aria-invalid") == "true"
			if (field == c.field) != bad && c.form != (form{}) {
				t.Errorf("%s: field %s is bad: %v", name, field, bad)
			}
		}
		if len(of(page.doc, "problem")) == 0 {
			t.Errorf("%s: no message", name)
		}
		kept(t, name, page, "alias", quiz.SignUp{Alias: validText(c.alias)}.Clean().Alias)
		kept(t, name, page, "email", strings.TrimSpace(c.email))
		if value(page.doc, "password") != "" || c.password != "" && strings.Contains(page.body, c.password) {
			t.Errorf("%s: the password came back", name)
		}
		if strings.Contains(page.body, "<script>alert") {
			t.Errorf("%s: markup was not escaped", name)
		}
		if (c.teaches != "") != has(named(page.doc, "teaches")[0], "checked") {
			t.Errorf("%s: the mark was not kept", name)
		}
	}
}

// kept fails unless the field still holds what was typed.
func kept(t *testing.T, name string, page answer, field, typed string) {
	t.Helper()
	if got := value(page.doc, field); got != typed && len(typed) < 200 {
		t.Errorf("%s: %s holds %q, typed was %q", name, field, got, typed)
	}
}

func TestStrangeAliasesAreShownEscaped(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, alias := range []string{`<b>"O'Neil"</b> & Co`, nasty["quotes"], "Ayşə Şıxəliyeva", "Владимир", "李小龍", nasty["template"]} {
		b := h.browser()
		b.signUp(alias)
		page := b.get("/settings").want(t, 200)
		if !page.says("You are signed in as " + alias + ".") {
			t.Errorf("%q is not shown as it is:\n%s", alias, textOf(page.doc))
		}
		if strings.Contains(page.body, "<b>") {
			t.Errorf("%q is markup", alias)
		}
	}
}

func TestSignUpKeepsProgress(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	s := b.begin(false)
	b.post("/study/answers", "token", s.Token, "chosen", "0").want(t, 303)
	if page := b.get("/sign-up").want(t, 200); !page.says("You keep the fact you have practised here.") {
		t.Error("sign-up does not say what it keeps")
	}
	guest, old := b.who(), b.cookieOf()
	b.signUp("Leyla")
	if b.cookieOf() == old {
		t.Error("the session's token is the one of before")
	}
	dead(t, h, old)
	if p := b.who(); p.ID != guest.ID || p.Role != quiz.RoleLearner || len(b.reviews()) != 1 {
		t.Errorf("signed up as %+v with %d answers", p, len(b.reviews()))
	}
	for _, path := range []string{"/sign-up", "/sign-in"} {
		b.get(path).sends(t, "/settings")
	}
	b.post("/sign-up", "alias", "Other", "password", secretWords).sends(t, "/settings")
	if strings.Contains(h.log.String(), "Leyla") || strings.Contains(h.log.String(), secretWords) {
		t.Error("the log has a name or a password")
	}
}

// dead fails if the token still opens a session.
func dead(t *testing.T, h *testServer, token string) {
	t.Helper()
	b := h.browser()
	b.cookies["chronicle"] = token
	b.get("/settings").sends(t, "/")
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.browser()
	first.post("/sign-up", "alias", "Leyla", "password", secretWords, "teaches", "yes", "email", "leyla@school.az").sends(t, "/")
	guest := h.browser()
	s := guest.begin(false)
	guest.post("/study/answers", "token", s.Token, "chosen", "0").want(t, 303)
	if page := guest.get("/sign-in").want(t, 200); !page.says("Keep the fact I practised in this browser") {
		t.Error("sign-in does not say what comes along")
	}
	unknown := guest.post("/sign-in", "name", "Nobody", "password", secretWords).want(t, 422)
	known := guest.post("/sign-in", "name", "Leyla", "password", "wrong horse").want(t, 422)
	if a, b := strings.Replace(textOf(unknown.doc), "Nobody", "", 1), textOf(known.doc); a != b {
		t.Errorf("unknown: %s\nknown: %s", a, b)
	}
	if value(known.doc, "name") != "Leyla" || strings.Contains(known.body, "wrong horse") {
		t.Error("the name is gone, or the password is there")
	}
	old := guest.cookieOf()
	guest.post("/sign-in", "name", " LEYLA@School.az ", "password", secretWords, "bring", "yes").sends(t, "/")
	dead(t, h, old)
	if a, b := guest.who(), first.who(); a.ID != b.ID || a.Role != quiz.RoleTeacher {
		t.Errorf("signed in as %+v, not %+v", a, b)
	}
	if got := first.reviews(); len(got) != 1 {
		t.Errorf("%d answers came along", len(got))
	}
	guest.get("/study/answers/"+s.Token).want(t, 200)
	guest.post("/settings/other-devices").sends(t, "/settings?alone=yes")
	guest.get("/settings?alone=yes").want(t, 200)
	dead(t, h, first.cookieOf())
	last := guest.cookieOf()
	guest.post("/sign-out").sends(t, "/")
	if guest.cookieOf() != "" {
		t.Error("the cookie is still there")
	}
	dead(t, h, last)
}

func TestSignInWithAnything(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, typed := range nasty {
		page := h.browser().post("/sign-in", "name", typed, "password", typed).want(t, 422)
		if strings.Contains(page.body, "<script>alert") {
			t.Errorf("%s: markup was not escaped", name)
		}
		if typed := strings.TrimSpace(typed); len(typed) < 300 && name != "NUL" && name != "broken UTF-8" && name != "line breaks" {
			kept(t, name, page, "name", typed)
		}
	}
}

func TestTooManySignIns(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner := h.browser()
	owner.signUp("Leyla")
	b := h.browser()
	for range 10 {
		b.post("/sign-in", "name", "leyla", "password", "a guess").want(t, 422)
	}
	page := b.post("/sign-in", "name", "LEYLA", "password", secretWords).want(t, 429)
	if page.Header.Get("Retry-After") == "" || !page.says("tried this too often") {
		t.Error("no word on when to try again")
	}
	owner.get("/settings").want(t, 200)
	b.post("/sign-in", "name", "other", "password", secretWords).want(t, 422)
	// On a known device the owner can still sign in, but wrong passwords are limited there too.
	owner.post("/sign-out").want(t, 303)
	owner.post("/sign-in", "name", "leyla", "password", "a guess").want(t, 422)
	owner.post("/sign-in", "name", "leyla", "password", secretWords).sends(t, "/")
	owner.post("/sign-out").want(t, 303)
	for range 10 {
		owner.post("/sign-in", "name", "leyla", "password", "a guess")
	}
	owner.post("/sign-in", "name", "leyla", "password", secretWords).want(t, 429)
	// One person's device token does not help with another account.
	other := h.browser()
	other.signUp("Rauf")
	other.post("/sign-out").want(t, 303)
	other.post("/sign-in", "name", "leyla", "password", secretWords).want(t, 429)
	h.wait(2 * time.Minute)
	b.post("/sign-in", "name", "Leyla", "password", secretWords).sends(t, "/")
}

// TestDevicesEndWithThePassword checks that device tokens expire when the password changes.
func TestDevicesEndWithThePassword(t *testing.T) {
	t.Parallel()
	h := open(t)
	old, now := h.browser(), h.browser()
	old.signUp("Leyla")
	old.post("/sign-out").want(t, 303)
	now.post("/sign-in", "name", "Leyla", "password", secretWords).sends(t, "/")
	now.post("/settings/password", "old", secretWords, "password", "another battery staple").want(t, 303)
	for range 10 {
		h.browser().post("/sign-in", "name", "leyla", "password", "a guess").want(t, 422)
	}
	old.post("/sign-in", "name", "leyla", "password", "another battery staple").want(t, 429)
	now.post("/sign-out").want(t, 303)
	now.post("/sign-in", "name", "leyla", "password", "another battery staple").sends(t, "/")
}

// TestRightPasswordsCostNothing checks that right passwords use up no tries of a school, however long each takes.
func TestRightPasswordsCostNothing(t *testing.T) {
	now := storagetest.Noon
	l := newLimits(func() time.Time { return now })
	var open []func()
	for range 5000 {
		back, err := l.reserve(l.networks, "192.0.2.7")
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, back)
		now = now.Add(50 * time.Millisecond)
		if len(open) > 40 { // each takes two seconds
			open[0]()
			open = open[1:]
		}
	}
	for _, back := range open {
		back()
	}
	for i := range 300 {
		if err := l.spend(l.networks, "192.0.2.7"); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
	}
}

// TestManySignInsAtOnce checks that a thousand wrong passwords at once count like as many in sequence.
func TestManySignInsAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.browser().signUp("Leyla")
	var all sync.WaitGroup
	var tried atomic.Int64
	for range 60 {
		all.Go(func() {
			if a := h.browser().post("/sign-in", "name", "leyla", "password", "a guess"); a.StatusCode == 422 {
				tried.Add(1)
			}
		})
	}
	all.Wait()
	if tried.Load() > 10 {
		t.Errorf("%d passwords were tried", tried.Load())
	}
}

// TestManyGuestsOfOneNetwork checks that a school of 2,000 can start within the same ten minutes behind one
// address, at once or in sequence.
func TestManyGuestsOfOneNetwork(t *testing.T) {
	now := storagetest.Noon
	l := newLimits(func() time.Time { return now })
	for range 2500 {
		if err := l.spend(l.newGuests, "192.0.2.7"); err != nil {
			t.Fatal(err)
		}
		if err := l.spend(l.newAccounts, "192.0.2.7"); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.spend(l.newGuests, "192.0.2.7"); !quiz.Is(err, quiz.RateLimited) {
		t.Errorf("guest 2,501 got %v", err)
	}
	if err := l.spend(l.newGuests, "192.0.2.8"); err != nil {
		t.Errorf("another school got %v", err)
	}
	now = now.Add(2 * time.Second)
	if err := l.spend(l.newGuests, "192.0.2.7"); err != nil {
		t.Errorf("later it got %v", err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.begin(false)
	for _, c := range []struct{ zone, fresh, bad string }{
		{"Mars/Olympus", "10", "zone"},
		{"", "10", "zone"},
		{"Local", "10", "zone"},
		{"../../etc/passwd", "10", "zone"},
		{nasty["markup"], "10", "zone"},
		{nasty["long"], "10", "zone"},
		{nasty["NUL"], "10", "zone"},
		{"Asia/Baku", "-1", "new"},
		{"Asia/Baku", "201", "new"},
		{"Asia/Baku", "abc", "new"},
		{"Asia/Baku", "1e9", "new"},
		{"Asia/Baku", "", "new"},
		{"Asia/Baku", nasty["long"], "new"},
		{"Asia/Baku", "99999999999999999999", "new"},
	} {
		page := b.post("/settings", "zone", c.zone, "new", c.fresh).want(t, 422)
		if attr(named(page.doc, c.bad)[0], "aria-invalid") != "true" {
			t.Errorf("%.40q, %.40q: no message at %s", c.zone, c.fresh, c.bad)
		}
		if c.zone != nasty["NUL"] && (value(page.doc, "zone") != c.zone || value(page.doc, "new") != c.fresh) {
			t.Errorf("%.40q, %.40q: what was typed is gone", c.zone, c.fresh)
		}
	}
	if p := b.who(); p.Zone != "Asia/Baku" || p.NewPerDay != quiz.DefaultNewPerDay {
		t.Errorf("settings are %+v", p)
	}
	for _, share := range []string{"69", "98", "", "much", "-1", "NaN"} {
		b.post("/settings", "zone", "Asia/Baku", "new", "7", "wanted", "own", "share", share).want(t, 422).tells(t, "Enter a whole number from 70 to 97.", `value="`+share+`"`)
	}
	b.post("/settings", "zone", "Asia/Baku", "new", "7", "wanted", "thorough", "share", "80").sends(t, "/settings?saved=yes")
	if p := b.who(); p.DesiredRetention != 0.95 {
		t.Errorf("%+v", p)
	}
	b.post("/settings", "zone", "Asia/Baku", "new", "7", "wanted", "own", "share", " 86 % ").sends(t, "/settings?saved=yes")
	b.get("/settings").tells(t, `value="86"`, "Relaxed: 80%", "h a year")
	b.post("/settings", "zone", " Pacific/Apia ", "new", " 0 ").sends(t, "/settings?saved=yes")
	if p := b.who(); p.Zone != "Pacific/Apia" || p.NewPerDay != 0 {
		t.Errorf("settings are %+v", p)
	}
	if page := b.get("/settings?saved=yes").want(t, 200); !page.says("Saved.") {
		t.Error("it does not say that it was saved")
	}
}

func TestSessionsEndByTheClock(t *testing.T) {
	t.Parallel()
	h := open(t)
	idle, busy, guest := h.browser(), h.browser(), h.browser()
	for name, b := range map[string]*browser{"Idle": idle, "Busy": busy} {
		b.post("/sign-up", "alias", name, "password", secretWords).sends(t, "/")
	}
	guest.begin(false)
	for range 18 {
		h.wait(20 * 24 * time.Hour)
		busy.get("/settings").want(t, 200)
	}
	dead(t, h, idle.cookieOf())
	guest.get("/settings").want(t, 200) // has no other sign-in, and may return after a summer
	h.wait(20 * 24 * time.Hour)
	dead(t, h, busy.cookieOf())
	if _, err := h.db.PurgeExpired(context.Background(), quiz.Who{Role: quiz.RoleSystem}, false, h.time()); err != nil {
		t.Error(err)
	}
}
