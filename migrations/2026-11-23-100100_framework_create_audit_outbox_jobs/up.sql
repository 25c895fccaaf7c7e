-- store_id is the nil UUID for what belongs to the platform and no store; therefore no foreign key to stores.
CREATE TABLE audit_log (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'customer', 'guest', 'system', 'cli')),
    actor_id uuid,
    actor_label text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id uuid,
    changes jsonb NOT NULL DEFAULT '{}',
    request_id text,
    ip text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id)
);
CREATE INDEX audit_log_entity ON audit_log (store_id, entity, entity_id);
CALL orion_tenant_table('audit_log');
CALL orion_platform_access('audit_log', 'SELECT, INSERT');
CALL orion_append_only('audit_log');

CREATE TABLE outbox_events (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    event text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    dispatched_at timestamptz,
    PRIMARY KEY (store_id, id)
);
-- The dispatcher reads what is not yet delivered, oldest first; uuid v7 ids sort by time.
CREATE INDEX outbox_events_pending ON outbox_events (id) WHERE dispatched_at IS NULL;
CALL orion_tenant_table('outbox_events');
CALL orion_platform_access('outbox_events', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE jobs (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'dead')),
    priority smallint NOT NULL DEFAULT 0,
    unique_key text,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    max_attempts integer NOT NULL DEFAULT 8 CHECK (max_attempts > 0),
    run_at timestamptz NOT NULL,
    leased_by text,
    lease_until timestamptz,
    last_error text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX jobs_unique_key ON jobs (store_id, kind, unique_key) WHERE status IN ('queued', 'running');
-- Stores take turns, so the next job is looked for store by store.
CREATE INDEX jobs_turns ON jobs (store_id, priority DESC, run_at) WHERE status = 'queued';
CREATE INDEX jobs_leases ON jobs (lease_until) WHERE status = 'running';
CALL orion_tenant_table('jobs');
CALL orion_platform_access('jobs', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE idempotency_keys (
    store_id uuid NOT NULL,
    principal text NOT NULL,
    route text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL,
    resource_id uuid,
    response_status smallint,
    response_body bytea,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, principal, route, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (store_id, created_at);
CALL orion_tenant_table('idempotency_keys');
CALL orion_platform_access('idempotency_keys', 'SELECT, DELETE');

CREATE TABLE mail_messages (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    message_key text NOT NULL,
    sender text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    text_body text NOT NULL,
    html_body text NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'sent', 'failed')),
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    PRIMARY KEY (store_id, id)
);
-- One message per key: a job that runs twice sends once.
CREATE UNIQUE INDEX mail_messages_key ON mail_messages (store_id, message_key);
CALL orion_tenant_table('mail_messages');
CALL orion_platform_access('mail_messages', 'SELECT, INSERT, UPDATE');
