package storage

import (
	"context"

	"gorm.io/gorm"
)

// Writable tells whether the database takes writes now.
func (db *DB) Writable(ctx context.Context) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE site SET sign_up = sign_up WHERE id = 1").Error
	})
}
