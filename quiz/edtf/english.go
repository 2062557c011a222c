package edtf

import "strconv"

var englishMonths = [12]string{
	"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December",
}

var englishSeasons = [4]string{"spring", "summer", "autumn", "winter"}

var english = tongue{
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
	phrases: [kinds]phrase{
		sayRaw:           {"{x}", "{x}"},
		sayDay:           {"{q}{d} {mg} {y}", "on {q}{d} {mg} {y}"},
		sayMonth:         {"{q}{m} {y}", "in {q}{m} {y}"},
		saySeason:        {"{q}{s} {y}", "in {q}{s} {y}"},
		sayQuarter:       {"{q}{o} quarter of {y}", "in {q}the {o} quarter of {y}"},
		sayYear:          {"{q}{y}", "in {q}{y}"},
		sayTens:          {"{q}the {n}s{e}", "in {q}the {n}s{e}"},
		sayYears:         {"{q}the years {a}", "in {q}the years {a}"},
		sayDayIn:         {"{q}{d} {mg} {yin}", "on {q}{d} {mg} {yin}"},
		sayMonthIn:       {"{q}{m} {yin}", "in {q}{m} {yin}"},
		saySeasonIn:      {"{q}{s} {yin}", "in {q}{s} {yin}"},
		sayQuarterIn:     {"{q}{o} quarter of a year {yin}", "in {q}the {o} quarter of a year {yin}"},
		sayDayOfSome:     {"{q}day {d} of some month of {y}", "on {q}day {d} of some month of {y}"},
		saySomeDay:       {"{q}some day of {y}", "on {q}some day of {y}"},
		saySomeDayOf:     {"{q}some day of {mg} {y}", "on {q}some day of {mg} {y}"},
		saySomeMonth:     {"{q}some month of {y}", "in {q}some month of {y}"},
		sayRounded:       {"{q}roughly {y} ({a})", "in {q}roughly {y} ({a})"},
		sayCentury:       {"{o} century{e}", "in the {o} century{e}"},
		sayPartOfYear:    {"{p} {y}", "in {p} {y}"},
		sayPartOfTens:    {"the {p} {n}s{e}", "in the {p} {n}s{e}"},
		sayPartOfCentury: {"{p} {o} century{e}", "in the {p} {o} century{e}"},
		sayBefore:        {"before {x}", "before {x}"},
		sayOrEarlier:     {"{x} or earlier", "{w} or earlier"},
		sayOrLater:       {"{x} or later", "{w} or later"},
		sayUntil:         {"until {x}", "until {x}"},
		sayFrom:          {"from {x}", "from {x}"},
		sayUntilUnknown:  {"until {x}, beginning unknown", "until {x}, beginning unknown"},
		sayFromUnknown:   {"from {x}, end unknown", "from {x}, end unknown"},
		sayOneOf:         {"one of {x}", "one of {x}"},
		sayAllOf:         {"all of {x}", "all of {x}"},
	},
}

// englishOrdinal writes 1st, 2nd, 3rd, 11th.
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
