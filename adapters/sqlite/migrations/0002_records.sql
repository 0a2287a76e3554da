-- Records of the ports that put whole records: schedules, registrations,
-- rolls, meetings, conclusions, tasks, dispatches, arrivals.
CREATE TABLE vp_records (
    org     TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL, -- how often it has been put
    day     TEXT    NOT NULL, -- first day it is listed under, 0000-00-00 if unset
    until   TEXT    NOT NULL, -- last day it is listed under
    parent  TEXT,             -- what it belongs to: the body, meeting, conclusion …
    body    TEXT    NOT NULL, -- the record as JSON
    PRIMARY KEY (org, kind, id)
);
CREATE INDEX vp_records_day ON vp_records (org, kind, day, id);
CREATE INDEX vp_records_parent ON vp_records (org, kind, parent) WHERE parent IS NOT NULL;

-- Parts of a record that are looked up by an id of their own: the entries of a
-- schedule, the number and the keys of a document that arrived. A part stands
-- in one record only.
CREATE TABLE vp_parts (
    org    TEXT NOT NULL,
    kind   TEXT NOT NULL, -- kind of the record
    part   TEXT NOT NULL,
    record TEXT NOT NULL, -- id of the record
    PRIMARY KEY (org, kind, part),
    FOREIGN KEY (org, kind, record) REFERENCES vp_records (org, kind, id)
) WITHOUT ROWID;
CREATE INDEX vp_parts_record ON vp_parts (org, kind, record);

-- One row for each put, written with it. The rows of an organisation's port
-- are chained by hash in the order of commit.
CREATE TABLE vp_changes (
    org     TEXT    NOT NULL,
    cursor  INTEGER NOT NULL, -- 1, 2, 3 … within the organisation
    port    TEXT    NOT NULL,
    seq     INTEGER NOT NULL, -- 1, 2, 3 … within the organisation's port
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    digest  BLOB    NOT NULL, -- SHA-256 of the body
    actor   TEXT    NOT NULL,
    acting_for TEXT,
    at      TEXT    NOT NULL, -- RFC 3339 with nanoseconds, zone as given
    prev    BLOB    NOT NULL,
    hash    BLOB    NOT NULL,
    PRIMARY KEY (org, cursor)
);
CREATE UNIQUE INDEX vp_changes_seq ON vp_changes (org, port, seq);
-- The history of a record, each version once.
CREATE UNIQUE INDEX vp_changes_record ON vp_changes (org, kind, id, version);
CREATE INDEX vp_changes_port ON vp_changes (org, port, cursor);

-- Where each chain of changes ends.
CREATE TABLE vp_heads (
    org  TEXT    NOT NULL,
    port TEXT    NOT NULL,
    seq  INTEGER NOT NULL,
    hash BLOB    NOT NULL,
    PRIMARY KEY (org, port)
) WITHOUT ROWID;
