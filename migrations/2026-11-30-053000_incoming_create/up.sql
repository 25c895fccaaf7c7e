-- What providers have told a store, each event once.
CREATE TABLE incoming_webhooks (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- Whom the store listens to, as the address of their calls ends.
    source text NOT NULL CHECK (length(source) BETWEEN 1 AND 50),
    -- The provider's name for the event.
    event_id text NOT NULL CHECK (octet_length(event_id) BETWEEN 1 AND 200),
    event text NOT NULL CHECK (octet_length(event) BETWEEN 1 AND 200),
    -- JSON as text: a provider may send what the type jsonb does not hold.
    body text NOT NULL,
    received_at timestamptz NOT NULL,
    handled_at timestamptz,
    outcome text CHECK (outcome IN ('done', 'ignored')),
    PRIMARY KEY (store_id, id),
    CHECK ((handled_at IS NULL) = (outcome IS NULL))
);
-- Who is told twice knows by it.
CREATE UNIQUE INDEX incoming_webhooks_event ON incoming_webhooks (store_id, source, event_id);
CALL orion_tenant_table('incoming_webhooks');
-- Housekeeping removes across stores what something was done about long ago.
CREATE INDEX incoming_webhooks_over ON incoming_webhooks (handled_at);
CREATE POLICY platform_scope ON incoming_webhooks TO orion_platform USING (true);
GRANT SELECT (store_id, id, handled_at), DELETE ON incoming_webhooks TO orion_platform;
