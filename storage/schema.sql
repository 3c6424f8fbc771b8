-- The schema as it is after all migrations, to be read in one piece. The program does not use this
-- file: a test makes one database from it and one from the migrations and finds them equal. Needs the
-- roles that `agreementctl setup` creates; run it as agreementd_owner:
--   psql -c 'SET ROLE agreementd_owner' -1 -f storage/schema.sql

SET LOCAL search_path = agreementd, pg_temp;

-- The inputs: append-only, and all that history is made of. And what the operator is told.

CREATE SCHEMA agreementd;
COMMENT ON SCHEMA agreementd IS
  'The history of ICE''s lists of 287(g) agreements, on two clocks: listed (ICE''s editions) and recorded (this database''s). Analysts read the views and functions; the tables are the program''s.';

-- For the constraints that refuse two truths: equality of text beside the overlap of ranges.
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;

CREATE TABLE schema_version (
  version integer PRIMARY KEY CHECK (version > 0),
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_version IS 'The migrations applied, one row each; the highest is the schema this database has.';
COMMENT ON COLUMN schema_version.version IS 'Number of the migration.';
COMMENT ON COLUMN schema_version.name IS 'Name of the migration.';
COMMENT ON COLUMN schema_version.applied_at IS 'When it was applied (server time).';

CREATE DOMAIN digest AS bytea CHECK (octet_length(VALUE) = 32);
COMMENT ON DOMAIN digest IS 'A SHA-256 digest, 32 bytes.';
CREATE DOMAIN list_name AS text CHECK (VALUE IN ('participating', 'pending'));
COMMENT ON DOMAIN list_name IS 'Which of ICE''s two lists.';

-- The reading_ columns are a cache of what the parsers make of bytes that never change. They are
-- written after the bytes, in another transaction, and again by better parsers.
CREATE TABLE documents (
  sha256 digest PRIMARY KEY,
  bytes bytea NOT NULL,
  size bigint NOT NULL GENERATED ALWAYS AS (octet_length(bytes)) STORED,
  reading_version integer,
  reading_list list_name,
  reading_content_hash digest,
  reading_saved_at timestamptz,
  reading_row_count integer CHECK (reading_row_count >= 0),
  reading_error text,
  CONSTRAINT sha256_is_of_the_bytes CHECK (sha256(bytes) = sha256),
  CONSTRAINT reading_is_whole CHECK (CASE
    WHEN reading_version IS NULL OR reading_error IS NOT NULL
      THEN num_nonnulls(reading_list, reading_content_hash, reading_saved_at, reading_row_count) = 0
        AND (reading_version IS NOT NULL OR reading_error IS NULL)
    ELSE num_nonnulls(reading_list, reading_content_hash, reading_row_count) = 3 END)
);
COMMENT ON TABLE documents IS 'Bytes as they were served, immutable, addressed by their SHA-256; and what was read in them.';
COMMENT ON COLUMN documents.sha256 IS 'SHA-256 of the bytes.';
COMMENT ON COLUMN documents.bytes IS 'The bytes as served or imported.';
COMMENT ON COLUMN documents.size IS 'Size in bytes.';
COMMENT ON COLUMN documents.reading_version IS 'Version of the parsers that read it; NULL: not read yet.';
COMMENT ON COLUMN documents.reading_list IS 'Which list it is by its columns; NULL where it cannot be read.';
COMMENT ON COLUMN documents.reading_content_hash IS 'SHA-256 of its sorted rows: equal content, equal hash.';
COMMENT ON COLUMN documents.reading_saved_at IS 'When the workbook was last saved, by its own account; NULL: it does not say.';
COMMENT ON COLUMN documents.reading_row_count IS 'Rows of the list.';
COMMENT ON COLUMN documents.reading_error IS 'Why it cannot be read; NULL where it can.';

CREATE TABLE fetches (
  fetch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  origin text NOT NULL CHECK (origin IN ('poll', 'import')),
  fetched_at timestamptz NOT NULL,
  url text NOT NULL,
  outcome text NOT NULL,
  http_status integer,
  document digest REFERENCES documents,
  file_name text,
  etag text,
  last_modified text,
  modified_at timestamptz,
  duration_ms bigint NOT NULL,
  detail text,
  answered_by text
);
-- An imported file is recorded once, however often it is imported.
CREATE UNIQUE INDEX fetches_import_once ON fetches (document, file_name) NULLS NOT DISTINCT
  WHERE origin = 'import' AND document IS NOT NULL;
CREATE INDEX fetches_document ON fetches (document, file_name, fetched_at);
COMMENT ON TABLE fetches IS 'One sighting of a document, or of a failure.';
COMMENT ON COLUMN fetches.fetch_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN fetches.origin IS 'poll: asked of the source; import: a file given by a person.';
COMMENT ON COLUMN fetches.fetched_at IS 'When it was fetched or imported.';
COMMENT ON COLUMN fetches.url IS 'What was asked; the path, for an import.';
COMMENT ON COLUMN fetches.outcome IS 'What came, by name: ok, not_modified, blocked ...';
COMMENT ON COLUMN fetches.http_status IS 'HTTP status; NULL: there was no answer, or no HTTP.';
COMMENT ON COLUMN fetches.document IS 'SHA-256 of what came; NULL: nothing came.';
COMMENT ON COLUMN fetches.file_name IS 'Base name ICE gave it; NULL: none.';
COMMENT ON COLUMN fetches.etag IS 'ETag, verbatim; NULL: none.';
COMMENT ON COLUMN fetches.last_modified IS 'Last-Modified, verbatim; NULL: none.';
COMMENT ON COLUMN fetches.modified_at IS 'Last-Modified, read; NULL: none, or not readable.';
COMMENT ON COLUMN fetches.duration_ms IS 'How long it took, in milliseconds.';
COMMENT ON COLUMN fetches.detail IS 'Of a failure, one line; NULL: none.';
COMMENT ON COLUMN fetches.answered_by IS 'The URL that answered, where redirects led elsewhere; NULL: the one that was asked, or nobody.';

CREATE TABLE verdicts (
  verdict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('approve', 'reject', 'redate', 'hold')),
  redated_to timestamptz,
  decided_by text NOT NULL,
  why text NOT NULL,
  decided_at timestamptz NOT NULL,
  CONSTRAINT redate_has_a_date CHECK ((kind = 'redate') = (redated_to IS NOT NULL))
);
COMMENT ON TABLE verdicts IS 'What a person, or hold by the program, said of sightings. The last one on a sighting wins.';
COMMENT ON COLUMN verdicts.verdict_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN verdicts.kind IS 'approve, reject, redate, or hold by the program.';
COMMENT ON COLUMN verdicts.redated_to IS 'Of a redate: the date on the listed clock; else NULL.';
COMMENT ON COLUMN verdicts.decided_by IS 'Who said so.';
COMMENT ON COLUMN verdicts.why IS 'The reason given.';
COMMENT ON COLUMN verdicts.decided_at IS 'When.';

CREATE TABLE verdict_subjects (
  verdict_id bigint NOT NULL REFERENCES verdicts,
  document digest NOT NULL REFERENCES documents,
  file_name text,
  UNIQUE NULLS NOT DISTINCT (verdict_id, document, file_name)
);
COMMENT ON TABLE verdict_subjects IS 'The sightings a verdict is on: a document under a name.';
COMMENT ON COLUMN verdict_subjects.verdict_id IS 'The verdict.';
COMMENT ON COLUMN verdict_subjects.document IS 'SHA-256 of the document.';
COMMENT ON COLUMN verdict_subjects.file_name IS 'The name it was seen under; NULL: none.';

CREATE TABLE decisions (
  decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('same-as', 'distinct-from')),
  list list_name NOT NULL,
  decided_by text NOT NULL,
  why text NOT NULL,
  decided_at timestamptz NOT NULL
);
COMMENT ON TABLE decisions IS 'What a person said of two printed keys of a list: they are one agreement''s, or are not. The last one on two keys counts.';
COMMENT ON COLUMN decisions.decision_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN decisions.kind IS 'same-as or distinct-from.';
COMMENT ON COLUMN decisions.list IS 'The list that prints both.';
COMMENT ON COLUMN decisions.decided_by IS 'Who said so.';
COMMENT ON COLUMN decisions.why IS 'The reason given.';
COMMENT ON COLUMN decisions.decided_at IS 'When.';

CREATE TABLE decision_keys (
  decision_id bigint REFERENCES decisions,
  side smallint CHECK (side IN (1, 2)),
  state text NOT NULL,
  agency text NOT NULL,
  model text NOT NULL,
  signed date,
  signed_text text NOT NULL,
  county text NOT NULL,
  moa_url text NOT NULL,
  document digest NOT NULL REFERENCES documents,
  PRIMARY KEY (decision_id, side)
);
COMMENT ON TABLE decision_keys IS 'The two printed keys of a decision. Empty text: blank.';
COMMENT ON COLUMN decision_keys.decision_id IS 'The decision.';
COMMENT ON COLUMN decision_keys.side IS '1 or 2: in the order the person named them.';
COMMENT ON COLUMN decision_keys.state IS 'State or territory, two letters; as printed where no state is meant.';
COMMENT ON COLUMN decision_keys.agency IS 'Agency, as printed.';
COMMENT ON COLUMN decision_keys.model IS 'JEM, WSO, TFM or TTFM; as printed where it is none of them.';
COMMENT ON COLUMN decision_keys.signed IS 'Date signed; NULL: blank, or not readable as a date that can be true.';
COMMENT ON COLUMN decision_keys.signed_text IS 'Date signed, as printed; ISO where the cell held a date.';
COMMENT ON COLUMN decision_keys.county IS 'County, as printed: tells apart two that have all else in common.';
COMMENT ON COLUMN decision_keys.moa_url IS 'Link to the memorandum: likewise.';
COMMENT ON COLUMN decision_keys.document IS 'SHA-256 of a list that prints it so.';

