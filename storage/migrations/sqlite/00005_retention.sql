-- How well a person wants to remember: the chance of recall at which a card comes
-- back.

-- +goose Up
ALTER TABLE persons ADD COLUMN retention REAL NOT NULL DEFAULT 0.9;

-- +goose Down
ALTER TABLE persons DROP COLUMN retention;
