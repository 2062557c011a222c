-- What a class page counts is told by indexes alone: answers lie all over a large file, and
-- each of a thousand that is looked up may be a read of the disk.

-- +goose Up
DROP INDEX reviews_deck;
DROP INDEX reviews_taken;
CREATE INDEX reviews_deck ON reviews (person, deck, at, lead, verdict, fact, id);
CREATE INDEX reviews_taken ON reviews (person, day, fact, confused, verdict, id) WHERE confused <> 0;

-- +goose Down
DROP INDEX reviews_deck;
DROP INDEX reviews_taken;
CREATE INDEX reviews_deck ON reviews (person, deck, at);
CREATE INDEX reviews_taken ON reviews (person, day, fact, confused) WHERE confused <> 0;
