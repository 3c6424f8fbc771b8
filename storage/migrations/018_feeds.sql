-- A feed reads the newest of what editions told in substance.
CREATE INDEX entries_published ON entries (seq)
  WHERE retracts_seq IS NULL AND body @> '{"cause": "edition", "significance": "substantive"}';
-- A state's own reads the newest that are of it, or were.
CREATE INDEX entries_of_a_state ON entries ((body ->> 'state'), seq);
CREATE INDEX entries_of_a_former_state ON entries ((body -> 'before' ->> 'state'), seq)
  WHERE body -> 'before' ->> 'state' IS NOT NULL;
-- The application that became an agreement is told with it.
CREATE INDEX entries_of_a_signing ON entries ((body ->> 'related_id')) WHERE body ->> 'reason' = 'signed';
-- How many messages a sink refused, and whether each was delivered after all.
CREATE INDEX refused_deliveries ON delivery_outcomes (delivery_id) WHERE outcome = 'refused';
CREATE INDEX deliveries_of_a_message ON deliveries (message_id);

-- What a run took back of an agreement at that moment, and, where that had been put in the place of something, what that
-- was: so who was told of the first is told of what holds now.
CREATE FUNCTION corrected_entries(of_agreement text, at timestamptz) RETURNS SETOF entries
LANGUAGE sql STABLE SET search_path = agreementd, pg_temp AS $$
  WITH RECURSIVE corrected AS (
    SELECT o.* FROM entries r JOIN entries o ON o.seq = r.retracts_seq
    WHERE r.agreement_id = of_agreement AND r.recorded_at = at
    UNION
    SELECT o.* FROM corrected c
    JOIN entries r ON r.agreement_id = c.agreement_id AND r.recorded_at = c.recorded_at
    JOIN entries o ON o.seq = r.retracts_seq
    WHERE c.retracts_seq IS NULL
  )
  SELECT * FROM corrected
$$;
COMMENT ON FUNCTION corrected_entries IS 'The entries of an agreement that a run took back at that moment, and what those had been put in the place of.';
REVOKE ALL ON FUNCTION corrected_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION corrected_entries TO agreementd_writer;
