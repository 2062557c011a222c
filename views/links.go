package views

import (
	"net/url"
	"strconv"
	"strings"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// The addresses that pages link to; web/routes.go answers them.
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

// ToMoreDecks is the library from the deck after one on.
func ToMoreDecks(after int64) templ.SafeURL {
	return ToDecks + templ.SafeURL("?after="+strconv.FormatInt(after, 10)+"#open")
}

// ToFollow puts a deck on the shelf, ToUnfollow takes it off.
func ToFollow(deck string) templ.SafeURL { return ToDeck(deck) + "/follow" }

// ToUnfollow takes a deck off the shelf.
func ToUnfollow(deck string) templ.SafeURL { return ToDeck(deck) + "/unfollow" }

// ToMoveFacts moves facts of a deck to another.
func ToMoveFacts(deck string) templ.SafeURL { return ToDeck(deck) + "/moves" }

// ToDisabledKinds holds questions of a fact back, ToExcludedDistractors keeps wrong options away.
func ToDisabledKinds(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/holds" }

// ToExcludedDistractors keeps wrong options of a fact away.
func ToExcludedDistractors(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/bars" }

// ToRemoveSourceText takes a text off the list, ToRestoreSourceText brings it back.
func ToRemoveSourceText(deck string, text int64) templ.SafeURL {
	return ToSourceText(deck, text) + "/remove"
}

// ToRestoreSourceText brings a removed text back.
func ToRestoreSourceText(deck string, text int64) templ.SafeURL {
	return ToSourceText(deck, text) + "/restore"
}

// ToDeck is the page of a deck.
func ToDeck(name string) templ.SafeURL { return templ.SafeURL("/decks/" + url.PathEscape(name)) }

// ToDeckWeakest is a deck's page with what fades first.
func ToDeckWeakest(name string) templ.SafeURL { return ToDeck(name) + "?sort=fading#facts" }

// ToTestDate is where one says when a deck is to be known, ToDeleteTestDate forgets it.
func ToTestDate(deck string) templ.SafeURL { return ToDeck(deck) + "/test-date" }

// ToDeleteTestDate forgets when a deck is to be known.
func ToDeleteTestDate(deck string) templ.SafeURL { return ToTestDate(deck) + "/drop" }

// ToCard is all about one card.
func ToCard(deck, key string, facet quiz.Facet) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("/cards/"+url.PathEscape(key)+"/"+facet.String())
}

// ToCardWithMessage says there what was done.
func ToCardWithMessage(deck, key string, facet quiz.Facet, deed string) templ.SafeURL {
	return ToCard(deck, key, facet) + templ.SafeURL("?done="+url.QueryEscape(deed))
}

// ToStudyWithMessage says beside the next question what was done to a card.
func ToStudyWithMessage(deed string) templ.SafeURL {
	return ToStudy + templ.SafeURL("?done="+url.QueryEscape(deed))
}

// ToFact is a fact on its deck's page.
func ToFact(deck, key string) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("#"+url.PathEscape(key))
}

// ToFeedback is what an answer was judged to be.
func ToFeedback(token string) templ.SafeURL {
	return ToSubmitAnswer + templ.SafeURL("/"+url.PathEscape(token))
}

// ToReportOf is where a question that was answered can be reported.
func ToReportOf(token string) templ.SafeURL { return ToFeedback(token) + "/report" }

// ToPlace is the question with a year put on its line.
func (f Frame) ToPlace(year int) templ.SafeURL {
	return ToStudy + templ.SafeURL("?"+url.Values{"given": {f.tickYear(year)}}.Encode())
}

// ToQuiz is where a quiz of a deck is chosen.
func ToQuiz(deck string) templ.SafeURL { return ToDeck(deck) + "/quiz" }

// ToSameQuiz is a quiz that gives everybody the same questions.
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

// ToQuizResult is what a quiz came to.
func ToQuizResult(run string) templ.SafeURL {
	return ToQuizzes + templ.SafeURL("/"+url.PathEscape(run))
}

// ToMissedQuiz asks again what was missed in a quiz.
func ToMissedQuiz(run string) templ.SafeURL { return ToQuizResult(run) + "/missed" }

// ToResumeQuiz goes on with a quiz.
func ToResumeQuiz(run string) templ.SafeURL { return ToQuizResult(run) + "/resume" }

// ToDeckCopies makes a copy of a deck.
func ToDeckCopies(deck string) templ.SafeURL { return ToDeck(deck) + "/copies" }

// ToEditor is where a deck's owner edits it.
func ToEditor(deck string) templ.SafeURL { return ToDeck(deck) + "/edit" }

// ToEditorIssue is the editor with the facts that want one kind of look.
func ToEditorIssue(deck, look string) templ.SafeURL {
	return ToEditor(deck) + templ.SafeURL("?look="+url.QueryEscape(look))
}

// ToDeckExport is a deck as a file.
func ToDeckExport(deck string) templ.SafeURL { return ToDeck(deck) + "/export" }

// ToDeckForm is where a deck's description is changed.
func ToDeckForm(deck string) templ.SafeURL { return ToDeck(deck) + "/about" }

// ToDeleteDeck takes a deck away, ToRestoreDeck brings it back.
func ToDeleteDeck(deck string) templ.SafeURL { return ToDeck(deck) + "/delete" }

// ToRestoreDeck brings a deleted deck back.
func ToRestoreDeck(deck string) templ.SafeURL { return ToDeck(deck) + "/restore" }

// ToUndoChange takes the last change of a deck back.
func ToUndoChange(deck string) templ.SafeURL { return ToDeck(deck) + "/undo" }

// ToNewFact is where a fact is added.
func ToNewFact(deck string) templ.SafeURL { return ToDeck(deck) + "/new-fact" }

// ToInbox is what people reported of a deck.
func ToInbox(deck string) templ.SafeURL { return ToDeck(deck) + "/reports" }

// ToFactTableForm is where a table is pasted.
func ToFactTableForm(deck string) templ.SafeURL { return ToDeck(deck) + "/new-rows" }

// ToFactTables takes tables.
func ToFactTables(deck string) templ.SafeURL { return ToDeck(deck) + "/rows" }

// ToFacts takes new facts.
func ToFacts(deck string) templ.SafeURL { return ToDeck(deck) + "/facts" }

// ToFactForm is where a fact is edited.
func ToFactForm(deck, key string) templ.SafeURL {
	return ToFacts(deck) + templ.SafeURL("/"+url.PathEscape(key))
}

// ToRemoveFact takes a fact out of its deck.
func ToRemoveFact(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/remove" }

// ToSourceTextForm is where a text is brought.
func ToSourceTextForm(deck string) templ.SafeURL { return ToDeck(deck) + "/new-text" }

// ToSourceTexts takes texts.
func ToSourceTexts(deck string) templ.SafeURL { return ToDeck(deck) + "/texts" }

// ToSourceText is the review of a text.
func ToSourceText(deck string, text int64) templ.SafeURL {
	return ToSourceTexts(deck) + templ.SafeURL("/"+strconv.FormatInt(text, 10))
}

// ToProposal is an item of a text's review, on its page and in its order.
func ToProposal(deck string, text int64, sort string, place int64) templ.SafeURL {
	v := url.Values{"at": {strconv.FormatInt(place, 10)}}
	if sort != "" {
		v.Set("sort", sort)
	}
	return ToSourceText(deck, text) + templ.SafeURL("?"+v.Encode()+"#i"+strconv.FormatInt(place, 10))
}

// Here is the address that was asked for, to try again.
func Here(path string) templ.SafeURL { return templ.SafeURL(path) }
