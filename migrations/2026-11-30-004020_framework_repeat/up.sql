-- What is done again and again, and when it is due: who holds the row does it.
CREATE TABLE periodic_runs (
    name text PRIMARY KEY,
    due_at timestamptz NOT NULL,
    ran_at timestamptz
);
GRANT SELECT, INSERT, UPDATE ON periodic_runs TO orion_platform;

-- Housekeeping removes mails that were sent, and sessions that have ended.
GRANT DELETE ON mail_messages TO orion_platform;
CREATE INDEX mail_messages_age ON mail_messages USING brin (created_at);
CREATE POLICY platform_scope ON customer_sessions TO orion_platform USING (true);
GRANT SELECT (store_id, id, expires_at), DELETE ON customer_sessions TO orion_platform;
CREATE INDEX customer_sessions_over ON customer_sessions (expires_at);
CREATE INDEX user_sessions_over ON user_sessions (expires_at);
