ALTER TABLE jobs DROP COLUMN progress_done, DROP COLUMN progress_total;
