-- Whoever looks after the site and after what is kept of people: sign-up and
-- invitations, passwords that were forgotten, real names apart from everything else,
-- and a record of who did what to whom. What is kept of a person can be erased.

-- +goose Up
ALTER TABLE persons ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
UPDATE persons SET seen = coalesce((SELECT max(s.seen) FROM sessions s WHERE s.person = persons.id), (SELECT max(d.day) * 86400000 FROM days d WHERE d.person = persons.id), created);
CREATE INDEX persons_seen ON persons (role, seen);
CREATE INDEX students_gone ON students (gone) WHERE gone <> 0;

CREATE TABLE site (
    id      BIGINT PRIMARY KEY,
    sign_up TEXT    NOT NULL
);
INSERT INTO site (id, sign_up) VALUES (1, 'open');

CREATE TABLE invitations (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash   TEXT    NOT NULL UNIQUE,
    role   TEXT    NOT NULL,
    uses   BIGINT NOT NULL,
    used   BIGINT NOT NULL DEFAULT 0,
    made   BIGINT NOT NULL,
    until  BIGINT NOT NULL
);

CREATE TABLE resets (
    person BIGINT PRIMARY KEY REFERENCES persons (id),
    hash   TEXT    NOT NULL UNIQUE,
    until  BIGINT NOT NULL,
    mailed BOOLEAN NOT NULL
);

CREATE TABLE names (
    student BIGINT PRIMARY KEY REFERENCES students (id) ON DELETE CASCADE,
    name    TEXT    NOT NULL,
    at      BIGINT NOT NULL
);

CREATE TABLE audits (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    alias   TEXT    NOT NULL,
    subject BIGINT NOT NULL,
    deed    TEXT    NOT NULL,
    note    TEXT    NOT NULL
);
CREATE INDEX audits_subject ON audits (subject, id);
CREATE INDEX audits_at ON audits (at);

DROP TRIGGER reviews_never_change ON reviews;
DROP TRIGGER undos_never_change ON undos;
-- +goose StatementBegin
CREATE FUNCTION erased_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = OLD.person AND p.role = 'erased') THEN
        RAISE EXCEPTION '% are append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER reviews_never_change BEFORE UPDATE ON reviews
FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
FOR EACH ROW EXECUTE FUNCTION erased_only();
CREATE TRIGGER undos_never_change BEFORE UPDATE ON undos
FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER undos_never_go BEFORE DELETE ON undos
FOR EACH ROW EXECUTE FUNCTION erased_only();

-- +goose Down
DROP TRIGGER undos_never_go ON undos;
DROP TRIGGER undos_never_change ON undos;
DROP TRIGGER reviews_never_go ON reviews;
DROP TRIGGER reviews_never_change ON reviews;
DROP FUNCTION erased_only;
CREATE TRIGGER reviews_never_change BEFORE UPDATE OR DELETE ON reviews
FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER undos_never_change BEFORE UPDATE OR DELETE ON undos
FOR EACH ROW EXECUTE FUNCTION append_only();
DROP TABLE audits;
DROP TABLE names;
DROP TABLE resets;
DROP TABLE invitations;
DROP TABLE site;
DROP INDEX students_gone;
DROP INDEX persons_seen;
ALTER TABLE persons DROP COLUMN seen;
