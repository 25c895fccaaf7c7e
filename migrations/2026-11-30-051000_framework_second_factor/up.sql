-- The second factor of people who sign in to the administration or to dashboards: an authenticator app, and recovery codes for when it is lost.
CREATE TABLE user_second_factors (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Encrypted with a key that is not in the database.
    secret bytea NOT NULL,
    -- Nothing until a code has shown that the app has the secret; until then it counts for nothing.
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: neither it nor one before it is taken again.
    last_step bigint NOT NULL DEFAULT 0,
    -- Wrong codes since the last right one, and when the last of them came.
    failures integer NOT NULL DEFAULT 0,
    failed_at timestamptz,
    created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON user_second_factors TO orion_platform;

-- Of codes there are hashes (SHA-256) alone; one that was used is gone.
CREATE TABLE user_recovery_codes (
    user_id uuid NOT NULL REFERENCES user_second_factors (user_id) ON DELETE CASCADE,
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (user_id, code_hash)
);
GRANT SELECT, INSERT, DELETE ON user_recovery_codes TO orion_platform;

-- Somebody has given the right password and still has to give a code. It is no session.
CREATE TABLE user_challenges (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES user_second_factors (user_id) ON DELETE CASCADE,
    area text NOT NULL CHECK (area IN ('admin', 'store')),
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    -- The account's as it was then: another password ends it.
    account_version integer NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX user_challenges_token ON user_challenges (token_hash);
CREATE INDEX user_challenges_user ON user_challenges (user_id);
CREATE INDEX user_challenges_end ON user_challenges (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON user_challenges TO orion_platform;
