package web

import (
	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// access says who may use a route.
type access int

const (
	accessEveryone access = iota // with or without progress
	accessKnown                  // a browser with progress, guest or signed in
	accessSignedIn               // people who have an alias
	accessTeacher                // teachers
	accessAdmin                  // administrators
)

// route is one method and path with its handler.
type route struct {
	Method, Path string
	Access       access
	Handle       func(*fiber.Ctx) error
}

// routes returns every route except /healthz and /assets, grouped by access. Personal pages are always the
// visitor's own: no URL names a person.
func (s *server) routes() []route {
	get, post := fiber.MethodGet, fiber.MethodPost
	return []route{
		{get, "/", accessEveryone, s.showToday},
		{get, "/decks", accessEveryone, s.showLibrary},
		{get, "/decks/:name", accessEveryone, s.showDeck},
		{get, "/decks/:name/quiz", accessEveryone, s.quizForm},
		{post, "/decks/:name/follow", accessEveryone, s.followDeck},
		{post, "/quizzes", accessEveryone, s.startQuiz},
		{get, "/keys", accessEveryone, s.showKeys},
		{get, "/how-it-works", accessEveryone, s.showHow},
		{post, "/study", accessEveryone, s.startStudySession},
		{get, "/sign-up", accessEveryone, s.signUpForm},
		{post, "/sign-up", accessEveryone, s.handleSignUp},
		{get, "/sign-in", accessEveryone, s.signInForm},
		{post, "/sign-in", accessEveryone, s.handleSignIn},

		{get, "/classes", accessEveryone, s.listClasses},
		{get, "/join", accessEveryone, s.joinCodeForm},
		{post, "/join", accessEveryone, s.joinClass},
		{get, "/join/:code", accessEveryone, s.joinForm},
		{get, "/leaderboard", accessEveryone, s.showSiteBoard},
		{post, "/leaderboard/join", accessEveryone, s.joinBoard},
		{get, "/decks/:name/leaderboard", accessEveryone, s.showDeckBoard},
		{post, "/decks/:name/leaderboard/join", accessEveryone, s.joinDeckBoard},
		{get, "/decks/:name/quiz-leaderboard", accessEveryone, s.showQuizBoard},
		{get, "/sign-in-card", accessEveryone, s.signInCardForm},
		{post, "/sign-in-card", accessEveryone, s.signInWithCard},

		{get, "/your-data", accessEveryone, s.showPersonalData},
		{get, "/forgot-password", accessEveryone, s.forgotForm},
		{post, "/forgot-password", accessEveryone, s.sendResetMail},
		{get, "/reset-password", accessEveryone, s.resetForm},
		{post, "/reset-password", accessEveryone, s.resetPassword},
		{get, "/setup", accessEveryone, s.firstRunForm},
		{post, "/setup", accessEveryone, s.createFirstAdmin},

		{get, "/your-data/export", accessKnown, s.exportOwnData},
		{post, "/your-data/erase", accessKnown, s.eraseOwnData},
		{get, "/study", accessKnown, s.showStudy},
		{get, "/study/back", accessKnown, s.showFlashcardBack},
		{post, "/study/answers", accessKnown, s.submitAnswer},
		{get, "/study/answers/:token", accessKnown, s.showFeedback},
		{post, "/study/undo", accessKnown, s.undoAnswer},
		{post, "/study/aside", accessKnown, s.suspendCurrentCard},
		{post, "/study/undo-care", accessKnown, s.undoCardAction},
		{get, "/decks/:name/test-date", accessKnown, s.showTestDate},
		{post, "/decks/:name/test-date", accessKnown, s.setTestDate},
		{post, "/decks/:name/test-date/drop", accessKnown, s.deleteTestDate},
		{get, "/decks/:name/cards/:key/:facet", accessKnown, s.showCard},
		{post, "/decks/:name/cards/:key/:facet", accessKnown, s.applyCardAction},
		{get, "/study/report", accessKnown, s.reportForm},
		{get, "/study/answers/:token/report", accessKnown, s.reportAnswerForm},
		{post, "/study/reports", accessKnown, s.saveReport},
		{get, "/quizzes/:run", accessKnown, s.showQuizResult},
		{get, "/progress", accessKnown, s.showProgress},
		{post, "/quizzes/contrast", accessKnown, s.startContrast},
		{post, "/quizzes/:run/missed", accessKnown, s.startMissed},
		{post, "/quizzes/:run/resume", accessKnown, s.resumeQuiz},
		{post, "/decks/:name/unfollow", accessKnown, s.unfollowDeck},
		{post, "/notices", accessKnown, s.markNoticesRead},
		{get, "/settings", accessKnown, s.settingsForm},
		{post, "/settings", accessKnown, s.saveSettings},
		{post, "/sign-out", accessKnown, s.handleSignOut},
		{post, "/leaderboard/leave", accessKnown, s.leaveBoard},
		{post, "/decks/:name/leaderboard/leave", accessKnown, s.leaveDeckBoard},
		{post, "/decks/:name/quiz-leaderboard/leave", accessKnown, s.leaveQuizBoard},
		{post, "/quizzes/:run/leaderboard", accessKnown, s.joinQuizBoard},
		{post, "/settings/hidden", accessKnown, s.setHidden},
		{get, "/classes/:class", accessKnown, s.showClass},
		{get, "/classes/:class/leaderboard", accessKnown, s.showClassBoard},
		{post, "/classes/:class/leave", accessKnown, s.leaveClass},
		{post, "/classes/:class/alias", accessKnown, s.setOwnAlias},

		{post, "/settings/other-devices", accessSignedIn, s.endOtherSessions},
		{post, "/settings/password", accessSignedIn, s.changePassword},
		{get, "/new-deck", accessSignedIn, s.newDeckForm},
		{post, "/decks", accessSignedIn, s.createDeck},
		{post, "/decks/:name/copies", accessSignedIn, s.copyDeck},

		// Only for the deck's owner: ownedDeck refuses everyone else.
		{get, "/decks/:name/edit", accessSignedIn, s.showEditor},
		{get, "/decks/:name/export", accessSignedIn, s.exportDeck},
		{get, "/decks/:name/about", accessSignedIn, s.deckForm},
		{post, "/decks/:name/about", accessSignedIn, s.updateDeck},
		{post, "/decks/:name/delete", accessSignedIn, s.deleteDeck},
		{post, "/decks/:name/restore", accessSignedIn, s.restoreDeck},
		{post, "/decks/:name/undo", accessSignedIn, s.undoDeckChange},
		{get, "/decks/:name/new-fact", accessSignedIn, s.newFactForm},
		{post, "/decks/:name/facts", accessSignedIn, s.createFact},
		{get, "/decks/:name/reports", accessSignedIn, s.showInbox},
		{post, "/decks/:name/reports", accessSignedIn, s.closeReport},
		{get, "/decks/:name/new-rows", accessSignedIn, s.factTableForm},
		{post, "/decks/:name/rows", accessSignedIn, s.addFactTable},
		{get, "/decks/:name/facts/:key", accessSignedIn, s.factForm},
		{post, "/decks/:name/facts/:key", accessSignedIn, s.updateFact},
		{post, "/decks/:name/facts/:key/remove", accessSignedIn, s.removeFact},
		{post, "/decks/:name/facts/:key/holds", accessSignedIn, s.setKindDisabled},
		{post, "/decks/:name/facts/:key/bars", accessSignedIn, s.setDistractorExcluded},
		{post, "/decks/:name/moves", accessSignedIn, s.moveFacts},
		{get, "/decks/:name/new-text", accessSignedIn, s.sourceTextForm},
		{post, "/decks/:name/texts", accessSignedIn, s.addSourceText},
		{get, "/decks/:name/texts/:text", accessSignedIn, s.showProposals},
		{post, "/decks/:name/texts/:text", accessSignedIn, s.decideProposal},
		{post, "/decks/:name/texts/:text/remove", accessSignedIn, s.removeSourceText},
		{post, "/decks/:name/texts/:text/restore", accessSignedIn, s.restoreSourceText},

		{get, "/new-class", accessTeacher, s.newClassForm},
		{post, "/classes", accessTeacher, s.createClass},

		// Only for the class's teachers: taughtClass refuses everyone else.
		{get, "/classes/:class/about", accessTeacher, s.classForm},
		{post, "/classes/:class/about", accessTeacher, s.updateClass},
		{get, "/classes/:class/join-code", accessTeacher, s.classCode},
		{post, "/classes/:class/join-code", accessTeacher, s.renewJoinCode},
		{post, "/classes/:class/archive", accessTeacher, s.archiveClass},
		{post, "/classes/:class/reopen", accessTeacher, s.reopenClass},
		{post, "/classes/:class/teachers", accessTeacher, s.addTeacher},
		{post, "/classes/:class/teachers/remove", accessTeacher, s.removeTeacher},
		{get, "/classes/:class/students", accessTeacher, s.listStudents},
		{post, "/classes/:class/students", accessTeacher, s.addStudents},
		{post, "/classes/:class/cards", accessTeacher, s.createSignInCards},
		{get, "/classes/:class/students/:student", accessTeacher, s.showStudent},
		{post, "/classes/:class/students/:student/alias", accessTeacher, s.renameStudent},
		{post, "/classes/:class/students/:student/remove", accessTeacher, s.removeStudent},
		{post, "/classes/:class/students/:student/restore", accessTeacher, s.restoreStudent},
		{post, "/classes/:class/students/:student/move", accessTeacher, s.moveStudent},
		{post, "/classes/:class/names", accessTeacher, s.revealRealNames},
		{post, "/classes/:class/students/:student/name", accessTeacher, s.setRealName},
		{post, "/classes/:class/students/:student/reveal", accessTeacher, s.revealRealName},
		{post, "/classes/:class/students/:student/reset", accessTeacher, s.createStudentResetCode},
		{post, "/classes/:class/students/:student/export", accessTeacher, s.exportStudent},
		{post, "/classes/:class/students/:student/erase", accessTeacher, s.eraseStudent},
		{get, "/classes/:class/assign", accessTeacher, s.newAssignmentForm},
		{post, "/classes/:class/assignments", accessTeacher, s.createAssignment},
		{get, "/classes/:class/assignments/:assignment", accessTeacher, s.assignmentForm},
		{post, "/classes/:class/assignments/:assignment", accessTeacher, s.updateAssignment},
		{post, "/classes/:class/assignments/:assignment/remove", accessTeacher, s.removeAssignment},
		{post, "/classes/:class/assignments/:assignment/restore", accessTeacher, s.restoreAssignment},
		{post, "/classes/:class/assignments/:assignment/time", accessTeacher, s.extendDeadline},
		{post, "/classes/:class/assignments/:assignment/quiz", accessTeacher, s.createClassQuiz},
		{get, "/classes/:class/assignments/:assignment/table.csv", accessTeacher, s.exportClassTable},
		{get, "/classes/:class/assignments/:assignment/facts/:key", accessTeacher, s.showClassFact},

		{get, "/site", accessAdmin, s.showSite},
		{post, "/site/sign-up", accessAdmin, s.setSignUpPolicy},
		{post, "/site/invitations", accessAdmin, s.createInvitation},
		{post, "/site/invitations/withdraw", accessAdmin, s.revokeInvitation},
		{post, "/site/tidy", accessAdmin, s.previewPurge},
		{get, "/site/classes", accessAdmin, s.listAllClasses},
		{post, "/site/classes/:class/teachers", accessAdmin, s.appointTeacher},
		{get, "/people", accessAdmin, s.listPeople},
		{post, "/people", accessAdmin, s.createPerson},
		{get, "/people/:person", accessAdmin, s.showPerson},
		{post, "/people/:person/role", accessAdmin, s.setRole},
		{post, "/people/:person/reset", accessAdmin, s.resetPerson},
		{post, "/people/:person/sign-out", accessAdmin, s.signOutPerson},
		{post, "/people/:person/export", accessAdmin, s.exportPerson},
		{post, "/people/:person/erase", accessAdmin, s.erasePerson},
	}
}

// requireAccess enforces a route's access. A browser without progress is redirected from a progress page to the
// home page; a POST is refused.
func (s *server) requireAccess(r route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		who := visitor(c).Who()
		refused := r.Access == accessKnown && who.IsNobody() || r.Access == accessSignedIn && !who.IsSignedIn() || r.Access == accessTeacher && !who.CanTeach() ||
			r.Access == accessAdmin && !who.CanAdminister()
		switch {
		case !refused:
			return r.Handle(c)
		case r.Method == fiber.MethodGet:
			return redirect(c, views.ToToday)
		}
		return quiz.NewError(quiz.Unauthenticated, "error.unknown")
	}
}
