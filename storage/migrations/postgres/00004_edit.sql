-- Decks that go on being improved: questions held back, words to search by, who
-- follows a deck, answers that were marked again, and who is told of it.

-- +goose Up
ALTER TABLE facts ADD COLUMN held  TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE facts ADD COLUMN bars  TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE facts ADD COLUMN added BIGINT NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN words TEXT    NOT NULL DEFAULT '';
ALTER TABLE decks ADD COLUMN words TEXT    NOT NULL DEFAULT '';
CREATE INDEX facts_wordless ON facts (id) WHERE words = '';
CREATE INDEX decks_title ON decks (title, id);

ALTER TABLE texts ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN marked BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE follows (
    person BIGINT NOT NULL REFERENCES persons (id),
    deck   BIGINT NOT NULL REFERENCES decks (id),
    since  BIGINT NOT NULL,
    PRIMARY KEY (person, deck)
);

CREATE TABLE remarks (
    review   BIGINT NOT NULL REFERENCES reviews (id),
    change   BIGINT NOT NULL REFERENCES changes (id),
    person   BIGINT NOT NULL,
    fact     BIGINT NOT NULL,
    verdict  TEXT    NOT NULL,
    rating   BIGINT NOT NULL,
    score    DOUBLE PRECISION NOT NULL,
    guess    DOUBLE PRECISION NOT NULL,
    ease     DOUBLE PRECISION NOT NULL,
    strength DOUBLE PRECISION NOT NULL,
    slip     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (review, change)
);
CREATE INDEX remarks_fact ON remarks (fact, person);
CREATE INDEX remarks_change ON remarks (change, person);
CREATE INDEX reviews_deck ON reviews (person, deck, at);
CREATE INDEX cards_fact ON cards (fact);

CREATE TABLE notices (
    person BIGINT NOT NULL REFERENCES persons (id),
    change BIGINT NOT NULL REFERENCES changes (id),
    fact   BIGINT NOT NULL REFERENCES facts (id),
    before TEXT    NOT NULL,
    after  TEXT    NOT NULL,
    better BIGINT NOT NULL,
    worse  BIGINT NOT NULL,
    void   BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    seen   BIGINT NOT NULL,
    PRIMARY KEY (person, change, fact)
);

-- +goose Down
DROP TABLE notices;
DROP INDEX reviews_deck;
DROP INDEX cards_fact;
DROP TABLE remarks;
DROP TABLE follows;
ALTER TABLE changes DROP COLUMN marked;
ALTER TABLE texts DROP COLUMN removed;
DROP INDEX decks_title;
DROP INDEX facts_wordless;
ALTER TABLE decks DROP COLUMN words;
ALTER TABLE facts DROP COLUMN words;
ALTER TABLE facts DROP COLUMN added;
ALTER TABLE facts DROP COLUMN bars;
ALTER TABLE facts DROP COLUMN held;
