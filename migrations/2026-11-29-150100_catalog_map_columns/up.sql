-- What a merchant has said of the columns of a file, what they were taken for, and what is kept of that under a name for the next file.
ALTER TABLE imports
    ADD COLUMN mapping jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(mapping) = 'object'),
    ADD COLUMN seen_columns jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(seen_columns) = 'array');

CREATE TABLE import_mappings (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    headings text[] NOT NULL,
    mapping jsonb NOT NULL CHECK (jsonb_typeof(mapping) = 'object'),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX import_mappings_name ON import_mappings (store_id, name);
CALL orion_tenant_table('import_mappings');
