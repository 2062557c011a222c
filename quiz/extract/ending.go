package extract

import "strings"

// trimTrailing removes words at the end of an event that led to its date: "for",
// "which began".
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

// fragmentStarts are words that start a fragment of a sentence.
var fragmentStarts = words("including followed according such resulting leading culminating")

// isFragment reports whether an event is not a sentence because it continues
// something that is missing.
func isFragment(event string) bool {
	first, rest, _ := strings.Cut(event, " ")
	return fragmentStarts[strings.ToLower(first)] && !strings.Contains(rest, ",")
}

var danglingWords = words("a an the of in on at to for from by with and or as is was were that which his her its their into after before during between against over under who")
