-- Which versions of the schema have been applied, one row each.
CREATE TABLE vp_schema (
    version INTEGER NOT NULL PRIMARY KEY,
    name    TEXT    NOT NULL, -- file of the migration
    digest  TEXT    NOT NULL  -- SHA-256 of that file
);

-- Texts that are compared or sorted have the collation "C", byte by byte: the
-- order of a register must be the same on every server, and no two ids may
-- count as one.

-- Dãy số: a run of numbers and where its ledger stands.
CREATE TABLE vp_series (
    org    TEXT   COLLATE "C" NOT NULL,
    id     TEXT   COLLATE "C" NOT NULL,
    organ  TEXT   COLLATE "C" NOT NULL, -- whose numbers they are
    events BIGINT NOT NULL,             -- how many events its ledger has
    top    TEXT   COLLATE "C",          -- the highest slot given so far
    body   TEXT   NOT NULL,             -- documents.Series as JSON
    PRIMARY KEY (org, id)
);

-- Events are only ever added. The cursor counts 1, 2, 3 … within the
-- organisation and is given inside the writing transaction, so that its order
-- is the order of commit.
CREATE TABLE vp_events (
    org        TEXT   COLLATE "C" NOT NULL,
    cursor     BIGINT NOT NULL,
    series     TEXT   COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL,
    kind       TEXT   COLLATE "C" NOT NULL,
    serial     BIGINT NOT NULL,
    entry      TEXT   COLLATE "C",
    actor      TEXT   NOT NULL,
    acting_for TEXT,
    at         TEXT   NOT NULL, -- RFC 3339 with nanoseconds, zone as given
    reason     TEXT,
    act        TEXT,            -- what is done to a document in force, as JSON
    salt       BYTEA  NOT NULL,
    digest     BYTEA  NOT NULL,
    prev       BYTEA  NOT NULL,
    hash       BYTEA  NOT NULL,
    PRIMARY KEY (org, cursor),
    FOREIGN KEY (org, series) REFERENCES vp_series (org, id)
);
CREATE UNIQUE INDEX vp_events_seq ON vp_events (org, series, seq);

-- Dòng sổ: one line of a register.
CREATE TABLE vp_entries (
    org    TEXT COLLATE "C" NOT NULL,
    id     TEXT COLLATE "C" NOT NULL,
    series TEXT COLLATE "C" NOT NULL,
    slot   TEXT COLLATE "C" NOT NULL, -- serial in ten digits, then the suffix: sorts as a register reads
    state  TEXT COLLATE "C" NOT NULL,
    kind   TEXT COLLATE "C",
    day    TEXT COLLATE "C",          -- YYYY-MM-DD
    origin TEXT COLLATE "C",
    body   TEXT NOT NULL,             -- documents.Entry as JSON
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, series) REFERENCES vp_series (org, id)
);
CREATE UNIQUE INDEX vp_entries_slot ON vp_entries (org, series, slot);
CREATE INDEX vp_entries_origin ON vp_entries (org, origin) WHERE origin IS NOT NULL;
