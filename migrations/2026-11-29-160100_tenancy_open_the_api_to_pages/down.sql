ALTER TABLE stores DROP COLUMN allowed_origins;
