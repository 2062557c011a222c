package storage

import "chronicle/quiz"

// sourceRow is a row of sources.
type sourceRow struct {
	Key, Title, Author, Address, Licence string
}

func (r sourceRow) source() quiz.Source {
	return quiz.Source{Key: r.Key, Title: r.Title, Author: r.Author, URL: r.Address, Licence: r.Licence}
}
