package quiz

import (
	"github.com/mtibben/confusables"
	"golang.org/x/text/unicode/norm"
)

// IsLookAlike reports whether two different aliases look the same, such as Leyla and
// Lеyla with a Cyrillic е. It compares their skeletons, as defined by Unicode
// Technical Standard 39, both as written and case-folded.
func IsLookAlike(a, b string) bool {
	if FoldName(a) == FoldName(b) {
		return false
	}
	return confusableSkeleton(a) == confusableSkeleton(b) || confusableSkeleton(FoldName(a)) == confusableSkeleton(FoldName(b))
}

func confusableSkeleton(s string) string { return confusables.Skeleton(norm.NFKC.String(OneLine(s))) }