CREATE TABLE notices (
  notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  CONSTRAINT closed_after_it_opened CHECK (opened_at <= closed_at)
);
CREATE UNIQUE INDEX notices_one_open ON notices (kind, subject) WHERE closed_at IS NULL;
COMMENT ON TABLE notices IS 'Something for the operator. At most one is open per kind and subject.';
COMMENT ON COLUMN notices.notice_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN notices.kind IS 'What sort of thing it is: quarantined, mislabelled ...';
COMMENT ON COLUMN notices.subject IS 'The list, edition, sink or source it is about.';
COMMENT ON COLUMN notices.text IS 'What happened and what to do, one line.';
COMMENT ON COLUMN notices.opened_at IS 'Since when.';
COMMENT ON COLUMN notices.closed_at IS 'Until when; NULL: still so.';

-- History: a function of the inputs, on two clocks. recorded_from and recorded_to say since when and
-- until when this database believed the row; `recorded` is the same as a range (empty where a row was
-- withdrawn at the very instant it was recorded). Ranges include their beginning, not their end.

CREATE TABLE mintings (
  id text PRIMARY KEY CHECK (id ~ '^[AG][A-Z2-7]{8}$'),
  minting_order bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  list list_name NOT NULL,
  content_hash digest NOT NULL,
  state_text text NOT NULL,
  agency text NOT NULL,
  model_text text NOT NULL,
  signed_text text NOT NULL,
  recorded_at timestamptz NOT NULL,
  county text NOT NULL DEFAULT '',
  moa_url text NOT NULL DEFAULT ''
);
COMMENT ON TABLE mintings IS 'Every id ever given out, and the listing it was made from, named by what was printed.';
COMMENT ON COLUMN mintings.id IS 'The id: A or G and 8 characters of base32.';
COMMENT ON COLUMN mintings.minting_order IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN mintings.list IS 'The list that had the listing.';
COMMENT ON COLUMN mintings.content_hash IS 'Content of the edition that had it.';
COMMENT ON COLUMN mintings.state_text IS 'State, as printed.';
COMMENT ON COLUMN mintings.agency IS 'Agency, as printed.';
COMMENT ON COLUMN mintings.model_text IS 'Model, as printed.';
COMMENT ON COLUMN mintings.signed_text IS 'Signing date, as printed; ISO where the cell held a date.';
COMMENT ON COLUMN mintings.county IS 'County, as printed; empty: blank, or minted before this was kept.';
COMMENT ON COLUMN mintings.moa_url IS 'Link to the memorandum; empty: likewise.';
COMMENT ON COLUMN mintings.recorded_at IS 'When it was recorded.';

CREATE TABLE redirects (
  redirect_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  from_id text NOT NULL,
  to_id text NOT NULL,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz,
  CONSTRAINT redirect_leads_elsewhere CHECK (from_id <> to_id),
  CONSTRAINT recorded_forwards CHECK (recorded_from <= recorded_to)
);
CREATE UNIQUE INDEX redirects_one_in_force ON redirects (from_id) WHERE recorded_to IS NULL;
COMMENT ON TABLE redirects IS 'After a merge: an id that is now known as another.';
COMMENT ON COLUMN redirects.redirect_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN redirects.from_id IS 'The id that was.';
COMMENT ON COLUMN redirects.to_id IS 'The id it is known as.';
COMMENT ON COLUMN redirects.recorded_from IS 'Since when.';
COMMENT ON COLUMN redirects.recorded_to IS 'Until when (the merge was undone or went further); NULL: in force.';

CREATE TABLE editions (
  edition_row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  edition_id digest NOT NULL,
  list list_name NOT NULL,
  content_hash digest NOT NULL,
  document digest NOT NULL REFERENCES documents,
  file_name text,
  listed_at timestamptz NOT NULL,
  date date NOT NULL GENERATED ALWAYS AS ((listed_at AT TIME ZONE 'America/New_York')::date) STORED,
  dated_at timestamptz NOT NULL,
  dated_by text NOT NULL,
  doubt text,
  saved_at timestamptz,
  verdict_id bigint REFERENCES verdicts,
  status text NOT NULL CHECK (status IN ('accepted', 'quarantined', 'rejected')),
  reason text,
  baseline boolean NOT NULL,
  listing_count integer NOT NULL,
  agreement_count integer NOT NULL,
  rules_version integer NOT NULL,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz,
  recorded tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(recorded_from, recorded_to)) STORED,
  aliases digest,
  CONSTRAINT recorded_forwards CHECK (recorded_from <= recorded_to),
  CONSTRAINT one_truth_about_an_edition EXCLUDE USING gist (edition_id WITH =, recorded WITH &&),
  CONSTRAINT one_edition_at_an_instant EXCLUDE USING gist (list WITH =, listed_at WITH =, recorded WITH &&)
);
CREATE INDEX editions_in_order ON editions (list, listed_at);
CREATE INDEX editions_recorded_from ON editions (recorded_from);
CREATE INDEX editions_recorded_to ON editions (recorded_to);
COMMENT ON TABLE editions IS 'A run of neighbouring sightings of one list with equal content, dated and named by the first.';
COMMENT ON COLUMN editions.edition_row IS 'Number of this row.';
COMMENT ON COLUMN editions.edition_id IS 'SHA-256 of list, content, first sighting''s document and name.';
COMMENT ON COLUMN editions.list IS 'Which list.';
COMMENT ON COLUMN editions.content_hash IS 'SHA-256 of the sorted rows.';
COMMENT ON COLUMN editions.document IS 'SHA-256 of the first sighting''s document.';
COMMENT ON COLUMN editions.file_name IS 'Name of the first sighting; NULL: none.';
COMMENT ON COLUMN editions.listed_at IS 'Instant on the listed clock: its date, or 1 microsecond after the edition before.';
COMMENT ON COLUMN editions.date IS 'The day of listed_at in New York.';
COMMENT ON COLUMN editions.dated_at IS 'The date of the first sighting.';
COMMENT ON COLUMN editions.dated_by IS 'What gave that date: file name, Last-Modified, capture time, saved time, redate, nothing.';
COMMENT ON COLUMN editions.doubt IS 'Why the date cannot be believed; NULL: it can.';
COMMENT ON COLUMN editions.saved_at IS 'When the workbook was last saved; NULL: it does not say.';
COMMENT ON COLUMN editions.verdict_id IS 'The verdict that stands on it; NULL: none.';
COMMENT ON COLUMN editions.status IS 'accepted, quarantined (changes nothing until a person approves) or rejected.';
COMMENT ON COLUMN editions.reason IS 'Why it is not accepted, in words; NULL where it is.';
COMMENT ON COLUMN editions.baseline IS 'The first accepted of its list: what it lists was listed then or before.';
COMMENT ON COLUMN editions.listing_count IS 'Rows.';
COMMENT ON COLUMN editions.agreement_count IS 'Agreements (or applications) after grouping rows.';
COMMENT ON COLUMN editions.rules_version IS 'Version of the rules that judged it.';
COMMENT ON COLUMN editions.aliases IS 'SHA-256 of the alias file the rules went by; NULL: there was none yet.';
COMMENT ON COLUMN editions.recorded_from IS 'Since when this is believed.';
COMMENT ON COLUMN editions.recorded_to IS 'Until when it was believed; NULL: it is.';
COMMENT ON COLUMN editions.recorded IS 'recorded_from to recorded_to.';

