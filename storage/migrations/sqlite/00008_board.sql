-- Boards: what each answer brought, who is on which board, and how many points.

-- +goose Up
ALTER TABLE persons ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE classes ADD COLUMN boards BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE gains (
    person INTEGER NOT NULL REFERENCES persons (id),
    fact   INTEGER NOT NULL,
    facet  INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    deck   INTEGER NOT NULL,
    token  TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    points INTEGER NOT NULL,
    proof  INTEGER NOT NULL,
    quick  BOOLEAN NOT NULL,
    PRIMARY KEY (person, fact, facet, day)
) WITHOUT ROWID;
CREATE INDEX gains_day ON gains (person, day);

CREATE TABLE players (
    person    INTEGER NOT NULL REFERENCES persons (id),
    board     TEXT    NOT NULL,
    alias     TEXT    NOT NULL,
    alias_key TEXT    NOT NULL,
    joined    INTEGER NOT NULL,
    PRIMARY KEY (person, board)
) WITHOUT ROWID;
CREATE UNIQUE INDEX players_alias ON players (board, alias_key);

CREATE TABLE tallies (
    person  INTEGER NOT NULL REFERENCES persons (id),
    board   TEXT    NOT NULL,
    day     INTEGER NOT NULL,
    points  INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    cleared INTEGER NOT NULL,
    PRIMARY KEY (person, board, day)
) WITHOUT ROWID;

CREATE TABLE scores (
    person  INTEGER NOT NULL REFERENCES persons (id),
    board   TEXT    NOT NULL,
    counts  TEXT    NOT NULL,
    period  TEXT    NOT NULL,
    points  INTEGER NOT NULL,
    days    INTEGER NOT NULL,
    cleared INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    shown   BOOLEAN NOT NULL,
    PRIMARY KEY (person, board, counts, period)
) WITHOUT ROWID;
CREATE INDEX scores_rank ON scores (board, counts, period, points DESC, reached, person) WHERE shown;

-- +goose Down
DROP TABLE scores;
DROP TABLE tallies;
DROP TABLE players;
DROP TABLE gains;
ALTER TABLE classes DROP COLUMN boards;
ALTER TABLE persons DROP COLUMN hidden;
