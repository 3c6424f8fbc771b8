-- Who answered: a validator is good only for the address it came from.
ALTER TABLE fetches ADD COLUMN answered_by text;
COMMENT ON COLUMN fetches.answered_by IS 'The URL that answered, where redirects led elsewhere; NULL: the one that was asked, or nobody.';

-- A fetch is never changed, in the new column neither.
DROP TRIGGER append_only ON fetches;
CREATE TRIGGER append_only BEFORE UPDATE OF fetch_id, origin, fetched_at, url, outcome, http_status,
  document, file_name, etag, last_modified, modified_at, duration_ms, detail, answered_by
  OR DELETE OR TRUNCATE ON fetches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
