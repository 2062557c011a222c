-- Classes with their teachers and students, sign-in cards, and assignments.

-- +goose Up
CREATE TABLE classes (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    title    TEXT    NOT NULL,
    code     TEXT    NOT NULL UNIQUE,
    zone     TEXT    NOT NULL,
    owner    BIGINT NOT NULL REFERENCES persons (id),
    quiz     TEXT    NOT NULL DEFAULT '',
    quiz_day BIGINT NOT NULL DEFAULT 0,
    created  BIGINT NOT NULL,
    archived BIGINT NOT NULL DEFAULT 0,
    version  BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE teachers (
    person BIGINT NOT NULL REFERENCES persons (id),
    class  BIGINT NOT NULL REFERENCES classes (id),
    since  BIGINT NOT NULL,
    PRIMARY KEY (person, class)
);
CREATE INDEX teachers_class ON teachers (class, since);

CREATE TABLE students (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    class     BIGINT NOT NULL REFERENCES classes (id),
    person    BIGINT NOT NULL REFERENCES persons (id),
    alias     TEXT    NOT NULL,
    alias_key TEXT    NOT NULL,
    since     BIGINT NOT NULL,
    gone      BIGINT NOT NULL DEFAULT 0,
    by_self   BOOLEAN NOT NULL DEFAULT false,
    UNIQUE (person, class)
);
CREATE INDEX students_class ON students (class, person);
CREATE UNIQUE INDEX students_alias ON students (class, alias_key) WHERE gone = 0;

CREATE TABLE passes (
    person BIGINT PRIMARY KEY REFERENCES persons (id),
    hash   TEXT    NOT NULL UNIQUE,
    class  BIGINT NOT NULL REFERENCES classes (id),
    made   BIGINT NOT NULL,
    used   BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE assignments (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    class     BIGINT NOT NULL REFERENCES classes (id),
    deck      BIGINT NOT NULL REFERENCES decks (id),
    from_year BIGINT NOT NULL,
    to_year   BIGINT NOT NULL,
    start     BIGINT NOT NULL,
    day       BIGINT NOT NULL,
    aim       TEXT    NOT NULL,
    want      BIGINT NOT NULL,
    minutes   BIGINT NOT NULL,
    late      BOOLEAN NOT NULL,
    created   BIGINT NOT NULL,
    removed   BIGINT NOT NULL DEFAULT 0,
    version   BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX assignments_class ON assignments (class, day);

CREATE TABLE extras (
    student    BIGINT NOT NULL REFERENCES students (id),
    assignment BIGINT NOT NULL REFERENCES assignments (id),
    days       BIGINT NOT NULL,
    PRIMARY KEY (student, assignment)
);

CREATE INDEX reviews_wrong ON reviews (person, fact, id) WHERE verdict <> 'right';

-- +goose Down
DROP INDEX reviews_wrong;
DROP TABLE extras;
DROP TABLE assignments;
DROP TABLE passes;
DROP TABLE students;
DROP TABLE teachers;
DROP TABLE classes;
