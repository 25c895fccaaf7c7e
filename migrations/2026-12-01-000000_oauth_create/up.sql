-- OAuth 2.1: programs that act for members of a team. Of codes and tokens there are hashes only.

-- Programs: those that the store has registered, and those that somebody has connected whose owners say in a document who they are.
CREATE TABLE oauth_clients (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- What it names itself by: its id here, or the address of its document.
    client_id text NOT NULL CHECK (length(client_id) BETWEEN 1 AND 500),
    by_document boolean NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    redirect_uris text[] NOT NULL,
    -- The address of who registered it, as it was then.
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX oauth_clients_client ON oauth_clients (store_id, client_id);
CALL orion_tenant_table('oauth_clients');
-- Housekeeping removes across stores what a document said once.
CREATE INDEX oauth_clients_over ON oauth_clients (updated_at) WHERE by_document;
CREATE POLICY platform_scope ON oauth_clients TO orion_platform USING (true);
GRANT SELECT (store_id, id, by_document, updated_at), DELETE ON oauth_clients TO orion_platform;

-- Somebody's consent, and with it the family of its tokens: they go when it goes.
CREATE TABLE oauth_grants (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    client_id uuid NOT NULL,
    -- Whom it acts for. No foreign key: whether they still work here is looked at with every request.
    user_id uuid NOT NULL,
    -- Their address, as it was then.
    person text NOT NULL,
    -- Names of rights; one that the program no longer knows counts for nothing.
    scopes text[] NOT NULL,
    -- The host that its tokens are for.
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    -- Whether a passkey had signed the session in which it was given.
    by_passkey boolean NOT NULL,
    created_at timestamptz NOT NULL,
    -- Over when the newest code or refresh token is.
    expires_at timestamptz NOT NULL,
    -- Over anyway.
    ends_at timestamptz NOT NULL,
    last_used_at timestamptz,
    last_used_ip text,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, client_id) REFERENCES oauth_clients (store_id, id) ON DELETE CASCADE,
    CHECK (expires_at <= ends_at)
);
CREATE INDEX oauth_grants_client ON oauth_grants (store_id, client_id);
CREATE INDEX oauth_grants_user ON oauth_grants (store_id, user_id);
CALL orion_tenant_table('oauth_grants');
-- Housekeeping removes across stores what is over.
CREATE INDEX oauth_grants_over ON oauth_grants (expires_at);
CREATE POLICY platform_scope ON oauth_grants TO orion_platform USING (true);
-- All that somebody has given ends where all their sessions do.
CREATE INDEX oauth_grants_person ON oauth_grants (user_id);
GRANT SELECT (store_id, id, client_id, user_id, person, expires_at), DELETE ON oauth_grants TO orion_platform;

-- What a program changes for its first tokens. A code that was used stays for a day: whoever brings it again ends the family.
CREATE TABLE oauth_codes (
    store_id uuid NOT NULL REFERENCES stores (id),
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    grant_id uuid NOT NULL,
    redirect_uri text NOT NULL,
    -- Of PKCE, always S256 (RFC 7636).
    challenge text NOT NULL CHECK (length(challenge) = 43),
    -- What the program has said its tokens are for (RFC 8707); empty where it has said nothing.
    resource text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (store_id, code_hash),
    FOREIGN KEY (store_id, grant_id) REFERENCES oauth_grants (store_id, id) ON DELETE CASCADE
);
CREATE INDEX oauth_codes_grant ON oauth_codes (store_id, grant_id);
CALL orion_tenant_table('oauth_codes');
CREATE INDEX oauth_codes_over ON oauth_codes (expires_at);
CREATE POLICY platform_scope ON oauth_codes TO orion_platform USING (true);
GRANT SELECT (store_id, code_hash, expires_at), DELETE ON oauth_codes TO orion_platform;

-- Access tokens and refresh tokens. A refresh token that was used stays as long as it would have been good: whoever brings it again ends the family.
CREATE TABLE oauth_tokens (
    store_id uuid NOT NULL REFERENCES stores (id),
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    grant_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('access', 'refresh')),
    -- Of the rights of the consent those that this token was asked for.
    scopes text[] NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (store_id, token_hash),
    FOREIGN KEY (store_id, grant_id) REFERENCES oauth_grants (store_id, id) ON DELETE CASCADE
);
CREATE INDEX oauth_tokens_grant ON oauth_tokens (store_id, grant_id);
CALL orion_tenant_table('oauth_tokens');
CREATE INDEX oauth_tokens_over ON oauth_tokens (expires_at);
CREATE POLICY platform_scope ON oauth_tokens TO orion_platform USING (true);
GRANT SELECT (store_id, token_hash, expires_at), DELETE ON oauth_tokens TO orion_platform;
