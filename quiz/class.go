package quiz

import (
	"math/rand/v2"
	"strings"
	"time"
	"unicode"

	goaway "github.com/TwiN/go-away"
)

// Class is a group of students with its teachers.
type Class struct {
	ID            int64
	Name          string // its name in the URL, which cannot be guessed
	Title         string
	JoinCode      string // code that students join with
	Zone          string // time zone of the class's days
	Owner         int64  // the teacher who made it
	QuizPath      string // the last quiz given to the students, as part of a URL
	QuizDay       int64  // the class's day on which it was given
	BoardsEnabled bool   // students see the class's leaderboards
	Created       time.Time
	Archived      time.Time // zero while the class is active
	Version       int64     // increases with every change of its description
}

// Limits of classes.
const (
	MaxStudents   = 1000
	MaxClasses    = 100
	maxClassTitle = 80 // characters
)

// Calendar returns the calendar of the class.
func (c Class) Calendar() Calendar { return NewCalendar(c.Zone) }

// Clean trims the texts and normalises their spelling.
func (c Class) Clean() Class {
	c.Title, c.Zone = OneLine(c.Title), strings.TrimSpace(c.Zone)
	return c
}

// Validate returns the problems with the class. The fields are title and zone.
func (c Class) Validate() Problems {
	var p Problems
	validateText(&p, "title", c.Title, maxClassTitle, true)
	if !IsKnownZone(c.Zone) {
		p.Add("zone", "problem.zone")
	}
	return p
}

// Student is a person's membership in a class.
type Student struct {
	ID         int64 // ID of the membership
	Class      int64
	Person     int64
	Alias      string // alias in this class
	HasAccount bool   // they sign in with their own alias and password
	JoinedAt   time.Time
	LeftAt     time.Time // zero while they are in the class
	CardMadeAt time.Time // when their sign-in card was made; zero without one
	CardUsed   bool      // the card was used to sign in
	LeftBySelf bool      // they left the class themselves
}

// ValidateAlias returns the problems with an alias in a class or on a leaderboard. The
// field is alias.
func ValidateAlias(alias string) Problems {
	var p Problems
	validateAlias(&p, alias)
	return p
}

// joinCodeWords are the words that join codes start with: rivers, mountains, trees and
// animals that are short and easy to say.
var joinCodeWords = strings.Fields(`KURA ARAZ VOLGA DON NEVA OKA KAMA LENA OB TEREK SAMUR GANIKH VILASH ASTARA
	ELBRUS KAZBEK SHAHDAG BAZAR TUFAN URAL ALTAI ARARAT
	MAPLE CEDAR ASPEN BIRCH LARCH ROWAN WALNUT OLIVE ALDER POPLAR LINDEN JUNIPER
	HERON STORK CRANE FALCON EAGLE SWALLOW ROBIN PLOVER EGRET OSPREY RAVEN CURLEW
	LYNX OTTER BADGER IBEX MARTEN GAZELLE STURGEON SALMON TURTLE
	AMBER CORAL GRANITE BASALT MARBLE QUARTZ COPPER SILVER
	LANTERN ANCHOR COMPASS BRIDGE HARBOUR MEADOW ORCHARD VALLEY GLACIER CANYON LAGOON ISLAND DELTA RIDGE`)

// joinCodeAlphabet leaves out characters that are easily confused, and vowels, so that
// codes do not form words.
const (
	joinCodeAlphabet = "23456789BCDFGHJKMNPQRSTVWXYZ"
	joinCodeLength   = 6
)

// NewJoinCode returns a random join code: a word and six letters or digits, such as
// KURA-4F7-K2M. There are 39 billion of them.
func NewJoinCode(chance *rand.Rand) string {
	out := make([]byte, joinCodeLength)
	for i := range out {
		out[i] = joinCodeAlphabet[chance.IntN(len(joinCodeAlphabet))]
	}
	return formatJoinCode(joinCodeWords[chance.IntN(len(joinCodeWords))], string(out))
}

func formatJoinCode(word, rest string) string { return word + "-" + rest[:3] + "-" + rest[3:] }

// NormalizeJoinCode returns a typed join code in the form in which it is stored, or ""
// if it is not a join code.
func NormalizeJoinCode(typed string) string {
	var all strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case (r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') && all.Len() < 30:
			all.WriteRune(r)
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Dash, r):
			return ""
		}
	}
	at := all.Len() - joinCodeLength
	if at < 2 {
		return ""
	}
	word, rest := all.String()[:at], all.String()[at:]
	if strings.ContainsAny(word, "0123456789") || strings.Trim(rest, joinCodeAlphabet) != "" {
		return ""
	}
	return formatJoinCode(word, rest)
}

// cardSecretAlphabet leaves out characters that are easily confused.
const (
	cardSecretAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	cardSecretLength   = 12
)

