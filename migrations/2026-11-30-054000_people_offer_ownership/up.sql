-- A store that its owner wants to hand over to somebody of its team, until they have accepted.
CREATE TABLE ownership_offers (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- The owner who offers it; an offer of somebody who is not the owner any more is worth nothing.
    from_user_id uuid NOT NULL REFERENCES users (id),
    member_id uuid NOT NULL,
    -- Whom the place in the team is of.
    user_id uuid NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, member_id) REFERENCES memberships (store_id, id)
);
-- A store is offered to one person at a time.
CREATE UNIQUE INDEX ownership_offers_store ON ownership_offers (store_id);
CREATE INDEX ownership_offers_member ON ownership_offers (store_id, member_id);
CREATE INDEX ownership_offers_from ON ownership_offers (from_user_id);
CREATE INDEX ownership_offers_user ON ownership_offers (user_id);
CREATE INDEX ownership_offers_end ON ownership_offers (expires_at);
CALL orion_tenant_table('ownership_offers');
-- Once an hour those whose time is over are removed from all stores.
CALL orion_platform_access('ownership_offers', 'SELECT, DELETE');
