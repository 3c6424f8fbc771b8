-- What the views' columns mean (one name, one meaning), and who may do what.

DO $$
DECLARE
  meaning record;
BEGIN
  FOR meaning IN
    SELECT c.relname, a.attname, m.text
    FROM (VALUES
      ('addendum_url', 'Link to an addendum to the memorandum; NULL: none.'),
      ('after', 'The changed fields as they are after the change: a JSON object.'),
      ('agency', 'Agency, as last printed.'),
      ('agency_id', 'The agency, after redirects: G and 8 characters.'),
      ('agency_type', 'Type of agency; NULL: not given.'),
      ('agreement_id', 'The agreement or application, after redirects: A and 8 characters.'),
      ('agreements', 'Number of agreements (of a pending list: applications).'),
      ('applications', 'Number of applications on the pending list now.'),
      ('baseline', 'The first accepted edition of its list: what it lists was listed then or before.'),
      ('before', 'The changed fields as they were before the change: a JSON object.'),
      ('cause', 'Why the entry was written: edition, archive, decision, verdict or rebuild.'),
      ('content_hash', 'SHA-256 of the edition''s sorted rows, 64 hex digits.'),
      ('county', 'County, as printed; NULL: not given.'),
      ('dated_by', 'What gave the date: file name, Last-Modified, capture time, saved time, redate, nothing.'),
      ('date', 'The edition''s date (New York).'),
      ('document', 'SHA-256 of the document it was read from, 64 hex digits.'),
      ('document_size', 'Size of that document in bytes.'),
      ('edition_file', 'Name of the file that shows it; NULL: it had none.'),
      ('edition_id', 'The edition: SHA-256 of list, content, document and name, 64 hex digits.'),
      ('effective_date', 'Date of the edition that shows the change (New York).'),
      ('entry', 'The entry as recorded: canonical JSON (RFC 8785), verbatim.'),
      ('evidence', 'Why it was taken to be the same agreement, in words; NULL: an exact key.'),
      ('fields', 'Names of the changed fields.'),
      ('file_name', 'Name ICE gave the file; NULL: none.'),
      ('first_listed', 'Date of the first edition that lists it (New York).'),
      ('first_seen', 'When its document was first fetched or imported.'),
      ('from_id', 'The id that was.'),
      ('hash', 'SHA-256 of the previous entry''s hash (of the first: 32 zero bytes) followed by the UTF-8 text of the entry, 64 hex digits.'),
      ('kind', 'new, terminated, changed, reinstated or retracted.'),
      ('last_listed', 'Date of the last edition that lists it (New York).'),
      ('left_censored', 'Listed since the first edition known: then or before.'),
      ('list', 'participating or pending.'),
      ('listed', 'Agreements listed at the end of the month.'),
      ('listed_at', 'Instant on the listed clock.'),
      ('listed_from', 'Instant of the first edition of the span.'),
      ('listed_to', 'Instant of the edition that ended the span; NULL: still so.'),
      ('listings', 'Rows of the edition.'),
      ('match_tier', 'Why the row was taken to be this agreement: 0 first listed here, 1 to 6 from strong to weak.'),
      ('moa_status', 'What the list says of the memorandum of agreement: posted, pending, none or unreadable.'),
      ('moa_url', 'Link to the memorandum of agreement; NULL unless posted.'),
      ('model', 'JEM jail enforcement, WSO warrant service officer, TFM task force, TTFM tribal task force; else as printed.'),
      ('month', 'First day of the month.'),
      ('net', 'new + reinstated - terminated.'),
      ('new', 'Agreements first listed in the month.'),
      ('not_before', 'Date of the accepted edition before: the change happened between the two. NULL: none.'),
      ('reason', 'Why, in a word or in words; NULL: none.'),
      ('recorded_at', 'When it was recorded here.'),
      ('recorded_from', 'Since when this is believed here.'),
      ('reinstated', 'Agreements listed again in the month.'),
      ('related_id', 'The agreement or application it has to do with, after redirects; NULL: none.'),
      ('retracted_by', 'seq of the entry that retracts it; NULL: it stands.'),
      ('retracts_seq', 'seq of the earlier entry that does not hold any more; NULL: none.'),
      ('saved_at', 'When the workbook was last saved, by its own account; NULL: it does not say.'),
      ('seq', 'Number of the entry: 1, 2, 3 ... without gaps.'),
      ('signed', 'Date signed; NULL: not given or not readable.'),
      ('significance', 'clerical (only the spelling or type of the agency) or substantive.'),
      ('spellings', 'Every name printed for it.'),
      ('stands', 'Neither retracted nor a retraction.'),
      ('state', 'State or territory, two letters (USPS); as printed where no state is meant.'),
      ('state_fips', 'FIPS code of the state, two digits.'),
      ('state_name', 'Name of the state.'),
      ('status', 'accepted, quarantined or rejected.'),
      ('terminated', 'Agreements that left the list in the month.'),
      ('to_id', 'The id it is known as.'),
      ('unconfirmed', 'The rules leave open whether it is the same as another: see evidence.'),
      ('verdict', 'The verdict that stands on it: approve, reject, redate or hold; NULL: none.'),
      ('verdict_why', 'The reason given for the verdict.')) AS m (name, text)
    JOIN pg_attribute a ON a.attname = m.name AND a.attnum > 0
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('v', 'c')
      AND c.relnamespace = 'agreementd'::regnamespace
    ORDER BY c.relname, a.attnum
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', meaning.relname, meaning.attname, meaning.text);
  END LOOP;
