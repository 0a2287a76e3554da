-- Which versions of the schema have been applied, one row each.
CREATE TABLE vp_schema (
    version INTEGER NOT NULL PRIMARY KEY,
    name    TEXT    NOT NULL, -- file of the migration
    digest  TEXT    NOT NULL  -- SHA-256 of that file
);

-- Dãy số: a run of numbers and where its ledger stands.
CREATE TABLE vp_series (
    org    TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    organ  TEXT    NOT NULL, -- whose numbers they are
    events INTEGER NOT NULL, -- how many events its ledger has
    top    TEXT,             -- the highest slot given so far
    body   TEXT    NOT NULL, -- documents.Series as JSON
    PRIMARY KEY (org, id)
) WITHOUT ROWID;

-- Events are only ever added. The cursor counts 1, 2, 3 … within the
-- organisation and is given inside the writing transaction, so that its order
-- is the order of commit.
CREATE TABLE vp_events (
    org    TEXT    NOT NULL,
    cursor INTEGER NOT NULL,
    series TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    serial INTEGER NOT NULL,
    entry  TEXT,
    actor  TEXT    NOT NULL,
    acting_for TEXT,
    at     TEXT    NOT NULL, -- RFC 3339 with nanoseconds, zone as given
    reason TEXT,
    act    TEXT,             -- what is done to a document in force, as JSON
    salt   BLOB    NOT NULL,
    digest BLOB    NOT NULL,
    prev   BLOB    NOT NULL,
    hash   BLOB    NOT NULL,
    PRIMARY KEY (org, cursor),
    FOREIGN KEY (org, series) REFERENCES vp_series (org, id)
);
CREATE UNIQUE INDEX vp_events_seq ON vp_events (org, series, seq);

-- Dòng sổ: one line of a register.
CREATE TABLE vp_entries (
    n      INTEGER NOT NULL PRIMARY KEY, -- counts the lines in the order they were registered
    org    TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    series TEXT    NOT NULL,
    slot   TEXT    NOT NULL, -- serial in ten digits, then the suffix: sorts as a register reads
    organ  TEXT    NOT NULL, -- whose number it is, as in vp_series
    serial INTEGER NOT NULL,
    code   TEXT,             -- of the number, like issuer: QĐ and TU of 981-QĐ/TU
    issuer TEXT,
    state  TEXT    NOT NULL,
    standing TEXT,           -- what was done to it since: recalled, amended …
    kind   TEXT,
    day    TEXT,             -- YYYY-MM-DD
    origin TEXT,
    terms  TEXT    NOT NULL, -- the words it is found by, without marks, parted by blanks
    body   TEXT    NOT NULL, -- documents.Entry as JSON
    FOREIGN KEY (org, series) REFERENCES vp_series (org, id)
);
CREATE UNIQUE INDEX vp_entries_id ON vp_entries (org, id);
CREATE UNIQUE INDEX vp_entries_slot ON vp_entries (org, series, slot);
CREATE INDEX vp_entries_origin ON vp_entries (org, origin) WHERE origin IS NOT NULL;
