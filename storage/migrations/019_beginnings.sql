-- Where a sink began is a place in the log: times of the log may be ahead of a clock that was set back.
ALTER TABLE sinks ADD COLUMN begins_after bigint;
UPDATE sinks SET begins_after = CASE tells
  WHEN 'changes' THEN least(position, (SELECT coalesce(max(seq), 0) FROM entries WHERE recorded_at <= since))
  ELSE 0 END;
ALTER TABLE sinks ALTER COLUMN begins_after SET NOT NULL;
COMMENT ON COLUMN sinks.begins_after IS 'seq of the last entry (event_id of the last notice event) when it began: it is told what comes after.';
