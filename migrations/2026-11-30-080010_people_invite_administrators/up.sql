-- Invitations to the administration, for addresses that have no account. Of tokens there are hashes (SHA-256) alone.
CREATE TABLE admin_invitations (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    super_admin boolean NOT NULL,
    -- What is administered; nothing where it is everything. No platform is ever removed.
    platform_ids uuid[] NOT NULL,
    -- The address of whoever has invited, as the audit log has it.
    invited_by text NOT NULL,
    -- Their account: the invitation is worth nothing once they are no super admin any more.
    invited_by_id uuid NOT NULL REFERENCES users (id),
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK (super_admin = (cardinality(platform_ids) = 0))
);
-- Somebody is invited once at a time.
CREATE UNIQUE INDEX admin_invitations_email ON admin_invitations (email);
CREATE UNIQUE INDEX admin_invitations_token ON admin_invitations (token_hash);
CREATE INDEX admin_invitations_by ON admin_invitations (invited_by_id);
CREATE INDEX admin_invitations_end ON admin_invitations (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON admin_invitations TO orion_platform;
