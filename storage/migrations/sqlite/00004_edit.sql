-- Decks that go on being improved: questions held back, words to search by, who
-- follows a deck, answers that were marked again, and who is told of it.

-- +goose Up
ALTER TABLE facts ADD COLUMN held  TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE facts ADD COLUMN bars  TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE facts ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN words TEXT    NOT NULL DEFAULT '';
ALTER TABLE decks ADD COLUMN words TEXT    NOT NULL DEFAULT '';
CREATE INDEX facts_wordless ON facts (id) WHERE words = '';
CREATE INDEX decks_title ON decks (title, id);

ALTER TABLE texts ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN marked BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE follows (
    person INTEGER NOT NULL REFERENCES persons (id),
    deck   INTEGER NOT NULL REFERENCES decks (id),
    since  INTEGER NOT NULL,
    PRIMARY KEY (person, deck)
) WITHOUT ROWID;

CREATE TABLE remarks (
    review   INTEGER NOT NULL REFERENCES reviews (id),
    change   INTEGER NOT NULL REFERENCES changes (id),
    person   INTEGER NOT NULL,
    fact     INTEGER NOT NULL,
    verdict  TEXT    NOT NULL,
    rating   INTEGER NOT NULL,
    score    REAL    NOT NULL,
    guess    REAL    NOT NULL,
    ease     REAL    NOT NULL,
    strength REAL    NOT NULL,
    slip     REAL    NOT NULL,
    PRIMARY KEY (review, change)
) WITHOUT ROWID;
CREATE INDEX remarks_fact ON remarks (fact, person);
CREATE INDEX remarks_change ON remarks (change, person);
CREATE INDEX reviews_deck ON reviews (person, deck, at);
CREATE INDEX cards_fact ON cards (fact);

CREATE TABLE notices (
    person INTEGER NOT NULL REFERENCES persons (id),
    change INTEGER NOT NULL REFERENCES changes (id),
    fact   INTEGER NOT NULL REFERENCES facts (id),
    before TEXT    NOT NULL,
    after  TEXT    NOT NULL,
    better INTEGER NOT NULL,
    worse  INTEGER NOT NULL,
    void   INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    seen   INTEGER NOT NULL,
    PRIMARY KEY (person, change, fact)
) WITHOUT ROWID;

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