END $$;

-- History is append-only, for the owner too. The one UPDATE: an end for what had none, and the
-- reading of a document. A later migration that adds a column names it in these triggers.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %: history is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'prohibited_sql_statement_attempted',
      HINT = 'A correction closes what was believed and adds what is: use agreementctl.';
END $$;
COMMENT ON FUNCTION refuse_change IS 'Refuses to change what was recorded.';

DO $$
DECLARE
  tbl record;
  closed text;
BEGIN
  FOR tbl IN
    SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
      FILTER (WHERE a.attname NOT IN ('recorded_to', 'closed_at') AND a.attname !~ '^reading_'
        AND a.attgenerated = '') AS fixed,
      min(a.attname::text) FILTER (WHERE a.attname IN ('recorded_to', 'closed_at')) AS closing
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relkind = 'r' AND c.relnamespace = 'agreementd'::regnamespace
    GROUP BY c.relname ORDER BY c.relname
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OF %s OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', tbl.fixed, tbl.relname);
    CONTINUE WHEN tbl.closing IS NULL;
    EXECUTE format('CREATE TRIGGER closed_once BEFORE UPDATE ON %I FOR EACH ROW
      WHEN (OLD.%2$I IS NOT NULL OR NEW.%2$I IS NULL) EXECUTE FUNCTION refuse_change()',
      tbl.relname, tbl.closing);
  END LOOP;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA agreementd FROM PUBLIC;
GRANT USAGE ON SCHEMA agreementd TO agreementd_writer, agreementd_reader;

-- Readers: the views and functions, nothing else.
GRANT SELECT ON current_agreements, current_applications, agreement_history, change_log, edition_log,
  agencies, agreements_by_month, states, schema_version TO agreementd_reader;
GRANT EXECUTE ON FUNCTION listed_on, agreements_at, agreements_as_of, applications_at,
  applications_as_of, current_id, end_of_day, iso_date, utc_instant TO agreementd_reader, agreementd_writer;

-- The writer reads all and appends; it updates what the triggers let through.
GRANT SELECT ON ALL TABLES IN SCHEMA agreementd TO agreementd_writer;
GRANT INSERT ON documents, fetches, verdicts, verdict_subjects, notices, mintings, redirects, editions,
  versions, version_rows, reviews, entries TO agreementd_writer;
GRANT UPDATE (recorded_to) ON redirects, editions, versions, reviews TO agreementd_writer;
GRANT UPDATE (closed_at) ON notices TO agreementd_writer;
GRANT UPDATE (reading_version, reading_list, reading_content_hash, reading_saved_at,
  reading_row_count, reading_error) ON documents TO agreementd_writer;
