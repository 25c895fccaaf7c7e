-- What programs ask a store by. Of a secret there is only its SHA-256 and how it begins.
CREATE TABLE api_keys (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- Names of rights; one that the program no longer knows counts for nothing.
    scopes text[] NOT NULL,
    prefix text NOT NULL,
    secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
    -- The secret before this one, while both are good.
    previous_prefix text,
    previous_hash bytea CHECK (length(previous_hash) = 32),
    previous_until timestamptz,
    expires_at timestamptz,
    last_used_at timestamptz,
    last_used_ip text,
    -- The address of who made it, as it was then.
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id),
    CHECK ((previous_hash IS NULL) = (previous_until IS NULL) AND (previous_hash IS NULL) = (previous_prefix IS NULL))
);
-- What a request with a key is looked up by.
CREATE UNIQUE INDEX api_keys_secret ON api_keys (store_id, secret_hash);
CREATE UNIQUE INDEX api_keys_previous ON api_keys (store_id, previous_hash) WHERE previous_hash IS NOT NULL;
CALL orion_tenant_table('api_keys');
