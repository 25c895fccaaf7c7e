-- The audit log's entries in a row: each hash covers its entry and the hash before it, by a key that is not in the database. Who changes, takes out or puts in an entry breaks
-- the row. Written after the commits by one job, so that orders do not take turns for it. The nil UUID is the platform's own, as in the log.
CREATE TABLE audit_chain (
    store_id uuid NOT NULL,
    -- The entry.
    id uuid NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX audit_chain_position ON audit_chain (store_id, position);
-- Where the newest chained entry is, of all stores.
CREATE INDEX audit_chain_newest ON audit_chain (id DESC);
CALL orion_tenant_table('audit_chain');
CALL orion_platform_access('audit_chain', 'SELECT, INSERT');
CALL orion_append_only('audit_chain');
-- A store's transactions write no links, and read none.
REVOKE ALL ON audit_chain FROM orion_app;
