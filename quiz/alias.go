package quiz

import (
	"github.com/mtibben/confusables"
	"golang.org/x/text/unicode/norm"
)

// LookAlike tells whether two aliases look the same to the eye although their
// characters differ, as Leyla and Lеyla with a Cyrillic е. It compares skeletons as
// Unicode Technical Standard 39 defines them, of the names as they are written and of
// the names folded.
func LookAlike(a, b string) bool {
	if Fold(a) == Fold(b) {
		return false
	}
	return skeleton(a) == skeleton(b) || skeleton(Fold(a)) == skeleton(Fold(b))
}

func skeleton(s string) string { return confusables.Skeleton(norm.NFKC.String(OneLine(s))) }
