-- Instants are milliseconds since 1970 in UTC, days are day numbers in the
-- learner's own calendar: both databases compare them alike, and no driver
-- turns them into local times.

-- +goose Up
CREATE TABLE persons (
    id          INTEGER PRIMARY KEY,
    role        TEXT    NOT NULL,
    alias       TEXT    NOT NULL DEFAULT '',
    alias_key   TEXT    UNIQUE,
    email       TEXT    NOT NULL DEFAULT '',
    email_key   TEXT    UNIQUE,
    password    TEXT    NOT NULL DEFAULT '',
    zone        TEXT    NOT NULL,
    new_per_day INTEGER NOT NULL,
    created     INTEGER NOT NULL
);

CREATE TABLE sessions (
    hash    TEXT    PRIMARY KEY,
    person  INTEGER NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_seen ON sessions (seen);

CREATE TABLE decks (
    id             INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    title          TEXT    NOT NULL,
    about          TEXT    NOT NULL,
    language       TEXT    NOT NULL,
    date_precision TEXT    NOT NULL,
    licence        TEXT    NOT NULL,
    credit         TEXT    NOT NULL,
    digest         TEXT    NOT NULL,
    version        INTEGER NOT NULL
);

CREATE TABLE sources (
    deck    INTEGER NOT NULL REFERENCES decks (id),
    key     TEXT    NOT NULL,
    place   INTEGER NOT NULL,
    title   TEXT    NOT NULL,
    author  TEXT    NOT NULL,
    address TEXT    NOT NULL,
    licence TEXT    NOT NULL,
    PRIMARY KEY (deck, key)
) WITHOUT ROWID;

CREATE TABLE facts (
    id         INTEGER PRIMARY KEY,
    deck       INTEGER NOT NULL REFERENCES decks (id),
    key        TEXT    NOT NULL,
    place      INTEGER NOT NULL,
    facets     INTEGER NOT NULL,
    edtf       TEXT    NOT NULL,
    lo         INTEGER NOT NULL,
    hi         INTEGER NOT NULL,
    also       TEXT    NOT NULL,
    event      TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    terms      TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    section    TEXT    NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    tags       TEXT    NOT NULL,
    claim      BOOLEAN NOT NULL,
    disputed   BOOLEAN NOT NULL,
    retired    BOOLEAN NOT NULL,
    UNIQUE (deck, key)
);
CREATE INDEX facts_place ON facts (deck, place);
CREATE INDEX facts_date ON facts (deck, lo, hi);

CREATE TABLE cards (
    person     INTEGER NOT NULL REFERENCES persons (id),
    fact       INTEGER NOT NULL REFERENCES facts (id),
    facet      INTEGER NOT NULL,
    deck       INTEGER NOT NULL,
    phase      INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    stability  REAL    NOT NULL,
    difficulty REAL    NOT NULL,
    last_day   INTEGER NOT NULL,
    first_day  INTEGER NOT NULL,
    reps       INTEGER NOT NULL,
    lapses     INTEGER NOT NULL,
    learned    BOOLEAN NOT NULL,
    due        INTEGER NOT NULL,
    due_day    INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (person, fact, facet)
) WITHOUT ROWID;
CREATE INDEX cards_due ON cards (person, deck, due_day);
CREATE INDEX cards_first ON cards (person, first_day);

CREATE TABLE sittings (
    person   INTEGER PRIMARY KEY REFERENCES persons (id),
    deck     INTEGER NOT NULL,
    flips    BOOLEAN NOT NULL,
    started  INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    done     INTEGER NOT NULL,
    still    INTEGER NOT NULL,
    token    TEXT    NOT NULL,
    posed    INTEGER NOT NULL,
    question TEXT    NOT NULL,
    fading   BOOLEAN NOT NULL
);

CREATE TABLE reviews (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    person     INTEGER NOT NULL REFERENCES persons (id),
    token      TEXT    NOT NULL,
    deck       INTEGER NOT NULL,
    fact       INTEGER NOT NULL,
    facet      INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    question   TEXT    NOT NULL,
    chosen     INTEGER NOT NULL,
    verdict    TEXT    NOT NULL,
    rating     INTEGER NOT NULL,
    guess      REAL    NOT NULL,
    ease       REAL    NOT NULL,
    strength   REAL    NOT NULL,
    slip       REAL    NOT NULL,
    at         INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    zone       TEXT    NOT NULL,
    utc_offset INTEGER NOT NULL,
    took       INTEGER NOT NULL,
    model      TEXT    NOT NULL,
    card_before TEXT   NOT NULL,
    card_after  TEXT   NOT NULL,
    UNIQUE (person, token)
);
CREATE INDEX reviews_person ON reviews (person, id);
CREATE INDEX reviews_at ON reviews (person, at);

CREATE TABLE undos (
    review INTEGER PRIMARY KEY REFERENCES reviews (id),
    person INTEGER NOT NULL,
    at     INTEGER NOT NULL
);

CREATE TABLE days (
    person  INTEGER NOT NULL REFERENCES persons (id),
    day     INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    took    INTEGER NOT NULL,
    PRIMARY KEY (person, day)
) WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER reviews_never_change BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER undos_never_change BEFORE UPDATE ON undos
BEGIN SELECT RAISE(ABORT, 'undos are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undos_never_go BEFORE DELETE ON undos
BEGIN SELECT RAISE(ABORT, 'undos are append-only'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE days;
DROP TABLE undos;
DROP TABLE reviews;
DROP TABLE sittings;
DROP TABLE cards;
DROP TABLE facts;
DROP TABLE sources;
DROP TABLE decks;
DROP TABLE sessions;
DROP TABLE persons;
