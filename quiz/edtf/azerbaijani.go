package edtf

// azerbaijani holds the Azerbaijani wording. Endings follow the last word of the
// year (yearEndingAz). Where a complete phrase would need an ending, a noun takes
// it ("1991 tarixindən əvvəl").
var azerbaijani = locale{
	months:   azMonths,
	monthsOf: azMonths,
	monthsIn: [12]string{
		"yanvarında", "fevralında", "martında", "aprelində", "mayında", "iyununda",
		"iyulunda", "avqustunda", "sentyabrında", "oktyabrında", "noyabrında", "dekabrında",
	},
	seasons: [4]string{"yazı", "yayı", "payızı", "qışı"}, seasonsIn: [4]string{"yazında", "yayında", "payızında", "qışında"},
	parts: [3]string{"əvvəli", "ortası", "sonu"}, partsIn: [3]string{"əvvəlində", "ortasında", "sonunda"},
	year: "{n}", bc: "e.ə. {n}", ad: "eramızın {n}", eraBC: "e.ə. ", eraAD: "eramızın ",
	yearOf: "{n}{o} ilin", yearAt: "{n}{o} ildə", ordinal: roman, yearOrdinal: yearEndingAz,
	about: "təxminən ", possibly: "ehtimal ki, {x}",
	fields:   [4]string{"il", "ay", "gün", "fəsil"},
	doubts:   [4]string{"", "şübhəli", "təxmini", "şübhəli və təxmini"},
	shortDay: "{d} {mg}", mixedEnds: "{a} – {b}",
	upTo: "{x} və ya əvvəl", onwards: "{x} və sonra", or: " və ya ", and: " və ", comma: ", ",
	oldStyle: "{x} (köhnə təqvimlə {a})",
	phrases: [phraseKinds]phrase{
		phraseRaw:           {"{x}", "{x}"},
		phraseDay:           {"{q}{d} {mg} {y}", "{q}{d} {mg} {yl}"},
		phraseMonth:         {"{q}{m} {y}", "{q}{yg} {ml}"},
		phraseSeason:        {"{q}{yg} {s}", "{q}{yg} {sl}"},
		phraseQuarter:       {"{q}{yg} {o} rübü", "{q}{yg} {o} rübündə"},
		phraseYear:          {"{q}{y}", "{q}{yl}"},
		phraseTens:          {"{q}{e}{n}{no} illər", "{q}{e}{n}{no} illərdə"},
		phraseYears:         {"{q}{a} illəri", "{q}{a} illərində"},
		phraseDayIn:         {"{q}{yin}, {d} {mg}", "{q}{yin}, {d} {mg}"},
		phraseMonthIn:       {"{q}{yin}, {m}", "{q}{yin}, {m}"},
		phraseSeasonIn:      {"{q}{yin}, ilin {s}", "{q}{yin}, ilin {sl}"},
		phraseQuarterIn:     {"{q}{yin}, ilin {o} rübü", "{q}{yin}, ilin {o} rübündə"},
		phraseDayOfSome:     {"{q}{y}, naməlum ay, gün {d}", "{q}{y}, naməlum ay, gün {d}"},
		phraseSomeDay:       {"{q}{y}, naməlum gün", "{q}{y}, naməlum gün"},
		phraseSomeDayOf:     {"{q}{m} {y}, naməlum gün", "{q}{m} {y}, naməlum gün"},
		phraseSomeMonth:     {"{q}{y}, naməlum ay", "{q}{y}, naməlum ay"},
		phraseRounded:       {"{q}təqribən {y} ({a})", "{q}təqribən {y} ({a})"},
		phraseCentury:       {"{e}{o} əsr", "{e}{o} əsrdə"},
		phrasePartOfYear:    {"{yg} {p}", "{yg} {pl}"},
		phrasePartOfTens:    {"{e}{n}{no} illərin {p}", "{e}{n}{no} illərin {pl}"},
		phrasePartOfCentury: {"{e}{o} əsrin {p}", "{e}{o} əsrin {pl}"},
		phraseBefore:        {"{x} tarixindən əvvəl", "{x} tarixindən əvvəl"},
		phraseOrEarlier:     {"{x} və ya əvvəl", "{w} və ya əvvəl"},
		phraseOrLater:       {"{x} və ya sonra", "{w} və ya sonra"},
		phraseUntil:         {"{x} tarixinədək", "{x} tarixinədək"},
		phraseFrom:          {"{x} tarixindən etibarən", "{x} tarixindən etibarən"},
		phraseUntilUnknown:  {"{x} tarixinədək, başlanğıcı naməlum", "{x} tarixinədək, başlanğıcı naməlum"},
		phraseFromUnknown:   {"{x} tarixindən etibarən, sonu naməlum", "{x} tarixindən etibarən, sonu naməlum"},
		phraseOneOf:         {"bunlardan biri: {x}", "bunlardan biri: {x}"},
		phraseAllOf:         {"hamısı: {x}", "hamısı: {x}"},
	},
}

var azMonths = [12]string{
	"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul",
	"avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
}

// yearEndingAz returns the ordinal ending, which follows the vowels of the last
// word of the number: bir-ci, üç-cü, altı-cı, doqquz-cu.
func yearEndingAz(n int64) string {
	units := [...]string{"", "-ci", "-ci", "-cü", "-cü", "-ci", "-cı", "-ci", "-ci", "-cu"}
	tens := [...]string{"", "-cu", "-ci", "-cu", "-cı", "-ci", "-cı", "-ci", "-ci", "-cı"}
	switch {
	case n%10 != 0:
		return units[n%10]
	case n%100 != 0:
		return tens[n/10%10]
	case n%1000 != 0:
		return "-cü" // yüz
	case n%1_000_000 != 0:
		return "-ci" // min
	}
	return "-cu" // milyon
}
