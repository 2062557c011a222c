package views

import (
	"time"

	"chronicle/quiz"
)

// siteScreens returns the screens about personal data and administration.
func (g gallery) siteScreens() []Sample {
	admin, teacher := g.learner, g.learner
	admin.Who.Role, teacher.Who.Role = quiz.RoleAdmin, quiz.RoleTeacher
	log := []quiz.AuditEntry{
		{At: g.now, ActorAlias: "Rauf", Action: quiz.AuditNameRevealed, Subject: 1, SubjectAlias: "Aysel <b>", Note: "History <10B>"},
		{At: g.now, ActorAlias: "Rauf", Action: quiz.AuditExported, Subject: 1, SubjectAlias: "Aysel <b>"},
		{At: g.now, ActorAlias: "Leyla <3", Action: quiz.AuditRoleChanged, Subject: 2, SubjectAlias: "Rauf", Note: "teacher"},
		{At: g.now, Action: quiz.AuditErased},
		{At: g.now, ActorAlias: "Leyla <3", Action: quiz.AuditPolicyChanged, Note: "closed"},
	}
	var sure, wrong quiz.Problems
	sure.Add("sure", "problem.sure")
	sure.Add("password", "problem.password.wrong")
	sure.Add("erase", "problem.erase.class", "Class", "History <10B>")
	wrong.Add("policy", "problem.choose")
	wrong.Add("role", "problem.choose")
	wrong.Add("uses", "problem.uses", "Max", quiz.MaxInvitationUses)
	site := SiteScreen{
		Frame: admin, Stats: quiz.SiteStats{People: map[quiz.Role]int{quiz.RoleLearner: 12, quiz.RoleTeacher: 3, quiz.RoleGuest: 40}, Classes: 1, Students: 24, Decks: 4, Facts: 300, Reviews: 12345, DatabaseBytes: 34_567_890},
		Policy: quiz.SignUpByInvitation, Invitations: []quiz.Invitation{{ID: 7, Role: quiz.RoleTeacher, MaxUses: 5, Used: 3, ExpiresAt: g.now.Add(quiz.InvitationLifetime)}}, Uses: "1", Role: quiz.RoleTeacher,
		AuditLog: log, Database: "SQLite", Mail: true, Since: g.now, Cal: g.cal, Done: "policy", PurgePreviewed: true, PurgeCounts: []quiz.PurgeCount{{Category: "sessions", Count: 12}, {Category: "guests", Count: 1}},
	}
	plain := SiteScreen{Frame: admin, Policy: quiz.SignUpOpen, Uses: "0", Database: "SQLite", Since: g.now, Cal: g.cal, PurgePreviewed: true, Problems: wrong}
	person := func(id int64, alias string, role quiz.Role, email string) quiz.SiteAccount {
		return quiz.SiteAccount{Person: quiz.Person{ID: id, Alias: alias, Role: role, Email: email, Created: g.now.AddDate(0, -2, 0), LastSeen: g.now}, Sessions: 2, Classes: 1, Decks: 3}
	}
	all := []quiz.SiteAccount{person(1, "Leyla <3", quiz.RoleAdmin, "leyla@example.org"), person(2, "Rauf", quiz.RoleTeacher, "rauf@example.org"), person(3, "Aysel <b>", quiz.RoleLearner, "")}
	form := quiz.SignUp{Alias: "", Email: "nobody", AsTeacher: true}
	classes := []quiz.SiteClass{
		{Class: quiz.Class{ID: 1, Title: "History <10B>"}, Teachers: "Leyla <3, Rauf", Students: 24},
		{Class: quiz.Class{ID: 2, Title: "History 9A", Archived: g.now.Add(-time.Hour)}, Teachers: "Rauf", Students: 1},
	}
	var none quiz.Problems
	none.Add("teacher", "problem.teacher.none")
	return append(g.resets(admin), []Sample{
		{"kept", PersonalDataScreen{Frame: g.nobody}},
		{"kept-guest", PersonalDataScreen{Frame: g.guest, Cal: g.cal}},
		{"kept-teacher", PersonalDataScreen{Frame: teacher, AuditLog: log, Cal: g.cal, Problems: sure}},
		{"site", site},
		{"site-problems", plain},
		{"people", PeopleScreen{Frame: admin, Accounts: all, Next: 3, Find: "a", Role: quiz.RoleTeacher, Cal: g.cal, NewRole: quiz.RoleTeacher}},
		{"people-problems", PeopleScreen{Frame: admin, Cal: g.cal, Form: form, NewRole: quiz.RoleAdmin, Problems: form.ValidateWithoutPassword()}},
		{"person", PersonScreen{Frame: admin, Account: all[1], Cal: g.cal, Mail: true, Done: "role"}},
		{"person-problems", PersonScreen{Frame: admin, Account: all[2], Cal: g.cal, Problems: sure[:1]}},
		{"site-classes", SiteClassesScreen{Frame: admin, All: classes, Next: 2, At: 2, Teacher: "nobody", Problems: none}},
		{"site-classes-none", SiteClassesScreen{Frame: admin, Find: "x"}},
	}...)
}

// resets returns the screens for passwords and the first run.
func (g gallery) resets(admin Frame) []Sample {
	var code quiz.Problems
	code.Add("secret", "problem.reset")
	var email quiz.Problems
	email.Add("email", "problem.email.form")
	form := quiz.SignUp{Alias: "Leyla <3", Email: "nobody", AsTeacher: true}
	first := FirstRunScreen{Frame: g.nobody, Code: "7KQM-2PXT-9WHA", Form: form, Problems: form.Validate()}
	return []Sample{
		{"sign-up-invitation", SignUpScreen{Frame: g.nobody, Policy: quiz.SignUpByInvitation}},
		{"sign-up-closed", SignUpScreen{Frame: g.nobody, Policy: quiz.SignUpClosed}},
		{"forgot", ForgotPasswordScreen{Frame: g.nobody, Mail: true, Sent: true}},
		{"forgot-problems", ForgotPasswordScreen{Frame: g.nobody, Mail: true, Email: "nobody", Problems: email}},
		{"forgot-no-mail", ForgotPasswordScreen{Frame: g.nobody}},
		{"reset", ResetPasswordScreen{Frame: g.nobody}},
		{"reset-problems", ResetPasswordScreen{Frame: g.nobody, Code: "7KQM-2PXT-9WHA", Problems: code}},
		{"code-reset", SecretCodeScreen{Frame: admin, Head: "coded.reset", Text: "coded.reset.what", Alias: "Rauf", Code: "7KQM-2PXT-9WHA", Link: "https://example.org/reset#7KQM-2PXT-9WHA", Back: ToPerson(2)}},
		{"code-invitation", SecretCodeScreen{Frame: admin, Head: "coded.invitation", Text: "coded.invitation.what", Code: "7KQM-2PXT-9WHA", Link: "https://example.org/sign-up#7KQM-2PXT-9WHA", Back: ToSite}},
		{"first-run", FirstRunScreen{Frame: g.nobody}},
		{"first-run-problems", first},
		{"first-run-account", FirstRunScreen{Frame: g.learner}},
		{"first-run-over", FirstRunScreen{Frame: g.nobody, Over: true}},
	}
}
