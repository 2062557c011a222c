-- Whoever looks after the site and after what is kept of people: sign-up and
-- invitations, passwords that were forgotten, real names apart from everything else,
-- and a record of who did what to whom. What is kept of a person can be erased.

-- +goose Up
ALTER TABLE persons ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE persons SET seen = coalesce((SELECT max(s.seen) FROM sessions s WHERE s.person = persons.id), (SELECT max(d.day) * 86400000 FROM days d WHERE d.person = persons.id), created);
CREATE INDEX persons_seen ON persons (role, seen);
CREATE INDEX students_gone ON students (gone) WHERE gone <> 0;

CREATE TABLE site (
    id      INTEGER PRIMARY KEY,
    sign_up TEXT    NOT NULL
);
INSERT INTO site (id, sign_up) VALUES (1, 'open');

CREATE TABLE invitations (
    id     INTEGER PRIMARY KEY,
    hash   TEXT    NOT NULL UNIQUE,
    role   TEXT    NOT NULL,
    uses   INTEGER NOT NULL,
    used   INTEGER NOT NULL DEFAULT 0,
    made   INTEGER NOT NULL,
    until  INTEGER NOT NULL
);

CREATE TABLE resets (
    person INTEGER PRIMARY KEY REFERENCES persons (id),
    hash   TEXT    NOT NULL UNIQUE,
    until  INTEGER NOT NULL,
    mailed BOOLEAN NOT NULL
);

CREATE TABLE names (
    student INTEGER PRIMARY KEY REFERENCES students (id) ON DELETE CASCADE,
    name    TEXT    NOT NULL,
    at      INTEGER NOT NULL
);

CREATE TABLE audits (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    person  INTEGER NOT NULL,
    alias   TEXT    NOT NULL,
    subject INTEGER NOT NULL,
    deed    TEXT    NOT NULL,
    note    TEXT    NOT NULL
);
CREATE INDEX audits_subject ON audits (subject, id);
CREATE INDEX audits_at ON audits (at);

DROP TRIGGER reviews_never_go;
DROP TRIGGER undos_never_go;
-- +goose StatementBegin
CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
WHEN NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = OLD.person AND p.role = 'erased')
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undos_never_go BEFORE DELETE ON undos
WHEN NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = OLD.person AND p.role = 'erased')
BEGIN SELECT RAISE(ABORT, 'undos are append-only'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER undos_never_go;
DROP TRIGGER reviews_never_go;
-- +goose StatementBegin
CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undos_never_go BEFORE DELETE ON undos
BEGIN SELECT RAISE(ABORT, 'undos are append-only'); END;
-- +goose StatementEnd
DROP TABLE audits;
DROP TABLE names;
DROP TABLE resets;
DROP TABLE invitations;
DROP TABLE site;
DROP INDEX students_gone;
DROP INDEX persons_seen;
ALTER TABLE persons DROP COLUMN seen;