// NewCardSecret returns a random secret for a sign-in card: 58 bits in three groups.
func NewCardSecret(chance *rand.Rand) string {
	out := make([]byte, cardSecretLength)
	for i := range out {
		out[i] = cardSecretAlphabet[chance.IntN(len(cardSecretAlphabet))]
	}
	return formatCardSecret(string(out))
}

func formatCardSecret(s string) string { return s[:4] + "-" + s[4:8] + "-" + s[8:] }

// NormalizeCardSecret returns a typed secret in the form that NewCardSecret gives, or
// "" if it is not a secret.
func NormalizeCardSecret(typed string) string {
	var out strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case strings.ContainsRune(cardSecretAlphabet, r) && out.Len() < 2*cardSecretLength:
			out.WriteRune(r)
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Dash, r):
			return ""
		}
	}
	if out.Len() != cardSecretLength {
		return ""
	}
	return formatCardSecret(out.String())
}

// The words that SuggestAlias chooses from.
var (
	aliasAdjectives = strings.Fields(`Amber Autumn Brave Bright Calm Clever Coastal Copper Curious Early Eastern Gentle Golden Green Happy
		Keen Kind Lively Lucky Merry Misty Modest Northern Patient Polite Proud Quick Quiet Ready Silver Sunny Swift Tidy Wise`)
	aliasAnimals = strings.Fields(`Badger Beaver Buzzard Cricket Crane Curlew Dolphin Eagle Falcon Ferret Finch Fox Gazelle Hare Hawk
		Hedgehog Heron Ibex Jackdaw Lark Lynx Magpie Marten Otter Owl Plover Puffin Raven Robin Salmon Seal Sparrow Stork
		Sturgeon Swallow Swan Tortoise Turtle Wren`)
)

// SuggestAlias returns a random alias that reveals nothing about the person.
func SuggestAlias(chance *rand.Rand) string {
	return aliasAdjectives[chance.IntN(len(aliasAdjectives))] + " " + aliasAnimals[chance.IntN(len(aliasAnimals))]
}

// Rude words are compared as whole words, because a word that contains one is more
// often a name.

// rudeWordsNonEnglish are rude words in Russian, Azerbaijani and Turkish. rudeStems
// are beginnings of rude words that no name starts with.
var (
	rudeWordsNonEnglish = foldedSet(`хуй хуя хуе хуи пизда пизды блядь бляди бляд мудак мудаки сука суки сучка пидор пидоры пидар гандон залупа манда шлюха шлюхи
		говно гавно дерьмо жопа член дрочер блять нахуй
		sik sikis sikiş sikdir siktir sikerim orospu amcik amcıq amcık qəhbə gehbe qehbe götveren gotveren pezevenk peyser peysər qancıq oğraş ogras dıllaq dillaq
		blyat blyad pizda xuy huy pidor pidar gandon cumshot`)
	rudeStems    = foldedList(`пизд хуё хуев хуес ебан ёбан ебат ёбат заеб уеб бляд orospu sikdir siktir`)
	allowedWords = foldedSet(`dick dickens cocker hancock peacock hitchcock cumming cummings fagan`) // names that contain a rude word
)

func foldedList(words string) []string {
	out := strings.Fields(words)
	for i, w := range out {
		out[i] = FoldName(w)
	}
	return out
}

func foldedSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range foldedList(words) {
		out[w] = true
	}
	return out
}

// rudeWordsEnglish are rude English words.
var rudeWordsEnglish = foldedSet(strings.Join(goaway.DefaultProfanities, " "))

// isRude reports whether an alias contains a rude word: written normally, with spaces
// or symbols between its letters, or with symbols in place of letters.
func isRude(alias string) bool {
	words := strings.FieldsFunc(FoldName(alias), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("@$!*", r)
	})
	spelled := "" // run of single letters
	for _, w := range append(words, "") {
		if len([]rune(w)) == 1 {
			spelled += w
			continue
		}
		if isRudeWord(spelled) || isRudeWord(w) {
			return true
		}
		spelled = ""
	}
	return false
}

func isRudeWord(w string) bool {
	if w == "" || allowedWords[w] {
		return false
	}
	if rudeWordsNonEnglish[w] || rudeWordsEnglish[w] || rudeWordsEnglish[strings.TrimSuffix(w, "s")] || rudeWordsEnglish[strings.TrimSuffix(w, "er")] || rudeWordsEnglish[strings.TrimSuffix(w, "ing")] {
		return true
	}
	for _, stem := range rudeStems {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	plain := lookalikeSymbols.Replace(w)
	return plain != w && isRudeWord(plain)
}

// lookalikeSymbols replaces digits and symbols with the letters they look like.
var lookalikeSymbols = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i", "*", "")
