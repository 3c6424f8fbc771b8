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

-- One definition of "what was listed": the views and functions below all ask it. In PL/pgSQL, because
-- only there the plan can be made for the moments asked for: planned for any moment, PostgreSQL takes
-- few rows for granted, and such a plan costs ten times as much.
CREATE FUNCTION listed_on(which text, listed timestamptz, known timestamptz)
RETURNS SETOF listed_agreement
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off
SET enable_memoize = off AS $$
BEGIN
  RETURN QUERY
  WITH merged AS (
    SELECT from_id, to_id FROM redirect_targets
  ), firsts_of_merged AS (
    SELECT m.to_id, min(o.listed_from) AS listed_from, bool_or(o.left_censored) AS left_censored
    FROM (SELECT from_id AS id, to_id FROM merged UNION SELECT to_id, to_id FROM merged) m
    JOIN versions o ON o.agreement_id = m.id
    WHERE o.recorded_from <= known AND (o.recorded_to IS NULL OR o.recorded_to > known)
    GROUP BY m.to_id
  ), standing AS (
    SELECT e.date, e.file_name FROM editions e
    WHERE e.list = which AND e.status = 'accepted' AND e.listed_at <= listed_on.listed
      AND e.recorded_from <= known AND (e.recorded_to IS NULL OR e.recorded_to > known)
    ORDER BY e.listed_at DESC LIMIT 1
  )
  SELECT coalesce(a.to_id, v.agreement_id), coalesce(g.to_id, v.agency_id), v.list::text, v.state,
    s.name, s.fips, v.agency, v.agency_type, v.county, v.model, v.signed, v.moa_status, v.moa_url,
    v.addendum_url,
    (coalesce(m.listed_from, f.listed_from) AT TIME ZONE 'America/New_York')::date,
    coalesce(m.left_censored, f.left_censored), standing.date, standing.file_name
  FROM versions v
  LEFT JOIN merged a ON a.from_id = v.agreement_id
  LEFT JOIN merged g ON g.from_id = v.agency_id
  LEFT JOIN firsts_of_merged m ON m.to_id = coalesce(a.to_id, v.agreement_id)
  LEFT JOIN states s ON s.state = v.state
  CROSS JOIN LATERAL (
    SELECT o.listed_from, o.left_censored FROM versions o
    WHERE o.agreement_id = v.agreement_id
      AND o.recorded_from <= known AND (o.recorded_to IS NULL OR o.recorded_to > known)
    ORDER BY o.listed_from LIMIT 1) f
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
SELECT encode(e.edition_id, 'hex') AS edition_id, e.list::text, e.date, e.listed_at, e.dated_by,
  e.status, e.reason, e.baseline, e.listing_count AS listings, e.agreement_count AS agreements,
  e.file_name, encode(e.document, 'hex') AS document, e.saved_at, v.kind AS verdict,
  v.why AS verdict_why,
  (SELECT min(f.fetched_at) FROM fetches f WHERE f.document = e.document) AS first_seen,
  (SELECT d.size FROM documents d WHERE d.sha256 = e.document) AS document_size,
  encode(e.content_hash, 'hex') AS content_hash, e.recorded_from
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
