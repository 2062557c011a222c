package web

import (
	"strconv"
	"strings"
	"testing"

	"chronicle/quiz"
)

// Visitors that try every route.
const (
	nobody   = iota
	stranger // another guest
	member   // signed in
	guest    // owner of the answer
)

// rights lists for each route the status for an unknown visitor, another guest, a person with an account and the
// guest, when they use the token of that guest's answer.
var rights = map[string][4]int{
	"GET /":                      {200, 200, 200, 200},
	"GET /decks":                 {200, 200, 200, 200},
	"GET /decks/:name":           {200, 200, 200, 200},
	"GET /decks/:name/quiz":      {200, 200, 200, 200},
	"POST /quizzes":              {303, 303, 303, 303},
	"POST /decks/:name/follow":   {303, 303, 303, 303},
	"POST /decks/:name/unfollow": {401, 303, 303, 303},
	"POST /notices":              {401, 303, 303, 303},
	"GET /keys":                  {200, 200, 200, 200},
	"GET /how-it-works":          {200, 200, 200, 200},
	"POST /study":                {303, 303, 303, 303},
	"GET /sign-up":               {200, 200, 303, 200},
	"POST /sign-up":              {422, 422, 303, 422},
	"GET /sign-in":               {200, 200, 303, 200},
	"POST /sign-in":              {422, 422, 422, 422},
	"GET /study":                 {303, 200, 200, 200},
	"GET /study/back":            {303, 303, 303, 303},
	"POST /study/answers":        {401, 409, 409, 303},
	"GET /study/answers/:token":  {303, 404, 404, 200},
	"POST /study/undo":           {401, 409, 409, 303},
	"POST /study/aside":          {401, 409, 409, 303},
	"POST /study/undo-care":      {401, 409, 409, 409},

	"GET /decks/:name/test-date":          {303, 200, 200, 200},
	"POST /decks/:name/test-date":         {401, 422, 422, 422},
	"POST /decks/:name/test-date/drop":    {401, 303, 303, 303},
	"GET /decks/:name/cards/:key/:facet":  {303, 200, 200, 200},
	"POST /decks/:name/cards/:key/:facet": {401, 303, 303, 303},

	"GET /study/report":                {303, 200, 200, 200},
	"GET /study/answers/:token/report": {303, 404, 404, 200},
	"POST /study/reports":              {401, 409, 409, 422},
	"GET /quizzes/:run":                {303, 404, 404, 200},
	"GET /progress":                    {303, 200, 200, 200},
	"POST /quizzes/contrast":           {401, 404, 404, 404},
	"POST /quizzes/:run/missed":        {401, 404, 404, 303},
	"POST /quizzes/:run/resume":        {401, 404, 404, 303},
	"GET /settings":                    {303, 200, 200, 200},
	"POST /settings":                   {401, 422, 422, 422},
	"POST /settings/other-devices":     {401, 401, 303, 401},
	"GET /new-deck":                    {303, 303, 200, 303},
	"POST /decks":                      {401, 401, 422, 401},
	"POST /decks/:name/copies":         {401, 401, 303, 401},

	// The shipped deck has no owner; see TestOnlyOwnerChangesDeck.
	"GET /decks/:name/edit":               {303, 303, 403, 303},
	"GET /decks/:name/export":             {303, 303, 403, 303},
	"GET /decks/:name/about":              {303, 303, 403, 303},
	"POST /decks/:name/about":             {401, 401, 403, 401},
	"POST /decks/:name/delete":            {401, 401, 403, 401},
	"POST /decks/:name/restore":           {401, 401, 403, 401},
	"POST /decks/:name/undo":              {401, 401, 403, 401},
	"GET /decks/:name/new-fact":           {303, 303, 403, 303},
	"POST /decks/:name/facts":             {401, 401, 403, 401},
	"GET /decks/:name/facts/:key":         {303, 303, 403, 303},
	"POST /decks/:name/facts/:key":        {401, 401, 403, 401},
	"POST /decks/:name/facts/:key/remove": {401, 401, 403, 401},
	"GET /decks/:name/reports":            {303, 303, 403, 303},
	"POST /decks/:name/reports":           {401, 401, 403, 401},
	"GET /decks/:name/new-rows":           {303, 303, 403, 303},
	"POST /decks/:name/rows":              {401, 401, 403, 401},
	"GET /decks/:name/new-text":           {303, 303, 403, 303},
	"POST /decks/:name/texts":             {401, 401, 403, 401},
	"GET /decks/:name/texts/:text":        {303, 303, 403, 303},
	"POST /decks/:name/texts/:text":       {401, 401, 403, 401},
	"POST /decks/:name/facts/:key/holds":  {401, 401, 403, 401},
	"POST /decks/:name/facts/:key/bars":   {401, 401, 403, 401},
	"POST /decks/:name/moves":             {401, 401, 403, 401},

	"POST /decks/:name/texts/:text/remove":  {401, 401, 403, 401},
	"POST /decks/:name/texts/:text/restore": {401, 401, 403, 401},
	"POST /sign-out":                        {401, 303, 303, 303},

	"GET /leaderboard":                         {200, 200, 200, 200},
	"POST /leaderboard/join":                   {422, 422, 422, 422},
	"POST /leaderboard/leave":                  {401, 303, 303, 303},
	"GET /decks/:name/leaderboard":             {200, 200, 200, 200},
	"POST /decks/:name/leaderboard/join":       {422, 422, 422, 422},
	"POST /decks/:name/leaderboard/leave":      {401, 303, 303, 303},
	"GET /decks/:name/quiz-leaderboard":        {404, 404, 404, 404},
	"POST /decks/:name/quiz-leaderboard/leave": {401, 303, 303, 303},
	"POST /quizzes/:run/leaderboard":           {401, 404, 404, 409},
	"POST /settings/hidden":                    {401, 303, 303, 303},
	"GET /classes/:class/leaderboard":          {303, 404, 404, 404},

	"GET /classes":               {200, 200, 200, 200},
	"GET /join":                  {200, 200, 200, 200},
	"POST /join":                 {422, 422, 422, 422},
	"GET /join/:code":            {422, 422, 422, 422},
	"GET /sign-in-card":          {200, 200, 200, 200},
	"POST /sign-in-card":         {422, 422, 422, 422},
	"GET /classes/:class":        {303, 404, 404, 404},
	"POST /classes/:class/leave": {401, 404, 404, 404},
	"POST /classes/:class/alias": {401, 404, 404, 404},
	"GET /new-class":             {303, 303, 303, 303},
	"POST /classes":              {401, 401, 401, 401},

	// None of the visitors is a teacher; see TestOnlyTeachersSeeClass.
	"GET /classes/:class/about":                              {303, 303, 303, 303},
	"POST /classes/:class/about":                             {401, 401, 401, 401},
	"GET /classes/:class/join-code":                          {303, 303, 303, 303},
	"POST /classes/:class/join-code":                         {401, 401, 401, 401},
	"POST /classes/:class/archive":                           {401, 401, 401, 401},
	"POST /classes/:class/reopen":                            {401, 401, 401, 401},
	"POST /classes/:class/teachers":                          {401, 401, 401, 401},
	"POST /classes/:class/teachers/remove":                   {401, 401, 401, 401},
	"GET /classes/:class/students":                           {303, 303, 303, 303},
	"POST /classes/:class/students":                          {401, 401, 401, 401},
	"POST /classes/:class/cards":                             {401, 401, 401, 401},
	"GET /classes/:class/students/:student":                  {303, 303, 303, 303},
	"POST /classes/:class/students/:student/alias":           {401, 401, 401, 401},
	"POST /classes/:class/students/:student/remove":          {401, 401, 401, 401},
	"POST /classes/:class/students/:student/restore":         {401, 401, 401, 401},
	"POST /classes/:class/students/:student/move":            {401, 401, 401, 401},
	"GET /classes/:class/assign":                             {303, 303, 303, 303},
	"POST /classes/:class/assignments":                       {401, 401, 401, 401},
	"GET /classes/:class/assignments/:assignment":            {303, 303, 303, 303},
	"POST /classes/:class/assignments/:assignment":           {401, 401, 401, 401},
	"POST /classes/:class/assignments/:assignment/remove":    {401, 401, 401, 401},
	"POST /classes/:class/assignments/:assignment/restore":   {401, 401, 401, 401},
	"POST /classes/:class/assignments/:assignment/time":      {401, 401, 401, 401},
	"POST /classes/:class/assignments/:assignment/quiz":      {401, 401, 401, 401},
	"GET /classes/:class/assignments/:assignment/table.csv":  {303, 303, 303, 303},
	"GET /classes/:class/assignments/:assignment/facts/:key": {303, 303, 303, 303},

	"GET /your-data":          {200, 200, 200, 200},
	"GET /forgot-password":    {200, 200, 200, 200},
	"POST /forgot-password":   {404, 404, 404, 404}, // no mail server
	"GET /reset-password":     {200, 200, 200, 200},
	"POST /reset-password":    {422, 422, 422, 422},
	"GET /setup":              {200, 200, 200, 200},
	"POST /setup":             {422, 422, 422, 422},
	"GET /your-data/export":   {303, 200, 200, 200},
	"POST /your-data/erase":   {401, 422, 422, 422},
	"POST /settings/password": {401, 401, 422, 401},

	// See TestOnlyAdminsSeeSitePages.
	"GET /site":                                     {303, 303, 303, 303},
	"POST /site/sign-up":                            {401, 401, 401, 401},
	"POST /site/invitations":                        {401, 401, 401, 401},
	"POST /site/invitations/withdraw":               {401, 401, 401, 401},
	"POST /site/tidy":                               {401, 401, 401, 401},
	"GET /site/classes":                             {303, 303, 303, 303},
	"POST /site/classes/:class/teachers":            {401, 401, 401, 401},
	"GET /people":                                   {303, 303, 303, 303},
	"POST /people":                                  {401, 401, 401, 401},
	"GET /people/:person":                           {303, 303, 303, 303},
	"POST /people/:person/role":                     {401, 401, 401, 401},
	"POST /people/:person/reset":                    {401, 401, 401, 401},
	"POST /people/:person/sign-out":                 {401, 401, 401, 401},
	"POST /people/:person/export":                   {401, 401, 401, 401},
	"POST /people/:person/erase":                    {401, 401, 401, 401},
	"POST /classes/:class/names":                    {401, 401, 401, 401},
	"POST /classes/:class/students/:student/name":   {401, 401, 401, 401},
	"POST /classes/:class/students/:student/reveal": {401, 401, 401, 401},
	"POST /classes/:class/students/:student/reset":  {401, 401, 401, 401},
	"POST /classes/:class/students/:student/export": {401, 401, 401, 401},
	"POST /classes/:class/students/:student/erase":  {401, 401, 401, 401},
}

