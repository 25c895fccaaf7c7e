-- When the owner of an account proved to read the mails of its address. Whoever was here before has not: they are asked to.
ALTER TABLE customers ADD COLUMN email_verified_at timestamptz;
ALTER TABLE users ADD COLUMN email_verified_at timestamptz;

-- Links that prove an address: that of the account, or another one that is to take its place. Of tokens there are hashes (SHA-256) alone. A link
-- that was used, or behind which another was asked for, has none: it stays until its time is over, since so many are the most.
CREATE TABLE user_email_links (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    area text NOT NULL CHECK (area IN ('admin', 'store')),
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    token_hash bytea CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX user_email_links_token ON user_email_links (token_hash);
CREATE INDEX user_email_links_user ON user_email_links (user_id, created_at);
CREATE INDEX user_email_links_email ON user_email_links (email, created_at);
CREATE INDEX user_email_links_end ON user_email_links (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON user_email_links TO orion_platform;

CREATE TABLE customer_email_links (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    token_hash bytea CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX customer_email_links_token ON customer_email_links (store_id, token_hash);
CREATE INDEX customer_email_links_customer ON customer_email_links (store_id, customer_id, created_at);
CREATE INDEX customer_email_links_email ON customer_email_links (store_id, email, created_at);
CREATE INDEX customer_email_links_end ON customer_email_links (expires_at);
CALL orion_tenant_table('customer_email_links');
-- Once an hour those whose time is over are removed from all stores.
CALL orion_platform_access('customer_email_links', 'SELECT, DELETE');
