-- What each run recorded, so that nobody can write into what was believed once without being found out;
-- and questions of the past answered with what was known then.

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

-- Of a history that was kept before there were runs: as it is found.
INSERT INTO runs (recorded_at, last_seq, last_fetch, last_verdict, last_decision, rows_digest,
  inputs_digest)
SELECT m.at, (SELECT coalesce(max(seq), 0) FROM entries WHERE recorded_at <= m.at), n.fetch, n.verdict,
  n.decision, run_rows_digest(m.at),
  CASE WHEN m.first THEN run_inputs_digest(0, n.fetch, 0, n.verdict, 0, n.decision)
  ELSE run_inputs_digest(n.fetch, n.fetch, n.verdict, n.verdict, n.decision, n.decision) END
FROM (SELECT at, at = min(at) OVER () AS first FROM recorded_moments WHERE at IS NOT NULL) AS m,
  (SELECT (SELECT coalesce(max(fetch_id), 0) FROM fetches) AS fetch,
    (SELECT coalesce(max(verdict_id), 0) FROM verdicts) AS verdict,
    (SELECT coalesce(max(decision_id), 0) FROM decisions) AS decision) AS n
ORDER BY m.at;

-- Ids as they were known: a merge that came later does not reach into what was believed before.
CREATE OR REPLACE FUNCTION listed_on(which text, listed timestamptz, known timestamptz)
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

-- How an agreement ended is what the edition that ended it says, not what was recorded last: a late
-- archive records what was before.
CREATE OR REPLACE VIEW agreements AS
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
