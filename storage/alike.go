package storage

import (
	"slices"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// checkLookAlike returns Invalid at alias if another student of the class has an alias that
// looks the same, for example in letters of another script. The student is identified by
// membership or by person; the unused one is 0.
func checkLookAlike(tx *gorm.DB, class, student, person int64, alias string) error {
	var others []string
	err := tx.Raw("SELECT alias FROM students WHERE class = ? AND gone = 0 AND id <> ? AND person <> ?", class, student, person).Scan(&others).Error
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(other string) bool { return quiz.IsLookAlike(alias, other) }) {
		var p quiz.Problems
		p.Add("alias", "problem.alias.alike")
		return p.Err()
	}
	return nil
}