CREATE TABLE versions (
  version_id bigint PRIMARY KEY,
  agreement_id text NOT NULL REFERENCES mintings,
  agency_id text NOT NULL CHECK (agency_id ~ '^G[A-Z2-7]{8}$'),
  list list_name NOT NULL,
  listed_from timestamptz NOT NULL,
  listed_to timestamptz,
  listed tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(listed_from, listed_to)) STORED,
  from_edition digest NOT NULL,
  to_edition digest,
  left_censored boolean NOT NULL,
  state text NOT NULL,
  agency text NOT NULL,
  agency_type text,
  county text,
  model text NOT NULL,
  signed date,
  signed_text text,
  moa_status text NOT NULL CHECK (moa_status IN ('none', 'pending', 'posted', 'unreadable')),
  moa_url text,
  addendum_url text,
  match_tier smallint NOT NULL,
  evidence text,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz,
  recorded tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(recorded_from, recorded_to)) STORED,
  CONSTRAINT listed_forwards CHECK (listed_from < listed_to),
  CONSTRAINT ended_by_an_edition CHECK ((listed_to IS NULL) = (to_edition IS NULL)),
  CONSTRAINT recorded_forwards CHECK (recorded_from <= recorded_to),
  CONSTRAINT one_truth_about_a_moment
    EXCLUDE USING gist (agreement_id WITH =, listed WITH &&, recorded WITH &&)
);
CREATE INDEX versions_of_an_agreement ON versions (agreement_id, listed_from);
CREATE INDEX versions_at ON versions USING gist (listed, recorded);
CREATE INDEX versions_recorded_from ON versions (recorded_from);
CREATE INDEX versions_recorded_to ON versions (recorded_to);
COMMENT ON TABLE versions IS 'What a list said of an agreement (on the pending list: an application) over a span of editions.';
COMMENT ON COLUMN versions.version_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN versions.agreement_id IS 'The agreement, as recorded: see redirects.';
COMMENT ON COLUMN versions.agency_id IS 'The agency, as recorded: see redirects.';
COMMENT ON COLUMN versions.list IS 'Which list.';
COMMENT ON COLUMN versions.listed_from IS 'Instant of the first edition of the span.';
COMMENT ON COLUMN versions.listed_to IS 'Instant of the edition that ended the span; NULL: still so.';
COMMENT ON COLUMN versions.listed IS 'listed_from to listed_to.';
COMMENT ON COLUMN versions.from_edition IS 'edition_id of the first edition of the span.';
COMMENT ON COLUMN versions.to_edition IS 'edition_id of the edition that ended it; NULL: still so.';
COMMENT ON COLUMN versions.left_censored IS 'Begins at the baseline: listed then or before.';
COMMENT ON COLUMN versions.state IS 'State or territory, two letters (USPS); as printed where no state is meant.';
COMMENT ON COLUMN versions.agency IS 'Agency, as printed.';
COMMENT ON COLUMN versions.agency_type IS 'Type of agency; NULL: not given.';
COMMENT ON COLUMN versions.county IS 'County, as printed; NULL: not given.';
COMMENT ON COLUMN versions.model IS 'JEM, WSO, TFM or TTFM; as printed where it is none of them.';
COMMENT ON COLUMN versions.signed IS 'Date signed; NULL: blank, or not readable as a date that can be true.';
COMMENT ON COLUMN versions.signed_text IS 'Date signed, as printed; NULL: blank.';
COMMENT ON COLUMN versions.moa_status IS 'What the list says of the memorandum: posted, pending, none or unreadable.';
COMMENT ON COLUMN versions.moa_url IS 'Link to the memorandum; NULL unless posted.';
COMMENT ON COLUMN versions.addendum_url IS 'Link to an addendum; NULL: none.';
COMMENT ON COLUMN versions.match_tier IS 'Why the listing was taken to be this agreement: 0 first listed here, 1 to 6 from strong to weak, 7 a person decided.';
COMMENT ON COLUMN versions.evidence IS 'The evidence of that in words; NULL: an exact key.';
COMMENT ON COLUMN versions.recorded_from IS 'Since when this is believed.';
COMMENT ON COLUMN versions.recorded_to IS 'Until when it was believed; NULL: it is.';
COMMENT ON COLUMN versions.recorded IS 'recorded_from to recorded_to.';

CREATE TABLE version_rows (
  version_id bigint REFERENCES versions,
  position integer,
  row_number integer NOT NULL,
  state text NOT NULL,
  agency text NOT NULL,
  agency_type text NOT NULL,
  county text NOT NULL,
  model text NOT NULL,
  signed date,
  moa_status text NOT NULL,
  moa_url text NOT NULL,
  addendum_url text NOT NULL,
  state_text text NOT NULL,
  model_text text NOT NULL,
  signed_text text NOT NULL,
  oddities text[] NOT NULL,
  readable boolean NOT NULL,
  PRIMARY KEY (version_id, position)
);
COMMENT ON TABLE version_rows IS 'The rows a version came from: the listings of its first edition that are this agreement. Empty text: blank.';
COMMENT ON COLUMN version_rows.version_id IS 'The version.';
COMMENT ON COLUMN version_rows.position IS 'From 1; the first gave the version its facts.';
COMMENT ON COLUMN version_rows.row_number IS 'Row of the sheet or table, from 1.';
COMMENT ON COLUMN version_rows.state IS 'State or territory, two letters; as printed where no state is meant.';
COMMENT ON COLUMN version_rows.agency IS 'Agency, as printed.';
COMMENT ON COLUMN version_rows.agency_type IS 'Type of agency.';
COMMENT ON COLUMN version_rows.county IS 'County, as printed.';
COMMENT ON COLUMN version_rows.model IS 'JEM, WSO, TFM or TTFM; as printed where it is none of them.';
COMMENT ON COLUMN version_rows.signed IS 'Date signed; NULL: blank, or not readable as a date that can be true.';
COMMENT ON COLUMN version_rows.moa_status IS 'posted, pending, none or unreadable.';
COMMENT ON COLUMN version_rows.moa_url IS 'Link to the memorandum.';
COMMENT ON COLUMN version_rows.addendum_url IS 'Link to an addendum.';
COMMENT ON COLUMN version_rows.state_text IS 'State, as printed.';
COMMENT ON COLUMN version_rows.model_text IS 'Model, as printed.';
COMMENT ON COLUMN version_rows.signed_text IS 'Date signed, as printed; ISO where the cell held a date.';
COMMENT ON COLUMN version_rows.oddities IS 'What was odd about the row, in words.';
COMMENT ON COLUMN version_rows.readable IS 'Whether state, agency and model are known.';

CREATE TABLE reviews (
  review_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  edition_id digest NOT NULL,
  list list_name NOT NULL,
  agreement_ids text[] NOT NULL,
  question text NOT NULL,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz,
  CONSTRAINT recorded_forwards CHECK (recorded_from <= recorded_to)
);
COMMENT ON TABLE reviews IS 'Questions of identity the rules leave open.';
COMMENT ON COLUMN reviews.review_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN reviews.edition_id IS 'The edition that raised it.';
COMMENT ON COLUMN reviews.list IS 'Which list.';
COMMENT ON COLUMN reviews.agreement_ids IS 'The candidates, the one that left first.';
COMMENT ON COLUMN reviews.question IS 'The question, in words.';
COMMENT ON COLUMN reviews.recorded_from IS 'Since when it is open.';
COMMENT ON COLUMN reviews.recorded_to IS 'When it was settled; NULL: open.';

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
-- A feed reads the newest of what editions told in substance.
CREATE INDEX entries_published ON entries (seq)
  WHERE retracts_seq IS NULL AND body @> '{"cause": "edition", "significance": "substantive"}';
-- A state's own reads the newest that are of it, or were.
CREATE INDEX entries_of_a_state ON entries ((body ->> 'state'), seq);
CREATE INDEX entries_of_a_former_state ON entries ((body -> 'before' ->> 'state'), seq)
  WHERE body -> 'before' ->> 'state' IS NOT NULL;
-- The application that became an agreement is told with it.
CREATE INDEX entries_of_a_signing ON entries ((body ->> 'related_id')) WHERE body ->> 'reason' = 'signed';
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

-- What analysts read. Ids are those in force (after redirects); no raw cell, no document's bytes.

CREATE TABLE states (
  state text PRIMARY KEY CHECK (state ~ '^[A-Z]{2}$'),
  name text NOT NULL UNIQUE,
  fips text NOT NULL UNIQUE CHECK (fips ~ '^[0-9]{2}$'),
  territory boolean NOT NULL
);
COMMENT ON TABLE states IS 'States, the District of Columbia and the territories.';
COMMENT ON COLUMN states.state IS 'Two letters (USPS).';
COMMENT ON COLUMN states.name IS 'Name.';
COMMENT ON COLUMN states.fips IS 'FIPS 5-2 code, two digits.';
COMMENT ON COLUMN states.territory IS 'A territory, not a state nor the District of Columbia.';
INSERT INTO states
SELECT split_part(s, ' ', 2), substr(s, 7), split_part(s, ' ', 1), split_part(s, ' ', 1) >= '60'
FROM unnest(ARRAY[
  '01 AL Alabama', '02 AK Alaska', '04 AZ Arizona', '05 AR Arkansas', '06 CA California',
  '08 CO Colorado', '09 CT Connecticut', '10 DE Delaware', '11 DC District of Columbia',
  '12 FL Florida', '13 GA Georgia', '15 HI Hawaii', '16 ID Idaho', '17 IL Illinois',
  '18 IN Indiana', '19 IA Iowa', '20 KS Kansas', '21 KY Kentucky', '22 LA Louisiana',
  '23 ME Maine', '24 MD Maryland', '25 MA Massachusetts', '26 MI Michigan', '27 MN Minnesota',
  '28 MS Mississippi', '29 MO Missouri', '30 MT Montana', '31 NE Nebraska', '32 NV Nevada',
  '33 NH New Hampshire', '34 NJ New Jersey', '35 NM New Mexico', '36 NY New York',
  '37 NC North Carolina', '38 ND North Dakota', '39 OH Ohio', '40 OK Oklahoma', '41 OR Oregon',
  '42 PA Pennsylvania', '44 RI Rhode Island', '45 SC South Carolina', '46 SD South Dakota',
  '47 TN Tennessee', '48 TX Texas', '49 UT Utah', '50 VT Vermont', '51 VA Virginia',
  '53 WA Washington', '54 WV West Virginia', '55 WI Wisconsin', '56 WY Wyoming',
  '60 AS American Samoa', '66 GU Guam', '69 MP Northern Mariana Islands', '72 PR Puerto Rico',
  '78 VI Virgin Islands']) AS s;

