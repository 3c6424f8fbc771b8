-- Who said what of editions and of who is who, for those who read.

CREATE OR REPLACE VIEW edition_log AS
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
