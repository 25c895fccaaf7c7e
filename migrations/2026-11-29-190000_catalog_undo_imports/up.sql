-- What an import did to each product, until it is undone or can no longer be, and the runs that undo imports.
CREATE TABLE import_changes (
    store_id uuid NOT NULL,
    -- rises in the order in which things were done
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    -- named: a product that is as it was, and that files know by a name from then on
    kind text NOT NULL CHECK (kind IN ('made', 'changed', 'named', 'category')),
    -- the product, or the category that was made
    thing_id uuid NOT NULL,
    version_before integer NOT NULL CHECK (version_before >= 0),
    -- what the thing was left with: with another one it is no longer as the import has left it
    version integer NOT NULL CHECK (version >= version_before),
    -- variants that were made or changed: once one of them is sold, the import stays
    variants uuid[] NOT NULL DEFAULT '{}',
    -- only what was otherwise before
    before jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(before) = 'object'),
    -- why the last undo has let it be
    left_because text CHECK (left_because IN ('deleted', 'imported_since', 'edited_since', 'sold_since', 'in_use', 'not_stored')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, import_id) REFERENCES imports (store_id, id)
);
CREATE INDEX import_changes_import ON import_changes (store_id, import_id, id);
CREATE INDEX import_changes_thing ON import_changes (store_id, thing_id, id);
CALL orion_tenant_table('import_changes');

CREATE TABLE import_undos (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    -- the change that was looked at last: from the newest back to the oldest
    place uuid,
    total_count integer NOT NULL CHECK (total_count >= 0),
    processed_count integer NOT NULL DEFAULT 0 CHECK (processed_count BETWEEN 0 AND total_count),
    removed_count integer NOT NULL DEFAULT 0 CHECK (removed_count >= 0),
    restored_count integer NOT NULL DEFAULT 0 CHECK (restored_count >= 0),
    left_count integer NOT NULL DEFAULT 0 CHECK (left_count >= 0),
    category_count integer NOT NULL DEFAULT 0 CHECK (category_count >= 0),
    failure text,
    actor_label text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, import_id) REFERENCES imports (store_id, id)
);
CREATE INDEX import_undos_import ON import_undos (store_id, import_id, id);
CREATE UNIQUE INDEX import_undos_open ON import_undos (store_id, import_id) WHERE status IN ('queued', 'running');
CALL orion_tenant_table('import_undos');
