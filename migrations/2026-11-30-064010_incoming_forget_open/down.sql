REVOKE SELECT (received_at) ON incoming_webhooks FROM orion_platform;
DROP INDEX incoming_webhooks_open;
