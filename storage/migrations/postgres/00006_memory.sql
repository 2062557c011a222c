-- Memory of one's own: how a person's days and questions go, weights that were
-- learned from answers, cards that are put aside or set by hand, and days on which
-- a deck is to be known.

-- +goose Up
ALTER TABLE persons ADD COLUMN day_start BIGINT NOT NULL DEFAULT 4;
ALTER TABLE persons ADD COLUMN rest_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN unwanted  TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE persons ADD COLUMN strict    BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE persons ADD COLUMN weights   BIGINT NOT NULL DEFAULT 0;

ALTER TABLE reviews ADD COLUMN day_start BIGINT NOT NULL DEFAULT 4;
ALTER TABLE reviews ADD COLUMN fuzz      DOUBLE PRECISION    NOT NULL DEFAULT -1;
ALTER TABLE reviews ADD COLUMN expected  DOUBLE PRECISION    NOT NULL DEFAULT -1;
CREATE INDEX cards_day ON cards (person, due_day);
CREATE INDEX reviews_taken ON reviews (person, day, fact, confused) WHERE confused <> 0;

CREATE TABLE weights (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person  BIGINT NOT NULL,
    body    TEXT    NOT NULL,
    items   BIGINT NOT NULL,
    loss    DOUBLE PRECISION    NOT NULL,
    before  DOUBLE PRECISION    NOT NULL,
    better  BOOLEAN NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX weights_person ON weights (person, id);

CREATE TABLE effects (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    body    TEXT    NOT NULL,
    items   BIGINT NOT NULL,
    loss    DOUBLE PRECISION    NOT NULL,
    before  DOUBLE PRECISION    NOT NULL,
    better  BOOLEAN NOT NULL,
    at      BIGINT NOT NULL
);

CREATE TABLE asides (
    person BIGINT NOT NULL REFERENCES persons (id),
    fact   BIGINT NOT NULL REFERENCES facts (id),
    facet  BIGINT NOT NULL,
    until  BIGINT NOT NULL,
    PRIMARY KEY (person, fact, facet)
);

CREATE TABLE cares (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person BIGINT NOT NULL REFERENCES persons (id),
    fact   BIGINT NOT NULL REFERENCES facts (id),
    facet  BIGINT NOT NULL,
    deed   TEXT    NOT NULL,
    day    BIGINT NOT NULL,
    review BIGINT NOT NULL,
    undone BOOLEAN NOT NULL DEFAULT false,
    at     BIGINT NOT NULL
);
CREATE INDEX cares_card ON cares (person, fact, facet, id);

CREATE TABLE goals (
    person  BIGINT NOT NULL REFERENCES persons (id),
    deck    BIGINT NOT NULL REFERENCES decks (id),
    day     BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (person, deck)
);

CREATE TABLE rebuilds (
    id      BIGINT PRIMARY KEY,
    person  BIGINT NOT NULL,
    weights BIGINT NOT NULL
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
