-- The change log. An entry is its text; every other column but the hash is generated from the text by
-- the database, so none can ever disagree with it.

-- Read as UTC by arithmetic alone: a cast would depend on settings and could not be generated.
CREATE FUNCTION utc_instant(iso text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN make_timestamp(substr(iso, 1, 4)::int, substr(iso, 6, 2)::int, substr(iso, 9, 2)::int,
  substr(iso, 12, 2)::int, substr(iso, 15, 2)::int, rtrim(substr(iso, 18), 'Z')::float8)
  AT TIME ZONE 'UTC';
COMMENT ON FUNCTION utc_instant IS 'Reads 2025-08-29T17:00:00.123456Z.';

CREATE FUNCTION iso_date(iso text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN make_date(substr(iso, 1, 4)::int, substr(iso, 6, 2)::int, substr(iso, 9, 2)::int);
COMMENT ON FUNCTION iso_date IS 'Reads 2025-08-29.';

CREATE TABLE entries (
  entry text NOT NULL,
  hash digest NOT NULL,
  seq bigint GENERATED ALWAYS AS ((entry::jsonb ->> 'seq')::bigint) STORED PRIMARY KEY,
  body jsonb NOT NULL GENERATED ALWAYS AS (entry::jsonb) STORED,
  recorded_at timestamptz NOT NULL GENERATED ALWAYS AS (utc_instant(entry::jsonb ->> 'recorded_at')) STORED,
  effective_date date NOT NULL GENERATED ALWAYS AS (iso_date(entry::jsonb ->> 'effective_date')) STORED,
  agreement_id text NOT NULL GENERATED ALWAYS AS (entry::jsonb ->> 'agreement_id') STORED,
  retracts_seq bigint GENERATED ALWAYS AS ((entry::jsonb ->> 'retracts_seq')::bigint) STORED
    REFERENCES entries (seq),
  CONSTRAINT retracts_an_earlier_entry CHECK (retracts_seq < seq)
);
-- An entry is retracted at most once: a fact true again gets a new entry.
CREATE UNIQUE INDEX entries_retracts_seq ON entries (retracts_seq) WHERE retracts_seq IS NOT NULL;
CREATE INDEX entries_of_an_agreement ON entries (agreement_id, seq);
CREATE INDEX entries_effective_date ON entries (effective_date);
CREATE INDEX entries_recorded_at ON entries (recorded_at);
COMMENT ON TABLE entries IS 'The change log as recorded: see the view change_log.';
COMMENT ON COLUMN entries.entry IS 'The entry: canonical JSON (RFC 8785), verbatim. All other columns but hash are generated from it.';
COMMENT ON COLUMN entries.hash IS 'SHA-256 of the previous entry''s hash (of the first: 32 zero bytes) followed by the UTF-8 text of the entry.';
COMMENT ON COLUMN entries.seq IS 'Number of the entry: 1, 2, 3 ... without gaps.';
COMMENT ON COLUMN entries.body IS 'The entry''s JSON, to be looked into.';
COMMENT ON COLUMN entries.recorded_at IS 'When it was recorded; never goes back.';
COMMENT ON COLUMN entries.effective_date IS 'The edition''s date (New York).';
COMMENT ON COLUMN entries.agreement_id IS 'The agreement, as recorded: see redirects.';
COMMENT ON COLUMN entries.retracts_seq IS 'The earlier entry that does not hold any more; NULL: none.';

-- The database itself refuses a gap, a broken chain and a clock that goes back.
CREATE FUNCTION check_chain() RETURNS trigger LANGUAGE plpgsql
SET search_path = agreementd, pg_temp AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT min(a.seq) INTO wrong
  FROM added a LEFT JOIN entries p ON p.seq = a.seq - 1
  WHERE (a.seq = 1) <> (p.seq IS NULL) OR a.seq < 1 OR p.recorded_at > a.recorded_at
    OR a.hash <> sha256(coalesce(p.hash, decode(repeat('00', 32), 'hex')) || convert_to(a.entry, 'UTF8'));
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'entry % does not continue the change log', wrong
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION check_chain IS 'Refuses entries that do not continue the change log without a gap.';
CREATE TRIGGER continues_the_chain AFTER INSERT ON entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_chain();
