package study

import (
	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// History is everything that a person's cards are rebuilt from.
type History struct {
	Reviews           []quiz.Review     // in the order they were saved; those that do not count for memory are ignored
	CardActions       []quiz.CardAction // in the order they were saved
	WeightsByID       map[int64]fsrs.Weights
	CurrentParameters quiz.Parameters // the parameters in use now
}

// ReplayCards rebuilds cards from their history. A card's due day comes from the
// parameters in use when it was last answered; its memory is computed from all its
// answers with the current parameters.
func ReplayCards(p History) map[quiz.CardID]quiz.Card {
	byCard := map[quiz.CardID][]quiz.Review{}
	for _, r := range p.Reviews {
		if r.CountsForMemory() {
			byCard[cardIDOf(r)] = append(byCard[cardIDOf(r)], r)
		}
	}
	cards := map[quiz.CardID]quiz.Card{}
	for id, log := range byCard {
		cards[id] = p.replayCard(log)
	}
	for _, c := range p.CardActions {
		if log := byCard[c.CardID]; c.DueDayHolds(log) && cards[c.CardID].State.Phase == fsrs.PhaseReview {
			card := cards[c.CardID]
			card.Due, card.DueDay = calendarOf(log[len(log)-1]).DayStart(c.Day), c.Day
			cards[c.CardID] = card
		}
	}
	return cards
}

// calendarOf returns the learner's calendar at the time of the review.
func calendarOf(r quiz.Review) quiz.Calendar {
	return quiz.NewCalendar(r.Zone).WithDayStart(r.DayStart)
}

// replayCard rebuilds one card from its reviews.
func (p History) replayCard(log []quiz.Review) quiz.Card {
	then := parseSchedulerVersion(log[len(log)-1].Model).Parameters
	card := p.replayCardWith(log, quiz.Parameters{ID: then, Weights: p.WeightsByID[then]})
	if then != p.CurrentParameters.ID {
		card.State.Memory = p.replayCardWith(log, p.CurrentParameters).State.Memory
	}
	return card
}

// replayCardWith rebuilds a card from its reviews as if the parameters t had always
// been in use.
func (p History) replayCardWith(log []quiz.Review, t quiz.Parameters) (c quiz.Card) {
	s, last := newScheduler(t, 0), len(log)-1
	c.CardID = cardIDOf(log[last])
	for _, r := range log[:last] { // earlier due days no longer matter
		if c.IsNew() {
			c.FirstDay = r.Day
		}
		c.State = s.AnswerCard(c.State, r.Day, r.Rating, r.Form, fuzzSeed(c.CardID)).Card
		c.Version++
	}
	c.Deck = log[last].Deck
	return applyReview(c, log[last], t)
}

func cardIDOf(r quiz.Review) quiz.CardID {
	return quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}
}

// applyReview returns the card after a stored review, with parameters t.
func applyReview(c quiz.Card, r quiz.Review, t quiz.Parameters) quiz.Card {
	wanted := parseSchedulerVersion(r.Model).DesiredRetention
	at := LearnerTime{Now: r.At, Day: r.Day, Calendar: calendarOf(r), ownScheduler: newScheduler(t, wanted)}
	return cardAfter(c, at.answerCard(c, r.Rating, r.Form), r.Fuzz, at)
}