func TestRights(t *testing.T) {
	t.Parallel()
	routes := (&server{}).routes()
	seen := map[string]bool{}
	var looks []route
	for _, r := range routes {
		name := r.Method + " " + r.Path
		if _, ok := rights[name]; !ok {
			t.Errorf("the table of rights has no row for %s", name)
			continue
		}
		seen[name] = true
		// GET requests change nothing, so they can share one server.
		if r.Method == "GET" {
			looks = append(looks, r)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tryAll(t, []route{r})
		})
	}
	t.Run("looking", func(t *testing.T) {
		t.Parallel()
		tryAll(t, looks)
	})
	for name := range rights {
		if !seen[name] {
			t.Errorf("the table of rights has %s, which is no route", name)
		}
	}
}

// tryAll sends every visitor to the routes.
func tryAll(t *testing.T, routes []route) {
	t.Helper()
	h := open(t)
	owner, other, signed := h.browser(), h.browser(), h.browser()
	owner.post("/quizzes", "deck", h.deck.Name, "length", "3", "kinds", "first").sends(t, "/study")
	run := owner.studySession()
	owner.post("/study/answers", "token", run.Token, "chosen", strconv.Itoa(1-run.Question.RightOption)).want(t, 303)
	s := owner.begin(false)
	owner.post("/study/answers", "token", s.Token, "chosen", "0").want(t, 303)
	other.begin(false)
	signed.begin(false)
	signed.signUp("Leyla")
	for _, r := range routes {
		// The owner comes last: the others' requests must not change anything.
		for who, b := range []*browser{nobody: h.browser(), stranger: other, member: signed, guest: owner} {
			try(t, r, s.Token, run.QuizAttempt, b, who)
			if who == guest {
				continue
			}
			if rest := owner.reviews(); len(rest) != 2 || rest[0].Undone || rest[1].Undone {
				t.Errorf("visitor %d changed another's answers by %s", who, r.Path)
			}
		}
	}
}

