-- Boards: what each answer brought, who is on which board, and how many points.

-- +goose Up
ALTER TABLE persons ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE classes ADD COLUMN boards BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE gains (
    person BIGINT NOT NULL REFERENCES persons (id),
    fact   BIGINT NOT NULL,
    facet  BIGINT NOT NULL,
    day    BIGINT NOT NULL,
    deck   BIGINT NOT NULL,
    token  TEXT    NOT NULL,
    at     BIGINT NOT NULL,
    points BIGINT NOT NULL,
    proof  BIGINT NOT NULL,
    quick  BOOLEAN NOT NULL,
    PRIMARY KEY (person, fact, facet, day)
);
CREATE INDEX gains_day ON gains (person, day);

CREATE TABLE players (
    person    BIGINT NOT NULL REFERENCES persons (id),
    board     TEXT    NOT NULL,
    alias     TEXT    NOT NULL,
    alias_key TEXT    NOT NULL,
    joined    BIGINT NOT NULL,
    PRIMARY KEY (person, board)
);
CREATE UNIQUE INDEX players_alias ON players (board, alias_key);

CREATE TABLE tallies (
    person  BIGINT NOT NULL REFERENCES persons (id),
    board   TEXT    NOT NULL,
    day     BIGINT NOT NULL,
    points  BIGINT NOT NULL,
    answers BIGINT NOT NULL,
    cleared BIGINT NOT NULL,
    PRIMARY KEY (person, board, day)
);

CREATE TABLE scores (
    person  BIGINT NOT NULL REFERENCES persons (id),
    board   TEXT    NOT NULL,
    counts  TEXT    NOT NULL,
    period  TEXT    NOT NULL,
    points  BIGINT NOT NULL,
    days    BIGINT NOT NULL,
    cleared BIGINT NOT NULL,
    reached BIGINT NOT NULL,
    shown   BOOLEAN NOT NULL,
    PRIMARY KEY (person, board, counts, period)
);
CREATE INDEX scores_rank ON scores (board, counts, period, points DESC, reached, person) WHERE shown;

-- +goose Down
DROP TABLE scores;
DROP TABLE tallies;
DROP TABLE players;
DROP TABLE gains;
ALTER TABLE classes DROP COLUMN boards;
ALTER TABLE persons DROP COLUMN hidden;
