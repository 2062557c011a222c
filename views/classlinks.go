package views

import (
	"net/url"
	"strconv"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// ToJoinClass is where one joins the class with that code.
func ToJoinClass(code string) templ.SafeURL { return ToJoin + templ.SafeURL("/"+url.PathEscape(code)) }

// ToClass is the page of a class, as its teacher or its student sees it.
func ToClass(name string) templ.SafeURL { return ToClasses + templ.SafeURL("/"+url.PathEscape(name)) }

// ToClassAction does something to a class: leave, alias, code, archive, reopen.
func ToClassAction(name, deed string) templ.SafeURL { return ToClass(name) + templ.SafeURL("/"+deed) }

// ToClassForm is where a class is described, and its teachers are listed.
func ToClassForm(name string) templ.SafeURL { return ToClass(name) + "/about" }

// ToClassCode shows a class's join code, large.
func ToClassCode(name string) templ.SafeURL { return ToClass(name) + "/join-code" }

// ToTeachers adds a teacher to a class, ToRemoveTeacher takes one off.
func ToTeachers(name string) templ.SafeURL { return ToClass(name) + "/teachers" }

// ToRemoveTeacher ends that somebody teaches a class.
func ToRemoveTeacher(name string) templ.SafeURL { return ToTeachers(name) + "/remove" }

// ToStudents lists the students of a class.
func ToStudents(name string) templ.SafeURL { return ToClass(name) + "/students" }

// ToRealNames shows the real names of a class's students.
func ToRealNames(name string) templ.SafeURL { return ToClass(name) + "/names" }

// ToSignInCards makes sign-in cards for students of a class.
func ToSignInCards(name string) templ.SafeURL { return ToClass(name) + "/cards" }

// ToStudent is all about a student, as far as the class goes.
func ToStudent(name string, student int64) templ.SafeURL {
	return ToStudents(name) + templ.SafeURL("/"+strconv.FormatInt(student, 10))
}

// ToStudentAction does something to a student: alias, remove, restore, move.
func ToStudentAction(name string, student int64, deed string) templ.SafeURL {
	return ToStudent(name, student) + templ.SafeURL("/"+deed)
}

// ToNewAssignment is where an assignment is made.
func ToNewAssignment(name string) templ.SafeURL { return ToClass(name) + "/assign" }

// ToNewDeckAssignment is where a deck is assigned to a class.
func ToNewDeckAssignment(name, deck string) templ.SafeURL {
	return ToNewAssignment(name) + templ.SafeURL("?deck="+url.QueryEscape(deck))
}

// ToChooseClass chooses the class that a deck is assigned to.
func ToChooseClass(deck string) templ.SafeURL {
	return ToClasses + templ.SafeURL("?deck="+url.QueryEscape(deck))
}

// ToAssignments takes assignments of a class.
func ToAssignments(name string) templ.SafeURL { return ToClass(name) + "/assignments" }

// ToAssignment is where an assignment is changed.
func ToAssignment(name string, assignment int64) templ.SafeURL {
	return ToAssignments(name) + templ.SafeURL("/"+strconv.FormatInt(assignment, 10))
}

// ToAssignmentAction does something to an assignment: remove, restore, quiz, time, copy.
func ToAssignmentAction(name string, assignment int64, deed string) templ.SafeURL {
	return ToAssignment(name, assignment) + templ.SafeURL("/"+deed)
}

// ToClassTable is how a class stands as a file.
func ToClassTable(name string, assignment int64) templ.SafeURL {
	return ToAssignment(name, assignment) + "/table.csv"
}

// ToClassFact is how a class knows a fact.
func ToClassFact(name string, assignment int64, key string) templ.SafeURL {
	return ToAssignment(name, assignment) + templ.SafeURL("/facts/"+url.PathEscape(key))
}

// ToClassReport is how a class stands with an assignment, in that order.
func ToClassReport(name string, assignment int64, sort string) templ.SafeURL {
	v := url.Values{"assignment": {strconv.FormatInt(assignment, 10)}}
	if sort != "" {
		v.Set("sort", sort)
	}
	return ToClass(name) + templ.SafeURL("?"+v.Encode())
}

// ToStudentAssignment is a student with how they stand with an assignment.
func ToStudentAssignment(name string, student, assignment int64) templ.SafeURL {
	return ToStudent(name, student) + templ.SafeURL("?assignment="+strconv.FormatInt(assignment, 10))
}

// The addresses of boards.
const (
	ToBoard          templ.SafeURL = "/leaderboard"
	ToHideFromBoards templ.SafeURL = "/settings/hidden"
)

// ToDeckBoard is the board of a deck that is open to all.
func ToDeckBoard(deck string) templ.SafeURL { return ToDeck(deck) + "/leaderboard" }

// ToClassBoard is the board of a class.
func ToClassBoard(name string) templ.SafeURL { return ToClass(name) + "/leaderboard" }

// ToQuizBoard is the board of a shared quiz.
func ToQuizBoard(deck string, q quiz.Quiz) templ.SafeURL {
	same := string(ToSameQuiz(deck, q))
	return ToDeck(deck) + "/quiz-leaderboard" + templ.SafeURL(same[len(ToQuiz(deck)):])
}

// ToAttemptBoard joins the board of the quiz that was taken.
func ToAttemptBoard(run string) templ.SafeURL { return ToQuizResult(run) + "/leaderboard" }
