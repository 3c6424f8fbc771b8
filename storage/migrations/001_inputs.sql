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
  detail text
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
