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
  recorded_at timestamptz NOT NULL
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
COMMENT ON COLUMN versions.match_tier IS 'Why the listing was taken to be this agreement: 0 first listed here, 1 to 6 from strong to weak.';
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
