-- A state's own feed reads the newest entries of it.
CREATE INDEX entries_of_a_state ON entries ((body ->> 'state'), seq);
-- The application that became an agreement is told with it.
CREATE INDEX entries_of_a_signing ON entries ((body ->> 'related_id')) WHERE body ->> 'reason' = 'signed';
-- How many messages a sink refused, and whether each was delivered after all.
CREATE INDEX refused_deliveries ON delivery_outcomes (delivery_id) WHERE outcome = 'refused';
CREATE INDEX deliveries_of_a_message ON deliveries (message_id);
