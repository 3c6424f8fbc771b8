-- Two agencies of one name may print the very same line but for county and memorandum: an id is then
-- known by these.
ALTER TABLE mintings ADD COLUMN county text NOT NULL DEFAULT '';
ALTER TABLE mintings ADD COLUMN moa_url text NOT NULL DEFAULT '';
COMMENT ON COLUMN mintings.county IS 'County, as printed; empty: blank, or minted before this was kept.';
COMMENT ON COLUMN mintings.moa_url IS 'Link to the memorandum; empty: likewise.';
DROP TRIGGER append_only ON mintings;
CREATE TRIGGER append_only BEFORE UPDATE OF id, minting_order, list, content_hash, state_text, agency,
  model_text, signed_text, recorded_at, county, moa_url
  OR DELETE OR TRUNCATE ON mintings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
