-- Who has a role that goes looks on. Row level security is forced on the owner of the tables too, who has to see the rows that are there.
ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
ALTER TABLE team_invitations NO FORCE ROW LEVEL SECURITY;
UPDATE memberships SET role = 'viewer' WHERE role IN ('fulfilment', 'support');
UPDATE team_invitations SET role = 'viewer' WHERE role IN ('fulfilment', 'support');
ALTER TABLE team_invitations FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
ALTER TABLE team_invitations DROP CONSTRAINT team_invitations_role_check;
ALTER TABLE team_invitations ADD CONSTRAINT team_invitations_role_check
    CHECK (role IN ('manager', 'editor', 'viewer', 'custom')) NOT VALID;
ALTER TABLE memberships DROP CONSTRAINT memberships_role_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_role_check
    CHECK (role IN ('owner', 'manager', 'editor', 'viewer', 'custom')) NOT VALID;
