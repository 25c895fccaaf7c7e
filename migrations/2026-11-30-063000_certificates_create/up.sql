-- Accounts at certificate authorities, by the address of the authority's directory. What was locked away is worth nothing without the pepper.
CREATE TABLE acme_accounts (
    directory text PRIMARY KEY CHECK (octet_length(directory) BETWEEN 1 AND 2000),
    sealed_credentials bytea,
    -- Refusals in a row, and what the last one said.
    failures integer NOT NULL DEFAULT 0,
    failure text CHECK (length(failure) <= 500),
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON acme_accounts TO orion_platform;

-- What an authority is answered that looks whether a host leads here. Any server answers it.
CREATE TABLE acme_challenges (
    token text PRIMARY KEY CHECK (octet_length(token) BETWEEN 1 AND 200),
    host text NOT NULL,
    answer text NOT NULL CHECK (octet_length(answer) BETWEEN 1 AND 500),
    expires_at timestamptz NOT NULL
);
CREATE INDEX acme_challenges_host ON acme_challenges (host);
CREATE INDEX acme_challenges_over ON acme_challenges (expires_at);
GRANT SELECT, INSERT, DELETE ON acme_challenges TO orion_platform;

-- The certificates of stores' domains and, under the nil id, of the platform's own hosts; a row without a chain is one that is asked for.
CREATE TABLE certificates (
    store_id uuid NOT NULL,
    host text NOT NULL CHECK (octet_length(host) BETWEEN 1 AND 253),
    -- When it is asked for, again or anew.
    due_at timestamptz NOT NULL,
    -- The order that is under way at the authority, for whoever goes on with it.
    order_url text CHECK (octet_length(order_url) <= 2000),
    failures integer NOT NULL DEFAULT 0,
    failure text CHECK (length(failure) <= 500),
    failed_at timestamptz,
    chain text,
    sealed_key bytea,
    issuer text CHECK (length(issuer) <= 500),
    valid_from timestamptz,
    valid_until timestamptz,
    issued_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, host),
    CHECK (num_nonnulls(chain, sealed_key, issuer, valid_from, valid_until, issued_at) IN (0, 6)),
    CHECK ((failure IS NULL) = (failed_at IS NULL))
);
CREATE INDEX certificates_due ON certificates (due_at);
CREATE INDEX certificates_host ON certificates (host);
CREATE INDEX certificates_end ON certificates (valid_until) WHERE valid_until IS NOT NULL;
CALL orion_tenant_table('certificates');
CALL orion_platform_access('certificates', 'SELECT, INSERT, UPDATE, DELETE');
-- A store is told how it stands with its own, and no more: keys are read by the server alone.
REVOKE ALL ON certificates FROM orion_app;
GRANT SELECT (store_id, host, due_at, failure, failed_at, issuer, valid_from, valid_until) ON certificates TO orion_app;
