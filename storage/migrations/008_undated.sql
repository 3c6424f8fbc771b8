-- A list that nothing dates has no date: the place it is sorted to is none.
CREATE OR REPLACE VIEW edition_log AS
SELECT encode(e.edition_id, 'hex') AS edition_id, e.list::text,
  CASE WHEN e.dated_by <> 'nothing' THEN e.date END AS date,
  CASE WHEN e.dated_by <> 'nothing' THEN e.listed_at END AS listed_at, e.dated_by,
  e.status, e.reason, e.baseline, e.listing_count AS listings, e.agreement_count AS agreements,
  e.file_name, encode(e.document, 'hex') AS document, e.saved_at, v.kind AS verdict,
  v.why AS verdict_why,
  (SELECT min(f.fetched_at) FROM fetches f WHERE f.document = e.document) AS first_seen,
  (SELECT d.size FROM documents d WHERE d.sha256 = e.document) AS document_size,
  encode(e.content_hash, 'hex') AS content_hash, e.recorded_from
FROM editions e LEFT JOIN verdicts v USING (verdict_id)
WHERE e.recorded_to IS NULL;
