ALTER TABLE imports DROP COLUMN choices, DROP COLUMN left_count, DROP COLUMN missing_count;