-- Redirects in force, followed to their end (a circle, which nobody should write, ends somewhere).
CREATE VIEW redirect_targets AS
WITH RECURSIVE chain AS (
  SELECT from_id, to_id, 1 AS steps FROM redirects WHERE recorded_to IS NULL
  UNION ALL
  SELECT c.from_id, r.to_id, c.steps + 1
  FROM chain c JOIN redirects r ON r.from_id = c.to_id AND r.recorded_to IS NULL
  WHERE c.steps < 32
)
SELECT DISTINCT ON (from_id) from_id, to_id FROM chain ORDER BY from_id, steps DESC;
COMMENT ON VIEW redirect_targets IS 'Redirects in force, followed to their end.';

CREATE FUNCTION current_id(id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = agreementd, pg_temp AS $$
  SELECT coalesce((SELECT to_id FROM redirect_targets WHERE from_id = id), id)
$$;
COMMENT ON FUNCTION current_id IS 'The id an agreement or agency has now, given one it ever had.';

CREATE TYPE listed_agreement AS (
  agreement_id text, agency_id text, list text, state text, state_name text, state_fips text,
  agency text, agency_type text, county text, model text, signed date, moa_status text, moa_url text,
  addendum_url text, first_listed date, left_censored boolean, last_listed date, edition_file text);
COMMENT ON TYPE listed_agreement IS 'An agreement or application as a list had it: the columns of current_agreements.';

-- One definition of "what was listed": the views and functions below all ask it. The plan is made once
-- per session, for any moment, and of hash joins alone: PostgreSQL takes few rows for granted where it
-- does not know the moment, or has no statistics of a history that was just imported, and would look up
-- each of the thousand rows one by one in lists of the thousand. In PL/pgSQL, which keeps the plan.
CREATE FUNCTION listed_on(which text, listed timestamptz, known timestamptz)
RETURNS SETOF listed_agreement
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_nestloop = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY
  WITH RECURSIVE known_redirects AS MATERIALIZED (
    SELECT r.from_id, r.to_id FROM redirects r
    WHERE r.recorded_from <= known AND (r.recorded_to IS NULL OR r.recorded_to > known)
  ), chain AS (
    SELECT from_id, to_id, 1 AS steps FROM known_redirects
    UNION ALL
    SELECT c.from_id, r.to_id, c.steps + 1
    FROM chain c JOIN known_redirects r ON r.from_id = c.to_id WHERE c.steps < 32
  ), merged AS (
    SELECT DISTINCT ON (from_id) from_id, to_id FROM chain ORDER BY from_id, steps DESC
  ), firsts AS (
    SELECT coalesce(m.to_id, o.agreement_id) AS id, min(o.listed_from) AS listed_from,
      bool_or(o.left_censored) AS left_censored
    FROM versions o LEFT JOIN merged m ON m.from_id = o.agreement_id
    -- IS TRUE, or the index of all recorded_from would be preferred to that of the beginnings.
    WHERE o.match_tier = 0 AND o.list = which AND (o.recorded_from <= known) IS TRUE
      AND (o.recorded_to IS NULL OR o.recorded_to > known)
    GROUP BY 1
  ), standing AS MATERIALIZED (
    SELECT e.date, e.file_name FROM editions e
    WHERE e.list = which AND e.status = 'accepted' AND e.listed_at <= listed_on.listed
      AND e.recorded_from <= known AND (e.recorded_to IS NULL OR e.recorded_to > known)
    ORDER BY e.listed_at DESC LIMIT 1
  )
  SELECT coalesce(a.to_id, v.agreement_id), coalesce(g.to_id, v.agency_id), v.list::text, v.state,
    s.name, s.fips, v.agency, v.agency_type, v.county, v.model, v.signed, v.moa_status, v.moa_url,
    v.addendum_url, (f.listed_from AT TIME ZONE 'America/New_York')::date, f.left_censored,
    standing.date, standing.file_name
  FROM versions v
  LEFT JOIN merged a ON a.from_id = v.agreement_id
  LEFT JOIN merged g ON g.from_id = v.agency_id
  LEFT JOIN firsts f ON f.id = coalesce(a.to_id, v.agreement_id)
  LEFT JOIN states s ON s.state = v.state
  LEFT JOIN standing ON true
  WHERE v.list = which AND v.listed @> listed_on.listed AND v.recorded @> known;
END $$;
COMMENT ON FUNCTION listed_on IS 'What list `which` had at the instant `listed`, as known at `known`.';

CREATE FUNCTION agreements_at(listed timestamptz, known timestamptz DEFAULT 'infinity')
RETURNS SETOF listed_agreement
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp AS $$
  SELECT * FROM listed_on('participating', listed, known)
$$;
COMMENT ON FUNCTION agreements_at IS 'The agreements listed at an instant of the listed clock, as known at an instant of the recorded clock.';
CREATE FUNCTION applications_at(listed timestamptz, known timestamptz DEFAULT 'infinity')
RETURNS SETOF listed_agreement
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp AS $$
  SELECT * FROM listed_on('pending', listed, known)
$$;
COMMENT ON FUNCTION applications_at IS 'The same of the pending list.';

CREATE FUNCTION end_of_day(day date) RETURNS timestamptz
LANGUAGE sql STABLE STRICT
RETURN ((day + 1)::timestamp AT TIME ZONE 'America/New_York') - interval '1 microsecond';
COMMENT ON FUNCTION end_of_day IS 'The last microsecond of a day in New York.';

CREATE FUNCTION agreements_as_of(day date, known timestamptz DEFAULT 'infinity')
RETURNS SETOF listed_agreement
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp AS $$
  SELECT * FROM listed_on('participating', end_of_day(day), known)
$$;
COMMENT ON FUNCTION agreements_as_of IS 'The agreements listed at the end of a day in New York, as known at an instant of the recorded clock.';
CREATE FUNCTION applications_as_of(day date, known timestamptz DEFAULT 'infinity')
RETURNS SETOF listed_agreement
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp AS $$
  SELECT * FROM listed_on('pending', end_of_day(day), known)
$$;
COMMENT ON FUNCTION applications_as_of IS 'The same of the pending list.';

CREATE VIEW current_agreements AS SELECT * FROM listed_on('participating', 'infinity', 'infinity');
COMMENT ON VIEW current_agreements IS 'The agreements on the participating list now: one row each.';
CREATE VIEW current_applications AS SELECT * FROM listed_on('pending', 'infinity', 'infinity');
COMMENT ON VIEW current_applications IS 'The applications on the pending list now: one row each.';

CREATE VIEW edition_log AS
SELECT encode(e.edition_id, 'hex') AS edition_id, e.list::text,
  CASE WHEN e.dated_by <> 'nothing' THEN e.date END AS date,
  CASE WHEN e.dated_by <> 'nothing' THEN e.listed_at END AS listed_at, e.dated_by,
  e.status, e.reason, e.baseline, e.listing_count AS listings, e.agreement_count AS agreements,
  e.file_name, encode(e.document, 'hex') AS document, e.saved_at, v.kind AS verdict,
  v.why AS verdict_why,
  (SELECT min(f.fetched_at) FROM fetches f WHERE f.document = e.document) AS first_seen,
  (SELECT d.size FROM documents d WHERE d.sha256 = e.document) AS document_size,
  encode(e.content_hash, 'hex') AS content_hash, e.recorded_from, v.decided_by AS verdict_by,
  v.decided_at AS verdict_at
FROM editions e LEFT JOIN verdicts v USING (verdict_id)
WHERE e.recorded_to IS NULL;
COMMENT ON VIEW edition_log IS 'The editions of both lists, as believed now; also those quarantined or rejected.';

CREATE VIEW agreement_history AS
SELECT coalesce(a.to_id, v.agreement_id) AS agreement_id, coalesce(g.to_id, v.agency_id) AS agency_id,
  v.list::text, v.state, s.name AS state_name, s.fips AS state_fips, v.agency, v.agency_type,
  v.county, v.model, v.signed, v.moa_status, v.moa_url, v.addendum_url, v.listed_from, v.listed_to,
  (SELECT e.date FROM editions e
   WHERE e.list = v.list AND e.status = 'accepted' AND e.recorded_to IS NULL
     AND e.listed_at < coalesce(v.listed_to, 'infinity')
   ORDER BY e.listed_at DESC LIMIT 1) AS last_listed,
  v.left_censored, v.match_tier, v.evidence, encode(v.from_edition, 'hex') AS edition_id,
  e.file_name AS edition_file, encode(e.document, 'hex') AS document, v.recorded_from
FROM versions v
LEFT JOIN redirect_targets a ON a.from_id = v.agreement_id
LEFT JOIN redirect_targets g ON g.from_id = v.agency_id
LEFT JOIN states s ON s.state = v.state
LEFT JOIN editions e ON e.edition_id = v.from_edition AND e.recorded_to IS NULL
WHERE v.recorded_to IS NULL;
COMMENT ON VIEW agreement_history IS 'What the lists said of each agreement and application over each span of editions, as believed now.';

CREATE VIEW change_log AS
SELECT c.seq, c.body ->> 'list' AS list, c.body ->> 'kind' AS kind,
  nullif(c.body ->> 'reason', '') AS reason, c.body ->> 'cause' AS cause, c.body ->> 'state' AS state,
  s.fips AS state_fips, c.body ->> 'agency' AS agency, c.body ->> 'model' AS model,
  iso_date(nullif(c.body ->> 'signed', '')) AS signed, c.effective_date,
  nullif(c.body ->> 'edition_file', '') AS edition_file,
  ARRAY(SELECT jsonb_array_elements_text(c.body -> 'fields')) AS fields,
  c.body -> 'before' AS before, c.body -> 'after' AS after, c.body ->> 'significance' AS significance,
  coalesce(a.to_id, c.agreement_id) AS agreement_id,
  coalesce(g.to_id, c.body ->> 'agency_id') AS agency_id,
  coalesce(r.to_id, c.body ->> 'related_id') AS related_id, c.retracts_seq,
  (c.body ->> 'unconfirmed')::boolean AS unconfirmed,
  (SELECT p.date FROM editions p
   WHERE p.list = c.body ->> 'list' AND p.status = 'accepted' AND p.recorded_to IS NULL
     AND p.listed_at < (SELECT e.listed_at FROM editions e
                        WHERE e.edition_id = decode(c.body ->> 'edition_id', 'hex')
                        ORDER BY e.edition_row DESC LIMIT 1)
   ORDER BY p.listed_at DESC LIMIT 1) AS not_before,
  nullif(c.body ->> 'evidence', '') AS evidence, c.recorded_at,
  x.seq IS NULL AND c.retracts_seq IS NULL AS stands, x.seq AS retracted_by,
  c.body ->> 'edition_id' AS edition_id, c.entry, encode(c.hash, 'hex') AS hash
FROM entries c
LEFT JOIN entries x ON x.retracts_seq = c.seq
LEFT JOIN redirect_targets a ON a.from_id = c.agreement_id
LEFT JOIN redirect_targets g ON g.from_id = c.body ->> 'agency_id'
LEFT JOIN redirect_targets r ON r.from_id = c.body ->> 'related_id'
LEFT JOIN states s ON s.state = c.body ->> 'state';
CREATE INDEX editions_latest ON editions (edition_id, edition_row);
COMMENT ON VIEW change_log IS 'Every entry of the change log. Those that hold now: WHERE stands.';

CREATE VIEW agencies AS
WITH history AS (
  SELECT coalesce(g.to_id, v.agency_id) AS agency_id, v.version_id, v.list, v.state, v.agency,
    v.agency_type, v.county, v.listed_from, v.listed_to
  FROM versions v LEFT JOIN redirect_targets g ON g.from_id = v.agency_id
  WHERE v.recorded_to IS NULL
), latest AS (
  SELECT DISTINCT ON (agency_id) agency_id, state, agency, agency_type, county FROM history
  ORDER BY agency_id, listed_to DESC NULLS FIRST, listed_from DESC, version_id DESC
)
SELECT l.agency_id, l.state, s.name AS state_name, s.fips AS state_fips, l.agency, l.agency_type,
  l.county, n.spellings, c.agreements, c.applications, c.first_listed
FROM latest l
JOIN (
  SELECT agency_id, count(*) FILTER (WHERE list = 'participating' AND listed_to IS NULL) AS agreements,
    count(*) FILTER (WHERE list = 'pending' AND listed_to IS NULL) AS applications,
    (min(listed_from) AT TIME ZONE 'America/New_York')::date AS first_listed
  FROM history GROUP BY agency_id) c USING (agency_id)
JOIN (
  SELECT h.agency_id, array_agg(DISTINCT r.agency ORDER BY r.agency) AS spellings
  FROM history h JOIN version_rows r USING (version_id) GROUP BY h.agency_id) n USING (agency_id)
LEFT JOIN states s ON s.state = l.state;
COMMENT ON VIEW agencies IS 'Every agency ever on either list, under each spelling.';

CREATE VIEW agreements_by_month AS
WITH months AS (
  SELECT m::date AS month
  FROM (SELECT min(date) AS first, max(date) AS last FROM editions
        WHERE list = 'participating' AND status = 'accepted' AND recorded_to IS NULL) e,
    generate_series(date_trunc('month', first::timestamp), last::timestamp, interval '1 month') AS m
), changes AS (
  SELECT date_trunc('month', effective_date::timestamp)::date AS month, body ->> 'model' AS model,
    count(*) FILTER (WHERE body ->> 'kind' = 'new') AS new,
    count(*) FILTER (WHERE body ->> 'kind' = 'reinstated') AS reinstated,
    count(*) FILTER (WHERE body ->> 'kind' = 'terminated') AS terminated
  FROM entries c
  WHERE body ->> 'list' = 'participating' AND body ->> 'kind' IN ('new', 'reinstated', 'terminated')
    AND NOT EXISTS (SELECT FROM entries x WHERE x.retracts_seq = c.seq)
  GROUP BY 1, 2
), steps AS (
  SELECT date_trunc('month', t AT TIME ZONE 'America/New_York')::date AS month, model, sum(step) AS step
  FROM versions, LATERAL (VALUES (listed_from, 1), (listed_to, -1)) AS s (t, step)
  WHERE list = 'participating' AND recorded_to IS NULL AND t IS NOT NULL
  GROUP BY 1, 2
), stock AS (
  SELECT month, model, sum(coalesce(step, 0)) OVER (PARTITION BY model ORDER BY month)::bigint AS listed
  FROM months CROSS JOIN (SELECT DISTINCT model FROM steps) m LEFT JOIN steps USING (month, model)
)
SELECT month, model, coalesce(new, 0) AS new, coalesce(reinstated, 0) AS reinstated,
  coalesce(terminated, 0) AS terminated,
  coalesce(new, 0) + coalesce(reinstated, 0) - coalesce(terminated, 0) AS net,
  coalesce(listed, 0) AS listed
FROM changes FULL JOIN stock USING (month, model)
WHERE listed > 0 OR changes.month IS NOT NULL;
COMMENT ON VIEW agreements_by_month IS 'The participating list by month of the edition (New York) and model: what came, what left, what was listed at the month''s end.';

-- What the views' columns mean (one name, one meaning), and who may do what.

DO $$
DECLARE
  meaning record;
BEGIN
  FOR meaning IN
    SELECT c.relname, a.attname, m.text
    FROM (VALUES
      ('addendum_url', 'Link to an addendum to the memorandum; NULL: none.'),
      ('after', 'The changed fields as they are after the change: a JSON object.'),
      ('agency', 'Agency, as last printed.'),
      ('agency_id', 'The agency, after redirects: G and 8 characters.'),
      ('agency_type', 'Type of agency; NULL: not given.'),
      ('agreement_id', 'The agreement or application, after redirects: A and 8 characters.'),
      ('agreements', 'Number of agreements (of a pending list: applications).'),
      ('applications', 'Number of applications on the pending list now.'),
      ('baseline', 'The first accepted edition of its list: what it lists was listed then or before.'),
      ('before', 'The changed fields as they were before the change: a JSON object.'),
      ('cause', 'Why the entry was written: edition, archive, decision, verdict or rebuild.'),
      ('content_hash', 'SHA-256 of the edition''s sorted rows, 64 hex digits.'),
      ('county', 'County, as printed; NULL: not given.'),
      ('dated_by', 'What gave the date: file name, Last-Modified, capture time, saved time, redate, nothing.'),
      ('date', 'The edition''s date (New York).'),
      ('document', 'SHA-256 of the document it was read from, 64 hex digits.'),
      ('document_size', 'Size of that document in bytes.'),
      ('edition_file', 'Name of the file that shows it; NULL: it had none.'),
      ('edition_id', 'The edition: SHA-256 of list, content, document and name, 64 hex digits.'),
      ('effective_date', 'Date of the edition that shows the change (New York).'),
      ('entry', 'The entry as recorded: canonical JSON (RFC 8785), verbatim.'),
      ('evidence', 'Why it was taken to be the same agreement, or another, in words; NULL: an exact key.'),
      ('fields', 'Names of the changed fields.'),
      ('file_name', 'Name ICE gave the file; NULL: none.'),
      ('first_listed', 'Date of the first edition that lists it (New York).'),
      ('first_seen', 'When its document was first fetched or imported.'),
      ('from_id', 'The id that was.'),
      ('hash', 'SHA-256 of the previous entry''s hash (of the first: 32 zero bytes) followed by the UTF-8 text of the entry, 64 hex digits.'),
      ('kind', 'new, terminated, changed, reinstated or retracted.'),
      ('last_listed', 'Date of the last edition that lists it (New York).'),
      ('left_censored', 'Listed since the first edition known: then or before.'),
      ('list', 'participating or pending.'),
      ('listed', 'Agreements listed at the end of the month.'),
      ('listed_at', 'Instant on the listed clock.'),
      ('listed_from', 'Instant of the first edition of the span.'),
      ('listed_to', 'Instant of the edition that ended the span; NULL: still so.'),
      ('listings', 'Rows of the edition.'),
      ('match_tier', 'Why the row was taken to be this agreement: 0 first listed here, 1 to 6 from strong to weak, 7 a person decided.'),
      ('moa_status', 'What the list says of the memorandum of agreement: posted, pending, none or unreadable.'),
      ('moa_url', 'Link to the memorandum of agreement; NULL unless posted.'),
      ('model', 'JEM jail enforcement, WSO warrant service officer, TFM task force, TTFM tribal task force; else as printed.'),
      ('month', 'First day of the month.'),
      ('net', 'new + reinstated - terminated.'),
      ('new', 'Agreements first listed in the month.'),
      ('not_before', 'Date of the accepted edition before: the change happened between the two. NULL: none.'),
      ('reason', 'Why, in a word or in words; NULL: none.'),
      ('recorded_at', 'When it was recorded here.'),
      ('recorded_from', 'Since when this is believed here.'),
      ('reinstated', 'Agreements listed again in the month.'),
      ('related_id', 'The agreement or application it has to do with, after redirects; NULL: none.'),
      ('retracted_by', 'seq of the entry that retracts it; NULL: it stands.'),
      ('retracts_seq', 'seq of the earlier entry that does not hold any more; NULL: none.'),
      ('saved_at', 'When the workbook was last saved, by its own account; NULL: it does not say.'),
      ('seq', 'Number of the entry: 1, 2, 3 ... without gaps.'),
      ('signed', 'Date signed; NULL: not given or not readable.'),
      ('significance', 'clerical (only the spelling or type of the agency) or substantive.'),
      ('spellings', 'Every name printed for it.'),
      ('stands', 'Neither retracted nor a retraction.'),
      ('state', 'State or territory, two letters (USPS); as printed where no state is meant.'),
      ('state_fips', 'FIPS code of the state, two digits.'),
      ('state_name', 'Name of the state.'),
      ('status', 'accepted, quarantined or rejected.'),
      ('terminated', 'Agreements that left the list in the month.'),
      ('to_id', 'The id it is known as.'),
      ('unconfirmed', 'The rules leave open whether it is the same as another: see evidence.'),
      ('verdict', 'The verdict that stands on it: approve, reject, redate or hold; NULL: none.'),
      ('verdict_why', 'The reason given for the verdict.')) AS m (name, text)
    JOIN pg_attribute a ON a.attname = m.name AND a.attnum > 0
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('v', 'c')
      AND c.relnamespace = 'agreementd'::regnamespace
    ORDER BY c.relname, a.attnum
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', meaning.relname, meaning.attname, meaning.text);
  END LOOP;
END $$;

-- History is append-only, for the owner too. The one UPDATE: an end for what had none, and the
-- reading of a document. A later migration that adds a column names it in these triggers.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %: history is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'prohibited_sql_statement_attempted',
      HINT = 'A correction closes what was believed and adds what is: use agreementctl.';
END $$;
COMMENT ON FUNCTION refuse_change IS 'Refuses to change what was recorded.';

DO $$
DECLARE
  tbl record;
  closed text;
BEGIN
  FOR tbl IN
    SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
      FILTER (WHERE a.attname NOT IN ('recorded_to', 'closed_at') AND a.attname !~ '^reading_'
        AND a.attgenerated = '') AS fixed,
      min(a.attname::text) FILTER (WHERE a.attname IN ('recorded_to', 'closed_at')) AS closing
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relkind = 'r' AND c.relnamespace = 'agreementd'::regnamespace
    GROUP BY c.relname ORDER BY c.relname
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OF %s OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', tbl.fixed, tbl.relname);
    CONTINUE WHEN tbl.closing IS NULL;
    EXECUTE format('CREATE TRIGGER closed_once BEFORE UPDATE ON %I FOR EACH ROW
      WHEN (OLD.%2$I IS NOT NULL OR NEW.%2$I IS NULL) EXECUTE FUNCTION refuse_change()',
      tbl.relname, tbl.closing);
  END LOOP;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA agreementd FROM PUBLIC;
GRANT USAGE ON SCHEMA agreementd TO agreementd_writer, agreementd_reader;

-- Readers: the views and functions, nothing else.
GRANT SELECT ON current_agreements, current_applications, agreement_history, change_log, edition_log,
  agencies, agreements_by_month, states, schema_version TO agreementd_reader;
GRANT EXECUTE ON FUNCTION listed_on, agreements_at, agreements_as_of, applications_at,
  applications_as_of, current_id, end_of_day, iso_date, utc_instant TO agreementd_reader, agreementd_writer;

-- The writer reads all and appends; it updates what the triggers let through.
GRANT SELECT ON ALL TABLES IN SCHEMA agreementd TO agreementd_writer;
GRANT INSERT ON documents, fetches, verdicts, verdict_subjects, decisions, decision_keys, notices, mintings, redirects, editions,
  versions, version_rows, reviews, entries TO agreementd_writer;
GRANT UPDATE (recorded_to) ON redirects, editions, versions, reviews TO agreementd_writer;
GRANT UPDATE (closed_at) ON notices TO agreementd_writer;
GRANT UPDATE (reading_version, reading_list, reading_content_hash, reading_saved_at,
  reading_row_count, reading_error) ON documents TO agreementd_writer;

-- Written with the evidence and removed with its consequences: after a crash between the two, the next
-- run sees what to fold; and a poll that brought nothing sees, in one look, that there is nothing.
CREATE TABLE unfolded (
  fetch_id bigint PRIMARY KEY REFERENCES fetches
);
COMMENT ON TABLE unfolded IS 'Fetches that brought something new and are not folded yet. Empty but between the two transactions, or after a crash there.';
COMMENT ON COLUMN unfolded.fetch_id IS 'The fetch.';
GRANT SELECT, INSERT, DELETE ON unfolded TO agreementd_writer;

CREATE INDEX fetches_url_in_order ON fetches (url, fetched_at, fetch_id) WHERE origin = 'poll';

-- One row for each agreement there ever was, and for each spelling of an agency: what analysts ask for
-- first, and what `export` writes.

CREATE VIEW agreements AS
WITH spans AS (
  SELECT h.*, row_number() OVER (PARTITION BY agreement_id ORDER BY listed_from DESC) AS nth,
    min(listed_from) OVER (PARTITION BY agreement_id) AS first_from,
    bool_or(left_censored) OVER (PARTITION BY agreement_id) AS ever_censored
  FROM agreement_history h
), endings AS (
  SELECT DISTINCT ON (c.agreement_id) c.agreement_id, c.reason, c.related_id
  FROM change_log c JOIN edition_log e USING (edition_id)
  WHERE c.kind = 'terminated' AND c.stands ORDER BY c.agreement_id, e.listed_at DESC, c.seq DESC
)
SELECT s.agreement_id, s.agency_id, s.list, s.state, s.state_name, s.state_fips, s.agency,
  s.agency_type, s.county, s.model, s.signed, s.moa_status, s.moa_url, s.addendum_url,
  (s.first_from AT TIME ZONE 'America/New_York')::date AS first_listed,
  s.ever_censored AS left_censored, s.last_listed,
  (s.listed_to AT TIME ZONE 'America/New_York')::date AS ended,
  CASE WHEN s.listed_to IS NOT NULL THEN coalesce(e.reason, 'unlisted') END AS end_reason,
  CASE WHEN s.listed_to IS NOT NULL THEN e.related_id END AS related_id
FROM spans s LEFT JOIN endings e USING (agreement_id) WHERE s.nth = 1;
COMMENT ON VIEW agreements IS 'Every agreement and application ever listed, as last printed: one row each.';

CREATE VIEW agency_spellings AS
SELECT g.agency_id, g.state, g.state_name, g.state_fips, g.agency, r.agency AS spelling,
  (min(h.listed_from) AT TIME ZONE 'America/New_York')::date AS first_listed,
  max(h.last_listed) AS last_listed
FROM agencies g
JOIN (
  SELECT v.version_id, coalesce(t.to_id, v.agency_id) AS agency_id, v.listed_from,
    (SELECT e.date FROM editions e
     WHERE e.list = v.list AND e.status = 'accepted' AND e.recorded_to IS NULL
       AND e.listed_at < coalesce(v.listed_to, 'infinity')
     ORDER BY e.listed_at DESC LIMIT 1) AS last_listed
  FROM versions v LEFT JOIN redirect_targets t ON t.from_id = v.agency_id
  WHERE v.recorded_to IS NULL) h USING (agency_id)
JOIN version_rows r USING (version_id)
GROUP BY g.agency_id, g.state, g.state_name, g.state_fips, g.agency, r.agency;
COMMENT ON VIEW agency_spellings IS 'Every name printed for each agency, and when.';

DO $$
DECLARE
  meaning record;
BEGIN
  FOR meaning IN
    SELECT c.relname, a.attname,
      coalesce(m.text, (SELECT col_description(o.attrelid, o.attnum) FROM pg_attribute o
        JOIN pg_class v ON v.oid = o.attrelid AND v.relkind = 'v'
          AND v.relnamespace = 'agreementd'::regnamespace
        WHERE o.attname = a.attname AND col_description(o.attrelid, o.attnum) IS NOT NULL
        ORDER BY v.relname LIMIT 1)) AS text
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN (VALUES
      ('ended', 'Date of the first edition that does not list it any more (New York); NULL: still listed.'),
      ('end_reason', 'Why it is not listed any more: unlisted, superseded, switched or signed; NULL: still listed.'),
      ('spelling', 'A name printed for it.')) AS m (name, text) ON m.name = a.attname
    WHERE c.relnamespace = 'agreementd'::regnamespace
      AND c.relname IN ('agreements', 'agency_spellings')
    ORDER BY c.relname, a.attnum
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', meaning.relname, meaning.attname, meaning.text);
  END LOOP;
END $$;

GRANT SELECT ON agreements, agency_spellings TO agreementd_reader, agreementd_writer;

-- One agreement's entries by index: a condition on the view's agreement_id, which is computed, would
-- look at every entry.
CREATE FUNCTION agreement_log(id text) RETURNS SETOF change_log
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = agreementd, pg_temp AS $$
  SELECT l.* FROM change_log l WHERE l.seq IN (
    SELECT c.seq FROM entries c WHERE c.agreement_id IN (
      SELECT current_id(id) UNION SELECT r.from_id FROM redirect_targets r
      WHERE r.to_id = current_id(id)))
$$;
COMMENT ON FUNCTION agreement_log IS 'The entries of the change log that tell of one agreement or application, by any id it ever had; also those retracted, and their retractions.';
REVOKE ALL ON FUNCTION agreement_log FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agreement_log TO agreementd_reader, agreementd_writer;

-- The version with which an agreement begins: when it was listed first, without a look at the others.
CREATE INDEX versions_that_begin ON versions (list, agreement_id)
  INCLUDE (listed_from, left_censored, recorded_from, recorded_to) WHERE match_tier = 0;

-- What the program asks for before it works with a database.
INSERT INTO schema_version (version, name) VALUES
  (1, '001_inputs'),
  (2, '002_history'),
  (3, '003_change_log'),
  (4, '004_views'),
  (5, '005_rights'),
  (6, '006_polls'),
  (7, '007_answers'),
  (8, '008_undated'),
  (9, '009_decisions'),
  (10, '010_namesakes'),
  (11, '011_agreements'),
  (12, '012_reading'),
  (13, '013_plans'),
  (14, '014_said'),
  (15, '015_runs'),
  (16, '016_fetch_order'),
  (17, '017_alerts'),
  (18, '018_feeds'),
  (19, '019_beginnings'),
  (20, '020_terms');

-- What people decided on who is who.

COMMENT ON COLUMN edition_log.verdict_by IS 'Who gave the verdict; agreementd itself holds.';
COMMENT ON COLUMN edition_log.verdict_at IS 'When the verdict was given.';
CREATE VIEW decision_log AS
SELECT d.decision_id, d.decided_at, d.decided_by, d.kind AS decision, d.why, d.list::text, a.state,
  a.agency, a.model, a.signed, b.state AS other_state, b.agency AS other_agency,
  b.model AS other_model, b.signed AS other_signed
FROM decisions d
JOIN decision_keys a ON a.decision_id = d.decision_id AND a.side = 1
JOIN decision_keys b ON b.decision_id = d.decision_id AND b.side = 2;
COMMENT ON VIEW decision_log IS 'What people decided on who is who, with all that was decided otherwise later.';
COMMENT ON COLUMN decision_log.decision_id IS 'Number, ascending in the order of recording; of two on the same keys the last one counts.';
COMMENT ON COLUMN decision_log.decided_at IS 'When.';
COMMENT ON COLUMN decision_log.decided_by IS 'Who said so.';
COMMENT ON COLUMN decision_log.decision IS 'same-as or distinct-from.';
COMMENT ON COLUMN decision_log.why IS 'The reason given.';
COMMENT ON COLUMN decision_log.list IS 'The list that prints both.';
COMMENT ON COLUMN decision_log.state IS 'State of the first, two letters (USPS); as printed where no state is meant.';
COMMENT ON COLUMN decision_log.agency IS 'Agency of the first, as printed.';
COMMENT ON COLUMN decision_log.model IS 'Model of the first.';
COMMENT ON COLUMN decision_log.signed IS 'Date the first was signed; NULL: not given or not readable.';
COMMENT ON COLUMN decision_log.other_state IS 'State of the second.';
COMMENT ON COLUMN decision_log.other_agency IS 'Agency of the second, as printed.';
COMMENT ON COLUMN decision_log.other_model IS 'Model of the second.';
COMMENT ON COLUMN decision_log.other_signed IS 'Date the second was signed; NULL: not given or not readable.';
GRANT SELECT ON decision_log TO agreementd_reader, agreementd_writer;

-- What each run recorded, so that nobody can write into what was believed once without being found out.

-- Digests of texts that are the same on every server: columns by name, times in UTC.
CREATE FUNCTION run_rows_digest(at timestamptz) RETURNS bytea
LANGUAGE sql STABLE SET search_path = agreementd, pg_temp SET TimeZone = 'UTC' AS $$
  SELECT sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')) FROM (
    SELECT jsonb_build_array('edition', edition_row, encode(edition_id, 'hex'), list::text,
      encode(content_hash, 'hex'), encode(document, 'hex'), file_name, listed_at, dated_at, dated_by,
      doubt, saved_at, verdict_id, status, reason, baseline, listing_count, agreement_count,
      rules_version, encode(aliases, 'hex'))::text AS line FROM editions WHERE recorded_from = at
    UNION ALL SELECT jsonb_build_array('edition ends', edition_row)::text FROM editions
    WHERE recorded_to = at
    UNION ALL SELECT jsonb_build_array('version', version_id, agreement_id, agency_id, list::text,
      listed_from, listed_to, encode(from_edition, 'hex'), encode(to_edition, 'hex'), left_censored,
      state, agency, agency_type, county, model, signed, signed_text, moa_status, moa_url, addendum_url,
      match_tier, evidence)::text FROM versions WHERE recorded_from = at
    UNION ALL SELECT jsonb_build_array('version ends', version_id)::text FROM versions
    WHERE recorded_to = at
    UNION ALL SELECT jsonb_build_array('row', r.version_id, r.position, r.row_number, r.state, r.agency,
      r.agency_type, r.county, r.model, r.signed, r.moa_status, r.moa_url, r.addendum_url, r.state_text,
      r.model_text, r.signed_text, r.oddities, r.readable)::text
    FROM version_rows r JOIN versions v USING (version_id) WHERE v.recorded_from = at
    UNION ALL SELECT jsonb_build_array('redirect', redirect_id, from_id, to_id)::text FROM redirects
    WHERE recorded_from = at
    UNION ALL SELECT jsonb_build_array('redirect ends', redirect_id)::text FROM redirects
    WHERE recorded_to = at
    UNION ALL SELECT jsonb_build_array('review', review_id, encode(edition_id, 'hex'), list::text,
      agreement_ids, question)::text FROM reviews WHERE recorded_from = at
    UNION ALL SELECT jsonb_build_array('review ends', review_id)::text FROM reviews
    WHERE recorded_to = at
    UNION ALL SELECT jsonb_build_array('minting', minting_order, id, list::text,
      encode(content_hash, 'hex'), state_text, agency, model_text, signed_text, county, moa_url)::text
    FROM mintings WHERE recorded_at = at) AS lines
