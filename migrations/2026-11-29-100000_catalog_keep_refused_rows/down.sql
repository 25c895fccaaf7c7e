DROP TABLE import_refused_rows;
ALTER TABLE imports DROP COLUMN header;
