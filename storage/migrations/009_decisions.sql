-- What people decide on identity, and which alias file the rules went by.

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

CREATE TRIGGER append_only BEFORE UPDATE OF decision_id, kind, list, decided_by, why, decided_at
  OR DELETE OR TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OF decision_id, side, state, agency, model, signed, signed_text,
  county, moa_url, document
  OR DELETE OR TRUNCATE ON decision_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON decisions, decision_keys TO agreementd_writer;

ALTER TABLE editions ADD COLUMN aliases digest;
COMMENT ON COLUMN editions.aliases IS 'SHA-256 of the alias file the rules went by; NULL: there was none yet.';
DROP TRIGGER append_only ON editions;
CREATE TRIGGER append_only BEFORE UPDATE OF edition_row, edition_id, list, content_hash, document,
  file_name, listed_at, dated_at, dated_by, doubt, saved_at, verdict_id, status, reason, baseline,
  listing_count, agreement_count, rules_version, recorded_from, aliases
  OR DELETE OR TRUNCATE ON editions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An exact key is no evidence in words, a person's word is.
COMMENT ON COLUMN versions.match_tier IS 'Why the listing was taken to be this agreement: 0 first listed here, 1 to 6 from strong to weak, 7 a person decided.';
COMMENT ON COLUMN agreement_history.match_tier IS 'Why the row was taken to be this agreement: 0 first listed here, 1 to 6 from strong to weak, 7 a person decided.';
COMMENT ON COLUMN agreement_history.evidence IS 'Why it was taken to be the same agreement, or another, in words; NULL: an exact key.';
COMMENT ON COLUMN change_log.evidence IS 'Why it was taken to be the same agreement, or another, in words; NULL: an exact key.';
