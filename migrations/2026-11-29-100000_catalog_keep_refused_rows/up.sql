-- The rows of products that an import refused, to be mended and sent again: the cells in the order of the header.
ALTER TABLE imports ADD COLUMN header text[] NOT NULL DEFAULT '{}';

CREATE TABLE import_refused_rows (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL CHECK (line > 0),
    reason text NOT NULL,
    cells text[] NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, import_id) REFERENCES imports (store_id, id)
);
CREATE INDEX import_refused_rows_import ON import_refused_rows (store_id, import_id, id);
CALL orion_tenant_table('import_refused_rows');
