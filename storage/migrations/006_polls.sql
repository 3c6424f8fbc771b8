-- Polling: what of the inputs waits for its consequences, and what is known of a URL.

-- Written with the evidence and removed with its consequences: after a crash between the two, the next
-- run sees what to fold; and a poll that brought nothing sees, in one look, that there is nothing.
CREATE TABLE unfolded (
  fetch_id bigint PRIMARY KEY REFERENCES fetches
);
COMMENT ON TABLE unfolded IS 'Fetches that brought something new and are not folded yet. Empty but between the two transactions, or after a crash there.';
COMMENT ON COLUMN unfolded.fetch_id IS 'The fetch.';
GRANT SELECT, INSERT, DELETE ON unfolded TO agreementd_writer;

CREATE INDEX fetches_url ON fetches (url, fetch_id) WHERE origin = 'poll';
