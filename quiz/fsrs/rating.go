package fsrs

import "strconv"

// Rating says how well a fact was known, 1 to 4. The zero value is not a rating.
type Rating uint8

// The four ratings, worst first. Again means a wrong answer, the others a right one.
const (
	Again Rating = iota + 1
	Hard
	Good
	Easy
)

var ratingNames = [...]string{Again: "again", Hard: "hard", Good: "good", Easy: "easy"}

// IsValid reports whether r is one of the four ratings.
func (r Rating) IsValid() bool { return r >= Again && r <= Easy }

// String returns the rating in lower case, or for example "rating 9" if r is not a
// rating.
func (r Rating) String() string {
	if !r.IsValid() {
		return "rating " + strconv.Itoa(int(r))
	}
	return ratingNames[r]
}

// mustBeValid panics if r is not a rating. That can only be a programming error, and
// continuing would save a wrong memory.
func (r Rating) mustBeValid() {
	if !r.IsValid() {
		panic("fsrs: " + r.String() + " is none of 1 to 4")
	}
}

// passRating returns the rating for the case that the fact was known: r if it is a
// right answer, otherwise slip.
func (r Rating) passRating(slip Rating) Rating {
	if r == Again {
		return slip
	}
	return r
}
