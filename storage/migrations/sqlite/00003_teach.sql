-- Decks that people make: whose they are, who sees them, the texts their facts
-- come from, what those texts proposed, and every change with its way back.

-- +goose Up
ALTER TABLE decks ADD COLUMN owner   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE decks ADD COLUMN visible TEXT    NOT NULL DEFAULT 'everybody';
ALTER TABLE decks ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE decks ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX decks_owner ON decks (owner);

ALTER TABLE facts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE facts ADD COLUMN text     INTEGER NOT NULL DEFAULT 0;

ALTER TABLE reports ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reports ADD COLUMN reply  TEXT    NOT NULL DEFAULT '';

CREATE TABLE texts (
    id       INTEGER PRIMARY KEY,
    deck     INTEGER NOT NULL REFERENCES decks (id),
    source   TEXT    NOT NULL,
    language TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    marks    TEXT    NOT NULL,
    created  INTEGER NOT NULL
);
CREATE INDEX texts_deck ON texts (deck, id);

CREATE TABLE proposals (
    text  INTEGER NOT NULL REFERENCES texts (id),
    place INTEGER NOT NULL,
    state TEXT    NOT NULL,
    fact  TEXT    NOT NULL,
    body  TEXT    NOT NULL,
    PRIMARY KEY (text, place)
) WITHOUT ROWID;

CREATE TABLE changes (
    id     INTEGER PRIMARY KEY,
    deck   INTEGER NOT NULL REFERENCES decks (id),
    text   INTEGER NOT NULL,
    person INTEGER NOT NULL,
    what   TEXT    NOT NULL,
    body   TEXT    NOT NULL,
    undone BOOLEAN NOT NULL,
    at     INTEGER NOT NULL
);
CREATE INDEX changes_deck ON changes (deck, id);

-- +goose Down
DROP TABLE changes;
DROP TABLE proposals;
DROP TABLE texts;
ALTER TABLE reports DROP COLUMN reply;
ALTER TABLE reports DROP COLUMN closed;
ALTER TABLE facts DROP COLUMN text;
ALTER TABLE facts DROP COLUMN revision;
DROP INDEX decks_owner;
ALTER TABLE decks DROP COLUMN changed;
ALTER TABLE decks DROP COLUMN deleted;
ALTER TABLE decks DROP COLUMN visible;
ALTER TABLE decks DROP COLUMN owner;
