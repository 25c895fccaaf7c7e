DROP TABLE mail_messages;
DROP TABLE idempotency_keys;
DROP TABLE jobs;
DROP TABLE outbox_events;
DROP TABLE audit_log;
