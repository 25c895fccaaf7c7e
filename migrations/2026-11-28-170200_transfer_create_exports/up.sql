-- Files that a store's records are written into; the file lies in the storage until its time is over.
CREATE TABLE exports (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]+$'),
    format text NOT NULL CHECK (format ~ '^[a-z_]+$'),
    filter text NOT NULL DEFAULT '',
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'completed', 'failed', 'expired')),
    done_count bigint NOT NULL DEFAULT 0 CHECK (done_count >= 0),
    total_count bigint CHECK (total_count >= 0),
    cut_count bigint NOT NULL DEFAULT 0 CHECK (cut_count >= 0),
    file_name text NOT NULL,
    size_bytes bigint CHECK (size_bytes >= 0),
    sha256 text,
    failure text,
    actor_label text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    expires_at timestamptz,
    PRIMARY KEY (store_id, id)
);
CALL orion_tenant_table('exports');
