package quiz

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFindDateWords(t *testing.T) {
	cases := []struct{ text, want string }{
		{"A treaty is signed", ""},
		{"", ""},
		{"The treaty of 1813 is signed", "1813"},
		{"In the 1990s oil flows", "1990s"},
		{"Oil flows in the 90s", "90s"},
		{"The revolt of ’68 begins", "’68"},
		{"The revolt of '68 begins", "'68"},
		{"The revolt of ‘68 begins", "‘68"},
		{"The attacks of 9/11 shock the world", "9/11"},
		{"On 24.10 they meet", "24.10"},
		{"On the 24th they meet", "24th"},
		{"Caesar is killed in 44 BC", "44 BC"},
		{"Caesar is killed in 44 BCE", "44 BCE"},
		{"Caesar is killed in 44 B.C.", "44 B.C."},
		{"In AD 79 Vesuvius erupts", "AD 79"},
		{"Vesuvius erupts in 79 AD", "79 AD"},
		{"Цезарь убит в 44 г. до н. э.", "до н. э."},
		{"Sezar e.ə. 44-cü ildə öldürülür", "e.ə."},
		{"In ١٨١٣ they sign", "١٨١٣"},
		{"In 1813年 they sign", "1813"},
		{"In １８１３ they sign", "１８１３"},
		{"Müqavilə 28 may günü bağlanır", "8 may"},
		{"Мартовские дни в Баку", "Мартовские"},
		{"They meet on 3 Oct at Baku", "3 Oct"},
		{"The October Revolution begins", "October"},
		{"the OCTOBER Revolution", "OCTOBER"},
		{"They meet in May", "May"},
		{"They meet (May)", "May"},
		{"The “May Coup” is crushed", "May"},
		{"May 9 becomes a holiday", "May 9"},
		{"March 3 becomes a holiday", "March 3"},
		{"They meet in Sept. at Baku", "Sept."},
		{"Договор подписан в октябре", "октябре"},
		{"Договор подписан в марте", "марте"},
		{"Договор подписан в мае", "мае"},
		{"Сентябрьское восстание", "Сентябрьское"},
		{"Müqavilə oktyabr ayında bağlanır", "oktyabr"},
		{"Müqavilə oktyabrda bağlanır", "oktyabrda"},
		{"It is the worst flood of the century", "century"},
		{"Начинается двадцатый век", "век"},
		{"XX əsrin əvvəli", "əsrin"},
		{"the roaring twenties begin", "twenties"},
		// words that look like dates but are not
		{"They may leave", ""},
		{"May he rest, they sing", ""},
		{"The march on Baku begins", ""},
		{"March troops to Baku, orders the tsar", ""},
		{"Its army numbers 21 people", ""},
		{"The Group of 8 meets", ""},
		{"MiG-29 jets are sold", ""},
		{"The 11 of them flee", ""},
		{"Augustus is crowned", ""},
		{"The August of emperors", "August"},
		{"Augusta is founded", ""},
		{"The Junes of history", ""},
		{"A decadent court falls", ""},
		{"Dec artists meet", ""},
		{"Человек летит в космос", ""},
		{"Майкоп взят", ""},
		{"Маркс издаёт книгу", ""},
		{"Əsrarəngiz saray tikilir", ""},
		{"Mayor Martin is elected", ""},
		{"BC Place opens", ""},
		// treated as a date although it may not be one: rejecting is safe
		{"They begin the March on Rome", "March"},
		{"Theresa May resigns", "May"},
		{"The empire has 100,000 soldiers", "100"},
		{"The S-300 system is sold", "300"},
	}
	for _, c := range cases {
		if got := FindDateWords(c.text); got != c.want {
			t.Errorf("%q tells %q, want %q", c.text, got, c.want)
		}
	}
}

func TestContentWords(t *testing.T) {
	cases := []struct {
		event string
		want  []string
	}{
		{"The Treaty of Gulistan is signed", []string{"treaty", "gulistan", "signed"}},
		{"Azerbaijan’s ties, Azerbaijan's tie", []string{"azerbaijan", "tie"}},
		{"’quoted’ words", []string{"quoted", "word"}},
		{"Élan vital in Şamaxı", []string{"elan", "vital", "samaxı"}},
		{"21 people", []string{"21", "people"}},
		{"سقوط القلعة", []string{"سقوط", "القلعة"}},
		{"अकबर राजा", []string{"अकबर", "राजा"}},
		{"It is", []string{"it", "is"}},
		{"🙂", []string{"🙂"}},
		{"", nil},
	}
	for _, c := range cases {
		if got := ContentWords(c.event); !slices.Equal(got, c.want) {
			t.Errorf("%q has %q, want %q", c.event, got, c.want)
		}
	}
}

