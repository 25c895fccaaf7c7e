-- Stores that were handed over went on to name the owner before. Row level security is forced on the owner of the tables too, who has to see the rows that are there.
ALTER TABLE stores NO FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
UPDATE stores SET owner_user_id = m.user_id, version = stores.version + 1, updated_at = now()
FROM memberships AS m
WHERE m.store_id = stores.id AND m.role = 'owner' AND m.deleted_at IS NULL AND m.user_id <> stores.owner_user_id;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
ALTER TABLE stores FORCE ROW LEVEL SECURITY;
