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
	Name          string // the word in its address, which cannot be guessed
	Title         string
	JoinCode      string // with which students join
	Zone          string // of its days
	Owner         int64  // the teacher who made it
	QuizPath      string // the quiz that its students were given last, as a part of an address
	QuizDay       int64  // the class's day of it
	BoardsEnabled bool   // its students see who remembers how much
	Created       time.Time
	Archived      time.Time // zero as long as it goes on
	Version       int64     // grows with every change of its description
}

// How many students a class has, and how many classes a teacher.
const (
	MaxStudents   = 1000
	MaxClasses    = 100
	maxClassTitle = 80 // characters of a title
)

// Calendar counts the days of the class.
func (c Class) Calendar() Calendar { return NewCalendar(c.Zone) }

// Clean trims what people type by accident and writes it in one way.
func (c Class) Clean() Class {
	c.Title, c.Zone = OneLine(c.Title), strings.TrimSpace(c.Zone)
	return c
}

// Validate says what is wrong; fields are title and zone.
func (c Class) Validate() Problems {
	var p Problems
	validateText(&p, "title", c.Title, maxClassTitle, true)
	if !IsKnownZone(c.Zone) {
		p.Add("zone", "problem.zone")
	}
	return p
}

// Student is a person as a member of a class.
type Student struct {
	ID         int64 // of the membership
	Class      int64
	Person     int64
	Alias      string // as the class knows them
	HasAccount bool   // they sign in with a name and a password of their own
	JoinedAt   time.Time
	LeftAt     time.Time // zero as long as they are in the class
	CardMadeAt time.Time // when their sign-in card was made; zero without one
	CardUsed   bool      // the card brought them in
	LeftBySelf bool      // they left by themselves
}

// ValidateAlias says what is wrong with the name that a student has in a class; the
// field is alias.
func ValidateAlias(alias string) Problems {
	var p Problems
	validateAlias(&p, alias)
	return p
}

// joinCodeWords are the words that join codes begin with: rivers, mountains, trees and
// animals, short and easy to say.
var joinCodeWords = strings.Fields(`KURA ARAZ VOLGA DON NEVA OKA KAMA LENA OB TEREK SAMUR GANIKH VILASH ASTARA
	ELBRUS KAZBEK SHAHDAG BAZAR TUFAN URAL ALTAI ARARAT
	MAPLE CEDAR ASPEN BIRCH LARCH ROWAN WALNUT OLIVE ALDER POPLAR LINDEN JUNIPER
	HERON STORK CRANE FALCON EAGLE SWALLOW ROBIN PLOVER EGRET OSPREY RAVEN CURLEW
	LYNX OTTER BADGER IBEX MARTEN GAZELLE STURGEON SALMON TURTLE
	AMBER CORAL GRANITE BASALT MARBLE QUARTZ COPPER SILVER
	LANTERN ANCHOR COMPASS BRIDGE HARBOUR MEADOW ORCHARD VALLEY GLACIER CANYON LAGOON ISLAND DELTA RIDGE`)

// The letters of a join code behind its word: none that is taken for another, and no
// vowels, which would make words.
const (
	joinCodeAlphabet = "23456789BCDFGHJKMNPQRSTVWXYZ"
	joinCodeLength   = 6
)

// NewJoinCode is a join code: a word and six letters or digits, as KURA-4F7-K2M. There are
// 39 billion of them.
func NewJoinCode(chance *rand.Rand) string {
	out := make([]byte, joinCodeLength)
	for i := range out {
		out[i] = joinCodeAlphabet[chance.IntN(len(joinCodeAlphabet))]
	}
	return formatJoinCode(joinCodeWords[chance.IntN(len(joinCodeWords))], string(out))
}

func formatJoinCode(word, rest string) string { return word + "-" + rest[:3] + "-" + rest[3:] }

// NormalizeJoinCode is a join code as it is stored, however it was typed; empty for what is
// none.
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

// The letters of a sign-in card's secret: none that is taken for another.
const (
	cardSecretAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	cardSecretLength   = 12
)

// NewCardSecret is what stands on a sign-in card: 58 bits of chance in three groups.
func NewCardSecret(chance *rand.Rand) string {
	out := make([]byte, cardSecretLength)
	for i := range out {
		out[i] = cardSecretAlphabet[chance.IntN(len(cardSecretAlphabet))]
	}
	return formatCardSecret(string(out))
}

func formatCardSecret(s string) string { return s[:4] + "-" + s[4:8] + "-" + s[8:] }

// NormalizeCardSecret is a secret as it is kept, however it was typed; empty for what is none.
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

// The words that aliases are suggested from.
var (
	aliasAdjectives = strings.Fields(`Amber Autumn Brave Bright Calm Clever Coastal Copper Curious Early Eastern Gentle Golden Green Happy
		Keen Kind Lively Lucky Merry Misty Modest Northern Patient Polite Proud Quick Quiet Ready Silver Sunny Swift Tidy Wise`)
	aliasAnimals = strings.Fields(`Badger Beaver Buzzard Cricket Crane Curlew Dolphin Eagle Falcon Ferret Finch Fox Gazelle Hare Hawk
		Hedgehog Heron Ibex Jackdaw Lark Lynx Magpie Marten Otter Owl Plover Puffin Raven Robin Salmon Seal Sparrow Stork
		Sturgeon Swallow Swan Tortoise Turtle Wren`)
)

// SuggestAlias makes a name that tells nothing of its bearer.
func SuggestAlias(chance *rand.Rand) string {
	return aliasAdjectives[chance.IntN(len(aliasAdjectives))] + " " + aliasAnimals[chance.IntN(len(aliasAnimals))]
}

// Words that nobody should have to read: whole words are looked at, since what they are
// a part of is a name more often than not.

// rudeWordsNonEnglish are such words in Russian, Azerbaijani and Turkish; rudeStems begin words
// that are never a name's.
var (
	rudeWordsNonEnglish = foldedSet(`хуй хуя хуе хуи пизда пизды блядь бляди бляд мудак мудаки сука суки сучка пидор пидоры пидар гандон залупа манда шлюха шлюхи
		говно гавно дерьмо жопа член дрочер блять нахуй
		sik sikis sikiş sikdir siktir sikerim orospu amcik amcıq amcık qəhbə gehbe qehbe götveren gotveren pezevenk peyser peysər qancıq oğraş ogras dıllaq dillaq
		blyat blyad pizda xuy huy pidor pidar gandon cumshot`)
	rudeStems    = foldedList(`пизд хуё хуев хуес ебан ёбан ебат ёбат заеб уеб бляд orospu sikdir siktir`)
	allowedWords = foldedSet(`dick dickens cocker hancock peacock hitchcock cumming cummings fagan`) // names that hold such a word
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

// rudeWordsEnglish are the English ones.
var rudeWordsEnglish = foldedSet(strings.Join(goaway.DefaultProfanities, " "))

// isRude tells whether an alias has such a word: by itself, with signs or spaces between
// its letters, or with letters in the place of others.
func isRude(alias string) bool {
	words := strings.FieldsFunc(FoldName(alias), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("@$!*", r)
	})
	spelled := "" // letters that stand alone, one after another
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

// lookalikeSymbols stand for letters.
var lookalikeSymbols = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i", "*", "")
