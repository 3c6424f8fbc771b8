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
