-- An answer to an order or a match speaks of several cards: each has its review,
-- and those that stood beside the card that was asked name its answer as lead.

-- +goose Up
ALTER TABLE reviews ADD COLUMN lead     TEXT    NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN run      TEXT    NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN given    TEXT    NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN score    REAL    NOT NULL DEFAULT 0;
ALTER TABLE reviews ADD COLUMN confused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reviews ADD COLUMN contrast INTEGER NOT NULL DEFAULT 0;
CREATE INDEX reviews_lead ON reviews (person, lead) WHERE lead <> '';
CREATE INDEX reviews_run ON reviews (person, run, id) WHERE run <> '';
CREATE INDEX reviews_confused ON reviews (person, fact, facet, id) WHERE confused <> 0;
CREATE INDEX reviews_contrast ON reviews (person, fact, facet, contrast, id) WHERE contrast <> 0;

ALTER TABLE sittings ADD COLUMN run   TEXT    NOT NULL DEFAULT '';
ALTER TABLE sittings ADD COLUMN place INTEGER NOT NULL DEFAULT 0;

CREATE TABLE runs (
    person  INTEGER NOT NULL REFERENCES persons (id),
    id      TEXT    NOT NULL,
    deck    INTEGER NOT NULL,
    quiz    TEXT    NOT NULL,
    started INTEGER NOT NULL,
    PRIMARY KEY (person, id)
) WITHOUT ROWID;
CREATE INDEX runs_deck ON runs (person, deck, started);

CREATE TABLE reports (
    id       INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL REFERENCES persons (id),
    token    TEXT    NOT NULL,
    deck     INTEGER NOT NULL,
    fact     INTEGER NOT NULL,
    question TEXT    NOT NULL,
    given    TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    note     TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    UNIQUE (person, token, reason)
);
CREATE INDEX reports_deck ON reports (deck, fact);

-- +goose Down
DROP TABLE reports;
DROP TABLE runs;
ALTER TABLE sittings DROP COLUMN place;
ALTER TABLE sittings DROP COLUMN run;
DROP INDEX reviews_contrast;
DROP INDEX reviews_confused;
DROP INDEX reviews_run;
DROP INDEX reviews_lead;
ALTER TABLE reviews DROP COLUMN contrast;
ALTER TABLE reviews DROP COLUMN confused;
ALTER TABLE reviews DROP COLUMN score;
ALTER TABLE reviews DROP COLUMN given;
ALTER TABLE reviews DROP COLUMN run;
ALTER TABLE reviews DROP COLUMN lead;