$$;
COMMENT ON FUNCTION run_rows_digest IS 'SHA-256 of all that was recorded, or ended, at that moment.';

CREATE FUNCTION run_inputs_digest(fetch_after bigint, last_fetch bigint, verdict_after bigint,
  last_verdict bigint, decision_after bigint, last_decision bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = agreementd, pg_temp SET TimeZone = 'UTC' AS $$
  SELECT sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')) FROM (
    SELECT jsonb_build_array('fetch', fetch_id, origin, fetched_at, url, outcome, http_status,
      encode(document, 'hex'), file_name, etag, last_modified, modified_at, duration_ms, detail,
      answered_by)::text AS line FROM fetches WHERE fetch_id > fetch_after AND fetch_id <= last_fetch
    UNION ALL SELECT jsonb_build_array('verdict', verdict_id, kind, redated_to, decided_by, why,
      decided_at)::text FROM verdicts WHERE verdict_id > verdict_after AND verdict_id <= last_verdict
    UNION ALL SELECT jsonb_build_array('subject', verdict_id, encode(document, 'hex'), file_name)::text
    FROM verdict_subjects WHERE verdict_id > verdict_after AND verdict_id <= last_verdict
    UNION ALL SELECT jsonb_build_array('decision', decision_id, kind, list::text, decided_by, why,
      decided_at)::text FROM decisions
    WHERE decision_id > decision_after AND decision_id <= last_decision
    UNION ALL SELECT jsonb_build_array('key', decision_id, side, state, agency, model, signed,
      signed_text, county, moa_url, encode(document, 'hex'))::text FROM decision_keys
    WHERE decision_id > decision_after AND decision_id <= last_decision) AS lines
