-- What was listed at a moment, in half the time, and as fast before PostgreSQL has gathered statistics.

-- The plan is made once per session, for any moment, and of hash joins alone: PostgreSQL takes few rows
-- for granted where it does not know the moment, or has no statistics of a history that was just
-- imported, and would look up each of the thousand rows one by one in lists of the thousand.
CREATE OR REPLACE FUNCTION listed_on(which text, listed timestamptz, known timestamptz)
RETURNS SETOF listed_agreement
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = agreementd, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_nestloop = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY
  WITH merged AS (
    SELECT from_id, to_id FROM redirect_targets
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
