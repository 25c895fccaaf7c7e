-- Links that let somebody choose a new password, and invitations to the teams of stores. Of tokens there are hashes (SHA-256) alone. A link that
-- was used, or behind which another was asked for, has none: it stays until its time is over, since so many in an hour are the most.
CREATE TABLE user_password_links (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    area text NOT NULL CHECK (area IN ('admin', 'store')),
    token_hash bytea CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX user_password_links_token ON user_password_links (token_hash);
CREATE INDEX user_password_links_user ON user_password_links (user_id, created_at);
CREATE INDEX user_password_links_end ON user_password_links (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON user_password_links TO orion_platform;

CREATE TABLE customer_password_links (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    token_hash bytea CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX customer_password_links_token ON customer_password_links (store_id, token_hash);
CREATE INDEX customer_password_links_customer ON customer_password_links (store_id, customer_id, created_at);
CREATE INDEX customer_password_links_end ON customer_password_links (expires_at);
CALL orion_tenant_table('customer_password_links');
-- Once an hour those whose time is over are removed from all stores.
CALL orion_platform_access('customer_password_links', 'SELECT, DELETE');

CREATE TABLE team_invitations (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    role text NOT NULL CHECK (role IN ('manager', 'editor', 'viewer')),
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
-- Somebody is invited once at a time.
CREATE UNIQUE INDEX team_invitations_email ON team_invitations (store_id, email);
CREATE UNIQUE INDEX team_invitations_token ON team_invitations (store_id, token_hash);
CREATE INDEX team_invitations_end ON team_invitations (expires_at);
CALL orion_tenant_table('team_invitations');
CALL orion_platform_access('team_invitations', 'SELECT, DELETE');