$$;
COMMENT ON FUNCTION run_inputs_digest IS 'SHA-256 of the inputs behind the first and up to the second number of each kind.';

CREATE TABLE runs (
  run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recorded_at timestamptz NOT NULL,
  last_seq bigint NOT NULL,
  last_fetch bigint NOT NULL,
  last_verdict bigint NOT NULL,
  last_decision bigint NOT NULL,
  rows_digest digest NOT NULL,
  inputs_digest digest NOT NULL
);
COMMENT ON TABLE runs IS 'Every run that recorded something: what verify holds the rows of then against.';
COMMENT ON COLUMN runs.run_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN runs.recorded_at IS 'When it recorded; two runs may have one moment.';
COMMENT ON COLUMN runs.last_seq IS 'The last entry of the change log then; 0: none.';
COMMENT ON COLUMN runs.last_fetch IS 'The last fetch then; 0: none.';
COMMENT ON COLUMN runs.last_verdict IS 'The last verdict then; 0: none.';
COMMENT ON COLUMN runs.last_decision IS 'The last decision then; 0: none.';
COMMENT ON COLUMN runs.rows_digest IS 'SHA-256 of what was recorded, or ended, at that moment (run_rows_digest), also by runs before of the same moment.';
COMMENT ON COLUMN runs.inputs_digest IS 'SHA-256 of the inputs since the run before (run_inputs_digest).';
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON runs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON FUNCTION run_rows_digest, run_inputs_digest FROM PUBLIC;
GRANT EXECUTE ON FUNCTION run_rows_digest, run_inputs_digest TO agreementd_writer;
GRANT SELECT, INSERT ON runs TO agreementd_writer;

