package views

import (
	"net/url"

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
)

// ToDeck is the page of a deck.
func ToDeck(name string) templ.SafeURL { return templ.SafeURL("/decks/" + url.PathEscape(name)) }

// ToDeckFading is a deck's page with what fades first.
func ToDeckFading(name string) templ.SafeURL { return ToDeck(name) + "?sort=fading#facts" }

// ToFact is a fact on its deck's page.
func ToFact(deck, key string) templ.SafeURL {
	return ToDeck(deck) + templ.SafeURL("#"+url.PathEscape(key))
}

// ToAnswer is what an answer was judged to be.
func ToAnswer(token string) templ.SafeURL {
	return ToAnswers + templ.SafeURL("/"+url.PathEscape(token))
}

// Here is the address that was asked for, to try again.
func Here(path string) templ.SafeURL { return templ.SafeURL(path) }
