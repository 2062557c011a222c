-- Classes with their teachers and students, sign-in cards, and assignments.

-- +goose Up
CREATE TABLE classes (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    title    TEXT    NOT NULL,
    code     TEXT    NOT NULL UNIQUE,
    zone     TEXT    NOT NULL,
    owner    INTEGER NOT NULL REFERENCES persons (id),
    quiz     TEXT    NOT NULL DEFAULT '',
    quiz_day INTEGER NOT NULL DEFAULT 0,
    created  INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    version  INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE teachers (
    person INTEGER NOT NULL REFERENCES persons (id),
    class  INTEGER NOT NULL REFERENCES classes (id),
    since  INTEGER NOT NULL,
    PRIMARY KEY (person, class)
) WITHOUT ROWID;
CREATE INDEX teachers_class ON teachers (class, since);

CREATE TABLE students (
    id        INTEGER PRIMARY KEY,
    class     INTEGER NOT NULL REFERENCES classes (id),
    person    INTEGER NOT NULL REFERENCES persons (id),
    alias     TEXT    NOT NULL,
    alias_key TEXT    NOT NULL,
    since     INTEGER NOT NULL,
    gone      INTEGER NOT NULL DEFAULT 0,
    by_self   BOOLEAN NOT NULL DEFAULT false,
    UNIQUE (person, class)
);
CREATE INDEX students_class ON students (class, person);
CREATE UNIQUE INDEX students_alias ON students (class, alias_key) WHERE gone = 0;

CREATE TABLE passes (
    person INTEGER PRIMARY KEY REFERENCES persons (id),
    hash   TEXT    NOT NULL UNIQUE,
    class  INTEGER NOT NULL REFERENCES classes (id),
    made   INTEGER NOT NULL,
    used   INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE assignments (
    id        INTEGER PRIMARY KEY,
    class     INTEGER NOT NULL REFERENCES classes (id),
    deck      INTEGER NOT NULL REFERENCES decks (id),
    from_year INTEGER NOT NULL,
    to_year   INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    aim       TEXT    NOT NULL,
    want      INTEGER NOT NULL,
    minutes   INTEGER NOT NULL,
    late      BOOLEAN NOT NULL,
    created   INTEGER NOT NULL,
    removed   INTEGER NOT NULL DEFAULT 0,
    version   INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX assignments_class ON assignments (class, day);

CREATE TABLE extras (
    student    INTEGER NOT NULL REFERENCES students (id),
    assignment INTEGER NOT NULL REFERENCES assignments (id),
    days       INTEGER NOT NULL,
    PRIMARY KEY (student, assignment)
) WITHOUT ROWID;

CREATE INDEX reviews_wrong ON reviews (person, fact, id) WHERE verdict <> 'right';

-- +goose Down
DROP INDEX reviews_wrong;
DROP TABLE extras;
DROP TABLE assignments;
DROP TABLE passes;
DROP TABLE students;
DROP TABLE teachers;
DROP TABLE classes;
