package quiz

import (
	"time"

	"chronicle/quiz/edtf"
)

// Notice informs a person that a date they answered about was corrected, and how many
// of their answers are now right, wrong or void.
type Notice struct {
	Deck, Title                 string // name and title of the fact's deck
	Language                    string
	Event                       string
	Before, After               edtf.Date
	NowRight, NowWrong, NowVoid int
	At                          time.Time
}
