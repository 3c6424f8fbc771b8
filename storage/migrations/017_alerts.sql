-- What was told to whom. The change log is the outbox: a sink has a place in it, and what is to be sent
-- to it is whatever comes after. Of notices, which are no entries, each opening and closing is an event.

CREATE TABLE notice_events (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  notice_id bigint NOT NULL REFERENCES notices,
  event text NOT NULL CHECK (event IN ('opened', 'closed')),
  at timestamptz NOT NULL
);
COMMENT ON TABLE notice_events IS 'That a notice was opened, or closed: what operators are told.';
COMMENT ON COLUMN notice_events.event_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN notice_events.notice_id IS 'The notice.';
COMMENT ON COLUMN notice_events.event IS 'opened or closed.';
COMMENT ON COLUMN notice_events.at IS 'When.';

-- The one table of ours that is no record: how it stands with each sink now. `deliveries` is the record.
CREATE TABLE sinks (
  sink text PRIMARY KEY,
  tells text NOT NULL CHECK (tells IN ('changes', 'notices')),
  position bigint NOT NULL CHECK (position >= 0),
  destination text NOT NULL,
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  retry_at timestamptz,
  trouble text,
  disabled_at timestamptz,
  since timestamptz NOT NULL
);
COMMENT ON TABLE sinks IS 'Those who are told, by their names in the configuration, and how far they are.';
COMMENT ON COLUMN sinks.sink IS 'Name in the configuration.';
COMMENT ON COLUMN sinks.tells IS 'changes (entries of the change log) or notices (of the operator).';
COMMENT ON COLUMN sinks.position IS 'seq of the last entry (event_id of the last notice event) that is done with: sent, or not for this sink.';
COMMENT ON COLUMN sinks.destination IS 'Digest of where it leads, without secrets: another one is tried at once, whatever failed before.';
COMMENT ON COLUMN sinks.failures IS 'Attempts in a row that failed.';
COMMENT ON COLUMN sinks.retry_at IS 'Not before then again; NULL: at once.';
COMMENT ON COLUMN sinks.trouble IS 'Why the last attempt failed; NULL: it did not.';
COMMENT ON COLUMN sinks.disabled_at IS 'Since when nothing is sent to it: it said that it is gone; NULL: it is not.';
COMMENT ON COLUMN sinks.since IS 'When it was first configured: it began at the end of the log then.';
GRANT SELECT, INSERT, UPDATE ON sinks TO agreementd_writer;

-- Begun before it is sent: whatever becomes of it, who may have got an entry is known.
CREATE TABLE deliveries (
  delivery_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sink text NOT NULL REFERENCES sinks,
  message_id text NOT NULL,
  seqs bigint[] NOT NULL,
  begun_at timestamptz NOT NULL
);
CREATE INDEX deliveries_of_an_entry ON deliveries USING gin (seqs);
COMMENT ON TABLE deliveries IS 'Attempts to send a message to a sink, each written before it is made.';
COMMENT ON COLUMN deliveries.delivery_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN deliveries.sink IS 'To whom.';
COMMENT ON COLUMN deliveries.message_id IS 'Id of the message: the same whenever the same is sent.';
COMMENT ON COLUMN deliveries.seqs IS 'The entries in it, by seq; of a notice none.';
COMMENT ON COLUMN deliveries.begun_at IS 'When it began.';

CREATE TABLE delivery_outcomes (
  delivery_id bigint PRIMARY KEY REFERENCES deliveries,
  outcome text NOT NULL CHECK (outcome IN ('delivered', 'refused', 'gone', 'failed')),
  detail text,
  ended_at timestamptz NOT NULL
);
COMMENT ON TABLE delivery_outcomes IS 'What became of an attempt. An attempt without one was cut off: nobody knows.';
COMMENT ON COLUMN delivery_outcomes.delivery_id IS 'The attempt.';
COMMENT ON COLUMN delivery_outcomes.outcome IS 'delivered; refused: for good, the message is a dead letter; gone: the sink is no more; failed: it is tried again.';
COMMENT ON COLUMN delivery_outcomes.detail IS 'What the other side answered, in words; NULL: all is well.';
COMMENT ON COLUMN delivery_outcomes.ended_at IS 'When it ended.';

CREATE TABLE replays (
  replay_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sink text NOT NULL REFERENCES sinks,
  from_seq bigint NOT NULL CHECK (from_seq > 0),
  to_seq bigint NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  closed_at timestamptz CHECK (closed_at >= asked_at),
  CHECK (from_seq <= to_seq)
);
COMMENT ON TABLE replays IS 'Entries that a person wants to be sent to a sink again.';
COMMENT ON COLUMN replays.replay_id IS 'Number, ascending in the order of recording.';
COMMENT ON COLUMN replays.sink IS 'To whom.';
COMMENT ON COLUMN replays.from_seq IS 'The first of the entries, by seq.';
COMMENT ON COLUMN replays.to_seq IS 'The last of them.';
COMMENT ON COLUMN replays.asked_by IS 'Who wants it.';
COMMENT ON COLUMN replays.asked_at IS 'Since when.';
COMMENT ON COLUMN replays.closed_at IS 'When all of them were done with; NULL: not yet.';
GRANT UPDATE (closed_at) ON replays TO agreementd_writer;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE
  OR UPDATE OF replay_id, sink, from_seq, to_seq, asked_by, asked_at ON replays
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closed_once BEFORE UPDATE ON replays FOR EACH ROW
  WHEN (OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON notice_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON deliveries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON delivery_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON notice_events, deliveries, delivery_outcomes, replays TO agreementd_writer;
