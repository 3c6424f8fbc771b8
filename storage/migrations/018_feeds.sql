-- A state's own feed reads the newest entries of it.
CREATE INDEX entries_of_a_state ON entries ((body ->> 'state'), seq);
-- The application that became an agreement is told with it.
CREATE INDEX entries_of_a_signing ON entries ((body ->> 'related_id')) WHERE body ->> 'reason' = 'signed';
