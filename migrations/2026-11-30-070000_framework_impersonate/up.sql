-- An administrator who looks into a store's dashboard, or works there, with a reason and for a while. The merchant sees each of them.
CREATE TABLE impersonations (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- The administrator. No foreign key: a store that is put back elsewhere brings this along, and not the accounts of the administration.
    user_id uuid NOT NULL,
    -- As they were called then: it is read years later, by people who see no accounts of the platform.
    user_name text NOT NULL,
    user_email text NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
    may_change boolean NOT NULL,
    -- The store's host that the link leads to; it and the session are worth nothing at another one.
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    -- Of the link's secret, until somebody has followed it.
    token_hash bytea CHECK (length(token_hash) = 32),
    link_expires_at timestamptz NOT NULL,
    began_at timestamptz,
    ends_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- What the audit log calls whoever ended it; nothing where its time was over.
    ended_by text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    CHECK (ends_at > created_at AND ends_at <= created_at + interval '1 hour')
);
CREATE UNIQUE INDEX impersonations_token ON impersonations (store_id, token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX impersonations_user ON impersonations (user_id);
-- The gate finds one by its session, before it knows the store.
CREATE INDEX impersonations_by_id ON impersonations (id);
CALL orion_tenant_table('impersonations');
-- What the merchant is shown is not written by the store, does not go and is not told otherwise later: it can only be ended.
REVOKE INSERT, UPDATE, DELETE ON impersonations FROM orion_app;
GRANT UPDATE (ended_at, ended_by, updated_at) ON impersonations TO orion_app;
-- Administrators begin them, signing out ends them, and the gate looks with every request.
CALL orion_platform_access('impersonations', 'SELECT, INSERT, UPDATE (token_hash, began_at, ended_at, ended_by, updated_at)');

-- An end stays, and a link that was followed is not opened again, whoever writes.
CREATE FUNCTION impersonations_stay_ended() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'an impersonation that has ended stays so' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER impersonations_end BEFORE UPDATE ON impersonations
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL OR (OLD.token_hash IS NULL AND NEW.token_hash IS NOT NULL))
    EXECUTE FUNCTION impersonations_stay_ended();

-- The session of an impersonation, and when it ends however often it is prolonged. There is no foreign key: a session whose impersonation is gone is
-- to be worth nothing, and not to become one of the administrator's own. Servers of the version before take it for one of somebody who is not in the
-- store's team.
ALTER TABLE user_sessions ADD COLUMN impersonation_id uuid;
ALTER TABLE user_sessions ADD COLUMN ends_at timestamptz;

-- Which impersonation a change was made in; the actor is the administrator.
ALTER TABLE audit_log ADD COLUMN impersonation_id uuid;
