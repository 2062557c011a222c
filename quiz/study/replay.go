package study

import (
	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// History is what a person's cards are made from.
type History struct {
	Reviews           []quiz.Review     // in the order in which they were kept; those that do not count are left out
	CardActions       []quiz.CardAction // what was done to cards by hand, in that order
	WeightsByID       map[int64]fsrs.Weights
	CurrentParameters quiz.Parameters // the weights that memory goes by now
}

// ReplayCards rebuilds cards from the past. The day on which a card is due was set by
// the weights that held then; its memory is what the weights of now make of all its
// answers.
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

// calendarOf counts the days as they were counted when the answer was given.
func calendarOf(r quiz.Review) quiz.Calendar {
	return quiz.NewCalendar(r.Zone).WithDayStart(r.DayStart)
}

// replayCard makes one card from its answers.
func (p History) replayCard(log []quiz.Review) quiz.Card {
	then := parseSchedulerVersion(log[len(log)-1].Model).Parameters
	card := p.replayCardWith(log, quiz.Parameters{ID: then, Weights: p.WeightsByID[then]})
	if then != p.CurrentParameters.ID {
		card.State.Memory = p.replayCardWith(log, p.CurrentParameters).State.Memory
	}
	return card
}

// replayCardWith makes a card from its answers as if those weights had held all along.
func (p History) replayCardWith(log []quiz.Review, t quiz.Parameters) (c quiz.Card) {
	s, last := newScheduler(t, 0), len(log)-1
	c.CardID = cardIDOf(log[last])
	for _, r := range log[:last] { // on which day it was due does not matter any more
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

// applyReview moves a card by a review that was kept, by those weights.
func applyReview(c quiz.Card, r quiz.Review, t quiz.Parameters) quiz.Card {
	wanted := parseSchedulerVersion(r.Model).DesiredRetention
	at := LearnerTime{Now: r.At, Day: r.Day, Calendar: calendarOf(r), ownScheduler: newScheduler(t, wanted)}
	return cardAfter(c, at.answerCard(c, r.Rating, r.Form), r.Fuzz, at)
}
