DROP INDEX users_disabled;
DROP INDEX users_by_last_name;
DROP INDEX users_by_name;
DROP INDEX users_by_email;
ALTER TABLE users DROP COLUMN disabled_reason;
