-- One row for each agreement there ever was, and for each spelling of an agency: what analysts ask for
-- first, and what `export` writes.

CREATE VIEW agreements AS
WITH spans AS (
  SELECT h.*, row_number() OVER (PARTITION BY agreement_id ORDER BY listed_from DESC) AS nth,
    min(listed_from) OVER (PARTITION BY agreement_id) AS first_from,
    bool_or(left_censored) OVER (PARTITION BY agreement_id) AS ever_censored
  FROM agreement_history h
), endings AS (
  SELECT DISTINCT ON (agreement_id) agreement_id, reason, related_id FROM change_log
  WHERE kind = 'terminated' AND stands ORDER BY agreement_id, seq DESC
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
