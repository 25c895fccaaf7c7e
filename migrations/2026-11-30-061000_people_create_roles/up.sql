-- Roles that a store makes for its team, beside those that every store has. What is in `rights` are names of rights, and `area.*` for all that there
-- are in an area and ever will be; a name that this version of the server does not know gives nothing.
CREATE TABLE team_roles (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 300),
    rights text[] NOT NULL CHECK (cardinality(rights) > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
-- Two roles that differ in capitals alone would be taken for one another.
CREATE UNIQUE INDEX team_roles_name ON team_roles (store_id, lower(name COLLATE "und-x-icu"));
CALL orion_tenant_table('team_roles');
-- The gate reads what a member may do with every request, before it works for a store.
CALL orion_platform_access('team_roles', 'SELECT');

-- Who has such a role has the word `custom` and its id: the role cannot go while somebody has it. Servers of the version before do not know the word
-- and give nobody a right by it. What is there keeps the rules as it is, so nothing is read for them; what the former rule let through the new one
-- does, too.
ALTER TABLE memberships ADD COLUMN role_id uuid;
-- squawk-ignore ban-drop-constraint
ALTER TABLE memberships DROP CONSTRAINT memberships_role_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_role_check
    CHECK (role IN ('owner', 'manager', 'editor', 'viewer', 'custom')) NOT VALID;
-- Of who has left, the role may go.
ALTER TABLE memberships ADD CONSTRAINT memberships_role_id_check
    CHECK (CASE WHEN role = 'custom' THEN role_id IS NOT NULL OR deleted_at IS NOT NULL ELSE role_id IS NULL END) NOT VALID;
ALTER TABLE memberships ADD CONSTRAINT memberships_role_id_fkey
    FOREIGN KEY (store_id, role_id) REFERENCES team_roles (store_id, id) NOT VALID;
CREATE INDEX memberships_by_role ON memberships (store_id, role_id) WHERE role_id IS NOT NULL;

ALTER TABLE team_invitations ADD COLUMN role_id uuid;
-- squawk-ignore ban-drop-constraint
ALTER TABLE team_invitations DROP CONSTRAINT team_invitations_role_check;
ALTER TABLE team_invitations ADD CONSTRAINT team_invitations_role_check
    CHECK (role IN ('manager', 'editor', 'viewer', 'custom')) NOT VALID;
ALTER TABLE team_invitations ADD CONSTRAINT team_invitations_role_id_check
    CHECK ((role = 'custom') = (role_id IS NOT NULL)) NOT VALID;
ALTER TABLE team_invitations ADD CONSTRAINT team_invitations_role_id_fkey
    FOREIGN KEY (store_id, role_id) REFERENCES team_roles (store_id, id) NOT VALID;
CREATE INDEX team_invitations_by_role ON team_invitations (store_id, role_id) WHERE role_id IS NOT NULL;
