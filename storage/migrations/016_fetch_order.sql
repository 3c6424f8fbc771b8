-- Fetches of a URL in the order of their time: what was fetched while the database was away is recorded
-- after what another fetched later.
CREATE INDEX fetches_url_in_order ON fetches (url, fetched_at, fetch_id) WHERE origin = 'poll';
DROP INDEX fetches_url;
