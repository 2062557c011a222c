package quiz

import "testing"

func TestIsLookAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Leyla", "leyla", false},                  // the same name
		{"Leyla", "L\u0435yla", true},              // Cyrillic е
		{"LEYLA", "l\u0435yla", true},              // in another case too
		{"Anar", "\u0410nar", true},                // Cyrillic А
		{"Capa", "\u0421\u0430\u0440\u0430", true}, // Latin Capa, Cyrillic Сара
		{"Ivan", "\u0456van", true},                // Ukrainian і
		{"\u0392\u0391\u039a\u0395", "BAKE", true}, // Greek
		{"Leyla", "Leila", false},
		{"Анна", "Алла", false},
		{"Əli", "Eli", false},
		{"Çinar", "Cinar", false},
		{"Işıl", "Isil", false},
		{"Rauf", "Rauf 2", false},
	} {
		if got := IsLookAlike(c.a, c.b); got != c.want || IsLookAlike(c.b, c.a) != c.want {
			t.Errorf("LookAlike(%q, %q) = %v", c.a, c.b, got)
		}
	}
}
