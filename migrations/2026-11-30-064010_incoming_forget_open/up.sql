-- Housekeeping removes across stores what nothing could be done about for months.
CREATE INDEX incoming_webhooks_open ON incoming_webhooks (received_at) WHERE handled_at IS NULL;
GRANT SELECT (received_at) ON incoming_webhooks TO orion_platform;
