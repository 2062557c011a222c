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
	ToToday       templ.SafeURL = "/"
	ToDecks       templ.SafeURL = "/decks"
	ToStudy       templ.SafeURL = "/study"
	ToBack        templ.SafeURL = "/study/back"
	ToAnswers     templ.SafeURL = "/study/answers"
	ToUndo        templ.SafeURL = "/study/undo"
	ToSignUp      templ.SafeURL = "/sign-up"
	ToSignIn      templ.SafeURL = "/sign-in"
	ToSignOut     templ.SafeURL = "/sign-out"
	ToSettings    templ.SafeURL = "/settings"
	ToOtherDevice templ.SafeURL = "/settings/other-devices"
	ToKeys        templ.SafeURL = "/keys"
	ToHow         templ.SafeURL = "/how"
	ToAside       templ.SafeURL = "/study/aside"
	ToUndoCare    templ.SafeURL = "/study/undo-care"
	ToReport      templ.SafeURL = "/study/report"
	ToReports     templ.SafeURL = "/study/reports"
	ToQuizzes     templ.SafeURL = "/quizzes"
	ToNewDeck     templ.SafeURL = "/new-deck"
	ToNotices     templ.SafeURL = "/notices"
	ToProgress    templ.SafeURL = "/progress"
	ToContrast    templ.SafeURL = "/quizzes/contrast"
	ToClasses     templ.SafeURL = "/classes"
	ToNewClass    templ.SafeURL = "/new-class"
	ToJoin        templ.SafeURL = "/join"
	ToCardSignIn  templ.SafeURL = "/card"
)

// ToMoreDecks is the library from the deck after one on.
func ToMoreDecks(after int64) templ.SafeURL {
	return ToDecks + templ.SafeURL("?after="+strconv.FormatInt(after, 10)+"#open")
}

// ToFollow puts a deck on the shelf, ToUnfollow takes it off.
func ToFollow(deck string) templ.SafeURL { return ToDeck(deck) + "/follow" }

// ToUnfollow takes a deck off the shelf.
func ToUnfollow(deck string) templ.SafeURL { return ToDeck(deck) + "/unfollow" }

// ToMoves moves facts of a deck to another.
func ToMoves(deck string) templ.SafeURL { return ToDeck(deck) + "/moves" }

// ToHolds holds questions of a fact back, ToBars keeps wrong options away.
func ToHolds(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/holds" }

// ToBars keeps wrong options of a fact away.
func ToBars(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/bars" }

// ToRemoveText takes a text off the list, ToRestoreText brings it back.
func ToRemoveText(deck string, text int64) templ.SafeURL { return ToText(deck, text) + "/remove" }

// ToRestoreText brings a removed text back.
func ToRestoreText(deck string, text int64) templ.SafeURL { return ToText(deck, text) + "/restore" }

// ToDeck is the page of a deck.
func ToDeck(name string) templ.SafeURL { return templ.SafeURL("/decks/" + url.PathEscape(name)) }

// ToDeckFading is a deck's page with what fades first.
func ToDeckFading(name string) templ.SafeURL { return ToDeck(name) + "?sort=fading#facts" }

// ToTest is where one says when a deck is to be known, ToDropTest forgets it.
func ToTest(deck string) templ.SafeURL { return ToDeck(deck) + "/test" }

// ToDropTest forgets when a deck is to be known.
func ToDropTest(deck string) templ.SafeURL { return ToTest(deck) + "/drop" }

// ToCard is all about one card.
func ToCard(deck, key string, facet quiz.Facet) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("/cards/"+url.PathEscape(key)+"/"+facet.String())
}

// ToCardDone says there what was done.
func ToCardDone(deck, key string, facet quiz.Facet, deed string) templ.SafeURL {
	return ToCard(deck, key, facet) + templ.SafeURL("?done="+url.QueryEscape(deed))
}

// ToStudyDone says beside the next question what was done to a card.
func ToStudyDone(deed string) templ.SafeURL {
	return ToStudy + templ.SafeURL("?done="+url.QueryEscape(deed))
}

// ToFact is a fact on its deck's page.
func ToFact(deck, key string) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("#"+url.PathEscape(key))
}

// ToAnswer is what an answer was judged to be.
func ToAnswer(token string) templ.SafeURL {
	return ToAnswers + templ.SafeURL("/"+url.PathEscape(token))
}

// ToReportOf is where a question that was answered can be reported.
func ToReportOf(token string) templ.SafeURL { return ToAnswer(token) + "/report" }

// ToPlace is the question with a year put on its line.
func (f Frame) ToPlace(year int) templ.SafeURL {
	return ToStudy + templ.SafeURL("?"+url.Values{"given": {f.year(year)}}.Encode())
}

