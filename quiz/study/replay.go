package study

import (
	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Past is what a person's cards are made from.
type Past struct {
	Log     []quiz.Review // in the order in which they were kept; those that do not count are left out
	Cares   []quiz.Care   // what was done to cards by hand, in that order
	Tunings map[int64]fsrs.Weights
	Now     quiz.Tuning // the weights that memory goes by now
}

// Replay rebuilds cards from the past. The day on which a card is due was set by
// the weights that held then; its memory is what the weights of now make of all its
// answers.
func Replay(p Past) map[quiz.CardID]quiz.Card {
	byCard := map[quiz.CardID][]quiz.Review{}
	for _, r := range p.Log {
		if r.Counts() {
			byCard[cardOf(r)] = append(byCard[cardOf(r)], r)
		}
	}
	cards := map[quiz.CardID]quiz.Card{}
	for id, log := range byCard {
		cards[id] = p.card(log)
	}
	for _, c := range p.Cares {
		if log := byCard[c.CardID]; c.Sets(log) && cards[c.CardID].Memory.Phase == fsrs.PhaseReview {
			card := cards[c.CardID]
			card.Due, card.DueDay = calendarOf(log[len(log)-1]).Start(c.Day), c.Day
			cards[c.CardID] = card
		}
	}
	return cards
}

// calendarOf counts the days as they were counted when the answer was given.
func calendarOf(r quiz.Review) quiz.Calendar { return quiz.NewCalendar(r.Zone).From(r.DayStart) }

// card makes one card from its answers.
func (p Past) card(log []quiz.Review) quiz.Card {
	then := madeBy(log[len(log)-1].Model).Tuning
	card := p.by(log, quiz.Tuning{ID: then, Weights: p.Tunings[then]})
	if then != p.Now.ID {
		card.Memory.Memory = p.by(log, p.Now).Memory.Memory
	}
	return card
}

// by makes a card from its answers as if those weights had held all along.
func (p Past) by(log []quiz.Review, t quiz.Tuning) (c quiz.Card) {
	s, last := scheduler(t, 0), len(log)-1
	c.CardID = cardOf(log[last])
	for _, r := range log[:last] { // on which day it was due does not matter any more
		if c.IsNew() {
			c.First = r.Day
		}
		c.Memory = s.Answer(c.Memory, r.Day, r.Rating, r.Form, chance(c.CardID)).Card
		c.Version++
	}
	c.Deck = log[last].Deck
	return remember(c, log[last], t)
}

func cardOf(r quiz.Review) quiz.CardID {
	return quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}
}

// remember moves a card by a review that was kept, by those weights.
func remember(c quiz.Card, r quiz.Review, t quiz.Tuning) quiz.Card {
	wanted := madeBy(r.Model).Wanted
	at := Moment{Now: r.At, Day: r.Day, Cal: calendarOf(r), own: scheduler(t, wanted)}
	return moved(c, at.answered(c, r.Rating, r.Form), r.Fuzz, at)
}
