-- Questions that must not become slower as the history grows.

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

CREATE OR REPLACE FUNCTION listed_on(which text, listed timestamptz, known timestamptz)
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
  ), firsts AS (
    SELECT o.agreement_id, o.listed_from, o.left_censored FROM versions o
    WHERE o.match_tier = 0 AND o.list = which
      AND o.recorded_from <= known AND (o.recorded_to IS NULL OR o.recorded_to > known)
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
  LEFT JOIN firsts f ON f.agreement_id = v.agreement_id
  LEFT JOIN standing ON true
  WHERE v.list = which AND v.listed @> listed_on.listed AND v.recorded @> known;
END $$;
