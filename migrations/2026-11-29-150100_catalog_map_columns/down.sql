DROP TABLE import_mappings;
ALTER TABLE imports DROP COLUMN mapping, DROP COLUMN seen_columns;
