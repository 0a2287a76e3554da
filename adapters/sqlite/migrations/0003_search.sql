-- What entries are looked up by (tra cứu). SQLite ends every index with n, so
-- that the lines of one value come in the order they were registered.
CREATE INDEX vp_entries_newest ON vp_entries (org);
CREATE INDEX vp_entries_serial ON vp_entries (org, serial);
CREATE INDEX vp_entries_kind ON vp_entries (org, kind, day);
CREATE INDEX vp_entries_organ ON vp_entries (org, organ, day);
CREATE INDEX vp_entries_day ON vp_entries (org, day);
CREATE INDEX vp_entries_standing ON vp_entries (org, standing) WHERE standing IS NOT NULL;

-- The words of vp_entries.terms. They are indexed 256 lines at a time, when
-- n reaches a multiple of it: a tenth of the time that one by one would take. The
-- few lines after the last multiple are looked at one by one. Should the index ever
-- be in doubt, this makes it anew: INSERT INTO vp_terms (vp_terms) VALUES ('rebuild');
CREATE VIEW vp_indexed AS SELECT n, terms FROM vp_entries WHERE n <= (SELECT max(n) FROM vp_entries) / 256 * 256;
CREATE VIRTUAL TABLE vp_terms USING fts5 (
    terms, content = 'vp_indexed', content_rowid = 'n',
    tokenize = "ascii tokenchars '_'", detail = none, columnsize = 0
);
CREATE TRIGGER vp_terms_insert AFTER INSERT ON vp_entries WHEN new.n % 256 = 0 BEGIN
    INSERT INTO vp_terms (rowid, terms) SELECT n, terms FROM vp_entries WHERE n > new.n - 256 AND n <= new.n;
END;
CREATE TRIGGER vp_terms_update AFTER UPDATE OF terms ON vp_entries
WHEN old.terms <> new.terms AND old.n <= (SELECT max(n) FROM vp_entries) / 256 * 256 BEGIN
    INSERT INTO vp_terms (vp_terms, rowid, terms) VALUES ('delete', old.n, old.terms);
    INSERT INTO vp_terms (rowid, terms) VALUES (new.n, new.terms);
END;

-- Every word of the index with its line, for checking.
CREATE VIRTUAL TABLE vp_term_lines USING fts5vocab (vp_terms, instance);
