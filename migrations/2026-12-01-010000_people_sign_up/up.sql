-- Whether people open stores on a platform by themselves, and on which terms. Nobody does where there is no row.
CREATE TABLE sign_up_policies (
    platform_id uuid PRIMARY KEY REFERENCES platforms (id),
    allowed boolean NOT NULL,
    -- How many stores of the platform an account may own and open another one.
    max_stores integer NOT NULL CHECK (max_stores BETWEEN 1 AND 50),
    -- What has to be accepted: where it can be read, and which version of it that is. Both are empty where nothing has to be.
    terms_url text NOT NULL CHECK (length(terms_url) <= 500),
    terms_version text NOT NULL CHECK (length(terms_version) <= 50),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK ((terms_url = '') = (terms_version = ''))
);
GRANT SELECT, INSERT, UPDATE ON sign_up_policies TO orion_platform;

-- Stores that somebody wants to open: until the address is confirmed, and some minutes more until the dashboard was entered. Of tokens there are hashes
-- (SHA-256) alone.
CREATE TABLE sign_ups (
    id uuid PRIMARY KEY,
    platform_id uuid NOT NULL REFERENCES platforms (id),
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    name text NOT NULL,
    code text NOT NULL,
    currency text NOT NULL,
    locale text NOT NULL,
    -- The terms as they were accepted; empty where there were none.
    terms_url text NOT NULL,
    terms_version text NOT NULL,
    accepted_at timestamptz NOT NULL,
    -- Absent until a mail holds it, and for addresses that have an account.
    token_hash bytea CHECK (length(token_hash) = 32),
    -- The store and its owner, once they are there: then the token opens the dashboard. The row lives too short for foreign keys to say anything.
    made_store uuid,
    made_user uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK ((made_store IS NULL) = (made_user IS NULL))
);
CREATE UNIQUE INDEX sign_ups_token ON sign_ups (token_hash);
CREATE INDEX sign_ups_platform ON sign_ups (platform_id);
CREATE INDEX sign_ups_email ON sign_ups (email, created_at);
CREATE INDEX sign_ups_end ON sign_ups (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_ups TO orion_platform;
