package web

import (
	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// entry says who may enter an address.
type entry int

const (
	everybody     entry = iota // with or without progress
	known                      // a browser with progress, guest or signed in
	signedIn                   // those who have an alias
	teaching                   // teachers
	administering              // those who look after the site
)

// route is one address.
type route struct {
	Method, Path string
	Enter        entry
	Do           func(*fiber.Ctx) error
}

// routes is every address but /healthz and /assets, grouped by who may enter.
// What belongs to a person is always their own: no address names one.
func (s *server) routes() []route {
	get, post := fiber.MethodGet, fiber.MethodPost
	return []route{
		{get, "/", everybody, s.today},
		{get, "/decks", everybody, s.decks},
		{get, "/decks/:name", everybody, s.deck},
		{get, "/decks/:name/quiz", everybody, s.quizForm},
		{post, "/decks/:name/follow", everybody, s.follow},
		{post, "/quizzes", everybody, s.startQuiz},
		{get, "/keys", everybody, s.keys},
		{get, "/how", everybody, s.how},
		{post, "/study", everybody, s.begin},
		{get, "/sign-up", everybody, s.signUpForm},
		{post, "/sign-up", everybody, s.signUp},
		{get, "/sign-in", everybody, s.signInForm},
		{post, "/sign-in", everybody, s.signIn},

		{get, "/classes", everybody, s.classes},
		{get, "/join", everybody, s.codeForm},
		{post, "/join", everybody, s.join},
		{get, "/join/:code", everybody, s.joinForm},
		{get, "/board", everybody, s.board},
		{post, "/board/join", everybody, s.joinBoard},
		{get, "/decks/:name/board", everybody, s.boardOfDeck},
		{post, "/decks/:name/board/join", everybody, s.joinDeckBoard},
		{get, "/decks/:name/quiz-board", everybody, s.boardOfQuiz},
		{get, "/card", everybody, s.passForm},
		{post, "/card", everybody, s.pass},

		{get, "/kept", everybody, s.kept},
		{get, "/forgot", everybody, s.forgotForm},
		{post, "/forgot", everybody, s.forgot},
		{get, "/reset", everybody, s.resetForm},
		{post, "/reset", everybody, s.reset},
		{get, "/first-run", everybody, s.firstRunForm},
		{post, "/first-run", everybody, s.firstRun},

		{get, "/kept/export", known, s.exportOwn},
		{post, "/kept/erase", known, s.erase},
		{get, "/study", known, s.study},
		{get, "/study/back", known, s.back},
		{post, "/study/answers", known, s.answer},
		{get, "/study/answers/:token", known, s.told},
		{post, "/study/undo", known, s.undo},
		{post, "/study/aside", known, s.aside},
		{post, "/study/undo-care", known, s.undoCare},
		{get, "/decks/:name/test", known, s.goal},
		{post, "/decks/:name/test", known, s.setGoal},
		{post, "/decks/:name/test/drop", known, s.dropGoal},
		{get, "/decks/:name/cards/:key/:facet", known, s.card},
		{post, "/decks/:name/cards/:key/:facet", known, s.tend},
		{get, "/study/report", known, s.reportForm},
		{get, "/study/answers/:token/report", known, s.reportAnswerForm},
		{post, "/study/reports", known, s.report},
		{get, "/quizzes/:run", known, s.result},
		{get, "/progress", known, s.progress},
		{post, "/quizzes/contrast", known, s.startContrast},
		{post, "/quizzes/:run/missed", known, s.startMissed},
		{post, "/quizzes/:run/resume", known, s.resumeQuiz},
		{post, "/decks/:name/unfollow", known, s.unfollow},
		{post, "/notices", known, s.readNotices},
		{get, "/settings", known, s.settingsForm},
		{post, "/settings", known, s.settings},
		{post, "/sign-out", known, s.signOut},
		{post, "/board/leave", known, s.leaveBoard},
		{post, "/decks/:name/board/leave", known, s.leaveDeckBoard},
		{post, "/decks/:name/quiz-board/leave", known, s.leaveQuizBoard},
		{post, "/quizzes/:run/board", known, s.joinQuizBoard},
		{post, "/settings/hidden", known, s.hide},
		{get, "/classes/:class", known, s.class},
		{get, "/classes/:class/board", known, s.boardOfClass},
		{post, "/classes/:class/leave", known, s.leaveClass},
		{post, "/classes/:class/alias", known, s.ownAlias},

		{post, "/settings/other-devices", signedIn, s.otherDevices},
		{post, "/settings/password", signedIn, s.changePassword},
		{get, "/new-deck", signedIn, s.newDeckForm},
		{post, "/decks", signedIn, s.newDeck},
		{post, "/decks/:name/copies", signedIn, s.copyDeck},

		// These are of a deck's owner alone: mine refuses everybody else.
		{get, "/decks/:name/edit", signedIn, s.editor},
		{get, "/decks/:name/export", signedIn, s.export},
		{get, "/decks/:name/about", signedIn, s.describeForm},
		{post, "/decks/:name/about", signedIn, s.describe},
		{post, "/decks/:name/delete", signedIn, s.deleteDeck},
		{post, "/decks/:name/restore", signedIn, s.restoreDeck},
		{post, "/decks/:name/undo", signedIn, s.undoEdit},
		{get, "/decks/:name/new-fact", signedIn, s.newFactForm},
		{post, "/decks/:name/facts", signedIn, s.newFact},
		{get, "/decks/:name/reports", signedIn, s.inbox},
		{post, "/decks/:name/reports", signedIn, s.closeReport},
		{get, "/decks/:name/new-rows", signedIn, s.rowsForm},
		{post, "/decks/:name/rows", signedIn, s.addRows},
		{get, "/decks/:name/facts/:key", signedIn, s.factForm},
		{post, "/decks/:name/facts/:key", signedIn, s.saveFact},
		{post, "/decks/:name/facts/:key/remove", signedIn, s.removeFact},
		{post, "/decks/:name/facts/:key/holds", signedIn, s.hold},
		{post, "/decks/:name/facts/:key/bars", signedIn, s.bar},
		{post, "/decks/:name/moves", signedIn, s.move},
		{get, "/decks/:name/new-text", signedIn, s.bringForm},
		{post, "/decks/:name/texts", signedIn, s.bring},
		{get, "/decks/:name/texts/:text", signedIn, s.reviewText},
		{post, "/decks/:name/texts/:text", signedIn, s.decide},
		{post, "/decks/:name/texts/:text/remove", signedIn, s.removeText},
		{post, "/decks/:name/texts/:text/restore", signedIn, s.restoreText},

		{get, "/new-class", teaching, s.newClassForm},
		{post, "/classes", teaching, s.newClass},

		// These are of a class's teachers alone: taught refuses everybody else.
		{get, "/classes/:class/about", teaching, s.classForm},
		{post, "/classes/:class/about", teaching, s.setClass},
		{get, "/classes/:class/code", teaching, s.classCode},
		{post, "/classes/:class/code", teaching, s.newCode},
		{post, "/classes/:class/archive", teaching, s.archive},
		{post, "/classes/:class/reopen", teaching, s.reopen},
		{post, "/classes/:class/teachers", teaching, s.addTeacher},
		{post, "/classes/:class/teachers/remove", teaching, s.removeTeacher},
		{get, "/classes/:class/students", teaching, s.students},
		{post, "/classes/:class/students", teaching, s.addStudents},
		{post, "/classes/:class/cards", teaching, s.newCards},
		{get, "/classes/:class/students/:student", teaching, s.student},
		{post, "/classes/:class/students/:student/alias", teaching, s.callStudent},
		{post, "/classes/:class/students/:student/remove", teaching, s.removeStudent},
		{post, "/classes/:class/students/:student/restore", teaching, s.restoreStudent},
		{post, "/classes/:class/students/:student/move", teaching, s.moveStudent},
		{post, "/classes/:class/names", teaching, s.realNames},
		{post, "/classes/:class/students/:student/name", teaching, s.nameStudent},
		{post, "/classes/:class/students/:student/reveal", teaching, s.revealName},
		{post, "/classes/:class/students/:student/reset", teaching, s.resetStudent},
		{post, "/classes/:class/students/:student/export", teaching, s.exportStudent},
		{post, "/classes/:class/students/:student/erase", teaching, s.eraseStudent},
		{get, "/classes/:class/assign", teaching, s.assignForm},
		{post, "/classes/:class/assignments", teaching, s.assign},
		{get, "/classes/:class/assignments/:assignment", teaching, s.assignmentForm},
		{post, "/classes/:class/assignments/:assignment", teaching, s.setAssignment},
		{post, "/classes/:class/assignments/:assignment/remove", teaching, s.dropAssignment},
		{post, "/classes/:class/assignments/:assignment/restore", teaching, s.restoreAssignment},
		{post, "/classes/:class/assignments/:assignment/time", teaching, s.giveTime},
		{post, "/classes/:class/assignments/:assignment/quiz", teaching, s.giveQuiz},
		{get, "/classes/:class/assignments/:assignment/table.csv", teaching, s.table},
		{get, "/classes/:class/assignments/:assignment/facts/:key", teaching, s.classFact},

		{get, "/site", administering, s.site},
		{post, "/site/sign-up", administering, s.setPolicy},
		{post, "/site/invitations", administering, s.invite},
		{post, "/site/invitations/withdraw", administering, s.withdraw},
		{post, "/site/tidy", administering, s.tryTidying},
		{get, "/site/classes", administering, s.siteClasses},
		{post, "/site/classes/:class/teachers", administering, s.appoint},
		{get, "/people", administering, s.people},
		{post, "/people", administering, s.addPerson},
		{get, "/people/:person", administering, s.person},
		{post, "/people/:person/role", administering, s.giveRole},
		{post, "/people/:person/reset", administering, s.resetPerson},
		{post, "/people/:person/sign-out", administering, s.signOutPerson},
		{post, "/people/:person/export", administering, s.exportPerson},
		{post, "/people/:person/erase", administering, s.erasePerson},
	}
}

// gate lets in who may enter. A page of progress sends a browser without any
// to the front page, where practice begins; a deed is refused.
func (s *server) gate(r route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		who := visitor(c).Who()
		refused := r.Enter == known && who.IsNobody() || r.Enter == signedIn && !who.SignedIn() || r.Enter == teaching && !who.Teaches() ||
			r.Enter == administering && !who.Administers()
		switch {
		case !refused:
			return r.Do(c)
		case r.Method == fiber.MethodGet:
			return redirect(c, views.ToToday)
		}
		return quiz.Fail(quiz.Unknown, "error.unknown")
	}
}
