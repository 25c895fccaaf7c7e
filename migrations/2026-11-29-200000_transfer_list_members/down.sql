ALTER TABLE exports DROP COLUMN members, DROP COLUMN missing_count;
