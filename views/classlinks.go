package views

import (
	"net/url"
	"strconv"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// ToJoinClass joins the class with a join code.
func ToJoinClass(code string) templ.SafeURL { return ToJoin + templ.SafeURL("/"+url.PathEscape(code)) }

// ToClass is the page of a class, for its teachers and students.
func ToClass(name string) templ.SafeURL { return ToClasses + templ.SafeURL("/"+url.PathEscape(name)) }

// ToClassAction applies an action to a class: leave, alias, code, archive, reopen.
func ToClassAction(name, deed string) templ.SafeURL { return ToClass(name) + templ.SafeURL("/"+deed) }

// ToClassForm is the form with a class's details and teachers.
func ToClassForm(name string) templ.SafeURL { return ToClass(name) + "/about" }

// ToClassCode shows a class's join code in large type.
func ToClassCode(name string) templ.SafeURL { return ToClass(name) + "/join-code" }

// ToTeachers adds a teacher to a class.
func ToTeachers(name string) templ.SafeURL { return ToClass(name) + "/teachers" }

// ToRemoveTeacher removes a teacher from a class.
func ToRemoveTeacher(name string) templ.SafeURL { return ToTeachers(name) + "/remove" }

// ToStudents lists the students of a class.
func ToStudents(name string) templ.SafeURL { return ToClass(name) + "/students" }

// ToRealNames shows the real names of a class's students.
func ToRealNames(name string) templ.SafeURL { return ToClass(name) + "/names" }

// ToSignInCards creates sign-in cards for students of a class.
func ToSignInCards(name string) templ.SafeURL { return ToClass(name) + "/cards" }

// ToStudent is the page of a student in a class.
func ToStudent(name string, student int64) templ.SafeURL {
	return ToStudents(name) + templ.SafeURL("/"+strconv.FormatInt(student, 10))
}

// ToStudentAction applies an action to a student: alias, remove, restore, move.
func ToStudentAction(name string, student int64, deed string) templ.SafeURL {
	return ToStudent(name, student) + templ.SafeURL("/"+deed)
}

// ToNewAssignment is the form for a new assignment.
func ToNewAssignment(name string) templ.SafeURL { return ToClass(name) + "/assign" }

// ToNewDeckAssignment is the form for assigning a deck to a class.
func ToNewDeckAssignment(name, deck string) templ.SafeURL {
	return ToNewAssignment(name) + templ.SafeURL("?deck="+url.QueryEscape(deck))
}

// ToChooseClass asks which class a deck is assigned to.
func ToChooseClass(deck string) templ.SafeURL {
	return ToClasses + templ.SafeURL("?deck="+url.QueryEscape(deck))
}

// ToAssignments creates assignments of a class.
func ToAssignments(name string) templ.SafeURL { return ToClass(name) + "/assignments" }

// ToAssignment is the form of an assignment.
func ToAssignment(name string, assignment int64) templ.SafeURL {
	return ToAssignments(name) + templ.SafeURL("/"+strconv.FormatInt(assignment, 10))
}

// ToAssignmentAction applies an action to an assignment: remove, restore, quiz, time, copy.
func ToAssignmentAction(name string, assignment int64, deed string) templ.SafeURL {
	return ToAssignment(name, assignment) + templ.SafeURL("/"+deed)
}

// ToClassTable is the class report as a file.
func ToClassTable(name string, assignment int64) templ.SafeURL {
	return ToAssignment(name, assignment) + "/table.csv"
}

// ToClassFact is the page about a fact in a class.
func ToClassFact(name string, assignment int64, key string) templ.SafeURL {
	return ToAssignment(name, assignment) + templ.SafeURL("/facts/"+url.PathEscape(key))
}

// ToClassReport is the class report of an assignment in the given order.
func ToClassReport(name string, assignment int64, sort string) templ.SafeURL {
	v := url.Values{"assignment": {strconv.FormatInt(assignment, 10)}}
	if sort != "" {
		v.Set("sort", sort)
	}
	return ToClass(name) + templ.SafeURL("?"+v.Encode())
}

// ToStudentAssignment is the page of a student with their progress in an assignment.
func ToStudentAssignment(name string, student, assignment int64) templ.SafeURL {
	return ToStudent(name, student) + templ.SafeURL("?assignment="+strconv.FormatInt(assignment, 10))
}

// URLs of leaderboards.
const (
	ToBoard          templ.SafeURL = "/leaderboard"
	ToHideFromBoards templ.SafeURL = "/settings/hidden"
)

// ToDeckBoard is the leaderboard of a public deck.
func ToDeckBoard(deck string) templ.SafeURL { return ToDeck(deck) + "/leaderboard" }

// ToClassBoard is the leaderboard of a class.
func ToClassBoard(name string) templ.SafeURL { return ToClass(name) + "/leaderboard" }

// ToQuizBoard is the leaderboard of a shared quiz.
func ToQuizBoard(deck string, q quiz.Quiz) templ.SafeURL {
	same := string(ToSameQuiz(deck, q))
	return ToDeck(deck) + "/quiz-leaderboard" + templ.SafeURL(same[len(ToQuiz(deck)):])
}

// ToAttemptBoard joins the leaderboard of the quiz of an attempt.
func ToAttemptBoard(run string) templ.SafeURL { return ToQuizResult(run) + "/leaderboard" }
