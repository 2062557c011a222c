package extract

import (
	"strconv"
	"strings"
)

// grammar holds the word lists of a language.
type grammar struct {
	months   map[string]int  // full names and abbreviations
	short    map[string]bool // month abbreviations; a dot may follow
	verbs    map[string]bool // months that are also other words, so they need more context
	seasons  map[string]int
	parts    map[string]part // early, mid
	partsOf  map[string]part // beginning of
	halves   map[string]part // first half of
	ordinals map[string]int
	small    map[string]int // number words
	holidays map[string][2]int

	about, before, after, since, until, by, in, from, to, of map[string]bool

	counted  map[string]bool // nouns that are counted: 2000 men
	amount   map[string]bool // words before a count: some 2000
	plurals  map[string]bool // plurals that can follow a year: the 1920 elections
	numbered map[string]bool // words before a number: page, resolution, flight
	function map[string]bool // words that can directly follow a date
	endings  map[string]bool // headings of sections that are dropped
	pronouns map[string]bool
	says     map[string]bool // verbs that introduce claims
	claims   []string
	past     map[string]bool // past forms not ending in -ed
	shorts   map[string]bool // abbreviations that do not end a sentence
	linkers  map[string]bool // small words inside names
}

func grammarOf(string) *grammar { return english }

var english = newEnglish()

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func newEnglish() *grammar {
	g := &grammar{
		months: map[string]int{}, short: words("jan feb mar apr jun jul aug sep sept oct nov dec"),
		verbs:   words("may march august"),
		seasons: map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24},
		parts:   map[string]part{"early": partEarly, "mid": partMiddle, "late": partLate},
		partsOf: map[string]part{"beginning": partEarly, "start": partEarly, "middle": partMiddle, "end": partLate, "close": partLate, "outset": partEarly},
		halves: map[string]part{
			"first half": partFirstHalf, "second half": partSecondHalf, "latter half": partSecondHalf, "first quarter": partFirstQuarter, "second quarter": partSecondQuarter,
			"third quarter": partThirdQuarter, "fourth quarter": partFourthQuarter, "last quarter": partFourthQuarter, "final quarter": partFourthQuarter,
		},
		ordinals: map[string]int{},
		small: map[string]int{
			"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
			"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
		},
		holidays: map[string][2]int{"christmas day": {12, 25}, "christmas eve": {12, 24}, "boxing day": {12, 26}, "new year's day": {1, 1}, "new year's eve": {12, 31}},
		about:    words("about around circa approximately roughly c ca approx"),
		before:   words("before"), after: words("after"), since: words("since"), until: words("until till"), by: words("by"),
		in: words("in on by until till since during from after before of between through throughout and or to through late early mid last next following around about but"),
		of: words("of"), from: words("from"), to: words("to until till through"),
		counted: words(`men people soldiers troops women children dead wounded killed killing prisoners casualties feet foot ft km m metres meters
			miles mi mile kilometres kilometers kg kilograms tons tonnes ton pounds lb lbs g grams litres liters gallons acres hectares ha percent per
			dollars euros pounds roubles rubles manats usd eur votes seats ships guns aircraft tanks planes houses homes families cavalry infantry
			inhabitants residents students pupils years months days hours hrs minutes seconds members civilians refugees delegates copies
			words pages lines items units horses workers volunteers guests spectators visitors bc_ mm cm inches knots hp kw mw gw watts volts
			degrees points points horsepower rounds shells bombs rifles sailors marines officers regulars militia knights archers horsemen
			settlers colonists passengers crew cattle sheep books species sq square cubic barrels bushels rpm mph kph hz mhz ghz mb gb guineas
			overture metre meter strong gmt utc thousand million billion`),
		amount: words("some over nearly almost than least most only total exactly numbering numbered another estimated additional further"),
		numbered: words(`page pages p pp no nos number numbers chapter flight boeing airbus section resolution article paragraph route highway
			room bus line version model unit units item channel psalm verse sonnet regiment squadron platform gate isbn issn doi id code pin
			area figure fig table plate lot hymn opus op bwv catalogue hill point building road street avenue zip box suite apartment locomotive
			class type mark mk series vol volume issue part act canon asteroid comet ngc hd iso rfc windows office mazda peugeot porsche step level
			train hull pennant serial ford order law at clause article invoice ticket tel phone fax`),
		plurals: words(`elections olympics sanctions protests talks borders events wars negotiations riots games revolutions uprisings treaties
			massacres floods games championships campaigns hostilities reforms demonstrations strikes census accords agreements clashes attacks bombings raids purges
			was is as has his its this us thus s always perhaps besides towards afterwards sometimes across`),
		function: words(`the a an he she it they his her its their who which that this these those when where while after before but and or as at by for from
			in into of on to with was were had has is are would until since despite because although though however there during under over
			against amid following between through also then both not having being all some most many only did could led saw brought marked
			began became came ended resulted followed left gave made took found it's alone onward onwards inclusive respectively when whereas if so
			nor about around per via upon within without is`),
		endings:  words(`references notes bibliography sources footnotes citations`),
		pronouns: words("he she it they his her its their this these those him them who we i you such"),
		says: words(`claimed claims claim alleged alleges allege reportedly allegedly accused accuses accusing purportedly rumoured rumored
			supposedly asserted asserts insisted contended argues argued believed`),
		claims: []string{"according to", "it is said", "is said to", "said that", "stated that", "reported that", "some historians", "some scholars"},
		past: words(`became began won lost fell took signed met led came made went gave held broke built sent left saw found fought wrote sank rose
			said told brought drove struck set put cut hit laid ran grew drew flew swore stood spoke chose froze overthrew withdrew seized
			was were had did died born arose beat bound bought caught dealt fed fled forbade hung kept knew lay paid read sought shot shut
			sold split spread stole swept taught thought threw understood undertook wore ceded is are has`),
		shorts:  words("mr mrs ms dr st jr sr prof gen lt col capt maj sgt cpl adm gov pres rev hon no nos vol fig ca c cf etc vs approx jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp dept est u.s u.k e.g i.e a.d b.c op ed eds pp p mt ft lat fr ger rus az"),
		linkers: words("of the and de la von van der al el bin ibn du di da"),
	}
	for _, s := range []string{"see also", "external links", "further reading", "works cited", "notes and references", "general references", "external link", "citations and notes", "primary sources", "secondary sources"} {
		g.endings[s] = true
	}
	for i, name := range strings.Fields("january february march april may june july august september october november december") {
		g.months[name] = i + 1
		g.months[name[:3]] = i + 1
	}
	g.months["sept"] = 9
	for i, name := range strings.Fields(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
		fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`) {
		g.ordinals[name] = i + 1
	}
	for n := 1; n <= 31; n++ {
		g.ordinals[ordinalText(n)] = n
	}
	return g
}

func ordinalText(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}
