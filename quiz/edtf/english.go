package edtf

import "strconv"

var englishMonths = [12]string{
	"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December",
}

var englishSeasons = [4]string{"spring", "summer", "autumn", "winter"}

var english = locale{
	months: englishMonths, monthsOf: englishMonths, monthsIn: englishMonths,
	seasons: englishSeasons, seasonsIn: englishSeasons,
	parts: [3]string{"early", "mid", "late"}, partsIn: [3]string{"early", "mid", "late"},
	year: "{n}", bc: "{n} BC", ad: "{n} AD", eraBC: " BC", eraAD: " AD",
	about: "about ", possibly: "possibly {x}",
	fields:   [4]string{"year", "month", "day", "season"},
	doubts:   [4]string{"", "uncertain", "approximate", "doubtful"},
	shortDay: "{d} {mg}", spanWhen: "from {a} to {b}", mixedEnds: "from {a} to {b}",
	spanIn: "in ", spanOn: "on ",
	upTo: "up to {x}", onwards: "{x} onwards", or: " or ", and: " and ", comma: ", ",
	oldStyle: "{x} ({a} Old Style)",
	ordinal:  englishOrdinal, yearOf: "{n}", yearAt: "{n}",
	phrases: [phraseKinds]phrase{
		phraseRaw:           {"{x}", "{x}"},
		phraseDay:           {"{q}{d} {mg} {y}", "on {q}{d} {mg} {y}"},
		phraseMonth:         {"{q}{m} {y}", "in {q}{m} {y}"},
		phraseSeason:        {"{q}{s} {y}", "in {q}{s} {y}"},
		phraseQuarter:       {"{q}{o} quarter of {y}", "in {q}the {o} quarter of {y}"},
		phraseYear:          {"{q}{y}", "in {q}{y}"},
		phraseTens:          {"{q}the {n}s{e}", "in {q}the {n}s{e}"},
		phraseYears:         {"{q}the years {a}", "in {q}the years {a}"},
		phraseDayIn:         {"{q}{d} {mg} {yin}", "on {q}{d} {mg} {yin}"},
		phraseMonthIn:       {"{q}{m} {yin}", "in {q}{m} {yin}"},
		phraseSeasonIn:      {"{q}{s} {yin}", "in {q}{s} {yin}"},
		phraseQuarterIn:     {"{q}{o} quarter of a year {yin}", "in {q}the {o} quarter of a year {yin}"},
		phraseDayOfSome:     {"{q}day {d} of some month of {y}", "on {q}day {d} of some month of {y}"},
		phraseSomeDay:       {"{q}some day of {y}", "on {q}some day of {y}"},
		phraseSomeDayOf:     {"{q}some day of {mg} {y}", "on {q}some day of {mg} {y}"},
		phraseSomeMonth:     {"{q}some month of {y}", "in {q}some month of {y}"},
		phraseRounded:       {"{q}roughly {y} ({a})", "in {q}roughly {y} ({a})"},
		phraseCentury:       {"{o} century{e}", "in the {o} century{e}"},
		phrasePartOfYear:    {"{p} {y}", "in {p} {y}"},
		phrasePartOfTens:    {"the {p} {n}s{e}", "in the {p} {n}s{e}"},
		phrasePartOfCentury: {"{p} {o} century{e}", "in the {p} {o} century{e}"},
		phraseBefore:        {"before {x}", "before {x}"},
		phraseOrEarlier:     {"{x} or earlier", "{w} or earlier"},
		phraseOrLater:       {"{x} or later", "{w} or later"},
		phraseUntil:         {"until {x}", "until {x}"},
		phraseFrom:          {"from {x}", "from {x}"},
		phraseUntilUnknown:  {"until {x}, beginning unknown", "until {x}, beginning unknown"},
		phraseFromUnknown:   {"from {x}, end unknown", "from {x}, end unknown"},
		phraseOneOf:         {"one of {x}", "one of {x}"},
		phraseAllOf:         {"all of {x}", "all of {x}"},
	},
}

// englishOrdinal formats n as 1st, 2nd, 3rd, 11th.
func englishOrdinal(n int64) string {
	suffix := "th"
	if tens := n / 10 % 10; tens != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.FormatInt(n, 10) + suffix
}
