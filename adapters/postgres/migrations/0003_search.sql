-- What entries are looked up by (tra cứu).
CREATE INDEX vp_entries_newest ON vp_entries (org, n);
CREATE INDEX vp_entries_serial ON vp_entries (org, serial);
CREATE INDEX vp_entries_kind ON vp_entries (org, kind, day);
CREATE INDEX vp_entries_organ ON vp_entries (org, organ, day);
CREATE INDEX vp_entries_day ON vp_entries (org, day, n);
CREATE INDEX vp_entries_standing ON vp_entries (org, standing) WHERE standing IS NOT NULL;

-- The words. No dictionary and no configuration of the server has a part in it:
-- the terms are made by the program and taken as they are.
CREATE INDEX vp_entries_terms ON vp_entries USING gin (array_to_tsvector(string_to_array(terms, ' ')));