func TestSameEvent(t *testing.T) {
	cases := []struct {
		a, b string
		want bool
	}{
		{"The Treaty of Gulistan is signed", "Treaty of Gulistan signed", true},
		{"Persia signs a treaty", "The treaty Persia signs", true},
		{"PERSIA SIGNS A TREATY", "persia  signs a treaty", true},
		{"Persia signs a treaty", "Persia signs a treaty with Russia", true},
		{"Baku falls", "Baku falls after a long siege", true},
		{"Şamaxı falls to Russia", "Samaxı falls to Russia", true},
		{"🙂", "🙂", true},
		{"تأسيس مدينة باكو", "تأسيس مدينة باكو", true},
		{"🙂", "☹", false},
		{"It is", "They are", false},
		{"تأسيس مدينة باكو", "سقوط القلعة القديمة", false},
		{"War", "The war with Iran ends", false},
		{"Persia signs a treaty", "Russia buys an island", false},
		{"The Treaty of Gulistan is signed", "The Treaty of Turkmenchay is signed", false},
		{"Ilham Aliyev is born", "Heydar Aliyev is born", false},
		{"Murid War begins", "Caucasian War ends", false},
		{"Russia sells an island", "Russia buys an island", false},
	}
	for _, c := range cases {
		a, b := ContentWords(c.a), ContentWords(c.b)
		if SameEvent(a, b) != c.want || SameEvent(b, a) != c.want {
			t.Errorf("%q and %q are the same: %v and %v, want %v", c.a, c.b, SameEvent(a, b), SameEvent(b, a), c.want)
		}
	}
}

func TestEventSimilarity(t *testing.T) {
	cases := []struct {
		a, b string
		want float64
	}{
		{"Baku falls", "Baku falls", 1},
		{"Baku falls", "Ganja burns", 0},
		{"Baku falls", "Baku burns", 0.5},
		{"Baku", "Baku falls at last again", 0.4},
		{"", "Baku", 0},
	}
	for _, c := range cases {
		a, b := ContentWords(c.a), ContentWords(c.b)
		if EventSimilarity(a, b) != c.want || EventSimilarity(b, a) != c.want {
			t.Errorf("%q and %q: %v and %v, want %v", c.a, c.b, EventSimilarity(a, b), EventSimilarity(b, a), c.want)
		}
	}
}

func TestIsKnownLanguage(t *testing.T) {
	for tag, want := range map[string]bool{"en": true, "az": true, "zh-Hant": true, "": false, "English!": false, "e": false} {
		if IsKnownLanguage(tag) != want {
			t.Errorf("%q is known: %v", tag, !want)
		}
	}
}

// TestDateWordPrefilter checks that the prefilter never hides a date that a pattern
// matches.
func TestDateWordPrefilter(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"May", "may", "MARCH", "March", "Mart", "mart", "martda", "mart ay", "Jan", "Dec.", "dec", "june", "Juneau", "yanvarda", "Sentyabr", "oktyabr",
		"век", "марта", "маем", "Января", "н. э.", "до н.э.", "e.ə.", "əsr", "ƏSRDƏ", "century", "Decades", "millennium", "thirties", "for", "Forties",
		"ſixties", "oKtyabr", "o\u212atyabr", "1", "12", "1941", "٣٤٥", "’41", "‘45s", "2nd", "1/2", "BC", "AD", "A.D.", "44 B.C.", " ", " ", ".", ",", "“", "(",
		"_", "é", "х", "a", "Ä", "the war", "\u0301",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "pieces"), "")
		for i, date := range dateWordPatterns {
			if date.words.MatchString(text) && dateWordTries(text)&date.needs == 0 {
				t.Fatalf("expression %d finds %q in %q", i, date.words.FindString(text), text)
			}
		}
	})
}
