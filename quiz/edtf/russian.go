package edtf

import "strings"

// russian holds the Russian wording. Where a complete phrase would have to be put
// into another case, the wording is chosen to take the nominative ("1922 и далее").
var russian = locale{
	months:   [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
	monthsOf: [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	monthsIn: [12]string{"январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре"},
	seasons:  [4]string{"весна", "лето", "осень", "зима"}, seasonsIn: [4]string{"весной", "летом", "осенью", "зимой"},
	parts: [3]string{"начало", "середина", "конец"}, partsIn: [3]string{"начале", "середине", "конце"},
	year: "{n}", bc: "{n} до н. э.", ad: "{n} н. э.", eraBC: " до н. э.", eraAD: " н. э.",
	yearOf: "{n} года", yearAt: "{n} году", ordinal: roman,
	about: "примерно ", possibly: "возможно, {x}",
	fields:   [4]string{"год", "месяц", "день", "сезон"},
	doubts:   [4]string{"", "под вопросом", "приблизительно", "приблизительно и под вопросом"},
	shortDay: "{d} {mg}", spanWhen: "с {a} по {b}", mixedEnds: "{a} – {b}",
	upTo: "{x} и ранее", onwards: "{x} и далее", or: " или ", and: " и ", comma: ", ",
	oldStyle: "{x} ({a} по старому стилю)",
	phrases: [phraseKinds]phrase{
		phraseRaw:           {"{x}", "{x}"},
		phraseDay:           {"{q}{d} {mg} {yg}", "{q}{d} {mg} {yg}"},
		phraseMonth:         {"{q}{m} {yg}", "{q}в {ml} {yg}"},
		phraseSeason:        {"{q}{s} {yg}", "{q}{sl} {yg}"},
		phraseQuarter:       {"{q}{o} квартал {yg}", "{q}в {o} квартале {yg}"},
		phraseYear:          {"{q}{y}", "{q}в {yl}"},
		phraseTens:          {"{q}{n}-е годы{e}", "{q}в {n}-х годах{e}"},
		phraseYears:         {"{q}годы {a}", "{q}в годы {a}"},
		phraseDayIn:         {"{q}{d} {mg} {yin}", "{q}{d} {mg} {yin}"},
		phraseMonthIn:       {"{q}{m} {yin}", "{q}в {ml} {yin}"},
		phraseSeasonIn:      {"{q}{s} {yin}", "{q}{sl} {yin}"},
		phraseQuarterIn:     {"{q}{o} квартал одного года {yin}", "{q}в {o} квартале одного года {yin}"},
		phraseDayOfSome:     {"{q}{d}-е число неизвестного месяца {yg}", "{q}{d}-го числа неизвестного месяца {yg}"},
		phraseSomeDay:       {"{q}неизвестный день {yg}", "{q}в неизвестный день {yg}"},
		phraseSomeDayOf:     {"{q}неизвестный день {mg} {yg}", "{q}в неизвестный день {mg} {yg}"},
		phraseSomeMonth:     {"{q}неизвестный месяц {yg}", "{q}в неизвестном месяце {yg}"},
		phraseRounded:       {"{q}ориентировочно {y} ({a})", "{q}ориентировочно {y} ({a})"},
		phraseCentury:       {"{o} век{e}", "в {o} веке{e}"},
		phrasePartOfYear:    {"{p} {yg}", "в {pl} {yg}"},
		phrasePartOfTens:    {"{p} {n}-х годов{e}", "в {pl} {n}-х годов{e}"},
		phrasePartOfCentury: {"{p} {o} века{e}", "в {pl} {o} века{e}"},
		phraseBefore:        {"раньше, чем {x}", "раньше, чем {w}"},
		phraseOrEarlier:     {"{x} или раньше", "{w} или раньше"},
		phraseOrLater:       {"{x} или позже", "{w} или позже"},
		phraseUntil:         {"{x} и ранее", "{x} и ранее"},
		phraseFrom:          {"{x} и далее", "{x} и далее"},
		phraseUntilUnknown:  {"{x} и ранее, начало неизвестно", "{x} и ранее, начало неизвестно"},
		phraseFromUnknown:   {"{x} и далее, конец неизвестен", "{x} и далее, конец неизвестен"},
		phraseOneOf:         {"одно из: {x}", "одно из: {x}"},
		phraseAllOf:         {"всё: {x}", "всё: {x}"},
	},
}

// roman formats 1 to 99 as Roman numerals.
func roman(n int64) string {
	var b strings.Builder
	for _, step := range []struct {
		value int64
		sign  string
	}{{90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}
