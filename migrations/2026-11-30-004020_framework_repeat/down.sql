DROP INDEX user_sessions_over;
DROP INDEX customer_sessions_over;
REVOKE SELECT (store_id, id, expires_at), DELETE ON customer_sessions FROM orion_platform;
DROP POLICY platform_scope ON customer_sessions;
DROP INDEX mail_messages_age;
REVOKE DELETE ON mail_messages FROM orion_platform;
DROP TABLE periodic_runs;
