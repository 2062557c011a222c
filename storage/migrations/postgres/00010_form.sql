-- The form with which a text was sent, so that the same form sent again makes no other.

-- +goose Up
ALTER TABLE texts ADD COLUMN form TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX texts_form ON texts (deck, form) WHERE form <> '';

-- +goose Down
DROP INDEX texts_form;
ALTER TABLE texts DROP COLUMN form;
