package views

import (
	"time"

	"chronicle/quiz"
)

// sites are the screens about what is kept and of whoever looks after the site.
func (g gallery) sites() []Sample {
	admin, teacher := g.learner, g.learner
	admin.Who.Role, teacher.Who.Role = quiz.Admin, quiz.Teacher
	log := []quiz.Audit{
		{At: g.now, By: "Rauf", Act: quiz.Revealed, Subject: 1, Of: "Aysel <b>", Note: "History <10B>"},
		{At: g.now, By: "Rauf", Act: quiz.Exported, Subject: 1, Of: "Aysel <b>"},
		{At: g.now, By: "Leyla <3", Act: quiz.RoleGiven, Subject: 2, Of: "Rauf", Note: "teacher"},
		{At: g.now, Act: quiz.ErasedOne},
		{At: g.now, By: "Leyla <3", Act: quiz.PolicySet, Note: "closed"},
	}
	var sure, wrong quiz.Problems
	sure.Add("sure", "problem.sure")
	sure.Add("password", "problem.password.wrong")
	sure.Add("erase", "problem.erase.class", "Class", "History <10B>")
	wrong.Add("policy", "problem.choose")
	wrong.Add("role", "problem.choose")
	wrong.Add("uses", "problem.uses", "Max", quiz.MaxUses)
	site := Site{
		Frame: admin, Numbers: quiz.Numbers{People: map[quiz.Role]int{quiz.Learner: 12, quiz.Teacher: 3, quiz.Guest: 40}, Classes: 1, Students: 24, Decks: 4, Facts: 300, Reviews: 12345, Size: 34_567_890},
		Policy: quiz.ByInvitation, Invitations: []quiz.Invitation{{ID: 7, Role: quiz.Teacher, Uses: 5, Used: 3, Until: g.now.Add(quiz.InvitationHolds)}}, Uses: "1", Role: quiz.Teacher,
		Log: log, Database: "SQLite", Mail: true, Since: g.now, Cal: g.cal, Done: "policy", Tried: true, Tidied: []quiz.Tidying{{What: "sessions", N: 12}, {What: "guests", N: 1}},
	}
	plain := Site{Frame: admin, Policy: quiz.ToAll, Uses: "0", Database: "SQLite", Since: g.now, Cal: g.cal, Tried: true, Problems: wrong}
	person := func(id int64, alias string, role quiz.Role, email string) quiz.Listed {
		return quiz.Listed{Person: quiz.Person{ID: id, Alias: alias, Role: role, Email: email, Created: g.now.AddDate(0, -2, 0), Seen: g.now}, Sessions: 2, Classes: 1, Decks: 3}
	}
	all := []quiz.Listed{person(1, "Leyla <3", quiz.Admin, "leyla@example.org"), person(2, "Rauf", quiz.Teacher, "rauf@example.org"), person(3, "Aysel <b>", quiz.Learner, "")}
	form := quiz.SignUp{Alias: "", Email: "nobody", Teaches: true}
	classes := []quiz.ListedClass{
		{Class: quiz.Class{ID: 1, Title: "History <10B>"}, Teachers: "Leyla <3, Rauf", Students: 24},
		{Class: quiz.Class{ID: 2, Title: "History 9A", Archived: g.now.Add(-time.Hour)}, Teachers: "Rauf", Students: 1},
	}
	var none quiz.Problems
	none.Add("teacher", "problem.teacher.none")
	return append(g.resets(admin), []Sample{
		{"kept", Keep{Frame: g.nobody}},
		{"kept-guest", Keep{Frame: g.guest, Cal: g.cal}},
		{"kept-teacher", Keep{Frame: teacher, Log: log, Cal: g.cal, Problems: sure}},
		{"site", site},
		{"site-problems", plain},
		{"people", People{Frame: admin, All: all, Next: 3, Find: "a", Role: quiz.Teacher, Cal: g.cal, As: quiz.Teacher}},
		{"people-problems", People{Frame: admin, Cal: g.cal, Form: form, As: quiz.Admin, Problems: form.CheckNamed()}},
		{"person", OnePerson{Frame: admin, One: all[1], Cal: g.cal, Mail: true, Done: "role"}},
		{"person-problems", OnePerson{Frame: admin, One: all[2], Cal: g.cal, Problems: sure[:1]}},
		{"site-classes", SiteClasses{Frame: admin, All: classes, Next: 2, At: 2, Teacher: "nobody", Problems: none}},
		{"site-classes-none", SiteClasses{Frame: admin, Find: "x"}},
	}...)
}

// resets are the screens of passwords and of the first run.
func (g gallery) resets(admin Frame) []Sample {
	var code quiz.Problems
	code.Add("secret", "problem.reset")
	var email quiz.Problems
	email.Add("email", "problem.email.form")
	form := quiz.SignUp{Alias: "Leyla <3", Email: "nobody", Teaches: true}
	first := FirstRun{Frame: g.nobody, Code: "7KQM-2PXT-9WHA", Form: form, Problems: form.Check()}
	return []Sample{
		{"sign-up-invitation", SignUp{Frame: g.nobody, Policy: quiz.ByInvitation}},
		{"sign-up-closed", SignUp{Frame: g.nobody, Policy: quiz.Closed}},
		{"forgot", Forgot{Frame: g.nobody, Mail: true, Sent: true}},
		{"forgot-problems", Forgot{Frame: g.nobody, Mail: true, Email: "nobody", Problems: email}},
		{"forgot-no-mail", Forgot{Frame: g.nobody}},
		{"reset", Reset{Frame: g.nobody}},
		{"reset-problems", Reset{Frame: g.nobody, Code: "7KQM-2PXT-9WHA", Problems: code}},
		{"code-reset", Coded{Frame: admin, Head: "coded.reset", Text: "coded.reset.what", Of: "Rauf", Code: "7KQM-2PXT-9WHA", Link: "https://example.org/reset#7KQM-2PXT-9WHA", Back: ToPerson(2)}},
		{"code-invitation", Coded{Frame: admin, Head: "coded.invitation", Text: "coded.invitation.what", Code: "7KQM-2PXT-9WHA", Link: "https://example.org/sign-up#7KQM-2PXT-9WHA", Back: ToSite}},
		{"first-run", FirstRun{Frame: g.nobody}},
		{"first-run-problems", first},
		{"first-run-account", FirstRun{Frame: g.learner}},
		{"first-run-over", FirstRun{Frame: g.nobody, Over: true}},
	}
}