-- What is a run's recorded moment, of whatever was recorded.
CREATE VIEW recorded_moments AS
SELECT recorded_from AS at FROM editions UNION SELECT recorded_to FROM editions
UNION SELECT recorded_from FROM versions UNION SELECT recorded_to FROM versions
UNION SELECT recorded_from FROM redirects UNION SELECT recorded_to FROM redirects
UNION SELECT recorded_from FROM reviews UNION SELECT recorded_to FROM reviews
UNION SELECT recorded_at FROM mintings UNION SELECT recorded_at FROM entries;
COMMENT ON VIEW recorded_moments IS 'Every moment at which something was recorded, or ended; and NULL.';
COMMENT ON COLUMN recorded_moments.at IS 'The moment; NULL: what has not ended.';
GRANT SELECT ON recorded_moments TO agreementd_writer;

-- What was told to whom. The change log is the outbox: a sink has a place in it, and what is to be sent
-- to it is whatever comes after. Of notices, which are no entries, each opening and closing is an event.

CREATE TABLE notice_events (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  notice_id bigint NOT NULL REFERENCES notices,
  event text NOT NULL CHECK (event IN ('opened', 'closed')),
  at timestamptz NOT NULL
);
COMMENT ON TABLE notice_events IS 'That a notice was opened, or closed: what operators are told.';
COMMENT ON COLUMN notice_events.event_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN notice_events.notice_id IS 'The notice.';
COMMENT ON COLUMN notice_events.event IS 'opened or closed.';
COMMENT ON COLUMN notice_events.at IS 'When.';

