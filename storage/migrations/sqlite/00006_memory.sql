-- Memory of one's own: how a person's days and questions go, weights that were
-- learned from answers, cards that are put aside or set by hand, and days on which
-- a deck is to be known.

-- +goose Up
ALTER TABLE persons ADD COLUMN day_start INTEGER NOT NULL DEFAULT 4;
ALTER TABLE persons ADD COLUMN rest_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN unwanted  TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE persons ADD COLUMN strict    BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE persons ADD COLUMN weights   INTEGER NOT NULL DEFAULT 0;

ALTER TABLE reviews ADD COLUMN day_start INTEGER NOT NULL DEFAULT 4;
ALTER TABLE reviews ADD COLUMN fuzz      REAL    NOT NULL DEFAULT -1;
ALTER TABLE reviews ADD COLUMN expected  REAL    NOT NULL DEFAULT -1;
CREATE INDEX cards_day ON cards (person, due_day);
CREATE INDEX reviews_taken ON reviews (person, day, fact, confused) WHERE confused <> 0;

CREATE TABLE weights (
    id      INTEGER PRIMARY KEY,
    person  INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    items   INTEGER NOT NULL,
    loss    REAL    NOT NULL,
    before  REAL    NOT NULL,
    better  BOOLEAN NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX weights_person ON weights (person, id);

CREATE TABLE effects (
    id      INTEGER PRIMARY KEY,
    body    TEXT    NOT NULL,
    items   INTEGER NOT NULL,
    loss    REAL    NOT NULL,
    before  REAL    NOT NULL,
    better  BOOLEAN NOT NULL,
    at      INTEGER NOT NULL
);

CREATE TABLE asides (
    person INTEGER NOT NULL REFERENCES persons (id),
    fact   INTEGER NOT NULL REFERENCES facts (id),
    facet  INTEGER NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (person, fact, facet)
) WITHOUT ROWID;

CREATE TABLE cares (
    id     INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES persons (id),
    fact   INTEGER NOT NULL REFERENCES facts (id),
    facet  INTEGER NOT NULL,
    deed   TEXT    NOT NULL,
    day    INTEGER NOT NULL,
    review INTEGER NOT NULL,
    undone BOOLEAN NOT NULL DEFAULT false,
    at     INTEGER NOT NULL
);
CREATE INDEX cares_card ON cares (person, fact, facet, id);

CREATE TABLE goals (
    person  INTEGER NOT NULL REFERENCES persons (id),
    deck    INTEGER NOT NULL REFERENCES decks (id),
    day     INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (person, deck)
) WITHOUT ROWID;

CREATE TABLE rebuilds (
    id      INTEGER PRIMARY KEY,
    person  INTEGER NOT NULL,
    weights INTEGER NOT NULL
);

-- +goose Down
DROP TABLE rebuilds;
DROP TABLE goals;
DROP TABLE cares;
DROP TABLE asides;
DROP TABLE effects;
DROP TABLE weights;
DROP INDEX reviews_taken;
DROP INDEX cards_day;
ALTER TABLE reviews DROP COLUMN expected;
ALTER TABLE reviews DROP COLUMN fuzz;
ALTER TABLE reviews DROP COLUMN day_start;
ALTER TABLE persons DROP COLUMN weights;
ALTER TABLE persons DROP COLUMN strict;
ALTER TABLE persons DROP COLUMN unwanted;
ALTER TABLE persons DROP COLUMN rest_days;
ALTER TABLE persons DROP COLUMN day_start;
