ALTER TABLE user_sessions DROP COLUMN passkey_host;
ALTER TABLE user_sessions DROP COLUMN passkey_id;
DROP TABLE passkey_challenges;
DROP TABLE user_passkeys;