-- The one table of ours that is no record: how it stands with each sink now. `deliveries` is the record.
CREATE TABLE sinks (
  sink text PRIMARY KEY,
  tells text NOT NULL CHECK (tells IN ('changes', 'notices')),
  position bigint NOT NULL CHECK (position >= 0),
  destination text NOT NULL,
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  retry_at timestamptz,
  trouble text,
  disabled_at timestamptz,
  begins_after bigint NOT NULL,
  term bigint NOT NULL DEFAULT 1
);
COMMENT ON TABLE sinks IS 'Those who are told, by their names in the configuration, and how far they are.';
COMMENT ON COLUMN sinks.sink IS 'Name in the configuration.';
COMMENT ON COLUMN sinks.tells IS 'changes (entries of the change log) or notices (of the operator).';
COMMENT ON COLUMN sinks.position IS 'seq of the last entry (event_id of the last notice event) that is done with: sent, or not for this sink.';
COMMENT ON COLUMN sinks.destination IS 'Digest of where it leads, without secrets: another one is tried at once, whatever failed before.';
COMMENT ON COLUMN sinks.failures IS 'Attempts in a row that failed.';
COMMENT ON COLUMN sinks.retry_at IS 'Not before then again; NULL: at once.';
COMMENT ON COLUMN sinks.trouble IS 'Why the last attempt failed; NULL: it did not.';
COMMENT ON COLUMN sinks.disabled_at IS 'Since when nothing is sent to it: it said that it is gone; NULL: it is not.';
COMMENT ON COLUMN sinks.begins_after IS 'seq of the last entry (event_id of the last notice event) when it began: it is told what comes after.';
COMMENT ON COLUMN sinks.term IS 'How often an instance began to send to it: one of an older term sends nothing more.';
GRANT SELECT, INSERT, UPDATE ON sinks TO agreementd_writer;

-- Begun before it is sent: whatever becomes of it, who may have got an entry is known.
CREATE TABLE deliveries (
  delivery_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sink text NOT NULL REFERENCES sinks,
  message_id text NOT NULL,
  seqs bigint[] NOT NULL,
  begun_at timestamptz NOT NULL
);
CREATE INDEX deliveries_of_an_entry ON deliveries USING gin (seqs);
COMMENT ON TABLE deliveries IS 'Attempts to send a message to a sink, each written before it is made.';
COMMENT ON COLUMN deliveries.delivery_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN deliveries.sink IS 'To whom.';
COMMENT ON COLUMN deliveries.message_id IS 'Id of the message: the same whenever the same is sent.';
COMMENT ON COLUMN deliveries.seqs IS 'The entries in it, by seq; of a notice none.';
COMMENT ON COLUMN deliveries.begun_at IS 'When it began.';

CREATE TABLE delivery_outcomes (
  delivery_id bigint PRIMARY KEY REFERENCES deliveries,
  outcome text NOT NULL CHECK (outcome IN ('delivered', 'refused', 'gone', 'failed')),
  detail text,
  ended_at timestamptz NOT NULL
);
COMMENT ON TABLE delivery_outcomes IS 'What became of an attempt. An attempt without one was cut off: nobody knows.';
COMMENT ON COLUMN delivery_outcomes.delivery_id IS 'The attempt.';
COMMENT ON COLUMN delivery_outcomes.outcome IS 'delivered; refused: for good, the message is a dead letter; gone: the sink is no more; failed: it is tried again.';
COMMENT ON COLUMN delivery_outcomes.detail IS 'What the other side answered, in words; NULL: all is well.';
COMMENT ON COLUMN delivery_outcomes.ended_at IS 'When it ended.';
-- What a run took back of an agreement at that moment, and, where that had been put in the place of something, what that
-- was: so who was told of the first is told of what holds now.
CREATE FUNCTION corrected_entries(of_agreement text, at timestamptz) RETURNS SETOF entries
LANGUAGE sql STABLE SET search_path = agreementd, pg_temp AS $$
  WITH RECURSIVE corrected AS (
    SELECT o.* FROM entries r JOIN entries o ON o.seq = r.retracts_seq
    WHERE r.agreement_id = of_agreement AND r.recorded_at = at
    UNION
    SELECT o.* FROM corrected c
    JOIN entries r ON r.agreement_id = c.agreement_id AND r.recorded_at = c.recorded_at
    JOIN entries o ON o.seq = r.retracts_seq
    WHERE c.retracts_seq IS NULL
  )
  SELECT * FROM corrected
$$;
COMMENT ON FUNCTION corrected_entries IS 'The entries of an agreement that a run took back at that moment, and what those had been put in the place of.';
REVOKE ALL ON FUNCTION corrected_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION corrected_entries TO agreementd_writer;
-- How many messages a sink refused, and whether each was delivered after all.
CREATE INDEX refused_deliveries ON delivery_outcomes (delivery_id) WHERE outcome = 'refused';
CREATE INDEX deliveries_of_a_message ON deliveries (message_id);

CREATE TABLE replays (
  replay_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sink text NOT NULL REFERENCES sinks,
  from_seq bigint NOT NULL CHECK (from_seq > 0),
  to_seq bigint NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  closed_at timestamptz CHECK (closed_at >= asked_at),
  CHECK (from_seq <= to_seq)
);
COMMENT ON TABLE replays IS 'Entries that a person wants to be sent to a sink again.';
COMMENT ON COLUMN replays.replay_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN replays.sink IS 'To whom.';
COMMENT ON COLUMN replays.from_seq IS 'The first of the entries, by seq.';
COMMENT ON COLUMN replays.to_seq IS 'The last of them.';
COMMENT ON COLUMN replays.asked_by IS 'Who wants it.';
COMMENT ON COLUMN replays.asked_at IS 'Since when.';
COMMENT ON COLUMN replays.closed_at IS 'When all of them were done with; NULL: not yet.';
GRANT UPDATE (closed_at) ON replays TO agreementd_writer;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE
  OR UPDATE OF replay_id, sink, from_seq, to_seq, asked_by, asked_at ON replays
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closed_once BEFORE UPDATE ON replays FOR EACH ROW
  WHEN (OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON notice_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON deliveries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON delivery_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON notice_events, deliveries, delivery_outcomes, replays TO agreementd_writer;
