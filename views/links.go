package views

import (
	"net/url"
	"strconv"
	"strings"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// URLs that pages link to; web/routes.go routes them.
const (
	ToToday          templ.SafeURL = "/"
	ToDecks          templ.SafeURL = "/decks"
	ToStudy          templ.SafeURL = "/study"
	ToFlashcardBack  templ.SafeURL = "/study/back"
	ToSubmitAnswer   templ.SafeURL = "/study/answers"
	ToUndoAnswer     templ.SafeURL = "/study/undo"
	ToSignUp         templ.SafeURL = "/sign-up"
	ToSignIn         templ.SafeURL = "/sign-in"
	ToSignOut        templ.SafeURL = "/sign-out"
	ToSettings       templ.SafeURL = "/settings"
	ToOtherDevices   templ.SafeURL = "/settings/other-devices"
	ToKeys           templ.SafeURL = "/keys"
	ToHow            templ.SafeURL = "/how-it-works"
	ToSuspend        templ.SafeURL = "/study/aside"
	ToUndoCardAction templ.SafeURL = "/study/undo-care"
	ToReport         templ.SafeURL = "/study/report"
	ToReports        templ.SafeURL = "/study/reports"
	ToQuizzes        templ.SafeURL = "/quizzes"
	ToNewDeck        templ.SafeURL = "/new-deck"
	ToNotices        templ.SafeURL = "/notices"
	ToProgress       templ.SafeURL = "/progress"
	ToContrast       templ.SafeURL = "/quizzes/contrast"
	ToClasses        templ.SafeURL = "/classes"
	ToNewClass       templ.SafeURL = "/new-class"
	ToJoin           templ.SafeURL = "/join"
	ToSignInCard     templ.SafeURL = "/sign-in-card"
)

// ToMoreDecks is the library after the given deck.
func ToMoreDecks(after int64) templ.SafeURL {
	return ToDecks + templ.SafeURL("?after="+strconv.FormatInt(after, 10)+"#open")
}

// ToFollow adds a deck to the visitor's library.
func ToFollow(deck string) templ.SafeURL { return ToDeck(deck) + "/follow" }

// ToUnfollow removes a deck from the visitor's library.
func ToUnfollow(deck string) templ.SafeURL { return ToDeck(deck) + "/unfollow" }

// ToMoveFacts moves facts of a deck to another.
func ToMoveFacts(deck string) templ.SafeURL { return ToDeck(deck) + "/moves" }

// ToDisabledKinds disables question kinds of a fact or enables them again.
func ToDisabledKinds(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/holds" }

// ToExcludedDistractors excludes distractors from a fact's questions.
func ToExcludedDistractors(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/bars" }

// ToRemoveSourceText removes a text from the list.
func ToRemoveSourceText(deck string, text int64) templ.SafeURL {
	return ToSourceText(deck, text) + "/remove"
}

// ToRestoreSourceText restores a removed text.
func ToRestoreSourceText(deck string, text int64) templ.SafeURL {
	return ToSourceText(deck, text) + "/restore"
}

// ToDeck is the page of a deck.
func ToDeck(name string) templ.SafeURL { return templ.SafeURL("/decks/" + url.PathEscape(name)) }

// ToDeckWeakest is a deck's page sorted by recall, lowest first.
func ToDeckWeakest(name string) templ.SafeURL { return ToDeck(name) + "?sort=fading#facts" }

// ToTestDate is the form for the test date of a deck.
func ToTestDate(deck string) templ.SafeURL { return ToDeck(deck) + "/test-date" }

// ToDeleteTestDate deletes the test date of a deck.
func ToDeleteTestDate(deck string) templ.SafeURL { return ToTestDate(deck) + "/drop" }

// ToCard is the page of one card.
func ToCard(deck, key string, facet quiz.Facet) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("/cards/"+url.PathEscape(key)+"/"+facet.String())
}

// ToCardWithMessage is that page with a message about a card action.
func ToCardWithMessage(deck, key string, facet quiz.Facet, deed string) templ.SafeURL {
	return ToCard(deck, key, facet) + templ.SafeURL("?done="+url.QueryEscape(deed))
}

// ToStudyWithMessage is the next question with a message about a card action.
func ToStudyWithMessage(deed string) templ.SafeURL {
	return ToStudy + templ.SafeURL("?done="+url.QueryEscape(deed))
}

// ToFact is a fact on its deck's page.
func ToFact(deck, key string) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("#"+url.PathEscape(key))
}

// ToFeedback is the feedback on an answer.
func ToFeedback(token string) templ.SafeURL {
	return ToSubmitAnswer + templ.SafeURL("/"+url.PathEscape(token))
}

// ToReportOf is the report form for an answered question.
func ToReportOf(token string) templ.SafeURL { return ToFeedback(token) + "/report" }

// ToPlace is the current question with a year placed on its line.
func (f Frame) ToPlace(year int) templ.SafeURL {
	return ToStudy + templ.SafeURL("?"+url.Values{"given": {f.tickYear(year)}}.Encode())
}

// ToQuiz is the form for a quiz of a deck.
func ToQuiz(deck string) templ.SafeURL { return ToDeck(deck) + "/quiz" }

// ToSameQuiz is a shared quiz with the same questions for everyone.
func ToSameQuiz(deck string, q quiz.Quiz) templ.SafeURL {
	v := url.Values{"seed": {strconv.FormatUint(q.Seed, 10)}, "length": {strconv.Itoa(q.Length)}}
	for _, k := range q.Kinds {
		v.Add("kinds", string(k))
	}
	if q.Timed {
		v.Set("clock", "yes")
	}
	if q.HasYearLimit() {
		v.Set("from", strconv.Itoa(q.FromYear))
		v.Set("to", strconv.Itoa(q.ToYear))
	}
	if len(q.FactKeys) > 0 {
		v.Set("facts", strings.Join(q.FactKeys, ","))
	}
	return ToQuiz(deck) + templ.SafeURL("?"+v.Encode())
}

// ToQuizResult is the result of a quiz attempt.
func ToQuizResult(run string) templ.SafeURL {
	return ToQuizzes + templ.SafeURL("/"+url.PathEscape(run))
}

// ToMissedQuiz starts a quiz on the questions missed in an attempt.
func ToMissedQuiz(run string) templ.SafeURL { return ToQuizResult(run) + "/missed" }

// ToResumeQuiz resumes a quiz attempt.
func ToResumeQuiz(run string) templ.SafeURL { return ToQuizResult(run) + "/resume" }

// ToDeckCopies creates a copy of a deck.
func ToDeckCopies(deck string) templ.SafeURL { return ToDeck(deck) + "/copies" }

// ToEditor is the editor of a deck.
func ToEditor(deck string) templ.SafeURL { return ToDeck(deck) + "/edit" }

// ToEditorIssue is the editor filtered by an issue.
func ToEditorIssue(deck, look string) templ.SafeURL {
	return ToEditor(deck) + templ.SafeURL("?look="+url.QueryEscape(look))
}

// ToDeckExport is a deck as a file.
func ToDeckExport(deck string) templ.SafeURL { return ToDeck(deck) + "/export" }

// ToDeckForm is the form of a deck's description.
func ToDeckForm(deck string) templ.SafeURL { return ToDeck(deck) + "/about" }

// ToDeleteDeck deletes a deck.
func ToDeleteDeck(deck string) templ.SafeURL { return ToDeck(deck) + "/delete" }

// ToRestoreDeck restores a deleted deck.
func ToRestoreDeck(deck string) templ.SafeURL { return ToDeck(deck) + "/restore" }

// ToUndoChange undoes the last change of a deck.
func ToUndoChange(deck string) templ.SafeURL { return ToDeck(deck) + "/undo" }

// ToNewFact is the form for a new fact.
func ToNewFact(deck string) templ.SafeURL { return ToDeck(deck) + "/new-fact" }

// ToInbox lists the reports on a deck.
func ToInbox(deck string) templ.SafeURL { return ToDeck(deck) + "/reports" }

// ToFactTableForm is the form for pasting a table.
func ToFactTableForm(deck string) templ.SafeURL { return ToDeck(deck) + "/new-rows" }

// ToFactTables adds a table of facts.
func ToFactTables(deck string) templ.SafeURL { return ToDeck(deck) + "/rows" }

// ToFacts adds a fact.
func ToFacts(deck string) templ.SafeURL { return ToDeck(deck) + "/facts" }

// ToFactForm is the form of a fact.
func ToFactForm(deck, key string) templ.SafeURL {
	return ToFacts(deck) + templ.SafeURL("/"+url.PathEscape(key))
}

// ToRemoveFact removes a fact from its deck.
func ToRemoveFact(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/remove" }

// ToSourceTextForm is the form for adding a source text.
func ToSourceTextForm(deck string) templ.SafeURL { return ToDeck(deck) + "/new-text" }

// ToSourceTexts adds a source text.
func ToSourceTexts(deck string) templ.SafeURL { return ToDeck(deck) + "/texts" }

// ToSourceText lists the proposals of a source text.
func ToSourceText(deck string, text int64) templ.SafeURL {
	return ToSourceTexts(deck) + templ.SafeURL("/"+strconv.FormatInt(text, 10))
}

// ToProposal is a proposal of a source text, on its page in the given order.
func ToProposal(deck string, text int64, sort string, place int64) templ.SafeURL {
	v := url.Values{"at": {strconv.FormatInt(place, 10)}}
	if sort != "" {
		v.Set("sort", sort)
	}
	return ToSourceText(deck, text) + templ.SafeURL("?"+v.Encode()+"#i"+strconv.FormatInt(place, 10))
}

// Here is the requested path, for trying again.
func Here(path string) templ.SafeURL { return templ.SafeURL(path) }
