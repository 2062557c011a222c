-- Instants are milliseconds since 1970 in UTC, days are day numbers in the
-- learner's own calendar: both databases compare them alike, and no driver
-- turns them into local times.

-- +goose Up
CREATE TABLE persons (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role        TEXT    NOT NULL,
    alias       TEXT    NOT NULL DEFAULT '',
    alias_key   TEXT    UNIQUE,
    email       TEXT    NOT NULL DEFAULT '',
    email_key   TEXT    UNIQUE,
    password    TEXT    NOT NULL DEFAULT '',
    zone        TEXT    NOT NULL,
    new_per_day BIGINT NOT NULL,
    created     BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash    TEXT    PRIMARY KEY,
    person  BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    seen    BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_seen ON sessions (seen);

CREATE TABLE decks (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    title          TEXT    NOT NULL,
    about          TEXT    NOT NULL,
    language       TEXT    NOT NULL,
    date_precision TEXT    NOT NULL,
    licence        TEXT    NOT NULL,
    credit         TEXT    NOT NULL,
    digest         TEXT    NOT NULL,
    version        BIGINT NOT NULL
);

CREATE TABLE sources (
    deck    BIGINT NOT NULL REFERENCES decks (id),
    key     TEXT    NOT NULL,
    place   BIGINT NOT NULL,
    title   TEXT    NOT NULL,
    author  TEXT    NOT NULL,
    address TEXT    NOT NULL,
    licence TEXT    NOT NULL,
    PRIMARY KEY (deck, key)
);

CREATE TABLE facts (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deck       BIGINT NOT NULL REFERENCES decks (id),
    key        TEXT    NOT NULL,
    place      BIGINT NOT NULL,
    facets     BIGINT NOT NULL,
    edtf       TEXT    NOT NULL,
    lo         BIGINT NOT NULL,
    hi         BIGINT NOT NULL,
    also       TEXT    NOT NULL,
    event      TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    terms      TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    section    TEXT    NOT NULL,
    span_start BIGINT NOT NULL,
    span_end   BIGINT NOT NULL,
    tags       TEXT    NOT NULL,
    claim      BOOLEAN NOT NULL,
    disputed   BOOLEAN NOT NULL,
    retired    BOOLEAN NOT NULL,
    UNIQUE (deck, key)
);
CREATE INDEX facts_place ON facts (deck, place);
CREATE INDEX facts_date ON facts (deck, lo, hi);

CREATE TABLE cards (
    person     BIGINT NOT NULL REFERENCES persons (id),
    fact       BIGINT NOT NULL REFERENCES facts (id),
    facet      BIGINT NOT NULL,
    deck       BIGINT NOT NULL,
    phase      BIGINT NOT NULL,
    step       BIGINT NOT NULL,
    stability  DOUBLE PRECISION NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL,
    last_day   BIGINT NOT NULL,
    first_day  BIGINT NOT NULL,
    reps       BIGINT NOT NULL,
    lapses     BIGINT NOT NULL,
    learned    BOOLEAN NOT NULL,
    due        BIGINT NOT NULL,
    due_day    BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (person, fact, facet)
) WITH (fillfactor = 85);
CREATE INDEX cards_due ON cards (person, deck, due_day);
CREATE INDEX cards_first ON cards (person, first_day);

CREATE TABLE sittings (
    person   BIGINT PRIMARY KEY REFERENCES persons (id),
    deck     BIGINT NOT NULL,
    flips    BOOLEAN NOT NULL,
    started  BIGINT NOT NULL,
    day      BIGINT NOT NULL,
    done     BIGINT NOT NULL,
    still    BIGINT NOT NULL,
    token    TEXT    NOT NULL,
    posed    BIGINT NOT NULL,
    question TEXT    NOT NULL,
    fading   BOOLEAN NOT NULL
);

CREATE TABLE reviews (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person     BIGINT NOT NULL REFERENCES persons (id),
    token      TEXT    NOT NULL,
    deck       BIGINT NOT NULL,
    fact       BIGINT NOT NULL,
    facet      BIGINT NOT NULL,
    kind       TEXT    NOT NULL,
    question   TEXT    NOT NULL,
    chosen     BIGINT NOT NULL,
    verdict    TEXT    NOT NULL,
    rating     BIGINT NOT NULL,
    guess      DOUBLE PRECISION NOT NULL,
    ease       DOUBLE PRECISION NOT NULL,
    strength   DOUBLE PRECISION NOT NULL,
    slip       DOUBLE PRECISION NOT NULL,
    at         BIGINT NOT NULL,
    day        BIGINT NOT NULL,
    zone       TEXT    NOT NULL,
    utc_offset BIGINT NOT NULL,
    took       BIGINT NOT NULL,
    model      TEXT    NOT NULL,
    card_before TEXT   NOT NULL,
    card_after  TEXT   NOT NULL,
    UNIQUE (person, token)
);
CREATE INDEX reviews_person ON reviews (person, id);
CREATE INDEX reviews_at ON reviews (person, at);

CREATE TABLE undos (
    review BIGINT PRIMARY KEY REFERENCES reviews (id),
    person BIGINT NOT NULL,
    at     BIGINT NOT NULL
);

CREATE TABLE days (
    person  BIGINT NOT NULL REFERENCES persons (id),
    day     BIGINT NOT NULL,
    answers BIGINT NOT NULL,
    correct BIGINT NOT NULL,
    took    BIGINT NOT NULL,
    PRIMARY KEY (person, day)
);

-- +goose StatementBegin
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END $$;
-- +goose StatementEnd
CREATE TRIGGER reviews_never_change BEFORE UPDATE OR DELETE ON reviews
FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reviews_never_empty BEFORE TRUNCATE ON reviews
FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER undos_never_change BEFORE UPDATE OR DELETE ON undos
FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER undos_never_empty BEFORE TRUNCATE ON undos
FOR EACH STATEMENT EXECUTE FUNCTION append_only();

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
DROP FUNCTION append_only;
