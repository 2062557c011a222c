package storage

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

// CheckWritable checks that the database accepts writes, by making one that passes the same
// checks as an answer and reaches the disk. It changes a value and changes it back, since
// SQLite writes nothing if nothing changes.
func (db *DB) CheckWritable(ctx context.Context) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		for _, value := range []string{"'-' || sign_up", "substr(sign_up, 2)"} {
			done := tx.Exec("UPDATE site SET sign_up = " + value + " WHERE id = 1")
			if done.Error != nil {
				return done.Error
			}
			if done.RowsAffected != 1 {
				return errors.New("the row of the site is missing")
			}
		}
		return nil
	})
}