// ToQuiz is where a quiz of a deck is chosen.
func ToQuiz(deck string) templ.SafeURL { return ToDeck(deck) + "/quiz" }

// ToSameQuiz is a quiz that gives everybody the same questions.
func ToSameQuiz(deck string, q quiz.Quiz) templ.SafeURL {
	v := url.Values{"seed": {strconv.FormatUint(q.Seed, 10)}, "length": {strconv.Itoa(q.Length)}}
	for _, k := range q.Kinds {
		v.Add("kinds", string(k))
	}
	if q.Clock {
		v.Set("clock", "yes")
	}
	if q.Limited() {
		v.Set("from", strconv.Itoa(q.From))
		v.Set("to", strconv.Itoa(q.To))
	}
	if len(q.Facts) > 0 {
		v.Set("facts", strings.Join(q.Facts, ","))
	}
	return ToQuiz(deck) + templ.SafeURL("?"+v.Encode())
}

// ToResult is what a quiz came to.
func ToResult(run string) templ.SafeURL { return ToQuizzes + templ.SafeURL("/"+url.PathEscape(run)) }

// ToMissed asks again what was missed in a quiz.
func ToMissed(run string) templ.SafeURL { return ToResult(run) + "/missed" }

// ToResume goes on with a quiz.
func ToResume(run string) templ.SafeURL { return ToResult(run) + "/resume" }

// ToCopies makes a copy of a deck.
func ToCopies(deck string) templ.SafeURL { return ToDeck(deck) + "/copies" }

// ToEditor is where a deck's owner edits it.
func ToEditor(deck string) templ.SafeURL { return ToDeck(deck) + "/edit" }

// ToLook is the editor with the facts that want one kind of look.
func ToLook(deck, look string) templ.SafeURL {
	return ToEditor(deck) + templ.SafeURL("?look="+url.QueryEscape(look))
}

// ToExport is a deck as a file.
func ToExport(deck string) templ.SafeURL { return ToDeck(deck) + "/export" }

// ToDescribe is where a deck's description is changed.
func ToDescribe(deck string) templ.SafeURL { return ToDeck(deck) + "/about" }

// ToDelete takes a deck away, ToRestore brings it back.
func ToDelete(deck string) templ.SafeURL { return ToDeck(deck) + "/delete" }

// ToRestore brings a deleted deck back.
func ToRestore(deck string) templ.SafeURL { return ToDeck(deck) + "/restore" }

// ToUndoEdit takes the last change of a deck back.
func ToUndoEdit(deck string) templ.SafeURL { return ToDeck(deck) + "/undo" }

// ToNewFact is where a fact is added.
func ToNewFact(deck string) templ.SafeURL { return ToDeck(deck) + "/new-fact" }

// ToInbox is what people reported of a deck.
func ToInbox(deck string) templ.SafeURL { return ToDeck(deck) + "/reports" }

// ToNewRows is where a table is pasted.
func ToNewRows(deck string) templ.SafeURL { return ToDeck(deck) + "/new-rows" }

// ToRows takes tables.
func ToRows(deck string) templ.SafeURL { return ToDeck(deck) + "/rows" }

// ToFacts takes new facts.
func ToFacts(deck string) templ.SafeURL { return ToDeck(deck) + "/facts" }

// ToFactForm is where a fact is edited.
func ToFactForm(deck, key string) templ.SafeURL {
	return ToFacts(deck) + templ.SafeURL("/"+url.PathEscape(key))
}

// ToRemoveFact takes a fact out of its deck.
func ToRemoveFact(deck, key string) templ.SafeURL { return ToFactForm(deck, key) + "/remove" }

// ToNewText is where a text is brought.
func ToNewText(deck string) templ.SafeURL { return ToDeck(deck) + "/new-text" }

// ToTexts takes texts.
func ToTexts(deck string) templ.SafeURL { return ToDeck(deck) + "/texts" }

// ToText is the review of a text.
func ToText(deck string, text int64) templ.SafeURL {
	return ToTexts(deck) + templ.SafeURL("/"+strconv.FormatInt(text, 10))
}

// ToItem is an item of a text's review, on its page and in its order.
func ToItem(deck string, text int64, sort string, place int64) templ.SafeURL {
	v := url.Values{"at": {strconv.FormatInt(place, 10)}}
	if sort != "" {
		v.Set("sort", sort)
	}
	return ToText(deck, text) + templ.SafeURL("?"+v.Encode()+"#i"+strconv.FormatInt(place, 10))
}

// Here is the address that was asked for, to try again.
func Here(path string) templ.SafeURL { return templ.SafeURL(path) }
