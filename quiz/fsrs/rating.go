package fsrs

import "strconv"

// Rating is how well a fact was known, 1 to 4. The zero value is no rating.
type Rating uint8

// The four ratings, worst first. Again is a wrong answer, the others are right.
const (
	Again Rating = iota + 1
	Hard
	Good
	Easy
)

var ratingNames = [...]string{Again: "again", Hard: "hard", Good: "good", Easy: "easy"}

// IsValid says whether r is one of the four ratings.
func (r Rating) IsValid() bool { return r >= Again && r <= Easy }

// String is the rating in lower case, or "rating 9" for what is none.
func (r Rating) String() string {
	if !r.IsValid() {
		return "rating " + strconv.Itoa(int(r))
	}
	return ratingNames[r]
}

// mustBeValid panics on what is no rating: taking it for one would write a wrong
// memory, and only a mistake in the program gets here.
func (r Rating) mustBeValid() {
	if !r.IsValid() {
		panic("fsrs: " + r.String() + " is none of 1 to 4")
	}
}

// passRating is the rating of the branch in which the fact was known: r, if it is
// right, or else slip.
func (r Rating) passRating(slip Rating) Rating {
	if r == Again {
		return slip
	}
	return r
}
