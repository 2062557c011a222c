package extract

import "strings"

// trimTrailing takes away what leads on at the end of an event to where its date stood:
// "for", "which began".
func trimTrailing(event string) string {
	for range 4 {
		w := strings.Fields(event)
		if len(w) < 4 {
			break
		}
		last, before := strings.ToLower(strings.Trim(w[len(w)-1], ",;:")), strings.ToLower(w[len(w)-2])
		switch {
		case danglingWords[last]:
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

// fragmentStarts are words with which a part of a sentence begins that is none itself.
var fragmentStarts = words("including followed according such resulting leading culminating")

// isFragment tells whether an event is no sentence: it goes on from something that
// is not there.
func isFragment(event string) bool {
	first, rest, _ := strings.Cut(event, " ")
	return fragmentStarts[strings.ToLower(first)] && !strings.Contains(rest, ",")
}

var danglingWords = words("a an the of in on at to for from by with and or as is was were that which his her its their into after before during between against over under who")
