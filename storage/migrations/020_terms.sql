-- Whoever begins to send to the sinks takes a new term of each: one who led before, and does not know yet that it lost the
-- lead, begins nothing more (a fencing token).
ALTER TABLE sinks ADD COLUMN term bigint NOT NULL DEFAULT 1;
COMMENT ON COLUMN sinks.term IS 'How often an instance began to send to it: one of an older term sends nothing more.';
-- A sink begins at a place in the log (begins_after); when that was nobody asks.
ALTER TABLE sinks DROP COLUMN since;
