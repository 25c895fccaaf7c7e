-- Passkeys (WebAuthn) of people who sign in to the administration or to dashboards.
CREATE TABLE user_passkeys (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The host of the page that it was made on: the browser offers it there alone, and it opens nothing elsewhere.
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- At most as long as the standard allows.
    credential_id bytea NOT NULL CHECK (length(credential_id) BETWEEN 1 AND 1023),
    -- Public key, counter and flags, as the library that checks them reads them. None of it is secret.
    credential jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz
);
-- A passkey is one account's.
CREATE UNIQUE INDEX user_passkeys_credential ON user_passkeys (credential_id);
CREATE INDEX user_passkeys_user ON user_passkeys (user_id, created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON user_passkeys TO orion_platform;

-- What a device is to sign: taken away by the first answer, right or wrong.
CREATE TABLE passkey_challenges (
    id uuid PRIMARY KEY,
    -- Whose passkey is to be made; nothing where somebody signs in, who is known only afterwards.
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    area text NOT NULL CHECK (area IN ('admin', 'store')),
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    -- What the library has to know again. It never leaves the server.
    state jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX passkey_challenges_token ON passkey_challenges (token_hash);
CREATE INDEX passkey_challenges_user ON passkey_challenges (user_id);
CREATE INDEX passkey_challenges_end ON passkey_challenges (expires_at);
GRANT SELECT, INSERT, DELETE ON passkey_challenges TO orion_platform;

-- The passkey that has signed for a session. When it is removed, the session goes on as one that a password has made.
-- Nobody has one yet, so there is nothing to look through while the lock is held.
-- squawk-ignore adding-foreign-key-constraint
ALTER TABLE user_sessions ADD COLUMN passkey_id uuid REFERENCES user_passkeys (id) ON DELETE SET NULL;
-- Its host. Whoever holds the domain of one store could have a passkey of it sign for them; elsewhere that says nothing.
ALTER TABLE user_sessions ADD COLUMN passkey_host text;
CREATE INDEX user_sessions_passkey ON user_sessions (passkey_id) WHERE passkey_id IS NOT NULL;
