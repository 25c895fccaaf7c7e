-- Passkeys (WebAuthn) of a shop's customers, each in its store.
CREATE TABLE customer_passkeys (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    -- The host of the page that it was made on: the browser offers it there alone, and it opens nothing elsewhere.
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- At most as long as the standard allows.
    credential_id bytea NOT NULL CHECK (length(credential_id) BETWEEN 1 AND 1023),
    -- Public key, counter and flags, as the library that checks them reads them. None of it is secret.
    credential jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id) ON DELETE CASCADE
);
-- A passkey is one account's.
CREATE UNIQUE INDEX customer_passkeys_credential ON customer_passkeys (store_id, credential_id);
CREATE INDEX customer_passkeys_customer ON customer_passkeys (store_id, customer_id, created_at);
CALL orion_tenant_table('customer_passkeys');

-- What a device is to sign: taken away by the first answer, right or wrong.
CREATE TABLE customer_passkey_challenges (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- Whose passkey is to be made; nothing where somebody signs in, who is known only afterwards.
    customer_id uuid,
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    -- What the library has to know again. It never leaves the server.
    state jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX customer_passkey_challenges_token ON customer_passkey_challenges (store_id, token_hash);
CREATE INDEX customer_passkey_challenges_customer ON customer_passkey_challenges (store_id, customer_id);
CREATE INDEX customer_passkey_challenges_end ON customer_passkey_challenges (expires_at);
CALL orion_tenant_table('customer_passkey_challenges');
-- Once an hour those whose time is over are removed from all stores.
CALL orion_platform_access('customer_passkey_challenges', 'SELECT, DELETE');