// try sends one request as that visitor, with the token of the guest's answer.
func try(t *testing.T, r route, token, run string, b *browser, who int) {
	t.Helper()
	name := r.Method + " " + r.Path
	path := strings.NewReplacer(":name", b.h.deck.Name, ":key", b.h.deck.Facts[0].Key, ":facet", "when", ":token", token, ":run", run, ":class", "none", ":code", "KURA-1", ":student", "1", ":assignment", "1", ":person", "1").Replace(r.Path)
	var a answer
	if r.Method == "GET" {
		a = b.get(path)
	} else {
		a = b.post(path, "deck", b.h.deck.Name, "token", token, "card", token, "chosen", "0", "deed", "bury")
	}
	if want := rights[name][who]; a.StatusCode != want {
		t.Errorf("%s by visitor %d: status %d to %q, want %d", name, who, a.StatusCode, a.to(), want)
	}
	if who != guest && strings.Contains(a.body, token) {
		t.Errorf("%s shows visitor %d the token of another's answer", name, who)
	}
	if r.Method == "GET" && a.StatusCode == 303 && a.to() != "/" && a.to() != "/settings" && a.to() != "/study" {
		t.Errorf("%s sends visitor %d to %s", name, who, a.to())
	}
}

// TestHeadIsGet checks that HEAD answers like GET, without a body and without changing anything.
func TestHeadIsGet(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.begin(false)
	for _, r := range (&server{}).routes() {
		path := strings.NewReplacer(":name", h.deck.Name, ":key", h.deck.Facts[0].Key, ":facet", "when", ":token", "none", ":run", "none", ":class", "none", ":code", "none", ":student", "1", ":assignment", "1", ":person", "1").Replace(r.Path)
		if r.Method != "GET" {
			continue
		}
		get, head := b.get(path), b.ask("HEAD", path, nil, "")
		if head.StatusCode != get.StatusCode || head.body != "" {
			t.Errorf("HEAD %s: %d with %d bytes, GET: %d", path, head.StatusCode, len(head.body), get.StatusCode)
		}
	}
}

