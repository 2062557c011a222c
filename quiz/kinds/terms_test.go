package kinds_test

import (
	"strings"

	"chronicle/quiz"
)

// called maps names to their other spellings. Some share a spelling, some are a part of
// another, and not every fact mentions all of them.
var called = map[string][]string{
	"Persia": {"Iran", "İran", "Персия"}, "Iran": {"Persia"}, "Russia": {"Россия", "Rusiya"}, "the Senate": {"Senate"},
	"Baku": {"Bakı", "Баку"}, "Ganja": {"Gəncə", "Гянджа", "Elisabethpol"}, "Гянджа": {"Ganja"}, "Tabriz": {"Təbriz"},
	"Derbent": {"Дербент"}, "Kars": {"Qars"}, "Kars and Erzurum": nil, "fleet": {"navy"}, "navy": {"the navy"},
	"Queen Tamar": {"Tamar", "the Queen"}, "Ottoman": {"Turkish", "Osmanlı"}, "Şamaxı": {"Shamakhi"}, "Shirvan": {"Şirvan"},
	"treaty": {"pact"}, "island": {"isle"}, "fortress": {"castle"}, "envoy": {"legate"}, "bank": nil, "observatory": nil,
}

var calledNames = []string{
	"Persia", "Iran", "Russia", "the Senate", "Baku", "Ganja", "Гянджа", "Tabriz", "Derbent", "Kars", "Kars and Erzurum", "fleet",
	"navy", "Queen Tamar", "Ottoman", "Şamaxı", "Shirvan", "treaty", "island", "fortress", "envoy", "bank", "observatory",
}

// terms returns random terms of an event: names that occur in it, or any of its words.
func (m *maker) terms(event string) []quiz.Term {
	var out []quiz.Term
	for _, name := range calledNames {
		if strings.Contains(event, name) && m.IntN(2) == 0 {
			out = append(out, quiz.Term{Text: name, Accepted: m.spellings(name)})
		}
	}
	if len(out) == 0 || m.IntN(12) == 0 {
		text := m.words(event)
		out = append(out, quiz.Term{Text: text, Accepted: m.spellings(text)})
	}
	if m.IntN(8) == 0 {
		return nil
	}
	return out
}

// words returns some random words of an event, or a part of one word.
func (m *maker) words(event string) string {
	all := strings.Fields(event)
	at := m.IntN(len(all))
	if m.IntN(6) == 0 {
		runes := []rune(all[at])
		return string(runes[:max(1, len(runes)/2)])
	}
	return strings.Join(all[at:min(len(all), at+1+m.IntN(3))], " ")
}

// spellings returns some random spellings of a name, occasionally one of another name.
func (m *maker) spellings(name string) []string {
	var out []string
	for _, one := range called[name] {
		if m.IntN(2) == 0 {
			out = append(out, one)
		}
	}
	switch m.IntN(24) {
	case 0:
		out = append(out, pick(m, calledNames...))
	case 1:
		out = append(out, strings.ToUpper(name))
	}
	return out
}

func (m *maker) label(event string) string {
	words := strings.Fields(event)
	switch m.IntN(4) {
	case 0:
		return pick(m, "The long war", "A treaty", "Rule of the Khan", "Siege", "Exile")
	case 1:
		return words[len(words)-1]
	}
	return strings.Join(words[:1+m.IntN(len(words))], " ")
}

func (m *maker) detail() string {
	a, b := pick(m, calledNames...), pick(m, calledNames...)
	if also := called[b]; len(also) > 0 && m.IntN(2) == 0 {
		b = pick(m, also...)
	}
	switch m.IntN(8) {
	case 0:
		return "The land of " + a + ", which others call " + b + "."
	case 1:
		return "It began at " + a + "."
	case 2:
		return a + " stood by."
	}
	return ""
}
