package edtf

import "strings"

// russian is for printing. Where a case would have to be formed from a finished
// phrase, a wording is used that takes the nominative ("1922 и далее").
var russian = tongue{
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
	phrases: [kinds]phrase{
		sayRaw:           {"{x}", "{x}"},
		sayDay:           {"{q}{d} {mg} {yg}", "{q}{d} {mg} {yg}"},
		sayMonth:         {"{q}{m} {yg}", "{q}в {ml} {yg}"},
		saySeason:        {"{q}{s} {yg}", "{q}{sl} {yg}"},
		sayQuarter:       {"{q}{o} квартал {yg}", "{q}в {o} квартале {yg}"},
		sayYear:          {"{q}{y}", "{q}в {yl}"},
		sayTens:          {"{q}{n}-е годы{e}", "{q}в {n}-х годах{e}"},
		sayYears:         {"{q}годы {a}", "{q}в годы {a}"},
		sayDayIn:         {"{q}{d} {mg} {yin}", "{q}{d} {mg} {yin}"},
		sayMonthIn:       {"{q}{m} {yin}", "{q}в {ml} {yin}"},
		saySeasonIn:      {"{q}{s} {yin}", "{q}{sl} {yin}"},
		sayQuarterIn:     {"{q}{o} квартал одного года {yin}", "{q}в {o} квартале одного года {yin}"},
		sayDayOfSome:     {"{q}{d}-е число неизвестного месяца {yg}", "{q}{d}-го числа неизвестного месяца {yg}"},
		saySomeDay:       {"{q}неизвестный день {yg}", "{q}в неизвестный день {yg}"},
		saySomeDayOf:     {"{q}неизвестный день {mg} {yg}", "{q}в неизвестный день {mg} {yg}"},
		saySomeMonth:     {"{q}неизвестный месяц {yg}", "{q}в неизвестном месяце {yg}"},
		sayRounded:       {"{q}ориентировочно {y} ({a})", "{q}ориентировочно {y} ({a})"},
		sayCentury:       {"{o} век{e}", "в {o} веке{e}"},
		sayPartOfYear:    {"{p} {yg}", "в {pl} {yg}"},
		sayPartOfTens:    {"{p} {n}-х годов{e}", "в {pl} {n}-х годов{e}"},
		sayPartOfCentury: {"{p} {o} века{e}", "в {pl} {o} века{e}"},
		sayBefore:        {"раньше, чем {x}", "раньше, чем {w}"},
		sayOrEarlier:     {"{x} или раньше", "{w} или раньше"},
		sayOrLater:       {"{x} или позже", "{w} или позже"},
		sayUntil:         {"{x} и ранее", "{x} и ранее"},
		sayFrom:          {"{x} и далее", "{x} и далее"},
		sayUntilUnknown:  {"{x} и ранее, начало неизвестно", "{x} и ранее, начало неизвестно"},
		sayFromUnknown:   {"{x} и далее, конец неизвестен", "{x} и далее, конец неизвестен"},
		sayOneOf:         {"одно из: {x}", "одно из: {x}"},
		sayAllOf:         {"всё: {x}", "всё: {x}"},
	},
}

// roman writes 1 to 99 in Roman numerals.
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
