package extract

import "strings"

// ended takes away what leads on at the end of an event to where its date stood:
// "for", "which began".
func ended(event string) string {
	for range 4 {
		w := strings.Fields(event)
		if len(w) < 4 {
			break
		}
		last, before := strings.ToLower(strings.Trim(w[len(w)-1], ",;:")), strings.ToLower(w[len(w)-2])
		switch {
		case dangling[last]:
			w = w[:len(w)-1]
		case (before == "that" || before == "which") && strings.HasSuffix(w[len(w)-1], last):
			w = w[:len(w)-2]
		default:
			return event
		}
		event = strings.TrimRight(strings.Join(w, " "), ",;: ")
	}
	return event
}

// begins are words with which a part of a sentence begins that is none itself.
var begins = words("including followed according such resulting leading culminating")

// fragment tells whether an event is no sentence: it goes on from something that
// is not there.
func fragment(event string) bool {
	first, rest, _ := strings.Cut(event, " ")
	return begins[strings.ToLower(first)] && !strings.Contains(rest, ",")
}

var dangling = words("a an the of in on at to for from by with and or as is was were that which his her its their into after before during between against over under who")
