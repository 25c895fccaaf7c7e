-- Where a store's events are sent, what was told, and every delivery with what became of it.
CREATE TABLE webhook_endpoints (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    url text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    description text NOT NULL CHECK (length(description) <= 500),
    -- Empty for all.
    events text[] NOT NULL,
    payload text NOT NULL CHECK (payload IN ('full', 'thin')),
    enabled boolean NOT NULL,
    off_reason text CHECK (off_reason IN ('failing', 'gone')),
    off_at timestamptz,
    -- Encrypted; the key is the program's.
    secret bytea NOT NULL,
    previous_secret bytea,
    previous_secret_until timestamptz,
    last_sequence bigint NOT NULL DEFAULT 0 CHECK (last_sequence >= 0),
    -- Looks in a row of which none has delivered anything, and how long the next one waits.
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failing_since timestamptz,
    paused_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id),
    CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
    CHECK (off_reason IS NULL OR NOT enabled)
);
CALL orion_tenant_table('webhook_endpoints');
-- Once an hour the server looks which stores there is something to tidy for.
CREATE POLICY platform_scope ON webhook_endpoints FOR SELECT TO orion_platform USING (true);
GRANT SELECT (store_id) ON webhook_endpoints TO orion_platform;

CREATE TABLE webhook_messages (
    store_id uuid NOT NULL REFERENCES stores (id),
    -- That of the event.
    id uuid NOT NULL,
    event text NOT NULL,
    event_version integer NOT NULL,
    object_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    data jsonb NOT NULL,
    is_test boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id)
);
CALL orion_tenant_table('webhook_messages');

CREATE TABLE webhook_deliveries (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    message_id uuid NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    -- As in the message, so that lists and the order of an object's events need no second table.
    event text NOT NULL,
    object_id text NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at timestamptz,
    -- The newest attempts, the oldest first.
    tries jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(tries) = 'array'),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, endpoint_id) REFERENCES webhook_endpoints (store_id, id),
    FOREIGN KEY (store_id, message_id) REFERENCES webhook_messages (store_id, id),
    CHECK ((status = 'pending') = (next_at IS NOT NULL))
);
CREATE UNIQUE INDEX webhook_deliveries_sequence ON webhook_deliveries (store_id, endpoint_id, sequence);
-- An event is told to an endpoint once, however often it is heard.
CREATE UNIQUE INDEX webhook_deliveries_message ON webhook_deliveries (store_id, message_id, endpoint_id);
-- What is due, and what is ahead of it.
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (store_id, endpoint_id, next_at, sequence) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_ahead ON webhook_deliveries (store_id, endpoint_id, object_id, sequence) WHERE status = 'pending';
CALL orion_tenant_table('webhook_deliveries');