func TestProgressIsPrivate(t *testing.T) {
	t.Parallel()
	h := open(t)
	mine, other := h.browser(), h.browser()
	for range 3 {
		s := mine.begin(false)
		mine.post("/study/answers", "token", s.Token, "chosen", "0").want(t, 303)
	}
	other.begin(false)
	for _, path := range []string{"/", "/decks", "/decks/" + h.deck.Name, "/study", "/settings", "/sign-up", "/progress"} {
		fresh := h.browser()
		fresh.begin(false)
		theirs, empty := other.get(path).want(t, 200), fresh.get(path).want(t, 200)
		if path != "/study" && theirs.body != empty.body {
			t.Errorf("%s shows a guest without progress something of another", path)
		}
		for _, r := range mine.reviews() {
			if strings.Contains(theirs.body, r.Token) {
				t.Errorf("%s shows another's token", path)
			}
		}
	}
	if p := other.who(); p.Role != quiz.RoleGuest || len(other.reviews()) != 0 {
		t.Errorf("the other is %+v", p)
	}
}

func TestInvalidCookies(t *testing.T) {
	t.Parallel()
	h := open(t)
	good := h.browser()
	good.begin(false)
	token := good.cookieOf()
	for name, header := range map[string]string{
		"half":             "chronicle=" + token[:len(token)/2],
		"garbage":          "chronicle=" + strings.Repeat("A", len(token)),
		"bytes":            "chronicle=" + strings.Repeat("\xff", len(token)),
		"empty":            "chronicle=",
		"no sign":          "chronicle",
		"two, wrong first": "chronicle=" + strings.Repeat("A", len(token)) + "; chronicle=x",
		"long":             "chronicle=" + strings.Repeat("A", 8000),
		"another name":     "Chronicle=" + token,
		"the hash":         "chronicle=" + hashToken(token),
		"quoted markup":    `chronicle="<script>"; ;;=;`,
	} {
		b := h.browser()
		b.headers["Cookie"] = header
		if a := b.get("/"); a.StatusCode != 200 || !a.says("No sign-up needed.") {
			t.Errorf("%s: GET / is %d", name, a.StatusCode)
		}
		if a := b.get("/settings"); a.StatusCode != 303 {
			t.Errorf("%s: GET /settings is %d", name, a.StatusCode)
		}
		if a := b.post("/study/answers", "token", "x"); a.StatusCode != 401 {
			t.Errorf("%s: POST /study/answers is %d", name, a.StatusCode)
		}
	}
}
