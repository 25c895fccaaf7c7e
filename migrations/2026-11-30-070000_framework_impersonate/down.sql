ALTER TABLE audit_log DROP COLUMN impersonation_id;
ALTER TABLE user_sessions DROP COLUMN ends_at;
ALTER TABLE user_sessions DROP COLUMN impersonation_id;
DROP TABLE impersonations;
DROP FUNCTION impersonations_stay_ended();
