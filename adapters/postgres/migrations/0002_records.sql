-- Records of the ports that put whole records: schedules, registrations,
-- rolls, meetings, conclusions, tasks, dispatches, arrivals.
CREATE TABLE vp_records (
    org     TEXT   COLLATE "C" NOT NULL,
    kind    TEXT   COLLATE "C" NOT NULL,
    id      TEXT   COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,             -- how often it has been put
    day     TEXT   COLLATE "C" NOT NULL, -- first day it is listed under, 0000-00-00 if unset
    until   TEXT   COLLATE "C" NOT NULL, -- last day it is listed under
    parent  TEXT   COLLATE "C",          -- what it belongs to: the body, meeting, conclusion …
    body    TEXT   NOT NULL,             -- the record as JSON
    PRIMARY KEY (org, kind, id)
);
CREATE INDEX vp_records_day ON vp_records (org, kind, day, id);
CREATE INDEX vp_records_parent ON vp_records (org, kind, parent) WHERE parent IS NOT NULL;

-- Parts of a record that are looked up by an id of their own: the entries of a
-- schedule, the number and the keys of a document that arrived. A part stands
-- in one record only.
CREATE TABLE vp_parts (
    org    TEXT COLLATE "C" NOT NULL,
    kind   TEXT COLLATE "C" NOT NULL, -- kind of the record
    part   TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL, -- id of the record
    PRIMARY KEY (org, kind, part),
    FOREIGN KEY (org, kind, record) REFERENCES vp_records (org, kind, id)
);
CREATE INDEX vp_parts_record ON vp_parts (org, kind, record);

-- One row for each put, written with it. The rows of an organisation's port
-- are chained by hash in the order of commit.
CREATE TABLE vp_changes (
    org        TEXT   COLLATE "C" NOT NULL,
    cursor     BIGINT NOT NULL, -- 1, 2, 3 … within the organisation
    port       TEXT   COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL, -- 1, 2, 3 … within the organisation's port
    kind       TEXT   COLLATE "C" NOT NULL,
    id         TEXT   COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    digest     BYTEA  NOT NULL, -- SHA-256 of the body
    actor      TEXT   NOT NULL,
    acting_for TEXT,
    at         TEXT   NOT NULL, -- RFC 3339 with nanoseconds, zone as given
    prev       BYTEA  NOT NULL,
    hash       BYTEA  NOT NULL,
    PRIMARY KEY (org, cursor)
);
CREATE UNIQUE INDEX vp_changes_seq ON vp_changes (org, port, seq);
-- The history of a record, each version once.
CREATE UNIQUE INDEX vp_changes_record ON vp_changes (org, kind, id, version);
CREATE INDEX vp_changes_port ON vp_changes (org, port, cursor);

-- Where each chain of changes ends.
CREATE TABLE vp_heads (
    org  TEXT   COLLATE "C" NOT NULL,
    port TEXT   COLLATE "C" NOT NULL,
    seq  BIGINT NOT NULL,
    hash BYTEA  NOT NULL,
    PRIMARY KEY (org, port)
);
