-- Who has a role that goes looks on.
UPDATE memberships SET role = 'viewer', role_id = NULL WHERE role = 'custom';
UPDATE team_invitations SET role = 'viewer', role_id = NULL WHERE role = 'custom';
ALTER TABLE team_invitations DROP COLUMN role_id;
ALTER TABLE team_invitations DROP CONSTRAINT team_invitations_role_check;
ALTER TABLE team_invitations ADD CONSTRAINT team_invitations_role_check CHECK (role IN ('manager', 'editor', 'viewer'));
ALTER TABLE memberships DROP COLUMN role_id;
ALTER TABLE memberships DROP CONSTRAINT memberships_role_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_role_check CHECK (role IN ('owner', 'manager', 'editor', 'viewer'));
DROP TABLE team_roles;
