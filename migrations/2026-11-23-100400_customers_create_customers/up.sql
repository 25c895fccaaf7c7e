CREATE TABLE customers (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- NULL: bought as a guest, has not registered
    password_hash text,
    active boolean NOT NULL DEFAULT true,
    locale text NOT NULL DEFAULT 'en',
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX customers_email ON customers (store_id, email) WHERE deleted_at IS NULL;
CALL orion_tenant_table('customers');

CREATE TABLE customer_addresses (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    -- the wire type Address: name, line1, line2, city, region, postal_code, country, phone
    address jsonb NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id)
);
CREATE UNIQUE INDEX customer_addresses_default ON customer_addresses (store_id, customer_id) WHERE is_default AND deleted_at IS NULL;
CALL orion_tenant_table('customer_addresses');

CREATE TABLE customer_sessions (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    refresh_hash bytea NOT NULL,
    previous_hash bytea,
    rotated_at timestamptz NOT NULL,
    user_agent text NOT NULL DEFAULT '',
    ip text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id)
);
CREATE INDEX customer_sessions_customer ON customer_sessions (store_id, customer_id) WHERE revoked_at IS NULL;
CALL orion_tenant_table('customer_sessions');
