package quiz

import (
	"github.com/mtibben/confusables"
	"golang.org/x/text/unicode/norm"
)

// IsLookAlike tells whether two aliases look the same to the eye although their
// characters differ, as Leyla and Lеyla with a Cyrillic е. It compares skeletons as
// Unicode Technical Standard 39 defines them, of the names as they are written and of
// the names folded.
func IsLookAlike(a, b string) bool {
	if FoldName(a) == FoldName(b) {
		return false
	}
	return confusableSkeleton(a) == confusableSkeleton(b) || confusableSkeleton(FoldName(a)) == confusableSkeleton(FoldName(b))
}

func confusableSkeleton(s string) string { return confusables.Skeleton(norm.NFKC.String(OneLine(s))) }
